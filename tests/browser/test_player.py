"""The camera card and the maker's player behind it, on the demo."""

from collections.abc import Generator
import json
from time import sleep, time
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page, expect
import pytest

from simulator.world.sites import DEMO_CODE

from .conftest import Demo, keep
from .video import (
    camera_id,
    cloud,
    elsewhere,
    fault,
    picture,
    stamp,
    streams,
    wait_for_streams,
)

pytestmark = pytest.mark.browser

DASHBOARD = "cards-of-a-test"
CARD = "hikcentral-camera-card"


def call(page: Page, message: dict[str, Any]) -> Any:
    """Send a websocket command as the page's own user."""
    return page.evaluate(
        "(message) => document.querySelector('home-assistant').hass.callWS(message)",
        message,
    )


def show_cards(page: Page, demo: Demo, *cards: dict[str, Any]) -> Locator:
    """Open a dashboard with these cards and return them."""
    page.goto(demo.url)
    expect(page.locator("hui-view-container").first).to_be_visible()
    known = call(page, {"type": "lovelace/dashboards/list"})
    if not any(one["url_path"] == DASHBOARD for one in known):
        new = {"url_path": DASHBOARD, "title": "Test", "icon": "mdi:cctv"}
        call(page, {"type": "lovelace/dashboards/create", **new})
    rows = [{"type": f"custom:{CARD}", **card} for card in cards]
    config = {"views": [{"title": "Test", "cards": rows}]}
    save = {"type": "lovelace/config/save", "url_path": DASHBOARD, "config": config}
    call(page, save)
    page.goto(f"{demo.url}/{DASHBOARD}/0")
    shown = page.locator(CARD)
    expect(shown).to_have_count(len(cards))
    return shown


def start(card: Locator) -> Locator:
    """Click a card to live and return the player."""
    card.get_by_role("button", name="live").click()
    player = card.locator("hikcentral-player")
    expect(player).to_be_visible()
    return player


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


def enter_code(demo: Demo, page: Page, code: str) -> None:
    """Enter the code of the pond's camera in the options."""
    devices = demo.state("teams")["devices"]
    serial = next(one["serial"] for one in devices if one["encrypted"])
    page.evaluate(
        """async ([serial, code]) => {
            const { hass } = document.querySelector("home-assistant");
            const [entry] = await hass.callWS({
                type: "config_entries/get", domain: "hikcentral_connect" });
            const flow = "config/config_entries/options/flow";
            const { flow_id } = await hass.callApi("POST", flow, { handler: entry.entry_id });
            await hass.callApi("POST", `${flow}/${flow_id}`, { next_step_id: "codes" });
            await hass.callApi("POST", `${flow}/${flow_id}`, { device: serial, code });
        }""",
        [serial, code],
    )


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


def test_no_secret_and_no_stranger(demo: Demo, page: Page) -> None:
    """No token is in the page's traffic, which is with Home Assistant and the streams."""
    seen: list[str] = []
    hosts: set[str] = set()

    def note(url: str, *texts: object) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            hosts.add(parts.netloc)
        seen.extend((url, *map(str, texts)))

    def note_socket(socket: Any) -> None:
        note(socket.url)
        socket.on("framesent", lambda frame: seen.append(str(frame)))
        socket.on("framereceived", lambda frame: seen.append(str(frame)))

    answers: list[Any] = []

    def note_answer(response: Any) -> None:
        if "/hikcentral_connect/player/" in response.url and response.ok:
            answers.append(response)

    page.on("request", lambda one: note(one.url, one.headers, one.post_data_buffer))
    page.on("response", note_answer)
    page.on("websocket", note_socket)
    page.on("console", lambda one: seen.append(one.text))
    [card] = show_cards(page, demo, {"entity": "camera.garden_terrace"}).all()
    stamp(start(card), camera_id(demo, "Terrace"))
    seen += [one.text() for one in answers if one.request.method != "OPTIONS"]

    everything = "\n".join(seen)
    assert '"token":"dv.' in everything
    for secret in _secrets(demo):
        assert secret not in everything
    assert hosts == {urlsplit(demo.url).netloc, urlsplit(demo.cloud).netloc}


def _secrets(demo: Demo) -> list[str]:
    """Return what must not reach a browser, asked from the cloud as the account."""
    keys = {"appKey": "demo-teams-key", "secretKey": "demo-teams-secret"}
    login = cloud(demo, "/api/hccgw/platform/v1/token/get", keys)["data"]
    request = Request(
        f"{demo.cloud}/api/hccgw/platform/v1/streamtoken/get",
        headers={"Token": login["accessToken"]},
    )
    with urlopen(request, timeout=10) as response:
        token = json.load(response)["data"]["appToken"]
    assert token.startswith("at.")
    return [token, login["accessToken"], *keys.values()]


def _hide(page: Page, *, hidden: bool) -> None:
    """Let the page believe that its tab is in the background, or in front again."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
