"""What the probe wrote down, the simulator answers again."""

from collections.abc import AsyncGenerator
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account as Keys,
    Client,
    DialectName,
)
from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.inventory import load_inventory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator import Simulator
from simulator.__main__ import arguments, simulator
from simulator.account import Account
from simulator.replay import Recording, UnknownRecording
from tests.conftest import make_entry

from .conftest import Probed


@pytest.fixture
async def replayed(probed: Probed) -> AsyncGenerator[Simulator]:
    """Run a cloud that knows no more of the account than the report does."""
    recording = Recording(json.loads(probed.report))
    async with Simulator(life=False, rate_limit=None, replay=recording) as running:
        yield running


@pytest.fixture
def again(replayed: Simulator, http: aiohttp.ClientSession) -> Client:
    """Return a client of the replayed account."""
    (account,) = replayed.accounts.values()
    keys = Keys(URL(replayed.url), account.key, account.secret)
    return Client(http, keys, Limiter(rate=10_000))


async def test_inventory(probed: Probed, again: Client) -> None:
    """The integration finds as much as in the account, each thing in its place."""
    world = probed.account.world
    inventory = await load_inventory(again)
    assert len(inventory.devices) == len(world.devices)
    assert len(inventory.cameras) == len(world.cameras)
    by_serial = {device.serial: device for device in world.devices.values()}
    assert len(by_serial) == len(inventory.device_by_serial)
    for camera in inventory.cameras.values():
        assert inventory.device_of(camera) is not None
        assert camera.area_name is not None
    online = sorted(camera.online for camera in inventory.cameras.values())
    assert online == sorted(camera.online for camera in world.cameras.values())
    if await again.dialect() is DialectName.TEAMS:
        assert len(inventory.doors) == len(world.doors)


async def test_same_question_same_answer(probed: Probed, again: Client) -> None:
    """Single answers come for the thing they were about, others are not made up."""
    cameras = list((await load_inventory(again)).cameras.values())
    asked = next(one for one in cameras if one.online)
    other = next(one for one in cameras if one.device_serial != asked.device_serial)
    capture = await again.video.capture(asked.device_serial, asked.channel)
    assert capture.url.startswith("http://redacted.invalid/")
    with pytest.raises(HikError):
        await again.video.capture(other.device_serial, other.channel)


async def test_queue_is_alive(probed: Probed, again: Client) -> None:
    """The queues are the simulator's own, with their state, and empty."""
    subscription = await again.alarms.subscribe(
        ("10002",) if await _teams(again) else ("motion",)
    )
    batch = await again.alarms.messages(subscription)
    assert batch.messages == []


async def _teams(client: Client) -> bool:
    return await client.dialect() is DialectName.TEAMS


async def test_in_home_assistant(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    account: Account,
    probed: Probed,
    replayed: Simulator,
) -> None:
    """The integration sets itself up on a replayed account."""
    (account,) = replayed.accounts.values()
    entry = make_entry(replayed, account)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    cameras = hass.states.async_all("camera")
    assert len(cameras) == len(probed.account.world.cameras)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def _document(*exchanges: dict[str, Any]) -> dict[str, Any]:
    asked = [{"operation": "x", "exchanges": list(exchanges)}]
    return {"format": 1, "dialect": "teams", "asked": asked}


def _exchange(body: Any, *rows: int, path: str = "a/v1/list") -> dict[str, Any]:
    answer = {"errorCode": "0", "data": {"total": 3, "list": list(rows)}}
    return {"method": "POST", "path": path, "body": body, "answer": answer}


def test_pages_and_times() -> None:
    """Times do not matter; a page that was not recorded is empty."""
    recording = Recording(
        _document(
            _exchange({"area": "1", "pageIndex": 1, "beginTime": "2024"}, 1, 2),
            _exchange({"area": "1", "pageIndex": 2, "beginTime": "2024"}, 3),
        )
    )

    def rows(**body: Any) -> Any:
        answer = recording.answer("POST", "a/v1/list", body)
        return answer and answer.envelope["data"]["list"]

    assert rows(area="1", pageIndex=1, beginTime="2026") == [1, 2]
    assert rows(area="1", pageIndex=2, beginTime="2026") == [3]
    assert rows(area="1", pageIndex=3, beginTime="2026") == []
    assert rows(area="2", pageIndex=1, beginTime="2024") is None
    assert recording.answer("GET", "a/v1/list", {}) is None


def test_what_has_a_state_is_not_replayed() -> None:
    """Logins and queues are not, nor requests that got no answer."""
    paths = (
        "platform/v1/token/get",
        "alarm/v1/mq/messages",
        "message/v1/rawmessage/get",
    )
    lost = {**_exchange({}), "answer": None}
    recording = Recording(_document(lost, *(_exchange({}, path=one) for one in paths)))
    assert not [
        method for one in (*paths, "a/v1/list") for method in recording.methods(one)
    ]


@pytest.mark.parametrize("document", [[], {}, {"format": 2, "dialect": "teams"}])
def test_other_files_are_refused(document: Any) -> None:
    """What is no report, or one of another version, is said to be so."""
    with pytest.raises(UnknownRecording):
        Recording(document)


def test_from_the_command_line(tmp_path: Path) -> None:
    """The program opens the one account of the file."""
    file = tmp_path / "report.json"
    file.write_text(json.dumps(_document(_exchange({}))))
    made = simulator(arguments().parse_args(["--replay", str(file)]))
    (account,) = made.accounts.values()
    assert (account.key, account.secret) == ("replay-key", "replay-secret")
    assert not account.world.cameras
