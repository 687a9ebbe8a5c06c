"""A real Home Assistant core in this process, in a folder that is gone afterwards."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
import logging
from pathlib import Path
import shutil
import sys
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import custom_components
from demo import storage
from homeassistant import bootstrap
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.runner import RuntimeConfig, configure_event_loop

from .loop import WATCH, WatchedLoop, watch_handles

ROOT = Path(__file__).parent.parent
STAND_INS = ROOT / "demo/stand_ins"
DOMAIN = "hikcentral_connect"
PLATFORMS = (
    *("binary_sensor", "button", "calendar", "camera", "event"),
    *("image", "lock", "select", "sensor", "switch"),
)
CONFIGURATION = """
homeassistant:
  time_zone: UTC
logger:
  default: error
"""


def run[T](main: Coroutine[Any, Any, T], factory: type[WatchedLoop] = WatchedLoop) -> T:
    """Run a coroutine on a loop that is watched and set up as the core's own."""
    # Parts of the core that are made for each machine are stood in for.
    sys.path.append(str(STAND_INS))
    watch_handles()

    def make() -> WatchedLoop:
        loop = WatchedLoop()
        configure_event_loop(loop)
        return loop

    return asyncio.run(main, loop_factory=make)


@asynccontextmanager
async def core(configuration: str = CONFIGURATION) -> AsyncGenerator[HomeAssistant]:
    """Run a core with nothing but what every installation has."""
    with TemporaryDirectory(prefix="hikcentral-bench-") as name:
        folder = Path(name)
        _prepare(folder, configuration)
        hass = await bootstrap.async_setup_hass(RuntimeConfig(name, skip_pip=True))
        if hass is None:
            raise RuntimeError("Home Assistant did not start")
        await hass.async_start()
        await hass.async_block_till_done()
        try:
            yield hass
        finally:
            WATCH.on = False
            logging.disable()
            await hass.async_stop(force=True)
            logging.disable(logging.NOTSET)


def make_entry(domain: str, data: dict[str, Any], **more: Any) -> ConfigEntry:
    """Return a config entry that was never set up."""
    return ConfigEntry(
        data=data,
        discovery_keys=MappingProxyType({}),
        domain=domain,
        minor_version=1,
        options=more.get("options", {}),
        source="user",
        subentries_data=more.get("subentries", []),
        title="HikCentral Connect",
        unique_id=more.get("unique_id"),
        version=1,
    )


def _prepare(folder: Path, configuration: str) -> None:
    components = folder / "custom_components"
    components.mkdir()
    (components / DOMAIN).symlink_to(ROOT / "custom_components" / DOMAIN)
    twin = components / f"{DOMAIN}_twin"
    shutil.copytree(ROOT / "benchmarks/twin", twin)
    for platform in PLATFORMS:
        (twin / f"{platform}.py").write_text(
            "from .entities import async_setup_entry as async_setup_entry\n"
        )
    # Core looks where the package is, which Python found in the folder of this program.
    custom_components.__path__ = [str(components)]
    (folder / "configuration.yaml").write_text(configuration)
    storage.write_server(folder, storage.free_port())
