"""Words and numbers that must not leave an account."""

from collections.abc import Iterator, Mapping
import dataclasses
from itertools import count
from typing import Any

from simulator.account import Account

WORD = "Canary"
WHERE = (
    *("areas", "devices", "cameras", "doors", "alarm_inputs", "alarm_outputs"),
    *("users", "buildings", "residents", "passes", "people", "homes", "levels"),
    *("fleet", "alarm_rules"),
)
TYPED = (
    *("name", "first_name", "last_name", "phone", "email", "address", "plate"),
    *("remark", "note", "description", "driver_first_name", "driver_last_name"),
    *("driver_phone", "number"),
)
"""Texts that people type: each becomes a word of its own."""
GIVEN = ("id", "serial", "channel_id", "code", "pin")
"""What machines gave out: it stays as it is."""


def plant(account: Account) -> set[str]:
    """Put a word of its own into every text; return all that must stay inside."""
    numbers = count()
    secret = {account.key, account.secret, account.guid, account.user_id}
    for thing in _things(account):
        for name in _fields(thing):
            value = getattr(thing, name)
            if not isinstance(value, str):
                continue
            if name in TYPED:
                object.__setattr__(thing, name, f"{WORD}{next(numbers):04}")
            elif name in GIVEN and len(value) >= 5:
                secret.add(value)
    return secret


def _things(account: Account) -> Iterator[Any]:
    """Return everything a world is made of, each thing once."""
    waiting = [getattr(account.world, name) for name in WHERE]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, str):
            continue
        seen.add(id(thing))
        if isinstance(thing, Mapping):
            waiting += thing.values()
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += thing
        if type(thing).__module__.startswith("simulator.world"):
            yield thing
            waiting += (getattr(thing, name) for name in _fields(thing))


def _fields(thing: Any) -> list[str]:
    if dataclasses.is_dataclass(thing):
        return [one.name for one in dataclasses.fields(thing)]
    ours = vars(thing) if hasattr(thing, "__dict__") else {}
    return [name for name in ours if name not in ("world", "_world")]
