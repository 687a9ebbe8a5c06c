"""Lists are read whole, each row once, with no request too many."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from enum import Enum, auto
from math import ceil
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.hikcentral_connect.api.call import Page, page_reader
from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.api.paging import PAGES_AT_MOST, collect
from custom_components.hikcentral_connect.api.row import Row
from tests.contract.row import ContractRow
from tests.contract.table import ROWS

from .test_readers import call_of

MANY = settings(max_examples=300, deadline=None)


class Tells(Enum):
    """What a service says about the length of a list (guide section 3.2)."""

    RECORDS = auto()
    PAGES = auto()
    MORE = auto()
    NOTHING = auto()


@dataclass
class Service:
    """A list that is handed out in pages and grows while it is read.

    Before each page the next of `growth` is inserted: so many new rows at each of the
    positions. Rows in `unreadable` count as sent but bring no item.
    """

    rows: list[int]
    size: int
    tells: Tells
    growth: list[list[int]] = field(default_factory=list)
    unreadable: frozenset[int] = frozenset()
    asked: list[int] = field(default_factory=list)

    async def fetch(self, number: int) -> Page[int]:
        """Return a page, after something may have happened."""
        if self.asked and self.growth:
            self._grow(self.growth.pop(0))
        self.asked.append(number)
        start = (number - 1) * self.size
        rows = self.rows[start : start + self.size]
        items = [row for row in rows if row not in self.unreadable]
        return Page(items, len(rows), self.size, self._total(), self._more(number))

    def _grow(self, positions: list[int]) -> None:
        for position in positions:
            place = position % (len(self.rows) + 1)
            self.rows.insert(place, 1_000_000 + len(self.rows))

    def _total(self) -> int | None:
        match self.tells:
            case Tells.RECORDS:
                return len(self.rows)
            case Tells.PAGES:
                return ceil(len(self.rows) / self.size)
        return None

    def _more(self, number: int) -> bool | None:
        more = number * self.size < len(self.rows)
        return more if self.tells is Tells.MORE else None


def finish[T](reading: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that waits for nothing."""
    try:
        reading.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("it waits for something")


SIZES = st.integers(1, 8)
COUNTS = st.integers(0, 40)
GROWTH = st.lists(st.lists(st.integers(0, 60), max_size=10), max_size=5)


@MANY
@given(COUNTS, SIZES, st.sampled_from(Tells), st.sets(st.integers(0, 40), max_size=10))
def test_a_list_at_rest(
    count: int, size: int, tells: Tells, unreadable: set[int]
) -> None:
    """All readable rows come in order, and no page is asked for that must be empty."""
    service = Service(list(range(count)), size, tells, unreadable=frozenset(unreadable))
    found = finish(collect(service.fetch))
    assert found == [row for row in range(count) if row not in unreadable]
    assert service.asked == list(range(1, len(service.asked) + 1))

    pages = max(1, ceil(count / size))
    # Only these cannot know that a full page was the last one: who says nothing, and
    # who counts what may be as many records as pages.
    full = count > 0 and count % size == 0
    either = tells is Tells.RECORDS and size > 1 and count <= PAGES_AT_MOST
    unsure = full and (tells is Tells.NOTHING or either)
    assert len(service.asked) in ((pages, pages + 1) if unsure else (pages,))


@MANY
@given(COUNTS, SIZES, st.sampled_from([Tells.RECORDS, Tells.PAGES]), GROWTH)
def test_a_list_that_grows(
    count: int, size: int, tells: Tells, growth: list[list[int]]
) -> None:
    """Whatever is inserted meanwhile, what was there is found once."""
    service = Service(list(range(count)), size, tells, growth)
    found = finish(collect(service.fetch))
    assert len(found) == len(set(found))
    assert set(range(count)) <= set(found)


@MANY
@given(COUNTS, SIZES, st.sampled_from([Tells.MORE, Tells.NOTHING]), GROWTH)
def test_a_list_that_grows_and_tells_no_total(
    count: int, size: int, tells: Tells, growth: list[list[int]]
) -> None:
    """As above, if less than a page is new: a whole one looks like a page repeated."""
    slower = [positions[: size - 1] for positions in growth]
    service = Service(list(range(count)), size, tells, slower)
    found = finish(collect(service.fetch))
    assert len(found) == len(set(found))
    assert set(range(count)) <= set(found)


@MANY
@given(st.integers(1, 40), SIZES, st.sampled_from(Tells))
def test_a_page_that_repeats(count: int, size: int, tells: Tells) -> None:
    """A service that ignores the page number ends the list with the second page."""
    service = Service(list(range(count)), size, tells)
    asked = []

    async def fetch(number: int) -> Page[int]:
        asked.append(number)
        first = await service.fetch(1)
        return Page(first.items, first.rows, size, first.total, first.more)

    assert finish(collect(fetch)) == list(range(min(count, size)))
    assert len(asked) <= 2


@pytest.mark.parametrize("total", [None, 10**9])
def test_no_end(total: int | None) -> None:
    """A list without end is an error, after a fixed number of requests."""
    asked = []

    async def fetch(number: int) -> Page[int]:
        asked.append(number)
        return Page([number], 1, 1, total)

    with pytest.raises(BadAnswer, match="no end"):
        finish(collect(fetch))
    assert asked == list(range(1, PAGES_AT_MOST + 1))


@pytest.mark.parametrize("more", [True, False, None])
@pytest.mark.parametrize("total", [None, 0])
def test_nothing_at_all(total: int | None, more: bool | None) -> None:
    """An empty first page ends the list, also if more is promised."""
    asked = []

    async def fetch(number: int) -> Page[int]:
        asked.append(number)
        return Page([], 0, 100, total, more)

    assert finish(collect(fetch)) == []
    assert asked == [1]


def test_short_pages() -> None:
    """A service whose pages are smaller than asked is read by its total."""
    rows = list(range(25))

    async def fetch(number: int) -> Page[int]:
        page = rows[(number - 1) * 10 : number * 10]
        return Page(page, len(page), 500, 25)

    assert finish(collect(fetch)) == rows


def test_rows_within_rows_do_not_count() -> None:
    """Unreadable rows of a list within a row are no rows of the page."""

    def read_part(row: Row) -> str:
        return row.text("name")

    def read_row(row: Row) -> str:
        row.list_of(read_part, "parts")
        return row.text("id")

    read = page_reader(read_row, "list", size=3, total="total")

    async def fetch(number: int) -> Page[str]:
        ids = range(6)[(number - 1) * 3 : number * 3]
        rows = [{"id": str(one), "parts": [{}]} for one in ids]
        return read(Row({"list": rows, "total": 6}))

    assert finish(collect(fetch)) == ["0", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.page], ids=str)
def test_documented_pages_are_collected(row: ContractRow) -> None:
    """The items of every list can be told apart."""
    page = call_of(row).read(Row(row.data))

    async def fetch(_: int) -> Page[Any]:
        return Page(page.items, page.rows, page.size, more=False)

    assert finish(collect(fetch)) == page.items
