"""The report of a probe: one JSON document without anything of the account's own."""

from collections.abc import Iterator, Sequence
import json
from secrets import randbelow
from typing import Final

from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.api.redaction.redactor import Json, Redactor
from custom_components.hikcentral_connect.api.redaction.report import (
    ABOUT,
    FORMAT,
    check_for_leaks,
    exchange_as_json,
    why,
)
from custom_components.hikcentral_connect.api.transport import Exchange

from .ask import Asked, Interview, outcome
from .questions import QUESTIONS, UNASKED

ROWS_AT_MOST: Final = 20
"""Rows kept of a list, except of those that make up the inventory."""
YEARS_BACK: Final = 20

_WHOLE: Final = frozenset(one.operation for one in QUESTIONS if one.whole)


def make_report(
    interview: Interview, environment: dict[str, str], secrets: Sequence[str]
) -> str:
    """Return the report as text. Raises `Leak` if any of the secrets is in it."""
    exchanges = [one for asked in interview.asked for one in asked.exchanges]
    redactor = Redactor(
        (one.envelope for one in exchanges), weeks=52 + randbelow(52 * YEARS_BACK)
    )
    text = json.dumps(
        {
            "format": FORMAT,
            "about": ABOUT,
            **environment,
            "dialect": interview.dialect.value,
            "asked": [_asked(one, redactor) for one in interview.asked],
            "unasked": interview.unasked | UNASKED,
        },
        indent=1,
        ensure_ascii=False,
    )
    check_for_leaks(text, (*secrets, *_tokens(exchanges)))
    return text


def _asked(asked: Asked, redactor: Redactor) -> Json:
    values = [one for one in asked.arguments.values() if isinstance(one, str)]
    rows = None if asked.operation in _WHOLE else ROWS_AT_MOST
    return {
        "operation": asked.operation,
        "outcome": outcome(asked),
        **({"why": why(asked.error)} if isinstance(asked.error, BadAnswer) else {}),
        **({"unreadable": sorted(set(asked.skipped))} if asked.skipped else {}),
        "exchanges": [
            exchange_as_json(one, redactor, asked=values, rows=rows)
            for one in asked.exchanges
        ],
    }


def _tokens(exchanges: Sequence[Exchange]) -> Iterator[str]:
    for exchange in exchanges:
        data = (exchange.envelope or {}).get("data")
        fields = data if isinstance(data, dict) else {}
        for key in ("accessToken", "appToken", "signSecret"):
            if isinstance(token := fields.get(key), str):
                yield token
