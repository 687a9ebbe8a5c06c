"""Pictures: only from the vendor, only pictures, never too large."""

import asyncio
from collections.abc import Callable
from struct import pack

import aiohttp
from hypothesis import given, settings, strategies as st
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Client, DialectName, media
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    CodeWrong,
    PictureEncrypted,
    ServiceUnreachable,
)
from custom_components.hikcentral_connect.api.media import PICTURE_AT_MOST
from custom_components.hikcentral_connect.api.pictures import plain_picture
from simulator import Simulator
from simulator.account import Account as SimulatedAccount
from simulator.pictures import encrypt
from simulator.world.places import Camera

from .cloud import Cloud, answer, raw, redirect

PATH = "/pictures/p.jpeg"
JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\x01\xe0\x02\x80"
MEGABYTE = 1024 * 1024


@pytest.fixture
def cameras(account: SimulatedAccount) -> dict[str, Camera]:
    """Return the cameras of the simulated account by name."""
    return {camera.name: camera for camera in account.world.cameras.values()}


async def captured(client: Client, camera: Camera) -> str:
    """Have a camera take a picture and return its address."""
    taken = await client.video.capture(camera.device.serial, camera.channel_no)
    return taken.url


async def test_captured_picture(client: Client, cameras: dict[str, Camera]) -> None:
    """What a camera took arrives whole."""
    content = await client.fetch_media(await captured(client, cameras["Driveway"]))
    assert plain_picture(content, None) is content
    assert content.startswith(b"\xff\xd8\xff")
    assert content.endswith(b"\xff\xd9")


async def test_expired_address(
    client: Client, sim: Simulator, cameras: dict[str, Camera]
) -> None:
    """After 15 minutes the address is dead."""
    address = await captured(client, cameras["Driveway"])
    sim.clock.shift(16 * 60)
    with pytest.raises(BadAnswer, match="403"):
        await client.fetch_media(address)


async def test_encrypted_picture(client: Client, cameras: dict[str, Camera]) -> None:
    """The picture of an encrypted device opens with the code of the device only."""
    camera = cameras["Koi pond"]
    content = await client.fetch_media(await captured(client, camera))
    for code in (None, ""):
        with pytest.raises(PictureEncrypted):
            plain_picture(content, code)
    with pytest.raises(CodeWrong):
        plain_picture(content, "WRONGS")
    assert camera.device.code
    assert plain_picture(content, camera.device.code).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_host_that_stands_twice(
    client: Client, sim: Simulator, cameras: dict[str, Camera]
) -> None:
    """Some answers repeat the host in front of the address."""
    address = await captured(client, cameras["Driveway"])
    assert await client.fetch_media(f"{sim.url}/{address}")
    thumbnail = await client.video.thumbnail(cameras["Driveway"].id)
    assert plain_picture(await client.fetch_media(thumbnail.url), None)


@pytest.mark.parametrize(
    "address",
    [
        "{stranger}/pictures/p.jpeg",
        "{home}/{stranger}/pictures/p.jpeg",
        "{home}@{bare}/pictures/p.jpeg",
        "{home}.{bare}/pictures/p.jpeg",
    ],
)
async def test_foreign_host(
    liar: Client, cloud: Cloud, stranger: Cloud, address: str
) -> None:
    """An address that leads to somebody else is not fetched."""
    bare = stranger.url.removeprefix("http://")
    target = address.format(home=cloud.url, stranger=stranger.url, bare=bare)
    with pytest.raises(BadAnswer):
        await liar.fetch_media(target)
    assert stranger.asked == cloud.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/pictures/p.jpeg",
        "pictures",
        "//elsewhere.example/p.jpeg",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "ftp://ieu.hikcentralconnect.com/p.jpeg",
        "http://ieu.hikcentralconnect.com/p.jpeg",
        "https://hikcentralconnect.com.elsewhere.example/p.jpeg",
        "https://evilamazonaws.com/p.jpeg",
        "https://hikcentralconnect.com@elsewhere.example/p.jpeg",
        "https://[",
        "https://",
        "https://ieu.hikcentralconnect.com:99999/",
        "https://\u2100.hikcentralconnect.com/",
        "https:///p.jpeg",
    ],
)
async def test_broken_address(liar: Client, cloud: Cloud, address: str) -> None:
    """What is no address of the vendor is refused before anything is sent."""
    with pytest.raises(BadAnswer):
        await liar.fetch_media(address)
    assert cloud.asked == []


async def test_no_token_goes_along(liar: Client, cloud: Cloud) -> None:
    """Signed addresses need no token, so they get none."""
    await liar.dialect()
    cloud.on(PATH, answer(b"\xff\xd8\xff"))
    assert await liar.fetch_media(cloud.url + PATH) == b"\xff\xd8\xff"
    (asked,) = cloud.calls(PATH)
    assert asked.token is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirect(
    liar: Client, cloud: Cloud, stranger: Cloud, status: int
) -> None:
    """A picture lies where the service said, or nowhere."""
    cloud.on(PATH, redirect(f"{stranger.url}{PATH}", status))
    with pytest.raises(BadAnswer):
        await liar.fetch_media(cloud.url + PATH)
    assert stranger.asked == []


@pytest.mark.parametrize("announced", [True, False])
async def test_too_large(liar: Client, cloud: Cloud, announced: bool) -> None:
    """A picture without end is cut off."""
    size = 100 * MEGABYTE
    headers = {"Content-Length": str(size)} if announced else {}
    cloud.on(PATH, cloud.endless(b"", size, **headers))
    with pytest.raises(BadAnswer, match="too large"):
        await liar.fetch_media(cloud.url + PATH)
    await asyncio.sleep(0.05)
    assert cloud.sent < PICTURE_AT_MOST + 20 * MEGABYTE


@pytest.mark.parametrize(
    "handler",
    [
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\xff\xd8"),
        raw(b"nonsense\r\n\r\n"),
    ],
    ids=["nothing", "half", "nonsense"],
)
async def test_broken_transfer(
    liar: Client,
    cloud: Cloud,
    handler: Callable[..., aiohttp.web.StreamResponse],
) -> None:
    """Half a picture is none."""
    cloud.on(PATH, handler)
    with pytest.raises(ServiceUnreachable):
        await liar.fetch_media(cloud.url + PATH)


async def test_time_out(
    liar: Client, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a picture for ever."""

    async def hang(_: aiohttp.web.Request) -> aiohttp.web.StreamResponse:
        await asyncio.sleep(0.5)
        return aiohttp.web.Response()

    monkeypatch.setattr(media, "TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    cloud.on(PATH, hang)
    with pytest.raises(ServiceUnreachable):
        await liar.fetch_media(cloud.url + PATH)


async def test_nobody_there(liar: Client, cloud: Cloud) -> None:
    """A host that does not answer is unreachable."""
    gone = URL(cloud.url)
    await cloud.__aexit__()
    with pytest.raises(ServiceUnreachable):
        await liar.fetch_media(str(gone / "p.jpeg"))


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b'{"errorCode":"0"}', b"GIF89a", b"\xff\xd8", b"%PDF"]
)
def test_not_a_picture(content: bytes) -> None:
    """Only JPEG and PNG are pictures, in clear or under a code."""
    with pytest.raises(BadAnswer):
        plain_picture(content, None)
    with pytest.raises(BadAnswer):
        plain_picture(encrypt(content, "SECRET"), "SECRET")


def test_png_is_a_picture() -> None:
    """PNG comes as well."""
    png = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", 640, 480) + b"rest"
    assert plain_picture(png, None) == png
    assert plain_picture(encrypt(png, "SECRET"), "SECRET") == png


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", 60_000, 60_000) + b"rest",
        b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", 0, 5) + b"rest",
        b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0\x00\x04xx\xff\xff\xc2\x00\x11\x08\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0\x00\x04xxstray\xff\xc2\x00\x11\x08\xff\xff\xff\xff",
        b"\xff\xd8\xff\xda" + JPEG[2:],
        b"\xff\xd8" + b"\xff" * 10_000_000,
        b"\xff\xd8\xff\xe0\x00\x00" * 1_000_000,
    ],
)
def test_bombs_are_no_pictures(content: bytes) -> None:
    """What would unpack to gigabytes, or says nothing of its size, is refused."""
    with pytest.raises(BadAnswer):
        plain_picture(content, None)


@settings(deadline=None)
@given(st.integers(0, 200), st.binary(max_size=40), st.text(max_size=40))
def test_broken_encryption(kept: int, added: bytes, code: str) -> None:
    """Cut off, garbled or under any code: an error of ours, or the picture."""
    whole = JPEG + bytes(100)
    content = encrypt(whole, "SECRET")[:kept] + added
    for one in ("SECRET", code):
        try:
            assert plain_picture(content, one).startswith(b"\xff\xd8\xff")
        except BadAnswer, CodeWrong, PictureEncrypted:
            continue
