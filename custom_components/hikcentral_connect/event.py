"""Events: each alarm of a camera, as it comes."""

from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api.models.messages import Alarm, Phase
from .api.models.resources import Camera
from .entity import HikCameraEntity, async_add_found
from .kinds import KINDS, OTHER, kind_of
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up an alarm event for each camera."""
    async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.cameras,
        lambda camera: [HikAlarmEvent(entry, camera)],
    )


class HikAlarmEvent(HikCameraEntity, EventEntity):
    """The alarms of one camera."""

    _attr_translation_key = "alarm"

    def __init__(self, entry: HikConfigEntry, camera: Camera) -> None:
        """Represent a camera."""
        super().__init__(entry, camera, "alarm")
        self._attr_event_types = [*(kind.key for kind in KINDS), OTHER]

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for the camera's alarms."""
        await super().async_added_to_hass()
        alarms = self.entry.runtime_data.alarms
        self.async_on_remove(alarms.async_listen(self.camera_id, self._on_alarm))

    @callback
    def _on_alarm(self, alarm: Alarm, first: bool) -> None:
        """Fire once for an alarm that begins now."""
        if not first or not alarm.live or alarm.phase not in (Phase.START, Phase.PULSE):
            return
        kind = kind_of(alarm.event_type)
        self._trigger_event(
            kind.key if kind else OTHER,
            {
                "message_id": alarm.id,
                "code": alarm.event_type,
                "occurred": alarm.occurred.isoformat() if alarm.occurred else None,
                "rule": alarm.rule_name,
            },
        )
        self.async_write_ha_state()
