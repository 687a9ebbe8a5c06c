"""The control API and the command line."""

import asyncio
from io import BytesIO
from pathlib import Path
import sys
from typing import Any

import aiohttp
from PIL import Image

from simulator import Simulator
from simulator.world.doors import DoorAction

from .conftest import Api

ROOT = Path(__file__).parents[2]


class Control:
    """The control API, called raw."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        """Talk to the simulator at ``url``."""
        self.url = f"{url}/simulator"
        self.session = session
        self.status = 0

    async def __call__(self, method: str, path: str, body: object = None) -> Any:
        """Send a request and return the JSON answer."""
        async with self.session.request(
            method, f"{self.url}/{path}", json=body
        ) as response:
            self.status = response.status
            return await response.json()


async def test_things_happen(
    sim: Simulator, session: aiohttp.ClientSession, teams: Api
) -> None:
    """Alarm, ring and access arrive in the queues."""
    control = Control(sim.url, session)
    await teams.data("alarm/v1/mq/subscribe", {"subscribeType": 1, "subscribeMode": 0})
    await teams.data("rawmsg/v1/mq/subscribe", {"subscribeType": 1, "msgType": []})
    state = await control("GET", "state")
    account = state["accounts"][0]
    assert account["dialect"] == "teams"
    to = "accounts/demo-teams-key"
    camera = {"sourceId": account["cameras"][0]["id"], "kind": "lineCrossing"}
    guid = (await control("POST", f"{to}/alarm", camera))["result"]
    await control("POST", f"{to}/ring")
    enter = {
        "doorId": account["doors"][0]["id"],
        "personId": account["people"][0]["id"],
    }
    assert (await control("POST", f"{to}/access", enter))["result"] is True
    device = {"deviceId": account["devices"][0]["id"], "online": False}
    await control("POST", f"{to}/device", device)
    alarms = (await teams.data("alarm/v1/mq/messages"))["alarmMsg"]
    assert alarms[0]["guid"] == guid
    assert alarms[1]["eventSource"]["eventType"] == "50101"
    events = (await teams.data("rawmsg/v1/mq/messages"))["event"]
    kinds = [one["basicInfo"]["msgType"] for one in events]
    assert kinds == ["Msg140001", "Msg110003"]
    queues = (await control("GET", "state"))["accounts"][0]["queues"]
    assert (queues["alarms"], queues["messages"]) == (2, 2)


async def test_doors_and_record(
    sim: Simulator, session: aiohttp.ClientSession, teams: Api
) -> None:
    """The commands of a door and the log of calls, without secrets."""
    control = Control(sim.url, session)
    door = next(iter(sim.account("teams").world.doors.values()))
    door.command(DoorAction.OPEN, "test")
    history = await control("GET", f"accounts/teams/doors/{door.id}")
    assert history["state"] == "unlocked"
    assert [(one["action"], one["by"]) for one in history["commands"]] == [
        ("open", "test")
    ]
    record = await control("GET", "record?path=*/token/get")
    (call,) = record["calls"]
    assert call["body"] == {"appKey": "demo-teams-key", "secretKey": "***"}
    assert (call["status"], call["code"], call["key"]) == (200, "0", "demo-teams-key")
    assert "demo-teams-secret" not in str(record)
    assert (await control("DELETE", "record"))["calls"] == []


async def test_faults_clock_and_keys(
    sim: Simulator, session: aiohttp.ClientSession, teams: Api
) -> None:
    """Faults, time, tokens and secret can be changed from outside."""
    control = Control(sim.url, session)
    fault = {"kind": "http_error", "path": "*/users/get", "times": 1, "status": 500}
    assert len((await control("POST", "faults", fault))["faults"]) == 1
    page = {"pageIndex": 1, "pageSize": 1}
    url = f"{sim.url}/api/hccgw/platform/v1/users/get"
    async with session.post(url, json=page) as response:
        assert response.status == 500
    await control("POST", "faults", fault)
    assert (await control("DELETE", "faults"))["faults"] == []
    await control("POST", "clock", {"shift": 8 * 24 * 3600})
    assert await teams.code("platform/v1/users/get", page) == "OPEN000006"
    await teams.login("teams")
    await control("POST", "accounts/teams/secret", {"secret": "new"})
    assert await teams.code("platform/v1/users/get", page) == "OPEN000006"
    body = {"appKey": "demo-teams-key", "secretKey": "new"}
    assert await teams.code("platform/v1/token/get", body) == "0"
    await control("POST", "accounts/teams/revoke-key")
    assert await teams.code("platform/v1/token/get", body) == "OPEN000001"


async def test_wrong_control(sim: Simulator, session: aiohttp.ClientSession) -> None:
    """Wrong names are HTTP 404, wrong bodies HTTP 400."""
    control = Control(sim.url, session)
    for path, body, status in (
        ("accounts/nobody/ring", {}, 404),
        ("accounts/teams/nothing", {}, 404),
        ("accounts/teams/alarm", {"sourceId": "nothing"}, 404),
        ("accounts/teams/alarm", {}, 400),
        ("accounts/teams/alarm", {"sourceId": "x", "kind": "storm"}, 400),
        ("accounts/teams/ring", [], 400),
        ("faults", {"kind": "nonsense"}, 400),
        ("clock", {"shift": "soon"}, 400),
    ):
        answer = await control("POST", path, body)
        assert control.status == status, path
        assert answer["error"]


async def test_page(sim: Simulator, session: aiohttp.ClientSession) -> None:
    """The page shows the worlds and escapes their names."""
    area = next(iter(sim.account("teams").world.areas.values()))
    device = next(iter(sim.account("teams").world.devices.values()))
    sim.account("teams").world.add_camera("<b>Attic</b>", area, device)
    async with session.get(f"{sim.url}/simulator/") as response:
        text = await response.text()
    assert response.content_type == "text/html"
    assert "Koi pond" in text
    assert "&lt;b&gt;Attic" in text
    assert "<b>Attic" not in text


async def test_command_line(session: aiohttp.ClientSession) -> None:
    """``python -m simulator`` prints where it is, serves, and ends when told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "simulator", "--port", "0", "--cameras", "30", "--quiet"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    lines = [(await process.stdout.readline()).decode() for _ in range(5)]
    url = lines[0].split()[-1]
    assert "demo-teams-secret" in lines[1]
    assert "demo-reference-key" in lines[2]
    control = Control(url, session)
    state = await control("GET", "state")
    assert len(state["accounts"][1]["cameras"]) == 30
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_help() -> None:
    """The command line explains itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "simulator", "--help"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    text = (await process.communicate())[0].decode()
    for option in ("--port", "--host", "--seed", "--cameras", "--doors", "--devices"):
        assert option in text


async def test_pictures_of_everybody(sim: Simulator, teams: Api) -> None:
    """Every online camera of the demo house has a picture."""
    for camera in sim.account("teams").world.cameras.values():
        if not camera.online or camera.device.encrypted:
            continue
        serial = camera.device.serial
        body = {"deviceSerial": serial, "channelNo": camera.channel_no}
        data = await teams.data("resource/v1/device/capturePic", body)
        picture = await teams.fetch(data["captureUrl"])
        assert Image.open(BytesIO(picture)).format == "JPEG"
