"""Actions on visitor passes."""

from base64 import b64encode
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util import dt as dt_util

from ..api import Client
from ..api.models.passes import PassRequest, VisitorPass
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry

SERVICE_ISSUE_VISITOR_PASS: Final = "issue_visitor_pass"

ATTR_VISITOR: Final = "visitor"
ATTR_STARTS: Final = "starts"
ATTR_ENDS: Final = "ends"
ATTR_RESIDENT_ID: Final = "resident_id"
ATTR_OPENINGS: Final = "openings"
ATTR_ACCESS_LEVELS: Final = "access_levels"

ISSUE_VISITOR_PASS_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        vol.Required(ATTR_VISITOR): cv.string,
        vol.Optional(ATTR_STARTS): cv.datetime,
        vol.Required(ATTR_ENDS): cv.datetime,
        vol.Optional(ATTR_RESIDENT_ID): cv.string,
        vol.Optional(ATTR_OPENINGS, default=1): vol.Coerce(int),
        vol.Optional(ATTR_ACCESS_LEVELS, default=list): vol.All(
            cv.ensure_list, [cv.string]
        ),
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on visitor passes."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_ISSUE_VISITOR_PASS,
        _async_issue_visitor_pass,
        ISSUE_VISITOR_PASS_SCHEMA,
        SupportsResponse.OPTIONAL,
    )


async def _async_issue_visitor_pass(call: ServiceCall) -> ServiceResponse:
    """Issue a pass and return its code and QR picture."""
    entry: HikConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    client = entry.runtime_data.client
    with told_to_owner():
        visitor_pass = await client.passes.issue(_pass_request(call.data))
        return await _pass_response(client, visitor_pass)


def _pass_request(data: dict[str, Any]) -> PassRequest:
    starts = data.get(ATTR_STARTS) or dt_util.now()
    return PassRequest(
        visitor=data[ATTR_VISITOR],
        starts=dt_util.as_local(starts),
        ends=dt_util.as_local(data[ATTR_ENDS]),
        resident_id=data.get(ATTR_RESIDENT_ID),
        openings=data[ATTR_OPENINGS],
        access_levels=tuple(data[ATTR_ACCESS_LEVELS]),
    )


async def _pass_response(client: Client, visitor_pass: VisitorPass) -> ServiceResponse:
    picture = visitor_pass.qr_png
    if picture is None and visitor_pass.qr_url is not None:
        picture = await client.fetch_media(visitor_pass.qr_url)
    return {
        "pass_id": visitor_pass.id,
        "visitor": visitor_pass.visitor,
        "starts": visitor_pass.starts.isoformat(),
        "ends": visitor_pass.ends.isoformat(),
        "code": visitor_pass.code,
        "qr_png": b64encode(picture).decode() if picture else None,
        "openings": visitor_pass.openings,
        "access_levels": list(visitor_pass.access_levels),
    }
