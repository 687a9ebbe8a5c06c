"""A server that wants to harm: memory and time stay bounded, and nothing is believed."""

import asyncio
from collections.abc import Callable
import gzip
import time
import tracemalloc
from typing import Any, Final

import orjson
import pytest

from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.api.errors import HikError
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ...conftest import Running

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
@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_answers(running: Running, name: str) -> None:
    """Whatever comes, in whatever form, Home Assistant lives on as before."""
    body, headers = BODIES[name]()
    states = len(running.hass.states.async_all())
    runtime = running.entry.runtime_data
    for path in ("*/devices/get", "*/mq/messages"):
        running.sim.faults.add("raw", path=path, body=body, headers=headers)
    tracemalloc.start()
    started = time.perf_counter()
    for clock in (runtime.inventory, runtime.status, runtime.alarms):
        await clock.async_refresh()
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
