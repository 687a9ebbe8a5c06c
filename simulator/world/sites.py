"""The sites the simulator can make: the demo house, and one of any size."""

from dataclasses import dataclass
from datetime import time, timedelta

from . import World
from .attendance import Timetable
from .events import AlarmKind
from .homes import Role
from .levels import Span
from .passes import Building
from .places import Battery, Category, Codec
from .routine import remember
from .stores import Store

DEMO_CODE = "ABCDEF"
"""The verification code of the demo's encrypted camera."""

NAMES = (
    ("Ada", "Berg"),
    ("Ben", "Carver"),
    ("Clara", "Diaz"),
    ("Emil", "Fischer"),
    ("Greta", "Holm"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a site has of everything."""

    devices: int = 20
    cameras: int = 40
    doors: int = 10


def furnish_house(world: World) -> None:
    """Put the demo house into an empty world.

    Eight cameras: three on one recorder, two on another (one of them H.265), a door
    station's, an encrypted one and one whose battery is empty (H.265 in RTP packets).
    Three doors.
    """
    entrance = world.add_area("Entrance")
    garden = world.add_area("Garden")
    pond = world.add_area("Pond", garden)
    garage = world.add_area("Garage")
    workshop = world.add_area("Workshop")

    house = world.add_device("House recorder")
    world.add_camera("Driveway", entrance, house)
    world.add_camera("Terrace", garden, house)
    world.add_camera("Back gate", garden, house)
    yard = world.add_device("Yard recorder", model="DS-7604NI-K1")
    world.add_camera("Garage inside", garage, yard)
    world.add_camera("Workbench", workshop, yard, codec=Codec.H265)

    model = "DS-2CD2087G2H-LI"
    koi = world.add_device("Koi pond camera", model=model, code=DEMO_CODE)
    world.add_camera("Koi pond", pond, koi)
    shed = world.add_device("Shed camera", model=model, online=False)
    shed.battery = Battery(percent=3)
    world.add_camera("Shed", garden, shed, codec=Codec.H265, packets=True)

    bell = world.add_device("Door station", Category.INTERCOM, "DS-KV6113-WPE1")
    world.add_camera("Front door", entrance, bell)
    world.add_door("Front door", entrance, bell)
    terminal = world.add_device("Access terminal", Category.ACCESS, "DS-K1T343")
    world.add_door("Garage door", garage, terminal, 1)
    world.add_door("Workshop door", workshop, terminal, 2)
    world.add_alarm_input("Smoke detector", workshop, house, 1)
    world.add_alarm_input("Garden gate contact", garden, house, 2)
    _add_people(world, 5)
    home = world.add_building("Home", "1", "1 Garden Lane")
    world.add_resident("Ada Berg", "+4930123456", home, "101")
    _let_rooms(world, home)
    _record_in_cloud(world, "Driveway", "Koi pond", "Front door")
    _add_rules(world)
    world.disks.add(house.id, 4_000_000, 380_000)
    world.disks.add(house.id, 4_000_000, 2_100_000)
    world.disks.add(yard.id, 2_000_000, 640_000)
    world.channels.add_output("Siren", workshop, house, 1)
    world.channels.add_output("Garden lights", garden, house, 2)
    _add_fleet(world)
    _add_traffic(world)


def furnish_site(world: World, size: Size) -> None:
    """Put a site of the wanted size into an empty world.

    One device in ten is an access terminal (if there are doors), the rest are
    recorders that share the cameras; every 25th recorder is encrypted.
    """
    areas = [world.add_area(f"Zone {n + 1}") for n in range(max(1, size.devices // 5))]
    terminals = max(1, size.devices // 10) if size.doors else 0
    recorders = [
        world.add_device(
            f"Recorder {number + 1}", code=DEMO_CODE if number % 25 == 24 else None
        )
        for number in range(max(1, size.devices - terminals))
    ]
    for number in range(size.cameras):
        world.add_camera(
            f"Camera {number + 1}",
            areas[number % len(areas)],
            recorders[number % len(recorders)],
            channel_no=number // len(recorders) + 1,
        )
    gates = [
        world.add_device(f"Terminal {number + 1}", Category.ACCESS, "DS-K2604T")
        for number in range(terminals)
    ]
    for number in range(size.doors):
        area, gate = areas[number % len(areas)], gates[number % len(gates)]
        world.add_door(f"Door {number + 1}", area, gate, number // len(gates) + 1)
    _add_people(world, 20)
    _record_in_cloud(world, *(f"Camera {one + 1}" for one in range(0, size.cameras, 2)))
    _add_rules(world)


def _add_fleet(world: World) -> None:
    """Add a van that drives rounds, and a trailer that cannot tell where it is."""
    tracker = world.add_device("Van tracker", Category.MOBILE, "AE-MD5043-SD")
    world.fleet.add("B-VN 1207", name="Van", device=tracker).kind = 2
    world.fleet.add("B-TR 88", name="Trailer")
    world.fleet.add_group("Drivers")


def _add_traffic(world: World) -> None:
    """Put a barrier at the driveway, and count customers of the workshop's shop."""
    cameras = {one.name: one for one in world.cameras.values()}
    world.traffic.add_barrier(cameras["Driveway"])
    now = world.clock.now()
    for hours in (20, 9, 3):
        at = now - timedelta(hours=hours)
        world.traffic.drive_by(cameras["Driveway"], "B-VN 1207", at)
    bench = cameras["Workbench"]
    world.stores[bench.area.id] = Store(bench.area.id, (bench.id,), ("shop-door",))


def _let_rooms(world: World, home: Building) -> None:
    """Let the first two people live in room 101; nobody lives in 102."""
    room, _ = world.homes.add_room(101, home), world.homes.add_room(102, home)
    roles = (Role.HOUSEHOLDER, Role.FAMILY)
    for person, role in zip(world.people.values(), roles, strict=False):
        world.homes.settle(person.id, {room.id: role})


def _record_in_cloud(world: World, *names: str) -> None:
    cameras = world.cameras.values()
    world.recordings.cloud |= {one.id for one in cameras if one.name in names}


def _add_rules(world: World) -> None:
    """Add a rule for the motion of every camera, as the portal proposes."""
    for camera in world.cameras.values():
        name = f"{camera.name}-Motion Detection"
        world.alarm_rules.add_rule(name, AlarmKind.MOTION, (camera.id,))


def _add_people(world: World, number: int) -> None:
    """Add people in two groups, who may pass all doors and did so on their days."""
    level = world.add_level("All doors", tuple(world.doors.values()))
    hours = tuple(Span(day, time(8), time(18)) for day in range(1, 6))
    world.levels.add_template("Working hours", hours)
    groups = [world.people.add_group(name) for name in ("Family", "Workshop")]
    for index in range(number):
        first, last = NAMES[index % len(NAMES)]
        turn = index // len(NAMES)
        world.add_person(
            first,
            f"{last} {turn + 1}" if turn else last,
            group=groups[index * 2 // number].id,
            levels=(level.id,),
            timetable=Timetable(),
        )
    for name in ("admin", "guard"):
        world.add_user(name)
    remember(world)
