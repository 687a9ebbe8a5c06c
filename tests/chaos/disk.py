"""What is written on this machine, and a disk that does not take it."""

import builtins
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
import errno
import io
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError

type Content = tuple[dict[str, Any], dict[Path, bytes]]

_open, _unlink = io.open, os.unlink
"""What a failing disk does not touch."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Disk:
    """The stores of Home Assistant, and the folder of our journals."""

    hass: HomeAssistant
    stores: dict[str, Any]
    folder: Path

    def read(self) -> Content:
        """Return what is written down now."""
        files = {file: file.read_bytes() for file in self.folder.glob("*")}
        return deepcopy(self.stores), files

    def restore(self, content: Content) -> None:
        """Forget all that was written since, as if the power had failed then."""
        stores, files = content
        self.stores.clear()
        self.stores.update(deepcopy(stores))
        for file in self.folder.glob("*"):
            _unlink(file)
        for file, was in files.items():
            with _open(file, "wb") as out:
                out.write(was)

    def _holds(self, place: Any) -> bool:
        if not isinstance(place, str | Path):
            return False
        folders = (self.folder, Path(self.hass.config.config_dir))
        return any(Path(place).is_relative_to(folder) for folder in folders)

    @contextmanager
    def failing(self, code: int) -> Generator[None]:
        """Let it take nothing: full (`ENOSPC`) or read-only (`EROFS`)."""
        with ExitStack() as stack:
            for module, name in _CHANGES if code == errno.EROFS else ():
                stack.enter_context(self._refused(module, name, lambda *_: True, code))
            for module in (builtins, io):
                stack.enter_context(self._refused(module, "open", _writes, code))
            if code == errno.EROFS:
                stack.enter_context(self._refused(os, "open", _makes, code))
            else:
                stack.enter_context(patch.object(os, "write", self._half))
            stack.enter_context(patch.object(Store, "_async_write_data", _fail))
            yield

    def _refused(
        self, module: Any, name: str, concerns: Callable[..., bool], code: int
    ) -> Any:
        real = getattr(module, name)

        def guarded(place: Any, *args: Any, **given: Any) -> Any:
            if self._holds(place) and concerns(*args, *given.values()):
                raise OSError(code, os.strerror(code), str(place))
            return real(place, *args, **given)

        return patch.object(module, name, guarded)

    def _half(self, descriptor: int, content: bytes, real: Any = os.write) -> int:
        """Write a part of a line, as into the last block that is free."""
        if self._holds(str(Path(f"/proc/self/fd/{descriptor}").readlink())):
            content = content[: len(content) // 2]
        written: int = real(descriptor, content)
        return written


_CHANGES = [(os, name) for name in ("unlink", "replace", "rename", "mkdir")]


def _writes(mode: Any = "r", *_: Any) -> bool:
    return bool(set(str(mode)) & set("wax+"))


def _makes(flags: Any = 0, *_: Any) -> bool:
    return bool(flags & WRITING)


def _fail(*_: Any, **__: Any) -> None:
    raise WriteError("the disk takes nothing")
