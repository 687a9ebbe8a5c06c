"""The report of a probe: one JSON document without anything of the account's own."""

from collections.abc import Iterator, Sequence
import json
import re
from secrets import randbelow
from typing import Any, Final

from custom_components.hikcentral_connect.api.errors import BadAnswer, HikError
from custom_components.hikcentral_connect.api.transport import Exchange

from .ask import Asked, Interview, outcome
from .pseudonyms import SHORTEST_KNOWN
from .questions import QUESTIONS, UNASKED
from .redact import Json, Redactor

FORMAT: Final = 1
ABOUT: Final = (
    "How a HikCentral Connect account answered, without what it said: names, ids, "
    "serial numbers, secrets, addresses and pictures are replaced, dates moved."
)
ROWS_AT_MOST: Final = 20
"""Rows kept of a list, except of those that make up the inventory."""
YEARS_BACK: Final = 20

_WHOLE: Final = frozenset(one.operation for one in QUESTIONS if one.whole)


class Leak(Exception):
    """Something secret is still in the report; it must not be shown to anybody."""


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
    hidden = (*secrets, *_tokens(exchanges))
    if any(len(one) >= SHORTEST_KNOWN and one in text for one in hidden):
        raise Leak("a secret is in the report, which was not written")
    return text


def _asked(asked: Asked, redactor: Redactor) -> Json:
    values = [one for one in asked.arguments.values() if isinstance(one, str)]
    rows = None if asked.operation in _WHOLE else ROWS_AT_MOST
    return {
        "operation": asked.operation,
        "outcome": outcome(asked),
        **({"why": _why(asked.error)} if isinstance(asked.error, BadAnswer) else {}),
        **({"unreadable": sorted(set(asked.skipped))} if asked.skipped else {}),
        "exchanges": [
            _exchange(one, redactor, values, rows) for one in asked.exchanges
        ],
    }


def _exchange(
    exchange: Exchange, redactor: Redactor, asked: list[str], rows: int | None
) -> Json:
    cut: dict[str, int] = {}
    answer = _shortened(redactor.answer(exchange.envelope), rows, cut)
    body = exchange.call.body if exchange.call.method == "POST" else None
    return {
        "method": exchange.call.method,
        "path": redactor.path(exchange.call.path, asked),
        "body": redactor.request(body),
        "answer": answer,
        **({"cut": cut} if cut else {}),
        **({"failure": _why(exchange.error)} if exchange.error else {}),
        "milliseconds": round(exchange.seconds * 1000),
    }


def _shortened(
    value: Json, most: int | None, cut: dict[str, int], key: str = ""
) -> Any:
    """Return the value with short lists; `cut` is told how long the others were."""
    if isinstance(value, dict):
        return {name: _shortened(v, most, cut, name) for name, v in value.items()}
    if not isinstance(value, list):
        return value
    if most is not None and len(value) > most:
        cut[key] = len(value)
        value = value[:most]
    return [_shortened(one, most, cut, key) for one in value]


def _why(error: HikError) -> str:
    """Tell the kind of an error, and its text as far as that names no host."""
    text = re.sub(r"\(.*\)|no connection to.*", "", str(error)).strip()
    status = re.search(r"HTTP \d{3}", text)
    if isinstance(error, BadAnswer):
        return text
    return f"{type(error).__name__} {status[0] if status else ''}".strip()


def _tokens(exchanges: Sequence[Exchange]) -> Iterator[str]:
    for exchange in exchanges:
        data = (exchange.envelope or {}).get("data")
        fields = data if isinstance(data, dict) else {}
        for key in ("accessToken", "appToken", "signSecret"):
            if isinstance(token := fields.get(key), str):
                yield token
