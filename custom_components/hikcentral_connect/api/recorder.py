"""The latest answers about an account, kept so that its diagnostics ask nothing."""

from collections import Counter
import re
from typing import Final

import orjson

from .call import Kind
from .transport import Exchange

KEPT_AT_MOST: Final = 300
_INVENTORY: Final = re.compile(
    r"""
    platform/v1/(systemproperties|servicepackage)
    |resource/v1/(devices|areas)/get
    |resource/v1/areas/(cameras|doors|alarminputs|alarmoutputs|vehicles)/get
    |obd/v1/vehicles/get
    |maintenance/v1/list/device/detail
    """,
    re.VERBOSE,
)
"""Calls that tell what an account holds: no persons, no messages, no addresses."""


class Recorder:
    """Keeps the last answer to each question about what an account holds.

    Of everything else only the refusals and failures are counted.
    """

    def __init__(self) -> None:
        """Start knowing nothing."""
        self._kept: dict[tuple[str, str, bytes], Exchange] = {}
        self.troubles: Counter[str] = Counter()
        """How often which kind of error or code came."""

    def note(self, exchange: Exchange) -> None:
        """Take one exchange."""
        call = exchange.call
        code = str((exchange.envelope or {}).get("errorCode", "0"))
        if exchange.error is not None or code != "0":
            self.troubles[
                type(exchange.error).__name__ if exchange.error else code
            ] += 1
        if call.kind is not Kind.READ or not _INVENTORY.fullmatch(call.path):
            return
        key = call.method, call.path, orjson.dumps(call.body)
        self._kept.pop(key, None)
        self._kept[key] = exchange
        while len(self._kept) > KEPT_AT_MOST:
            del self._kept[next(iter(self._kept))]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges kept, the oldest first."""
        return tuple(self._kept.values())
