"""The journal of messages: lines that a full disk or a power cut cannot spoil."""

import os
from pathlib import Path

import pytest

from custom_components.hikcentral_connect.messages import journal
from custom_components.hikcentral_connect.messages.journal import Journal

LINES = [{"seen": ["a"]}, {"seen": ["b", "c"]}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the journal is kept; its folder is not there yet."""
    return tmp_path / "storage" / "journal"


def test_lines(file: Path) -> None:
    """What was added is read, and only the owner may read it."""
    book = Journal(file)
    assert book.read() == []
    sizes = [book.add(line) for line in LINES]
    assert sizes[1] == file.stat().st_size > sizes[0]
    assert Journal(file).read() == LINES
    assert file.stat().st_mode & 0o777 == 0o600
    book.remove()
    book.remove()
    assert not file.exists()


def test_power_cut(file: Path) -> None:
    """A line that was never finished counts as never written."""
    book = Journal(file)
    for line in LINES:
        book.add(line)
    file.write_bytes(file.read_bytes()[:-4])
    assert book.read() == LINES[:1]


def test_torn_line(file: Path) -> None:
    """A line that a power cut tore is void, and so is what stands behind it."""
    book = Journal(file)
    for line in [*LINES, *LINES]:
        book.add(line)
    content = file.read_bytes()
    second = content.index(b"\n") + 1
    file.write_bytes(content[:second] + bytes(8) + content[second + 8 :])
    assert book.read() == LINES[:1]


def test_full_disk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of which the disk took a part is an error, and spoils no other."""
    book = Journal(file)
    book.add(LINES[0])

    def write(descriptor: int, content: bytes) -> int:
        return os.pwrite(descriptor, content[:5], file.stat().st_size)

    monkeypatch.setattr(journal.os, "write", write)
    with pytest.raises(OSError, match="No space left"):
        book.add(LINES[1])
    assert book.read() == LINES[:1]
