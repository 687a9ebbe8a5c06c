"""What fuzzing found once stays mended."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from custom_components.hikcentral_connect.api.row import Row

from .parsers import PARSERS
from .results import attempt

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))


def written_out(value: Any) -> Any:
    """Return what an entry of the corpus stands for (see its README)."""
    if isinstance(value, list):
        return [written_out(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "hex" in value:
        rest = bytes.fromhex(value["repeat"]) * value["times"]
        return bytes.fromhex(value["hex"]) + rest
    if "nested" in value:
        opening = value["nested"] * value["times"]
        closing = ("]" if value["nested"] == "[" else "}") * value["times"]
        return orjson.loads(f"{opening}{'' if closing[0] == ']' else 0}{closing}")
    if "repeat" in value:
        middle = value["repeat"] * value["times"]
        return value.get("start", "") + middle + value.get("end", "")
    return {key: written_out(one) for key, one in value.items()}


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_found(file: Path) -> None:
    """A result or an error of ours, soon."""
    entry = json.loads(file.read_text())
    fed = written_out(entry["fed"])
    if entry["parser"] == "row":
        attempt(lambda: Row(fed).moment("time"))
        return
    attempt(lambda: PARSERS[entry["parser"]].parse(fed))


def test_there_is_a_corpus() -> None:
    """A glob that finds nothing would test nothing."""
    assert len(CORPUS) > 10
