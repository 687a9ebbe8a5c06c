"""The camera card and the maker's player behind it, on the demo."""

from collections.abc import Generator
from time import sleep, time

from playwright.sync_api import Page, expect
import pytest

from simulator.world.sites import DEMO_CODE

from . import first_frame
from .cards import enter_code, show_cards, start
from .conftest import Demo, keep
from .video import (
    camera_id,
    elsewhere,
    fault,
    picture,
    stamp,
    streams,
    wait_for_streams,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page: Page) -> Generator[Page]:
    """Open a page in another time zone than cameras and Home Assistant are in."""
    with elsewhere(page) as other:
        yield other


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("camera.garden_terrace", "Terrace"),
        ("camera.workshop_workbench", "Workbench"),
        ("camera.pond_koi_pond", "Koi pond"),
    ],
    ids=["h264", "h265", "encrypted"],
)
def test_live(demo: Demo, page: Page, entity: str, name: str) -> None:
    """One click plays what the camera films now, and it moves."""
    [card] = show_cards(page, demo, {"entity": entity}).all()
    expect(card.locator("hikcentral-still img")).to_be_visible()
    keep(page, f"card-still-{entity}")
    player = start(card)
    first = stamp(player, camera_id(demo, name))
    assert abs(first.second - time()) < 10
    before = picture(player).tobytes()
    sleep(2.2)
    second = stamp(player, camera_id(demo, name))
    assert 1 <= second.second - first.second <= 6
    assert picture(player).tobytes() != before
    keep(page, f"card-live-{entity}")


def test_first_frame(demo: Demo, page: Page) -> None:
    """What the panel adds to the player's own time is small."""
    alone = first_frame.alone(page, demo.url, "camera.garden_terrace")
    panel = first_frame.in_panel(page, demo.url, "Terrace")
    wait_for_streams(demo, 1)
    assert 0 < alone < 20
    assert 0 < panel < alone + 10


def test_goes_on(demo: Demo, page: Page) -> None:
    """A stream that is well is left alone, longer than one at a halt would be."""
    [card] = show_cards(page, demo, {"entity": "camera.garden_terrace"}).all()
    stamp(start(card), camera_id(demo, "Terrace"))
    [before] = streams(demo)
    sleep(16)
    [after] = streams(demo)
    assert after["messages"] > before["messages"] + 16 * 10


def test_stops(demo: Demo, page: Page) -> None:
    """The stream ends with the button, when the card goes, and when it is hidden."""
    [card] = show_cards(page, demo, {"entity": "camera.garden_terrace"}).all()
    terrace = camera_id(demo, "Terrace")
    stamp(start(card), terrace)
    assert len(streams(demo)) == 1
    card.get_by_role("button", name="Stop").click()
    wait_for_streams(demo, 0)

    stamp(start(card), terrace)
    _hide(page, hidden=True)
    wait_for_streams(demo, 0)
    _hide(page, hidden=False)
    stamp(card.locator("hikcentral-player"), terrace)
    wait_for_streams(demo, 1)

    page.goto(demo.url)
    wait_for_streams(demo, 0)


def test_opens_again(demo: Demo, page: Page) -> None:
    """A stream that the service cuts comes back by itself."""
    [card] = show_cards(page, demo, {"entity": "camera.garden_terrace"}).all()
    terrace = camera_id(demo, "Terrace")
    with fault(demo, kind="cut", path="/live", seconds=4, times=1):
        player = start(card)
        first = stamp(player, terrace)
        sleep(6)
        again = stamp(player, terrace, 40)
    assert again.second > first.second + 5
    later = stamp(player, terrace)
    sleep(2)
    assert stamp(player, terrace).second > later.second


def test_silence_is_told(demo: Demo, page: Page) -> None:
    """A stream without a picture, which raises no event, ends in words and a button."""
    [card] = show_cards(page, demo, {"entity": "camera.garden_terrace"}).all()
    with fault(demo, kind="no_data", path="/live"):
        start(card)
        alert = card.get_by_role("alert")
        expect(alert).to_contain_text("verification code", timeout=40_000)
        keep(page, "card-silent")
    card.get_by_role("button", name="Try again").click()
    stamp(card.locator("hikcentral-player"), camera_id(demo, "Terrace"))


def test_wrong_code_is_told(demo: Demo, page: Page) -> None:
    """With a wrong code media come that show nothing: the words name the cure."""
    [card] = show_cards(page, demo, {"entity": "camera.pond_koi_pond"}).all()
    enter_code(demo, page, "WRONGS")
    try:
        start(card)
        alert = card.get_by_role("alert")
        expect(alert).to_contain_text("verification code", timeout=40_000)
    finally:
        enter_code(demo, page, DEMO_CODE)
    card.get_by_role("button", name="Try again").click()
    stamp(card.locator("hikcentral-player"), camera_id(demo, "Koi pond"))


def test_refusal_is_told(demo: Demo, page: Page) -> None:
    """What the service says is shown: before the player loads, and in it."""
    offline, online = show_cards(
        page,
        demo,
        {"entity": "camera.garden_shed"},
        {"entity": "camera.garden_terrace"},
    ).all()
    start(offline)
    expect(offline.get_by_role("alert")).to_contain_text("offline")
    with fault(demo, kind="refuse", path="/api/lapp/live/url/ezopen", code=20007):
        start(online)
        alert = online.get_by_role("alert")
        expect(alert).to_contain_text("offline", timeout=25_000)
    keep(page, "card-refused")


def _hide(page: Page, *, hidden: bool) -> None:
    """Let the page believe that its tab is in the background, or in front again."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
