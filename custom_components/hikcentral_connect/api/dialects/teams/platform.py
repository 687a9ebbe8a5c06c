"""System-related services of teams (guide section 2.1)."""

from typing import Final

from ...call import Call
from ...models.platform import StreamToken, SystemProperties
from ...row import Row

PAGE_SIZE: Final = 500
"""Largest page of the lists of resources."""


def system_properties() -> Call[SystemProperties]:
    """Read the GUID of the platform, the identity of the account (section 2.1)."""
    return Call("platform/v1/systemproperties", _read_system, method="GET")


def stream_token() -> Call[StreamToken]:
    """Read the key to all streams; it lives 7 days (section 2.1)."""
    return Call("platform/v1/streamtoken/get", _read_stream_token, method="GET")


def _read_system(answer: Row) -> SystemProperties:
    return SystemProperties(
        guid=answer.text_or_none("systemGUID", "systemGuid"),
        version=None,
        time_zone=None,
        language=None,
    )


def _read_stream_token(answer: Row) -> StreamToken:
    return StreamToken(
        app_key=answer.text("appKey"),
        app_token=answer.text("appToken"),
        domain=answer.text("streamAreaDomain"),
        expires=answer.moment_or_none("expireTime"),
    )
