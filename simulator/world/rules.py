"""Alarm rules. They name alarms; whether one happens does not depend on them."""

from dataclasses import dataclass, field
from typing import Any

from .ids import Ids


@dataclass(slots=True, kw_only=True)
class AlarmRule:
    """What is to be told about which sources.

    ``event`` is an `AlarmKind`, or a code of teams that the world has no kind for;
    ``sources`` are ids of cameras, alarm inputs or devices; ``settings`` and
    ``linkages`` are kept as they were sent.
    """

    id: str
    name: str
    event: str
    sources: tuple[str, ...]
    enabled: bool = True
    settings: dict[str, Any] = field(default_factory=dict)
    linkages: list[dict[str, Any]] = field(default_factory=list)


class AlarmRules(dict[str, AlarmRule]):
    """The rules by id. At most one covers a source and an event type in teams."""

    def __init__(self, ids: Ids) -> None:
        """Start without rules."""
        super().__init__()
        self._ids = ids

    def add_rule(
        self,
        name: str,
        event: str,
        sources: tuple[str, ...],
        **more: Any,
    ) -> AlarmRule:
        """Add a rule."""
        rule_id = self._ids.derived("rule", *sources, event, name)
        rule = AlarmRule(id=rule_id, name=name, event=event, sources=sources, **more)
        self[rule.id] = rule
        return rule

    def covering(self, source: str, event: str) -> AlarmRule | None:
        """Return the rule for an event type of a source."""
        for rule in self.values():
            if rule.event == event and source in rule.sources:
                return rule
        return None
