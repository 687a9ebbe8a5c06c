"""Attendance: how many persons are there today, group by group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api import Client, DialectName
from ..api.models.attendance import (
    AttendanceQuery,
    AttendanceStatus,
    AttendanceSummary,
    TimeCard,
)
from ..health.clocks import SlowCoordinator
from ..options import Options

ATTENDANCE_INTERVAL: Final = timedelta(minutes=15)
EVERYBODY: Final = ""
"""Stands for the group of all persons."""

_LATE: Final = (AttendanceStatus.LATE, AttendanceStatus.LATE_AND_EARLY)
_PRESENT: Final = (*_LATE, AttendanceStatus.NORMAL, AttendanceStatus.EARLY)


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many persons there are today. Who is late is present as well.

    The names are None where the service tells numbers only.
    """

    total: int
    present: int
    absent: int
    late: int
    names: dict[str, tuple[str, ...]] | None = None


class Attendance:
    """Attendance of the groups that the owner chose."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, client: Client, options: Options
    ) -> None:
        """Read through `client`; nothing is sent before the owner wants it."""
        self._client = client
        self._options = options
        self._adders: list[Callable[[set[str]], None]] = []
        self._known: set[str] = set()
        self.today = SlowCoordinator[dict[str, Headcount]](
            hass, entry, client, "attendance", ATTENDANCE_INTERVAL, self._count
        )

    @property
    def groups(self) -> dict[str, str]:
        """The groups that are counted, by id; everybody if none was chosen."""
        if not self._options.attendance:
            return {}
        return self._options.attendance_groups or {EVERYBODY: ""}

    @callback
    def async_announce(self, add: Callable[[set[str]], None]) -> None:
        """Call `add` with the groups that are counted from now on."""
        self._adders.append(add)

    @callback
    def async_switch(self) -> bool:
        """Count what the owner wants now; tell whether there is a new group."""
        groups = set(self.groups)
        new, self._known = groups - self._known, groups
        for add in self._adders if new else ():
            add(new)
        return bool(new)

    async def _count(self) -> dict[str, Headcount]:
        teams = await self._client.dialect() is DialectName.TEAMS
        count = self._from_time_cards if teams else self._from_summary
        return {group: await count(group or None) for group in self.groups}

    async def _from_summary(self, group_id: str | None) -> Headcount:
        today = dt_util.now().date()
        return headcount(await self._client.attendance.summary(today, group_id))

    async def _from_time_cards(self, group_id: str | None) -> Headcount:
        starts, ends = span_of_day(dt_util.now())
        query = AttendanceQuery(starts, ends, group_id)
        return count_cards(await self._client.attendance.time_cards(query))


def span_of_day(moment: datetime) -> tuple[datetime, datetime]:
    """Return the first and the last second of a day in the zone of the house."""
    starts = dt_util.start_of_local_day(moment)
    return starts, starts + timedelta(days=1, seconds=-1)


def headcount(summary: AttendanceSummary) -> Headcount:
    """Return what the reference counted."""
    return Headcount(
        total=summary.persons,
        present=summary.checked_in,
        absent=summary.absent,
        late=summary.late,
    )


def count_cards(cards: Iterable[TimeCard]) -> Headcount:
    """Count the persons of the time cards of one day.

    Somebody with several timetables has several cards: one that tells of presence is
    enough to be present, one that tells of lateness to be late.
    """
    persons: dict[str, list[TimeCard]] = {}
    for card in cards:
        persons.setdefault(card.person_code or card.person_name, []).append(card)
    present = _persons_with(persons, _is_present)
    late = _persons_with(persons, lambda card: card.status in _LATE)
    absent = {
        person: name
        for person, name in _persons_with(
            persons, lambda card: card.status is AttendanceStatus.ABSENT
        ).items()
        if person not in present
    }
    found = {"present": present, "absent": absent, "late": late}
    return Headcount(
        total=len(persons),
        present=len(present),
        absent=len(absent),
        late=len(late),
        names={key: tuple(sorted(one.values())) for key, one in found.items()},
    )


def _is_present(card: TimeCard) -> bool:
    if card.status is AttendanceStatus.UNKNOWN:
        return card.clock_in is not None
    return card.status in _PRESENT


def _persons_with(
    persons: dict[str, list[TimeCard]], fits: Callable[[TimeCard], bool]
) -> dict[str, str]:
    """Return the names of the persons any of whose cards fits."""
    return {
        person: cards[0].person_name
        for person, cards in persons.items()
        if any(fits(card) for card in cards)
    }
