"""Vehicles: which there are, and where they were last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
import logging
from typing import Any, Final, Self, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import Client, DialectName
from ..api.errors import (
    HikError,
    LoginRefused,
    RateLimited,
    ServiceUnreachable,
    TokenRejected,
)
from ..api.models.events import Position
from ..api.models.vehicles import Vehicle, VehiclePosition
from ..const import CONF_DIALECT, INVENTORY_INTERVAL
from ..coordinator import HikCoordinator
from ..health.clocks import SlowCoordinator
from ..messages.hub import MessageHub, Notice
from ..options import Options

_LOGGER = logging.getLogger(__name__)

PAUSE: Final = timedelta(seconds=2)
"""Between two questions where vehicles are: a tenth of what the key may ask."""
MOVING: Final = timedelta(seconds=30)
PARKED: Final = timedelta(minutes=5)
IGNITION_INTERVAL: Final = timedelta(seconds=65)
"""The service answers once a minute (guide section 5.9.5)."""


@dataclass(frozen=True, slots=True)
class Track:
    """Where a vehicle was last: degrees, km/h, degrees from north, metres."""

    latitude: float
    longitude: float
    speed: float | None = None
    heading: int | None = None
    height: float | None = None
    time: datetime | None = None

    @classmethod
    def of_message(cls, message: Position) -> Self:
        """Return what a message tells."""
        return cls(
            message.latitude,
            message.longitude,
            message.speed,
            message.direction,
            message.height,
            message.occurred,
        )

    @classmethod
    def of_answer(cls, position: VehiclePosition) -> Self:
        """Return what the service answered."""
        return cls(
            position.latitude, position.longitude, position.speed, time=position.time
        )

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self | None:
        """Return what was stored before a restart, None if it makes no sense."""
        try:
            time = stored["time"]
            return cls(
                float(stored["latitude"]),
                float(stored["longitude"]),
                heading=stored["heading"],
                height=stored["height"],
                time=dt_util.parse_datetime(time) if time else None,
            )
        except KeyError, TypeError, ValueError:
            return None

    def as_stored(self) -> dict[str, Any]:
        """Return what is stored over a restart: everything but the speed."""
        return {
            "latitude": self.latitude,
            "longitude": self.longitude,
            "heading": self.heading,
            "height": self.height,
            "time": self.time.isoformat() if self.time else None,
        }

    def follows(self, earlier: Track | None) -> bool:
        """Tell whether this is news after an earlier one."""
        if earlier is None or earlier.time is None or self.time is None:
            return self != earlier
        return self.time > earlier.time


class VehicleCoordinator(HikCoordinator[dict[str, Vehicle]]):
    """Reads which vehicles the account has."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, client: Client) -> None:
        """Read every 15 minutes and on demand."""
        super().__init__(hass, entry, client, "vehicles", INVENTORY_INTERVAL)
        self.data = {}

    @override
    async def _read(self) -> dict[str, Vehicle]:
        return {one.id: one for one in await self.client.vehicles.vehicles()}


class Fleet:
    """The vehicles of one account and their last positions."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: Client,
        *,
        hub: MessageHub,
        options: Options,
    ) -> None:
        """Read through `client`; nothing is sent before the owner wants it."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._hub = hub
        self._options = options
        self._tracks: dict[str, Track] = {}
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._adders: list[Callable[[list[Vehicle]], None]] = []
        self._known: set[str] = set()
        self._stops: list[CALLBACK_TYPE] = []
        entry.async_on_unload(self._end)
        self.vehicles = VehicleCoordinator(hass, entry, client)
        self.locations = LocationClock(hass, entry, client, self)
        self.ignition = SlowCoordinator[dict[str, bool | None]](
            hass, entry, client, "ignition", IGNITION_INTERVAL, self._ignition
        )

    @callback
    def async_announce(self, add: Callable[[list[Vehicle]], None]) -> None:
        """Call `add` with the vehicles that appear."""
        self._adders.append(add)

    @callback
    def async_switch(self) -> None:
        """Follow the vehicles from now on, or no more, as the owner wants it."""
        if self._options.vehicles == bool(self._stops):
            return
        if self._stops:
            self._end()
        else:
            self._begin()

    @callback
    def _begin(self) -> None:
        """Read the list, and learn positions in the way of the dialect."""
        self._stops.append(self.vehicles.async_add_listener(self._on_list))
        if self._entry.data[CONF_DIALECT] == DialectName.REFERENCE:
            self._stops.append(self.locations.async_add_listener(lambda: None))
        else:
            self._stops.append(self._hub.async_listen(None, self._on_notice))
        self._entry.async_create_background_task(
            self._hass, self.vehicles.async_refresh(), "first list of the vehicles"
        )

    @callback
    def _end(self) -> None:
        while self._stops:
            self._stops.pop()()
        self.vehicles.data = {}
        self._known.clear()
        self._tracks.clear()

    @callback
    def _on_list(self) -> None:
        listed = self.vehicles.data
        new = [one for key, one in listed.items() if key not in self._known]
        self._known.update(listed)
        for add in self._adders if new else ():
            add(new)

    @callback
    def async_listen(
        self, vehicle_id: str, listener: Callable[[], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` when a vehicle was located; return what stops it."""
        listeners = self._listeners.setdefault(vehicle_id, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    def track(self, vehicle_id: str) -> Track | None:
        """Return where a vehicle was last; None if nobody knows."""
        return self._tracks.get(vehicle_id)

    @callback
    def async_locate(self, vehicle_id: str, track: Track) -> None:
        """Take over where a vehicle is, if that is news."""
        if not track.follows(self._tracks.get(vehicle_id)):
            return
        self._tracks[vehicle_id] = track
        for listener in tuple(self._listeners.get(vehicle_id, ())):
            listener()

    @callback
    def _on_notice(self, notice: Notice) -> None:
        message = notice.message
        if not isinstance(message, Position) or not notice.first or notice.late:
            return
        if vehicle := self._vehicle_of(message):
            self.async_locate(vehicle.id, Track.of_message(message))

    def _vehicle_of(self, message: Position) -> Vehicle | None:
        """Return the vehicle of a message, which may name its device only."""
        if vehicle := self.vehicles.data.get(message.vehicle_id or ""):
            return vehicle
        for told in (message.device_id, message.device_serial, message.device_name):
            for vehicle in self.vehicles.data.values() if told else ():
                if told in self._names_of_device(vehicle):
                    return vehicle
        return None

    def _names_of_device(self, vehicle: Vehicle) -> set[str | None]:
        inventory = self._entry.runtime_data.inventory.data
        device = inventory.device_named(vehicle.device_id, vehicle.device_serial)
        names = {vehicle.device_id, vehicle.device_serial}
        return names | {device.name} if device else names

    async def _ignition(self) -> dict[str, bool | None]:
        """Ask for all vehicles at once."""
        if not (ids := tuple(sorted(self.vehicles.data))):
            return {}
        return {one.id: one.on for one in await self._client.vehicles.ignition(ids)}


class LocationClock(HikCoordinator[None]):
    """Asks where vehicles are, one at a time: those that move more often."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, client: Client, fleet: Fleet
    ) -> None:
        """Tell `fleet` where its vehicles are."""
        super().__init__(hass, entry, client, "locations", PAUSE)
        self._fleet = fleet
        self._due: dict[str, datetime] = {}

    @override
    async def _read(self) -> None:
        self.update_interval = MOVING
        now = dt_util.utcnow()
        vehicles = self._fleet.vehicles.data.values()
        self._due = {
            one.id: self._due.get(one.id, now) for one in vehicles if one.device_id
        }
        vehicle_id = min(self._due, key=lambda one: self._due[one], default=None)
        if vehicle_id is None:
            return
        if self._due[vehicle_id] <= now:
            moves = await self._locate(vehicle_id)
            self._due[vehicle_id] = now + (MOVING if moves else PARKED)
        wait = min(self._due.values()) - dt_util.utcnow()
        self.update_interval = min(max(wait, PAUSE), MOVING)

    async def _locate(self, vehicle_id: str) -> bool:
        """Ask where one vehicle is; tell whether it moves."""
        before = self._fleet.track(vehicle_id)
        try:
            position = await self.client.vehicles.location(vehicle_id)
        except LoginRefused, TokenRejected, RateLimited, ServiceUnreachable:
            raise
        except HikError as err:
            _LOGGER.debug("A vehicle does not tell where it is: %s", err)
            return False
        track = Track.of_answer(position)
        self._fleet.async_locate(vehicle_id, track)
        if track.speed:
            return True
        place = (track.latitude, track.longitude)
        return before is not None and place != (before.latitude, before.longitude)
