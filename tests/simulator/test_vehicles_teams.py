"""Vehicles, their positions and their drivers, in the guide's words."""

from typing import Any

import pytest

from simulator import Simulator
from simulator.world.routes import Route, distance

from .conftest import Api

ADD = "resource/v1/areas/vehicles/add"
GET = "resource/v1/areas/vehicles/get"
PAGE = {"pageIndex": 1, "pageSize": 10}
CAR = {"areaId": "-1", "licensePlateNo": "ADDDEEE", "vehicleType": 1}


async def test_vehicles(sim: Simulator, teams: Api) -> None:
    """Added, found by area and id, changed, deleted with its area."""
    world = sim.account("teams").world
    garden = next(one.id for one in world.areas.values() if one.name == "Garden")
    body = CAR | {"areaId": garden, "driverFirstName": "san", "deviceSerial": ""}
    car = (await teams.data(ADD, body))["id"]
    assert await teams.code(ADD, body) == "VMS021108"
    wanted = {"areaID": garden, "includeSubArea": "0", "vehicleID": []}
    data = await teams.data(GET, PAGE | {"filter": wanted})
    assert [one["id"] for one in data["vehicle"]] == [car]
    row = data["vehicle"][0]
    assert (row["online"], row["area"]) == ("0", {})
    assert row["vehicleInfo"]["driverFirstName"] == "san"
    assert row["vehicleInfo"]["speedLimit"] == 8_000_000
    assert (await teams.data(GET, PAGE))["totalCount"] == 3
    nested = PAGE | {"filter": {"areaID": "-1", "includeSubArea": "0"}}
    assert (await teams.data(GET, nested))["totalCount"] == 2

    path = f"resource/v1/areas/vehicles/{car}/update"
    change = {"licensePlateNo": "B-VN 1207", "vehicleType": "2"}
    assert await teams.code(path, change) == "VMS021108"
    await teams.data(path, change | {"licensePlateNo": "NEW"})
    data = await teams.data(GET, PAGE | {"filter": {"vehicleID": [car]}})
    info = data["vehicle"][0]["vehicleInfo"]
    assert (info["licensePlateNo"], info["vehicleType"]) == ("NEW", 2)
    assert info["driverFirstName"] == "san"
    unknown = path.replace(car, "nothing")
    assert await teams.code(unknown, change) == "VMS021110"

    await teams.data("resource/v1/areas/resources/delete", {"ids": [car]})
    assert (await teams.data(GET, PAGE))["totalCount"] == 2
    assert car not in world.areas


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"areaId": "nowhere"}, "OPEN000031"),
        ({"vehicleType": 4}, "OPEN000010"),
        ({"licensePlateNo": ""}, "OPEN000010"),
        ({"pictureKey": "made/up.jpg"}, "OPEN000010"),
        ({"deviceSerial": "nothing"}, "OPEN000501"),
        ({"color": "red"}, "OPEN000010"),
    ],
)
async def test_refused_vehicles(teams: Api, change: dict[str, Any], code: str) -> None:
    """A refused one is not there."""
    assert await teams.code(ADD, CAR | change) == code
    assert (await teams.data(GET, PAGE))["totalCount"] == 2


async def test_devices_of_vehicles(sim: Simulator, teams: Api) -> None:
    """An on-board device belongs to one vehicle; a recorder to none."""
    world = sim.account("teams").world
    tracker = world.fleet.with_plate("B-VN 1207").device
    recorder = next(iter(world.devices.values()))
    for device, code in ((tracker, "VMS021109"), (recorder, "VMS021309")):
        body = CAR | {"deviceSerial": device.serial}
        assert await teams.code(ADD, body) == code


async def test_free_package(teams: Api) -> None:
    """The eleventh vehicle is refused."""
    for number in range(8):
        await teams.data(ADD, CAR | {"licensePlateNo": str(number)})
    assert await teams.code(ADD, CAR) == "VMS021106"


async def test_picture(sim: Simulator, teams: Api) -> None:
    """What is put at the given address is the vehicle's picture, for 15 minutes."""
    path = "resource/v1/picture/uploadparam/get"
    assert await teams.code(path, {"format": "png"}) == "OPEN000010"
    place = await teams.data(path, {"format": "jpg"})
    async with teams.session.put(place["url"], data=b"a picture") as response:
        assert response.status == 200
    car = (await teams.data(ADD, CAR | {"pictureKey": place["key"]}))["id"]
    data = await teams.data(GET, PAGE | {"filter": {"vehicleID": [car]}})
    url = data["vehicle"][0]["vehicleInfo"]["pictureUrl"]
    assert await teams.fetch(url) == b"a picture"
    sim.clock.shift(16 * 60)
    async with teams.session.put(place["url"], data=b"late") as response:
        assert response.status == 403
    async with teams.session.put(f"{sim.url}/uploads/x", data=b"x") as response:
        assert response.status == 404


async def test_ignition(sim: Simulator, teams: Api) -> None:
    """On while driving, off at rest, unknown without a device; once a minute."""
    fleet = sim.account("teams").world.fleet
    van, trailer = fleet.with_plate("B-VN 1207"), fleet.with_plate("B-TR 88")
    path = "resource/v1/accstatus/search"
    assert await teams.code(path, {}) == "OPEN000010"
    body = {"vehicleIds": f"{van.id}, {trailer.id}", "deviceSerials": "ignored"}
    seen = set()
    for _ in range(30):
        data = await teams.data(path, body)
        first, second = data["accStatusInfos"]
        assert first["idOrDeviceSerial"] == van.id
        assert second["accStatus"] == -1
        moving = van.route.at(sim.clock.now()).speed > 0
        seen.add(first["accStatus"])
        assert first["accStatus"] == int(moving)
        assert await teams.code(path, body) == "LAP000004"
        sim.clock.shift(61)
    assert seen == {0, 1}
    data = await teams.data(path, {"deviceSerials": van.device.serial})
    assert data["accStatusInfos"][0]["accStatus"] in (0, 1)


@pytest.mark.parametrize(
    ("start", "end", "sides"),
    [
        ((52.5, 13.4), (52.6, 13.4), ("N", "E", "52.5", "13.4", 0)),
        ((-34.5, -58.5), (-34.5, -58.6), ("S", "W", "34.5", "58.5", 270)),
    ],
)
async def test_gps(
    sim: Simulator,
    teams: Api,
    start: tuple[float, float],
    end: tuple[float, float],
    sides: tuple[Any, ...],
) -> None:
    """Positions have no sign, speeds are cm/h, heights cm."""
    account = sim.account("teams")
    van = account.world.fleet.with_plate("B-VN 1207")
    van.route = Route((start, end), speed=1.0, height=12.5)
    subscribe = {"subscribeType": 1, "msgType": ["Msg330001"]}
    await teams.data("rawmsg/v1/mq/subscribe", subscribe)
    now = sim.clock.now().timestamp()
    legs = sum(3600 * length for length in _lengths(van.route))
    period = legs + van.route.rest.total_seconds()
    sim.clock.shift(period - now % period + 60)
    assert account.happen.locate(van.id)
    (message,) = (await teams.data("rawmsg/v1/mq/messages"))["event"]
    assert message["basicInfo"]["msgType"] == "Msg330001"
    assert message["basicInfo"]["resource"]["id"] == van.id
    assert message["basicInfo"]["device"]["deviceSerial"] == van.device.serial
    info = message["data"]["vehicleRelatedInfo"]
    gps = info["gpsInfo"]
    ns, ew, latitude, longitude, direction = sides
    assert (gps["ns"], gps["ew"]) == (ns, ew)
    assert gps["lat"].startswith(latitude)
    assert gps["lng"].startswith(longitude)
    assert gps["direction"] == direction
    assert (gps["speed"], gps["height"]) == (100_000, 1250)
    assert info["vehicleInfo"]["licensePlateNo"] == "B-VN 1207"
    trailer = account.world.fleet.with_plate("B-TR 88")
    assert not account.happen.locate(trailer.id)


async def test_life_tells_positions(session: Any, socket_enabled: None) -> None:
    """A living world reports its van all the time."""
    async with Simulator(seed=1, rate_limit=None) as sim:
        teams = await Api(sim, session).login("teams")
        await teams.data(
            "rawmsg/v1/mq/subscribe", {"subscribeType": 1, "msgType": ["Msg330001"]}
        )
        sim.clock.shift(300)
        messages = (await teams.data("rawmsg/v1/mq/messages"))["event"]
        assert 8 <= len(messages) <= 32


def _lengths(route: Route) -> list[float]:
    one, two = route.points
    return [distance(one, two) / route.speed] * 2
