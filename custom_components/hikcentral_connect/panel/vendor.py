"""Which of the maker's calls the player may make, and in what form they go out.

The player (EZUIKit 9.0) asks the maker's API about the one camera it shows. Whatever it
says about itself is dropped: a request is built anew from the session it belongs to,
with the few fields of `CALLS` that the player may choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

VALUE_AT_MOST: Final = 512
"""Characters of a field; the longest in use is the name of the browser."""

TOKEN_DIED: Final = "10002"
"""Code of an expired or unknown token, in both families of calls."""

_TOKEN: Final = frozenset({"accessToken", "checkToken"})
_SERIAL: Final = frozenset({"deviceSerial", "sn"})
_CHANNEL: Final = frozenset({"channelNo", "localIndex", "cno"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is made for; `ezopen` is the address of the stream.

    `shift` is by how many seconds the player's clock times are ahead of true ones: it
    takes wall-clock times of the device for its own (see `PlayerSession`).
    """

    serial: str
    channel: int
    ezopen: str = field(repr=False)
    shift: int = 0

    def value(self, name: str, token: str) -> str:
        """Return what a field that tells whose and which must hold."""
        if name in _TOKEN:
            return token
        if name in _SERIAL:
            return self.serial
        return str(self.channel) if name in _CHANNEL else self.ezopen


@dataclass(frozen=True, slots=True)
class Allowed:
    """A call that is passed on.

    `query` and `form` are fields that the session fills in, `passed` those that the
    player may choose. With `headers` the session is told in headers too. `second` is
    what one second counts in `startTime` and `endTime`, for calls that have them.
    """

    query: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    headers: bool = False
    second: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to the maker's API."""

    query: dict[str, str] = field(repr=False)
    form: dict[str, str] = field(repr=False)
    headers: dict[str, str] = field(repr=False)


_CAMERA: Final = ("accessToken", "deviceSerial", "channelNo")
_DEVICE: Final = ("accessToken", "deviceSerial")

CAMERA_LIST: Final = ("POST", "/api/lapp/device/camera/list")

CALLS: Final[Mapping[tuple[str, str], Allowed]] = {
    ("GET", "/api/service/device/capacity/video/quality"): Allowed(query=_CAMERA),
    CAMERA_LIST: Allowed(query=_DEVICE, headers=True),
    ("POST", "/api/lapp/live/url/ezopen"): Allowed(
        form=("accessToken", "ezopen"),
        passed=("isFlv", "isHttp", "needStreamToken", "userAgent"),
        headers=True,
    ),
    ("POST", "/api/lapp/device/info"): Allowed(form=_DEVICE),
    ("POST", "/api/lapp/device/capacity"): Allowed(form=_DEVICE),
    ("GET", "/api/service/media/stream/server/info"): Allowed(
        passed=("version", "protocol"), headers=True
    ),
    ("GET", "/api/v3/open/cloud/video/exist/query/month"): Allowed(
        query=_CAMERA, passed=("recType", "queryMonth"), headers=True
    ),
    ("GET", "/api/v3/device/local/video/unify/query"): Allowed(
        passed=("startTime", "endTime", "pageSize"), headers=True, second=1
    ),
    ("POST", "/api/lapp/video/by/time"): Allowed(
        form=_CAMERA,
        passed=("startTime", "endTime", "recType", "version"),
        second=1000,
    ),
}


def outgoing(
    call: Allowed, target: Target, token: str, given: Mapping[str, str]
) -> Outgoing:
    """Return the request that is sent for a call of the player."""
    chosen = {
        name: _true_time(call, target, name, value)
        for name, value in given.items()
        if name in call.passed and len(value) <= VALUE_AT_MOST
    }
    form = {name: target.value(name, token) for name in call.form}
    query = {name: target.value(name, token) for name in call.query}
    headers = {"clientType": "ezuikit"} if call.headers else {}
    if call.headers:
        for name in ("accessToken", "deviceSerial", "localIndex"):
            headers[name] = target.value(name, token)
    if call.form:
        return Outgoing(query, form | chosen, headers)
    return Outgoing(query | chosen, form, headers)


def incoming(key: tuple[str, str], target: Target, answer: Any) -> Any:
    """Return what the player may see of an answer: its own camera, in its own time."""
    data = answer.get("data") if isinstance(answer, dict) else None
    if key == CAMERA_LIST and isinstance(data, list):
        return answer | {"data": [one for one in data if _is_target(one, target)]}
    if CALLS[key].second and target.shift and isinstance(data, dict):
        return answer | {"data": _shifted(data, target.shift * CALLS[key].second)}
    return answer


def is_token_refused(answer: Any) -> bool:
    """Tell whether an answer says that the token is no longer good."""
    if not isinstance(answer, dict):
        return False
    meta = answer.get("meta")
    code = meta.get("code") if isinstance(meta, dict) else answer.get("code")
    return str(code) == TOKEN_DIED


def nothing(path: str) -> dict[str, Any]:
    """Return the answer to a call that is not passed on: an empty list.

    The player takes a list for a device without this feature, and fails over null.
    """
    if path.startswith("/api/lapp/"):
        return {"code": "200", "msg": "Operation succeeded", "data": []}
    return {"meta": {"code": 200, "message": "Operation succeeded"}, "data": []}


def failure(path: str, text: str) -> dict[str, Any]:
    """Return an answer that has the player report an error with this text."""
    if path.startswith("/api/lapp/"):
        return {"code": "49999", "msg": text, "data": []}
    return {"meta": {"code": 49999, "message": text}, "data": []}


def _is_target(row: Any, target: Target) -> bool:
    return isinstance(row, dict) and str(row.get("channelNo")) == str(target.channel)


def _true_time(call: Allowed, target: Target, name: str, value: str) -> str:
    if not call.second or name not in ("startTime", "endTime"):
        return value
    if not value.isdecimal():
        return value
    return str(int(value) - target.shift * call.second)


def _shifted(data: dict[str, Any], by: int) -> dict[str, Any]:
    return {
        name: [_shifted_row(row, by) for row in rows]
        if name in ("files", "records") and isinstance(rows, list)
        else rows
        for name, rows in data.items()
    }


def _shifted_row(row: Any, by: int) -> Any:
    if not isinstance(row, dict):
        return row
    times = {
        name: row[name] + by
        for name in ("startTime", "endTime")
        if isinstance(row.get(name), int)
    }
    return row | times
