"""Gathering NAL units to pictures."""

from dataclasses import dataclass, field
from typing import Final

from ...api.errors import BadAnswer
from .nal import split
from .packets import Packet
from .program import Part

PICTURE_AT_MOST: Final = 8 * 1024 * 1024
UNITS_AT_MOST: Final = 4096


@dataclass(slots=True)
class Unit:
    """A NAL unit in pieces, as it came; `scrambled` is None if nothing tells."""

    pieces: list[bytes]
    scrambled: bool | None

    @property
    def data(self) -> bytes:
        """The whole unit."""
        return b"".join(self.pieces)


@dataclass(slots=True)
class Picture:
    """The units of one picture, with its times as they came."""

    pts: int
    dts: int
    units: list[Unit] = field(default_factory=list)
    _size: int = 0

    def add(self, data: bytes, scrambled: bool | None) -> None:
        """Add the beginning of a unit, or a whole one."""
        self.units.append(Unit([], scrambled))
        self.extend(data)

    def extend(self, data: bytes) -> None:
        """Add to the last unit. Raises `BadAnswer` for a picture beyond all measure."""
        self._size += len(data)
        if self._size > PICTURE_AT_MOST or len(self.units) > UNITS_AT_MOST:
            raise BadAnswer("a picture of the stream is too large")
        self.units[-1].pieces.append(data)


class ProgramPictures:
    """Gathers the packets of a program stream: a new time stamp is a new picture."""

    def __init__(self) -> None:
        """Begin with the next time stamp."""
        self._open: Picture | None = None

    def feed(self, part: Part) -> Picture | None:
        """Take a packet of video; return the picture that is complete now."""
        done = None
        if part.pts is not None and (self._open is None or part.pts != self._open.pts):
            dts = part.pts if part.dts is None else part.dts
            done, self._open = self._open, Picture(part.pts, dts)
        if self._open is not None:
            _add(self._open, part)
        return done


class PacketPictures:
    """Gathers the units of RTP packets: one time stamp is one picture."""

    def __init__(self) -> None:
        """Begin with the next unit."""
        self._open: Picture | None = None

    def feed(self, packet: Packet, units: list[bytes]) -> list[Picture]:
        """Take the units that a packet completed; return the pictures that are."""
        done: list[Picture] = []
        picture = self._open
        if picture is not None and picture.pts != packet.time:
            done, picture = [picture], None
        for unit in units:
            picture = picture or Picture(packet.time, packet.time)
            picture.add(unit, None)
        if picture is not None and packet.ends_picture:
            done, picture = [*done, picture], None
        self._open = picture
        return done


def _add(picture: Picture, part: Part) -> None:
    head, units = split(part.payload, scrambled=part.scrambled)
    if head and picture.units:
        picture.extend(head)
    for unit in units:
        picture.add(unit, part.scrambled)
