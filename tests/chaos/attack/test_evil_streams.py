"""HLS of a server that lies: a player is led nowhere, and given nothing but video."""

import tracemalloc
from typing import Any, Final

import aiohttp
import av
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.video import hls
from custom_components.hikcentral_connect.video.playlist import rebuilt
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ...common import camera_named
from ...conftest import Running
from ...watching import check, entity_of, look
from .trap import HOUSE

HEAD: Final = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:1\n"
PLAYLIST: Final = "*.m3u8"
SEGMENT: Final = "*.ts"
MEGABYTE: Final = 1024 * 1024

LEADING: Final = (
    HEAD + "#EXTINF:2,\n{}\n",
    HEAD + "#EXTINF:2,\nhttps://a.ezvizlife.com/1.ts\n#EXTINF:2,\n{}\n",
    HEAD + "#EXTINF:2,\r{}\r",
    HEAD + "#EXTINF:2,\x0b{}\n",
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{}\n",
)
"""Playlists that lead somewhere by what a player opens."""
TAGS: Final = (
    '#EXT-X-KEY:METHOD=AES-128,URI="{}"',
    "#EXT-X-KEY:METHOD=AES-128,URI={}",
    '#EXT-X-MAP:URI="{}"',
    '#EXT-X-SESSION-KEY:METHOD=AES-128,URI="{}"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="{}"',
    '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="{}"',
    '#EXT-X-PART:DURATION=1,URI="{}"',
    '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="{}"',
    '#EXT-X-RENDITION-REPORT:URI="{}"',
    '#EXT-X-SESSION-DATA:DATA-ID="a",URI="{}"',
    '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="{}"\nhttps://a.ezvizlife.com/1.m3u8',
    "#EXTM3U {}",
    "# {}",
)
"""Tags that lead somewhere."""
NO_VIDEO: Final = {
    "a page": b"<html><script>alert(1)</script></html>",
    "a manifest": b'<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>',
    "a list of files": b"ffconcat version 1.0\nfile http://127.0.0.1/\n",
    "a session": b"v=0\r\nc=IN IP4 127.0.0.1\r\nm=video 1 RTP/AVP 96\r\n",
    "a picture": b"\xff\xd8\xff" + bytes(100),
    "nothing": b"",
    "little": b"G",
}


@pytest.fixture(params=[DialectName.TEAMS], ids=str)
def dialect(request: pytest.FixtureRequest) -> DialectName:
    """Only teams has HLS."""
    return DialectName(request.param)


def _lie(running: Running, text: str, path: str = PLAYLIST, **more: Any) -> None:
    running.sim.faults.add("raw", path=path, body=text.encode(), headers={}, **more)


async def _source(running: Running) -> str:
    address: str = await entity_of(running, "Terrace").stream_source()
    assert URL(address).host == "127.0.0.1"
    assert URL(address).port != URL(running.sim.url).port
    return address


async def _read(running: Running, address: str) -> tuple[int, str]:
    http = async_get_clientsession(running.hass)
    async with http.get(address) as response:
        return response.status, (await response.read()).decode(errors="replace")


@pytest.mark.parametrize("form", LEADING)
async def test_playlists(running: Running, trap: Any, form: str) -> None:
    """A playlist that leads elsewhere is refused at once, and also when it turns later."""
    port, visits = trap
    for house in filter(None, HOUSE):
        text = form.format(house.format(port=port))
        _lie(running, text)
        with pytest.raises(HomeAssistantError) as failure:
            await entity_of(running, "Terrace").stream_source()
        assert failure.value.translation_key == "bad_answer"
        running.sim.faults.clear()
        address = await _source(running)
        _lie(running, text)
        assert await _read(running, address) == (502, "")
        running.sim.faults.clear()
    assert visits == []


@pytest.mark.parametrize("tag", TAGS)
def test_tags(tag: str) -> None:
    """No tag takes an address along, in quotes or not."""
    text = f"{HEAD}{tag.format('http://house/')}\n#EXTINF:2,\n1.ts\n"
    try:
        made = rebuilt(text, lambda _: "ours.ts")
    except BadAnswer:
        return
    assert "house" not in made
    assert "ezvizlife" not in made
    assert made.endswith("#EXTINF:2,\nours.ts\n")


async def test_a_player_stays(running: Running, trap: Any) -> None:
    """FFmpeg itself, given what is served, goes nowhere; a true playlist it plays."""
    port, visits = trap
    house = f"http://127.0.0.1:{port}/x.ts"
    address = await _source(running)
    _lie(running, HEAD + f"#EXTINF:2,\n{house}\n#EXT-X-ENDLIST\n")
    with pytest.raises(av.FFmpegError, match="5XX"):
        await look(running.hass, address, 1)
    running.sim.faults.clear()
    assert visits == []
    check(await look(running.hass, address, 3), camera_named(running, "Terrace"))


async def test_nested(running: Running, trap: Any) -> None:
    """A playlist of playlists is played, and the inner ones are looked at as well."""
    port, visits = trap
    address = await _source(running)
    true = str(_upstream(running, address))
    outer = f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,CODECS=x\n{true}\n"
    _lie(running, outer, times=1)
    check(await look(running.hass, address, 3), camera_named(running, "Terrace"))
    _lie(running, outer, times=1)
    status, text = await _read(running, address)
    assert status == 200
    inner = str(URL(address).join(URL(text.splitlines()[-1])))
    _lie(running, HEAD + f"#EXTINF:2,\nhttp://127.0.0.1:{port}/\n", times=1)
    assert (await _read(running, inner))[0] == 502
    assert visits == []


def _upstream(running: Running, address: str) -> URL:
    served = running.entry.runtime_data.live._loopback._served
    stream = served[URL(address).query["auth"]].__self__  # type: ignore[attr-defined]
    first: URL = stream._first
    return first


@pytest.mark.parametrize("path", [PLAYLIST, SEGMENT])
async def test_redirects(running: Running, trap: Any, path: str) -> None:
    """Neither a playlist nor a segment may be redirected."""
    port, visits = trap
    address = await _source(running)
    _, text = await _read(running, address)
    segment = str(URL(address).join(URL(text.splitlines()[-1])))
    assert (await _read(running, segment))[0] == 200
    running.sim.faults.add("redirect", path=path, to=f"http://127.0.0.1:{port}")
    opened = address if path == PLAYLIST else segment
    assert await _read(running, opened) == (502, "")
    assert visits == []


@pytest.mark.parametrize("kind", NO_VIDEO)
async def test_no_video(running: Running, kind: str) -> None:
    """What is no video is not handed on, whatever it is called."""
    address = await _source(running)
    _, text = await _read(running, address)
    segment = str(URL(address).join(URL(text.splitlines()[-1])))
    for path, opened in ((SEGMENT, segment), (PLAYLIST, address)):
        running.sim.faults.add(
            "raw",
            path=path,
            body=NO_VIDEO[kind],
            headers={"Content-Type": "text/html", "Set-Cookie": "a=b", "X-Evil": "1"},
        )
        assert await _read(running, opened) == (502, "")


async def test_heads_are_ours(running: Running) -> None:
    """A player gets the video and nothing that the server says beside it."""
    address = await _source(running)
    _, text = await _read(running, address)
    segment = str(URL(address).join(URL(text.splitlines()[-1])))
    head = {"Content-Type": "text/html", "Set-Cookie": "a=b", "Refresh": "0;url=/"}
    running.sim.faults.add("raw", path=SEGMENT, body=b"G" * 188, headers=head)
    async with async_get_clientsession(running.hass).get(segment) as response:
        assert response.content_type == "video/mp2t"
        assert not {"Set-Cookie", "Refresh"} & response.headers.keys()
        assert await response.read() == b"G" * 188


async def test_too_much(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Endless playlists and segments end, and are never held as a whole."""
    address = await _source(running)
    _, text = await _read(running, address)
    segment = str(URL(address).join(URL(text.splitlines()[-1])))
    for body in (HEAD + "#EXTINF:2,\n1.ts\n" * 3000, HEAD + "#" * MEGABYTE):
        _lie(running, body)
        assert await _read(running, address) == (502, "")
        running.sim.faults.clear()
    monkeypatch.setattr(hls, "SEGMENT_AT_MOST", MEGABYTE)
    running.sim.faults.add("raw", path=SEGMENT, body=b"G" * 100 * MEGABYTE, headers={})
    tracemalloc.start()
    with pytest.raises(aiohttp.ClientError):
        await _read(running, segment)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 * MEGABYTE


async def test_addresses_are_bounded(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stream that runs for weeks does not remember each of its segments."""
    monkeypatch.setattr(hls, "KNOWN_AT_MOST", 8)
    address = await _source(running)
    _, text = await _read(running, address)
    oldest = text.splitlines()[-1]
    for turn in range(5):
        names = [f"{turn}{number}.ts" for number in range(5)]
        _lie(running, HEAD + "".join(f"#EXTINF:2,\n{one}\n" for one in names), times=1)
        status, text = await _read(running, address)
        assert status == 200
    assert (await _read(running, str(URL(address).join(URL(oldest)))))[0] == 404
    newest = str(URL(address).join(URL(text.splitlines()[-1])))
    assert (await _read(running, newest))[0] == 502  # looked for, and not there


async def test_guessed(running: Running) -> None:
    """Without its key, or under another name, there is nothing; nor for what posts."""
    address = await _source(running)
    _, text = await _read(running, address)
    local, other = URL(address), URL(await _source(running))
    segment = text.splitlines()[-1]
    running.sim.record.clear()
    for guess in (
        local.with_query(None),
        local.with_query(auth=""),
        local.with_query(auth=local.query["auth"][:-1]),
        local.with_query(auth=local.query["auth"].swapcase()),
        local.with_path("/", keep_query=True),
        local.with_path("/../live.m3u8x", keep_query=True),
        local.with_path("/http://127.0.0.1/", keep_query=True),
        local.with_path("/" + "0" * 32 + ".ts", keep_query=True),
        other.join(URL(segment).with_query(other.query)),
    ):
        assert (await _read(running, str(guess)))[0] == 404, guess
    async with async_get_clientsession(running.hass).post(address) as response:
        assert response.status == 404
    assert not running.sim.record.calls("*openlive*")


async def test_forgotten(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that nobody reads dies by itself, and all of them with the account."""
    address = await _source(running)
    kept = await _source(running)
    monkeypatch.setattr(hls, "IDLE_SECONDS", -1.0)
    fresh = await _source(running)
    assert (await _read(running, address))[0] == 404
    assert (await _read(running, kept))[0] == 404
    assert (await _read(running, fresh))[0] == 200
    assert await running.hass.config_entries.async_reload(running.entry.entry_id)
    with pytest.raises(aiohttp.ClientError):
        await _read(running, fresh)
