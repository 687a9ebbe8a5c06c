"""From the messages of an EZOPEN stream to an MPEG transport stream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ...api.errors import BadAnswer, NotSupported
from .nal import START, Codec, is_delimiter, is_parameter_set
from .packets import PacketStream, read_packet
from .program import Part, ProgramStream
from .secrecy import Secrecy
from .timeline import LONGEST_GAP, Timeline
from .transport import TransportStream
from .units import PacketPictures, Picture, ProgramPictures

MARK: Final = b"IMKH"
HEAD_AT_MOST: Final = 64
_PROGRAM, _PACKETS = 2, 4
_CODECS: Final = {0x0100: Codec.H264, 0x0005: Codec.H265}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A picture or some sound in a transport stream; a key picture needs no others."""

    data: bytes
    key: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What the first message of a stream tells."""

    packets: bool
    codec: Codec


def read_head(message: bytes) -> Head | None:
    """Return what a message says of those behind it; None if it is none that does.

    Raises `NotSupported` for a form of video that is not known here.
    """
    place = message.find(MARK)
    if len(message) > HEAD_AT_MOST or place < 0:
        return None
    system = int.from_bytes(message[place + 8 : place + 10], "little")
    codec = _CODECS.get(int.from_bytes(message[place + 10 : place + 12], "little"))
    if codec is None or system not in (_PROGRAM, _PACKETS):
        raise NotSupported(message[place + 8 : place + 12].hex(), "unknown video")
    return Head(system == _PACKETS, codec)


class Remuxer:
    """Turns the messages of one camera into one transport stream.

    The camera's stream may end and begin again, with a head; what comes out goes on.
    Every beginning waits for its first key picture.
    """

    def __init__(self, code: str | None) -> None:
        """Decrypt with the device's code, if it is known and needed."""
        self._code = code
        self._out = TransportStream()
        self._timeline = Timeline()
        self._reader: _Reader | None = None
        self._secrecy = Secrecy(Codec.H264, code)
        self._codec: Codec | None = None
        self._begun = False
        self._heard = 0

    def feed(self, messages: Iterable[bytes]) -> list[Chunk]:
        """Return the pictures and the sound that are complete now.

        Raises `BadAnswer`, `NotSupported`, `StreamEncrypted` or `CodeWrong`.
        """
        return [chunk for one in messages for chunk in self._chunks(one)]

    def _chunks(self, message: bytes) -> Iterator[Chunk]:
        if head := read_head(message):
            self._reader = (
                _Packets(head.codec) if head.packets else _Program(head.codec)
            )
            self._codec = None
            self._begun = False
            self._timeline.jump()
            return
        if self._reader is None:
            raise BadAnswer("the stream does not begin with a head")
        for picture in self._reader.read(message):
            if isinstance(picture, Part):
                if chunk := self._sound(picture):
                    yield chunk
                continue
            if self._codec is not self._reader.codec:
                self._codec = self._reader.codec
                self._secrecy = Secrecy(self._codec, self._code)
            if chunk := self._chunk(picture, self._codec, self._reader):
                yield chunk

    def _chunk(self, picture: Picture, codec: Codec, reader: _Reader) -> Chunk | None:
        nals = [
            self._secrecy.clear(data, unit.scrambled)
            for unit in picture.units
            if (data := unit.data)
        ]
        nals = [nal for nal in nals if not is_delimiter(nal, codec)]
        key = any(is_parameter_set(nal, codec) for nal in nals)
        if not nals or not (key or self._begun):
            return None
        self._begun = True
        dts = self._timeline.at(picture.dts, reader.bits)
        later = (picture.pts - picture.dts) % (1 << reader.bits)
        pts = dts + later if later <= LONGEST_GAP else dts
        units = [codec.delimiter, *(one for nal in nals for one in (START, nal))]
        packets = self._out.picture(units, pts, dts, key=key)
        if key:
            packets = self._out.tables(codec, sound=reader.sound) + packets
        return Chunk(packets, key)

    def _sound(self, part: Part) -> Chunk | None:
        """Return sound once there is a picture to it."""
        if part.pts is None or not self._begun:
            return None
        at = self._timeline.beside(part.pts, _Program.bits)
        if at is None or at <= self._heard:
            return None
        self._heard = at
        return Chunk(self._out.sound(part.payload, at), key=False)


class _Program:
    bits = 33

    def __init__(self, codec: Codec) -> None:
        self._told = codec
        self._stream = ProgramStream()
        self._pictures = ProgramPictures()

    @property
    def codec(self) -> Codec:
        """The map in the stream knows better than the head in front of it."""
        return self._stream.codec or self._told

    @property
    def sound(self) -> bool:
        """Whether there is sound to the pictures."""
        return self._stream.sound

    def read(self, message: bytes) -> Iterator[Picture | Part]:
        for part in self._stream.feed(message):
            if part.sound:
                yield part
            elif picture := self._pictures.feed(part):
                yield picture


class _Packets:
    bits = 32
    sound = False

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self._stream = PacketStream(codec)
        self._pictures = PacketPictures()

    def read(self, message: bytes) -> Iterator[Picture]:
        if packet := read_packet(message):
            yield from self._pictures.feed(packet, self._stream.feed(packet))


type _Reader = _Program | _Packets
