"""Every parser of what is no row of JSON, with what it is fed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st
from yarl import URL

from custom_components.hikcentral_connect.api import hosts, media, transport, xml
from custom_components.hikcentral_connect.api.call import Call, nothing
from custom_components.hikcentral_connect.api.models.isapi import IsapiAnswer
from custom_components.hikcentral_connect.api.pictures import plain_picture
from custom_components.hikcentral_connect.api.push import read_push
from custom_components.hikcentral_connect.api.redaction.redactor import Redactor
from custom_components.hikcentral_connect.api.storage import read_storage
from custom_components.hikcentral_connect.panel import sessions, vendor
from custom_components.hikcentral_connect.video import hls, playlist
from custom_components.hikcentral_connect.video.ezopen import address, nal, socket
from custom_components.hikcentral_connect.video.ezopen.nal import Codec
from custom_components.hikcentral_connect.video.ezopen.packets import (
    PacketStream,
    read_packet,
)
from custom_components.hikcentral_connect.video.ezopen.program import ProgramStream
from custom_components.hikcentral_connect.video.ezopen.remuxer import Remuxer
from custom_components.hikcentral_connect.video.ezopen.secrecy import Secrecy
from custom_components.hikcentral_connect.video.ezopen.timeline import Timeline
from custom_components.hikcentral_connect.video.ezopen.transport import (
    PACKET,
    TransportStream,
)
from custom_components.hikcentral_connect.video.ezopen.units import (
    PacketPictures,
    ProgramPictures,
)
from tests.api.damage import DAMAGE, JSON

from .bricks import CODE, NALS, cut, elements, packets, pictures, streams, units

HOME: Final = URL("https://ieu.hikcentralconnect.com")
TARGET: Final = vendor.Target("E12345678", 2, "ezopen://a/E12345678/2.live", 3600)


@dataclass(frozen=True)
class Parser:
    """A parser and what it is fed; `modules` are those it stands for."""

    parse: Callable[[Any], Any]
    fed: st.SearchStrategy[Any]
    modules: tuple[str, ...] = ()


def program(messages: list[bytes]) -> list[Any]:
    """Take a program stream apart, down to its pictures."""
    stream, gathered = ProgramStream(), ProgramPictures()
    return [
        gathered.feed(part) for message in messages for part in stream.feed(message)
    ]


def rtp(messages: list[bytes], codec: Codec) -> list[Any]:
    """Take RTP packets apart, down to their pictures."""
    stream, gathered = PacketStream(codec), PacketPictures()
    read = (read_packet(message) for message in messages)
    return [gathered.feed(one, stream.feed(one)) for one in read if one]


def remuxed(messages: list[bytes], code: str | None) -> list[Any]:
    """Turn a stream into whole packets."""
    chunks = Remuxer(code).feed(messages)
    assert all(len(chunk.data) % PACKET == 0 for chunk in chunks)
    return chunks


def told(unit: bytes, codec: Codec) -> list[Any]:
    """Ask everything about a unit."""
    looks = (nal.is_delimiter, nal.is_parameter_set, nal.is_noise)
    return [look(unit, codec) for look in looks]


def cleared(data: list[bytes], code: str | None) -> list[Any]:
    """Decrypt units."""
    secrecy = Secrecy(Codec.H265, code)
    return [secrecy.clear(one, None) for one in data if one]


def timed(stamps: list[int]) -> list[bytes]:
    """Write pictures at any times."""
    timeline, out = Timeline(), TransportStream()
    times = [timeline.at(one, 33) for one in stamps]
    assert times == sorted(set(times))
    return [out.picture([b"\0\0\0\1\x65"], at, at, key=True) for at in times]


def allowed(text: str) -> list[Any]:
    """Decide what may be fetched, with which secrets."""
    try:
        url = hosts.read_url(text)
    except ValueError:
        return []
    looks = (hosts.may_hold_token, hosts.may_hold_media, hosts.may_hold_stream)
    return [look(url, HOME) for look in looks]


def redacted(answers: list[Any]) -> Any:
    """Hide whatever a service said."""
    redactor = Redactor(answers, 52)
    return [redactor.answer(answers), redactor.request(answers)]


def handed_on(text: str) -> str:
    """Put a playlist together anew: nothing leads to where nobody looked."""
    made = playlist.rebuilt(text, lambda _: "looked-at")
    assert "http" not in made
    for line in made.split("\n"):
        assert line in ("", "looked-at") or line.startswith("#EXT")
    return made


def passed_on(given: tuple[tuple[str, str], dict[str, str]]) -> Any:
    """Build the request for a call of the player, with any fields."""
    key, fields = given
    return vendor.outgoing(vendor.CALLS[key], TARGET, "token", fields)


# The servers of streams are read by the standard library, which lets half of a pair be.
_ODD = st.text(max_size=12) | st.sampled_from(("\ud800", "x\udfff", "²", "٣" * 9))
_ADDRESS = st.builds(
    "{}{}{}".format,
    st.sampled_from(("https://", "wss://", "ezopen://", "//", "", "https://https://")),
    st.sampled_from(("a.ys7.com", "ieu.hikcentralconnect.com", "[::1", "x@y:z", "a b")),
    _ODD,
)
_XML = st.text(st.sampled_from("<>/!?&;\"'=[] aADOCTYPEhddid1"), max_size=60)
_STORAGE = st.builds("<storage><hddList>{}</hddList></storage>".format, _XML)
_LINES = st.sampled_from(
    (
        "#EXTM3U",
        "#EXT-X-ENDLIST",
        "#EXTINF:4,",
        '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="http://house/"',
        '#EXT-X-MEDIA:TYPE=AUDIO,URI="http://house/"',
        '#EXT-X-SESSION-KEY:METHOD=AES-128,URI="http://house/"',
        '#EXT-X-KEY:METHOD=AES-128,URI="http://house/"',
        "#EXTINF:4,\x0bhttp://house/",
        " http://house/",
        "x.ts",
        "/ErrCode/5000_1.ts",
        "",
        "\x85",
    )
)
_PLAYLIST = st.lists(_LINES | _ODD, max_size=8).map("\n".join)
_ROWS = st.lists(st.dictionaries(_ODD, DAMAGE, max_size=3) | DAMAGE, max_size=3)
_TIMES = st.fixed_dictionaries({}, optional={"startTime": DAMAGE, "endTime": DAMAGE})
_PLAYER = st.dictionaries(
    st.sampled_from(("data", "meta", "code")),
    st.dictionaries(st.sampled_from(("files", "records")), st.lists(_TIMES)) | _ROWS,
)
_STREAM_ANSWER = st.fixed_dictionaries(
    {"code": st.just("200") | DAMAGE},
    optional={
        "data": _ADDRESS
        | st.builds(lambda u, t: {"url": u, "token": t}, _ADDRESS, _ODD),
        "ext": st.builds(lambda t: {"token": t}, _ODD) | DAMAGE,
        "msg": DAMAGE,
    },
)
_NAL = st.sampled_from(NALS) | st.binary(min_size=1, max_size=20)
_TEXTS = st.builds(
    '{{"{}": {}}}'.format,
    st.sampled_from(("errorCode", "statusCode", "errorMsg", "x")),
    st.sampled_from(("0", "1", "5404", "[]", "{}", '"\\ud800"', "1e999", "null")),
)
_FIELDS = st.dictionaries(
    st.sampled_from(("startTime", "endTime", "version", "userAgent", "accessToken")),
    _ODD | st.text("0123456789", max_size=600),
)

PARSERS: Final = {
    "program stream": Parser(program, cut(elements()), ("program", "units")),
    "H.264 packets": Parser(
        lambda fed: rtp(fed, Codec.H264), st.lists(packets(), max_size=8), ("packets",)
    ),
    "H.265 packets": Parser(
        lambda fed: rtp(fed, Codec.H265), st.lists(packets(), max_size=8)
    ),
    "stream": Parser(lambda fed: remuxed(fed, None), streams(), ("remuxer",)),
    "stream with a code": Parser(lambda fed: remuxed(fed, CODE), streams()),
    "units": Parser(
        lambda fed: [nal.split(fed, scrambled=one) for one in (True, False)],
        units(),
        ("nal",),
    ),
    "unit": Parser(lambda fed: [told(fed, codec) for codec in Codec], _NAL),
    "secrecy": Parser(
        lambda fed: cleared(fed, CODE), st.lists(_NAL, max_size=12), ("secrecy",)
    ),
    "times": Parser(
        timed, st.lists(st.integers(0, 2**33 - 1)), ("timeline", "transport")
    ),
    "stream address": Parser(
        address.read_answer, _STREAM_ANSWER | DAMAGE, ("address",)
    ),
    "stream text": Parser(address.read_text, _TEXTS | _ODD | JSON.map(str)),
    "stream quality": Parser(
        lambda fed: address.with_quality(fed, main=True), _ADDRESS
    ),
    "stream host": Parser(lambda fed: socket._vetted(fed, HOME), _ADDRESS, ("socket",)),
    "player address": Parser(
        lambda fed: sessions.player_address(fed, CODE, main=True), _ADDRESS
    ),
    "player call": Parser(
        passed_on, st.tuples(st.sampled_from(sorted(vendor.CALLS)), _FIELDS)
    ),
    "player answer": Parser(
        lambda fed: (
            [vendor.incoming(key, TARGET, fed) for key in vendor.CALLS]
            + [vendor.is_token_refused(fed)]
        ),
        _PLAYER | DAMAGE,
    ),
    "playlist": Parser(playlist.error_in, _PLAYLIST),
    "playlist anew": Parser(handed_on, _PLAYLIST),
    "playlist address": Parser(
        lambda fed: hls._next(fed, HOME / "live" / "x.m3u8", HOME), _ADDRESS | _ODD
    ),
    "picture": Parser(lambda fed: plain_picture(fed, CODE), pictures()),
    "picture address": Parser(lambda fed: media._vetted(fed, HOME), _ADDRESS | _ODD),
    "hosts": Parser(allowed, _ADDRESS | _ODD),
    "push": Parser(read_push, JSON.map(str).map(str.encode) | st.binary(max_size=60)),
    "disks": Parser(lambda fed: read_storage(IsapiAnswer(fed, None)), _STORAGE | _XML),
    "xml": Parser(lambda fed: bool(xml.parse(fed) is not None), _XML | _ODD),
    "envelope": Parser(
        lambda fed: transport._open(fed, Call("x", nothing), "token"),
        st.fixed_dictionaries(
            {"errorCode": st.sampled_from(("0", 0, "OPEN000007", "0x2004", "?"))},
            optional={"message": DAMAGE, "errorMsg": _ODD, "data": DAMAGE},
        ),
    ),
    "redaction": Parser(redacted, st.lists(JSON | DAMAGE, max_size=4)),
}
