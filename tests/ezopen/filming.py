"""Streams as devices send them, and what is made of them."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import av
from PIL import Image

from custom_components.hikcentral_connect.video.ezopen.remuxer import Remuxer
from custom_components.hikcentral_connect.video.ezopen.timeline import CLOCK
from simulator.streams.coding import Frame, encode
from simulator.streams.packets import Packets
from simulator.streams.program import pack
from simulator.streams.scene import RATE, second_of
from simulator.streams.secrecy import encrypt
from simulator.world.places import Codec

CODE = "ABCDEF"
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS = 2
HEADS = {Codec.H264: b"\x00\x01", Codec.H265: b"\x05\x00"}


@cache
def frames_of(codec: Codec) -> tuple[Frame, ...]:
    """Film some seconds."""
    moments = (BEGIN + timedelta(seconds=number) for number in range(SECONDS))
    return tuple(
        frame
        for at in moments
        for frame in encode(second_of("Yard", "c1", at, (320, 180)), codec)
    )


def head_of(codec: Codec, *, rtp: bool, size: int = 40) -> bytes:
    """Return the head of a stream."""
    form = b"\x04\x00" if rtp else b"\x02\x00"
    return (b"IMKH\x01\x01\0\0" + form + HEADS[codec]).ljust(size, b"\0")


@cache
def messages_of(
    codec: Codec, *, rtp: bool = False, code: str | None = None, ticks: int = 0
) -> tuple[bytes, ...]:
    """Return a stream, from its head to its last message."""
    packets = Packets()
    messages = [head_of(codec, rtp=rtp)]
    for number, frame in enumerate(frames_of(codec)):
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


def remuxed(*messages: bytes, code: str | None = None) -> bytes:
    """Return the transport stream that messages become."""
    return b"".join(chunk.data for chunk in Remuxer(code).feed(messages))


def decoded(stream: bytes) -> tuple[list[Image.Image], list[Any]]:
    """Return the pictures of a transport stream, and their times in seconds."""
    with av.open(BytesIO(stream), "r", "mpegts") as container:
        video = container.streams.video[0]
        frames = list(container.decode(video))
        assert all(frame.time_base == Fraction(1, CLOCK) for frame in frames)
        images = [frame.to_image() for frame in frames]  # type: ignore[no-untyped-call]
        return images, [frame.time for frame in frames]


def packets_of(stream: bytes) -> list[bytes]:
    """Return the packets of a transport stream."""
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


def rtp_h264(code: str | None) -> tuple[bytes, ...]:
    """Return a stream as RFC 6184 has it: parameter sets together, slices in parts."""
    messages = [head_of(Codec.H264, rtp=True, size=64)]
    number = 65_530
    for place, frame in enumerate(frames_of(Codec.H264)):
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
