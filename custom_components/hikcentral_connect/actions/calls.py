"""Actions on calls from the door."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN, EventDeviceClass
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import service

from ..api import Client
from ..api.models.events import Ring
from ..api.models.intercom import CallAction
from ..api.operation import operations_of
from ..api.services.intercom import Intercom
from ..const import DOMAIN
from ..event import HikRingEvent
from ..exceptions import told_to_owner

SERVICES: Final = {
    "answer_call": CallAction.ANSWER,
    "refuse_call": CallAction.REFUSE,
    "hang_up_call": CallAction.HANG_UP,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on calls, for the ring of an intercom or its device."""
    for name, action in SERVICES.items():
        service.async_register_platform_entity_service(
            hass,
            DOMAIN,
            name,
            entity_device_classes=[EventDeviceClass.DOORBELL],
            entity_domain=EVENT_DOMAIN,
            func=_responder(action),
            schema=None,
        )


def _responder(
    action: CallAction,
) -> Callable[[HikRingEvent, ServiceCall], Coroutine[Any, Any, None]]:
    """Return the action of an entity that does `action` to its newest call."""

    async def respond(entity: HikRingEvent, _: ServiceCall) -> None:
        client = entity.entry.runtime_data.client
        with told_to_owner():
            await _check_offered(client)
            ring = _newest_call(entity)
            user_id = ring.user_id or await _first_user(client)
            await client.intercom.respond(ring.call_id, user_id, action)

    return respond


async def _check_offered(client: Client) -> None:
    """Raise `NotOffered` at once, not only when somebody has rung."""
    operations_of(Intercom)["respond"].builder(await client.dialect())


def _newest_call(entity: HikRingEvent) -> Ring:
    if entity.call is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="no_call",
            translation_placeholders={"entity": entity.entity_id},
        )
    return entity.call


async def _first_user(client: Client) -> str:
    """Return a user who may take a call that names nobody."""
    users = await client.platform.users()
    if not users:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="no_user_to_call"
        )
    return users[0].id
