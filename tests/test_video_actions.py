"""Actions on recordings: search, schedule and export."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockUser, async_capture_events

from custom_components.hikcentral_connect.actions.video import EVENT_EXPORT
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.video import exports
from homeassistant.components.media_source import async_resolve_media
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.world.recordings import Recording

from .common import camera_named
from .conftest import Running
from .watching import decode, entity_id_of


@pytest.fixture(autouse=True)
def _quick(
    hass: HomeAssistant,
    running: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let the simulated device upload in a moment, and keep files out of the way."""
    hass.config.config_dir = str(tmp_path)
    monkeypatch.setattr(exports, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(
        "simulator.teams.recordings.UPLOAD_TIME", timedelta(seconds=0.3)
    )


def _day() -> tuple[datetime, datetime]:
    ends = dt_util.start_of_local_day()
    return ends - timedelta(days=1), ends


async def _call(
    running: Running, action: str, name: str = "Terrace", **data: Any
) -> dict[str, Any]:
    entity_id = entity_id_of(running.hass, camera_named(running, name))
    context = data.pop("context", None)
    answer: Any = await running.hass.services.async_call(
        DOMAIN,
        action,
        {"entity_id": entity_id, **data},
        blocking=True,
        return_response=True,
        context=context,
    )
    found: dict[str, Any] = answer[entity_id]
    return found


async def test_search(running: Running) -> None:
    """What was recorded comes back as it is, from both places, in order."""
    camera = camera_named(running, "Terrace")
    running.account.world.recordings.cloud.add(camera.id)
    starts, ends = _day()

    answer = await _call(running, "search_recordings", starts=starts, ends=ends)

    rows = answer["recordings"]
    for place, storage in ((Recording.DEVICE, "local"), (Recording.CLOUD, "cloud")):
        kept = running.account.world.recordings.find(camera, place, starts, ends)
        assert kept
        told = [
            (row["starts"], row["ends"]) for row in rows if row["storage"] == storage
        ]
        assert [
            tuple(datetime.fromisoformat(one) for one in times) for times in told
        ] == [(one.begin, one.end) for one in kept]
    assert [row["starts"] for row in rows] == sorted(row["starts"] for row in rows)


async def test_search_in_one_place(running: Running) -> None:
    """Only what was asked for is looked up."""
    starts, ends = _day()
    running.sim.record.clear()

    await _call(
        running, "search_recordings", starts=starts, ends=ends, storage=["local"]
    )

    assert len(running.sim.record.calls("*/record/element/search")) == 1


async def test_schedule(running: Running) -> None:
    """The schedule is told as far as the service does."""
    answer = await _call(running, "get_recording_schedule")

    assert answer["settings"]
    if running.account.speech == "teams":
        assert answer["local"] is True
        assert answer["kept_days"] == 30


async def _first(running: Running) -> dict[str, Any]:
    starts, ends = _day()
    answer = await _call(
        running, "search_recordings", starts=starts, ends=ends, storage="local"
    )
    first: dict[str, Any] = answer["recordings"][0]
    return {key: first[key] for key in ("starts", "ends")}


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_export(hass: HomeAssistant, running: Running, tmp_path: Path) -> None:
    """A recording becomes a file, with a copy where it is wanted, and plays."""
    assert await async_setup_component(hass, "media_source", {})
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    events = async_capture_events(hass, EVENT_EXPORT)
    target = tmp_path / "clip.mp4"

    answer = await _call(
        running, "export_recording", **await _first(running), filename=str(target)
    )
    await hass.async_block_till_done()

    content = await hass.async_add_executor_job(target.read_bytes)
    assert len(decode(content, "mp4")) > 1
    assert answer["bytes"] == len(content)
    stages = [event.data["stage"] for event in events]
    assert (stages[0], stages[-1]) == ("loading", "ready")
    assert events[-1].data["percent"] == 100
    assert await async_resolve_media(hass, answer["media_content_id"], None)
    assert len(running.sim.record.calls("*/video/save")) == 1


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"filename": "/etc/clip.mp4"}, "path_not_allowed"),
        ({"ends": "2020-01-01T00:00:00+00:00"}, "field_invalid"),
        ({"ends": dt_util.utcnow().isoformat()}, "field_invalid"),
    ],
)
async def test_export_that_cannot_be(
    running: Running, changes: dict[str, Any], key: str
) -> None:
    """Mistakes are told before anything is asked of the device."""
    first = await _first(running)
    running.sim.record.clear()

    with pytest.raises(ServiceValidationError) as failure:
        await _call(running, "export_recording", **(first | changes))

    assert failure.value.translation_key == key
    assert len(running.sim.record) == 0


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_reference_makes_no_files(running: Running) -> None:
    """What the service lacks is told as such."""
    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "export_recording", **await _first(running))
    assert failure.value.translation_key == "not_offered"


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_offline(running: Running) -> None:
    """A device that is away cannot be searched, and the caller is told."""
    starts, ends = _day()
    with pytest.raises(HomeAssistantError) as failure:
        await _call(running, "search_recordings", "Shed", starts=starts, ends=ends)
    assert failure.value.translation_key == "device_offline"


async def test_rights(hass: HomeAssistant, running: Running) -> None:
    """Who may not use a camera gets none of its recordings."""
    user = MockUser(id="guest").add_to_hass(hass)
    user.mock_policy({})
    running.sim.record.clear()
    starts, ends = _day()

    for action in ("search_recordings", "get_recording_schedule", "export_recording"):
        times = {} if "schedule" in action else {"starts": starts, "ends": ends}
        with pytest.raises(Unauthorized):
            await _call(running, action, context=Context(user_id=user.id), **times)
    assert len(running.sim.record) == 0
