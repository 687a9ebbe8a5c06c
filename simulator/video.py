"""Stream addresses, the same in both dialects."""

from datetime import datetime, timedelta
from urllib.parse import quote

from .services import Services
from .streams.hls import address
from .world.places import Camera
from .world.recordings import Recording

LIVE_LIFE = timedelta(minutes=5)
EZOPEN_HOST = "open.ezviz.com"


def ezopen_live(camera: Camera, code: str | None = None) -> str:
    """Return the EZOPEN address of the live picture."""
    return f"{_ezopen(camera, code)}.live"


def ezopen_recording(
    camera: Camera,
    place: Recording,
    start: datetime,
    stop: datetime,
    code: str | None = None,
) -> str:
    """Return the EZOPEN address of a recording."""
    span = f"begin={start:%Y%m%d%H%M%S}&end={stop:%Y%m%d%H%M%S}"
    return f"{_ezopen(camera, code)}.{place.value}?{span}"


def open_live(services: Services, camera: Camera, quality: str, until: datetime) -> str:
    """Return the address of an HLS playlist in the form live servers use."""
    return services.url + address(services.streams, camera, quality, until)


def _ezopen(camera: Camera, code: str | None) -> str:
    secret = f"{quote(code, safe='')}@" if code else ""
    return f"ezopen://{secret}{EZOPEN_HOST}/{camera.device.serial}/{camera.channel_no}"
