"""The built front end: where it lies and under which address it is served."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant

from ..const import DOMAIN

FOLDER: Final = Path(__file__).parent / "static"
NEEDED: Final = ("card.js", "panel.js", "player.html", "player.js", "ezuikit.js")
STABLE_URL: Final = f"/{DOMAIN}/frontend"
"""Where it is served without being cached, for those who write addresses by hand."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The built front end; another one has another `url`, so it is cached for ever."""

    url: str


def find_assets(version: str) -> Assets | None:
    """Return the built front end, or None when it has not been built. Blocking.

    A release has a `version` of its own, and what is built between two has other times.
    The content is not read: eleven megabytes would keep each start waiting.
    """
    if not all((FOLDER / name).is_file() for name in NEEDED):
        return None
    digest = sha256(version.encode())
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            known = file.stat()
            name = file.relative_to(FOLDER).as_posix()
            digest.update(f"{name} {known.st_size} {known.st_mtime_ns}".encode())
    return Assets(f"/{DOMAIN}/{digest.hexdigest()[:12]}")


async def async_serve(hass: HomeAssistant, assets: Assets) -> None:
    """Serve the files, to everybody: there is nothing secret in them."""
    await hass.http.async_register_static_paths(
        [
            StaticPathConfig(assets.url, str(FOLDER), cache_headers=True),
            StaticPathConfig(STABLE_URL, str(FOLDER), cache_headers=False),
        ]
    )
