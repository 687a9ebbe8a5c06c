"""What relaying an encrypted H.265 stream costs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
import resource
import shutil
from statistics import median
import subprocess
from tempfile import TemporaryDirectory

import aiohttp
from aiohttp import web
from yarl import URL

from simulator.streams.program import CLOCK, pack
from simulator.streams.secrecy import encrypt
from simulator.world.places import Codec

from ..clocks import cost
from ..core import run as run_core
from ..figure import Figure
from ..film import RATE, film

CODE = "ABCDEF"
BITS = 4_000_000
STREAMS = 20
HEAD = (b"IMKH\x01\x01\0\0\x02\0\x05\0").ljust(40, b"\0")


def run(short: bool) -> list[Figure]:
    """Return the processor time from the socket to the transport stream."""
    if shutil.which("ffmpeg") is None:
        raise RuntimeError("ffmpeg is not installed: the bound cannot be measured")
    return run_core(_measure(4 if short else 120, 1 if short else 15))


async def _measure(seconds: int, rounds: int) -> list[Figure]:
    frames = await asyncio.to_thread(film, BITS)
    plain: list[bytes] = []
    coded: list[bytes] = []
    for number in range(seconds * RATE):
        frame = frames[number % len(frames)]
        ticks = number * CLOCK // RATE
        hidden = tuple(encrypt(nal, Codec.H265, CODE) for nal in frame.nals)
        plain.append(
            pack(frame.nals, Codec.H265, ticks, key=frame.key, scrambled=False)
        )
        coded.append(pack(hidden, Codec.H265, ticks, key=frame.key, scrambled=True))
    values: list[float] = []
    bounds: list[float] = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plain.mpg"
        file.write_bytes(b"".join(plain))
        async with _server([HEAD, *coded]) as address:
            for _ in range(rounds):
                values.append(await cost(lambda: _relay(address)))
                bounds.append(await asyncio.to_thread(_copy, file))
    size = sum(map(len, coded))
    value, bound = median(values), median(bounds)
    per_core = seconds / value
    return [
        Figure.times(
            "relay of a 4 Mbit/s encrypted H.265 stream",
            "ms/s",
            value / seconds * 1000,
            bound / seconds * 1000,
            1.5,
            bits_a_second=round(size * 8 / seconds),
        ),
        Figure.at_most(
            "… core for one such stream",
            "%",
            value / seconds * 100,
            100 / STREAMS,
            streams_per_core=round(per_core),
        ),
    ]


async def _relay(address: URL) -> None:
    """Do what a feed does, without waiting for the stream's own pace."""
    from custom_components.hikcentral_connect.video.ezopen.remuxer import Remuxer
    from custom_components.hikcentral_connect.video.ezopen.socket import open_stream
    from custom_components.hikcentral_connect.video.feed import async_taken_apart

    remuxer = Remuxer(CODE)
    pictures = 0
    async with aiohttp.ClientSession() as http, open_stream(http, address) as stream:
        while batch := await stream.batch():
            chunks = await async_taken_apart(remuxer, batch)
            b"".join(chunk.data for chunk in chunks)
            pictures += len(chunks)
    if not pictures:
        raise RuntimeError("no picture came through")


def _copy(file: Path) -> float:
    """Return the seconds of processor time that ffmpeg needs for the same."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["ffmpeg", "-v", "error", "-f", "mpeg", "-i", str(file)]
    subprocess.run(
        [*command, "-c", "copy", "-f", "mpegts", "-y", "/dev/null"], check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@asynccontextmanager
async def _server(messages: list[bytes]) -> AsyncGenerator[URL]:
    """Serve a stream, as fast as it is read, from another process."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        await asyncio.to_thread(ours.send, messages)
        port = await asyncio.to_thread(ours.recv)
        yield URL(f"ws://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    asyncio.run(_send_all(pipe.recv(), pipe))


async def _send_all(messages: list[bytes], pipe: Connection) -> None:
    async def handle(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        for message in messages:
            await socket.send_bytes(message)
        await socket.close()
        return socket

    app = web.Application()
    app.router.add_get("/", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(runner.addresses[0][1])
    await asyncio.Event().wait()
