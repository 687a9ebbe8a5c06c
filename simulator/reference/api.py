"""The table of calls, and field types that many of them share."""

from collections.abc import Callable, Iterable
from typing import Any

from simulator.contract import Contract, Text, Whole, may

api = Contract()

ID = Text()
PAGING = (may("pageNo", Whole(1), 1), may("pageSize", Whole(1, 500), 20))


def page[T](
    found: Iterable[T], row: Callable[[T], Any], body: dict[str, Any]
) -> dict[str, Any]:
    """Return one page of what was found."""
    everything = list(found)
    number, size = body["pageNo"], body["pageSize"]
    rows = everything[(number - 1) * size : number * size]
    return {"total": len(everything), "list": [row(one) for one in rows]}
