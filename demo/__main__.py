"""``scripts/demo``: a Home Assistant, a simulated cloud, and an account in it."""

import argparse
import asyncio
from contextlib import AsyncExitStack, suppress
import signal
import sys

from aiohttp import ClientSession

from homeassistant.const import __version__

from . import folder, storage
from .account import DOMAIN, add_account, add_door, enter_code
from .cloud import Cloud
from .dashboard import show_dashboard
from .errors import DemoError
from .hass import HomeAssistant
from .process import Program, running
from .progress import step

HTTP_PORT = 8123
PATIENCE = 120.0
CLOUD_LOG = folder.FOLDER / "cloud.log"
SERVER_LOG = folder.FOLDER / "output.log"


def main() -> int:
    """Run until Ctrl-C; return the exit code."""
    options = _options()
    if options.reset or folder.is_of_other_version(__version__):
        print("-> starting from scratch")
        folder.reset()
    try:
        asyncio.run(_until_interrupted(options))
    except DemoError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description=__doc__, epilog="--ha VERSION: see the script"
    )
    parser.add_argument(
        "--port", type=int, default=HTTP_PORT, help="of Home Assistant, if it is free"
    )
    parser.add_argument(
        "--dialect",
        choices=("teams", "reference"),
        default="teams",
        help="which contract the simulated account speaks",
    )
    parser.add_argument("--seed", type=int, default=1, help="of the simulated place")
    parser.add_argument("--reset", action="store_true", help="forget earlier runs")
    return parser.parse_args()


async def _until_interrupted(options: argparse.Namespace) -> None:
    task = asyncio.create_task(_demo(options))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def _demo(options: argparse.Namespace) -> None:
    port = storage.free_port(options.port)
    folder.prepare(port)
    memory = folder.recall()
    async with AsyncExitStack() as stack, ClientSession() as session:
        cloud = Cloud(session, f"http://{storage.LOCALHOST}:{memory.cloud_port}")
        async with step("the simulated cloud starts", "1 s"):
            arguments = (f"--port={memory.cloud_port}", f"--seed={options.seed}")
            simulator = await stack.enter_async_context(
                running("the simulated cloud", CLOUD_LOG, "simulator", *arguments)
            )
            await simulator.until(cloud.answers, PATIENCE)

        hass = HomeAssistant(session, f"http://{storage.LOCALHOST}:{port}")
        async with step("Home Assistant starts", "5 s"):
            arguments = (f"--config={folder.FOLDER}", "--skip-pip")
            server = await stack.enter_async_context(
                running("Home Assistant", SERVER_LOG, "homeassistant", *arguments)
            )
            await server.until(hass.answers, PATIENCE)
            await hass.log_in()
            await server.until(hass.is_running, PATIENCE)

        if options.dialect not in memory.accounts:
            async with step("the simulated account is added", "3 s"):
                await _add_account(hass, cloud, options.dialect)
            memory.accounts.append(options.dialect)
            memory.save()
        async with step("the dashboard is written", "1 s"):
            shown = await show_dashboard(hass, DOMAIN)
        _tell(hass, cloud, shown)
        await _first_end(simulator, server)


async def _add_account(hass: HomeAssistant, cloud: Cloud, dialect: str) -> None:
    entry_id = await add_account(hass, dialect, cloud.url)
    account = await cloud.account(dialect)
    for device in account["devices"]:
        if device["encrypted"]:
            await enter_code(hass, entry_id, device)
    if dialect == "reference":
        for door in account["doors"]:
            await add_door(hass, entry_id, door)


def _tell(hass: HomeAssistant, cloud: Cloud, shown: int) -> None:
    logs = folder.FOLDER.relative_to(folder.ROOT)
    print(f"\n   Open {hass.url}   (no login; {shown} entities)")
    print(f"   Make things happen: {cloud.url}/simulator/")
    print(f"   Logs: {logs}/*.log")
    print("   Ctrl-C ends it.\n", flush=True)


async def _first_end(*programs: Program) -> None:
    waiting = [asyncio.create_task(one.ended()) for one in programs]
    try:
        ended, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        ended.pop().result()
    finally:
        for task in waiting:
            task.cancel()


if __name__ == "__main__":
    sys.exit(main())
