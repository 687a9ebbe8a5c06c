"""System services of the reference ("System Services")."""

from typing import Final

from ...call import Call, Kind, Page, page_reader
from ...models.platform import (
    AccessToken,
    ServicePackage,
    StreamToken,
    SystemProperties,
    User,
)
from ...row import Row

PAGE_SIZE: Final = 100
"""The reference sets no limit; its own largest default is 100."""


def refresh_token(access_token: str) -> Call[AccessToken]:
    """Extend a token that is still good ("Refresh Access Token").

    The session does this for its own token. The answer holds the token to use from
    then on. Raises `TokenRejected`.
    """
    return Call("platform/v1/token/refresh", _read_token, {"accessToken": access_token})


def system_properties() -> Call[SystemProperties]:
    """Read the platform's version, time zone and language ("Get System Properties")."""
    return Call("platform/v1/systemproperties", _read_system, method="GET")


def service_package() -> Call[ServicePackage]:
    """Read the package's name, device limit and features ("Get Service Package Info")."""
    return Call("platform/v1/servicepackage", _read_package, method="GET")


def stream_token() -> Call[StreamToken]:
    """Read the key to all streams ("Get Streaming Token")."""
    return Call(
        "platform/v1/streamtoken/get",
        _read_stream_token,
        kind=Kind.STREAM,
        method="GET",
    )


def users(page: int) -> Call[Page[User]]:
    """List the users of the platform, 100 to a page ("Get Users")."""
    return Call(
        "platform/v1/users/get",
        page_reader(_read_user, "list", size=PAGE_SIZE, total="total"),
        {"pageNo": page, "pageSize": PAGE_SIZE},
    )


def _read_token(answer: Row) -> AccessToken:
    return AccessToken(
        value=answer.text("accessToken"),
        expires=answer.moment_or_none("expireTime"),
    )


def _read_system(answer: Row) -> SystemProperties:
    return SystemProperties(
        guid=None,
        version=answer.text_or_none("version"),
        time_zone=answer.text_or_none("timezone"),
        language=answer.text_or_none("language"),
    )


def _read_package(answer: Row) -> ServicePackage:
    return ServicePackage(
        name=answer.text_or_none("packageName"),
        limit=answer.integer_or_none("maxDevices"),
        features=tuple(answer.list_or_empty(_read_feature, "features")),
    )


def _read_feature(row: Row) -> str:
    return row.raw if isinstance(row.raw, str) else row.text("name", "featureName")


def _read_stream_token(answer: Row) -> StreamToken:
    return StreamToken(
        app_key=answer.text("appKey"),
        app_token=answer.text("appToken"),
        domain=answer.text("streamAreaDomain"),
        expires=None,
    )


def _read_user(row: Row) -> User:
    identity = row.text("userId", "id", "userName")
    return User(id=identity, name=row.text_or_none("userName", "name") or identity)
