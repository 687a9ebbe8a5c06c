"""Addresses of EZOPEN streams: in the form of players, and of the stream servers."""

import re
from typing import Any, Final

import orjson
from yarl import URL

from ...api.errors import (
    BadAnswer,
    DeviceBusy,
    DeviceOffline,
    HikError,
    PermissionDenied,
    StreamFailed,
    StreamTokenExpired,
    error_for,
)
from ...api.hiding import without_secrets
from ...api.hosts import read_url

_LIVE: Final = re.compile(r"(?P<place>ezopen://.+/\w+/\d+)(?:\.hd)?\.live")
_SUCCESS: Final = "200"
_OK: Final = 1
_END: Final = 1
_KINDS: Final = {
    5404: DeviceOffline,
    5405: DeviceBusy,
    5406: StreamTokenExpired,
    5411: PermissionDenied,
}
"""Codes of stream servers, as the maker's player explains them."""


def with_quality(ezopen: str, *, main: bool) -> str:
    """Return a live address that asks for the main stream or the sub-stream."""
    match = _LIVE.fullmatch(ezopen)
    if match is None:
        return ezopen
    return f"{match['place']}{'.hd' if main else ''}.live"


def read_answer(answer: Any, token: str = "") -> URL:
    """Return the address of a stream server from the answer to `live/url/ezopen`.

    There are two forms of it. `token` is what it was asked with. Raises the error that
    stands for a code of the maker's API, or `BadAnswer`.
    """
    if not isinstance(answer, dict):
        raise BadAnswer("the stream's address is missing")
    code = str(answer.get("code"))
    if code != _SUCCESS:
        words = without_secrets(str(answer.get("msg") or ""), token)
        raise error_for(f"EVZ{code}", words)
    data, more = answer.get("data"), answer.get("ext")
    if isinstance(data, dict):
        data, more = data.get("url"), data
    key = more.get("token") if isinstance(more, dict) else None
    if not isinstance(data, str) or not isinstance(key, str):
        raise BadAnswer("the stream's address is missing")
    try:
        url = read_url(data)
    except ValueError:
        raise BadAnswer("the stream's address is broken") from None
    return url.update_query(ssn=key, auth="1", biz="4", cln="100")


def read_text(text: str) -> bool:
    """Tell whether a text of a stream server ends the stream.

    Raises the error that it tells of, if it does.
    """
    try:
        told = orjson.loads(text)
    except ValueError:
        raise BadAnswer("the stream server sent a text that makes no sense") from None
    if not isinstance(told, dict):
        raise BadAnswer("the stream server sent a text that makes no sense")
    code = told.get("errorCode", told.get("statusCode", 0))
    if code in (0, _OK):
        return told.get("errorCode") == _END
    words = told.get("errorMsg") or told.get("statusString") or ""
    raise _error(code, str(words))


def _error(code: object, words: str) -> HikError:
    kind = _KINDS.get(code) if isinstance(code, int) else None
    return (kind or StreamFailed)(str(code), words)
