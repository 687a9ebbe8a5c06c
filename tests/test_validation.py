"""What Home Assistant and HACS ask of an integration, as far as it can be checked here.

Their own programs, hassfest and the action of HACS, run in the workflow `validate.yml`.
"""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any, Final

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
import pytest
import voluptuous as vol
import yaml

from custom_components import hikcentral_connect
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.const import Platform
from homeassistant.helpers import config_validation as cv, selector

COMPONENT = Path(hikcentral_connect.__file__).parent
ROOT = COMPONENT.parents[1]
LANGUAGES = sorted((COMPONENT / "translations").glob("*.json"))
KEY = re.compile(r"^(?!.+[_-]{2})(?![_-])[a-z0-9-_]+(?<![_-])$")
QUOTED = re.compile(r"'\{[a-z_]+\}'")

ALLOWED: Final = {platform.value for platform in Platform} | {
    "frontend",
    "media_source",
    "panel_custom",
    "stream",
    "system_health",
    "webhook",
    "websocket_api",
}
"""Parts of Home Assistant that everybody may import without naming them."""


def _text(value: Any) -> str:
    text: str = cv.string_with_no_html(value)
    if text != text.strip() or QUOTED.search(text) or re.search(r"https?://", text):
        raise vol.Invalid("space at an end, a quoted placeholder or an address")
    return text


def _keyed(schema: Any) -> Any:
    return cv.schema_with_slug_keys(schema, slug_validator=vol.Match(KEY))


def _described(step: dict[str, Any]) -> dict[str, Any]:
    for names, texts in (
        ("data", "data_description"),
        ("menu_options", "menu_option_descriptions"),
    ):
        if unknown := step.get(texts, {}).keys() - step.get(names, {}).keys():
            raise vol.Invalid(f"{unknown} is described, but has no name")
    return step


TEXTS = {str: _text}
STEP = vol.All(
    {
        "title": _text,
        "description": _text,
        "submit": _text,
        "data": TEXTS,
        "data_description": TEXTS,
        "menu_options": TEXTS,
        "menu_option_descriptions": TEXTS,
    },
    _described,
)
FLOW = {
    "flow_title": _text,
    vol.Required("step"): {str: STEP},
    "error": TEXTS,
    "abort": TEXTS,
    "create_entry": TEXTS,
    "progress": TEXTS,
}
NAMED = {vol.Required("name"): _text, vol.Required("description"): _text}
ATTRIBUTE = {"name": _text, "state": _keyed(_text)}
TRANSLATIONS = vol.Schema(
    {
        "title": _text,
        "config": FLOW,
        "options": FLOW,
        "config_subentries": {
            str: {
                **FLOW,
                vol.Required("entry_type"): _text,
                vol.Required("initiate_flow"): {
                    vol.Required("user"): _text,
                    str: _text,
                },
            }
        },
        "selector": _keyed({"options": _keyed(_text)}),
        "device": _keyed({"name": _text}),
        "entity": _keyed(
            _keyed(
                {
                    **ATTRIBUTE,
                    "state_attributes": _keyed(ATTRIBUTE),
                    "unit_of_measurement": _text,
                }
            )
        ),
        "exceptions": _keyed({vol.Required("message"): _text}),
        "issues": _keyed(
            {
                vol.Required("title"): _text,
                vol.Exclusive("description", "how"): _text,
                vol.Exclusive("fix_flow", "how"): FLOW,
            }
        ),
        "services": _keyed({**NAMED, "fields": _keyed(NAMED)}),
        "triggers": _keyed({**NAMED, "fields": _keyed(NAMED)}),
        "system_health": {"info": _keyed(_text)},
    }
)
MANIFEST = vol.Schema(
    {
        vol.Required("domain"): DOMAIN,
        vol.Required("name"): str,
        vol.Required("codeowners"): [vol.Match(r"@[\w-]+")],
        vol.Required("config_flow"): True,
        vol.Required("dependencies"): [str],
        vol.Required("after_dependencies"): [str],
        vol.Required("documentation"): vol.All(vol.Url(), vol.Match("https://")),
        vol.Required("issue_tracker"): vol.All(vol.Url(), vol.Match("https://")),
        vol.Required("integration_type"): "hub",
        vol.Required("iot_class"): "cloud_polling",
        vol.Required("loggers"): [str],
        vol.Required("requirements"): [],
        vol.Required("version"): lambda value: AwesomeVersion(
            value, ensure_strategy=[AwesomeVersionStrategy.SEMVER]
        ),
    }
)


def _json(path: str) -> Any:
    return json.loads((COMPONENT / path).read_text())


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items():
        yield from _strings(inner, f"{path}/{key}")


def test_manifest() -> None:
    """Every key is known and right: domain and name first, then the alphabet."""
    manifest = _json("manifest.json")
    MANIFEST(manifest)
    keys = list(manifest)
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]
    assert COMPONENT.name == manifest["domain"]
    assert not set(manifest["dependencies"]) & set(manifest["after_dependencies"])


def _imported(path: Path) -> Iterator[str]:
    """Return the parts of Home Assistant that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        parts = node.module.split(".")
        if parts[:2] != ["homeassistant", "components"]:
            continue
        yield from parts[2:3] or [alias.name for alias in node.names]


def test_dependencies() -> None:
    """What is imported of Home Assistant is named in the manifest."""
    manifest = _json("manifest.json")
    named = {*manifest["dependencies"], *manifest["after_dependencies"]}
    # A platform for another integration may import that one.
    platforms = {path.stem for path in COMPONENT.glob("*.py")}
    for path in COMPONENT.rglob("*.py"):
        assert set(_imported(path)) <= ALLOWED | named | platforms, path


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_texts(language: Path) -> None:
    """Every text is where Home Assistant looks, and is plain: no HTML, no address."""
    TRANSLATIONS(json.loads(language.read_text()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"config": {}},
        {"entity": {"sensor": {"Upper": {"name": "x"}}}},
        {"entity": {"sensor": {"x": {"name": "<b>x</b>"}}}},
        {"issues": {"x": {"title": "x", "description": "x", "fix_flow": {"step": {}}}}},
        {"options": {"step": {"x": {"data_description": {"y": "z"}}}}},
        {"exceptions": {"x": {"message": "no '{device}' here"}}},
        {"services": {"x": {"name": "x"}}},
        {"surprise": {}},
    ],
    ids=json.dumps,
)
def test_mistakes_are_found(wrong: Any) -> None:
    """A text that Home Assistant would not find is refused."""
    with pytest.raises(vol.Invalid):
        TRANSLATIONS(wrong)


@pytest.mark.parametrize("file", ["services.yaml", "triggers.yaml"])
def test_selectors(file: str) -> None:
    """Each field has a selector that Home Assistant knows, and its options have texts."""
    texts = _json("translations/en.json")
    told = texts[file.removesuffix(".yaml")]
    for name, described in yaml.safe_load((COMPONENT / file).read_text()).items():
        fields = (described or {}).get("fields", {})
        assert fields.keys() == told[name].get("fields", {}).keys(), name
        for field in fields.values():
            selector.validate_selector(field["selector"])
            select = field["selector"].get("select") or {}
            if key := select.get("translation_key"):
                wanted = {str(option) for option in select["options"]}
                assert wanted <= texts["selector"][key]["options"].keys(), (name, key)


def test_icons() -> None:
    """Icons are of the common set, and none repeats its default."""
    icons = _json("icons.json")
    assert icons.keys() <= {"entity", "services", "triggers"}
    assert all(icon.startswith("mdi:") for _, icon in _strings(icons))
    for platform in icons["entity"].values():
        for entity in platform.values():
            assert entity.get("default") not in entity.get("state", {}).values()


def test_hacs() -> None:
    """HACS finds one integration, its file, its brand, a description and a licence."""
    hacs = json.loads((ROOT / "hacs.json").read_text())
    vol.Schema(
        {
            vol.Required("name"): str,
            vol.Required("homeassistant"): str,
            vol.Required("zip_release"): True,
            vol.Required("filename"): f"{DOMAIN}.zip",
        }
    )(hacs)
    integrations = [
        path.name
        for path in COMPONENT.parent.iterdir()
        if path.is_dir() and not path.name.startswith("_")
    ]
    assert integrations == [DOMAIN]
    assert (COMPONENT / "brand/icon.png").exists()
    assert (ROOT / "README.md").exists()
    assert (ROOT / "LICENSE").read_text().strip().startswith(("MIT License", "Apache"))


def test_versions_agree() -> None:
    """The lowest Home Assistant is the same in HACS, README and the pins of the tests."""
    lowest = json.loads((ROOT / "hacs.json").read_text())["homeassistant"]
    readme = (ROOT / "README.md").read_text()
    assert f"It needs Home Assistant {lowest} or newer." in readme

    def pinned(file: str) -> AwesomeVersion:
        pins = (ROOT / file).read_text()
        return AwesomeVersion(
            re.findall(r"^homeassistant==(\S+)", pins, re.MULTILINE)[0]
        )

    month = lowest.rpartition(".")[0]
    assert pinned("requirements_lowest.txt").startswith(f"{month}.")
    assert AwesomeVersion(lowest) <= pinned("requirements_lowest.txt")
    assert pinned("requirements_lowest.txt") < pinned("requirements_test.txt")
    shown = re.findall(r"^DEMO_VERSION=(.+)$", _script("lib/demo.sh"), re.MULTILINE)[0]
    assert pinned("requirements_test.txt") <= AwesomeVersion(shown)
    comments = (ROOT / "pyproject.toml").read_text()
    for file in ("requirements_lowest.txt", "requirements_test.txt"):
        assert re.search(rf"# {file}: .*, {pinned(file)}$", comments, re.MULTILINE)


def _script(name: str) -> str:
    return (ROOT / "scripts" / name).read_text()
