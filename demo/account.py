"""Adds the simulated account, through the same dialogues a person would fill in."""

import asyncio

from simulator.account import DEMO
from simulator.world.sites import DEMO_CODE

from .errors import DemoError
from .hass import HomeAssistant, Json

DOMAIN = "hikcentral_connect"
FLOW = "/api/config/config_entries/flow"
DOOR_FLOW = "/api/config/config_entries/subentries/flow"
OPTIONS_FLOW = "/api/config/config_entries/options/flow"
LOADING_SECONDS = 60


async def add_account(hass: HomeAssistant, dialect: str, url: str) -> str:
    """Set up the simulator's account of a dialect and return the entry's id."""
    keys = next(one for one in DEMO if one.speech == dialect)
    answers = {
        "app_key": keys.key,
        "secret_key": keys.secret,
        "region": "custom",
        "url": url,
    }
    entry = await _answer(hass, FLOW, DOMAIN, answers)
    entry_id: str = entry["result"]["entry_id"]
    await _loaded(hass, entry_id)
    return entry_id


async def add_door(hass: HomeAssistant, entry_id: str, door: Json) -> None:
    """Declare a door, as the owner of an account has to that lists none."""
    answers = {"door_id": door["id"], "name": door["name"]}
    await _answer(hass, DOOR_FLOW, [entry_id, "door"], answers)
    await _loaded(hass, entry_id)


async def enter_code(hass: HomeAssistant, entry_id: str, device: Json) -> None:
    """Enter the verification code of a device that encrypts."""
    menu = await hass.request("POST", OPTIONS_FLOW, {"handler": entry_id})
    page = f"{OPTIONS_FLOW}/{menu['flow_id']}"
    await hass.request("POST", page, {"next_step_id": "codes"})
    answers = {"device": device["serial"], "code": DEMO_CODE}
    await hass.request("POST", page, answers)


async def _answer(
    hass: HomeAssistant, flow: str, handler: object, answers: Json
) -> Json:
    """Fill in the forms of a dialogue; raise DemoError if it comes to nothing."""
    step: Json = await hass.request("POST", flow, {"handler": handler})
    while step["type"] == "form":
        if step["errors"]:
            raise DemoError(f"{handler}: the answers were refused: {step['errors']}")
        asked = {field["name"] for field in step["data_schema"]}
        known = {name: answers[name] for name in answers if name in asked}
        step = await hass.request("POST", f"{flow}/{step['flow_id']}", known)
    if step["type"] != "create_entry":
        raise DemoError(f"{handler}: not added: {step['reason']}")
    return step


async def _loaded(hass: HomeAssistant, entry_id: str) -> None:
    """Wait until the account works; Home Assistant tries again by itself."""
    state = ""
    for _ in range(LOADING_SECONDS):
        answer = await hass.command("config_entries/get_single", entry_id=entry_id)
        entry = answer["config_entry"]
        if entry["state"] == "loaded":
            return
        state = f"{entry['state']}: {entry['reason']}"
        await asyncio.sleep(1)
    raise DemoError(f"the account stays in state {state}")
