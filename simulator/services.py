"""What handlers may use besides their account: addresses and pictures."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .pictures import draw, encrypt
from .shelf import Render, Shelf
from .streams.service import Streams
from .uploads import Uploads
from .world.clock import Clock
from .world.places import Camera


@dataclass(slots=True, kw_only=True)
class Services:
    """The rim of the simulated cloud. ``url`` is known once it listens."""

    clock: Clock
    shelf: Shelf
    uploads: Uploads
    streams: Streams
    capture_seconds: float
    url: str = ""

    def picture(self, camera: Camera, life: timedelta) -> str:
        """Take a picture now and return its URL; encrypted if the device is."""
        return self.publish(self.picture_at(camera, self.clock.now()), "jpeg", life)

    def picture_at(self, camera: Camera, moment: datetime) -> Render:
        """Return how to make the camera's picture of a moment."""
        code = camera.device.code

        def render() -> bytes:
            jpeg = draw(camera.name, moment, seed=camera.id)
            return encrypt(jpeg, code) if code else jpeg

        return render

    def publish(self, render: Render, suffix: str, life: timedelta) -> str:
        """Serve a file at a random URL for a while."""
        return f"{self.url}/pictures/{self.shelf.put(render, suffix, life)}"
