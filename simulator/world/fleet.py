"""Vehicles that drive rounds, and who drives them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from .places import Area, Device
from .routes import Fix, Route, round_trip

if TYPE_CHECKING:
    from . import World

APPLYING_TIME = timedelta(seconds=1)


class Ignition(IntEnum):
    """Whether the engine is on (guide 5.9.5)."""

    UNKNOWN = -1
    OFF = 0
    ON = 1


@dataclass(slots=True, kw_only=True)
class Vehicle:
    """A vehicle; only one with a device that is online tells where it is.

    ``kind`` is 0 other, 1 car, 2 truck, 3 bus; ``speed_limit`` is in km/h. ``area``
    holds it, None being the root; the vehicle's own area has the vehicle's id.
    """

    id: str
    plate: str
    name: str
    area: Area | None
    route: Route
    device: Device | None = None
    kind: int = 0
    driver_first_name: str = ""
    driver_last_name: str = ""
    driver_phone: str = ""
    picture_key: str = ""
    note: str = ""
    speed_limit: float = 80.0

    @property
    def online(self) -> bool:
        """Return whether its device is reachable."""
        return self.device is not None and self.device.online

    def fix(self, at: datetime) -> Fix | None:
        """Return where it is, None if it cannot tell."""
        return self.route.at(at) if self.online else None

    def ignition(self, at: datetime) -> Ignition:
        """Return whether the engine runs."""
        if not (fix := self.fix(at)):
            return Ignition.UNKNOWN
        return Ignition.ON if fix.speed else Ignition.OFF


@dataclass(slots=True)
class DriverGroup:
    """A group of drivers, tied to an area."""

    id: str
    name: str
    area: Area | None


@dataclass(frozen=True, slots=True)
class Licence:
    """A driving licence; ``image`` is a picture file, ``until`` local time."""

    number: str = ""
    until: str = ""
    image: bytes = b""


class Applied(IntEnum):
    """Whether the devices know a driver's face (A.3.85)."""

    NO = 0
    APPLYING = 1
    YES = 2
    FAILED = 3


@dataclass(frozen=True, slots=True)
class Refused:
    """A device that did not take a driver's face, with the contract's code."""

    vehicle: Vehicle
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """Somebody who drives. ``gender`` is 0 unknown, 1 male, 2 female."""

    id: str
    first_name: str
    last_name: str
    phone: str
    licence: Licence
    code: str = ""
    gender: int = 0
    group: DriverGroup | None = None
    email: str = ""
    note: str = ""
    vehicles: tuple[str, ...] = ()
    photo: bytes = b""
    applied: Applied = Applied.NO
    refused: tuple[Refused, ...] = ()

    @property
    def name(self) -> str:
        """Return the full name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True)
class Application:
    """A task that carries faces to the devices of the drivers' vehicles."""

    id: str
    tasks: list[tuple[str, str]]
    failed: list[tuple[str, Refused]] = field(default_factory=list)
    succeeded: int = 0


class Fleet:
    """The vehicles and drivers of a world, by id."""

    def __init__(self, world: World) -> None:
        """Start without any."""
        self._world = world
        self.vehicles: dict[str, Vehicle] = {}
        self.drivers: dict[str, Driver] = {}
        self.groups: dict[str, DriverGroup] = {}
        self.applications: dict[str, Application] = {}
        self.ignition_asked: datetime | None = None

    def add(
        self,
        plate: str,
        area: Area | None = None,
        *,
        name: str = "",
        device: Device | None = None,
        route: Route | None = None,
    ) -> Vehicle:
        """Add a vehicle, and below ``area`` one of its own with the same id."""
        own = self._world.add_area(plate, area, kind="vehicle")
        vehicle = Vehicle(
            id=own.id,
            plate=plate,
            name=name or plate,
            area=area,
            route=route or round_trip(plate),
            device=device,
        )
        self.vehicles[vehicle.id] = vehicle
        return vehicle

    def remove(self, vehicle: Vehicle) -> None:
        """Remove a vehicle and its area; what was in there becomes free channels.

        An area below it goes too, and a vehicle that has it.
        """
        world = self._world
        gone = world.below(vehicle.id)
        for one in world.channels.resources():
            if one.area.id in gone:
                world.channels.take_out(one)
        world.remove_area(vehicle.id)
        for area_id in gone:
            self.vehicles.pop(area_id, None)
        for driver in list(self.drivers.values()):
            left = tuple(one for one in driver.vehicles if one not in gone)
            self.drivers[driver.id] = replace(driver, vehicles=left)

    def with_plate(self, plate: str) -> Vehicle | None:
        """Return the vehicle with a plate."""
        return next((one for one in self.vehicles.values() if one.plate == plate), None)

    def with_device(self, device: Device) -> Vehicle | None:
        """Return the vehicle a device is built into."""
        found = (one for one in self.vehicles.values() if one.device is device)
        return next(found, None)

    def add_group(self, name: str, area: Area | None = None) -> DriverGroup:
        """Add a driver group."""
        group = DriverGroup(self._world.ids.make("driver_group"), name, area)
        self.groups[group.id] = group
        return group

    def apply(self, drivers: Sequence[Driver], offline_code: str) -> Application:
        """Carry faces to all vehicles of some drivers; it takes a moment."""
        tasks = [(one.id, vehicle) for one in drivers for vehicle in one.vehicles]
        application = Application(self._world.ids.unique("application"), tasks)
        self.applications[application.id] = application
        for one in drivers:
            self.drivers[one.id] = replace(one, applied=Applied.APPLYING, refused=())
        self._world.agenda.add(
            self._world.clock.now() + APPLYING_TIME,
            lambda _: self._finish(application, offline_code),
        )
        return application

    def _finish(self, application: Application, offline_code: str) -> None:
        for driver_id in dict(application.tasks):
            if not (driver := self.drivers.get(driver_id)):
                continue
            mine = [one for who, one in application.tasks if who == driver_id]
            known = [self.vehicles[one] for one in mine if one in self.vehicles]
            refused = tuple(
                Refused(one, offline_code) for one in known if not one.online
            )
            application.failed += [(driver_id, one) for one in refused]
            application.succeeded += len(known) - len(refused)
            state = Applied.FAILED if refused else Applied.YES
            self.drivers[driver_id] = replace(driver, applied=state, refused=refused)
