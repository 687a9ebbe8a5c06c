"""The panel in the sidebar, the card of dashboards, and doing without both."""

import logging
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.panel import assets
from custom_components.hikcentral_connect.panel.dashboards import ISSUE_YAML, PANEL_PATH
from homeassistant.components.frontend import DATA_PANELS
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from simulator import Simulator
from simulator.account import Account

from .conftest import make_entry


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a front end of a few letters."""
    for name in assets.NEEDED:
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
async def lovelace(hass: HomeAssistant) -> None:
    """Have dashboards, without the web pages themselves."""
    assert await async_setup_component(hass, "http", {})
    assert await async_setup_component(hass, "lovelace", {})
    hass.config.components.add("frontend")


@pytest.fixture
async def entry(
    hass: HomeAssistant, lovelace: None, static: Path, sim: Simulator, account: Account
) -> MockConfigEntry:
    """Set up an account where there are dashboards and a front end."""
    return await _set_up(hass, make_entry(sim, account))


async def _set_up(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


def _panel(hass: HomeAssistant) -> Any:
    return hass.data.get(DATA_PANELS, {}).get(PANEL_PATH)


async def _resources(hass: HomeAssistant) -> list[str]:
    resources = hass.data[LOVELACE_DATA].resources
    await resources.async_get_info()
    return [item["url"] for item in resources.async_items()]


async def test_panel_is_shown(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """The panel is in the sidebar, for everybody, and its script is there."""
    panel = _panel(hass)
    assert panel.sidebar_title == "HikCentral"
    assert not panel.require_admin
    assert panel.config["_panel_custom"]["name"] == "hikcentral-panel"
    assert not panel.config["_panel_custom"]["embed_iframe"]
    assert panel.config["_panel_custom"]["module_url"].endswith("/panel.js")


async def test_files_are_served(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """The address of the panel and a stable one lead to the files."""
    client = await hass_client_no_auth()
    versioned = _panel(hass).config["_panel_custom"]["module_url"]
    answer = await client.get(versioned)
    assert await answer.text() == "panel.js"
    assert "max-age" in answer.headers["Cache-Control"]
    answer = await client.get(f"{assets.STABLE_URL}/card.js")
    assert await answer.text() == "card.js"
    assert "max-age" not in answer.headers.get("Cache-Control", "")


async def test_card_is_a_resource(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Dashboards load the card under an address that changes with its content."""
    [url] = await _resources(hass)
    assert url.startswith(f"/{DOMAIN}/")
    assert url.endswith("/card.js")
    item = hass.data[LOVELACE_DATA].resources.async_items()[0]
    assert item["type"] == "module"


async def test_card_is_renewed(
    hass: HomeAssistant, lovelace: None, static: Path, sim: Simulator, account: Account
) -> None:
    """After an update there is one resource with the new address, others stay."""
    resources = hass.data[LOVELACE_DATA].resources
    for url in (f"/{DOMAIN}/old/card.js", f"/{DOMAIN}/older/card.js", "/local/card.js"):
        await resources.async_create_item({"res_type": "module", "url": url})
    await _set_up(hass, make_entry(sim, account))
    urls = await _resources(hass)
    assert len(urls) == 2
    assert "/local/card.js" in urls
    assert f"/{DOMAIN}/old/card.js" not in urls


async def test_another_front_end_has_another_address(static: Path) -> None:
    """A release has an address of its own, and so has what was built anew."""
    before = assets.find_assets("1.0.0")
    assert before == assets.find_assets("1.0.0")
    assert before != assets.find_assets("1.0.1")
    size = (static / "card.js").stat().st_size
    (static / "card.js").write_text("x" * size)
    assert before != assets.find_assets("1.0.0")


async def test_reload_keeps_panel(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """A reload does not throw anybody out of the panel."""
    before = _panel(hass)
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert _panel(hass) is before


async def test_disabling_hides_panel(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """A disabled account shows no panel, but its cards are not lost."""
    await hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )
    assert _panel(hass) is None
    assert len(await _resources(hass)) == 1


async def test_removal(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """With the last account panel and resource go."""
    await hass.config_entries.async_remove(entry.entry_id)
    assert _panel(hass) is None
    assert await _resources(hass) == []


async def test_removal_of_one_of_two(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Panel and resource stay while there is an account."""
    second = MockConfigEntry(
        domain=DOMAIN, unique_id="other", entry_id="second", data=dict(entry.data)
    )
    await _set_up(hass, second)
    await hass.config_entries.async_remove(entry.entry_id)
    assert _panel(hass)
    assert len(await _resources(hass)) == 1


async def test_yaml_resources(
    hass: HomeAssistant, static: Path, sim: Simulator, account: Account
) -> None:
    """Who writes resources by hand is told what to write, and not once it is done."""
    assert await async_setup_component(hass, "http", {})
    config = {"lovelace": {"resource_mode": "yaml", "resources": []}}
    assert await async_setup_component(hass, "lovelace", config)
    hass.config.components.add("frontend")
    entry = await _set_up(hass, make_entry(sim, account))
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_YAML)
    url = f"{assets.STABLE_URL}/card.js"
    assert issue.translation_placeholders == {"url": url}
    hass.data[LOVELACE_DATA].resources.data.append({"type": "module", "url": url})
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_YAML) is None


@pytest.mark.usefixtures("lovelace")
async def test_not_built(
    hass: HomeAssistant,
    static: Path,
    sim: Simulator,
    account: Account,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A clone of the repository works without panel and card, and says so once."""
    (static / "panel.js").unlink()
    caplog.set_level(logging.INFO)
    entry = await _set_up(hass, make_entry(sim, account))
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert _panel(hass) is None
    assert await _resources(hass) == []
    lines = [one for one in caplog.records if "scripts/build" in one.getMessage()]
    assert [one.levelno for one in lines] == [logging.INFO]


async def test_no_web_pages(
    hass: HomeAssistant, static: Path, sim: Simulator, account: Account
) -> None:
    """Home Assistant without its web pages runs the integration all the same."""
    entry = await _set_up(hass, make_entry(sim, account))
    assert _panel(hass) is None
    await hass.config_entries.async_remove(entry.entry_id)
