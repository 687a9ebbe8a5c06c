"""Measure everything: ``scripts/bench``."""

import argparse
from collections.abc import Iterable
import json
from pathlib import Path
import subprocess
import sys
from time import monotonic
from typing import Any

from .cases import CASES, Case
from .figure import Figure, table

ROOT = Path(__file__).parent.parent
FILE = "bench.json"
LONGEST = 20
"""Milliseconds that the loop may be blocked."""
CORES = ": homeassistant."
"""In the name of whoever held the loop, if core called itself."""


def main() -> int:
    """Run the cases one after the other; return 1 if one could not be measured."""
    parser = _arguments()
    options = parser.parse_args()
    if unknown := set(options.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    names = options.cases or list(CASES)
    results = [
        _run(CASES[name], number, len(names), short=options.short)
        for number, name in enumerate(names, start=1)
    ]
    figures = [figure for result in results for figure in result["figures"]]
    figures += _blocked(results)
    report = {
        "short": options.short,
        "figures": figures,
        "errors": {r["case"]: r["error"] for r in results if "error" in r},
    }
    options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    print(f"\n{table(figures)}\n")
    for figure in figures:
        for name, note in figure["notes"].items():
            print(f"   {figure['name']}: {name.replace('_', ' ')} {note}")
    missed = sum(not figure["passed"] for figure in figures)
    print(f"\n{len(figures)} figures, {missed} goals missed; {options.json}")
    return 1 if report["errors"] else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Speed and cost, as ratios to bounds that are measured beside them.",
    )
    parser.add_argument(
        "cases", nargs="*", metavar="CASE", help=f"some of: {', '.join(CASES)}"
    )
    parser.add_argument(
        "--short", action="store_true", help="small sizes: shows that it works, no more"
    )
    parser.add_argument(
        "--json", type=Path, default=Path(FILE), help="where to write the figures"
    )
    return parser


def _run(case: Case, number: int, count: int, *, short: bool) -> dict[str, Any]:
    usual = "5 s" if short else case.usual
    print(f"-> {number}/{count} {case.title} (usually {usual})", flush=True)
    began = monotonic()
    command = [sys.executable, "-m", "benchmarks.one", case.module, str(int(short))]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        output, errors = _wait(process, began)
    if process.returncode:
        error = errors.strip().splitlines()[-1] if errors.strip() else "no reason"
        print(f"   FAILED after {monotonic() - began:.0f} s: {error}", flush=True)
        return {"case": case.module, "figures": [], "error": errors[-3000:]}
    print(f"   done in {monotonic() - began:.0f} s", flush=True)
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


def _wait(process: subprocess.Popen[str], began: float) -> tuple[str, str]:
    while True:
        try:
            return process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            print(f"   ... {monotonic() - began:.0f} s", flush=True)


def _blocked(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the longest stretch of all cases as a figure."""
    found = [
        (stretch["seconds"] * 1000, result["case"], stretch["culprit"])
        for result in results
        for stretch in result.get("stretches", [])
    ]
    if not found:
        return []
    collected = [
        one * 1000 for result in results for one in result.get("collections", [])
    ]
    cores = {one for one in found if CORES in one[2]}
    parts = {
        "longest stretch the loop was blocked": set(found) - cores,
        "… by a clock of core's own": cores,
    }
    figures = [_longest(name, part) for name, part in parts.items() if part]
    if collected:
        name = "… by Python's collector of garbage"
        figures.append(Figure.at_most(name, "ms", max(collected), LONGEST))
    return [figure.as_json() for figure in figures]


def _longest(name: str, found: Iterable[tuple[float, str, str]]) -> Figure:
    """Return the longest of some stretches as a figure, with that of each case."""
    notes: dict[str, str] = {}
    ordered = sorted(found, reverse=True)
    for milliseconds, case, culprit in ordered:
        notes.setdefault(f"in {case}", f"{milliseconds:.0f} ms, {culprit}")
    return Figure.at_most(name, "ms", ordered[0][0], LONGEST, **notes)


if __name__ == "__main__":
    sys.exit(main())
