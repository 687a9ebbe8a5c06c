"""Blueprints are for everybody."""

import pytest

from .conftest import FOLDER, blueprint


@pytest.mark.parametrize("name", sorted(one.stem for one in FOLDER.glob("*.yaml")))
def test_is_for_everybody(name: str) -> None:
    """Each input says what it is, and is chosen, not typed as YAML."""
    read = blueprint(name)
    assert read.metadata["name"].startswith("HikCentral Connect - ")
    assert len(read.metadata["description"]) > 80
    assert read.inputs
    for key, described in read.inputs.items():
        assert described["name"], key
        assert described["description"].endswith("."), key
        assert "object" not in described["selector"], key
        assert "template" not in described["selector"], key
