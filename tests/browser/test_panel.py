"""The panel in the sidebar, on the demo."""

from collections.abc import Generator
from datetime import datetime
import re
from time import monotonic, sleep, time
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
import pytest

from .conftest import Demo, keep
from .video import camera_id, elsewhere, stamp, streams, wait_for_streams

pytestmark = pytest.mark.browser

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""Where the demo's house is."""


@pytest.fixture
def page(page: Page) -> Generator[Page]:
    """Open a page in another time zone than cameras and Home Assistant are in."""
    with elsewhere(page) as other:
        yield other


def show(page: Page, demo: Demo, view: str) -> Locator:
    """Open a view of the panel and return the panel."""
    page.goto(f"{demo.url}/hikcentral/{view}")
    panel = page.locator("hikcentral-panel")
    expect(panel.get_by_role("tab", selected=True)).to_be_visible()
    return panel


def camera(panel: Locator, name: str) -> Locator:
    """Return the tile of a camera."""
    return panel.get_by_role("article", name=name, exact=True)


def opened(demo: Demo) -> dict[str, int]:
    """Return how often each door was opened."""
    return {door["name"]: door["opened"] for door in demo.state("teams")["doors"]}


def test_wall(demo: Demo, page: Page) -> None:
    """Four cameras play at once; the fifth takes the place of the first."""
    # Who cannot be seen stops playing, so all of them shall be.
    page.set_viewport_size({"width": 1300, "height": 1900})
    panel = show(page, demo, "cameras")
    names = ["Terrace", "Driveway", "Back gate", "Koi pond"]
    for name in names:
        tile = camera(panel, name)
        tile.scroll_into_view_if_needed()
        tile.get_by_role("button", name=f"Watch {name} live").click()
    for name in names:
        player = camera(panel, name).locator("hikcentral-player")
        player.scroll_into_view_if_needed()
        stamp(player, camera_id(demo, name), 60)
    expect(panel.get_by_text("4 of at most 4 live")).to_be_visible()
    wait_for_streams(demo, 4, 60)
    keep(page, "panel-wall")
    tile = camera(panel, "Garage inside")
    tile.get_by_role("button", name="Watch Garage inside live").click()
    expect(camera(panel, "Terrace").locator("hikcentral-player")).to_have_count(0)
    assert len(streams(demo)) <= 4
    panel.get_by_role("tab", name="Doors").click()
    wait_for_streams(demo, 0)


def test_door_opens_only_when_held(demo: Demo, page: Page) -> None:
    """A slip does nothing; holding opens once, with the mouse and with the keyboard."""
    panel = show(page, demo, "doors")
    before = opened(demo)
    button = panel.get_by_role("button", name="Hold to open Garage door")
    button.click()
    sleep(1.5)
    assert opened(demo) == before

    button.click(delay=1300)
    article = panel.get_by_role("article", name="Garage door")
    expect(article.get_by_role("status")).to_have_text("Opened.")
    keep(page, "panel-doors")
    assert opened(demo)["Garage door"] == before["Garage door"] + 1

    sleep(6)  # until the door is locked again
    button.focus()
    page.keyboard.down("Enter")
    sleep(1.3)
    page.keyboard.up("Enter")
    expect(article.get_by_role("status")).to_have_text("Opened.")
    after = opened(demo)
    assert after["Garage door"] == before["Garage door"] + 2
    assert sum(after.values()) == sum(before.values()) + 2


def test_events(demo: Demo, page: Page) -> None:
    """What happens now is on top within seconds, and leads to its recording."""
    panel = show(page, demo, "events")
    feed = panel.get_by_role("list", name="Events")
    expect(panel.get_by_text("Loading…")).to_be_hidden()
    demo.happen("accounts/teams/alarm", sourceId=camera_id(demo, "Terrace"))
    first = feed.get_by_role("listitem").filter(has_text="Terrace").first
    expect(first).to_contain_text("Motion", timeout=15_000)
    keep(page, "panel-events")
    first.get_by_role("button", name="Play the recording of Terrace").click()
    expect(panel.get_by_role("tab", selected=True)).to_have_text("Recordings")
    expect(panel.get_by_label("Camera")).to_have_value("camera.garden_terrace")


def test_playback(demo: Demo, page: Page) -> None:
    """A click on the timeline plays what was recorded then, by the house's clock."""
    panel = show(page, demo, "playback")
    panel.get_by_label("Camera").select_option(label="Terrace")
    panel.get_by_role("button", name="The day before").click()
    expect(panel.get_by_text(re.compile(r"^\s*\d+ recordings\."))).to_be_visible()
    timeline = panel.get_by_role("slider", name="Recordings of the day")
    timeline.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    asked = _clock(timeline.get_attribute("aria-valuetext"))
    player = panel.locator("hikcentral-player")
    seen = datetime.fromtimestamp(
        stamp(player, camera_id(demo, "Terrace")).second, AMSTERDAM
    )
    yesterday = datetime.fromtimestamp(time() - 86_400, AMSTERDAM)
    assert seen.date() == yesterday.date()
    assert 0 <= _clock(f"{seen:%H:%M:%S}") - asked < 30
    keep(page, "panel-playback")

    ends = monotonic() + 15
    while True:
        shown = _clock(panel.locator("output").inner_text())
        moment = stamp(player, camera_id(demo, "Terrace")).second
        now = datetime.fromtimestamp(moment, AMSTERDAM)
        if shown > asked and abs(_clock(f"{now:%H:%M:%S}") - shown) <= 3:
            break
        assert monotonic() < ends, (shown, now)
        sleep(0.5)


def test_passes(demo: Demo, page: Page) -> None:
    """A pass is made, shown as a QR code, and taken back after a question."""
    panel = show(page, demo, "passes")
    panel.get_by_label("Visitor", exact=True).fill("Ada Lovelace")
    panel.get_by_role("button", name="Make a pass").click()
    code = panel.get_by_role("img", name="QR code of Ada Lovelace")
    expect(code).to_be_visible()
    keep(page, "panel-pass")
    row = panel.get_by_role("listitem").filter(has_text="Ada Lovelace")
    expect(row).to_contain_text("valid")
    row.get_by_role("button", name="Revoke").click()
    expect(row.get_by_text("Let it open nothing any more?")).to_be_visible()
    row.get_by_role("button", name="Revoke").click()
    expect(row.get_by_role("button", name="Revoke")).to_have_count(0)
    expect(code).to_be_hidden()


def test_tabs_by_keyboard(demo: Demo, page: Page) -> None:
    """Arrow keys go from view to view, and the browser's button goes back."""
    panel = show(page, demo, "cameras")
    panel.get_by_role("tab", selected=True).focus()
    page.keyboard.press("ArrowRight")
    expect(panel.get_by_role("tab", selected=True)).to_have_text("Doors")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(panel.get_by_role("tab", selected=True)).to_have_text("Visitors")
    page.go_back()
    expect(panel.get_by_role("tab", selected=True)).to_have_text("Cameras")


def test_phone_dark_german(demo: Demo, page: Page) -> None:
    """On a phone nothing is cut off; theme and language are Home Assistant's."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.add_init_script("localStorage.setItem('selectedLanguage', '\"de\"')")
    for view, tab in (
        ("cameras", "Kameras"),
        ("doors", "Türen"),
        ("events", "Ereignisse"),
        ("playback", "Aufnahmen"),
        ("passes", "Besucher"),
    ):
        panel = show(page, demo, view)
        expect(panel.get_by_role("tab", selected=True)).to_have_text(tab)
        sleep(1)
        keep(page, f"panel-phone-{view}")
        assert _overflow(panel) <= 0, view


def _overflow(panel: Locator) -> Any:
    return panel.evaluate(
        "(one) => { const view = one.shadowRoot.querySelector('main');"
        " return view.scrollWidth - view.clientWidth; }"
    )


def _clock(text: str | None) -> int:
    """Return the seconds since midnight that a clock time means."""
    hours, minutes, seconds = map(int, (text or "").split(":"))
    return hours * 3600 + minutes * 60 + seconds
