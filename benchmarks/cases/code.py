"""How much of our own code a browser loads before the player."""

import gzip
from pathlib import Path
import re

from ..core import ROOT
from ..figure import Figure

STATIC = ROOT / "custom_components/hikcentral_connect/panel/static"
IMPORT = re.compile(rb"""(?:from|import)\s*["']\./([^"']+\.js)["']""")
LIMIT = 30


def run(short: bool) -> list[Figure]:
    """Return the compressed size of panel and card with all they import at once."""
    if not (STATIC / "panel.js").exists():
        raise RuntimeError("the front end is not built: scripts/build")
    return [
        Figure.at_most(
            f"own code of the {name}",
            "kB",
            sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000,
            LIMIT,
            files=", ".join(sorted(file.name for file in files)),
        )
        for name in ("panel", "card")
        if (files := _with_imports(STATIC / f"{name}.js", set()))
    ]


def _with_imports(file: Path, found: set[Path]) -> set[Path]:
    if file not in found:
        found.add(file)
        for name in IMPORT.findall(file.read_bytes()):
            _with_imports(file.with_name(name.decode()), found)
    return found
