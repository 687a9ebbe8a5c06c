"""How tests ask for what the player shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.hikcentral_connect.const import DOMAIN

from ..conftest import Running

EZOPEN = "/api/lapp/live/url/ezopen"
CAMERA_LIST = "/api/lapp/device/camera/list"
LOCAL_QUERY = "/api/v3/device/local/video/unify/query"
STUBS = (
    "/api/lapp/voice/query",
    "/api/lapp/alarm/device/list",
    "/api/lapp/cloud/v2/storage/device/info",
    "/api/lapp/device/ptz/start",
    "/api/lapp/live/talk/url",
)


def sent(running: Running, path: str) -> list[dict[str, Any]]:
    """Return what the cloud recorded of the calls of a path."""
    rows: list[dict[str, Any]] = running.sim.record.as_json("*", last=500)
    return [row for row in rows if row["path"] == path and row["method"] != "OPTIONS"]


async def open_stream(socket: Any, entity_id: str, **fields: Any) -> dict[str, Any]:
    """Send the command and return its whole answer."""
    await socket.send_json_auto_id(
        {"type": f"{DOMAIN}/stream/open", "entity_id": entity_id, **fields}
    )
    answer: dict[str, Any] = await socket.receive_json()
    return answer


def day() -> dict[str, str]:
    """Return the last 24 hours, as a command wants them."""
    now = datetime.now(UTC)
    return {"begin": (now - timedelta(days=1)).isoformat(), "end": now.isoformat()}


def window(unit: int) -> dict[str, str]:
    """Return the last hour, as the maker's calls want it; a second counts `unit`."""
    now = int(datetime.now(UTC).timestamp()) * unit
    return {
        "startTime": str(now - 3600 * unit),
        "endTime": str(now),
        "queryMonth": "2026-11",
    }
