"""Answers that are too large, or no HTTP at all."""

import asyncio
from collections.abc import Callable
import tracemalloc
import zlib

import aiohttp
import pytest

from custom_components.hikcentral_connect.api import Client
from custom_components.hikcentral_connect.api.call import Call, Kind, nothing
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    OutcomeUnknown,
    ServiceUnreachable,
)

from .cloud import DEVICES, DOOR, SYSTEM, Cloud, answer, raw, success

MEGABYTE = 1024 * 1024


async def test_flood_is_cut_off(liar: Client, cloud: Cloud) -> None:
    """Of an answer of 200 MB little more than the limit is taken in."""
    cloud.on(SYSTEM, cloud.endless(b'{"errorCode":"0","data":"', 200 * MEGABYTE))
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer, match="too large"):
            await liar.platform.system_properties()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    await asyncio.sleep(0.05)
    assert cloud.sent < 40 * MEGABYTE
    assert peak < 64 * MEGABYTE
    assert len(cloud.calls(SYSTEM)) == 1


async def test_flood_announced(liar: Client, cloud: Cloud) -> None:
    """Who announces too much is not listened to at all."""
    size = 200 * MEGABYTE
    cloud.on(SYSTEM, cloud.endless(b"", size, **{"Content-Length": str(size)}))
    with pytest.raises(BadAnswer, match="too large"):
        await liar.platform.system_properties()
    await asyncio.sleep(0.05)
    assert cloud.sent < 10 * MEGABYTE


async def test_bomb(liar: Client, cloud: Cloud) -> None:
    """A small answer that unpacks to 128 MB is stopped at the same limit."""
    packer = zlib.compressobj(level=1, wbits=31)
    block = b"x" * MEGABYTE
    bomb = b"".join([packer.compress(block) for _ in range(128)]) + packer.flush()
    cloud.on(SYSTEM, answer(bomb, **{"Content-Encoding": "gzip"}))
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer, match="too large"):
            await liar.platform.system_properties()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 * MEGABYTE


async def test_large_but_good(liar: Client, cloud: Cloud) -> None:
    """Some megabytes are read like a few bytes."""
    rows = [
        {"id": str(number), "serialNo": "F1", "x": "y" * 5000} for number in range(400)
    ]
    cloud.on(DEVICES, success({"device": rows, "totalCount": 400}))
    assert len(await liar.resources.devices()) == 400


def response(body: bytes, length: int, extra: bytes = b"") -> bytes:
    """Return an HTTP response that claims a length."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n".encode()
    return head + extra + b"\r\n" + body


OK = b'{"errorCode":"0","data":{"systemGUID":"g"}}'


@pytest.mark.parametrize(
    "wire",
    [
        response(OK, len(OK) + 100),
        response(OK, len(OK) - 5),
        response(OK, 10**13),
        response(OK, 0),
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n" + OK,
        response(OK, len(OK), b"Content-Encoding: gzip\r\n"),
        response(OK, len(OK), b"X: " + b"y" * 200_000 + b"\r\n"),
        b"HTTP/1.1 999 Strange\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00" * 100,
        b"",
    ],
    ids=[
        "too long",
        "too short",
        "absurd",
        "zero",
        "no number",
        "negative",
        "not packed",
        "endless header",
        "strange status",
        "not http",
        "zeros",
        "nothing",
    ],
)
async def test_lies_on_the_wire(liar: Client, cloud: Cloud, wire: bytes) -> None:
    """HTTP that is no HTTP is no answer; for a command the outcome is unknown."""
    cloud.on(SYSTEM, raw(wire))
    with pytest.raises((BadAnswer, ServiceUnreachable)):
        await liar.platform.system_properties()
    cloud.on(DOOR, raw(wire))
    with pytest.raises(OutcomeUnknown):
        await liar.session.send(Call(DOOR, nothing, {}, Kind.COMMAND))
    assert len(cloud.calls(DOOR)) == 1


async def test_answer_that_drips(
    liar: Client, cloud: Cloud, patience: Callable[[float], None]
) -> None:
    """The time-out covers the whole answer, not each of its drops."""

    async def drip(request: aiohttp.web.Request) -> aiohttp.web.StreamResponse:
        drops = aiohttp.web.StreamResponse()
        await drops.prepare(request)
        for _ in range(100):
            await drops.write(b" ")
            await asyncio.sleep(0.02)
        return drops

    cloud.on(SYSTEM, drip)
    await liar.dialect()
    patience(0.2)
    async with asyncio.timeout(1.5):
        with pytest.raises(ServiceUnreachable):
            await liar.platform.system_properties()
