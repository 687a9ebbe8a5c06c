"""Device trackers: where vehicles are."""

from typing import Any, override

from homeassistant.components.device_tracker import TrackerEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity

from .api.models.vehicles import Vehicle
from .runtime import HikConfigEntry
from .vehicles.entity import HikVehicleEntity, async_add_vehicles
from .vehicles.fleet import Fleet, Track

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a tracker for each vehicle."""
    async_add_vehicles(
        entry,
        async_add_entities,
        lambda fleet, vehicle: [HikVehicleTracker(entry, fleet, vehicle)],
    )


class _StoredTrack(ExtraStoredData):
    """The last position, kept over restarts."""

    def __init__(self, track: Track) -> None:
        self._track = track

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return the position."""
        return self._track.as_stored()


class HikVehicleTracker(HikVehicleEntity, TrackerEntity, RestoreEntity):
    """Where a vehicle was last."""

    _attr_name = None
    _attr_translation_key = "vehicle"
    _unrecorded_attributes = frozenset({"position_time", "heading", "height"})

    def __init__(self, entry: HikConfigEntry, fleet: Fleet, vehicle: Vehicle) -> None:
        """Represent a vehicle."""
        super().__init__(entry, fleet, vehicle, "tracker")

    @override
    async def async_added_to_hass(self) -> None:
        """Show the position from before the restart until there is a new one."""
        await super().async_added_to_hass()
        if self.track is not None:
            return
        stored = await self.async_get_last_extra_data()
        if stored and (track := Track.from_stored(stored.as_dict())):
            self.fleet.async_locate(self.vehicle_id, track)

    @property
    @override
    def entity_category(self) -> EntityCategory | None:
        """Return none: triggers that name an area leave out what has a category."""
        return None

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData | None:
        """Return what is kept over a restart."""
        return _StoredTrack(self.track) if self.track else None

    @property
    @override
    def latitude(self) -> float | None:
        """Return the latitude in degrees."""
        return self.track.latitude if self.track else None

    @property
    @override
    def longitude(self) -> float | None:
        """Return the longitude in degrees."""
        return self.track.longitude if self.track else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return when the vehicle was there and where it headed."""
        if (track := self.track) is None:
            return {}
        return {
            "position_time": track.time.isoformat() if track.time else None,
            "heading": track.heading,
            "height": track.height,
        }
