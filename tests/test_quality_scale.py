"""Every rule of the quality scale is kept, or exempt for a reason; checked by machine.

Rules that another test proves name it; that it exists is checked here.
"""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
import tomllib
from typing import Any

from PIL import Image
import pytest
import yaml

from custom_components import hikcentral_connect
from custom_components.hikcentral_connect import PLATFORMS
from custom_components.hikcentral_connect.const import DOMAIN
from custom_components.hikcentral_connect.runtime import HikRuntime
from homeassistant import components
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.loader import async_get_integration
from homeassistant.setup import async_setup_component

from .conftest import Running

ROOT = Path(__file__).parent.parent
COMPONENT = Path(hikcentral_connect.__file__).parent
RULES = yaml.safe_load((COMPONENT / "quality_scale.yaml").read_text())["rules"]
README = (ROOT / "README.md").read_text()

HEADINGS = {
    "docs-actions": "Actions, automations, voice",
    "docs-configuration-parameters": "Options",
    "docs-data-update": "How data is updated",
    "docs-examples": "Blueprints",
    "docs-installation-instructions": "Installing",
    "docs-installation-parameters": "Setting up",
    "docs-known-limitations": "Known limits",
    "docs-removal-instructions": "Removing it",
    "docs-supported-devices": "Devices",
    "docs-supported-functions": "What you get",
    "docs-troubleshooting": "Troubleshooting",
    "docs-use-cases": "What it is good for",
}
PROOFS = {
    "action-exceptions": "test_doors.py::test_offline_door",
    "action-setup": "test_quality_scale.py::test_actions_without_an_account",
    "appropriate-polling": "test_init.py::test_periodic_polling",
    "async-dependency": "test_quality_scale.py::test_nothing_blocks",
    "brands": "test_quality_scale.py::test_brand",
    "common-modules": "test_quality_scale.py::test_common_modules",
    "config-entry-unloading": "test_init.py::test_unload",
    "config-flow": "test_quality_scale.py::test_every_field_is_described",
    "config-flow-test-coverage": "test_quality_scale.py::test_coverage",
    "dependency-transparency": "test_quality_scale.py::test_manifest",
    "devices": "test_init.py::test_device_tree",
    "diagnostics": "test_diagnostics.py::test_what_is_told",
    "docs-high-level-description": "test_quality_scale.py::test_promise",
    "docs-triggers": "test_quality_scale.py::test_triggers_are_documented",
    "dynamic-devices": "test_init.py::test_account_grows",
    "entity-category": "test_entities.py::test_platform",
    "entity-device-class": "test_entities.py::test_platform",
    "entity-disabled-by-default": "test_entities.py::test_platform",
    "entity-event-setup": "test_quality_scale.py::test_entities_listen_when_added",
    "entity-translations": "test_quality_scale.py::test_entities",
    "entity-unavailable": "test_init.py::test_outage",
    "entity-unique-id": "test_quality_scale.py::test_entities",
    "exception-translations": "test_translations.py::test_each_error_has_a_message",
    "has-entity-name": "test_quality_scale.py::test_entities",
    "icon-translations": "test_translations.py::test_icons_belong_to_something",
    "inject-websession": "test_quality_scale.py::test_sessions",
    "integration-owner": "test_quality_scale.py::test_manifest",
    "log-when-unavailable": "test_init.py::test_outage",
    "parallel-updates": "test_quality_scale.py::test_parallel_updates",
    "reauthentication-flow": "test_config_flow.py::test_reauth",
    "reconfiguration-flow": "test_config_flow.py::test_reconfigure",
    "repair-issues": "test_repairs.py::test_foreign_webhook",
    "runtime-data": "test_quality_scale.py::test_runtime_data",
    "stale-devices": "test_init.py::test_account_shrinks",
    "strict-typing": "test_quality_scale.py::test_strict_typing",
    "test-before-configure": "test_config_flow.py::test_refusals",
    "test-before-setup": "test_init.py::test_refused_keys_at_start",
    "test-coverage": "test_quality_scale.py::test_coverage",
    "unique-config-entry": "test_config_flow.py::test_same_account_twice",
}


def test_every_rule() -> None:
    """The file names exactly the rules of core, each kept or exempt with a reason."""
    core = Path(components.__file__).parent / "unifi_access" / "quality_scale.yaml"
    assert list(RULES) == list(yaml.safe_load(core.read_text())["rules"])
    done = HEADINGS.keys() | PROOFS.keys()
    for rule, status in RULES.items():
        if isinstance(status, dict):
            assert len(status["comment"]) > 20, rule
            status = status["status"]
        assert status == ("done" if rule in done else "exempt"), rule
    assert done <= RULES.keys()
    assert not HEADINGS.keys() & PROOFS.keys()


@pytest.mark.parametrize("rule", PROOFS)
def test_proof(rule: str) -> None:
    """The test that proves a rule exists."""
    file, _, name = PROOFS[rule].partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text())
    tests = {getattr(node, "name", None) for node in tree.body}
    assert name in tests


@pytest.mark.parametrize("rule", HEADINGS)
def test_readme(rule: str) -> None:
    """The README has a chapter on it, and the chapter says something."""
    chapter = re.split(rf"^###? {HEADINGS[rule]}$", README, flags=re.MULTILINE)[1]
    assert len(re.split(r"^##", chapter, flags=re.MULTILINE)[0]) > 150


def test_promise() -> None:
    """The first paragraph tells what it is for, and for which service."""
    promise = README.split("\n\n")[1]
    assert promise.startswith("Cameras, doors, rings")
    assert "HikCentral Connect" in promise


def test_triggers_are_documented() -> None:
    """Triggers have their own document."""
    triggers = yaml.safe_load((COMPONENT / "triggers.yaml").read_text())
    events = (ROOT / "docs/events.md").read_text()
    assert all(f"`{DOMAIN}.{trigger}`" in events for trigger in triggers)


async def test_actions_without_an_account(hass: HomeAssistant) -> None:
    """All actions are there before any account is (action-setup)."""
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    described = yaml.safe_load((COMPONENT / "services.yaml").read_text())
    assert set(hass.services.async_services_for_domain(DOMAIN)) == set(described)


async def test_manifest(hass: HomeAssistant) -> None:
    """It needs no library, has an owner, and says how it polls."""
    integration = await async_get_integration(hass, DOMAIN)
    assert integration.requirements == []
    assert integration.manifest["codeowners"]
    assert integration.manifest["iot_class"] == "cloud_polling"


def test_brand() -> None:
    """Pictures of our own, in the sizes that Home Assistant wants."""
    for name, size in (("icon", 256), ("icon@2x", 512)):
        with Image.open(COMPONENT / "brand" / f"{name}.png") as picture:
            assert picture.size == (size, size)


def _modules() -> list[Path]:
    return [path for path in COMPONENT.rglob("*.py") if "__pycache__" not in path.parts]


def test_common_modules() -> None:
    """Coordinator and base entity stand where readers look for them."""
    assert (COMPONENT / "coordinator.py").exists()
    assert (COMPONENT / "entity.py").exists()


def test_parallel_updates() -> None:
    """Each platform says how many updates run at once."""
    for platform in PLATFORMS:
        assert "PARALLEL_UPDATES = " in (COMPONENT / f"{platform}.py").read_text()


def test_sessions() -> None:
    """Everybody shares Home Assistant's connections."""
    for path in _modules():
        text = path.read_text()
        assert text.count("ClientSession(") == text.count("connector_owner=False"), path
    assert "async_get_clientsession(hass)" in (COMPONENT / "account.py").read_text()


def test_nothing_blocks() -> None:
    """The client waits for nothing but the event loop."""
    blocking = r"^(import|from) (requests|urllib3|urllib\.request|http\.client|httpx)\b"
    for path in _modules():
        text = path.read_text()
        assert not re.search(blocking, text, re.MULTILINE), path
        assert "time.sleep(" not in text, path


def _named_in_constructors(path: Path) -> set[str]:
    """Return what the constructors of a file mention."""
    return {
        inner.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
    }


def test_entities_listen_when_added() -> None:
    """Nobody subscribes in a constructor."""
    subscribing = re.compile(r"async_(on_remove|add_listener|listen|track_)")
    for path in _modules():
        names = _named_in_constructors(path)
        assert not [name for name in names if subscribing.match(name)], path


async def test_entities(running: Running) -> None:
    """Each entity has an id of its own, and a name that is translated."""
    registry = er.async_get(running.hass)
    entities = er.async_entries_for_config_entry(registry, running.entry.entry_id)
    assert len({(one.domain, one.unique_id) for one in entities}) == len(entities) > 50
    for entity in entities:
        assert entity.has_entity_name, entity.entity_id
        # One without a name is the main feature of its device.
        named = entity.translation_key or entity.original_device_class
        assert named or entity.original_name is None, entity.entity_id


async def test_runtime_data(running: Running) -> None:
    """What runs for an account hangs on its entry."""
    assert isinstance(running.entry.runtime_data, HikRuntime)
    assert DOMAIN not in running.hass.data


def _steps(texts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    flows = [texts["config"], texts["options"], *texts["config_subentries"].values()]
    for flow in flows:
        yield from flow["step"].values()


def test_every_field_is_described() -> None:
    """The dialogs explain each of their fields, and each choice of their menus."""
    texts = json.loads((COMPONENT / "translations/en.json").read_text())
    for step in _steps(texts):
        assert step.get("data", {}).keys() == step.get("data_description", {}).keys()
        choices = step.get("menu_options", {}).keys()
        assert choices == step.get("menu_option_descriptions", {}).keys()


def test_strict_typing() -> None:
    """Types are checked strictly, in everything that belongs to the integration."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert settings["strict"]
    assert "custom_components" in settings["files"]
    loosened = {one["module"].partition(".")[0] for one in settings["overrides"]}
    assert "custom_components" not in loosened
    assert "mypy" in (ROOT / "scripts/lint").read_text()


def test_coverage() -> None:
    """Lines and branches have a floor; dialogs and client have no gap at all."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]
    assert settings["run"]["branch"]
    assert settings["report"]["fail_under"] >= 98
    nightly = (ROOT / ".github/workflows/test.yml").read_text()
    assert "scripts/coverage" in nightly
    whole = (ROOT / "scripts/coverage").read_text()
    assert "--fail-under=100" in whole
    for part in ("config_flow.py", "flows/*", "api/*"):
        assert part in whole
