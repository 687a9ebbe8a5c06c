"""The report on an account: one JSON document, which the simulator can replay."""

from collections.abc import Collection, Iterable
import re
from typing import Any, Final

from ..errors import BadAnswer, HikError
from ..transport import Exchange
from .pseudonyms import SHORTEST_KNOWN
from .redactor import Json, Redactor

FORMAT: Final = 1
ABOUT: Final = (
    "How a HikCentral Connect account answered, without what it said: names, ids, "
    "serial numbers, secrets, addresses and pictures are replaced, dates moved."
)


class Leak(Exception):
    """Something secret is still in the report; it must not be shown to anybody."""


def exchange_as_json(
    exchange: Exchange,
    redactor: Redactor,
    *,
    asked: Collection[str] = (),
    rows: int | None = None,
) -> Json:
    """Return an exchange redacted.

    `asked` are the ids that may stand in the path. Lists are cut after `rows`.
    """
    cut: dict[str, int] = {}
    answer = _shortened(redactor.answer(exchange.envelope), rows, cut)
    body = exchange.call.body if exchange.call.method == "POST" else None
    return {
        "method": exchange.call.method,
        "path": redactor.path(exchange.call.path, asked),
        "body": redactor.request(body),
        "answer": answer,
        **({"cut": cut} if cut else {}),
        **({"failure": why(exchange.error)} if exchange.error else {}),
        "milliseconds": round(exchange.seconds * 1000),
    }


def why(error: HikError) -> str:
    """Tell the kind of an error, and its text as far as that names no host."""
    text = re.sub(r"\(.*\)|no connection to.*", "", str(error)).strip()
    status = re.search(r"HTTP \d{3}", text)
    if isinstance(error, BadAnswer):
        return text
    return f"{type(error).__name__} {status[0] if status else ''}".strip()


def check_for_leaks(text: str, secrets: Iterable[str]) -> None:
    """Raise `Leak` if any of the secrets stands in the report."""
    if any(len(one) >= SHORTEST_KNOWN and one in text for one in secrets):
        raise Leak("a secret is in the report, which was not written")


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
