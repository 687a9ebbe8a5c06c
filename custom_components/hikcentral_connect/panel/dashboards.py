"""The panel in the sidebar, and the card that dashboards may use."""

from typing import Final

from homeassistant.components import frontend, panel_custom
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.components.lovelace.resources import ResourceStorageCollection
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from .assets import STABLE_URL, Assets

PANEL_PATH: Final = "hikcentral"
PANEL_ELEMENT: Final = "hikcentral-panel"
CARD: Final = "card.js"
ISSUE_YAML: Final = "card_resource_yaml"


async def async_add_panel(hass: HomeAssistant, assets: Assets) -> None:
    """Put the panel into the sidebar, unless it is there."""
    if frontend.async_panel_exists(hass, PANEL_PATH):
        return
    await panel_custom.async_register_panel(
        hass,
        frontend_url_path=PANEL_PATH,
        webcomponent_name=PANEL_ELEMENT,
        sidebar_title="HikCentral",
        sidebar_icon="mdi:cctv",
        module_url=f"{assets.url}/panel.js",
        handle_safe_area=True,
    )


@callback
def async_remove_panel(hass: HomeAssistant) -> None:
    """Take the panel out of the sidebar."""
    frontend.async_remove_panel(hass, PANEL_PATH, warn_if_unknown=False)


async def async_add_card(hass: HomeAssistant, assets: Assets) -> None:
    """Let dashboards load the card, or tell an owner who does that by hand."""
    if (lovelace := hass.data.get(LOVELACE_DATA)) is None:
        return
    resources = lovelace.resources
    await resources.async_get_info()  # loads them
    url = f"{assets.url}/{CARD}"
    if not isinstance(resources, ResourceStorageCollection):
        _hint(hass, any(_is_ours(item["url"]) for item in resources.async_items()))
        return
    ours = [item for item in resources.async_items() if _is_ours(item["url"])]
    for item in ours[1:]:
        await resources.async_delete_item(item["id"])
    if not ours:
        await resources.async_create_item({"res_type": "module", "url": url})
    elif ours[0]["url"] != url:
        await resources.async_update_item(ours[0]["id"], {"url": url})


async def async_remove_card(hass: HomeAssistant) -> None:
    """Let dashboards load the card no longer."""
    ir.async_delete_issue(hass, DOMAIN, ISSUE_YAML)
    lovelace = hass.data.get(LOVELACE_DATA)
    if not lovelace or not isinstance(lovelace.resources, ResourceStorageCollection):
        return
    resources = lovelace.resources
    await resources.async_get_info()
    for item in list(resources.async_items()):
        if _is_ours(item["url"]):
            await resources.async_delete_item(item["id"])


@callback
def _hint(hass: HomeAssistant, written: bool) -> None:
    if written:
        ir.async_delete_issue(hass, DOMAIN, ISSUE_YAML)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE_YAML,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE_YAML,
        translation_placeholders={"url": f"{STABLE_URL}/{CARD}"},
    )


def _is_ours(url: str) -> bool:
    return url.startswith(f"/{DOMAIN}/") and url.partition("?")[0].endswith(f"/{CARD}")
