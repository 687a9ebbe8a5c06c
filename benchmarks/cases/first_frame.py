"""How long a viewer waits for the first live picture, in the panel and without it."""

import json
from statistics import median
import subprocess

from ..core import ROOT
from ..figure import Figure

PYTHON = ROOT / ".venv/bin/python"
"""The environment of the tests, which drives a browser."""


def run(short: bool) -> list[Figure]:
    """Return the time in the panel beside that of the player on a bare page."""
    if not PYTHON.exists():
        raise RuntimeError("the browser is driven from the tests: scripts/setup")
    command = [str(PYTHON), "-m", "tests.browser.first_frame", "1" if short else "7"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    rounds = json.loads(done.stdout.splitlines()[-1])
    panel = median(one for one, _ in rounds)
    alone = median(one for _, one in rounds)
    return [
        Figure.plus(
            "first live frame in the panel", "ms", panel * 1000, alone * 1000, 300
        )
    ]
