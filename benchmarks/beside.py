"""What core takes for the entities of an account: its twin, in a process of its own."""

from dataclasses import dataclass
import gc
import json
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import process_time
import tracemalloc
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .core import DOMAIN, PLATFORMS, ROOT, core, make_entry, run

TWIN = f"{DOMAIN}_twin"

type Description = dict[str, Any]

FEW: Description = {
    "devices": [],
    "entities": [
        {
            "domain": domain,
            "unique_id": f"few {domain}",
            "name": domain,
            "category": None,
            "enabled": True,
            "device": "few",
        }
        for domain in PLATFORMS
    ],
}
"""One entity of each kind: makes core ready for more."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time and bytes that a set-up took."""

    seconds: float
    memory: int


def describe(hass: HomeAssistant, entry_id: str) -> Description:
    """Return the devices and entities of an account, disabled ones too."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry_id)
    keys = {device.id: next(iter(device.identifiers))[1] for device in devices}
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    return {
        "devices": [
            {
                "key": keys[device.id],
                "manufacturer": device.manufacturer,
                "model": device.model,
                "name": device.name,
                "serial": device.serial_number,
                "area": device.area_id,
                "via": keys.get(device.via_device_id or ""),
            }
            for device in devices
        ],
        "entities": [
            {
                "domain": one.domain,
                "unique_id": one.unique_id,
                "name": one.original_name,
                "category": one.entity_category,
                "enabled": one.disabled_by is None,
                "device": keys.get(one.device_id or ""),
            }
            for one in entities
        ],
    }


def cost_of(description: Description, *, traced: bool) -> Cost:
    """Set the twin of an account up in another process and return what that cost."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "account.json"
        file.write_text(json.dumps(description))
        command = [sys.executable, "-m", __spec__.name, str(file), str(int(traced))]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


async def _set_up(description: Description, *, traced: bool) -> Cost:
    async with core() as hass:
        # What is imported is there once, however many entities there are.
        await add(hass, FEW)
        gc.collect()
        if traced:
            tracemalloc.start()
        began = process_time()
        await add(hass, description)
        seconds = process_time() - began
        gc.collect()
        memory = tracemalloc.get_traced_memory()[0] if traced else 0
        tracemalloc.stop()
    return Cost(seconds, memory)


async def add(hass: HomeAssistant, description: Description) -> None:
    """Set a twin up."""
    entry = make_entry(TWIN, description)
    await hass.config_entries.async_add(entry)
    if entry.state is not ConfigEntryState.LOADED:
        raise RuntimeError(f"the twin is not set up: {entry.reason}")
    await hass.async_block_till_done()


if __name__ == "__main__":
    account = json.loads(Path(sys.argv[1]).read_text())
    cost = run(_set_up(account, traced=sys.argv[2] == "1"))
    print(json.dumps({"seconds": cost.seconds, "memory": cost.memory}))
