"""System-related services of teams (guide section 2.1)."""

from typing import Final

from ...call import Call, Kind, Page, page_reader
from ...models.platform import (
    ServicePackage,
    ServiceTerm,
    ServiceUsage,
    StreamToken,
    SystemProperties,
    User,
)
from ...row import Row

PAGE_SIZE: Final = 500
"""Largest page of the lists of resources."""
USERS_PAGE: Final = 100
"""The guide names no limit for users; this one is allowed for every list."""


def system_properties() -> Call[SystemProperties]:
    """Read the GUID of the platform, the identity of the account (section 2.1)."""
    return Call("platform/v1/systemproperties", _read_system, method="GET")


def service_package() -> Call[ServicePackage]:
    """Read what the account has bought and used, by service (section 2.1)."""
    return Call("platform/v1/servicepackage", _read_package, method="GET")


def stream_token() -> Call[StreamToken]:
    """Read the key to all streams; it lives 7 days (section 2.1)."""
    return Call(
        "platform/v1/streamtoken/get",
        _read_stream_token,
        kind=Kind.STREAM,
        method="GET",
    )


def users(page: int) -> Call[Page[User]]:
    """List the users of the platform, 100 to a page (section 2.1)."""
    return Call(
        "platform/v1/users/get",
        page_reader(_read_user, "user", "list", size=USERS_PAGE, total="totalCount"),
        {"pageIndex": page, "pageSize": USERS_PAGE},
    )


def _read_system(answer: Row) -> SystemProperties:
    return SystemProperties(
        guid=answer.text_or_none("systemGUID", "systemGuid"),
        version=None,
        time_zone=None,
        language=None,
    )


def _read_package(answer: Row) -> ServicePackage:
    overview = answer.row("packageOverview")
    details = answer.row("packageDetails")
    services = tuple(overview.list_or_empty(_read_usage, "servicePackageOverview"))
    return ServicePackage(
        name=None,
        limit=None,
        features=tuple(service.name for service in services),
        services=services,
        terms=tuple(details.list_or_empty(_read_term, "servicePackage")),
    )


def _read_usage(row: Row) -> ServiceUsage:
    return ServiceUsage(
        name=row.text("serviceType"),
        type_code=row.text_or_none("packageType"),
        used=row.integer_or_none("usingAmount"),
        remaining=row.integer_or_none("remainingAmount"),
        limit=row.integer_or_none("totalAmount"),
        expires=row.moment_or_none("lastExpiredTime"),
        status_code=row.text_or_none("packageStatus"),
    )


def _read_term(row: Row) -> ServiceTerm:
    return ServiceTerm(
        name=row.text("serviceType"),
        type_code=row.text_or_none("packageType"),
        starts=row.moment_or_none("activationTime"),
        ends=row.moment_or_none("expiredTime"),
    )


def _read_stream_token(answer: Row) -> StreamToken:
    return StreamToken(
        app_key=answer.text("appKey"),
        app_token=answer.text("appToken"),
        domain=answer.text("streamAreaDomain"),
        expires=answer.moment_or_none("expireTime"),
    )


def _read_user(row: Row) -> User:
    identity = row.text("id", "ID")
    return User(id=identity, name=row.text_or_none("name") or identity)
