"""No secret comes out, however much is done and however much goes wrong."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.hikcentral_connect.api import DialectName

from . import watch
from .actions import actions, registered
from .allowed import ALLOWED
from .drive import Drive
from .outputs import Hit, counted, read_database
from .plant import Canaries, finder

SEEN = {
    Hit("verification code", "player page"),
    Hit("key to one stream", "player page"),
    Hit("person's first_name", "answers to actions"),
    Hit("card number", "answers to actions"),
    Hit("visitor's PIN", "answers to actions"),
    Hit("visitor's name", "calendar"),
    Hit("typed phone", "bus: what was typed"),
    Hit("app key", "forms"),
    Hit("door PIN", "trace of an automation"),
}
SECURITY = Path(__file__).parents[2] / "SECURITY.md"


async def test_nothing_comes_out(
    drive: Drive, canaries: Canaries, hass_storage: dict[str, Any]
) -> None:
    """Everything is done, in health and in trouble; only what is listed is found."""
    await drive.everything()
    await drive.automation()
    await drive.trouble()
    await drive.everything()

    found = await _check(drive, canaries, hass_storage)
    # What must be there shows that the search would have found the rest.
    assert SEEN - found.keys() == set(), sorted(found)


async def test_nothing_comes_out_of_video(
    drive: Drive, canaries: Canaries, hass_storage: dict[str, Any]
) -> None:
    """Nor is there a secret in what plays, stores and shows video, or in its errors."""
    await drive.happenings()
    await watch.native(drive)
    await watch.media(drive)
    await drive.pages()
    await watch.told(drive)
    await drive.reports()

    await _check(drive, canaries, hass_storage)
    assert _texts(drive, "native player", "#EXT-X-MAP")
    assert _texts(drive, "log of homeassistant.components.stream", "Error")
    if drive.running.account.speech == "teams":
        assert _texts(drive, "repairs", "video_not_h264")
        assert _texts(drive, "media", "video/mp4")
        assert _texts(drive, "media", "image/jpeg")


@pytest.mark.parametrize("dialect", [DialectName.TEAMS], indirect=True)
async def test_nothing_comes_out_of_pushes(
    drive: Drive, canaries: Canaries, hass_storage: dict[str, Any]
) -> None:
    """Nor when the service pushes, and others try to."""
    await watch.push(drive)

    found = await _check(drive, canaries, hass_storage)
    assert _texts(drive, "our log", "A push could not be read")
    assert Hit("webhook address", "log of homeassistant.components.webhook") in found


def _texts(drive: Drive, where: str, part: str) -> list[str]:
    """Return texts that prove that what was to happen has happened."""
    texts = drive.outputs.texts.items()
    return [
        one for at, rows in texts if at.startswith(where) for one in rows if part in one
    ]


async def _check(
    drive: Drive, canaries: Canaries, hass_storage: dict[str, Any]
) -> dict[Hit, str]:
    """Return what came out after looking that nothing but what is listed did."""
    found = await _search(drive, canaries, hass_storage)
    unexpected = [
        f"{hit.what} in {hit.where}: {text!r}"
        for hit, text in sorted(found.items())
        if not any(one.covers(hit) for one in ALLOWED)
    ]
    assert unexpected == [], "\n".join(unexpected)
    return found


async def _search(
    drive: Drive, canaries: Canaries, hass_storage: dict[str, Any]
) -> dict[Hit, str]:
    hass = drive.hass
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)
    outputs = drive.outputs
    for row in await read_database(hass):
        typed = row.startswith("event_data ") and '"service_data"' in row
        outputs.add("database: what was typed" if typed else "database", row)
    for name, stored in hass_storage.items():
        outputs.add(f"storage: {name}", stored)
    drive.note()
    every = canaries | drive.made
    assert len(outputs.texts["our log"]) > 10, counted(outputs.texts)
    print(counted(outputs.texts))  # noqa: T201
    return outputs.hits(finder(every), every)


async def test_every_action_is_called(drive: Drive) -> None:
    """A new action has to be tried here as well."""
    assert registered(drive.running) == set(actions(drive.running))


def test_what_cannot_be_avoided_is_told() -> None:
    """Owners read the same list in SECURITY.md."""
    told = " ".join(SECURITY.read_text().split())
    assert [one.why for one in ALLOWED if one.why not in told] == []
