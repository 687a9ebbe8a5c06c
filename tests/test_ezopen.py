"""EZOPEN streams become transport streams: decoded with FFmpeg, judged by pixels."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from io import BytesIO
from itertools import pairwise
import math
import struct
import time
from typing import Any

import av
from hypothesis import HealthCheck, given, settings, strategies as st
from PIL import Image
import pytest

from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    CodeWrong,
    HikError,
    NotSupported,
    StreamEncrypted,
)
from custom_components.hikcentral_connect.video.ezopen.nal import split
from custom_components.hikcentral_connect.video.ezopen.remuxer import Remuxer
from custom_components.hikcentral_connect.video.ezopen.timeline import CLOCK, Timeline
from simulator.streams.coding import Frame, encode
from simulator.streams.packets import Packets
from simulator.streams.program import pack
from simulator.streams.scene import (
    COLOURS,
    RATE,
    Stamp,
    mark,
    read_colour,
    read_stamp,
    second_of,
)
from simulator.streams.secrecy import encrypt
from simulator.world.places import Codec

CODE = "ABCDEF"
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS = 2
HERTZ, SAMPLES = 16_000, 1024
"""The sound of recorders: so many samples a second, so many in a packet."""
HEADS = {Codec.H264: b"\x00\x01", Codec.H265: b"\x05\x00"}


@cache
def _frames(codec: Codec) -> tuple[Frame, ...]:
    """Film some seconds."""
    moments = (BEGIN + timedelta(seconds=number) for number in range(SECONDS))
    return tuple(
        frame
        for at in moments
        for frame in encode(second_of("Yard", "c1", at, (320, 180)), codec)
    )


def _head(codec: Codec, *, rtp: bool, size: int = 40) -> bytes:
    form = b"\x04\x00" if rtp else b"\x02\x00"
    return (b"IMKH\x01\x01\0\0" + form + HEADS[codec]).ljust(size, b"\0")


@cache
def _messages(
    codec: Codec, *, rtp: bool = False, code: str | None = None, ticks: int = 0
) -> tuple[bytes, ...]:
    """Return a stream, from its head to its last message."""
    packets = Packets()
    messages = [_head(codec, rtp=rtp)]
    for number, frame in enumerate(_frames(codec)):
        at = ticks + number * CLOCK // RATE
        nals = frame.nals
        if code:
            nals = tuple(encrypt(nal, codec, code) for nal in nals)
        if rtp:
            messages += packets.of(nals, at)
        else:
            scrambled = code is not None
            messages.append(pack(nals, codec, at, key=frame.key, scrambled=scrambled))
    return tuple(messages)


def _remuxed(*messages: bytes, code: str | None = None) -> bytes:
    return b"".join(chunk.data for chunk in Remuxer(code).feed(messages))


def _decoded(stream: bytes) -> tuple[list[Image.Image], list[Any]]:
    """Return the pictures of a transport stream, and their times in seconds."""
    with av.open(BytesIO(stream), "r", "mpegts") as container:
        video = container.streams.video[0]
        frames = list(container.decode(video))
        assert all(frame.time_base == Fraction(1, CLOCK) for frame in frames)
        images = [frame.to_image() for frame in frames]  # type: ignore[no-untyped-call]
        return images, [frame.time for frame in frames]


def _packets_of(stream: bytes) -> list[bytes]:
    assert len(stream) % 188 == 0
    return [stream[at : at + 188] for at in range(0, len(stream), 188)]


FORMS = [
    (Codec.H264, False, None),
    (Codec.H265, False, None),
    (Codec.H264, False, CODE),
    (Codec.H265, False, CODE),
    (Codec.H264, True, None),
    (Codec.H265, True, None),
    (Codec.H265, True, CODE),
    (Codec.H264, True, CODE),
]


@pytest.mark.parametrize(("codec", "rtp", "code"), FORMS)
def test_pictures(codec: Codec, rtp: bool, code: str | None) -> None:
    """Every form gives every picture, at its time, with the right pixels."""
    if rtp and codec is Codec.H264:
        messages = _rtp_h264(code)
    else:
        messages = _messages(codec, rtp=rtp, code=code)
    pictures, times = _decoded(_remuxed(*messages, code=code))

    # The time stamp behind it tells that a picture in a program stream is complete.
    assert len(pictures) == SECONDS * RATE - (not rtp)
    first = int(BEGIN.timestamp())
    for number, picture in enumerate(pictures):
        second = first + number // RATE
        assert read_stamp(picture) == Stamp(second, mark("c1"))
        assert read_colour(picture) == second % len(COLOURS)
    steps = {round(later - earlier, 4) for earlier, later in pairwise(times)}
    assert steps == {round(1 / RATE, 4)}


def _rtp_h264(code: str | None) -> tuple[bytes, ...]:
    """Return a stream as RFC 6184 has it: parameter sets together, slices in parts."""
    messages = [_head(Codec.H264, rtp=True, size=64)]
    number = 65_530
    for place, frame in enumerate(_frames(Codec.H264)):
        payloads: list[bytes] = []
        nals = frame.nals
        if code:
            nals = tuple(encrypt(nal, Codec.H264, code) for nal in nals)
        small = [nal for nal in nals if len(nal) < 100]
        if len(small) > 1:
            payloads.append(
                b"\x78" + b"".join(len(nal).to_bytes(2) + nal for nal in small)
            )
        for nal in [nal for nal in nals if len(small) < 2 or nal not in small]:
            # A small unit whose header is encrypted might be taken for another form.
            payloads += _fu_a(nal, 50 if code else 500)
        for payload in payloads:
            last = 0x80 if payload is payloads[-1] else 0
            ticks = (2**32 - CLOCK + place * CLOCK // RATE) % 2**32
            head = bytes((0x90, 96 | last)) + number.to_bytes(2) + ticks.to_bytes(4)
            extension = b"\xbe\xde\0\1" + bytes(4)
            messages += [
                head + bytes(4) + extension + payload,
                bytes((0x80, 8)) + bytes(10) + b"sound",
            ]
            number = number + 1 & 0xFFFF
    return tuple(messages)


def _fu_a(nal: bytes, size: int) -> list[bytes]:
    if len(nal) < size:
        return [nal]
    parts = [nal[at : at + size - 1] for at in range(1, len(nal), size - 1)]
    edges = {0: 0x80, len(parts) - 1: 0x40}
    return [
        bytes((nal[0] & 0xE0 | 28, edges.get(place, 0) | nal[0] & 0x1F)) + part
        for place, part in enumerate(parts)
    ]


def test_stream_is_well_formed() -> None:
    """Players that are stricter than FFmpeg find what the standard wants."""
    packets = _packets_of(_remuxed(*_messages(Codec.H264)))

    assert {packet[0] for packet in packets} == {0x47}
    numbers: dict[int, int] = {}
    for packet in packets:
        pid = int.from_bytes(packet[1:3]) & 0x1FFF
        assert packet[3] & 0xF == numbers.get(pid, 0)
        numbers[pid] = (packet[3] & 0xF) + 1 & 0xF
    assert numbers.keys() == {0, 0x1000, 0x100}
    begin = [one for one in packets if one[1:3] == b"\x41\0"]
    clocks = [packet[5] for packet in begin]
    keys = [flags for flags in clocks if flags & 0x40]
    assert all(flags & 0x10 for flags in clocks)
    assert (len(clocks), len(keys)) == (SECONDS * RATE - 1, SECONDS)


def test_messages_of_any_size() -> None:
    """Where the messages of a program stream are cut does not matter."""
    head, *messages = _messages(Codec.H265, code=CODE)
    whole = b"".join(messages)
    parts = [whole[at : at + 777] for at in range(0, len(whole), 777)]

    assert _remuxed(head, *parts, code=CODE) == _remuxed(head, *messages, code=CODE)


def test_begins_with_a_key_picture() -> None:
    """Who comes in the middle sees nothing until he can see everything."""
    head, *messages = _messages(Codec.H264)

    pictures, _ = _decoded(_remuxed(head, *messages[RATE // 2 :]))

    assert len(pictures) == RATE - 1
    assert read_stamp(pictures[0]).second == int(BEGIN.timestamp()) + 1


@pytest.mark.parametrize("ticks", [0, 2**33 - CLOCK, 77 * CLOCK])
def test_stream_that_begins_again(ticks: int) -> None:
    """A stream that was cut goes on where it was, whatever the device's clock says."""
    again = _messages(Codec.H264, ticks=ticks)
    stream = _remuxed(*_messages(Codec.H264, ticks=CLOCK), *again)

    pictures, times = _decoded(stream)

    assert len(pictures) == 2 * (SECONDS * RATE - 1)
    steps = [later - earlier for earlier, later in pairwise(times)]
    assert all(0 < step < 0.2 for step in steps)
    assert [packet[0] for packet in _packets_of(stream)].count(0x47) > 10


def test_lost_packet() -> None:
    """A key picture that misses a part is not shown in pieces."""
    messages = list(_messages(Codec.H265, rtp=True))
    fragments = [
        at for at, one in enumerate(messages) if at and one[12] >> 1 & 0x3F == 49
    ]
    del messages[fragments[-2]]

    pictures, _ = _decoded(_remuxed(*messages))

    first = int(BEGIN.timestamp())
    assert [read_stamp(one).second for one in pictures] == [first] * RATE


def test_other_streams_are_left_out() -> None:
    """Sound and private data beside the video do no harm."""
    sound = b"\0\0\1\xc0" + (20).to_bytes(2) + b"\x80\0\0" + bytes(17)
    private = b"\0\0\1\xbd" + (6).to_bytes(2) + b"\0\0\1\xe0\0\0"
    head, *messages = _messages(Codec.H264)
    mixed = [message + sound + private for message in messages]

    assert _remuxed(head, *mixed) == _remuxed(head, *messages)


@cache
def _sound() -> tuple[bytes, ...]:
    """Record a tone as AAC with headers, a packet of 1024 samples each."""
    file = BytesIO()
    with av.open(file, "w", "adts") as container:
        stream = container.add_stream("aac", rate=HERTZ)
        assert isinstance(stream, av.AudioStream)
        for number in range(SECONDS * HERTZ // SAMPLES):
            frame = av.AudioFrame("fltp", "mono", SAMPLES)
            times = range(number * SAMPLES, (number + 1) * SAMPLES)
            tone = (math.sin(math.tau * 440 * time / HERTZ) / 2 for time in times)
            frame.planes[0].update(struct.pack(f"{SAMPLES}f", *tone))
            frame.sample_rate, frame.pts = HERTZ, number * SAMPLES
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    packets, data = [], file.getvalue()
    while data:
        size = int.from_bytes(data[3:6]) >> 5 & 0x1FFF
        packets.append(data[:size])
        data = data[size:]
    return tuple(packets)


def _with_sound(messages: tuple[bytes, ...], kind: int, flags: int) -> list[bytes]:
    """Return a stream with a sound of this type in it, at the times of the pictures."""
    video = b"\x00\x04\x1b\xe0\0\0"
    both = b"\x00\x08\x1b\xe0\0\0" + bytes((kind, 0xC0, 0, 0))
    found = [
        one.replace(video, both).replace(b"\xbc\0\x0e", b"\xbc\0\x12")
        for one in messages
    ]
    assert found[1] != messages[1]
    for number, packet in enumerate(_sound()):
        at = number * SAMPLES * CLOCK // HERTZ
        stamp = (0b0010 << 36 | (at >> 30) << 33 | 1 << 32).to_bytes(5)
        low = ((at >> 15 & 0x7FFF) << 17 | 1 << 16 | (at & 0x7FFF) << 1 | 1).to_bytes(4)
        body = bytes((flags, 0x80, 5)) + stamp[:1] + low + packet
        place = 1 + number * SAMPLES * RATE // HERTZ
        if place < len(found):
            found[place] += b"\0\0\1\xc0" + len(body).to_bytes(2) + body
    return found


def test_sound() -> None:
    """AAC is heard with the pictures it was recorded with."""
    stream = _remuxed(*_with_sound(_messages(Codec.H264), 0x0F, 0x80))

    pictures, times = _decoded(stream)
    assert len(pictures) == SECONDS * RATE - 1
    with av.open(BytesIO(stream), "r", "mpegts") as container:
        [sound] = container.streams.audio
        assert sound.codec_context.name == "aac"
        heard = [frame for frame in container.decode(sound) if frame.samples]
    seconds = sum(frame.samples for frame in heard) / HERTZ
    assert seconds == pytest.approx(SECONDS, abs=0.3)
    assert heard[0].time == pytest.approx(times[0], abs=0.2)
    steps = {round(late.time - early.time, 3) for early, late in pairwise(heard)}
    assert steps == {round(SAMPLES / HERTZ, 3)}
    loud = struct.unpack(
        f"{SAMPLES}f", bytes(heard[len(heard) // 2].planes[0])[: 4 * SAMPLES]
    )
    assert 0.3 < max(loud) < 0.7


@pytest.mark.parametrize(("kind", "flags"), [(0x90, 0x80), (0x0F, 0xA0)])
def test_sound_that_has_no_place(kind: int, flags: int) -> None:
    """G.711 and sound that is encrypted are left out; the pictures are all there."""
    stream = _remuxed(*_with_sound(_messages(Codec.H264), kind, flags))

    assert len(_decoded(stream)[0]) == SECONDS * RATE - 1
    with av.open(BytesIO(stream), "r", "mpegts") as container:
        assert not container.streams.audio


def test_map_knows_better_than_head() -> None:
    """A head that names the wrong codec is overruled by the stream itself."""
    messages = _messages(Codec.H265)[1:]

    pictures, _ = _decoded(_remuxed(_head(Codec.H264, rtp=False), *messages))

    assert len(pictures) == SECONDS * RATE - 1


@pytest.mark.parametrize(
    ("codec", "rtp"), [(c, False) for c in Codec] + [(Codec.H265, True)]
)
def test_codes(codec: Codec, rtp: bool) -> None:
    """A missing and a wrong code are told apart, and nothing is shown."""
    messages = _messages(codec, rtp=rtp, code=CODE)

    with pytest.raises(StreamEncrypted):
        _remuxed(*messages)
    for wrong in ("ABCDEG", "x", "ABCDEFGHIJKLMNOPQ"):
        with pytest.raises(CodeWrong) as failure:
            _remuxed(*messages, code=wrong)
        assert wrong not in str(failure.value)


def test_what_is_not_known() -> None:
    """Other forms of video are named, not guessed at."""
    with pytest.raises(NotSupported):
        _remuxed(b"IMKH\x01\x01\0\0\x02\0\x01\x00".ljust(40, b"\0"))
    with pytest.raises(NotSupported):
        _remuxed(b"IMKH\x01\x01\0\0\x09\0\0\x01".ljust(40, b"\0"))
    with pytest.raises(BadAnswer):
        _remuxed(b"\0\0\1\xba")
    streams = bytes((0x10, 0xE0, 0, 0))
    other = b"\0\0\1\xbc\0\x0e\xe1\xff\0\0\0\4" + streams + bytes(4)
    with pytest.raises(NotSupported, match="0x10"):
        _remuxed(_head(Codec.H264, rtp=False), other)


def test_encrypted_bytes_hold_short_start_codes() -> None:
    """By chance three bytes look like a start code; in encrypted units they are none."""
    stream = b"\0\0\1first\0\0\1still first\0\0\0\1second"

    assert split(stream, scrambled=True) == (
        b"",
        [b"first\0\0\1still first", b"second"],
    )
    assert split(stream, scrambled=False)[1] == [b"first", b"still first", b"second"]


@given(st.lists(st.integers(0, 2**33 - 1), max_size=50))
def test_time_rises(stamps: list[int]) -> None:
    """Whatever the clock of a device does, time goes on, and never far at once."""
    timeline = Timeline()
    times = [timeline.at(stamp, 33) for stamp in stamps]

    assert all(0 < later - earlier <= 10 * CLOCK for earlier, later in pairwise(times))


_FUZZ = settings(
    deadline=None, max_examples=150, suppress_health_check=list(HealthCheck)
)


def _must_end_well(messages: list[bytes], code: str | None) -> None:
    began = time.process_time()
    try:
        chunks = Remuxer(code).feed(messages)
    except HikError:
        chunks = []
    assert time.process_time() - began < 2
    for chunk in chunks:
        assert len(chunk.data) % 188 == 0


@_FUZZ
@given(
    st.sampled_from([(c, r) for c in Codec for r in (False, True)]),
    st.lists(st.binary(max_size=400), max_size=20),
    st.sampled_from([None, CODE]),
)
def test_noise(form: tuple[Codec, bool], noise: list[bytes], code: str | None) -> None:
    """Noise behind a head raises typed errors or nothing."""
    _must_end_well([_head(form[0], rtp=form[1]), *noise], code)


@_FUZZ
@given(st.data())
def test_damage(data: st.DataObject) -> None:
    """A damaged stream raises typed errors or nothing."""
    codec, rtp, code = data.draw(
        st.sampled_from([one for one in FORMS if one[:2] != (Codec.H264, True)])
    )
    messages = list(_messages(codec, rtp=rtp, code=code))
    for _ in range(data.draw(st.integers(1, 8))):
        which = data.draw(st.integers(0, len(messages) - 1))
        message = bytearray(messages[which])
        at = data.draw(st.integers(0, min(len(message), 80)))
        message[at : at + data.draw(st.integers(0, 4))] = data.draw(
            st.binary(max_size=6)
        )
        messages[which] = bytes(message)
    _must_end_well(messages, code)


@pytest.mark.parametrize(
    "filler", [b"\0", b"\0\0\1\xe0\xff\xff\x80\x80\5", b"\0\0\1", b"\0\0\0\1"]
)
@pytest.mark.parametrize("size", [4096, 65_536])
def test_time_is_bounded(filler: bytes, size: int) -> None:
    """Bytes made to keep us busy do not."""
    body = filler * (4 * 1024 * 1024 // len(filler))
    stream = [body[at : at + size] for at in range(0, len(body), size)]
    for rtp in (False, True):
        _must_end_well([_head(Codec.H264, rtp=rtp), *stream], CODE)
    parts = [
        b"\0\0\1\xe0"
        + (size - 6).to_bytes(2)
        + b"\x80\x80\5\x21\0\1\0\1"
        + body[: size - 14]
        for _ in range(64)
    ]
    _must_end_well([_head(Codec.H264, rtp=False), *parts], None)
