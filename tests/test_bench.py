"""The bench in its short form: every case measures, and what can be counted is right."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cases import CASES as KNOWN
from benchmarks.figure import Figure, table

from .reliability.server import PYTHON, ROOT

needs_core = pytest.mark.skipif(
    not PYTHON.exists(), reason="scripts/test makes the environment that this needs"
)
CASES = (
    *("set_up", "idle", "drain", "handling", "alarm", "tick", "picture"),
    *("door", "memory", "client", "decryption", "imports", "growth"),
)
"""All but those that need ffmpeg, the built front end or a browser."""
EXACT = (
    "requests to set up",
    "5 dashboards ask for one camera: captures",
)


async def _bench(file: Path, *cases: str) -> tuple[int, str, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, "-m", "benchmarks", "--short", "--json", file, *cases),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode(), _report(file)


def _report(file: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return report


@needs_core
async def test_short_form(tmp_path: Path) -> None:
    """Every figure has a value and a bound of the same run; counts are met."""
    code, output, report = await _bench(tmp_path / "bench.json", *CASES)
    assert code == 0, output
    assert not report["errors"], output
    figures = {one["name"]: one for one in report["figures"]}
    for name in EXACT:
        assert figures[name]["passed"], figures[name]
    for one in figures.values():
        assert one["value"] >= 0
        assert one["limit"] >= (one["bound"] or 0)
        assert one["name"] in output
    for number, case in enumerate(CASES, start=1):
        assert f"-> {number}/{len(CASES)} " in output, case


@needs_core
async def test_failure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that cannot be measured is no success, and says why."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code, output, report = await _bench(tmp_path / "bench.json", "relay")
    assert code == 1
    assert "ffmpeg is not installed" in output
    assert list(report["errors"]) == ["relay"]


def test_goals() -> None:
    """A goal is met up to its limit, and the table says so."""
    met = Figure.times("a", "s", 1.3, 1.0, 1.3)
    missed = Figure.plus("b", "", 12, 9, 2)
    exact = Figure.plus("c", "", 1, 1, 0)
    assert (met.passed, missed.passed, exact.passed) == (True, False, True)
    assert (met.ratio, missed.limit, exact.goal) == (1.3, 11, "exactly")
    lines = table(one.as_json() for one in (met, missed, exact)).splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["ok", "MISSED", "ok"]


def test_cases_are_all_tried() -> None:
    """A new case is part of the short form, or named as one that needs more."""
    assert set(KNOWN) - set(CASES) == {"relay", "code", "first_frame"}
