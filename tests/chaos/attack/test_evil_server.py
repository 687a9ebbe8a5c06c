"""A server that wants to harm: memory and time stay bounded, and nothing is believed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import gzip
from pathlib import Path
import re
import time
import tracemalloc
from typing import Any, Final

import orjson
import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.errors import BadAnswer, HikError
from custom_components.hikcentral_connect.api.models.records import Storage
from custom_components.hikcentral_connect.placeholders import JOINER
from custom_components.hikcentral_connect.video import exports
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.util import dt as dt_util

from ...common import camera_named
from ...conftest import Running
from ...watching import entity_of

MEGABYTE: Final = 1024 * 1024
MEMORY: Final = 200 * MEGABYTE
SECONDS: Final = 30.0
SCRIPT: Final = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SERIAL: Final = "../../../../etc/passwd\x00/%2e%2e/light.kitchen"


def _envelope(data: Any) -> bytes:
    return orjson.dumps({"errorCode": "0", "data": data})


def _rows(number: int, name: str = "x") -> list[dict[str, Any]]:
    return [
        {"id": str(n), "serialNo": f"S{n}", "name": name, "deviceSerial": f"S{n}"}
        for n in range(number)
    ]


def _devices(number: int) -> bytes:
    rows = _rows(number)
    return _envelope({"device": rows, "devices": rows, "list": rows, "total": number})


BODIES: Final[dict[str, Callable[[], tuple[bytes, dict[str, str]]]]] = {
    "100000 rows": lambda: (_devices(100_000), {}),
    "a name of 10 MB": lambda: (
        _envelope({"device": _rows(1, "n" * 10 * MEGABYTE), "totalCount": 1}),
        {},
    ),
    "deep": lambda: (b'{"errorCode":"0","data":' + b"[" * 5_000_000, {}),
    "deep and closed": lambda: (
        b'{"errorCode":"0","data":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        {},
    ),
    "gzip bomb": lambda: (
        gzip.compress(b"[" * 300 * MEGABYTE, 1),
        {"Content-Encoding": "gzip"},
    ),
    "twice packed": lambda: (
        gzip.compress(gzip.compress(b"x" * 50 * MEGABYTE)),
        {"Content-Encoding": "gzip"},
    ),
    "huge numbers": lambda: (b'{"errorCode":"0","data":' + b"9" * 5_000_000 + b"}", {}),
    "one key, often": lambda: (
        b'{"errorCode":"0",' + b'"a":1,' * 1_000_000 + b'"a":1}',
        {},
    ),
    "no text": lambda: (b"\xff\xfe\x00" * 1_000_000, {}),
}


@pytest.mark.parametrize("name", BODIES)
async def test_answers(running: Running, name: str) -> None:
    """Whatever comes, in whatever form, Home Assistant lives on as before."""
    body, headers = BODIES[name]()
    states = len(running.hass.states.async_all())
    runtime = running.entry.runtime_data
    running.sim.faults.add("raw", path="/api/*", body=body, headers=headers)
    tracemalloc.start()
    started = time.perf_counter()
    asked = len(running.sim.record)
    for clock in (runtime.inventory, runtime.status, runtime.alarms):
        await clock.async_refresh()
    assert len(running.sim.record) > asked
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.perf_counter() - started < SECONDS
    assert peak < MEMORY + len(body)
    assert len(running.hass.states.async_all()) < states + 100
    running.sim.faults.clear()
    for clock in (runtime.inventory, runtime.status, runtime.alarms):
        await clock.async_refresh()
        assert clock.last_update_success


async def test_gigabyte(running: Running) -> None:
    """Of a gigabyte the first 16 MB are taken, of everything that is asked."""
    running.sim.faults.add("huge", megabytes=1024)
    runtime = running.entry.runtime_data
    tracemalloc.start()
    started = time.perf_counter()
    clocks = (runtime.inventory, runtime.status, runtime.alarms, runtime.messages)
    await asyncio.gather(*(clock.async_refresh() for clock in clocks))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not any(clock.last_update_success for clock in clocks)
    assert peak < MEMORY
    assert time.perf_counter() - started < SECONDS


NO_PICTURES: Final = (
    b"<html>" + SCRIPT.encode(),
    b"GIF89a" + bytes(100),
    b"\x7fELF" + bytes(1000),
    b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + bytes(100),
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x01\x00\x00\x00\x01\x00\x00"
    + bytes(99),
    b"\xff\xd8" + b"\xff" * 9 * MEGABYTE,
    b"\xff\xd8\xff" + bytes(30 * MEGABYTE),
    b"",
)


async def test_pictures(running: Running) -> None:
    """What is no picture, or would unpack to gigabytes, never reaches a viewer."""
    stills = running.entry.runtime_data.stills
    for content in NO_PICTURES:
        running.sim.faults.add("raw", path="/pictures/*", body=content, times=1)
        started = time.perf_counter()
        with pytest.raises(HikError):
            await stills.fetch(f"{running.sim.url}/pictures/x.jpeg", "S1")
        assert time.perf_counter() - started < SECONDS


async def test_names(hass: HomeAssistant, running: Running) -> None:
    """Names and serials of the service stay texts: no file, no entity of another."""
    world = running.account.world
    device = next(iter(world.devices.values()))
    area = next(iter(world.areas.values()))
    before = {state.entity_id for state in hass.states.async_all()}
    camera = world.add_camera(SCRIPT, area, device)
    trick = world.add_camera("..%2f..%2fetc/../light.kitchen", area, device)
    device.serial, device.name = SERIAL, f"{SCRIPT}\n2026-01-01 ERROR forged line"
    runtime = running.entry.runtime_data
    await runtime.inventory.async_refresh()
    await hass.async_block_till_done()
    assert runtime.inventory.last_update_success
    assert {camera.id, trick.id} <= runtime.inventory.data.cameras.keys()
    new = {state.entity_id for state in hass.states.async_all()} - before
    assert new
    for entity_id in new:
        domain, _, name = entity_id.partition(".")
        assert name.replace("_", "").isalnum(), entity_id
        entity = er.async_get(hass).async_get(entity_id)
        assert entity.platform == "hikcentral_connect"
        assert domain != "light"
    assert running.entry.state is ConfigEntryState.LOADED
    devices = dr.async_entries_for_config_entry(
        dr.async_get(hass), running.entry.entry_id
    )
    assert all("\n" not in (one.name or "") for one in devices)


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_recordings(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording without end is cut off, on the disk as well."""
    monkeypatch.setattr(exports, "FILE_AT_MOST", 3 * MEGABYTE)
    files = tmp_path / "exports"
    made = running.entry.runtime_data.exports
    monkeypatch.setattr(made, "_folder", files)
    runtime, now = running.entry.runtime_data, dt_util.utcnow()
    camera = runtime.inventory.data.cameras[camera_named(running, "Terrace").id]
    (first, *_) = await runtime.library.async_recordings(
        camera, now - timedelta(days=1), now, Storage.LOCAL
    )
    span = exports.Span(camera, first.starts, first.starts + timedelta(seconds=10))
    running.sim.faults.add(
        "raw", path="/pictures/*", body=bytes(50 * MEGABYTE), headers={}
    )
    with pytest.raises(BadAnswer, match="too large"):
        await made.async_export(span)
    assert list(files.iterdir()) == []
    running.sim.faults.clear()
    assert (await made.async_export(span)).stat().st_size > 1000


LINKS: Final = (
    "[Your account ends: renew](https://evil.example/login)",
    "![](https://evil.example/who.png)",
    "<img src=https://evil.example/who.png>",
    "<https://evil.example>",
    "HTTPS://evil.example and WWW.evil.example",
    "a\n\n# Heading\n\n[x]: http://evil.example\n",
    SCRIPT,
)
HARMLESS: Final = "Front door (2nd) - Tom & Jerry's *7* <3"
"""What names may be like."""


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
@pytest.mark.parametrize("name", [*LINKS, HARMLESS])
async def test_markdown(hass: HomeAssistant, running: Running, name: str) -> None:
    """In issues and forms, which are markdown, a name is a name."""
    world, runtime = running.account.world, running.entry.runtime_data
    camera_named(running, "Workbench").name = name
    gone = next(iter(world.devices.values()))
    gone.name = name
    await runtime.inventory.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)
    camera = next(c for c in world.cameras.values() if c.name == name)
    shown = runtime.inventory.data.cameras[camera.id].name
    with pytest.raises(HomeAssistantError):
        await entity_of(running, name).stream_source()
    world.remove_device(gone)
    await runtime.inventory.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)

    issues = list(ir.async_get(hass).issues.values())
    kinds = {one.translation_key for one in issues}
    assert {"video_not_h264", "device_missing"} <= kinds
    texts = [t for one in issues for t in (one.translation_placeholders or {}).values()]
    texts.append((await _form(hass, running, camera.id))["camera"])
    assert texts.count(texts[-1]) >= 2
    for text in texts:
        assert not re.search(r"\]\(|<[a-z/!]|://|www\.|\n|\]:", text, re.IGNORECASE), (
            text
        )
    assert texts[-1].replace(JOINER, "").split() == shown.split()
    assert (name != HARMLESS) or texts[-1].replace(f"<{JOINER}", "<") == name


async def _form(hass: HomeAssistant, running: Running, camera_id: str) -> Any:
    """Return what the page of a camera's options names."""
    flow = await hass.config_entries.options.async_init(running.entry.entry_id)
    for answer in ({"next_step_id": "video"}, {"relay": False, "camera": camera_id}):
        flow = await hass.config_entries.options.async_configure(
            flow["flow_id"], answer
        )
    return flow["description_placeholders"]
