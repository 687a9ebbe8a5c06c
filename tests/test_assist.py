"""Doors by voice, as docs/voice.md tells: Assist, Google and Alexa."""

from http import HTTPStatus
from pathlib import Path
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import yaml

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.world.doors import Door

from .conftest import Running

LOCK = "lock.entrance_front_door"
DOCUMENT = Path(__file__).parents[1] / "docs/voice.md"
OPEN_SENTENCES = (
    "unlock the front door",
    "open the front door",
    "turn off the front door",
    "turn on front door open",
    "press front door open",
    "set front door hold to open",
    "open all doors",
    "turn off everything",
)


def _yaml(key: str) -> Any:
    """Return the example of the document that has a key."""
    text = DOCUMENT.read_text()
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return next(one for one in map(yaml.safe_load, blocks) if key in one)


async def _say(running: Running, text: str) -> tuple[str, str]:
    """Return how Assist answers: the kind of answer, and what it says."""
    answer = await conversation.async_converse(
        running.hass, text, None, Context(), language="en"
    )
    await running.hass.async_block_till_done()
    speech = answer.response.speech.get("plain", {}).get("speech", "")
    return answer.response.response_type.value, speech


@pytest.fixture
async def door(running: Running) -> Door:
    """Return the front door, whose lock has the id of the document."""
    for component in ("homeassistant", "conversation", "intent"):
        assert await async_setup_component(running.hass, component, {})
    door = next(
        one for one in running.account.world.doors.values() if one.name == "Front door"
    )
    registry = er.async_get(running.hass)
    lock = next(
        one.entity_id
        for one in registry.entities.values()
        if one.domain == "lock" and f"_{door.id}_" in one.unique_id
    )
    if lock != LOCK:
        registry.async_update_entity(lock, new_entity_id=LOCK)
        await running.hass.async_block_till_done()
    return door


async def _set_pin(running: Running, door: Door, pin: str) -> None:
    running.hass.config_entries.async_update_entry(
        running.entry, options={"doors": {door.id: {"pin": pin}}}
    )
    await running.hass.async_block_till_done(wait_background_tasks=True)


def _opened(running: Running) -> dict[str, int]:
    doors = running.account.world.doors.values()
    return {door.name: door.opened for door in doors if door.opened}


async def test_unlock_the_front_door(running: Running, door: Door) -> None:
    """A door that the owner exposed opens, once."""
    async_expose_entity(running.hass, "conversation", LOCK, True)

    kind, _ = await _say(running, "unlock the front door")

    assert kind == "action_done"
    assert _opened(running) == {"Front door": 1}


@pytest.mark.usefixtures("door")
async def test_nothing_opens_by_default(running: Running) -> None:
    """A door that the owner did not expose stays shut, whatever is said."""
    for text in OPEN_SENTENCES:
        await _say(running, text)

    assert not _opened(running)


async def test_exposed_door_with_a_pin(running: Running, door: Door) -> None:
    """Assist knows no PIN: it says that it failed, and nothing is sent."""
    await _set_pin(running, door, "2468")
    async_expose_entity(running.hass, "conversation", LOCK, True)

    told = {text: (await _say(running, text))[0] for text in OPEN_SENTENCES}
    assert told["unlock the front door"] == told["open the front door"] == "error"
    assert not _opened(running)

    er.async_get(running.hass).async_update_entity_options(
        LOCK, "lock", {"default_code": "2468"}
    )
    await running.hass.async_block_till_done()
    await _say(running, "unlock the front door")
    assert _opened(running) == {"Front door": 1}


async def test_pin_by_voice(running: Running, door: Door) -> None:
    """The automation of the document opens with the right PIN only."""
    await _set_pin(running, door, "0468")
    automation = _yaml("triggers")
    assert await async_setup_component(
        running.hass, "automation", {"automation": automation}
    )
    await running.hass.async_block_till_done()

    for said, answer in (
        ("open the front door with code 1 2 3 4", "The door stays shut."),
        ("unlock front door with the PIN 046", "The door stays shut."),
        ("open the front door with code 0 4 6 8", "The door is open."),
    ):
        assert (await _say(running, said))[1] == answer
    assert _opened(running) == {"Front door": 1}
    assert len(running.sim.record.calls("*/remote/control")) == 1


@pytest.fixture
async def google(
    running: Running, door: Door, hass_client: ClientSessionGenerator
) -> Any:
    """Return what asks Google's side of Home Assistant, set up as documented."""
    config = _yaml("google_assistant")
    assert await async_setup_component(running.hass, "google_assistant", config)
    await running.hass.async_block_till_done()
    client = await hass_client()

    async def ask(intent: str, payload: dict[str, Any] | None = None) -> Any:
        inputs = [{"intent": f"action.devices.{intent}", "payload": payload or {}}]
        response = await client.post(
            "/api/google_assistant", json={"requestId": "1", "inputs": inputs}
        )
        assert response.status == HTTPStatus.OK
        await running.hass.async_block_till_done()
        return (await response.json())["payload"]

    return ask


async def test_google(running: Running, google: Any) -> None:
    """Google is offered the one lock, and opens it with its PIN only."""
    devices = (await google("SYNC"))["devices"]
    assert [one["id"] for one in devices] == [LOCK]

    async def unlock(pin: str | None) -> dict[str, Any]:
        execution: dict[str, Any] = {
            "command": "action.devices.commands.LockUnlock",
            "params": {"lock": False},
        }
        if pin:
            execution["challenge"] = {"pin": pin}
        command = {"devices": [{"id": LOCK}], "execution": [execution]}
        answer = await google("EXECUTE", {"commands": [command]})
        result: dict[str, Any] = answer["commands"][0]
        return result

    assert (await unlock(None))["challengeNeeded"] == {"type": "pinNeeded"}
    assert (await unlock("4712"))["challengeNeeded"] == {
        "type": "challengeFailedPinNeeded"
    }
    assert not _opened(running)
    assert (await unlock("4711"))["status"] == "SUCCESS"
    assert _opened(running) == {"Front door": 1}


async def test_alexa(
    running: Running, door: Door, hass_client: ClientSessionGenerator
) -> None:
    """Alexa is offered the one lock, and opens it once."""
    assert await async_setup_component(running.hass, "alexa", _yaml("alexa"))
    await running.hass.async_block_till_done()
    client = await hass_client()

    async def direct(namespace: str, name: str, **more: Any) -> Any:
        header = {
            "namespace": namespace,
            "name": name,
            "messageId": "1",
            "payloadVersion": "3",
        }
        directive = {"header": header, "payload": {}, **more}
        response = await client.post(
            "/api/alexa/smart_home", json={"directive": directive}
        )
        assert response.status == HTTPStatus.OK
        await running.hass.async_block_till_done()
        return (await response.json())["event"]

    found = await direct("Alexa.Discovery", "Discover")
    endpoints = [one["endpointId"] for one in found["payload"]["endpoints"]]
    assert endpoints == ["lock#entrance_front_door"]

    await direct(
        "Alexa.LockController", "Unlock", endpoint={"endpointId": endpoints[0]}
    )
    assert _opened(running) == {"Front door": 1}


@pytest.mark.usefixtures("door")
async def test_google_by_default(
    running: Running, hass_client: ClientSessionGenerator
) -> None:
    """Without a PIN for Google no lock opens; buttons and holds are not offered."""
    config = {"google_assistant": {"project_id": "my-project"}}
    assert await async_setup_component(running.hass, "google_assistant", config)
    await running.hass.async_block_till_done()
    client = await hass_client()

    async def ask(intent: str, payload: dict[str, Any]) -> Any:
        inputs = [{"intent": f"action.devices.{intent}", "payload": payload}]
        response = await client.post(
            "/api/google_assistant", json={"requestId": "1", "inputs": inputs}
        )
        return (await response.json())["payload"]

    offered = {one["id"] for one in (await ask("SYNC", {}))["devices"]}
    assert {one.partition(".")[0] for one in offered} & {
        "button",
        "cover",
        "lock",
        "select",
        "switch",
    } == {"lock"}
    execution = {
        "command": "action.devices.commands.LockUnlock",
        "params": {"lock": False},
    }
    command = {"devices": [{"id": LOCK}], "execution": [execution]}
    answer = await ask("EXECUTE", {"commands": [command]})
    assert answer["commands"][0]["errorCode"] == "challengeFailedNotSetup"
    assert not _opened(running)
