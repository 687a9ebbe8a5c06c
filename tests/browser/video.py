"""What a test of video asks the simulated cloud, and reads from the pixels."""

from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
import io
import json
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import Locator, Page

from simulator.streams.scene import COLOURS, Stamp, mark, read_colour, read_stamp

from .conftest import Demo

# Beside a demo and a browser that draws by software, pages take their time.


@contextmanager
def elsewhere(page: Page) -> Generator[Page]:
    """Open another page, in New York; the demo's house is in Amsterdam."""
    browser = page.context.browser
    assert browser
    other = browser.new_page(
        viewport=page.viewport_size, timezone_id="America/New_York"
    )
    other.set_default_timeout(30_000)
    yield other
    other.close()


def cloud(
    demo: Demo,
    path: str,
    body: Any = None,
    method: str | None = None,
    **headers: str,
) -> Any:
    """Ask the simulated cloud, again if Home Assistant has used up the key's rate."""
    request = Request(
        f"{demo.cloud}{path}",
        json.dumps(body).encode() if body is not None else None,
        {"Content-Type": "application/json", **headers},
        method=method,
    )
    for _ in range(10):
        try:
            with urlopen(request, timeout=10) as response:
                return json.load(response)
        except HTTPError as err:
            if err.code != HTTPStatus.TOO_MANY_REQUESTS:
                raise
            sleep(1)
    raise AssertionError("the cloud has no time for us")


@contextmanager
def fault(demo: Demo, **what: Any) -> Generator[None]:
    """Have something go wrong."""
    cloud(demo, "/simulator/faults", what)
    try:
        yield
    finally:
        cloud(demo, "/simulator/faults", method="DELETE")


def streams(demo: Demo) -> list[Any]:
    """Return the streams that the cloud sends now."""
    running: list[Any] = cloud(demo, "/simulator/state")["streams"]
    return running


def camera_id(demo: Demo, name: str) -> str:
    """Return the cloud's id of a camera."""
    cameras = demo.state("teams")["cameras"]
    return str(next(one["id"] for one in cameras if one["name"] == name))


def picture(player: Locator) -> Image.Image:
    """Return what the player shows."""
    return Image.open(io.BytesIO(player.screenshot()))


def stamp(player: Locator, camera: str, patience: float = 25.0) -> Stamp:
    """Return what the pixels say, once they are those of the camera."""
    ends = monotonic() + patience
    while monotonic() < ends:
        seen = read_stamp(picture(player))
        if seen.camera == mark(camera):
            return seen
        sleep(0.3)
    raise AssertionError("the camera's picture did not come")


def check_moving(player: Locator, camera: str, patience: float = 25.0) -> Stamp:
    """Look that the camera's picture moves, in the colours of its time."""
    first = stamp(player, camera, patience)
    before = picture(player).tobytes()
    ends = monotonic() + 15
    while (second := stamp(player, camera)).second == first.second:
        assert monotonic() < ends, "the picture stands still"
        sleep(0.3)
    for _ in range(5):
        image = picture(player)
        assert image.tobytes() != before
        if read_colour(image) == read_stamp(image).second % len(COLOURS):
            return second
    raise AssertionError("the colours are those of another time")


def wait_for_streams(demo: Demo, number: int, patience: float = 15) -> None:
    """Wait until the cloud sends so many streams."""
    ends = monotonic() + patience
    while len(streams(demo)) != number:
        assert monotonic() < ends, streams(demo)
        sleep(0.2)
