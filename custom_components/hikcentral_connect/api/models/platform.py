"""The account and its service."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SystemProperties:
    """The platform an account lives on.

    Teams knows only `guid`; the reference knows the others.
    """

    guid: str | None
    version: str | None
    time_zone: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class StreamToken:
    """Key to the streams of every camera of the account: a secret of the server."""

    app_key: str
    app_token: str = field(repr=False)
    domain: str
    expires: datetime | None
