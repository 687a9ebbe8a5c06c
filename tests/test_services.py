"""Actions that return what they did."""

from base64 import b64decode
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from .conftest import Running


async def _issue(running: Running, **changes: Any) -> dict[str, Any]:
    world = running.account.world
    data = {
        "visitor": "Jane Smith",
        "starts": dt_util.now() + timedelta(hours=1),
        "ends": dt_util.now() + timedelta(hours=5),
        "resident_id": next(iter(world.residents), None),
        **changes,
    }
    return await running.hass.services.async_call(
        DOMAIN,
        "issue_visitor_pass",
        {key: value for key, value in data.items() if value is not None},
        blocking=True,
        return_response=True,
    )


async def test_issue_visitor_pass(running: Running) -> None:
    """A pass comes back with its code and a QR picture that can be shown."""
    response = await _issue(running)

    (made,) = running.account.world.passes.values()
    assert response["visitor"] == "Jane Smith"
    assert response["code"] == made.pin
    picture = Image.open(BytesIO(b64decode(response["qr_png"])))
    assert picture.format == "PNG"
    if running.account.speech == "teams":
        assert response["pass_id"] == made.id
    else:
        assert response["pass_id"].startswith("local-")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": dt_util.utcnow() - timedelta(days=1)}, "ends"),
        ({"visitor": "x" * 65}, "visitor"),
        ({"visitor": " "}, "visitor"),
    ],
)
async def test_pass_that_cannot_be(
    running: Running, changes: dict[str, Any], field: str
) -> None:
    """A mistake names its field, and nothing is sent."""
    running.sim.record.clear()

    with pytest.raises(ServiceValidationError) as failure:
        await _issue(running, **changes)

    assert failure.value.translation_key == "field_invalid"
    assert failure.value.translation_placeholders["field"] == field
    assert len(running.sim.record) == 0


async def test_pass_refused(running: Running) -> None:
    """A refusal of the service is told."""
    running.sim.faults.add("rate_limit", path="*/v1/*")

    with pytest.raises(HomeAssistantError) as failure:
        await _issue(running)

    assert failure.value.translation_key == "rate_limited"


async def test_account_that_is_not_loaded(
    hass: HomeAssistant, running: Running
) -> None:
    """An account that is not running is named, not crashed over."""
    await hass.config_entries.async_unload(running.entry.entry_id)

    with pytest.raises(ServiceValidationError):
        await _issue(running, config_entry_id=running.entry.entry_id)
