"""Alarm rules: which event of which source becomes an alarm, and what follows."""

from dataclasses import dataclass, field
from datetime import time
from enum import IntEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Hours of the day on days of the week (1 is Monday, as in the reference)."""

    starts: time
    ends: time
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleRequest:
    """An alarm rule to be made or replaced.

    `event_type` is a word (reference) or a code (teams, guide section 3.1). The
    reference wants `device_ids` and takes `hours`. Teams wants one source: its type
    ("camera", "alarmInput", …) and id; and takes everything behind them: categories,
    the ids of a priority and of a schedule template, users to be told (id and name),
    and `ignore_recurring`, for how long a repeated alarm is not shown again (the guide
    names no unit).
    """

    name: str
    event_type: str
    device_ids: tuple[str, ...] = ()
    hours: WeekHours | None = None
    source_type: str | None = None
    source_id: str | None = None
    source_name: str | None = None
    main_category: str | None = None
    sub_category: str | None = None
    description: str | None = None
    color: str | None = None
    enabled: bool = True
    priority_id: str | None = None
    schedule_id: str | None = None
    recipients: tuple[tuple[str, str], ...] = ()
    ignore_recurring: int | None = None


@dataclass(frozen=True, slots=True)
class RuleFilter:
    """Which rules to list; what is None does not matter. Names match in part."""

    rule_id: str | None = None
    rule_name: str | None = None
    source_name: str | None = None
    faulty: bool | None = None
    enabled: bool | None = None
    sources: tuple[tuple[str, str], ...] = ()
    """Type and id of each."""
    main_category: str | None = None
    sub_category: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """An alarm rule. `faulty` tells that the platform cannot follow it now."""

    id: str
    name: str
    enabled: bool | None
    faulty: bool | None
    event_type: str | None
    source_type: str | None
    source_id: str | None
    source_name: str | None
    priority: str | None = None
    schedule_id: str | None = None
    main_category: str | None = None
    sub_category: str | None = None
    description: str | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Priority:
    """How urgent an alarm is: level "1" is the highest. `color` is "#RRGGBB"."""

    id: str
    level: str
    name: str | None
    color: str | None


@dataclass(frozen=True, slots=True)
class DayHours:
    """Spans of one day of the week, as the service writes days and times."""

    day: str
    spans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A template that says when alarms are received."""

    id: str
    name: str | None
    built_in: bool | None
    days: tuple[DayHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A camera or alarm output that an alarm sets to work."""

    id: str
    name: str | None = None
    area_id: str | None = None
    area_name: str | None = None


class PictureMoments(IntEnum):
    """When linked cameras take pictures."""

    AT_EVENT = 1
    BEFORE_AT_AND_AFTER = 2


@dataclass(frozen=True, slots=True)
class RecordLink:
    """An alarm has cameras record, some seconds before and after it."""

    cameras: tuple[Target, ...]
    before: int = 3
    after: int = 15


@dataclass(frozen=True, slots=True)
class PictureLink:
    """An alarm has cameras take pictures, some seconds apart."""

    cameras: tuple[Target, ...]
    interval: int = 3
    moments: PictureMoments = PictureMoments.BEFORE_AT_AND_AFTER


@dataclass(frozen=True, slots=True)
class OutputLink:
    """An alarm switches outputs on.

    They go off by hand (None) or after a time whose unit the guide does not name.
    """

    outputs: tuple[Target, ...]
    closes_after: int | None = None


@dataclass(frozen=True, slots=True)
class MailLink:
    """An alarm sends mail by a template."""

    template_id: str
    template_name: str | None = None


type Link = RecordLink | PictureLink | OutputLink | MailLink


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What became of one link; `code` is "0" when it was made."""

    id: str | None
    rule_id: str
    kind: str
    code: str
