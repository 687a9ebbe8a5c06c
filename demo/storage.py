"""What a Home Assistant finds in its folder when it starts for the first time."""

import json
from pathlib import Path
import socket
from typing import Any

LOCALHOST = "127.0.0.1"


def write(folder: Path, key: str, version: tuple[int, int], data: Any) -> None:
    """Write one store into the folder of a Home Assistant that does not run."""
    content = {
        "version": version[0],
        "minor_version": version[1],
        "key": key,
        "data": data,
    }
    file = file_of(folder, key)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2))


def write_server(folder: Path, port: int) -> None:
    """Write the server's settings; they cannot be given in configuration.yaml."""
    settings = {
        "server_port": port,
        "server_host": [LOCALHOST],
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "modern",
        "use_x_frame_options": True,
        "created_at": "2026-01-01T00:00:00+00:00",
        "error": None,
        "error_message": None,
    }
    data = {"stable": settings, "pending": None, "yaml_migration_done": True}
    write(folder, "http", (2, 2), data)


def file_of(folder: Path, key: str) -> Path:
    """Return where a store lies, or will."""
    return folder / ".storage" / key


def free_port(wanted: int = 0) -> int:
    """Return the wanted port, or any free one if it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOCALHOST, port))
            except OSError:
                continue
            chosen: int = probe.getsockname()[1]
            return chosen
    raise OSError("no free port")
