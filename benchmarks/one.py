"""Run one case in this process and print what it found as one line of JSON."""

from dataclasses import asdict
import json
import sys

from .cases import CASES
from .loop import WATCH


def main(name: str, short: str) -> None:
    """Run a case by its name."""
    figures = CASES[name].run(short == "1")
    result = {
        "case": name,
        "figures": [figure.as_json() for figure in figures],
        "stretches": [asdict(one) for one in WATCH.longest],
        "collections": WATCH.collections,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
