"""Every text that the integration can show is there."""

import ast
import json
from pathlib import Path
import re
from typing import Any

import yaml

import custom_components.hikcentral_connect
from custom_components.hikcentral_connect.api import errors
from custom_components.hikcentral_connect.api.hosts import Region
from custom_components.hikcentral_connect.const import REGION_CUSTOM
from custom_components.hikcentral_connect.exceptions import explain
from custom_components.hikcentral_connect.messages.kinds import KINDS, OTHER

FOLDER = Path(custom_components.hikcentral_connect.__path__[0])
EN: dict[str, Any] = json.loads((FOLDER / "translations/en.json").read_text())


def _all_errors(kind: type[errors.HikError]) -> set[type[errors.HikError]]:
    ours = (one for one in kind.__subclasses__() if one.__module__ == errors.__name__)
    return {kind}.union(*(_all_errors(one) for one in ours))


def _instance(kind: type[errors.HikError]) -> errors.HikError:
    if kind is errors.FieldInvalid:
        return errors.FieldInvalid("field", "reason")
    if issubclass(kind, errors.ServiceRefused):
        return kind("code", "text")
    return kind("text")


def test_each_error_has_a_message() -> None:
    """Every way to fail has one message, whose placeholders are all given."""
    for kind in _all_errors(errors.HikError):
        told = explain(_instance(kind))
        message = EN["exceptions"][told["translation_key"]]["message"]
        wanted = set(re.findall(r"{(\w+)}", message))
        assert wanted <= told["translation_placeholders"].keys(), kind


def test_each_raised_key_has_a_message() -> None:
    """Every translation key in the code stands in the texts."""
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "translation_key"
                and isinstance(node.value, ast.Constant)
            ):
                key = str(node.value.value)
                known = EN["exceptions"], *EN["entity"].values(), EN["selector"]
                assert any(key in texts for texts in known), key


def test_regions_have_names() -> None:
    """Every choice of the region list is named."""
    options = EN["selector"]["region"]["options"]
    assert set(options) == {*(region.value for region in Region), REGION_CUSTOM}


def test_kinds_have_names() -> None:
    """Every kind of alarm is named as an event, and as a sensor if it is one."""
    states = EN["entity"]["event"]["alarm"]["state_attributes"]["event_type"]["state"]
    assert set(states) == {*(kind.key for kind in KINDS), OTHER}
    sensors = EN["entity"]["binary_sensor"]
    assert {kind.key for kind in KINDS if kind.sensor} <= set(sensors)


def test_actions_have_texts() -> None:
    """Every field of an action has a name and a description."""
    actions = yaml.safe_load((FOLDER / "services.yaml").read_text())
    assert actions.keys() == EN["services"].keys()
    for name, action in actions.items():
        texts = EN["services"][name].get("fields", {})
        assert action.get("fields", {}).keys() == texts.keys()


def test_icons_belong_to_something() -> None:
    """No icon is left over from an entity that is gone."""
    icons = json.loads((FOLDER / "icons.json").read_text())
    for platform, entities in icons["entity"].items():
        assert entities.keys() <= EN["entity"][platform].keys()
    assert icons["services"].keys() == EN["services"].keys()
