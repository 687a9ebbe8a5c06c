"""Recordings of both dialects: stretches, settings, files, wake-up."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any

import av
import pytest

from simulator import Simulator
from simulator.world.places import Camera

from .conftest import Api

SEARCH = "video/v1/record/element/search"
SAVE, URL = "video/v1/video/save", "video/v1/video/download/url"
LOCAL, CLOUD = 0, 1


def camera(sim: Simulator, name: str, dialect: str = "teams") -> Camera:
    """Return a camera by name."""
    world = sim.account(dialect).world
    return next(one for one in world.cameras.values() if one.name == name)


def span(sim: Simulator, hours: float = 24) -> dict[str, str]:
    """Return the last hours as both contracts write them."""
    end = sim.clock.now().replace(microsecond=0)
    begin = end - timedelta(hours=hours)
    return {"beginTime": begin.isoformat(), "endTime": end.isoformat()}


def search(
    sim: Simulator, name: str, target: int = LOCAL, **more: object
) -> dict[str, Any]:
    """Return the body of a search of the teams dialect."""
    wanted = span(sim) | {"timeType": 1, "targetType": target} | more
    page = {"pageIndex": 1, "pageSize": 100}
    return page | {"cameraId": camera(sim, name).id, "filter": wanted}


def times(rows: list[dict[str, str]]) -> list[tuple[datetime, datetime]]:
    """Return when the stretches begin and end."""
    moment = datetime.fromisoformat
    return [(moment(one["beginTime"]), moment(one["endTime"])) for one in rows]


async def test_a_day(sim: Simulator, teams: Api) -> None:
    """A day has plausible stretches: in order, apart, and always the same."""
    body = search(sim, "Driveway")
    rows = (await teams.data(SEARCH, body))["recordList"]
    assert 5 < len(rows) <= 25
    found = times(rows)
    assert found == sorted(found)
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    first, last = times([body["filter"]])[0]
    assert first <= found[0][0] and found[-1][1] <= last
    assert {one["targetType"] for one in rows} == {LOCAL}
    assert rows[0]["beginTime"].endswith("+01:00")
    assert (await teams.data(SEARCH, body))["recordList"] == rows
    paged = []
    for number in (1, 2, 3, 4, 5):
        page = body | {"pageIndex": number, "pageSize": 6}
        paged += (await teams.data(SEARCH, page))["recordList"]
    assert paged == rows
    other = (await teams.data(SEARCH, search(sim, "Terrace")))["recordList"]
    assert other != rows


async def test_kept(sim: Simulator, teams: Api) -> None:
    """Nothing from the future, nothing older than what is kept."""
    now = sim.clock.now()
    soon = {
        "beginTime": now.isoformat(),
        "endTime": (now + timedelta(days=1)).isoformat(),
    }
    assert not (await teams.data(SEARCH, search(sim, "Driveway", **soon)))["recordList"]
    for target, days in ((LOCAL, 30), (CLOUD, 7)):
        body = search(sim, "Driveway", target, beginTime="2020-01-01T00:00:00+00:00")
        rows = (await teams.data(SEARCH, body | {"pageSize": 500}))["recordList"]
        oldest = times(rows)[0][0]
        assert timedelta(days=days - 1) < now - oldest <= timedelta(days=days, hours=1)


async def test_alarms_are_recorded(sim: Simulator, teams: Api) -> None:
    """Where there was an alarm there is video."""
    account = sim.account("teams")
    at = sim.clock.now()
    for one in account.world.cameras.values():
        account.happen.alarm(one.id, seconds=20)
    sim.clock.shift(60)
    for name, target in (("Terrace", LOCAL), ("Koi pond", CLOUD)):
        rows = (await teams.data(SEARCH, search(sim, name, target)))["recordList"]
        middle = at + timedelta(seconds=10)
        assert any(begin <= middle <= end for begin, end in times(rows))


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (("Terrace", CLOUD, {}), "OPEN000502"),
        (("Shed", LOCAL, {}), "EVZ20007"),
        (("Driveway", 2, {}), "OPEN000010"),
        (("Driveway", LOCAL, {"timeType": 2}), "OPEN000010"),
        (("Driveway", LOCAL, {"beginTime": "2026-01-01 00:00:00"}), "OPEN000026"),
        (("Driveway", LOCAL, {"endTime": "2020-01-01T00:00:00Z"}), "OPEN000030"),
        (("Driveway", LOCAL, {"areaID": "-1"}), "OPEN000010"),
    ],
)
async def test_refused(
    sim: Simulator,
    teams: Api,
    case: tuple[str, int, dict[str, Any]],
    code: str,
) -> None:
    """Wrong searches are refused."""
    name, target, more = case
    assert await teams.code(SEARCH, search(sim, name, target, **more)) == code
    unknown = search(sim, "Driveway") | {"cameraId": "no"}
    assert await teams.code(SEARCH, unknown) == "OPEN000503"


async def test_settings(sim: Simulator, teams: Api) -> None:
    """Where cameras record, under either spelling of the ids."""
    path = "video/v1/recordsettings/get"
    ids = [camera(sim, "Driveway").id, camera(sim, "Terrace").id]
    rows = (await teams.data(path, {"cameraID": ids}))["recordSetting"]
    assert [one["cameraID"] for one in rows] == ids
    assert [one["enableCloudStorage"] for one in rows] == [1, 0]
    assert rows[0]["localStorage"]["storageTime"] == 30
    assert rows[1]["cloudStorage"] == {}
    assert (await teams.data(path, {"cameraId": ids}))["recordSetting"] == rows
    assert await teams.code(path, {"cameraID": ids, "cameraId": ids}) == "OPEN000010"
    assert await teams.code(path, {"cameraID": []}) == "OPEN000010"
    assert await teams.code(path, {"cameraID": ids[0]}) == "OPEN000008"
    assert await teams.code(path, {"cameraID": ["no"]}) == "OPEN000503"


async def test_clip(sim: Simulator, teams: Api) -> None:
    """Uploading, then an MP4 of the asked length, then expired."""
    account = sim.account("teams")
    place = camera(sim, "Driveway")
    at = sim.clock.now()
    account.happen.alarm(place.id, seconds=20)
    sim.clock.shift(30)
    times = {
        "beginTime": at.isoformat(),
        "endTime": (at + timedelta(seconds=12)).isoformat(),
    }
    body = {"cameraId": place.id} | times
    task = await teams.data(SAVE, body | {"voiceSwitch": 2})
    data = await teams.data(URL, task)
    assert (data["status"], data["urls"]) == (1, [])
    sim.clock.shift(5)
    data = await teams.data(URL, task)
    assert data["status"] == 0
    expires = datetime.fromtimestamp(data["expireTime"] / 1000, UTC)
    assert timedelta(minutes=59) < expires - sim.clock.now() <= timedelta(hours=1)
    (url,) = data["urls"]
    assert (await teams.data(URL, task))["urls"] == [url]
    film = await teams.fetch(url)
    with av.open(BytesIO(film)) as container:
        assert container.duration / 1e6 == pytest.approx(12, abs=0.1)
        (stream,) = container.streams
        assert stream.codec_context.name == "h264"
        assert len(list(container.decode(video=0))) == 40
    assert len(film) < 500_000
    sim.clock.shift(3600)
    data = await teams.data(URL, task)
    assert (data["status"], data["urls"]) == (3, [])
    await teams.fetch(url)
    assert teams.status == 403


async def test_clip_refused(sim: Simulator, teams: Api) -> None:
    """Nothing recorded fails later; what is wrong is refused at once."""
    body = {"cameraId": camera(sim, "Driveway").id}
    future = {
        "beginTime": "2099-01-01T00:00:00+00:00",
        "endTime": "2099-01-01T00:01:00+00:00",
    }
    task = await teams.data(SAVE, body | future)
    sim.clock.shift(5)
    assert (await teams.data(URL, task))["status"] == 2
    assert await teams.code(URL, {"taskId": "no"}) == "VMS000003"
    swapped = {"beginTime": future["endTime"], "endTime": future["beginTime"]}
    for more, code in (
        (swapped, "OPEN000030"),
        (future | {"voiceSwitch": 3}, "OPEN000010"),
        (future | {"cameraId": "no"}, "OPEN000503"),
        (future | {"cameraId": camera(sim, "Shed").id}, "EVZ20007"),
        ({"beginTime": future["beginTime"]}, "OPEN000010"),
    ):
        assert await teams.code(SAVE, body | more) == code


async def test_wake_up(sim: Simulator, teams: Api) -> None:
    """The answer is just true."""
    path = "video/v1/video/device/wakeup"
    serial = camera(sim, "Koi pond").device.serial
    answer = await teams.post(path, {"deviceSerial": serial})
    assert answer == {"data": True, "errorCode": "0"}
    assert sim.account("teams").world.woken == [serial]
    shed = camera(sim, "Shed").device.serial
    assert await teams.code(path, {"deviceSerial": shed}) == "EVZ20007"
    assert await teams.code(path, {"deviceSerial": "no"}) == "EVZ20002"


async def test_just_true_under_faults(sim: Simulator, teams: Api) -> None:
    """Faults that change lists leave an answer without any alone."""
    path = "video/v1/video/device/wakeup"
    body = {"deviceSerial": camera(sim, "Koi pond").device.serial}
    for kind in ("duplicates", "repeat_page"):
        sim.faults.add(kind, times=1)
        assert await teams.code(path, body) == "0"


async def test_reference(sim: Simulator, reference: Api) -> None:
    """Target types are the other way round; nothing found is 0x4002."""
    place = camera(sim, "Driveway", "reference").id

    async def ask(name: str, **more: object) -> Any:
        one = camera(sim, name, "reference").id
        wanted = span(sim) | more
        return await reference.post(SEARCH, {"resourceId": one, "filter": wanted})

    local = (await ask("Driveway", targetType="1"))["data"]["list"]
    cloud = (await ask("Driveway"))["data"]["list"]
    assert cloud == (await ask("Driveway", targetType="0"))["data"]["list"]
    assert len(local) > len(cloud) > 0
    assert local[0].keys() == {"beginTime", "endTime"}
    assert local[0]["beginTime"].endswith(".000+00:00")
    world = sim.account("reference").world
    assert world.recordings.cloud >= {place}
    assert (await ask("Terrace"))["errorCode"] == "0x4002"
    assert (await ask("Shed", targetType="1"))["errorCode"] == "0x3004"
    assert (await ask("Driveway", targetType=1))["errorCode"] == "0x1002"
    assert (await ask("Driveway", targetType="2"))["errorCode"] == "0x1003"
    assert (await ask("Driveway", endTime="2020-01-01T00:00:00Z"))["errorCode"] == (
        "0x1003"
    )
    unknown = {"resourceId": "no", "filter": span(sim)}
    assert await reference.code(SEARCH, unknown) == "0x3001"


async def test_reference_settings(sim: Simulator, reference: Api) -> None:
    """One object for one camera."""
    path = "video/v1/recordsettings/get"
    place = camera(sim, "Terrace", "reference").id
    data = await reference.data(path, {"resourceId": place})
    assert data["settings"]["targetTypes"] == ["1"]
    assert await reference.code(path, {"resourceId": "no"}) == "0x3001"
    assert await reference.code(path, {"cameraID": [place]}) == "0x1001"
