"""Recordings in the panel, played as somebody looks for what happened."""

from collections.abc import Generator
from datetime import datetime, timedelta
import re
from time import monotonic, sleep, time
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
import pytest

from .conftest import Demo, keep
from .video import camera_id, check_moving, elsewhere, picture, stamp, streams

pytestmark = pytest.mark.browser

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""Where the demo's house is."""
DAY = 86_400


@pytest.fixture
def page(page: Page) -> Generator[Page]:
    """Open a page in another time zone than cameras and Home Assistant are in."""
    with elsewhere(page) as other:
        yield other


@pytest.fixture
def panel(demo: Demo, page: Page) -> Locator:
    """Open what the terrace recorded yesterday: just after midnight, today has none."""
    page.goto(f"{demo.url}/hikcentral/playback")
    panel = page.locator("hikcentral-panel")
    panel.get_by_label("Camera").select_option(label="Terrace")
    panel.get_by_role("button", name="The day before").click()
    expect(found(panel)).to_be_visible()
    return panel


def found(panel: Locator) -> Locator:
    """Return the line that tells how many recordings there are."""
    return panel.get_by_text(re.compile(r"^\s*\d+ recordings\."))


def timeline(panel: Locator) -> Locator:
    """Return the bar with the recordings of the day."""
    return panel.get_by_role("slider", name="Recordings of the day")


def play_first(demo: Demo, panel: Locator) -> Locator:
    """Play the first recording of the day and return the player."""
    timeline(panel).press("Home")
    player = panel.locator("hikcentral-player")
    check_moving(player, camera_id(demo, "Terrace"))
    return player


def clock_below(panel: Locator, x: float) -> float:
    """Return the seconds since midnight that the written times tell of a place."""
    written = []
    for one in panel.locator("hikcentral-timeline .hours span").all():
        hours, minutes = map(int, one.inner_text().split(":"))
        box = one.bounding_box()
        assert box
        written.append((box["x"], hours * 3600 + minutes * 60))
    (left, first), (right, last) = written[0], written[-1]
    return first + (last - first) * (x - left) / (right - left)


def seen(demo: Demo, player: Locator) -> int:
    """Return the time in the picture, in seconds since 1970."""
    return stamp(player, camera_id(demo, "Terrace")).second


def test_pause(demo: Demo, panel: Locator) -> None:
    """A pause holds the picture, for as long as one likes, and goes on from there."""
    player = play_first(demo, panel)
    panel.get_by_role("button", name="Pause").click()
    sleep(1)
    held = seen(demo, player)
    still = picture(player).tobytes()
    sleep(12)
    assert picture(player).tobytes() == still
    panel.get_by_role("button", name="Go on").click()
    ends = monotonic() + 10
    while not held < seen(demo, player) < held + 30:
        assert monotonic() < ends
        sleep(0.3)


def test_speed(demo: Demo, panel: Locator) -> None:
    """The service is asked for more of the recording in the same time, and for less."""
    player = play_first(demo, panel)
    speed = panel.locator("output")

    def pace() -> float:
        [before] = streams(demo)
        began = monotonic()
        sleep(4)
        [after] = streams(demo)
        sent: int = after["messages"] - before["messages"]
        return sent / (monotonic() - began)

    usual = pace()
    panel.get_by_role("button", name="Faster").click()
    expect(speed).to_contain_text("2×")
    assert pace() > 1.5 * usual
    for _ in range(3):
        panel.get_by_role("button", name="Slower").click()
    expect(speed).to_contain_text("0.5×")
    assert pace() < 0.75 * usual
    # Slower it does not get, which is no reason to stop.
    check_moving(player, camera_id(demo, "Terrace"))


def test_full_screen(demo: Demo, panel: Locator, page: Page) -> None:
    """The picture fills the screen and goes on."""
    player = play_first(demo, panel)
    panel.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement !== null")
    box, size = player.bounding_box(), page.viewport_size
    assert box
    assert size
    assert (box["width"], box["height"]) == (size["width"], size["height"])
    check_moving(player, camera_id(demo, "Terrace"))
    keep(page, "panel-full-screen")
    page.keyboard.press("Escape")


def test_steps(demo: Demo, panel: Locator) -> None:
    """Half a minute forth and back, as far as there are recordings."""
    player = play_first(demo, panel)
    before = seen(demo, player)
    panel.get_by_role("button", name="30 seconds forward").click()
    ends = monotonic() + 20
    while seen(demo, player) < before + 30:
        assert monotonic() < ends
        sleep(0.3)
    later = seen(demo, player)
    panel.get_by_role("button", name="30 seconds back").click()
    while seen(demo, player) > later - 10:
        assert monotonic() < ends + 20
        sleep(0.3)


def test_seek_by_pointer(demo: Demo, panel: Locator, page: Page) -> None:
    """The wheel zooms to where the pointer is, and a click there plays that moment."""
    player = play_first(demo, panel)
    bar = timeline(panel)
    begin = seen(demo, player)
    expect(panel.locator("hikcentral-timeline .hours")).to_contain_text("18:00")
    for _ in range(9):
        panel.get_by_role("button", name="Zoom in").click(force=True)
    expect(panel.get_by_role("button", name="Zoom in")).to_be_disabled()
    keep(page, "panel-timeline-zoomed")
    box = bar.bounding_box()
    mark = panel.locator("hikcentral-timeline u").bounding_box()
    assert box
    assert mark
    # Ten minutes are as wide as the bar.
    away = 90 * box["width"] / 600
    page.mouse.click(mark["x"] + away, box["y"] + box["height"] / 2)
    ends = monotonic() + 20
    while abs(seen(demo, player) - begin - 90) > 30:
        assert monotonic() < ends, seen(demo, player) - begin
        sleep(0.3)


def test_zoom(panel: Locator, page: Page) -> None:
    """Keys, wheel and drag: what is below the pointer stays there."""
    bar, hours = timeline(panel), panel.locator("hikcentral-timeline .hours")
    bar.focus()
    page.keyboard.press("+")
    expect(hours).not_to_contain_text("00:00")
    page.keyboard.press("-")
    expect(hours).to_contain_text("00:00")
    expect(panel.get_by_role("button", name="Zoom out")).to_be_disabled()

    box = bar.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.75, y)
    page.keyboard.down("Control")
    for _ in range(3):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(hours).to_contain_text("18:00")
    expect(hours).not_to_contain_text("12:00")
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], y, steps=5)
    page.mouse.up()
    expect(hours).to_contain_text("17:00")
    expect(panel.locator("hikcentral-player")).to_have_count(0)


def test_day_picker(demo: Demo, panel: Locator, page: Page) -> None:
    """Any day can be chosen, and no day to come."""
    before = (datetime.now(AMSTERDAM) - timedelta(days=3)).date()
    panel.get_by_label("Day", exact=True).fill(before.isoformat())
    expect(found(panel)).to_be_visible()
    timeline(panel).press("End")
    player = panel.locator("hikcentral-player")
    moment = datetime.fromtimestamp(seen(demo, player), AMSTERDAM)
    assert moment.date() == before
    for _ in range(3):
        panel.get_by_role("button", name="The day after").click()
    expect(panel.get_by_role("button", name="The day after")).to_be_disabled()


def test_alarm_marks(demo: Demo, panel: Locator, page: Page) -> None:
    """An alarm leaves a mark on the timeline; a click on it shows what happened."""
    terrace = camera_id(demo, "Terrace")
    demo.happen("accounts/teams/alarm", sourceId=terrace)
    alarm = time()
    # The camera records for ten seconds more, and alarms take a moment to arrive.
    sleep(15)
    panel.get_by_role("button", name="The day after").click()
    expect(found(panel)).to_be_visible()
    marks = panel.locator("hikcentral-timeline b")
    expect(marks.first).to_be_attached()
    for _ in range(9):
        place = marks.first.bounding_box()
        assert place
        page.mouse.move(place["x"] + 1, place["y"] + 20)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -100)
        page.keyboard.up("Control")
        sleep(0.1)
    keep(page, "panel-alarm-mark")
    place = marks.first.bounding_box()
    assert place
    told = datetime.fromtimestamp(alarm, AMSTERDAM)
    since_midnight = told.hour * 3600 + told.minute * 60 + told.second
    assert abs(clock_below(panel, place["x"]) - since_midnight) < 10
    page.mouse.click(place["x"] + 1, place["y"] + 20)
    player = panel.locator("hikcentral-player")
    assert abs(seen(demo, player) - alarm) < 15
    keep(page, "panel-alarm-played")


def test_cloud(demo: Demo, panel: Locator, page: Page) -> None:
    """What only the cloud recorded is marked on the bar, and plays."""
    panel.get_by_label("Camera").select_option(label="Driveway")
    expect(found(panel)).to_be_visible()
    bar = timeline(panel)
    expect(bar.locator("i.cloud").first).to_be_attached()
    page.mouse.click(*only_in_cloud(bar))

    player = panel.locator("hikcentral-player")
    check_moving(player, camera_id(demo, "Driveway"))
    (stream,) = streams(demo)
    assert stream["path"] == "/cloudplayback"
    keep(page, "playback-cloud")


def only_in_cloud(bar: Locator) -> tuple[float, float]:
    """Return a place on the bar where the cloud recorded and the device did not."""
    local = [box for one in bar.locator("i.local").all() if (box := one.bounding_box())]
    for one in bar.locator("i.cloud").all():
        box = one.bounding_box()
        assert box
        place = box["x"] + box["width"] / 2
        if not any(b["x"] - 1 <= place <= b["x"] + b["width"] + 1 for b in local):
            return place, box["y"] + box["height"] / 2
    raise AssertionError("the device recorded all that the cloud did")
