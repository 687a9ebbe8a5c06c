"""In which way each camera is shown at present, and why.

There are three: HLS of the service, which Home Assistant plays by itself, for plain
H.264 only; our relay, which makes a native stream of anything whose code is known; and
the maker's player in the browser, which shows everything but to nobody else. A camera
starts with HLS and moves on when that turns out not to work.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic
from typing import Final

from homeassistant.core import CALLBACK_TYPE, callback

from ..api import DialectName
from ..api.models.resources import Camera
from ..options import Options
from .settings import Choice, Quality

RECHECK_SECONDS: Final = 3600.0
"""How long HLS is left alone with a camera for which it did not work."""


class Tier(StrEnum):
    """A way to show a camera."""

    HLS = "hls"
    BROWSER = "browser"
    RELAY = "relay"

    @property
    def is_native(self) -> bool:
        """Tell whether Home Assistant itself can play, record and cast it."""
        return self is not Tier.BROWSER


class Why(StrEnum):
    """What decided the tier of a camera."""

    PLAIN = "plain"
    """Nothing speaks against HLS so far."""
    CHOSEN = "chosen"
    """The owner decided."""
    NOT_OFFERED = "not_offered"
    """The service of the account has no HLS."""
    NOT_H264 = "not_h264"
    """The playlist holds an error instead of video."""
    ENCRYPTED = "encrypted"
    """The stream is encrypted."""
    CODE_WRONG = "code_wrong"
    """The verification code that was entered does not fit."""


@dataclass(frozen=True, slots=True)
class CameraTier:
    """How a camera is shown, and why."""

    tier: Tier
    why: Why


@dataclass(frozen=True, slots=True)
class _Finding:
    """What stood in the way of HLS, with the settings of that time."""

    why: Why
    at: float
    quality: Quality
    code: str | None = field(repr=False)


def choose(choice: Choice, *, relay: bool, obstacle: Why, has_code: bool) -> CameraTier:
    """Return the tier of a camera for which `obstacle` stands in the way of HLS."""
    if choice is not Choice.AUTO:
        return CameraTier(Tier(choice.value), Why.CHOSEN)
    if obstacle is Why.PLAIN:
        return CameraTier(Tier.HLS, obstacle)
    readable = has_code or obstacle is not Why.ENCRYPTED
    if relay and readable and obstacle is not Why.CODE_WRONG:
        return CameraTier(Tier.RELAY, obstacle)
    return CameraTier(Tier.BROWSER, obstacle)


class Tiers:
    """The tiers of one account's cameras."""

    def __init__(
        self,
        options: Options,
        dialect: DialectName,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take what the owner set into account at every look."""
        self._options = options
        self._hls_offered = dialect is DialectName.TEAMS
        self._clock = clock
        self._findings: dict[str, _Finding] = {}
        self._listeners: dict[str, list[Callable[[], None]]] = {}

    def of(self, camera: Camera) -> CameraTier:
        """Return how a camera is shown now."""
        return choose(
            self._options.video(camera.id).choice,
            relay=self._options.relay,
            obstacle=self.obstacle(camera),
            has_code=self._options.code(camera.device_serial) is not None,
        )

    def obstacle(self, camera: Camera) -> Why:
        """Return what stands in the way of HLS; PLAIN if nothing is known to."""
        finding = self._findings.get(camera.id)
        if finding is None:
            return Why.PLAIN if self._hls_offered else Why.NOT_OFFERED
        if finding.quality is not self._options.video(camera.id).quality:
            return Why.PLAIN if self._hls_offered else Why.NOT_OFFERED
        if finding.why is Why.CODE_WRONG and finding.code != self._code(camera):
            return Why.ENCRYPTED
        return finding.why

    @callback
    def async_found(self, camera: Camera, why: Why) -> None:
        """Note what was seen of a camera just now."""
        before = self._findings.pop(camera.id, None)
        if why is not Why.PLAIN:
            quality = self._options.video(camera.id).quality
            finding = _Finding(why, self._clock(), quality, self._code(camera))
            self._findings[camera.id] = finding
        if (before.why if before else Why.PLAIN) is not why:
            self.async_tell(camera.id)

    def due(self) -> str | None:
        """Return the camera whose obstacle has not been looked at for longest.

        None if all were within the last hour.
        """
        if not self._findings:
            return None
        oldest = min(self._findings, key=lambda one: self._findings[one].at)
        age = self._clock() - self._findings[oldest].at
        return oldest if age >= RECHECK_SECONDS else None

    @callback
    def async_postpone(self, camera_id: str) -> None:
        """Leave a camera alone for another hour."""
        if finding := self._findings.get(camera_id):
            self._findings[camera_id] = replace(finding, at=self._clock())

    @callback
    def async_forget(self, camera_id: str) -> None:
        """Drop what was seen of a camera that is gone."""
        self._findings.pop(camera_id, None)

    @callback
    def async_listen(
        self, camera_id: str, listener: Callable[[], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` when the tier of a camera may have changed."""
        listeners = self._listeners.setdefault(camera_id, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    @callback
    def async_tell(self, camera_id: str) -> None:
        """Call those who listen to a camera."""
        for listener in tuple(self._listeners.get(camera_id, ())):
            listener()

    @callback
    def async_tell_all(self) -> None:
        """Call everybody, because the owner changed the options."""
        for camera_id in tuple(self._listeners):
            self.async_tell(camera_id)

    def _code(self, camera: Camera) -> str | None:
        return self._options.code(camera.device_serial)
