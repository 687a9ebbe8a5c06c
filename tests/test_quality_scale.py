"""Every rule of the quality scale is kept, or exempt for a reason; checked by machine.

Rules that another test proves name it; that it exists is checked here.
"""

import ast
from pathlib import Path
import re

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
    "config-entry-unloading": "test_init.py::test_unload",
    "config-flow": "test_config_flow.py::test_add_account",
    "config-flow-test-coverage": "test_config_flow.py::test_wrong_input",
    "devices": "test_init.py::test_device_tree",
    "diagnostics": "test_diagnostics.py::test_what_is_told",
    "dynamic-devices": "test_init.py::test_account_grows",
    "entity-category": "test_entities.py::test_platform",
    "entity-device-class": "test_entities.py::test_platform",
    "entity-disabled-by-default": "test_entities.py::test_platform",
    "entity-unavailable": "test_init.py::test_outage",
    "exception-translations": "test_translations.py::test_each_error_has_a_message",
    "icon-translations": "test_translations.py::test_icons_belong_to_something",
    "log-when-unavailable": "test_init.py::test_outage",
    "reauthentication-flow": "test_config_flow.py::test_reauth",
    "reconfiguration-flow": "test_config_flow.py::test_reconfigure",
    "repair-issues": "test_repairs.py::test_foreign_webhook",
    "stale-devices": "test_init.py::test_account_shrinks",
    "test-before-configure": "test_config_flow.py::test_refusals",
    "test-before-setup": "test_init.py::test_refused_keys_at_start",
    "unique-config-entry": "test_config_flow.py::test_same_account_twice",
}
CHECKED_HERE = {
    "action-setup",
    "appropriate-polling",
    "async-dependency",
    "brands",
    "common-modules",
    "dependency-transparency",
    "docs-high-level-description",
    "docs-triggers",
    "entity-event-setup",
    "entity-translations",
    "entity-unique-id",
    "has-entity-name",
    "inject-websession",
    "integration-owner",
    "parallel-updates",
    "runtime-data",
    "strict-typing",
    "test-coverage",
}


def test_every_rule() -> None:
    """The file names exactly the rules of core, each kept or exempt with a reason."""
    core = Path(components.__file__).parent / "unifi_access" / "quality_scale.yaml"
    assert list(RULES) == list(yaml.safe_load(core.read_text())["rules"])
    for rule, status in RULES.items():
        if status == "done":
            assert (rule in HEADINGS) + (rule in PROOFS) + (rule in CHECKED_HERE) == 1
        else:
            assert status["status"] == "exempt", rule
            assert len(status["comment"]) > 20, rule


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


def test_readme_begins_with_a_promise() -> None:
    """The first paragraph tells what it is for; triggers have their own document."""
    assert README.split("\n\n")[1].startswith("Cameras, doors, rings")
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
    """Everybody shares Home Assistant's connections; nothing of ours blocks."""
    for path in _modules():
        text = path.read_text()
        assert text.count("ClientSession(") == text.count("connector_owner=False"), path
        assert not re.search(
            r"^(import|from) (requests|urllib3|httpx)", text, re.MULTILINE
        ), path


def test_entities_listen_when_they_are_added() -> None:
    """Nobody subscribes in a constructor (entity-event-setup)."""
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                assert "async_on_remove" not in ast.unparse(node), path


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
    assert isinstance(running.entry.runtime_data, HikRuntime)


def test_strictness() -> None:
    """Types are checked strictly, and coverage has a floor."""
    settings = (ROOT / "pyproject.toml").read_text()
    assert re.search(r"^strict = true$", settings, re.MULTILINE)
    assert re.search(r"^fail_under = 9[89]$", settings, re.MULTILINE)
