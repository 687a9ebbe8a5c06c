"""Whether the user who calls an action may do so."""

from collections.abc import Iterable

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import ServiceCall
from homeassistant.exceptions import Unauthorized, UnknownUser


async def async_check_control(call: ServiceCall, entity_ids: Iterable[str]) -> None:
    """Raise unless the user may control all the entities.

    Automations and the like act for nobody and may.
    """
    if call.context.user_id is None:
        return
    user = await call.hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    for entity_id in entity_ids:
        if not user.permissions.check_entity(entity_id, POLICY_CONTROL):
            raise Unauthorized(
                context=call.context, entity_id=entity_id, permission=POLICY_CONTROL
            )


async def async_check_read(call: ServiceCall, entity_ids: Iterable[str]) -> None:
    """Raise unless the user may see all the entities; without any, all there are."""
    if call.context.user_id is None:
        return
    user = await call.hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    named = list(entity_ids)
    if not named and not user.permissions.access_all_entities(POLICY_READ):
        raise Unauthorized(context=call.context, permission=POLICY_READ)
    for entity_id in named:
        if not user.permissions.check_entity(entity_id, POLICY_READ):
            raise Unauthorized(
                context=call.context, entity_id=entity_id, permission=POLICY_READ
            )
