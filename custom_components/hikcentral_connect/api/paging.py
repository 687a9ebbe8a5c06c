"""Reading a list page by page until it ends, whatever the service counts."""

from collections.abc import Awaitable, Callable
from typing import Final

from .call import Page
from .errors import BadAnswer

PAGES_AT_MOST: Final = 100
ITEMS_AT_MOST: Final = 50_000
"""Far beyond every account, and what still fits into the memory of a small machine."""


async def collect[T](
    fetch: Callable[[int], Awaitable[Page[T]]],
    key: Callable[[T], object] = lambda item: getattr(item, "id", item),
) -> list[T]:
    """Return all items in order, each once.

    Rows that move to a later page while we read come twice and are kept once. A page
    that brings nothing new ends the list. Raises `BadAnswer` when there is no end, and
    when nothing comes of what the service itself counts.
    """
    found: dict[object, T] = {}
    seen = 0
    total: int | None = None
    for number in range(1, PAGES_AT_MOST + 1):
        page = await fetch(number)
        if number == 1 and page.rows == 0 and page.total:
            raise BadAnswer(f"no rows came, though the service counts {page.total}")
        seen += page.rows
        before = len(found)
        for item in page.items:
            found.setdefault(key(item), item)
        if len(found) > ITEMS_AT_MOST:
            raise BadAnswer(f"the list has more than {ITEMS_AT_MOST} rows")
        total = page.total if number == 1 else total
        # A list that grows while we read may push a page of known rows in front of us.
        repeats = bool(page.items) and len(found) == before and page.total == total
        if repeats or is_last(page, number, seen):
            return list(found.values())
    raise BadAnswer(f"the list has no end after {PAGES_AT_MOST} pages")


def is_last[T](page: Page[T], number: int, seen: int) -> bool:
    """Tell whether no page can follow page `number` after `seen` rows."""
    if page.rows == 0:
        return True
    if page.more is not None:
        return not page.more
    if page.total is None:
        return page.rows < page.size
    # A total below what we hold can only be a number of pages (guide section 2.2).
    if page.total < seen:
        return number >= page.total
    if page.total > seen:
        return False
    # As many as we hold: records, unless it can still be that many full pages.
    return number >= page.total or page.rows < page.size or page.total > PAGES_AT_MOST
