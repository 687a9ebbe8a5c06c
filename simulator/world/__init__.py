"""The state of one account: pure, and the same for the same seed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from .accesses import AccessLog
from .channels import Channels
from .clock import Agenda, Clock
from .disks import Disks
from .doors import Door
from .events import Event
from .fleet import Fleet
from .history import History
from .homes import Homes
from .ids import Ids
from .levels import AccessLevel, Levels
from .outages import Outages
from .outputs import AlarmOutput
from .passes import Building, Pass, Resident
from .people import People, Person
from .places import AlarmInput, Area, Camera, Category, Codec, Device, User
from .recordings import Recordings
from .rules import AlarmRules
from .stock import STOCK
from .stores import Store
from .traffic import Traffic

type Listener = Callable[[Event], None]

ABILITIES = (1, 21, 22, 2001, 2002, 2004, 2021, 2022, 2023, 2024)


class World:
    """Everything an account owns, by id, and the time it lives in.

    ``add_*`` may be called at any time: new things show in the next answer.
    """

    def __init__(self, seed: int, *, readable_ids: bool, clock: Clock) -> None:
        """Make an empty world."""
        self.random = Random(seed)
        self.ids = Ids(self.random, readable=readable_ids)
        self.clock = clock
        self.agenda = Agenda()
        self.zone = timezone(timedelta(hours=1))
        self.history = History()
        self.accesses = AccessLog(self.ids)
        self.outages = Outages(clock)
        self.listeners: list[Listener] = [
            self.history.note,
            self.accesses.hear,
            self.outages.hear,
        ]
        self.alarm_rules = AlarmRules(self.ids)
        self.recordings = Recordings(clock, self.history, self.ids)
        self.low_battery = 20
        self.woken: list[str] = []
        self.areas: dict[str, Area] = {}
        self.devices: dict[str, Device] = {}
        self.cameras: dict[str, Camera] = {}
        self.doors: dict[str, Door] = {}
        self.alarm_inputs: dict[str, AlarmInput] = {}
        self.alarm_outputs: dict[str, AlarmOutput] = {}
        self.channels = Channels(self)
        self.stock = {one.serial: one for one in STOCK}
        self.disks = Disks()
        self.fleet = Fleet(self)
        self.traffic = Traffic(self)
        self.stores: dict[str, Store] = {}
        self.people = People(self.ids)
        self.homes = Homes(self.ids, self.people)
        self.users: dict[str, User] = {}
        self.levels = Levels(self.ids)
        self.buildings: dict[str, Building] = {}
        self.residents: dict[str, Resident] = {}
        self.passes: dict[str, Pass] = {}
        self._children: dict[str | None, list[str]] = {}
        self._by_serial: dict[str, Device] = {}
        self._by_channel: dict[tuple[str, int], Camera] = {}

    def settle(self) -> None:
        """Let happen what fell due since the last look."""
        self.agenda.settle(self.clock.now())

    def tell(self, event: Event) -> None:
        """Hand an event to whoever listens."""
        for listener in self.listeners:
            listener(event)

    def device(self, serial: str) -> Device | None:
        """Return the device with a serial number."""
        return self._by_serial.get(serial)

    def camera_at(self, serial: str, channel: int) -> Camera | None:
        """Return the camera on a channel of a device."""
        return self._by_channel.get((serial, channel))

    def below(self, area_id: str | None) -> set[str]:
        """Return the ids of an area (None is the root) and all areas below it."""
        found = set() if area_id is None else {area_id}
        return found.union(*(self.below(child) for child in self.children(area_id)))

    def children(self, area_id: str | None) -> list[str]:
        """Return the ids of the areas directly below an area (None is the root)."""
        return self._children.get(area_id, [])

    def remove_camera(self, camera: Camera) -> None:
        """Remove a camera."""
        del self.cameras[camera.id]
        del self._by_channel[camera.device.serial, camera.channel_no]

    def remove_device(self, device: Device) -> None:
        """Remove a device with all its channels."""
        self.channels.drop(device)
        if vehicle := self.fleet.with_device(device):
            vehicle.device = None
        del self.devices[device.id], self._by_serial[device.serial]

    def remove_area(self, area_id: str) -> None:
        """Remove an area and all below it."""
        for child in list(self.children(area_id)):
            self.remove_area(child)
        area = self.areas.pop(area_id)
        self._children[area.parent].remove(area_id)

    def add_area(
        self, name: str, parent: Area | None = None, *, kind: str = "area"
    ) -> Area:
        """Add an area, at the top unless ``parent`` is given."""
        area = Area(self.ids.make(kind), name, parent.id if parent else None)
        self.areas[area.id] = area
        self._children.setdefault(area.parent, []).append(area.id)
        return area

    def add_device(
        self,
        name: str,
        category: Category = Category.ENCODING,
        model: str = "DS-7608NXI-K2",
        *,
        online: bool = True,
        code: str | None = None,
        serial: str | None = None,
    ) -> Device:
        """Add a device; with a ``code`` it encrypts."""
        device = Device(
            id=self.ids.make("device"),
            name=name,
            category=category,
            model=model,
            serial=serial or self.ids.serial(),
            version="V5.02.020 build 250715",
            added=datetime(2026, 1, 1, 9, tzinfo=UTC)
            + timedelta(minutes=len(self.devices)),
            online=online,
            code=code,
        )
        self.devices[device.id] = self._by_serial[device.serial] = device
        if not online:
            self.outages.note(device.id, online=False, at=device.added)
        return device

    def add_camera(
        self,
        name: str,
        area: Area,
        device: Device,
        *,
        codec: Codec = Codec.H264,
        channel_no: int | None = None,
        packets: bool = False,
    ) -> Camera:
        """Add a camera on the device's next free channel, or on ``channel_no``."""
        number = channel_no or 1
        while (device.serial, number) in self._by_channel:
            number += 1
        camera = Camera(
            id=self.ids.make("camera"),
            name=name,
            area=area,
            device=device,
            channel_id=self.ids.make("channel"),
            channel_no=number,
            abilities=ABILITIES,
            codec=codec,
            packets=packets,
        )
        self.cameras[camera.id] = self._by_channel[device.serial, number] = camera
        return camera

    def add_door(self, name: str, area: Area, device: Device, number: int = 1) -> Door:
        """Add a door on channel ``number`` of its terminal."""
        door = Door(
            id=self.ids.make("door"),
            name=name,
            area=area,
            device=device,
            channel_id=self.ids.make("channel"),
            channel_no=number,
            clock=self.clock,
        )
        self.doors[door.id] = door
        return door

    def add_alarm_input(
        self, name: str, area: Area, device: Device, number: int = 1
    ) -> AlarmInput:
        """Add a wired contact."""
        zone = AlarmInput(
            id=self.ids.make("input"),
            name=name,
            area=area,
            device=device,
            channel_id=self.ids.make("channel"),
            channel_no=number,
        )
        self.alarm_inputs[zone.id] = zone
        return zone

    def add_person(self, first_name: str, last_name: str, **more: Any) -> Person:
        """Add somebody with a card and with further fields of `Person`."""
        card = str(self.random.randrange(10**9, 10**10))
        return self.people.add(
            first_name=first_name, last_name=last_name, cards=(card,), **more
        )

    def remove_people(self, person_ids: set[str]) -> None:
        """Remove people wherever they are known: all that are named, or none."""
        self.people.remove(person_ids)
        for one in person_ids:
            self.homes.settle(one, {})

    def add_user(self, name: str) -> User:
        """Add a portal user."""
        user = User(self.ids.make("user"), name)
        self.users[user.id] = user
        return user

    def add_level(self, name: str, doors: tuple[Door, ...]) -> AccessLevel:
        """Add an access level that opens some doors at any time."""
        return self.levels.add(name, tuple(one.id for one in doors))

    def remove_level(self, level_id: str) -> None:
        """Remove an access level and take it from everybody who had it."""

        def rest(levels: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(one for one in levels if one != level_id)

        for person in self.people.values():
            self.people.change(person.id, levels=rest(person.levels))
        for one in self.passes.values():
            self.passes[one.id] = replace(one, levels=rest(one.levels))
        self.levels.remove(level_id)

    def may_pass(self, person: Person, door: Door, at: datetime) -> bool:
        """Return whether somebody's levels open a door at a time."""
        local = at.astimezone(self.zone)
        return person.starts <= at <= person.ends and any(
            self.levels[one].opens(door, local) for one in person.levels
        )

    def add_building(
        self, name: str, number: str, address: str = "", area: Area | None = None
    ) -> Building:
        """Add a building."""
        building = Building(
            id=self.ids.make("building"),
            name=name,
            number=number,
            address=address,
            area=area,
        )
        self.buildings[building.id] = building
        return building

    def add_resident(
        self, name: str, phone: str, building: Building, room: str
    ) -> Resident:
        """Add a resident."""
        resident = Resident(
            id=self.ids.make("resident"),
            name=name,
            phone=phone,
            building=building,
            room=room,
        )
        self.residents[resident.id] = resident
        return resident
