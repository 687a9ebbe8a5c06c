"""Binary sensors: alarms that go on and off, and what is online."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, override

from homeassistant.components.binary_sensor import (
    DOMAIN as BINARY_SENSOR_DOMAIN,
    BinarySensorDeviceClass,
    BinarySensorEntity,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .adding import async_add, async_add_found
from .api.models.events import Ring, RingState
from .api.models.messages import Alarm, Phase
from .api.models.resources import Camera, Device
from .coordinator import Status
from .devices import entity_id_of
from .doors.bells import HikBellEntity, async_add_bells
from .entity import HikCameraEntity, HikEntity
from .health.device_sensors import async_add_recording_problems
from .inventory import Inventory
from .messages.hub import Notice
from .messages.kinds import KINDS, AlarmKind, kind_of
from .runtime import HikConfigEntry
from .timed import TimedBinarySensor
from .vehicles.sensors import async_add_ignitions
from .wiring.input_sensors import async_add_inputs

PARALLEL_UPDATES = 0

RING_SECONDS: Final = 60
"""After this a call is over, also when nobody said so."""

CONNECTIVITY_KEY: Final = "connectivity"

_BEGINS = (Phase.START, Phase.PULSE)
_SENSOR_KINDS: Final = tuple(kind for kind in KINDS if kind.sensor)
_MOTION: Final = next(kind for kind in KINDS if kind.key == "motion")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up alarms that can come or came once, and connectivity."""
    await async_add_bells(
        hass, entry, async_add_entities, lambda device: HikRinging(entry, device)
    )
    alarms = _AlarmSensors(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    entry.async_on_unload(runtime.hub.async_listen(None, alarms.async_on_notice))
    await async_add_found(
        entry, async_add_entities, lambda inventory: inventory.cameras, alarms.expected
    )
    await async_add_found(
        entry,
        async_add_entities,
        lambda inventory: inventory.devices,
        lambda device: [HikConnectivity(entry, device, lambda status: status.devices)],
    )
    await async_add_found(
        entry,
        async_add_entities,
        partial(_cameras_that_tell, hass, entry),
        lambda camera: [HikConnectivity(entry, camera, lambda status: status.cameras)],
        runtime.status,
    )
    async_add_inputs(entry, async_add_entities)
    await async_add_recording_problems(entry, async_add_entities)
    async_add_ignitions(entry, async_add_entities)


def _cameras_that_tell(
    hass: HomeAssistant, entry: HikConfigEntry, inventory: Inventory
) -> dict[str, Camera]:
    """Return the cameras of which the service says whether they are online.

    Of many only those that are offline, or once were.
    """
    online = entry.runtime_data.status.data.cameras
    few = not inventory.has_many_cameras
    return {
        camera.id: camera
        for camera in inventory.cameras.values()
        if (few and camera.online is not None)
        or online.get(camera.id) is False
        or entity_id_of(hass, entry, BINARY_SENSOR_DOMAIN, camera, CONNECTIVITY_KEY)
    }


class _AlarmSensors:
    """Makes the sensor of a camera and kind of alarm when it is first needed."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HikConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        self._hass = hass
        self._entry = entry
        self._add = async_add_entities
        self._made: set[tuple[str, str]] = set()

    def expected(self, camera: Camera) -> Iterable[Entity]:
        """Return the sensors of what a camera can detect or once reported."""
        for kind in _SENSOR_KINDS:
            if (camera.id, kind.key) in self._made:
                continue
            if self._can_come(camera, kind) or self._was_there(camera, kind):
                yield self._make(camera, kind)

    @callback
    def async_on_notice(self, notice: Notice) -> None:
        """Make the sensor of a kind that a camera reports for the first time."""
        alarm = notice.message
        if not isinstance(alarm, Alarm) or notice.late:
            return
        camera = self._entry.runtime_data.inventory.data.camera_of(alarm)
        kind = kind_of(alarm.event_type)
        if camera is None or kind is None or kind.sensor is None:
            return
        if (camera.id, kind.key) not in self._made:
            sensor = self._make(camera, kind)
            sensor.begin_with(alarm)
            async_add(self._entry, self._add, [sensor])

    def _can_come(self, camera: Camera, kind: AlarmKind) -> bool:
        """Tell whether a camera can detect a kind; of many cameras none has to.

        One that does not tell its abilities can at least see motion.
        """
        if self._entry.runtime_data.inventory.data.has_many_cameras:
            return False
        if not camera.abilities:
            return kind is _MOTION
        return kind.ability in camera.abilities

    def _was_there(self, camera: Camera, kind: AlarmKind) -> bool:
        there = (self._hass, self._entry, BINARY_SENSOR_DOMAIN, camera, kind.key)
        return entity_id_of(*there) is not None

    def _make(self, camera: Camera, kind: AlarmKind) -> HikAlarmSensor:
        self._made.add((camera.id, kind.key))
        return HikAlarmSensor(self._entry, camera, kind)


class HikAlarmSensor(HikCameraEntity, TimedBinarySensor):
    """One kind of alarm of one camera."""

    _attr_is_on = False

    def __init__(self, entry: HikConfigEntry, camera: Camera, kind: AlarmKind) -> None:
        """Go off by itself after the owner's time where no end is reported."""
        super().__init__(entry, camera, kind.key)
        self._kind = kind
        self._attr_translation_key = kind.key
        self._attr_device_class = kind.sensor
        if kind.diagnostic:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC
        self._first: Alarm | None = None
        self._shown: str | None = None

    def begin_with(self, alarm: Alarm) -> None:
        """Show the alarm that made this sensor."""
        self._first = alarm

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for the camera's alarms."""
        await super().async_added_to_hass()
        runtime = self.entry.runtime_data
        topic = f"camera:{self.camera_id}:{self._kind.key}"
        self.async_on_remove(runtime.hub.async_listen(topic, self._on_notice))
        self.async_on_remove(runtime.alarms.async_follow_trust(self._on_change))
        if self._first is not None:
            self._apply(self._first)

    @property
    @override
    def available(self) -> bool:
        """Return whether the state can be trusted."""
        return super().available and self.entry.runtime_data.alarms.trusted

    @callback
    def _on_notice(self, notice: Notice) -> None:
        alarm = notice.message
        if not isinstance(alarm, Alarm) or not notice.first:
            return
        # The end of what is shown counts however late it comes.
        ends = alarm.phase is Phase.END and alarm.id == self._shown
        if notice.late and not ends:
            return
        before = self._attr_is_on
        if self._apply(alarm) and self._attr_is_on is not before:
            self.async_write_ha_state()

    def _apply(self, alarm: Alarm) -> bool:
        """Take over what an alarm says; tell whether it says anything."""
        if alarm.phase not in (*_BEGINS, Phase.END):
            return False
        begins = alarm.phase in _BEGINS
        hold = None
        if alarm.phase is Phase.PULSE:
            hold = self.entry.runtime_data.options.alarm_hold_seconds
        self.show(begins, hold)
        self._shown = alarm.id if begins else None
        return True


class HikRinging(HikBellEntity, TimedBinarySensor):
    """Whether somebody is ringing now."""

    _attr_translation_key = "ringing"
    _attr_is_on = False

    def __init__(self, entry: HikConfigEntry, device: Device) -> None:
        """Represent an intercom."""
        super().__init__(entry, device, "ringing")
        self._topic = f"device:{device.id}"

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for rings."""
        await super().async_added_to_hass()
        hub = self.entry.runtime_data.hub
        self.async_on_remove(hub.async_listen(self._topic, self.on_notice))

    @override
    @callback
    def on_notice(self, notice: Notice) -> None:
        """Ring until the call is taken or over."""
        ring = notice.message
        if not isinstance(ring, Ring) or not notice.first or notice.late:
            return
        self.show(ring.state is RingState.RINGING, RING_SECONDS)
        self.async_write_ha_state()


class HikConnectivity(HikEntity, BinarySensorEntity):
    """Whether a device or camera is connected to the service."""

    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(
        self,
        entry: HikConfigEntry,
        thing: Device | Camera,
        online: Callable[[Status], dict[str, bool]],
    ) -> None:
        """Follow what the status says of it; `online` is where it stands."""
        super().__init__(entry, thing, CONNECTIVITY_KEY)
        self._thing_id = thing.id
        self._online = online
        self._status = entry.runtime_data.status
        self._shown: tuple[bool, bool | None] | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the status clock."""
        await super().async_added_to_hass()
        self._shown = self.available, self.is_on
        self.async_on_remove(self._status.async_add_listener(self._on_status))

    @callback
    def _on_status(self) -> None:
        """Write only what changed: of a thousand mostly one did."""
        shown = self.available, self.is_on
        if shown != self._shown:
            self._shown = shown
            self.async_write_ha_state()

    @property
    @override
    def available(self) -> bool:
        """Return whether the service tells anything of it."""
        online = self._online(self._status.data)
        return self._status.last_update_success and self._thing_id in online

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is online."""
        return self._online(self._status.data).get(self._thing_id)
