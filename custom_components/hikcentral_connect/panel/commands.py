"""Websocket commands of the panel and the card."""

from datetime import datetime
from typing import Any, Final

import voluptuous as vol

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import config_validation as cv, entity_registry as er

from ..api.errors import HikError, RecordingNotFound
from ..api.models.records import Recording, Storage
from ..api.models.resources import Camera
from ..api.models.video import StreamQuality
from ..api.together import together
from ..const import DOMAIN
from ..devices import identifier
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry
from .proxy import URL_BASE
from .sessions import LIFE_SECONDS, Mode, player_address
from .vendor import Target

QUALITIES: Final = {"main": StreamQuality.MAIN, "sub": StreamQuality.SUB}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the commands."""
    for command in (stream_open, stream_close, recordings):
        websocket_api.async_register_command(hass, command)


def _moment(value: Any) -> datetime:
    moment = cv.datetime(value)
    if moment.tzinfo is None:
        raise vol.Invalid("a time needs its zone")
    return moment


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/stream/open",
        vol.Required("entity_id"): cv.entity_id,
        vol.Optional("mode", default=Mode.LIVE): vol.Coerce(Mode),
        vol.Optional("quality", default="main"): vol.In(QUALITIES),
        vol.Optional("storage", default=Storage.LOCAL): vol.Coerce(Storage),
        vol.Optional("begin"): _moment,
        vol.Optional("end"): _moment,
        vol.Optional("utc_offset"): vol.All(int, vol.Range(-54_000, 54_000)),
    }
)
@websocket_api.async_response
async def stream_open(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Open a session of the player on a camera.

    `begin` and `end` of a recording are in the zone of the device. `utc_offset` is that
    of the browser at `begin`, in seconds. The session ends with the connection.
    """
    entry, camera = _camera(hass, connection, msg["entity_id"])
    players, tokens = entry.runtime_data.players, entry.runtime_data.live.tokens
    with told_to_owner():
        # The player's first call needs the token: it had better be there by then.
        address, _ = await together(_address(entry, camera, msg), tokens.get())
    target = Target(camera.device_serial, camera.channel or 1, address, _shift(msg))
    user, mode = connection.user, msg["mode"]
    session = players.open(user.id, msg["entity_id"], mode, target)
    connection.subscriptions[msg["id"]] = lambda: players.close(session.id)
    connection.send_result(
        msg["id"],
        {
            "session": session.id,
            "api_base": f"{URL_BASE}/{session.id}",
            "ezopen": address,
            "lasts": LIFE_SECONDS,
        },
    )


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/stream/close", vol.Required("session"): cv.string}
)
@callback
def stream_close(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """End a session of the user; one that has ended already is fine."""
    entries: list[HikConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        players = entry.runtime_data.players
        if players.owner(msg["session"]) == connection.user.id:
            players.close(msg["session"])
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/recordings",
        vol.Required("entity_id"): cv.entity_id,
        vol.Required("begin"): _moment,
        vol.Required("end"): _moment,
    }
)
@websocket_api.async_response
async def recordings(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """List when a camera recorded, on the device and in the cloud.

    One that cannot be asked is named in `failed`; if neither can, that is an error.
    """
    entry, camera = _camera(hass, connection, msg["entity_id"])
    found = await together(
        *(_recorded(entry, camera, msg, storage) for storage in Storage)
    )
    failed = dict(zip(Storage, found, strict=True))
    errors = {where: err for where, err in failed.items() if isinstance(err, HikError)}
    if len(errors) == len(Storage):
        with told_to_owner():
            raise errors[Storage.LOCAL]
    spans = [one for rows in found if not isinstance(rows, HikError) for one in rows]
    connection.send_result(
        msg["id"],
        {
            "spans": [_span(one) for one in sorted(spans, key=lambda one: one.starts)],
            "failed": [str(where) for where in errors],
        },
    )


def _span(recording: Recording) -> dict[str, str]:
    return {
        "starts": recording.starts.isoformat(),
        "ends": recording.ends.isoformat(),
        "storage": recording.storage,
    }


async def _recorded(
    entry: HikConfigEntry, camera: Camera, msg: dict[str, Any], storage: Storage
) -> list[Recording] | HikError:
    search = entry.runtime_data.client.recordings.search
    try:
        return await search(camera.id, msg["begin"], msg["end"], storage)
    except RecordingNotFound:
        return []
    except HikError as err:
        return err


async def _address(entry: HikConfigEntry, camera: Camera, msg: dict[str, Any]) -> str:
    """Return the address of what is to be watched. Raises `HikError`."""
    runtime = entry.runtime_data
    quality, code = (
        QUALITIES[msg["quality"]],
        runtime.options.code(camera.device_serial),
    )
    main = quality is StreamQuality.MAIN
    if msg["mode"] is Mode.LIVE:
        live = await runtime.client.video.live_address(
            camera.id, camera.device_serial, quality=quality, code=code
        )
        return player_address(live.url, code, main=main)
    if "begin" not in msg or "end" not in msg:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="no_span"
        )
    recorded = await runtime.client.video.playback_address(
        camera.id,
        camera.device_serial,
        msg["begin"],
        msg["end"],
        msg["storage"],
        quality=quality,
        code=code,
    )
    return player_address(recorded.url, code, main=main)


def _shift(msg: dict[str, Any]) -> int:
    """Return by how many seconds the browser's idea of a clock time is late."""
    begin, browser = msg.get("begin"), msg.get("utc_offset")
    if begin is None or browser is None:
        return 0
    return int(begin.utcoffset().total_seconds()) - int(browser)


def _camera(
    hass: HomeAssistant, connection: ActiveConnection, entity_id: str
) -> tuple[HikConfigEntry, Camera]:
    """Return the camera behind an entity that the user may see."""
    if not connection.user.permissions.check_entity(entity_id, POLICY_READ):
        raise Unauthorized(
            user_id=connection.user.id, entity_id=entity_id, permission=POLICY_READ
        )
    known = er.async_get(hass).async_get(entity_id)
    entries: list[HikConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        if known and known.domain == Platform.CAMERA:
            for camera in entry.runtime_data.inventory.data.cameras.values():
                if known.unique_id == f"{identifier(entry, camera)}_camera":
                    return entry, camera
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="no_camera",
        translation_placeholders={"entity": entity_id},
    )
