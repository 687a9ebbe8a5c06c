"""By what a message is recognised when it comes again, from the same source or another."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from ..api.models.events import AccessEvent, Ring
from ..api.models.messages import Alarm
from .hub import AnyMessage
from .twins import Source, Trace


@dataclass(frozen=True, slots=True)
class Asked:
    """What the twins were asked, so that it can be asked again after a restart."""

    source: Source
    trace: Trace
    only_noted: bool

    def as_json(self) -> list[Any]:
        """Return what `of` takes."""
        trace = self.trace
        asked = [self.source, trace.about, trace.moment, trace.number]
        return [*asked, self.only_noted]

    @classmethod
    def of(cls, row: list[Any]) -> Self:
        """Return what `as_json` was made of."""
        source, about, moment, number, only_noted = row
        return cls(Source(source), Trace(about, moment, number), only_noted)


def key_of(message: AnyMessage) -> str:
    """Return a short key of what makes a message the same message.

    The messages of one alarm share its id and differ in their phase; those of a call
    differ in its state.
    """
    part = ""
    if isinstance(message, Alarm):
        part = message.phase.value
    elif isinstance(message, Ring):
        part = message.state.value
    return _digest(type(message).__name__, message.id, part)


def trace_of(message: AnyMessage) -> Trace | None:
    """Return by what another source tells the same; None without a time."""
    if message.occurred is None:
        return None
    moment = message.occurred.timestamp()
    if isinstance(message, AccessEvent):
        about = _digest(message.door_id, message.person_id, message.event_type)
        device = message.device_id
        known = device is not None and message.serial is not None
        return Trace(about, moment, f"{device}#{message.serial}" if known else None)
    if isinstance(message, Alarm):
        source = (message.device_id, message.source_id, message.event_type)
        return Trace(_digest(*source, message.phase, str(moment)), moment)
    return None


def _digest(*parts: str | None) -> str:
    text = "|".join([part or "" for part in parts])
    return blake2b(text.encode(), digest_size=8).hexdigest()
