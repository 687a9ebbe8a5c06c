"""A stream that is open, and the browser that shows it."""

from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from ..common import camera_named
from ..conftest import Running
from ..watching import entity_id_of
from .common import open_stream


@pytest.fixture
async def stream(
    running: Running, hass_ws_client: WebSocketGenerator
) -> dict[str, Any]:
    """Open the live stream of a camera that shares its recorder with others."""
    socket = await hass_ws_client(running.hass)
    entity_id = entity_id_of(running.hass, camera_named(running, "Terrace"))
    result: dict[str, Any] = (await open_stream(socket, entity_id))["result"]
    return result


@pytest.fixture
async def browser(
    running: Running, hass_client_no_auth: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Return a browser that is not logged in, as a sandboxed frame is."""
    return await hass_client_no_auth()
