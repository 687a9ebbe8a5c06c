"""Actions on persons, their groups, photos and access levels: for administrators."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_NAME
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util

from ..api.errors import HikError
from ..api.models.access import Failure
from ..api.models.people import (
    AddedPerson,
    Card,
    Gender,
    Person,
    PersonRequest,
    PersonSearch,
    QuickPersonRequest,
)
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry
from .common import entry_of, is_teams
from .photo import PHOTO_FIELDS, async_photo_of

ATTR_QUERY: Final = "query"
ATTR_GROUP_ID: Final = "group_id"
ATTR_PERSON_ID: Final = "person_id"
ATTR_ACCESS_LEVELS: Final = "access_levels"
ATTR_CARD: Final = "card"
ATTR_PIN: Final = "pin"

VALID_FOR: Final = timedelta(days=10 * 365)
LAST_DAY: Final = datetime(2037, 12, 31)
"""The latest day that teams takes, in the zone of the house."""

_ACCOUNT: Final[VolDictType] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_IDS: Final = vol.All(cv.ensure_list, [cv.string])
_PERSON: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required("first_name"): cv.string,
    vol.Optional("last_name", default=""): cv.string,
    vol.Required(ATTR_GROUP_ID): cv.string,
    vol.Optional("code"): cv.string,
    vol.Optional("gender"): vol.In([one.name.lower() for one in Gender]),
    vol.Optional("phone"): cv.string,
    vol.Optional("email"): cv.string,
    vol.Optional("description"): cv.string,
    vol.Optional("valid_from"): cv.datetime,
    vol.Optional("valid_until"): cv.datetime,
    vol.Optional(ATTR_CARD): cv.string,
}
_LEVELS: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_PERSON_ID): cv.string,
    vol.Required(ATTR_ACCESS_LEVELS): _IDS,
}
_SEARCH: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Optional(ATTR_QUERY): cv.string,
    vol.Optional(ATTR_GROUP_ID): cv.string,
    vol.Optional("email"): cv.string,
    vol.Optional("phone"): cv.string,
}
_QUICK: Final[VolDictType] = {
    **_PERSON,
    **PHOTO_FIELDS,
    vol.Optional(ATTR_PIN): cv.string,
    vol.Optional(ATTR_ACCESS_LEVELS, default=list): _IDS,
}
_PHOTO: Final[VolDictType] = {
    **_ACCOUNT,
    vol.Required(ATTR_PERSON_ID): cv.string,
    **PHOTO_FIELDS,
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on people."""
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    query: VolDictType = {**_ACCOUNT, vol.Optional(ATTR_QUERY): cv.string}
    for name, function, schema, response in (
        ("search_person_groups", _async_groups, query, only),
        ("search_people", _async_search, _SEARCH, only),
        ("add_person", _async_add, _PERSON, optional),
        ("quick_add_person", _async_quick_add, _QUICK, optional),
        ("set_person_photo", _async_set_photo, _PHOTO, optional),
        ("list_access_levels", _async_levels, _ACCOUNT, only),
        ("assign_access_levels", _async_assign, _LEVELS, optional),
        ("remove_access_levels", _async_remove, _LEVELS, optional),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), response
        )


async def _async_groups(call: ServiceCall) -> ServiceResponse:
    """Return the person groups, or those with a word in their name."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        groups = await client.person_groups.groups(call.data.get(ATTR_QUERY))
    return {
        "groups": [
            {
                ATTR_GROUP_ID: one.id,
                ATTR_NAME: one.name,
                "path": one.path,
                "parent_id": one.parent_id,
            }
            for one in groups
        ]
    }


async def _async_search(call: ServiceCall) -> ServiceResponse:
    """Return the persons who match all that is given."""
    entry = entry_of(call)
    group_id = call.data.get(ATTR_GROUP_ID)
    search = PersonSearch(
        name=call.data.get(ATTR_QUERY),
        # Teams cannot search in a group, but tells the group of each person.
        group_id=None if is_teams(entry) else group_id,
        email=call.data.get("email"),
        phone=call.data.get("phone"),
    )
    with told_to_owner():
        found = await entry.runtime_data.client.people.search(search)
    people: list[Any] = [
        _person(one)
        for one in found
        if group_id in (None, one.group_id) or not is_teams(entry)
    ]
    return {"people": people}


async def _async_add(call: ServiceCall) -> ServiceResponse:
    """Add a person and return the id."""
    entry = entry_of(call)
    client = entry.runtime_data.client
    with told_to_owner():
        request, card = _person_request(entry, call.data)
        added = await client.people.add(request)
    return await _added(entry, added, card)


async def _async_quick_add(call: ServiceCall) -> ServiceResponse:
    """Add a person with photo, PIN and access levels, and return the id."""
    entry = entry_of(call)
    client = entry.runtime_data.client
    with told_to_owner():
        request, card = _person_request(entry, call.data)
        quick = QuickPersonRequest(
            person=request,
            photo=await async_photo_of(call, required=False),
            pin=call.data.get(ATTR_PIN),
            level_ids=tuple(call.data[ATTR_ACCESS_LEVELS]),
        )
        added = await client.people.quick_add(quick)
    return await _added(entry, added, card)


async def _async_set_photo(call: ServiceCall) -> ServiceResponse:
    """Set the face picture of a person."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        photo = await async_photo_of(call, required=True)
        assert photo is not None
        await client.credentials.set_photo(call.data[ATTR_PERSON_ID], photo)
    return {ATTR_PERSON_ID: call.data[ATTR_PERSON_ID], "bytes": len(photo.content)}


async def _async_levels(call: ServiceCall) -> ServiceResponse:
    """Return the access levels and the doors they open."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        levels = await client.access_levels.levels()
    return {
        ATTR_ACCESS_LEVELS: [
            {
                "access_level_id": one.id,
                ATTR_NAME: one.name,
                "schedule": one.schedule_name,
                "doors": [
                    {"door_id": door.id, ATTR_NAME: door.name} for door in one.resources
                ],
            }
            for one in levels
        ]
    }


async def _async_assign(call: ServiceCall) -> ServiceResponse:
    """Give a person access levels."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        failures = await client.access.assign(
            call.data[ATTR_PERSON_ID], tuple(call.data[ATTR_ACCESS_LEVELS])
        )
    return {"failed": _failures(failures)}


async def _async_remove(call: ServiceCall) -> ServiceResponse:
    """Take access levels from a person."""
    client = entry_of(call).runtime_data.client
    with told_to_owner():
        failures = await client.access.remove(
            call.data[ATTR_PERSON_ID], tuple(call.data[ATTR_ACCESS_LEVELS])
        )
    return {"failed": _failures(failures)}


def _person_request(
    entry: HikConfigEntry, data: Mapping[str, Any]
) -> tuple[PersonRequest, str | None]:
    """Return the person, and a card that has to be given afterwards.

    Teams wants a code and a validity, which are made up when left out.
    """
    names = ("first_name", "last_name", ATTR_GROUP_ID, "phone", "email", "description")
    request = PersonRequest(
        **{name: data[name] for name in names if name in data},
        code=data.get("code"),
        gender=Gender[data.get("gender", "unknown").upper()],
        valid_from=_local(data.get("valid_from")),
        valid_until=_local(data.get("valid_until")),
        card=data.get(ATTR_CARD),
    )
    if not is_teams(entry):
        return request, None
    starts = request.valid_from or dt_util.now()
    last = LAST_DAY.replace(tzinfo=starts.tzinfo)
    whole = replace(
        request,
        code=request.code or f"{randbelow(10**10):010d}",
        valid_from=starts,
        valid_until=request.valid_until or min(starts + VALID_FOR, last),
        card=None,
    )
    return whole, request.card


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else dt_util.as_local(moment)


async def _added(
    entry: HikConfigEntry, added: AddedPerson, card: str | None
) -> ServiceResponse:
    """Return what was made and what was not; a card is given now if need be."""
    failures = _failures(added.failures)
    if card is not None:
        client = entry.runtime_data.client
        try:
            refused = await client.credentials.set_cards(added.id, (Card(card),))
            failures += _failures(refused)
        except HikError as err:
            failures.append({"part": "card", "id": None, "reason": str(err)})
    return {ATTR_PERSON_ID: added.id, "code": added.code, "failed": failures}


def _failures(failures: tuple[Failure, ...]) -> list[Any]:
    return [
        {"part": one.part, "id": one.id, "reason": str(one.error)} for one in failures
    ]


def _person(one: Person) -> dict[str, Any]:
    return {
        ATTR_PERSON_ID: one.id,
        ATTR_NAME: one.name,
        ATTR_GROUP_ID: one.group_id,
        "code": one.code,
        "phone": one.phone,
        "email": one.email,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "cards": [card.number for card in one.cards],
    }
