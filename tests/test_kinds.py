"""Every code of an alarm has a readable name, and one only."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

import custom_components.hikcentral_connect
from custom_components.hikcentral_connect.api import DialectName
from custom_components.hikcentral_connect.const import EVENT_MESSAGE
from custom_components.hikcentral_connect.messages.kinds import (
    KINDS,
    OTHER,
    kind_of,
    words_of,
)
from homeassistant.helpers import entity_registry as er

from .conftest import Running

FOLDER = Path(custom_components.hikcentral_connect.__path__[0])

OF_THE_GUIDE = (
    10000,
    10001,
    10002,
    10016,
    10018,
    10032,
    10056,
    10057,
    10100,
    10101,
    10102,
    10103,
    10500,
    10501,
    20006,
    50000,
    50101,
    50102,
    50103,
    50120,
    70001,
    70002,
    70004,
    70113,
    80001,
    80027,
    80028,
    80093,
    100571,
)
OF_THE_REFERENCE = ("motion", "intrusion", "faceDetection")


@pytest.mark.parametrize("code", [*map(str, OF_THE_GUIDE), *OF_THE_REFERENCE])
def test_documented_codes_are_known(code: str) -> None:
    """Each code of the guide and each word of the reference has a kind."""
    assert kind_of(code) is not None


def test_each_code_and_key_is_there_once() -> None:
    """No code means two things, no key stands for two kinds."""
    codes = [code for kind in KINDS for code in kind.codes]
    assert len(codes) == len(set(codes))
    assert len({kind.key for kind in KINDS} | {OTHER}) == len(KINDS) + 1


def test_words() -> None:
    """Keys are read as words."""
    assert words_of("line_crossing") == "line crossing"
    assert words_of("wifi_lost") == "Wi-Fi lost"


@pytest.mark.parametrize("dialect", [DialectName.TEAMS])
async def test_each_code_reaches_the_event(running: Running) -> None:
    """An alarm of any code fires its readable type, an unknown one "other"."""
    camera = next(iter(running.account.world.cameras))
    entity_id = er.async_get(running.hass).async_get_entity_id(
        "event",
        running.entry.domain,
        f"{running.entry.unique_id}_camera_{camera}_alarm",
    )
    texts: dict[str, Any] = json.loads((FOLDER / "translations/en.json").read_text())
    alarm = texts["entity"]["event"]["alarm"]
    names = alarm["state_attributes"]["event_type"]["state"]
    numbers = sorted(code for kind in KINDS for code in kind.codes if code.isdecimal())
    changes = async_capture_events(running.hass, "state_changed")
    bus = async_capture_events(running.hass, EVENT_MESSAGE)
    for code in (*numbers, "10999"):
        running.account.happen.alarm(camera, "motion", pictures=0)
        _, message = running.account.alarms._pending[-1]
        message["eventSource"]["eventType"] = code
    await running.entry.runtime_data.alarms.async_refresh()
    await running.hass.async_block_till_done(wait_background_tasks=True)

    told = {event.data["code"]: event.data["type"] for event in bus}
    assert told.pop("10999") == OTHER
    assert told.keys() == set(numbers)
    assert OTHER not in told.values()
    attributes = [
        change.data["new_state"].attributes
        for change in changes
        if change.data["entity_id"] == entity_id
    ]
    assert {one["code"] for one in attributes} == {*numbers, "10999"}
    assert all(one["event_type"] in names for one in attributes)
