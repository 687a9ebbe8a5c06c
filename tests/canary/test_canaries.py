"""No secret comes out, however much is done and however much goes wrong."""

from pathlib import Path
from typing import Any

from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

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

    found = await _search(drive, canaries, hass_storage)
    unexpected = [
        f"{hit.what} in {hit.where}: {text!r}"
        for hit, text in sorted(found.items())
        if not any(one.covers(hit) for one in ALLOWED)
    ]
    assert unexpected == [], "\n".join(unexpected)
    # What must be there shows that the search would have found the rest.
    assert SEEN - found.keys() == set(), sorted(found)


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
