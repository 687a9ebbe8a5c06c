"""A file to which only what is new is added: what a batch brought, in one line.

A process that is killed leaves at most its last line unfinished, which then counts as
never written.
"""

import errno
import os
from pathlib import Path
from typing import Any, Final

import orjson

PRIVATE: Final = 0o600


class Journal:
    """The lines of one file.

    All methods wait for the disk, so none belongs on the event loop.
    """

    def __init__(self, file: Path) -> None:
        """Use a file that is made with its first line."""
        self._file = file

    def add(self, line: dict[str, Any]) -> int:
        """Add a line and return how many bytes the file has now.

        Raises `OSError`, also when the disk took a part of the line only; then nothing
        may be added any more.
        """
        content = orjson.dumps(line) + b"\n"
        self._file.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
        try:
            if os.write(file, content) < len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return os.fstat(file).st_size
        finally:
            os.close(file)

    def read(self) -> list[dict[str, Any]]:
        """Return the lines that were added, the oldest first.

        A power cut may tear the last ones; what stands behind a torn line is void.
        """
        if not self._file.exists():
            return []
        # What stands behind the last end of a line was never finished.
        whole, _, _ = self._file.read_bytes().rpartition(b"\n")
        lines = []
        for line in whole.split(b"\n") if whole else ():
            try:
                lines.append(orjson.loads(line))
            except orjson.JSONDecodeError:
                break
        return lines

    def remove(self) -> None:
        """Remove the file."""
        self._file.unlink(missing_ok=True)
