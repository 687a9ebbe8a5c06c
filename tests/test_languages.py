"""Every language says all that English says, of the integration and of the front end."""

from collections.abc import Iterator
import json
from pathlib import Path
import re

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = (
    ROOT / "custom_components/hikcentral_connect/translations",
    ROOT / "frontend/src/translations",
)
LANGUAGES = {
    *("ar", "cs", "de", "es", "fr", "hi", "it"),
    *("nl", "pl", "pt-BR", "ru", "tr", "uk", "zh-Hans"),
}
FILES = [
    pytest.param(folder / f"{language}.json", id=f"{side}-{language}")
    for folder, side in zip(FOLDERS, ("integration", "frontend"), strict=True)
    for language in sorted(LANGUAGES)
]

type Node = str | dict[str, Node]


def _texts(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield path, node
        return
    for key, child in node.items():
        yield from _texts(child, f"{path}.{key}" if path else key)


def _read(file: Path) -> dict[str, str]:
    return dict(_texts(json.loads(file.read_text())))


def _english(file: Path) -> dict[str, str]:
    return _read(file.with_name("en.json"))


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", text))


@pytest.mark.parametrize("folder", FOLDERS, ids=["integration", "frontend"])
def test_languages_are_there(folder: Path) -> None:
    """Both sides are told in English and the same fourteen languages."""
    assert {file.stem for file in folder.glob("*.json")} == {*LANGUAGES, "en"}


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_left_out(file: Path) -> None:
    """A language has all texts of English and no others, none empty or padded."""
    texts = _read(file)
    assert texts.keys() == _english(file).keys()
    assert [
        key for key, text in texts.items() if not text or text != text.strip()
    ] == []


@pytest.mark.parametrize("file", FILES)
def test_placeholders_are_those_of_english(file: Path) -> None:
    """Each text has the placeholders of English, and no quote or tag that breaks one.

    Home Assistant reads an apostrophe before a brace as an escape, "<" as a tag.
    """
    english = _english(file)
    for key, text in _read(file).items():
        assert _placeholders(text) == _placeholders(english.get(key, "")), key
        assert not re.search(r"'{|}'|<", text), key


@pytest.mark.parametrize("file", FILES)
def test_sentences_are_translated(file: Path) -> None:
    """No sentence was left in English."""
    english = _english(file)
    same = [key for key, text in _read(file).items() if text == english.get(key)]
    assert [key for key in same if english[key].endswith(".")] == []


@pytest.mark.parametrize("file", FILES)
def test_named_places_are_found(file: Path) -> None:
    """A page or an action that a text names is called so where the owner looks."""
    english, texts = _english(file), _read(file)
    for key, text in english.items():
        for name in re.findall(r"“([^{”]+)”", text):
            called = {texts[other] for other in english if english[other] == name}
            assert not called or any(one in texts[key] for one in called), key
