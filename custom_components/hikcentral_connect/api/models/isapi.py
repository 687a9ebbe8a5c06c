"""Calls to a device's own interface, ISAPI, by way of the service."""

from dataclasses import dataclass, field
from enum import StrEnum


class IsapiMethod(StrEnum):
    """HTTP method that the device sees."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    DELETE = "DELETE"


class ContentType(StrEnum):
    """Form of a body that the service carries."""

    XML = "application/xml"
    JSON = "application/json"
    FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class IsapiRequest:
    """A request to one device; `path` starts with `/ISAPI/` and may have a query."""

    device_id: str
    path: str
    method: IsapiMethod = IsapiMethod.GET
    body: str | None = field(default=None, repr=False)
    content_type: ContentType = ContentType.XML


@dataclass(frozen=True, slots=True)
class IsapiStatus:
    """What a device says about a request (`ResponseStatus`).

    `code` is 1 for success and 7 for success after the next restart; `sub_code` is a
    word such as `ok` or `rebootRequired`.
    """

    code: int
    text: str | None
    sub_code: str | None


@dataclass(frozen=True, slots=True)
class IsapiAnswer:
    """Answer of a device, raw; `status` is None when it is data, not a status."""

    body: str = field(repr=False)
    status: IsapiStatus | None
