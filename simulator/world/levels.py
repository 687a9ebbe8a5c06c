"""Access levels: which doors people may pass, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from .doors import Door
from .ids import Ids

MOST = 128
"""How many access levels an account may have; the guide has a code, no number."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time of a weekday; ``day`` counts from 0, Sunday (guide 5.14.1)."""

    day: int
    begin: time = time()
    end: time = time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class Template:
    """A schedule template: the times of a week."""

    id: str
    name: str
    spans: tuple[Span, ...]
    remark: str = ""

    def covers(self, local: datetime) -> bool:
        """Return whether a local time is in it."""
        day, moment = local.isoweekday() % 7, local.time()
        return any(
            one.day == day and one.begin <= moment <= one.end for one in self.spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLevel:
    """A right to pass some doors at the times of a template."""

    id: str
    name: str
    doors: tuple[str, ...]
    template: Template
    remark: str = ""

    def opens(self, door: Door, local: datetime) -> bool:
        """Return whether it is a right to pass a door at a local time."""
        return door.id in self.doors and self.template.covers(local)


class Levels(Mapping[str, AccessLevel]):
    """All access levels by id, and the schedule templates they can have."""

    def __init__(self, ids: Ids) -> None:
        """Start with the template for any time, which every account has."""
        always = ids.fixed("template", "1")
        spans = tuple(Span(day) for day in range(7))
        self.always = Template(always, "All-Day", spans)
        self.templates = {always: self.always}
        self._ids = ids
        self._levels: dict[str, AccessLevel] = {}

    def __getitem__(self, level_id: str) -> AccessLevel:
        """Return a level by id."""
        return self._levels[level_id]

    def __iter__(self) -> Iterator[str]:
        """Return the ids, oldest first."""
        return iter(self._levels)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._levels)

    def add_template(self, name: str, spans: tuple[Span, ...]) -> Template:
        """Add a schedule template; portals do it, no call can."""
        template = Template(self._ids.make("template"), name, spans)
        self.templates[template.id] = template
        return template

    def add(
        self,
        name: str,
        doors: tuple[str, ...],
        template: Template | None = None,
        remark: str = "",
    ) -> AccessLevel:
        """Add a level, for any time if there is no ``template``."""
        level = AccessLevel(
            id=self._ids.make("level"),
            name=name,
            doors=doors,
            template=template or self.always,
            remark=remark,
        )
        self.put(level)
        return level

    def put(self, level: AccessLevel) -> None:
        """Take a changed level for the one with its id."""
        self._levels[level.id] = level

    def remove(self, level_id: str) -> None:
        """Forget a level; `World.remove_level` also takes it from people."""
        del self._levels[level_id]
