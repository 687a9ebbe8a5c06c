"""What of the front end there is, and when it is shown.

Without the built files (`scripts/build`) or without Home Assistant's own web pages the
integration works without panel and card.
"""

import logging

from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import async_get_integration
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from . import assets, commands, dashboards
from .assets import Assets
from .proxy import PlayerApiView

_LOGGER = logging.getLogger(__name__)

_ASSETS: HassKey[Assets] = HassKey(f"{DOMAIN}_assets")


async def async_setup_panel(hass: HomeAssistant) -> None:
    """Serve the front end and what it asks for, once for all accounts."""
    hass.http.register_view(PlayerApiView())
    commands.async_register(hass)
    version = str((await async_get_integration(hass, DOMAIN)).version)
    found = await hass.async_add_executor_job(assets.find_assets, version)
    if found is None:
        _LOGGER.info(
            "There is no panel and no camera card, because the front end has not been "
            "built. Run scripts/build, or install a release"
        )
        return
    await assets.async_serve(hass, found)
    hass.data[_ASSETS] = found


async def async_show(hass: HomeAssistant) -> None:
    """Show panel and card, because there is an account."""
    found = hass.data.get(_ASSETS)
    if found is None or "frontend" not in hass.config.components:
        return
    await dashboards.async_add_panel(hass, found)
    await dashboards.async_add_card(hass, found)


@callback
def async_hide(hass: HomeAssistant) -> None:
    """Take the panel away if no account is running."""
    if not hass.config_entries.async_loaded_entries(DOMAIN):
        dashboards.async_remove_panel(hass)


async def async_remove(hass: HomeAssistant) -> None:
    """Remove what is stored if the last account is gone."""
    if not hass.config_entries.async_entries(DOMAIN):
        dashboards.async_remove_panel(hass)
        await dashboards.async_remove_card(hass)
