"""The maker's API that the player calls under ``streamAreaDomain`` with the appToken.

There are two families. ``/api/lapp`` answers ``{"code": "200", "msg", "data"}``, with
fields in a form; ``/api/service`` and ``/api/v3`` answer ``{"meta": {"code": 200}, "data"}``,
with fields in the query or in headers. Errors are HTTP 200 with the codes of `TEXTS`. Calls
and the fields read from answers are those of EZUIKit 9.0.22, other fields those of the
maker's public pages. What the player sends besides is not looked at.

Lists are never null: the player fails over that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from simulator.account import Account
from simulator.faults import Fault, FaultKind
from simulator.world.places import Camera, Device

from .service import Streams

type Data = Any

BAD_FIELD, BAD_TOKEN = 10001, 10002
NO_CAMERA, NO_DEVICE, OFFLINE, NOT_YOURS = 20001, 20002, 20007, 20018
UNSUPPORTED = 60020
TEXTS = {
    200: "Operation succeeded",
    BAD_FIELD: "Invalid parameter",
    BAD_TOKEN: "accessToken expired or error",
    NO_CAMERA: "The channel does not exist",
    NO_DEVICE: "The device does not exist",
    OFFLINE: "The device is offline",
    NOT_YOURS: "The user does not own the device",
    UNSUPPORTED: "The device does not support this",
}
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "GET, POST",
}


class Rejected(Exception):
    """A call that is refused with one of `TEXTS`."""

    def __init__(self, code: int) -> None:
        """Carry the code."""
        super().__init__(TEXTS.get(code, "Error"))
        self.code = code


@dataclass(frozen=True, slots=True)
class Call:
    """An accepted call. ``url`` is where the simulator listens."""

    account: Account
    accounts: Iterable[Account]
    streams: Streams
    fields: dict[str, str]
    url: str

    def field(self, *names: str) -> str:
        """Return a field under the first name it was sent with."""
        for name in names:
            if value := self.fields.get(name):
                return value
        raise Rejected(BAD_FIELD)

    def number(self, *names: str) -> int:
        """Return a field that is a whole number."""
        value = self.field(*names)
        if not value.isdecimal():
            raise Rejected(BAD_FIELD)
        return int(value)

    @property
    def device(self) -> Device:
        """Return the device that is asked for, if it is the account's."""
        return self.device_with(self.field("deviceSerial", "sn"))

    @property
    def camera(self) -> Camera:
        """Return the camera that is asked for, on the first channel by default."""
        given = self.fields.keys() & {"channelNo", "localIndex", "cno"}
        channel = self.number("channelNo", "localIndex", "cno") if given else 1
        return self.camera_on(self.device, channel)

    def device_with(self, serial: str) -> Device:
        """Return a device of the account."""
        if device := self.account.world.device(serial):
            return device
        known = any(one.world.device(serial) for one in self.accounts)
        raise Rejected(NOT_YOURS if known else NO_DEVICE)

    def camera_on(self, device: Device, channel: int) -> Camera:
        """Return the camera on a channel of a device."""
        if camera := self.account.world.camera_at(device.serial, channel):
            return camera
        raise Rejected(NO_CAMERA)


type Handler = Callable[[Call], Data]

CALLS: dict[tuple[str, str], Handler] = {}


def call(method: str, path: str) -> Callable[[Handler], Handler]:
    """Declare the handler of a call; it returns the answer's data."""

    def declare(handler: Handler) -> Handler:
        CALLS[method, path] = handler
        return handler

    return declare


class Vendor:
    """Serves `CALLS` to everybody who has a streaming token."""

    def __init__(
        self, streams: Streams, accounts: Iterable[Account], url: Callable[[], str]
    ) -> None:
        """Serve the devices of some accounts."""
        self._streams = streams
        self._accounts = accounts
        self._url = url

    async def serve(self, request: web.Request, faults: list[Fault]) -> web.Response:
        """Answer one call."""
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=CORS)
        handler = CALLS.get((request.method, request.path))
        if handler is None:
            return web.Response(status=404, headers=CORS)
        fields = await _fields(request)
        try:
            _strike(faults)
            data, code = handler(self._call(fields)), 200
        except Rejected as rejected:
            data, code = None, rejected.code
        answer = _answer(request.path, code, data)
        return web.json_response(answer, headers=CORS)

    def _call(self, fields: dict[str, str]) -> Call:
        token = fields.get("accessToken") or fields.get("checkToken") or ""
        for account in self._accounts:
            if account.streaming.valid(token) and not account.revoked:
                url = self._url()
                return Call(account, self._accounts, self._streams, fields, url)
        raise Rejected(BAD_TOKEN)


async def _fields(request: web.Request) -> dict[str, str]:
    form = await request.post()
    fields = {key: value for key, value in form.items() if isinstance(value, str)}
    names = ("accessToken", "deviceSerial", "localIndex", "channelNo")
    headers = {one: request.headers[one] for one in names if one in request.headers}
    return {**request.query, **headers, **fields}


def _strike(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.kind is FaultKind.TOKEN_EXPIRED:
            raise Rejected(BAD_TOKEN)
        if fault.kind is FaultKind.REFUSE:
            raise Rejected(fault.option("code", OFFLINE))


def _answer(path: str, code: int, data: Data) -> dict[str, Any]:
    text = TEXTS.get(code, "Error")
    if path.startswith("/api/lapp/"):
        answer = {"code": str(code), "msg": text}
        return answer if data is None else answer | {"data": data}
    meta = {"code": code, "message": text, "moreInfo": None}
    return {"meta": meta, "data": [] if data is None else data}


def stream_address(url: str, path: str, query: str) -> str:
    """Return the WebSocket address of a stream."""
    return f"ws://{urlsplit(url).netloc}{path}?{query}"
