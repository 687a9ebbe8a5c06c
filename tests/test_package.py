"""The release: what is in it, and that it is always the same."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts import package


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a packed release; the front end has been built by scripts/test."""
    target = tmp_path / "release.zip"
    package.pack(target)
    return target


def test_the_same_bytes_again(release: Path, tmp_path: Path) -> None:
    """Packed twice, at different times, it is the same file."""
    for file in (package.ROOT / package.STATIC).glob("*.js"):
        file.touch()
    again = tmp_path / "again.zip"
    package.pack(again)
    assert again.read_bytes() == release.read_bytes()


def test_contents(release: Path) -> None:
    """Integration, front end, compressed siblings, notices; nothing that tools left."""
    with ZipFile(release) as archive:
        names = set(archive.namelist())
        notices = archive.read("panel/static/THIRD_PARTY_NOTICES.txt").decode()
    assert {"manifest.json", "__init__.py", "panel/static/panel.js"} <= names
    assert "translations/en.json" in names
    assert all(name in notices for name in ("ezuikit-js", "lit"))
    pages = {name for name in names if name.endswith(".js") and "static" in name}
    assert pages <= {name.removesuffix(".gz") for name in names if name.endswith(".gz")}
    left = ("__pycache__", ".stamp", ".log", ".pyc")
    assert [name for name in names if any(one in name for one in left)] == []
