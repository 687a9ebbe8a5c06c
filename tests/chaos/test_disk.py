"""A disk that is full, or takes nothing any more."""

import asyncio
from datetime import datetime, timedelta
import errno
from pathlib import Path
from typing import Any

import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..watching import entity_id_of
from .stage import Stage
from .trouble_account import subscriptions_lost

TROUBLE = "cannot be written down"
FILM = timedelta(seconds=10)

disks = pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"]
)


@disks
async def test_start(stage: Stage, code: int) -> None:
    """Everything works without a disk; once it is back, it holds all there was."""
    with stage.disk.failing(code):
        await stage.begin_anew()
        await stage.live(60)
        await stage.recover()
        stage.check()
    await asyncio.sleep(90)
    await stage.begin_anew(power_cut=True)
    async with subscriptions_lost(stage):
        await stage.live(30)
    await stage.recover()
    stage.check()
    lines = [one.getMessage() for one in stage.caplog.records]
    # The life that ended cannot write either, and says so.
    assert sum(TROUBLE in one for one in lines) == 2
    assert sum("written down again" in one for one in lines) == 1


def _parts(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part"))


async def _export(stage: Stage, **more: Any) -> dict[str, Any]:
    camera = next(
        one for one in stage.account.world.cameras.values() if one.name == "Terrace"
    )
    entity_id = entity_id_of(stage.hass, camera)
    ends = dt_util.start_of_local_day()
    found = await _call(
        stage,
        "search_recordings",
        entity_id,
        starts=ends - timedelta(days=1),
        ends=ends,
        storage="local",
    )
    starts = datetime.fromisoformat(found["recordings"][0]["starts"])
    span = {"starts": starts, "ends": starts + FILM}
    return await _call(stage, "export_recording", entity_id, **span, **more)


async def _call(stage: Stage, name: str, entity_id: str, **data: Any) -> dict[str, Any]:
    answer: Any = await stage.hass.services.async_call(
        DOMAIN,
        name,
        {"entity_id": entity_id, **data},
        blocking=True,
        return_response=True,
    )
    found: dict[str, Any] = answer[entity_id]
    return found


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
@disks
async def test_export(stage: Stage, code: int, tmp_path: Path) -> None:
    """Who wants a file is told that the disk does not take it; nothing is left of it."""
    target = tmp_path / "clips" / "clip.mp4"
    target.parent.mkdir()
    stage.hass.config.allowlist_external_dirs = {str(target.parent)}
    with stage.disk.failing(code), pytest.raises(HomeAssistantError) as told:
        await _export(stage)
    assert told.value.translation_key == "not_written"
    assert _parts(tmp_path) == []

    assert (await _export(stage))["bytes"] > 1000
    with stage.disk.failing(code), pytest.raises(HomeAssistantError) as told:
        await _export(stage, filename=str(target))
    assert told.value.translation_key == "not_written"
    await _export(stage, filename=str(target))
    assert target.stat().st_size > 1000
    stage.check()
