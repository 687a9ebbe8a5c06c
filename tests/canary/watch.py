"""Watches, browses and is pushed to: what takes more than a request."""

import asyncio
from contextlib import suppress
import json
import time
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from custom_components.hikcentral_connect.api.push import sign
from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.entity_component import DATA_INSTANCES

from ..common import camera_named
from ..watching import entity_id_of
from .drive import Drive

STREAMS: Final = ("*.m3u8", "*.ts", "/live", "/api/lapp/live/url/ezopen")
"""Where streams come from."""
PATIENCE: Final = 30
"""Seconds for what comes by itself, on a machine that is busy."""


async def native(drive: Drive) -> None:
    """Play cameras of each kind as Home Assistant does, until that breaks."""
    kinds = {"Terrace": "http_error", "Workbench": "html", "Koi pond": "reset"}
    for name, kind in kinds.items():
        entity_id = entity_id_of(drive.hass, camera_named(drive.running, name))
        await _play(drive, entity_id)
        for path in STREAMS:
            drive.running.sim.faults.add(kind, path=path)
        await _break(drive, entity_id)
        drive.running.sim.faults.clear()
        drive.note()
        await _stop(drive, entity_id)
    # Without the relay the owner is told what would help.
    _option(drive, relay=False)
    await _play(
        drive, entity_id_of(drive.hass, camera_named(drive.running, "Workbench"))
    )


async def _play(drive: Drive, entity_id: str) -> None:
    opened = await drive.ask({"type": "camera/stream", "entity_id": entity_id})
    drive.outputs.add("native player", opened)
    if not opened["success"]:
        return
    place = opened["result"]["url"]
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):
                async with drive.http.get(place) as response:
                    text = await response.text()
                drive.outputs.add("native player", text)
                place = urljoin(urlsplit(place).path, text.splitlines()[-1])


async def _break(drive: Drive, entity_id: str) -> None:
    """Have the stream look for its source again, and fail."""
    stream = _entity(drive, entity_id).stream
    if stream is None:
        await _play(drive, entity_id)
        return
    for feed in drive.running.entry.runtime_data.live.relay._feeds.values():
        feed.async_close()
    before = stream.get_diagnostics().get("worker_error", 0)
    stream.update_source(stream.source)
    for _ in range(PATIENCE * 10):
        if stream.get_diagnostics().get("worker_error", 0) > before:
            return
        await asyncio.sleep(0.1)


async def _stop(drive: Drive, entity_id: str) -> None:
    _entity(drive, entity_id)._forget_stream()
    await drive.hass.async_block_till_done()


def _entity(drive: Drive, entity_id: str) -> Any:
    component: Any = drive.hass.data[DATA_INSTANCES]["camera"]
    return component.get_entity(entity_id)


async def media(drive: Drive) -> None:
    """Look at all that the media browser shows of a day, and open the first of a kind."""
    root = f"media-source://{DOMAIN}"
    cameras = await _browse(drive, root)
    for camera in cameras:
        for day in (await _browse(drive, camera))[:2]:
            seen = set()
            for thing in await _browse(drive, day):
                if (kind := "/picture/" in thing) not in seen:
                    seen.add(kind)
                    await _open(drive, thing)


async def _browse(drive: Drive, place: str) -> list[str]:
    message = {"type": "media_source/browse_media", "media_content_id": place}
    answer = await drive.ask(message)
    drive.outputs.add("media", answer)
    children = answer["result"]["children"] if answer["success"] else []
    return [one["media_content_id"] for one in children]


async def _open(drive: Drive, thing: str) -> None:
    message = {"type": "media_source/resolve_media", "media_content_id": thing}
    answer = await drive.ask(message)
    drive.outputs.add("media", answer)
    drive.note()
    if answer["success"]:
        async with drive.http.get(answer["result"]["url"]) as response:
            drive.outputs.add("media", str(response.headers), await response.read())


async def told(drive: Drive) -> None:
    """Read every issue, open what mends it, and read the notifications."""
    await _ask(drive, {"type": "persistent_notification/get"})
    for domain, issue in tuple(ir.async_get(drive.hass).issues):
        where = {"domain": domain, "issue_id": issue}
        await _ask(drive, {"type": "repairs/get_issue_data", **where})
        flow = {"handler": domain, "issue_id": issue}
        async with drive.http.post("/api/repairs/issues/fix", json=flow) as response:
            drive.outputs.add("repairs", await response.text())


async def _ask(drive: Drive, message: dict[str, Any]) -> None:
    drive.outputs.add("repairs", await drive.ask(message))


async def push(drive: Drive) -> None:
    """Have the service push, somebody forge it, and take it back."""
    hass, running = drive.hass, drive.running
    await hass.config.async_update(
        external_url=str(drive.http.make_url("")).rstrip("/")
    )
    _option(drive, push=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert running.account.webhook is not None, "the push does not work"
    hook = running.entry.runtime_data.memory.push
    drive.made |= {hook["id"]: "webhook address", hook["secret"]: "webhook secret"}
    await drive.happenings()
    async with asyncio.timeout(PATIENCE):
        while not running.account.webhook.delivered:
            await asyncio.sleep(0.1)
    await _forge(drive, hook)
    await drive.pages()
    await drive.forms()
    await drive.reports()
    await told(drive)
    _option(drive, push=False)
    await hass.async_block_till_done(wait_background_tasks=True)
    await _forge(drive, hook)


async def _forge(drive: Drive, hook: dict[str, str]) -> None:
    """Send what a stranger may send who knows the address, and then the secret too."""
    stamp = str(round(time.time() * 1000))
    for number, body in enumerate(
        (b"{}", b"x", json.dumps({"batchId": "b2"}).encode())
    ):
        batch = f"b{number}"
        signature = sign(hook["secret"], stamp, batch)
        drive.made[signature.removeprefix("sha256=")] = "signature of a push"
        for said in ("", "sha256=0", signature):
            heads = {"Timestamp": stamp, "Batch-Id": batch, "Signature": said}
            async with drive.http.post(
                f"/api/webhook/{hook['id']}",
                data=body,
                headers={f"X-Hook-{name}": value for name, value in heads.items()},
            ) as response:
                drive.outputs.add("answers to pushes", str(response.headers))
                drive.outputs.add("answers to pushes", await response.text())


def _option(drive: Drive, **changes: Any) -> None:
    entry = drive.running.entry
    drive.hass.config_entries.async_update_entry(
        entry, options={**entry.options, **changes}
    )
