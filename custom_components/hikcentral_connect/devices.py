"""The account, its boxes, channels and doors in the device registry."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.device_registry import DeviceEntry, DeviceEntryType
from homeassistant.helpers.typing import UNDEFINED, UndefinedType

from .api.models.resources import Camera, Device, Door
from .api.models.vehicles import Vehicle
from .const import CONF_AREA, CONF_DOOR_ID, DOMAIN, MANUFACTURER, SUBENTRY_DOOR
from .inventory import Inventory
from .runtime import HikConfigEntry
from .turns import async_take_turns

type Thing = Device | Camera | Door | Vehicle


def identifier(entry: HikConfigEntry, thing: Thing | None) -> str:
    """Return the identifier of a thing, or of the account itself for None."""
    account = entry.unique_id or entry.entry_id
    if thing is None:
        return account
    return f"{account}_{type(thing).__name__.lower()}_{thing.id}"


def unique_id(entry: HikConfigEntry, thing: Thing | None, key: str) -> str:
    """Return the unique id of an entity; `key` tells those of a thing apart."""
    return f"{identifier(entry, thing)}_{key}"


def device_of(entry: HikConfigEntry, thing: Thing | None) -> DeviceEntry | None:
    """Return the device of a thing as it is registered, of the account for None.

    Entities are given it as it is: one that is described to core is looked for and
    compared again with each of thousands of entities.
    """
    registry = dr.async_get(entry.runtime_data.inventory.hass)
    name = DOMAIN, identifier(entry, thing)
    return registry.async_get_device_by_identifier(name, entry.entry_id)


def entity_id_of(
    hass: HomeAssistant,
    entry: HikConfigEntry,
    domain: str,
    thing: Thing | None,
    key: str,
) -> str | None:
    """Return the id of an entity, None if there never was one."""
    registry = er.async_get(hass)
    return registry.async_get_entity_id(domain, DOMAIN, unique_id(entry, thing, key))


def doors_by_subentry(hass: HomeAssistant, entry: HikConfigEntry) -> dict[str, Door]:
    """Return the doors that the owner declared, by the id of their subentry."""
    areas = ar.async_get(hass)
    doors: dict[str, Door] = {}
    for subentry_id, subentry in entry.subentries.items():
        if subentry.subentry_type != SUBENTRY_DOOR:
            continue
        area = areas.async_get_area(subentry.data.get(CONF_AREA, ""))
        doors[subentry_id] = Door(
            id=subentry.data[CONF_DOOR_ID],
            name=subentry.title,
            device_id=None,
            device_serial=None,
            area_id=None,
            area_name=area.name if area else None,
            online=None,
        )
    return doors


def has_to_open(entry: HikConfigEntry) -> bool:
    """Tell whether the account has a door, a barrier or a relay that is in use."""
    runtime = entry.runtime_data
    return bool(
        entry.subentries
        or runtime.inventory.data.doors
        or runtime.options.barriers
        or runtime.outputs.in_use
    )


def attendance_identifier(entry: HikConfigEntry, group: str) -> str:
    """Return the identifier of the attendance of a group."""
    return f"{identifier(entry, None)}_attendance_{group}"


def things_of(entry: HikConfigEntry) -> list[Thing]:
    """Return everything that the service lists now."""
    runtime = entry.runtime_data
    inventory = runtime.inventory.data
    vehicles = runtime.fleet.vehicles.data
    return [
        *inventory.devices.values(),
        *inventory.cameras.values(),
        *inventory.doors.values(),
        *vehicles.values(),
    ]


def identifiers_of(entry: HikConfigEntry) -> set[str]:
    """Return the identifiers of all devices that belong to the account now."""
    groups = entry.runtime_data.attendance.groups
    return {
        identifier(entry, None),
        *(identifier(entry, thing) for thing in things_of(entry)),
        *(attendance_identifier(entry, group) for group in groups),
    }


@callback
def async_remove_switched_off(hass: HomeAssistant, entry: HikConfigEntry) -> None:
    """Remove the devices of what the owner has switched off."""
    kept = identifiers_of(entry)
    off = [attendance_identifier(entry, "")]
    if not entry.runtime_data.options.vehicles:
        off.append(f"{identifier(entry, None)}_vehicle_")
    registry = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(registry, entry.entry_id):
        names = [name for domain, name in device.identifiers if domain == DOMAIN]
        if any(name.startswith(tuple(off)) and name not in kept for name in names):
            registry.async_remove_device(device.id)


@callback
def async_forget(hass: HomeAssistant, entry: HikConfigEntry, device_id: str) -> None:
    """Remove a device and what hangs on it from the device registry."""
    registry = dr.async_get(hass)
    for one in dr.async_entries_for_config_entry(registry, entry.entry_id):
        if one.via_device_id == device_id:
            registry.async_remove_device(one.id)
    registry.async_remove_device(device_id)


class DeviceRegistrar:
    """Keeps the device registry in step with the inventory."""

    def __init__(self, hass: HomeAssistant, entry: HikConfigEntry) -> None:
        """Register the devices of `entry`."""
        self._hass = hass
        self._registry = dr.async_get(hass)
        self._entry = entry
        self._known: dict[str, Device | Camera | Door] = {}

    @callback
    def async_register_account(self) -> None:
        """Register the account, on which all other devices hang."""
        entry = self._entry
        self._registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, identifier(entry, None))},
            entry_type=DeviceEntryType.SERVICE,
            manufacturer=MANUFACTURER,
            model="HikCentral Connect",
            name=entry.title,
        )

    async def async_register_first(self, inventory: Inventory) -> None:
        """Register a whole account; others have their turn meanwhile."""
        for _ in self._registered(inventory):
            await async_take_turns(self._hass)

    @callback
    def async_register(self, inventory: Inventory) -> None:
        """Register what is new or changed since."""
        for _ in self._registered(inventory):
            pass

    def _registered(self, inventory: Inventory) -> Iterator[None]:
        """Register one after the other; parents come before children."""
        account = self._device_id(None)
        for device in inventory.devices.values():
            if self._is_news(device):
                self._register_device(device, account)
                yield
        children: list[Camera | Door] = [
            *inventory.cameras.values(),
            *inventory.doors.values(),
        ]
        for child in children:
            if self._is_news(child):
                parent = self._device_id(inventory.device_of(child))
                self._register_child(child, parent)
                yield
        for subentry_id, door in doors_by_subentry(self._hass, self._entry).items():
            self._register_child(door, account, subentry_id)
            yield

    def _is_news(self, thing: Device | Camera | Door) -> bool:
        key = identifier(self._entry, thing)
        if self._known.get(key) == thing:
            return False
        self._known[key] = thing
        return True

    def _device_id(self, thing: Device | None) -> str | UndefinedType:
        device = device_of(self._entry, thing)
        return device.id if device else UNDEFINED

    def _register_device(self, device: Device, account: str | UndefinedType) -> None:
        self._registry.async_get_or_create(
            config_entry_id=self._entry.entry_id,
            identifiers={(DOMAIN, identifier(self._entry, device))},
            manufacturer=MANUFACTURER,
            model=device.model,
            name=device.name,
            serial_number=device.serial,
            sw_version=device.firmware,
            via_device_id=account,
        )

    def _register_child(
        self,
        child: Camera | Door,
        parent: str | UndefinedType,
        subentry_id: str | None = None,
    ) -> None:
        self._registry.async_get_or_create(
            config_entry_id=self._entry.entry_id,
            config_subentry_id=subentry_id,
            identifiers={(DOMAIN, identifier(self._entry, child))},
            manufacturer=MANUFACTURER,
            # A door often has the name of the camera that looks at it.
            model=type(child).__name__,
            name=child.name,
            suggested_area=child.area_name or UNDEFINED,
            via_device_id=parent,
        )
