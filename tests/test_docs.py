"""The documents tell the truth: commands exist, tables are in step, examples run."""

from collections.abc import Iterable
import os
from pathlib import Path
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
import yaml

from custom_components.hikcentral_connect.api.models.messages import Alarm, Phase
from custom_components.hikcentral_connect.messages.bus import event_data
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from scripts import reference_tables

from .common import TEAMS
from .conftest import Running

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "simulator/README.md"]
)
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"`((?:scripts|\.ci)/[\w./]+)((?: --?[\w-]+(?: [\w.]+)?)*)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links(document: Path) -> None:
    """What a document points at exists."""
    targets = LINK.findall(document.read_text())
    assert [one for one in targets if not (document.parent / one).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands(document: Path) -> None:
    """Each command is there, can be run, and knows the options it is shown with."""
    for script, options in COMMAND.findall(document.read_text()):
        path = ROOT / script
        assert path.exists(), script
        assert path.suffix == ".py" or os.access(path, os.X_OK), script
        text = path.read_text() + (ROOT / "demo/__main__.py").read_text()
        for option in re.findall(r"--[\w-]+", options):
            assert option in text, f"{script} {option}"


@pytest.mark.parametrize("name", ["actions", "errors"])
def test_tables(name: str) -> None:
    """The tables are what their script makes of the code."""
    written = (ROOT / "docs" / f"{name}.md").read_text()
    assert written == getattr(reference_tables, name)(), "run scripts.reference_tables"


def test_event_fields() -> None:
    """Every field of the event is documented."""
    text = (ROOT / "docs/events.md").read_text()
    alarm = Alarm(id="1", event_type="131331", phase=Phase.START, occurred=None)
    fields = event_data("entry", False, alarm)
    assert [field for field in fields if f"`{field}`" not in text] == []


def test_blueprints_are_named() -> None:
    """The README offers every blueprint, each with a badge that imports it."""
    readme = (ROOT / "README.md").read_text()
    blueprints = (ROOT / "blueprints").rglob("*.yaml")
    assert [one.name for one in blueprints if readme.count(one.name) != 1] == []


def _examples() -> Iterable[dict[str, Any]]:
    text = (ROOT / "docs/examples.md").read_text()
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        yield yaml.safe_load(block)


EXAMPLES = {example["alias"]: example for example in _examples()}


async def _poll(running: Running) -> None:
    for queue in running.entry.runtime_data.queues:
        await queue.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)


def _named[T](things: dict[str, T], name: str) -> T:
    return next(one for one in things.values() if one.name == name)


async def _rings(running: Running) -> None:
    station = _named(running.account.world.devices, "Door station")
    running.account.happen.ring(station.id)


async def _is_refused_at_night(running: Running) -> None:
    """Move Home Assistant to where it is night."""
    behind = (dt_util.utcnow().hour - 23) % 24
    zone = f"Etc/GMT+{behind}" if behind <= 12 else f"Etc/GMT-{24 - behind}"
    await running.hass.config.async_set_time_zone(zone)
    door = _named(running.account.world.doors, "Front door")
    running.account.happen.access(door.id, None)


async def _intrudes(running: Running) -> None:
    camera = _named(running.account.world.cameras, "Terrace")
    running.account.happen.alarm(camera.id, "intrusion")


CAUSES = {
    "Somebody rings": _rings,
    "Refused at night": _is_refused_at_night,
    "Intrusion anywhere": _intrudes,
    "Workshop open in the morning": None,
}


@pytest.fixture
async def done(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what the examples ask of Home Assistant's own actions."""
    return async_mock_service(hass, "notify", "notify")


@TEAMS
@pytest.mark.parametrize(
    "alias", [one for one in EXAMPLES if "triggers" in EXAMPLES[one]]
)
async def test_automation(
    running: Running, done: list[ServiceCall], alias: str
) -> None:
    """What the example waits for happens, and it does once what it says."""
    hass, cause = running.hass, CAUSES[alias]
    hass.services.async_register("camera", "snapshot", done.append)
    assert await async_setup_component(
        hass, "automation", {"automation": EXAMPLES[alias]}
    )
    await hass.async_block_till_done()
    (automation,) = hass.states.async_all("automation")
    assert automation.state == "on"

    target = {"entity_id": automation.entity_id}
    if cause is None:
        await hass.services.async_call("automation", "trigger", target, blocking=True)
        assert len(running.sim.record.calls("*/remote/control")) == 1
    else:
        await cause(running)
        await _poll(running)
        assert len(done) == 1
    await hass.services.async_call("automation", "turn_off", target, blocking=True)


@TEAMS
@pytest.mark.parametrize(
    "alias", [one for one in EXAMPLES if "sequence" in EXAMPLES[one]]
)
async def test_script(running: Running, done: list[ServiceCall], alias: str) -> None:
    """The script runs to its end."""
    hass = running.hass
    assert await async_setup_component(
        hass, "script", {"script": {"it": EXAMPLES[alias]}}
    )
    await hass.services.async_call("script", "it", blocking=True)
    assert len(done) == 1
