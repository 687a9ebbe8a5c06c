"""What each fault does, by the place in a call's way where it strikes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
import gzip
import socket
import struct
from typing import Any

from aiohttp import web

from .account import Account
from .dialect import Answer, Dialect
from .faults import Fault, FaultKind

type Before = Callable[[Fault, web.Request], Awaitable[web.StreamResponse | None]]
type Refuse = Callable[[Fault, Dialect, Account], Answer | None]
type Ask = Callable[[dict[str, Any]], dict[str, Any]]
type Change = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]
type Forge = Callable[[Fault, dict[str, Any]], dict[str, Any]]
type Head = Callable[[Fault], dict[str, str]]
type Send = Callable[[web.Request, bytes], Awaitable[web.StreamResponse]]

PAGE_FIELDS = ("pageNo", "pageIndex", "pageNum")
TOTAL_FIELDS = ("total", "totalCount", "totalNum")
QUEUE_FIELDS = ("messages", "alarmMsg", "event")


async def _wait(fault: Fault, _: web.Request) -> None:
    await asyncio.sleep(fault.option("seconds", 1.0))


async def _hang(_: Fault, __: web.Request) -> None:
    await asyncio.Event().wait()


async def _reset(_: Fault, request: web.Request) -> web.Response:
    return reset(request)


async def _http_error(fault: Fault, _: web.Request) -> web.Response:
    return web.Response(status=fault.option("status", 503), text="Service Unavailable")


async def _html(_: Fault, __: web.Request) -> web.Response:
    page = "<!doctype html><title>Welcome</title><p>Please sign in to the network."
    return web.Response(text=page, content_type="text/html")


async def _redirect(fault: Fault, request: web.Request) -> web.Response:
    host = fault.option("to", "https://elsewhere.example").rstrip("/")
    return web.Response(status=302, headers={"Location": host + request.path_qs})


async def _huge(fault: Fault, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"errorCode":"0","data":{"padding":"')
    for _ in range(fault.option("megabytes", 50) * 16):
        await response.write(b"x" * 65536)
    await response.write(b'"}}')
    return response


async def _raw(fault: Fault, _: web.Request) -> web.Response:
    return web.Response(
        body=fault.option("body", b""), headers=fault.option("headers", {})
    )


BEFORE: dict[FaultKind, Before] = {
    FaultKind.RAW: _raw,
    FaultKind.LATENCY: _wait,
    FaultKind.HANG: _hang,
    FaultKind.RESET: _reset,
    FaultKind.HTTP_ERROR: _http_error,
    FaultKind.HTML: _html,
    FaultKind.REDIRECT: _redirect,
    FaultKind.HUGE: _huge,
}


def _lose_subscription(_: Fault, __: Dialect, account: Account) -> None:
    account.alarms.drop()
    account.messages.drop()
    account.subscriptions.clear()


REFUSE: dict[FaultKind, Refuse] = {
    FaultKind.RATE_LIMIT: lambda _, dialect, __: dialect.too_fast(),
    FaultKind.TOKEN_EXPIRED: lambda _, dialect, __: dialect.refuse(
        dialect.codes.expired_token
    ),
    FaultKind.REFUSE: lambda fault, dialect, _: dialect.refuse(
        fault.option("code", dialect.codes.internal)
    ),
    FaultKind.LOST_SUBSCRIPTION: _lose_subscription,
}


def _first_page(body: dict[str, Any]) -> dict[str, Any]:
    return body | {name: 1 for name in PAGE_FIELDS if name in body}


ASK: dict[FaultKind, Ask] = {
    FaultKind.REPEAT_PAGE: _first_page,
    FaultKind.ENDLESS_PAGES: _first_page,
}


def _no_data(answer: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "data"}


def _stranger(fault: Fault, answer: dict[str, Any]) -> dict[str, Any]:
    data = _object(answer)
    if "accessToken" not in data:
        return answer
    return answer | {
        "data": data | {"areaDomain": fault.option("to", "https://elsewhere.example")}
    }


def _object(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the data; a few calls of the teams dialect have none, or just true."""
    data = answer.get("data")
    return data if isinstance(data, dict) else {}


def _echo_page(answer: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    data = _object(answer)
    page = {name: asked[name] for name in PAGE_FIELDS if name in data and name in asked}
    return answer | {"data": data | page}


def _endless(answer: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    answer = _echo_page(answer, asked)
    page = next((asked[name] for name in PAGE_FIELDS if name in asked), 1)
    size = int(asked.get("pageSize", 20))
    data = {}
    for key, value in _object(answer).items():
        if isinstance(value, list) and value:
            value = [
                _renamed(value[n % len(value)], f"{page}-{n}") for n in range(size)
            ]
        data[key] = 10**9 if key in TOTAL_FIELDS else value
    return answer | {"data": data}


def _renamed(row: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Give a row its own id, so that it does not look like one seen before."""
    name = next(iter(row), None)
    return row if name is None else row | {name: f"{row[name]}-{suffix}"}


def _everywhere(change: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, dict):
        value = {key: _everywhere(change, one) for key, one in value.items()}
    elif isinstance(value, list):
        value = [_everywhere(change, one) for one in value]
    return change(value)


def _null_list(value: Any) -> Any:
    return None if isinstance(value, list) else value


def _other_type(value: Any) -> Any:
    match value:
        case str():
            return len(value)
        case int() | float():
            return str(value)
        case list():
            return dict(enumerate(value))
    return value


def _in_data(change: Callable[[Any], Any]) -> Change:
    def apply(answer: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
        return answer | {"data": _everywhere(change, answer.get("data"))}

    return apply


def _in_queue(change: Callable[[list[Any]], list[Any]]) -> Change:
    def apply(answer: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
        data = dict(_object(answer))
        for name in QUEUE_FIELDS:
            if name in data:
                data[name] = change(data[name])
        return answer | {"data": data}

    return apply


CHANGE: dict[FaultKind, Change] = {
    FaultKind.NO_DATA: _no_data,
    FaultKind.NULL_LISTS: _in_data(_null_list),
    FaultKind.WRONG_TYPES: _in_data(_other_type),
    FaultKind.REPEAT_PAGE: _echo_page,
    FaultKind.ENDLESS_PAGES: _endless,
    FaultKind.DUPLICATES: _in_queue(lambda rows: [one for one in rows for _ in "12"]),
    FaultKind.REORDER: _in_queue(lambda rows: rows[::-1]),
}


FORGE: dict[FaultKind, Forge] = {FaultKind.STRANGER: _stranger}


def changed(
    fault: Fault, answer: dict[str, Any], asked: dict[str, Any]
) -> dict[str, Any]:
    """Return an answer as a fault changes it."""
    if forge := FORGE.get(fault.kind):
        return forge(fault, answer)
    change = CHANGE.get(fault.kind)
    return change(answer, asked) if change else answer


def _wrong_date(fault: Fault) -> dict[str, str]:
    ahead = timedelta(seconds=fault.option("seconds", 86_400.0))
    return {"Date": format_datetime(datetime.now(UTC) + ahead, usegmt=True)}


HEAD: dict[FaultKind, Head] = {FaultKind.WRONG_DATE: _wrong_date}


def headers(faults: list[Fault]) -> dict[str, str]:
    """Return what faults say in the head of an answer."""
    found: dict[str, str] = {}
    for fault in faults:
        if head := HEAD.get(fault.kind):
            found |= head(fault)
    return found


def reset(request: web.Request) -> web.Response:
    """Reset the connection so that the client sees no answer at all."""
    if transport := request.transport:
        linger = struct.pack("ii", 1, 0)
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
    return web.Response(status=499)


async def _lost(request: web.Request, _: bytes) -> web.Response:
    return reset(request)


async def _cut(request: web.Request, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    await asyncio.sleep(0.05)
    reset(request)
    return response


async def _bad_json(_: web.Request, __: bytes) -> web.Response:
    return web.Response(body=b"<<< not json >>>", content_type="application/json")


async def _truncated(_: web.Request, body: bytes) -> web.Response:
    half = body[: len(body) // 2]
    return web.Response(body=half, content_type="application/json")


async def _bad_gzip(_: web.Request, body: bytes) -> web.Response:
    packed = gzip.compress(body)
    return web.Response(
        body=packed[: len(packed) // 2],
        content_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )


SEND: dict[FaultKind, Send] = {
    FaultKind.BAD_GZIP: _bad_gzip,
    FaultKind.LOST: _lost,
    FaultKind.CUT: _cut,
    FaultKind.BAD_JSON: _bad_json,
    FaultKind.TRUNCATED: _truncated,
}
