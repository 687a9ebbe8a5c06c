"""A real Home Assistant in a folder of its own, that can be killed."""

import asyncio
import json
import os
from pathlib import Path
import shutil
import subprocess
from typing import Any

from demo import storage

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-demo/bin/python"
CONFIGURATION = """
homeassistant:
  time_zone: UTC
event_log:
logger:
  default: warning
  logs:
    custom_components.hikcentral_connect: debug
"""


class Server:
    """Home Assistant with one account, and what reached its bus."""

    def __init__(self, folder: Path, entry: dict[str, Any]) -> None:
        """Prepare the folder; nothing runs yet."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare(entry)

    def start(self, cut: str = "") -> None:
        """Start it; returns at once.

        At the step `cut` ("read" or "handed over") of its second full batch it kills
        itself, as no other process could aim so well.
        """
        log = (self._folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            [PYTHON, "-m", "homeassistant", "-c", self._folder, "--skip-pip"],
            stdout=log,
            stderr=log,
            cwd=self._folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "demo/stand_ins"),
                "POWER_CUT_AT": cut,
            },
        )

    @property
    def is_dead(self) -> bool:
        """Tell whether it was killed."""
        return self._process is not None and self._process.poll() is not None

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def events(self) -> list[dict[str, Any]]:
        """Return every message that reached the bus, over all its lives."""
        path = self._folder / "events.jsonl"
        if not path.exists():
            return []
        # A line may be read while it is being written.
        whole, _, _ = path.read_text().rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    async def until(self, enough: Any, seconds: float = 90) -> None:
        """Wait until `enough()` is true."""
        for _ in range(int(seconds * 20)):
            if enough():
                return
            await asyncio.sleep(0.05)
        tail = (self._folder / "server.log").read_text()[-3000:]
        raise AssertionError(f"it did not come to pass\n{tail}")

    def _prepare(self, entry: dict[str, Any]) -> None:
        components = self._folder / "custom_components"
        components.mkdir()
        source = ROOT / "custom_components/hikcentral_connect"
        (components / "hikcentral_connect").symlink_to(source)
        shutil.copytree(Path(__file__).parent / "event_log", components / "event_log")
        (self._folder / "configuration.yaml").write_text(CONFIGURATION)
        storage.write(self._folder, "core.config_entries", (1, 5), {"entries": [entry]})
        storage.write_server(self._folder, storage.free_port())
