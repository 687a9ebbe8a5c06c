"""The client stands on its own: it could be a library of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.hikcentral_connect import api

ROOT = Path(api.__path__[0])
FILES = sorted(ROOT.rglob("*.py"))
OUTSIDE = "outside"
"""Stands for a relative import that leaves the package."""


def imported(file: Path) -> Iterator[str]:
    """Return the modules that a file imports from elsewhere, wherever in it."""
    return names_in(file.read_text(), depth=len(file.relative_to(ROOT).parts))


def names_in(source: str, depth: int) -> Iterator[str]:
    """Return what is imported by code that lies `depth` packages deep."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level > depth:
                yield OUTSIDE
            elif node.level == 0:
                yield node.module or ""


def test_knows_nothing_of_home_assistant() -> None:
    """No module imports Home Assistant or anything of the integration around it."""
    foreign = {"homeassistant", "custom_components", OUTSIDE}
    assert [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in FILES
        for name in imported(file)
        if name.split(".")[0] in foreign
    ] == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import homeassistant.core", "homeassistant.core"),
        ("from homeassistant.core import callback", "homeassistant.core"),
        ("def f():\n    from homeassistant import core", "homeassistant"),
        ("from ...const import DOMAIN", OUTSIDE),
        ("from ... import const", OUTSIDE),
    ],
)
def test_the_walk_finds_imports(line: str, name: str) -> None:
    """The test above looks everywhere and sees all forms."""
    assert len(FILES) > 50
    assert list(names_in(line, depth=2)) == [name]
    assert list(names_in("from ..errors import HikError", depth=2)) == []
