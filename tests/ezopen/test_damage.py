"""Clocks that jump, noise, damage, and bytes made to keep us busy."""

from itertools import pairwise
import time

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.video.ezopen.remuxer import Remuxer
from custom_components.hikcentral_connect.video.ezopen.timeline import CLOCK, Timeline
from simulator.world.places import Codec

from .filming import CODE, FORMS, head_of, messages_of


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
    _must_end_well([head_of(form[0], rtp=form[1]), *noise], code)


@_FUZZ
@given(st.data())
def test_damage(data: st.DataObject) -> None:
    """A damaged stream raises typed errors or nothing."""
    codec, rtp, code = data.draw(
        st.sampled_from([one for one in FORMS if one[:2] != (Codec.H264, True)])
    )
    messages = list(messages_of(codec, rtp=rtp, code=code))
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
        _must_end_well([head_of(Codec.H264, rtp=rtp), *stream], CODE)
    parts = [
        b"\0\0\1\xe0"
        + (size - 6).to_bytes(2)
        + b"\x80\x80\5\x21\0\1\0\1"
        + body[: size - 14]
        for _ in range(64)
    ]
    _must_end_well([head_of(Codec.H264, rtp=False), *parts], None)
