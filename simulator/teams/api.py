"""The table of calls, and field types that many of them share."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.contract import (
    Contract,
    Field,
    Mistake,
    Problem,
    Text,
    Whole,
    group,
    may,
    need,
)

api = Contract()

ID = Text(64)
FLAG = Text(choices=("0", "1", "-1"), number=True)
"""A switch: a string in the tables, at times a number in the examples."""


def number(low: int | None = None, high: int | None = None) -> Whole:
    """Declare an integer; live servers and the guide's examples take digits too."""
    return Whole(low, high, digits=True)


PAGE = need("pageIndex", number(1))
PAGING = (PAGE, need("pageSize", Whole(1, 500, digits=True, problem=Problem.PAGE_SIZE)))


def resource_filter(*more: Field, include_required: bool = True) -> Field:
    """Declare the filter of the resource lists (guide 5.2.2)."""
    include = need if include_required else may
    return need(
        "filter",
        group(
            may("areaID", Text(32)),
            include("includeSubArea", FLAG, *([] if include_required else ["0"])),
            may("deviceID", Text(32)),
            may("deviceSerialNo", Text(32)),
            *more,
        ),
    )


def page[T](
    name: str, found: Iterable[T], row: Callable[[T], Any], body: dict[str, Any]
) -> dict[str, Any]:
    """Return one page of what was found, as the resource lists do."""
    everything = list(found)
    index, size = body["pageIndex"], body["pageSize"]
    return {
        "totalCount": len(everything),
        "pageIndex": index,
        "pageSize": size,
        name: [row(one) for one in everything[(index - 1) * size : index * size]],
    }


def spelled(body: dict[str, Any], *names: str) -> Any:
    """Return a required field that the guide spells in several ways."""
    given = [body[name] for name in names if body[name] is not None]
    if len(given) != 1:
        raise Mistake(Problem.MISSING, names[0])
    return given[0]


def milliseconds(moment: datetime) -> int:
    """Return a time as the guide's Long: milliseconds since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
