"""Every form of stream gives every picture; what is not known is named."""

from itertools import pairwise

import pytest

from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    CodeWrong,
    NotSupported,
    StreamEncrypted,
)
from custom_components.hikcentral_connect.video.ezopen.nal import split
from custom_components.hikcentral_connect.video.ezopen.timeline import CLOCK
from simulator.streams.scene import COLOURS, RATE, Stamp, mark, read_colour, read_stamp
from simulator.world.places import Codec

from .filming import (
    BEGIN,
    CODE,
    FORMS,
    SECONDS,
    decoded,
    head_of,
    messages_of,
    packets_of,
    remuxed,
    rtp_h264,
)


@pytest.mark.parametrize(("codec", "rtp", "code"), FORMS)
def test_pictures(codec: Codec, rtp: bool, code: str | None) -> None:
    """Every form gives every picture, at its time, with the right pixels."""
    if rtp and codec is Codec.H264:
        messages = rtp_h264(code)
    else:
        messages = messages_of(codec, rtp=rtp, code=code)
    pictures, times = decoded(remuxed(*messages, code=code))

    # The time stamp behind it tells that a picture in a program stream is complete.
    assert len(pictures) == SECONDS * RATE - (not rtp)
    first = int(BEGIN.timestamp())
    for number, picture in enumerate(pictures):
        second = first + number // RATE
        assert read_stamp(picture) == Stamp(second, mark("c1"))
        assert read_colour(picture) == second % len(COLOURS)
    steps = {round(later - earlier, 4) for earlier, later in pairwise(times)}
    assert steps == {round(1 / RATE, 4)}


def test_stream_is_well_formed() -> None:
    """Players that are stricter than FFmpeg find what the standard wants."""
    packets = packets_of(remuxed(*messages_of(Codec.H264)))

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
    head, *messages = messages_of(Codec.H265, code=CODE)
    whole = b"".join(messages)
    parts = [whole[at : at + 777] for at in range(0, len(whole), 777)]

    assert remuxed(head, *parts, code=CODE) == remuxed(head, *messages, code=CODE)


def test_begins_with_a_key_picture() -> None:
    """Who comes in the middle sees nothing until he can see everything."""
    head, *messages = messages_of(Codec.H264)

    pictures, _ = decoded(remuxed(head, *messages[RATE // 2 :]))

    assert len(pictures) == RATE - 1
    assert read_stamp(pictures[0]).second == int(BEGIN.timestamp()) + 1


@pytest.mark.parametrize("ticks", [0, 2**33 - CLOCK, 77 * CLOCK])
def test_stream_that_begins_again(ticks: int) -> None:
    """A stream that was cut goes on where it was, whatever the device's clock says."""
    again = messages_of(Codec.H264, ticks=ticks)
    stream = remuxed(*messages_of(Codec.H264, ticks=CLOCK), *again)

    pictures, times = decoded(stream)

    assert len(pictures) == 2 * (SECONDS * RATE - 1)
    steps = [later - earlier for earlier, later in pairwise(times)]
    assert all(0 < step < 0.2 for step in steps)
    assert [packet[0] for packet in packets_of(stream)].count(0x47) > 10


def test_lost_packet() -> None:
    """A key picture that misses a part is not shown in pieces."""
    messages = list(messages_of(Codec.H265, rtp=True))
    fragments = [
        at for at, one in enumerate(messages) if at and one[12] >> 1 & 0x3F == 49
    ]
    del messages[fragments[-2]]

    pictures, _ = decoded(remuxed(*messages))

    first = int(BEGIN.timestamp())
    assert [read_stamp(one).second for one in pictures] == [first] * RATE


def test_other_streams_are_left_out() -> None:
    """Sound and private data beside the video do no harm."""
    sound = b"\0\0\1\xc0" + (20).to_bytes(2) + b"\x80\0\0" + bytes(17)
    private = b"\0\0\1\xbd" + (6).to_bytes(2) + b"\0\0\1\xe0\0\0"
    head, *messages = messages_of(Codec.H264)
    mixed = [message + sound + private for message in messages]

    assert remuxed(head, *mixed) == remuxed(head, *messages)


def test_map_knows_better_than_head() -> None:
    """A head that names the wrong codec is overruled by the stream itself."""
    messages = messages_of(Codec.H265)[1:]

    pictures, _ = decoded(remuxed(head_of(Codec.H264, rtp=False), *messages))

    assert len(pictures) == SECONDS * RATE - 1


@pytest.mark.parametrize(
    ("codec", "rtp"), [(c, False) for c in Codec] + [(Codec.H265, True)]
)
def test_codes(codec: Codec, rtp: bool) -> None:
    """A missing and a wrong code are told apart, and nothing is shown."""
    messages = messages_of(codec, rtp=rtp, code=CODE)

    with pytest.raises(StreamEncrypted):
        remuxed(*messages)
    for wrong in ("ABCDEG", "x", "ABCDEFGHIJKLMNOPQ"):
        with pytest.raises(CodeWrong) as failure:
            remuxed(*messages, code=wrong)
        assert wrong not in str(failure.value)


def test_what_is_not_known() -> None:
    """Other forms of video are named, not guessed at."""
    with pytest.raises(NotSupported):
        remuxed(b"IMKH\x01\x01\0\0\x02\0\x01\x00".ljust(40, b"\0"))
    with pytest.raises(NotSupported):
        remuxed(b"IMKH\x01\x01\0\0\x09\0\0\x01".ljust(40, b"\0"))
    with pytest.raises(BadAnswer):
        remuxed(b"\0\0\1\xba")
    streams = bytes((0x10, 0xE0, 0, 0))
    other = b"\0\0\1\xbc\0\x0e\xe1\xff\0\0\0\4" + streams + bytes(4)
    with pytest.raises(NotSupported, match="0x10"):
        remuxed(head_of(Codec.H264, rtp=False), other)


def test_encrypted_bytes_hold_short_start_codes() -> None:
    """By chance three bytes look like a start code; in encrypted units they are none."""
    stream = b"\0\0\1first\0\0\1still first\0\0\0\1second"

    assert split(stream, scrambled=True) == (
        b"",
        [b"first\0\0\1still first", b"second"],
    )
    assert split(stream, scrambled=False)[1] == [b"first", b"still first", b"second"]
