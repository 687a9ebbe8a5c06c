"""What is secret stays on the server: all that a page gets and sends is searched."""

from collections.abc import Generator
import json
import re
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect
import pytest

from simulator.world.sites import DEMO_CODE

from .cards import show_cards, start
from .conftest import Demo
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
    expect(panel.get_by_text(re.compile(r"^\s*\d+ recordings\."))).to_be_visible()
    panel.get_by_role("slider", name="Recordings of the day").press("Home")
    stamp(panel.locator("hikcentral-player"), camera_id(demo, "Koi pond"), 60)
    return traffic


def _is_for_the_player(piece: Piece) -> bool:
    if piece.where == SOCKET:
        return f'"ezopen":"ezopen://{DEMO_CODE}@' in piece.text
    return PLAYER.fullmatch(piece.where) is not None


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
