"""System services of the reference ("System Services")."""

from typing import Final

from ...call import Call
from ...models.platform import StreamToken, SystemProperties
from ...row import Row

PAGE_SIZE: Final = 100
"""The reference sets no limit; its own largest default is 100."""


def system_properties() -> Call[SystemProperties]:
    """Read the platform's version, time zone and language ("Get System Properties")."""
    return Call("platform/v1/systemproperties", _read_system, method="GET")


def stream_token() -> Call[StreamToken]:
    """Read the key to all streams ("Get Streaming Token")."""
    return Call("platform/v1/streamtoken/get", _read_stream_token, method="GET")


def _read_system(answer: Row) -> SystemProperties:
    return SystemProperties(
        guid=None,
        version=answer.text_or_none("version"),
        time_zone=answer.text_or_none("timezone"),
        language=answer.text_or_none("language"),
    )


def _read_stream_token(answer: Row) -> StreamToken:
    return StreamToken(
        app_key=answer.text("appKey"),
        app_token=answer.text("appToken"),
        domain=answer.text("streamAreaDomain"),
        expires=None,
    )
