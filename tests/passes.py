"""Visitor passes for tests: issued, and read as a phone would."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
import zxingcpp

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.components.image import async_get_image
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from simulator.world.passes import Pass

from .common import call
from .conftest import Running


async def issue(running: Running, **changes: Any) -> dict[str, Any]:
    """Issue a pass that opens in this dialect."""
    world = running.account.world
    now = dt_util.now().replace(microsecond=0)
    data = {
        "visitor": "Jane Smith",
        "starts": now - timedelta(minutes=1),
        "ends": now + timedelta(hours=5),
        **changes,
    }
    if running.account.speech == "teams":
        data.setdefault("access_levels", [next(iter(world.levels))])
    else:
        data.setdefault("resident_id", next(iter(world.residents)))
    return await call(running, "issue_visitor_pass", **data)


def entity(running: Running, domain: str, key: str) -> str:
    """Return the id of an entity of the account."""
    registry = er.async_get(running.hass)
    account = running.entry.unique_id
    found = registry.async_get_entity_id(domain, DOMAIN, f"{account}_{key}")
    assert found is not None
    return found


def state_of(running: Running, domain: str, key: str) -> Any:
    """Return the state of an entity of the account."""
    return running.hass.states.get(entity(running, domain, key))


async def shown_qr(running: Running) -> str:
    """Return what the QR code says that the image shows."""
    image = await async_get_image(
        running.hass, entity(running, "image", "visitor_pass")
    )
    return read_qr(image.content)


def read_qr(png: bytes) -> str:
    """Return what a QR code says."""
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(png)))
    return str(code.text)


def newest(running: Running) -> Pass:
    """Return the pass that the service made last."""
    *_, made = running.account.world.passes.values()
    return made
