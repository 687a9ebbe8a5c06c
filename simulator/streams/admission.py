"""Whether an asked stream is given, and what it shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
import re
from urllib.parse import parse_qs, urlsplit

from simulator.world import World
from simulator.world.places import Camera
from simulator.world.recordings import Recording

from .films import Quality
from .scene import seconds
from .service import Streams
from .show import Show, live

LIVE, PLAYBACK, CLOUD = "/live", "/playback", "/cloudplayback"
PLACES = {PLAYBACK: Recording.DEVICE, CLOUD: Recording.CLOUD}

PARAMETERS, NO_RECORDING, OFFLINE, TIMEOUT = 5400, 5402, 5404, 5405
EXPIRED, FORBIDDEN, BROKEN = 5406, 5411, 6110
ERRORS = {
    PARAMETERS: "stream parameter error",
    NO_RECORDING: "no recording in this time",
    OFFLINE: "device offline",
    TIMEOUT: "device connection timeout",
    EXPIRED: "token expired",
    FORBIDDEN: "no permission",
    BROKEN: "get stream error",
}
"""Codes of stream servers, as the player's own table of texts explains them."""

_NEEDED = ("dev", "chn", "stream", "ssn", "auth")
_TIME = re.compile(r"(\d{8}T\d{6})(Z|[ +-]\d\d:?\d\d)?")


class Refused(Exception):
    """A stream is not given, for one of `ERRORS`."""

    def __init__(self, code: int) -> None:
        """Carry the code."""
        super().__init__(ERRORS.get(code, "stream error"))
        self.code = code


@dataclass(frozen=True, slots=True)
class Admission:
    """A stream that is given. ``span`` is the asked time of a recording."""

    camera: Camera
    quality: Quality
    path: str
    world: World
    span: tuple[datetime, datetime] | None

    def show(self, streams: Streams) -> Show:
        """Return what is to be sent."""
        films, camera, quality = streams.films, self.camera, self.quality
        if self.span:
            return Show(films, camera, quality, self.recorded(*self.span))
        now = streams.clock.paced().astimezone(self.world.zone)
        begun = now.microsecond / 1e6
        return Show(films, camera, quality, live(now), begun=begun)

    def recorded(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        """Return the recorded seconds of a time, in the site's time; gaps are left out."""
        place = PLACES[self.path]
        found = self.world.recordings.find(self.camera, place, begin, end)
        if not found:
            raise Refused(NO_RECORDING)
        zone = self.world.zone
        return (
            at
            for one in found
            for at in seconds(one.begin.astimezone(zone), one.end.astimezone(zone))
        )

    def moment(self, text: str) -> datetime:
        """Return the moment that a wall-clock time means at the site."""
        if not (match := _TIME.fullmatch(text)):
            raise Refused(PARAMETERS)
        try:
            local = datetime.strptime(match[1], "%Y%m%dT%H%M%S")
        except ValueError:
            raise Refused(PARAMETERS) from None
        return local.replace(tzinfo=self.world.zone)


def admit(streams: Streams, url: str) -> Admission:
    """Return the stream at an address (path and query), or raise `Refused`."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if parts.path not in (LIVE, *PLACES) or not query.keys() >= {*_NEEDED}:
        raise Refused(BROKEN)
    if (ticket := streams.tickets.find(query["ssn"])) is None:
        raise Refused(EXPIRED)
    camera = ticket.camera
    place = (parts.path, query["dev"], query["chn"])
    if place != (ticket.path, camera.device.serial, str(camera.channel_no)):
        raise Refused(FORBIDDEN)
    if not camera.online:
        raise Refused(OFFLINE)
    quality = Quality.SUB if query["stream"] == "2" else Quality.MAIN
    admission = Admission(camera, quality, ticket.path, ticket.world, None)
    return admission if ticket.path == LIVE else _recording(admission, query)


def _recording(admission: Admission, query: Mapping[str, str]) -> Admission:
    if not query.keys() >= {"begin", "end"}:
        raise Refused(PARAMETERS)
    span = admission.moment(query["begin"]), admission.moment(query["end"])
    if span[0] >= span[1]:
        raise Refused(PARAMETERS)
    return Admission(
        admission.camera, admission.quality, admission.path, admission.world, span
    )
