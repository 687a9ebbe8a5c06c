"""Actions on visitor passes."""

from base64 import b64encode
from collections.abc import Mapping
import logging
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, Platform
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.translation import async_get_exception_message
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util

from ..api.errors import NotFound
from ..api.models.passes import PassRequest, VisitorPass
from ..calendar import PASSES_KEY
from ..const import DOMAIN
from ..devices import entity_id_of
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry
from .common import entry_of, future, is_teams
from .rights import async_check_control

_LOGGER = logging.getLogger(__name__)

SERVICE_ISSUE_VISITOR_PASS: Final = "issue_visitor_pass"
SERVICE_LIST_VISITOR_PASSES: Final = "list_visitor_passes"
SERVICE_UPDATE_VISITOR_PASS: Final = "update_visitor_pass"
SERVICE_REVOKE_VISITOR_PASS: Final = "revoke_visitor_pass"

ATTR_PASS_ID: Final = "pass_id"
ATTR_VISITOR: Final = "visitor"
ATTR_STARTS: Final = "starts"
ATTR_ENDS: Final = "ends"
ATTR_RESIDENT_ID: Final = "resident_id"
ATTR_OPENINGS: Final = "openings"
ATTR_ACCESS_LEVELS: Final = "access_levels"

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_IDS: Final = vol.All(cv.ensure_list, [cv.string])

LIST_SCHEMA: Final = vol.Schema(_ACCOUNT)
REVOKE_SCHEMA: Final = vol.Schema({**_ACCOUNT, vol.Required(ATTR_PASS_ID): cv.string})
ISSUE_SCHEMA: Final = vol.Schema(
    {
        **_ACCOUNT,
        vol.Required(ATTR_VISITOR): cv.string,
        vol.Optional(ATTR_STARTS): cv.datetime,
        vol.Required(ATTR_ENDS): cv.datetime,
        vol.Optional(ATTR_RESIDENT_ID): cv.string,
        vol.Optional(ATTR_OPENINGS, default=1): vol.Coerce(int),
        vol.Optional(ATTR_ACCESS_LEVELS, default=list): _IDS,
    }
)
UPDATE_SCHEMA: Final = vol.Schema(
    {
        **_ACCOUNT,
        vol.Required(ATTR_PASS_ID): cv.string,
        vol.Optional(ATTR_VISITOR): cv.string,
        vol.Optional(ATTR_STARTS): cv.datetime,
        vol.Optional(ATTR_ENDS): cv.datetime,
        vol.Optional(ATTR_OPENINGS): vol.Coerce(int),
        vol.Optional(ATTR_ACCESS_LEVELS): _IDS,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on visitor passes."""
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    for name, function, schema, response in (
        (SERVICE_ISSUE_VISITOR_PASS, _async_issue, ISSUE_SCHEMA, optional),
        (SERVICE_LIST_VISITOR_PASSES, _async_list, LIST_SCHEMA, only),
        (SERVICE_UPDATE_VISITOR_PASS, _async_update, UPDATE_SCHEMA, optional),
        (SERVICE_REVOKE_VISITOR_PASS, _async_revoke, REVOKE_SCHEMA, optional),
    ):
        hass.services.async_register(DOMAIN, name, function, schema, response)


async def _async_issue(call: ServiceCall) -> ServiceResponse:
    """Issue a pass and return its code and QR picture."""
    entry = await _entry_of(call)
    with told_to_owner():
        request = _request(call.data)
        try:
            made, opens = await entry.runtime_data.passes.async_issue(request)
        except NotFound as err:
            if is_teams(entry):
                raise
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="resident_unknown",
                translation_placeholders={"resident": request.resident_id or ""},
            ) from err
    return {
        **_response(made),
        "qr_png": b64encode(made.qr_png).decode() if made.qr_png else None,
        "access_levels": list(made.access_levels),
        "warnings": _warnings(opens),
    }


async def _async_list(call: ServiceCall) -> ServiceResponse:
    """Return all passes, the newest state of them."""
    entry = await _entry_of(call)
    book = entry.runtime_data.passes
    with told_to_owner():
        passes = await book.async_read_now()
    return {"passes": [_response(one) for one in passes]}


async def _async_update(call: ServiceCall) -> ServiceResponse:
    """Change what is given of a pass; the rest stays."""
    entry = await _entry_of(call)
    changes = {
        key: value
        for key, value in call.data.items()
        if key not in (ATTR_CONFIG_ENTRY_ID, ATTR_PASS_ID)
    }
    with told_to_owner():
        if ATTR_STARTS in changes:
            changes[ATTR_STARTS] = dt_util.as_local(changes[ATTR_STARTS])
        if ATTR_ENDS in changes:
            changes[ATTR_ENDS] = future(ATTR_ENDS, changes[ATTR_ENDS])
        if ATTR_ACCESS_LEVELS in changes:
            changes[ATTR_ACCESS_LEVELS] = tuple(changes[ATTR_ACCESS_LEVELS])
        changed, opens = await entry.runtime_data.passes.async_update(
            call.data[ATTR_PASS_ID], changes
        )
    return {**_response(changed), "warnings": _warnings(opens)}


async def _async_revoke(call: ServiceCall) -> ServiceResponse:
    """Let a pass open nothing any more."""
    entry = await _entry_of(call)
    with told_to_owner():
        await entry.runtime_data.passes.async_revoke(call.data[ATTR_PASS_ID])
    return {"revoked": call.data[ATTR_PASS_ID]}


async def _entry_of(call: ServiceCall) -> HikConfigEntry:
    """Return the account, if the caller may control its passes.

    A pass opens doors, so somebody who may only look must not get one.
    """
    entry = entry_of(call)
    calendar = entity_id_of(call.hass, entry, Platform.CALENDAR, None, PASSES_KEY)
    await async_check_control(call, [calendar or f"{Platform.CALENDAR}.unknown"])
    return entry


def _request(data: Mapping[str, Any]) -> PassRequest:
    return PassRequest(
        visitor=data[ATTR_VISITOR],
        starts=dt_util.as_local(data.get(ATTR_STARTS) or dt_util.now()),
        ends=future(ATTR_ENDS, data[ATTR_ENDS]),
        resident_id=data.get(ATTR_RESIDENT_ID),
        openings=data[ATTR_OPENINGS],
        access_levels=tuple(data[ATTR_ACCESS_LEVELS]),
    )


def _warnings(opens: bool) -> list[str]:
    if opens:
        return []
    text = async_get_exception_message(DOMAIN, "pass_opens_nothing")
    _LOGGER.warning("A visitor pass opens no door: it has no access level")
    return [text]


def _response(one: VisitorPass) -> dict[str, Any]:
    now = dt_util.utcnow()
    state = "upcoming" if now < one.starts else "valid" if now < one.ends else "over"
    return {
        "pass_id": one.id,
        "visitor": one.visitor,
        "starts": dt_util.as_local(one.starts).isoformat(),
        "ends": dt_util.as_local(one.ends).isoformat(),
        "state": state,
        "code": one.code,
        "openings": one.openings,
    }
