"""Home Assistant's own player: the cloud's stream, and the relay's."""

from collections.abc import Generator

from playwright.sync_api import Locator, Page, expect
import pytest

from .cards import call
from .conftest import Demo, keep
from .video import camera_id, check_moving, streams, wait_for_streams

pytestmark = pytest.mark.browser


def more_info(page: Page, entity_id: str) -> Locator:
    """Open the dialog about an entity and return its video."""
    page.evaluate(
        """(entityId) => document.querySelector("home-assistant").dispatchEvent(
            new CustomEvent("hass-more-info", { detail: { entityId } }))""",
        entity_id,
    )
    return page.locator("ha-more-info-dialog ha-hls-player video")


def set_relay(page: Page, *, on: bool) -> None:
    """Switch the relay in the options, on the page that an owner sees."""
    page.evaluate(
        """async (relay) => {
            const { hass } = document.querySelector("home-assistant");
            const [entry] = await hass.callWS({
                type: "config_entries/get", domain: "hikcentral_connect" });
            const flow = "config/config_entries/options/flow";
            const { flow_id } = await hass.callApi("POST", flow, { handler: entry.entry_id });
            await hass.callApi("POST", `${flow}/${flow_id}`, { next_step_id: "video" });
            await hass.callApi("POST", `${flow}/${flow_id}`, { relay });
        }""",
        on,
    )


@pytest.fixture
def house(demo: Demo, page: Page) -> Generator[Page]:
    """Open Home Assistant with the relay switched on."""
    page.goto(f"{demo.url}/hikcentral/doors")
    expect(page.get_by_role("tab", name="Doors")).to_be_visible()
    set_relay(page, on=True)
    yield page
    set_relay(page, on=False)


def test_cloud_stream(demo: Demo, house: Page) -> None:
    """A plain camera plays from the cloud's HLS; no session of the relay is opened."""
    video = more_info(house, "camera.garden_terrace")
    check_moving(video, camera_id(demo, "Terrace"), 40)
    keep(house, "more-info-hls")
    assert not streams(demo)


def test_relayed_stream(demo: Demo, house: Page) -> None:
    """An encrypted camera plays too, decrypted on the server, and ends when closed."""
    entity_id = "camera.pond_koi_pond"
    # HLS is tried first: only a refusal tells that the camera is encrypted.
    house.evaluate(
        """(entity_id) => document.querySelector("home-assistant").hass.callWS(
            { type: "camera/stream", entity_id }).catch(() => undefined)""",
        entity_id,
    )
    state = call(house, {"type": "get_states"})
    features = next(one for one in state if one["entity_id"] == entity_id)
    assert features["attributes"]["supported_features"] == 2

    video = more_info(house, entity_id)
    check_moving(video, camera_id(demo, "Koi pond"), 40)
    keep(house, "more-info-relay")
    assert len(streams(demo)) == 1
    house.goto(f"{demo.url}/hikcentral/doors")
    # Home Assistant keeps a stream for a while, and the relay for some seconds more.
    wait_for_streams(demo, 0, 120)
