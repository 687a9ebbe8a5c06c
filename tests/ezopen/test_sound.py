"""Sound beside the pictures."""

from functools import cache
from io import BytesIO
from itertools import pairwise
import math
import struct

import av
import pytest

from custom_components.hikcentral_connect.video.ezopen.timeline import CLOCK
from simulator.streams.scene import RATE
from simulator.world.places import Codec

from .filming import SECONDS, decoded, messages_of, remuxed

HERTZ, SAMPLES = 16_000, 1024
"""The sound of recorders: so many samples a second, so many in a packet."""


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
    stream = remuxed(*_with_sound(messages_of(Codec.H264), 0x0F, 0x80))

    pictures, times = decoded(stream)
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
    stream = remuxed(*_with_sound(messages_of(Codec.H264), kind, flags))

    assert len(decoded(stream)[0]) == SECONDS * RATE - 1
    with av.open(BytesIO(stream), "r", "mpegts") as container:
        assert not container.streams.audio
