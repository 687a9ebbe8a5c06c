"""What is secret stays on the server: all that a page gets and sends is searched."""

from collections.abc import Generator
import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
import pytest

from simulator.world.sites import DEMO_CODE

from .cards import show_cards, start
from .conftest import Demo
from .test_native import more_info
from .test_site import ask, entries, post
from .traffic import Piece, Traffic
from .video import camera_id, cloud, elsewhere, stamp

pytestmark = pytest.mark.browser

SOCKET = "from /api/websocket"
PLAYER = re.compile(
    r"to /api/hikcentral_connect/player/[0-9a-f]{32}/api/lapp/live/url/ezopen"
)


@pytest.fixture
def page(page: Page) -> Generator[Page]:
    """Open a page in another time zone than cameras and Home Assistant are in."""
    with elsewhere(page) as other:
        yield other


def test_tokens(demo: Demo, page: Page) -> None:
    """No token is in the page's traffic, which is with Home Assistant and the streams."""
    traffic = watch_all(demo, page)

    assert traffic.holding('"token":"dv.')
    for secret in _secrets(demo):
        assert not traffic.holding(secret)
    assert traffic.hosts == {urlsplit(demo.url).netloc, urlsplit(demo.cloud).netloc}


def test_everything_else(demo: Demo, page: Page) -> None:
    """Nor do Home Assistant's own pages, forms and reports get a secret or a person.

    Personal data is off, as it is at first.
    """
    traffic = look_around(demo, page)

    assert traffic.holding('"type":"repairs/list_issues"')
    assert traffic.holding("#EXT-X-MAP")
    assert traffic.holding('"home_assistant"')
    people = [one["name"] for one in demo.state("teams")["people"]]
    assert len(people) > 3
    for secret in (*_secrets(demo), DEMO_CODE):
        assert not traffic.holding(secret)
    for person in people:
        # The page of visitors asks an administrator which resident one visits.
        told = [one.text for one in traffic.holding(person)]
        assert not [one for one in told if '"response":{"residents":[' not in one]
    for place in ("openlive", "/pictures/", "auth=", "streamtoken"):
        found = traffic.holding(place)
        assert not [one for one in found if urlsplit(demo.cloud).netloc in one.text]
    assert traffic.hosts == {urlsplit(demo.url).netloc}


def test_code(demo: Demo, page: Page) -> None:
    """The player gets the verification code, and asks with it; it is nowhere else.

    It decrypts in the browser, so that cannot be avoided.
    """
    traffic = watch_all(demo, page)

    found = traffic.holding(DEMO_CODE)
    assert found
    assert not [one for one in found if not _is_for_the_player(one)]


def test_code_of_others(demo: Demo, page: Page) -> None:
    """Who plays another camera, and looks at pictures of this one, gets no code."""
    traffic = Traffic(page)
    page.goto(f"{demo.url}/hikcentral/cameras")
    panel = page.locator("hikcentral-panel")
    panel.get_by_role("button", name="Watch Terrace live").click()
    stamp(panel.locator("hikcentral-player"), camera_id(demo, "Terrace"))
    still = panel.get_by_role("article", name="Koi pond", exact=True)
    still.scroll_into_view_if_needed()
    expect(still.locator("img")).to_be_visible()

    assert len(traffic.pieces()) > 20
    assert not traffic.holding(DEMO_CODE)


def watch_all(demo: Demo, page: Page) -> Traffic:
    """Watch a plain and an encrypted camera, live and recorded."""
    cards = ("camera.garden_terrace", "camera.pond_koi_pond")
    traffic = Traffic(page)
    shown = show_cards(page, demo, *({"entity": one} for one in cards)).all()
    for card, name in zip(shown, ("Terrace", "Koi pond"), strict=True):
        stamp(start(card), camera_id(demo, name), 60)
    traffic.pieces()
    page.goto(f"{demo.url}/hikcentral/playback")
    panel = page.locator("hikcentral-panel")
    panel.get_by_label("Camera").select_option(label="Koi pond")
    # Just after midnight, today has no recording.
    panel.get_by_role("button", name="The day before").click()
    expect(panel.get_by_text(re.compile(r"^\s*\d+ recordings\."))).to_be_visible()
    panel.get_by_role("slider", name="Recordings of the day").press("Home")
    stamp(panel.locator("hikcentral-player"), camera_id(demo, "Koi pond"), 60)
    return traffic


def look_around(demo: Demo, page: Page) -> Traffic:
    """Open what shows something of the account, and let a camera play natively."""
    traffic = Traffic(page)
    for view in ("cameras", "doors", "events", "passes"):
        page.goto(f"{demo.url}/hikcentral/{view}")
        tabs = page.locator("hikcentral-panel").get_by_role("tab", selected=True)
        expect(tabs).to_be_visible()
        traffic.pieces()
    stamp(more_info(page, "camera.garden_terrace"), camera_id(demo, "Terrace"), 60)
    traffic.pieces()
    (entry,) = entries(page)
    for topic in ("codes", "video", "doors", "push", "people"):
        form = "config/config_entries/options/flow"
        flow = post(page, form, {"handler": entry["entry_id"]})
        post(page, f"{form}/{flow['flow_id']}", {"next_step_id": topic})
    get(page, f"diagnostics/config_entry/{entry['entry_id']}")
    get(page, "error_log")
    for command in ("repairs/list_issues", "system_log/list", "get_states"):
        ask(page, command)
    place = "media-source://hikcentral_connect"
    for below in ("", f"/{entry['entry_id']}/{camera_id(demo, 'Terrace')}"):
        ask(page, "media_source/browse_media", media_content_id=f"{place}{below}")
    for path in ("/config/integrations/integration/hikcentral_connect", "/logbook"):
        traffic.pieces()
        page.goto(f"{demo.url}{path}")
        expect(page.get_by_text("Terrace").first).to_be_visible()
    traffic.pieces()
    return traffic


def get(page: Page, path: str) -> None:
    """Fetch what a page would download."""
    page.evaluate(
        """(path) => document.querySelector("home-assistant").hass
            .fetchWithAuth(`/api/${path}`).then((answer) => answer.text())""",
        path,
    )


def _is_for_the_player(piece: Piece) -> bool:
    if piece.where == SOCKET:
        return f'"ezopen":"ezopen://{DEMO_CODE}@' in piece.text
    return PLAYER.fullmatch(piece.where) is not None


def _secrets(demo: Demo) -> list[str]:
    """Return what must not reach a browser, asked from the cloud as the account."""
    keys = {"appKey": "demo-teams-key", "secretKey": "demo-teams-secret"}
    login = cloud(demo, "/api/hccgw/platform/v1/token/get", keys)["data"]
    path = "/api/hccgw/platform/v1/streamtoken/get"
    token = cloud(demo, path, Token=login["accessToken"])["data"]["appToken"]
    assert token.startswith("at.")
    return [token, login["accessToken"], *keys.values()]
