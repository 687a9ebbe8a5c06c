"""Actions on attendance: personal data, so for administrators only."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util

from ..api.errors import FieldInvalid
from ..api.models.attendance import (
    AttendanceQuery,
    AttendanceRecord,
    Clocking,
    TimeCard,
)
from ..attendance.headcount import count_cards, headcount, span_of_day
from ..const import DOMAIN
from ..exceptions import told_to_owner
from ..runtime import HikConfigEntry
from .common import entry_of, is_teams

LONGEST: Final = timedelta(days=92)
"""How much may be asked for at once."""
ROWS_AT_MOST: Final = 1000

_GROUP: Final[VolDictType] = {
    vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
    vol.Optional("group_id"): cv.string,
}
_PAGE: Final[VolDictType] = {
    vol.Optional("offset", default=0): vol.All(vol.Coerce(int), vol.Range(min=0)),
    vol.Optional("limit", default=200): vol.All(
        vol.Coerce(int), vol.Range(min=1, max=ROWS_AT_MOST)
    ),
}
_ROWS: Final[VolDictType] = {
    **_GROUP,
    vol.Required("starts"): cv.datetime,
    vol.Optional("ends"): cv.datetime,
    vol.Optional("person_ids", default=list): vol.All(cv.ensure_list, [cv.string]),
    vol.Optional("person_name"): cv.string,
    vol.Optional("person_code"): cv.string,
    **_PAGE,
}
_DAY: Final[VolDictType] = {**_GROUP, vol.Optional("day"): cv.date}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on attendance."""
    for name, function, schema in (
        ("get_attendance_records", _async_records, _ROWS),
        ("get_time_card", _async_time_card, _ROWS),
        ("get_attendance_summary", _async_summary, _DAY),
    ):
        service.async_register_admin_service(
            hass, DOMAIN, name, function, vol.Schema(schema), SupportsResponse.ONLY
        )


async def _async_records(call: ServiceCall) -> ServiceResponse:
    """Return who came and went. Teams tells of that in the time card."""
    entry = _entry_of(call)
    client = entry.runtime_data.client
    with told_to_owner():
        query = _query(call.data)
        if is_teams(entry):
            cards = await client.attendance.time_cards(query)
            rows = sorted(
                (row for card in cards for row in _clockings(card)),
                key=lambda row: row["time"],
            )
        else:
            rows = [_record(one) for one in await client.attendance.records(query)]
    return _page(entry, call.data, "records", rows)


async def _async_time_card(call: ServiceCall) -> ServiceResponse:
    """Return the time card: a row per person and day, or per person."""
    entry = _entry_of(call)
    with told_to_owner():
        cards = await entry.runtime_data.client.attendance.time_cards(_query(call.data))
    return _page(entry, call.data, "time_card", [_card(one) for one in cards])


async def _async_summary(call: ServiceCall) -> ServiceResponse:
    """Return how many persons were there on a day."""
    entry = _entry_of(call)
    client = entry.runtime_data.client
    day, group_id = (
        call.data.get("day", dt_util.now().date()),
        call.data.get("group_id"),
    )
    with told_to_owner():
        if is_teams(entry):
            starts, ends = span_of_day(datetime.combine(day, time()))
            cards = await client.attendance.time_cards(
                AttendanceQuery(starts, ends, group_id)
            )
            count = count_cards(cards)
        else:
            count = headcount(await client.attendance.summary(day, group_id))
    row = asdict(count)
    names = row.pop("names")
    if names and entry.runtime_data.options.personal_data:
        row["names"] = {key: list(one) for key, one in names.items()}
    return {"day": day.isoformat(), **row}


def _entry_of(call: ServiceCall) -> HikConfigEntry:
    entry = entry_of(call)
    if not entry.runtime_data.options.attendance:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="attendance_off"
        )
    return entry


def _query(data: dict[str, Any]) -> AttendanceQuery:
    starts = dt_util.as_local(data["starts"])
    ends = dt_util.as_local(data.get("ends") or dt_util.now())
    if ends - starts > LONGEST:
        raise FieldInvalid("starts", f"must be at most {LONGEST.days} days before end")
    return AttendanceQuery(
        starts=starts,
        ends=ends,
        group_id=data.get("group_id"),
        person_ids=tuple(data["person_ids"]),
        person_name=data.get("person_name"),
        person_code=data.get("person_code"),
    )


def _page(
    entry: HikConfigEntry, data: dict[str, Any], key: str, rows: list[dict[str, Any]]
) -> ServiceResponse:
    """Return a part of the rows; without names unless the owner allowed them."""
    first = data["offset"]
    shown = rows[first : first + data["limit"]]
    if not entry.runtime_data.options.personal_data:
        shown = [{**row, "person_name": None} for row in shown]
    return {"total": len(rows), "offset": first, key: shown}


def _record(record: AttendanceRecord) -> dict[str, Any]:
    moment = record.occurred or record.checked_in or record.checked_out
    return {
        "person_id": record.person_id,
        "person_name": record.person_name,
        "time": moment.isoformat() if moment else None,
        "kind": record.kind,
    }


def _clockings(card: TimeCard) -> Iterator[dict[str, Any]]:
    for kind, clocking in (("checkIn", card.clock_in), ("checkOut", card.clock_out)):
        if clocking is not None:
            yield {
                "person_code": card.person_code,
                "person_name": card.person_name,
                "time": _time(clocking),
                "kind": kind,
                "device": clocking.device,
            }


def _card(card: TimeCard) -> dict[str, Any]:
    return {
        "person_id": card.person_id,
        "person_code": card.person_code,
        "person_name": card.person_name,
        "group": card.group,
        "day": card.day.isoformat() if card.day else None,
        "timetable": card.timetable,
        "status": card.status.name.lower(),
        **{
            key: _time(getattr(card, key))
            for key in ("due_in", "due_out", "clock_in", "clock_out")
        },
        **{
            f"{key}_minutes": _minutes(getattr(card, key))
            for key in ("worked", "absent", "late", "early", "leave", "overtime")
        },
    }


def _time(clocking: Clocking | None) -> str | None:
    """Return a point on the wall clock of the site, which names no zone."""
    if clocking is None:
        return None
    return datetime.combine(clocking.day, clocking.at).isoformat()


def _minutes(span: timedelta | None) -> int | None:
    return None if span is None else span // timedelta(minutes=1)
