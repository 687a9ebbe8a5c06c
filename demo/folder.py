"""The demo's own Home Assistant folder, git-ignored."""

from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import shutil
import socket

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / os.environ.get("HIKCENTRAL_DEMO", ".demo")
LOCALHOST = "127.0.0.1"
BLUEPRINTS = "blueprints/automation/hikcentral_connect"


@dataclass(slots=True)
class Memory:
    """What one run of the demo leaves to the next."""

    cloud_port: int
    accounts: list[str] = field(default_factory=list)

    def save(self) -> None:
        """Write it down."""
        content = {"cloud_port": self.cloud_port, "accounts": self.accounts}
        _memory_file().write_text(json.dumps(content))


def recall() -> Memory:
    """Return the memory of earlier runs; the first run chooses a port for the cloud.

    The port has to stay: the account is stored with the cloud's address.
    """
    if _memory_file().exists():
        return Memory(**json.loads(_memory_file().read_text()))
    return Memory(free_port())


def prepare(http_port: int) -> None:
    """Make the folder as Home Assistant wants to find it.

    A new one has every step of the onboarding done but the first user.
    """
    (FOLDER / ".storage").mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("configuration.yaml"), FOLDER)
    for name in ("automations", "scripts", "scenes"):
        (FOLDER / f"{name}.yaml").touch()
    _link(ROOT / "custom_components", FOLDER / "custom_components")
    _link_blueprints()
    if not _store_file("onboarding").exists():
        done = ["core_config", "analytics", "integration"]
        _store("onboarding", (4, 1), {"done": done})
    _store("http", (2, 2), _http(http_port))


def _link_blueprints() -> None:
    """Offer the blueprints, file by file: Home Assistant looks into no linked folder."""
    target = FOLDER / BLUEPRINTS
    if target.is_symlink():
        target.unlink()
    for blueprint in (ROOT / BLUEPRINTS).glob("*.yaml"):
        _link(blueprint, target / blueprint.name)


def is_of_other_version(version: str) -> bool:
    """Return whether another Home Assistant, maybe a newer one, has written it."""
    written = FOLDER / ".HA_VERSION"
    return written.exists() and written.read_text().strip() != version


def reset() -> None:
    """Remove the folder."""
    shutil.rmtree(FOLDER, ignore_errors=True)


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


def _http(port: int) -> dict[str, object]:
    """Return the server's settings; they cannot be given in configuration.yaml."""
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
    return {"stable": settings, "pending": None, "yaml_migration_done": True}


def _store(key: str, version: tuple[int, int], data: dict[str, object]) -> None:
    content = {
        "version": version[0],
        "minor_version": version[1],
        "key": key,
        "data": data,
    }
    _store_file(key).write_text(json.dumps(content, indent=2))


def _store_file(key: str) -> Path:
    return FOLDER / ".storage" / key


def _memory_file() -> Path:
    return FOLDER / "demo.json"


def _link(target: Path, link: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(target)
