"""Bytes that are nearly a stream: pieces of the real thing, cut, mixed and spoilt."""

from typing import Final

from hypothesis import strategies as st

from custom_components.hikcentral_connect.api.pictures import ENCRYPTED_MARK, _check_of

CODE: Final = "ABCDEF"
HEADS: Final = tuple(
    b"IMKH" + bytes(4) + system.to_bytes(2, "little") + codec.to_bytes(2, "little")
    for system in (2, 4, 3)
    for codec in (0x0100, 0x0005, 0x0001)
)
NALS: Final = (
    *(b"\x67\x64\x00\x1f", b"\x68\xee", b"\x65\x88", b"\x41\x9a", b"\x09\xf0", b"\x00"),
    *(b"\x40\x01\x0c\x01\xff\xff", b"\x42\x01", b"\x26\x01", b"\x46\x01\x50", b"\xff"),
)
_SMALL = st.binary(max_size=40)
_BYTES = _SMALL | st.sampled_from(NALS) | st.integers(0, 400).map(bytes)


@st.composite
def units(draw: st.DrawFn) -> bytes:
    """Return NAL units behind start codes, of either length."""
    code = st.sampled_from((b"\0\0\1", b"\0\0\0\1", b"\0\0"))
    pieces = draw(st.lists(st.tuples(code, _BYTES), max_size=6))
    return draw(_SMALL) + b"".join(start + nal for start, nal in pieces)


@st.composite
def elements(draw: st.DrawFn) -> bytes:
    """Return one element of a program stream; its length may lie."""
    kind = draw(st.sampled_from((0xE0, 0xEF, 0xBC, 0xBA, 0xBB, 0xBD, 0xB9, 0xC0, 0x00)))
    body = draw(units())
    if kind in (0xE0, 0xEF) and draw(st.integers(0, 7)):
        times = draw(st.binary(max_size=12))
        flags = bytes((0x80 | draw(st.integers(0, 63)), draw(st.integers(0, 255))))
        body = flags + bytes((len(times),)) + times + body
    if kind == 0xBC and draw(st.integers(0, 7)):
        entry = bytes((draw(st.sampled_from((0x1B, 0x24, 0x10, 0))), 0xE0, 0, 0))
        body = b"\xe1\xff\0\0" + len(entry).to_bytes(2) + entry + draw(_SMALL)
    size = len(body) if draw(st.integers(0, 7)) else draw(st.integers(0, 0xFFFF))
    return b"\0\0\1" + bytes((kind,)) + size.to_bytes(2) + body


@st.composite
def packets(draw: st.DrawFn) -> bytes:
    """Return one RTP packet, mostly of video, whole or in fragments or together."""
    first = draw(st.sampled_from((0x80, 0x80, 0x80, 0x90, 0xA0, 0x8F, 0x00)))
    kind = draw(st.sampled_from((96, 96 | 0x80, 96, 97)))
    number, time = draw(st.integers(0, 8)), draw(st.sampled_from((0, 3600, 2**32 - 1)))
    lead = st.sampled_from((b"", b"\x18", b"\x1c", b"\x60\x01", b"\x62\x01"))
    edge = st.sampled_from((b"", b"\x85", b"\x45", b"\x05", b"\x00\x00", b"\x00\x03"))
    head = bytes((first, kind)) + number.to_bytes(2) + time.to_bytes(4) + bytes(4)
    return head + draw(lead) + draw(edge) + draw(_BYTES)


@st.composite
def cut(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> list[bytes]:
    """Return pieces in messages of any size, one of them perhaps spoilt."""
    data = bytearray(b"".join(draw(st.lists(whole, max_size=6))))
    if data and draw(st.booleans()):
        data[draw(st.integers(0, len(data) - 1))] ^= 1 << draw(st.integers(0, 7))
    places = sorted(draw(st.lists(st.integers(0, len(data)), max_size=6)))
    ends = [*places, len(data)]
    return [bytes(data[a:b]) for a, b in zip([0, *places], ends, strict=True) if a < b]


@st.composite
def streams(draw: st.DrawFn) -> list[bytes]:
    """Return the messages of an EZOPEN stream, which may begin again."""
    messages: list[bytes] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.integers(0, 9)):
            messages.append(draw(st.sampled_from(HEADS)))
        body = st.one_of(cut(elements()), st.lists(packets(), max_size=8))
        messages += draw(body)
    return messages


_SEGMENT = st.builds(
    lambda kind, size, body: b"\xff" + bytes((kind,)) + size.to_bytes(2) + body,
    st.sampled_from((0xC0, 0xC2, 0xC4, 0xDA, 0xD9, 0xE0, 0xFF, 0x00, 0xD0)),
    st.integers(0, 40) | st.integers(0, 0xFFFF),
    _SMALL,
)
_JPEG = st.lists(_SEGMENT, max_size=8).map(lambda parts: b"\xff\xd8" + b"".join(parts))
_PNG = _SMALL.map(lambda rest: b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + rest)


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """Return a picture, plain or encrypted, with any header."""
    if draw(st.booleans()):
        return draw(_JPEG | _PNG)
    mark = draw(st.sampled_from((ENCRYPTED_MARK, b"\xff\xd8\xff", b"\x89PNG\r\n", b"")))
    check = draw(st.sampled_from((_check_of(CODE), _check_of(CODE).upper(), b"")))
    size = draw(st.sampled_from((0, 1, 15, 16, 17, 32, 64)))
    return mark + check + draw(st.binary(min_size=size, max_size=size)) + draw(_SMALL)
