"""Actions on doors."""

import asyncio
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CODE
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.entity_platform import async_get_platforms

from ..api.models.doors import DoorAction
from ..const import DOMAIN
from ..entity import HikDoorEntity
from .rights import async_check_control

SERVICE_CONTROL_DOOR: Final = "control_door"
ATTR_COMMAND: Final = "command"

CONTROL_DOOR_SCHEMA: Final = vol.Schema(
    {
        **cv.ENTITY_SERVICE_FIELDS,
        vol.Required(ATTR_COMMAND): vol.Coerce(DoorAction),
        vol.Optional(ATTR_CODE): cv.string,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on doors."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_CONTROL_DOOR,
        _async_control_door,
        CONTROL_DOOR_SCHEMA,
        SupportsResponse.OPTIONAL,
    )


async def _async_control_door(call: ServiceCall) -> ServiceResponse:
    """Send one command to each door, whatever number of its entities are named.

    All doors are checked before the first command is sent.
    """
    action: DoorAction = call.data[ATTR_COMMAND]
    doors = await _targeted_doors(call)
    for door in doors:
        door.doors.check_allowed(door.door_id, action, call.data.get(ATTR_CODE))
    outcomes = await asyncio.gather(
        *(
            door.doors.async_command(door.door_id, action, call.context)
            for door in doors
        ),
        return_exceptions=True,
    )
    failures = {
        door: outcome
        for door, outcome in zip(doors, outcomes, strict=True)
        if isinstance(outcome, BaseException)
    }
    if failures:
        raise _failure_of(failures, len(doors))
    return {"doors": [_response(door) for door in doors]}


async def _targeted_doors(call: ServiceCall) -> list[HikDoorEntity]:
    """Return one entity of each door that the call names."""
    named = await service.async_extract_entity_ids(call)
    entities = [
        entity
        for platform in async_get_platforms(call.hass, DOMAIN)
        for entity in platform.entities.values()
        if isinstance(entity, HikDoorEntity) and entity.entity_id in named
    ]
    if not entities:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="no_door_named"
        )
    await async_check_control(call, (entity.entity_id for entity in entities))
    return list({entity.door_key: entity for entity in entities}.values())


def _failure_of(
    failures: dict[HikDoorEntity, BaseException], asked: int
) -> BaseException:
    """Return the one failure, or one that tells which doors failed and why."""
    for failure in failures.values():
        if asked == 1 or not isinstance(failure, HomeAssistantError):
            return failure
    told = "; ".join(f"{door.door_name}: {err}" for door, err in failures.items())
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="doors_failed",
        translation_placeholders={
            "failed": str(len(failures)),
            "asked": str(asked),
            "doors": told,
        },
    )


def _response(door: HikDoorEntity) -> dict[str, Any]:
    state = door.doors.state(door.door_id)
    return {
        "door_id": door.door_id,
        "name": door.door_name,
        "locked": state.locked,
        "hold": state.hold.value,
    }
