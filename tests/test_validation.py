"""What Home Assistant's own validation of integrations asks, as far as it can run here.

The whole of it (hassfest) runs in the workflow `validate.yml`, from its own sources.
"""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

import pytest
import yaml

from custom_components import hikcentral_connect
from homeassistant.helpers import config_validation as cv, selector

COMPONENT = Path(hikcentral_connect.__file__).parent
LANGUAGES = sorted((COMPONENT / "translations").glob("*.json"))
KEY = re.compile(r"^(?!.+[_-]{2})(?![_-])[a-z0-9-_]+(?<![_-])$")
QUOTED = re.compile(r"'\{[a-z_]+\}'")
PARTS = {
    "config",
    "config_subentries",
    "device",
    "entity",
    "exceptions",
    "issues",
    "options",
    "selector",
    "services",
    "system_health",
    "title",
    "triggers",
}


def _json(name: str) -> Any:
    return json.loads((COMPONENT / name).read_text())


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items():
        yield from _strings(inner, f"{path}/{key}")


def test_manifest() -> None:
    """Domain and name first, the rest in the order of the alphabet."""
    keys = list(_json("manifest.json"))
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_texts(language: Path) -> None:
    """No HTML, no address: those belong into placeholders, no quoted placeholder."""
    texts = json.loads(language.read_text())
    assert texts.keys() <= PARTS
    for path, text in _strings(texts):
        cv.string_with_no_html(text)
        assert text == text.strip(), path
        assert not QUOTED.search(text), path
        assert not re.search(r"https?://", text), path


def test_states() -> None:
    """Keys of states, selectors and issues are slugs."""
    texts = _json("translations/en.json")
    for part in ("entity", "selector", "issues", "exceptions", "device"):
        for path, _ in _strings(texts.get(part, {})):
            assert all(KEY.match(key) for key in path.split("/")[1:]), path


@pytest.mark.parametrize("file", ["services.yaml", "triggers.yaml"])
def test_selectors(file: str) -> None:
    """Each field has a selector that Home Assistant knows, and its options have texts."""
    texts = _json("translations/en.json")["selector"]
    for name, described in yaml.safe_load((COMPONENT / file).read_text()).items():
        for field in (described or {}).get("fields", {}).values():
            selector.validate_selector(field["selector"])
            select = field["selector"].get("select") or {}
            if key := select.get("translation_key"):
                wanted = {str(option) for option in select["options"]}
                assert wanted <= texts[key]["options"].keys(), (name, key)


def test_icons() -> None:
    """Icons are of the common set, and none repeats its default."""
    icons = _json("icons.json")
    assert all(icon.startswith("mdi:") for _, icon in _strings(icons))
    for platform in icons["entity"].values():
        for entity in platform.values():
            assert entity.get("default") not in entity.get("state", {}).values()
