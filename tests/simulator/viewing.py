"""A client of EZOPEN streams, written from the protocol and not from the simulator."""

from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
import json
from secrets import token_bytes
from typing import Any

import aiohttp
import av
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PIL import Image

from simulator import Simulator
from simulator.streams.scene import Stamp, read_stamp
from simulator.world.places import Camera

START = b"\0\0\0\1"
PROGRAM, PACKETS = 2, 4
CODECS = {0x0100: "h264", 0x0005: "hevc"}


@dataclass
class Shown:
    """What came: the head's formats, access units with their time, texts after OK."""

    system: int = 0
    codec: str = ""
    units: list[tuple[int, bytes]] = field(default_factory=list)
    texts: list[Any] = field(default_factory=list)
    scrambled: set[bool] = field(default_factory=set)

    def pictures(self) -> list[Image.Image]:
        """Decode everything."""
        decoder: Any = av.CodecContext.create(self.codec, "r")
        frames = [f for _, one in self.units for f in decoder.decode(av.Packet(one))]
        frames += decoder.decode(None)
        return [one.to_image() for one in frames]

    def stamps(self) -> list[Stamp]:
        """Read what the pictures say."""
        return [read_stamp(one) for one in self.pictures()]


def camera(sim: Simulator, name: str, dialect: str = "teams") -> Camera:
    """Return a camera by its name."""
    cameras = sim.account(dialect).world.cameras.values()
    return next(one for one in cameras if one.name == name)


class Player:
    """Streams of one account."""

    def __init__(self, sim: Simulator, session: aiohttp.ClientSession) -> None:
        """Take a streaming token."""
        self.sim = sim
        self.session = session
        self.token = sim.account("teams").streaming.renew()[0]

    async def ask(self, path: str, **fields: Any) -> Any:
        """Call the maker's API with a form."""
        form = {"accessToken": self.token, **fields}
        async with self.session.post(self.sim.url + path, data=form) as response:
            assert response.status == 200
            return await response.json()

    async def address(self, one: Camera, tail: str = ".hd.live", code: str = "") -> str:
        """Return the address of a stream, with its token, as the player builds it."""
        place = f"{one.device.serial}/{one.channel_no}{tail}"
        ezopen = f"ezopen://{code + '@' if code else ''}open.ezviz.com/{place}"
        answer = await self.ask("/api/lapp/live/url/ezopen", ezopen=ezopen)
        assert answer["code"] == "200", answer
        data = answer["data"]
        query = tail.partition("?")[2]
        times = "".join(
            f"&{part[:-6]}T{part[-6:]}Z" for part in query.split("&") if part
        )
        more = "&biz=4" if tail.endswith("live") else times
        return f"{data['url']}&ssn={data['token']}&auth=1&cln=100{more}"

    @asynccontextmanager
    async def direct(self, url: str) -> Any:
        """Open the stream's own address."""
        async with self.session.ws_connect(url, autoping=False) as socket:
            yield socket

    @asynccontextmanager
    async def greeted(self, url: str) -> Any:
        """Open a stream as the player does: hello at the root, then the command."""
        path = "/" + url.split("/", 3)[3]
        root = "/".join(url.split("/", 3)[:3])
        query = "?version=0.1&cipherSuites=0&sessionID="
        async with self.session.ws_connect(root + query) as socket:
            await socket.send_str(command(await socket.receive_json(), path))
            yield socket


def command(greeting: dict[str, str], path: str) -> str:
    """Answer a greeting."""
    assert greeting["cipherSuite"] == "0"
    key, initial = token_bytes(32), token_bytes(16)
    public = RSAPublicNumbers(65537, int(greeting["PKD"], 16)).public_key()
    wrapped = public.encrypt(f"{initial.hex()}:{key.hex()}".encode(), PKCS1v15())

    def sealed(text: str) -> str:
        padder = padding.PKCS7(128).padder()
        padded = padder.update(text.encode()) + padder.finalize()
        encryptor = Cipher(algorithms.AES(key), modes.CBC(initial)).encryptor()
        return (encryptor.update(padded) + encryptor.finalize()).hex()

    return json.dumps(
        {
            "sequence": 0,
            "cmd": "realplay",
            "url": path,
            "key": wrapped.hex(),
            "authorization": sealed(greeting["rand"] + ":"),
            "token": sealed(""),
        }
    )


async def watch(socket: Any, frames: int, code: str = "") -> Shown:
    """Receive some frames, or fewer if the stream ends, behind a message of success."""
    first = await socket.receive_json()
    assert first.get("statusString") == "OK" or first.get("statusCode") == 0, first
    shown, fragments = Shown(), bytearray()
    while len(shown.units) < frames:
        message = await socket.receive(timeout=20)
        if message.type is aiohttp.WSMsgType.TEXT:
            shown.texts.append(json.loads(message.data))
        elif message.type is not aiohttp.WSMsgType.BINARY:
            break
        elif message.data.startswith(b"IMKH"):
            assert len(message.data) in (40, 64)
            shown.system = int.from_bytes(message.data[8:10], "little")
            shown.codec = CODECS[int.from_bytes(message.data[10:12], "little")]
        elif shown.system == PROGRAM:
            shown.units += list(_program(message.data, shown, code))
        else:
            _packet(message.data, fragments, shown)
    return shown


def _program(data: bytes, shown: Shown, code: str) -> Iterator[tuple[int, bytes]]:
    """Take a program stream apart: one pack is one frame."""
    position, time, units = 0, 0, bytearray()
    while position < len(data):
        assert data[position : position + 3] == b"\0\0\1"
        kind, body = data[position + 3], position + 6
        if kind == 0xBA:
            position += 14 + (data[position + 13] & 7)
            continue
        end = body + int.from_bytes(data[position + 4 : body])
        if kind == 0xBC:
            assert data[body + 6] == {"h264": 0x1B, "hevc": 0x24}[shown.codec]
        if kind == 0xE0:
            shown.scrambled.add(data[body] >> 4 & 3 == 0b10)
            start = body + 3 + data[body + 2]
            if data[body + 1] & 0x80:
                time = _time(data[body + 3 : body + 8])
            units += data[start:end]
        position = end
    yield time, _clear(bytes(units), shown.codec, code) if code else bytes(units)


def _time(stamp: bytes) -> int:
    high, middle, low = stamp[0] >> 1 & 7, stamp[1:3], stamp[3:5]
    return high << 30 | int.from_bytes(middle) >> 1 << 15 | int.from_bytes(low) >> 1


def _clear(units: bytes, codec: str, code: str) -> bytes:
    """Decrypt NAL by NAL: up to 4096 bytes, behind the two header bytes of H.265."""
    skip = {"h264": 0, "hevc": 2}[codec]
    key = algorithms.AES(code.encode().ljust(16, b"\0"))
    clear = b""
    for nal in units.split(START)[1:]:
        whole = min(len(nal) - skip, 4096) // 16 * 16
        decryptor = Cipher(key, modes.ECB()).decryptor()
        middle = decryptor.update(nal[skip : skip + whole])
        clear += START + nal[:skip] + middle + nal[skip + whole :]
    return clear


def _packet(data: bytes, fragments: bytearray, shown: Shown) -> None:
    """Take an RTP packet with H.265: whole units and fragments."""
    assert data[0] == 0x80
    payload = data[12:]
    if payload[0] >> 1 & 0x3F == 49:
        if payload[2] & 0x80:
            kind = payload[2] & 0x3F
            fragments += START + bytes((payload[0] & 0x81 | kind << 1, payload[1]))
        fragments += payload[3:]
    else:
        fragments += START + payload
    if data[1] & 0x80:
        shown.units.append((int.from_bytes(data[4:8]), bytes(fragments)))
        fragments.clear()
