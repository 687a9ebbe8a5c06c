"""Events: alarms of cameras, accesses at doors, rings; each as it comes."""

from typing import Any, Final, override

from homeassistant.components.event import (
    DoorbellEventType,
    EventDeviceClass,
    EventEntity,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add_doors, async_add_found
from .api.models.events import AccessEvent, Ring, RingState
from .api.models.messages import Alarm
from .api.models.resources import Camera, Device, Door
from .doors.bells import RING_KEY, HikBellEntity, async_add_bells
from .entity import HikCameraEntity, HikEntity
from .messages.hub import Notice
from .messages.kinds import KINDS, OTHER
from .runtime import HikConfigEntry

PARALLEL_UPDATES = 0

_TOLD: Final = ("message_id", "code", "occurred")
"""What each event tells of its message."""
_ALARM_TYPES: Final = [*(kind.key for kind in KINDS), OTHER]


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up an event for each camera, door and intercom."""
    await async_add_bells(
        hass, entry, async_add_entities, lambda device: HikRingEvent(entry, device)
    )
    await async_add_doors(
        hass,
        entry,
        async_add_entities,
        lambda door: HikAccessEvent(entry, door),
        "access",
    )
    await async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.cameras,
        lambda camera: [HikAlarmEvent(entry, camera)],
    )


class HikEvent(HikEntity, EventEntity):
    """An event that follows one topic of the hub."""

    topic: str

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to what concerns this entity."""
        await super().async_added_to_hass()
        hub = self.entry.runtime_data.hub
        self.async_on_remove(hub.async_listen(self.topic, self.on_notice))

    @callback
    def on_notice(self, notice: Notice) -> None:
        """Fire if something begins."""
        if notice.begins and (fired := self.event_of(notice)) is not None:
            self._trigger_event(*fired)
            self.async_write_ha_state()

    def event_of(self, notice: Notice) -> tuple[str, dict[str, Any]] | None:
        """Return the type and attributes to fire, or None for other messages."""
        raise NotImplementedError

    @staticmethod
    def _attributes(notice: Notice) -> dict[str, Any]:
        return {key: notice.data[key] for key in _TOLD}


class HikAlarmEvent(HikCameraEntity, HikEvent):
    """The alarms of one camera."""

    _attr_translation_key = "alarm"
    _attr_event_types = _ALARM_TYPES

    def __init__(self, entry: HikConfigEntry, camera: Camera) -> None:
        """Represent a camera."""
        super().__init__(entry, camera, "alarm")
        self.topic = f"camera:{camera.id}"

    @override
    def event_of(self, notice: Notice) -> tuple[str, dict[str, Any]] | None:
        """Fire for every alarm, known or not."""
        if not isinstance(notice.message, Alarm):
            return None
        data = notice.data
        return data["type"], {**self._attributes(notice), "rule": data["rule"]}


class HikAccessEvent(HikEvent):
    """Who was let in at one door, and who was not."""

    _attr_translation_key = "access"

    def __init__(self, entry: HikConfigEntry, door: Door) -> None:
        """Represent a door."""
        super().__init__(entry, door, "access")
        self.topic = f"door:{door.id}"
        self._attr_event_types = ["granted", "denied"]

    @override
    def event_of(self, notice: Notice) -> tuple[str, dict[str, Any]] | None:
        """Fire for what is certain to be one or the other."""
        message = notice.message
        if not isinstance(message, AccessEvent) or message.granted is None:
            return None
        people = self.entry.runtime_data.people
        details = {
            "method": message.method.value,
            "direction": message.direction.value,
            "duress": message.duress,
            "person_id": message.person_id,
            "person": people.name_in(message),
            "access_levels": people.levels_of(message.door_id),
        }
        return notice.data["type"], self._attributes(notice) | details


class HikRingEvent(HikBellEntity, HikEvent):
    """Somebody rings."""

    _attr_translation_key = "ring"
    _attr_device_class = EventDeviceClass.DOORBELL

    def __init__(self, entry: HikConfigEntry, device: Device) -> None:
        """Represent an intercom."""
        super().__init__(entry, device, RING_KEY)
        self.topic = f"device:{device.id}"
        self._attr_event_types = [DoorbellEventType.RING]
        self.call: Ring | None = None
        """The newest call, as its ring told it."""

    @override
    @callback
    def on_notice(self, notice: Notice) -> None:
        """Remember the call, so that it can be answered."""
        ring = notice.message
        if isinstance(ring, Ring) and ring.state is RingState.RINGING:
            self.call = ring
        HikEvent.on_notice(self, notice)

    @override
    def event_of(self, notice: Notice) -> tuple[str, dict[str, Any]] | None:
        """Fire when it begins to ring."""
        message = notice.message
        if not isinstance(message, Ring) or message.state is not RingState.RINGING:
            return None
        details = {"call_id": message.call_id, "room": message.room}
        return DoorbellEventType.RING, self._attributes(notice) | details
