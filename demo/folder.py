"""The demo's own Home Assistant folder, git-ignored."""

from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import shutil

from . import storage

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / os.environ.get("HIKCENTRAL_DEMO", ".demo")
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
    return Memory(storage.free_port())


def prepare(http_port: int) -> None:
    """Make the folder as Home Assistant wants to find it.

    A new one has every step of the onboarding done but the first user.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("configuration.yaml"), FOLDER)
    for name in ("automations", "scripts", "scenes"):
        (FOLDER / f"{name}.yaml").touch()
    _link(ROOT / "custom_components", FOLDER / "custom_components")
    _link_blueprints()
    if not storage.file_of(FOLDER, "onboarding").exists():
        done = ["core_config", "analytics", "integration"]
        storage.write(FOLDER, "onboarding", (4, 1), {"done": done})
    storage.write_server(FOLDER, http_port)


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


def _memory_file() -> Path:
    return FOLDER / "demo.json"


def _link(target: Path, link: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(target)
