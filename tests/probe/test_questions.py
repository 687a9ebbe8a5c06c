"""Every operation that reads is asked or there is a reason, and no other is."""

from probe.ask import READING
from probe.found import LOGIN, SOURCES
from probe.questions import QUESTIONS, UNASKED
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

ASKED = {question.operation for question in QUESTIONS}
ISAPI = {"Isapi.send", "Isapi.send_by_proxy"}
"""Reading or not according to the request; the rows of the contract show commands."""


def _reads(row: ContractRow) -> bool:
    pages = () if row.page is None else (row.page,)
    call = OPERATIONS[row.operation].builder(row.dialect)(*pages, **row.arguments)
    return call.kind in READING


def test_every_operation_that_reads_is_asked() -> None:
    """A new operation of the client has to be asked, or excused."""
    reading = {row.operation for row in ROWS if _reads(row)}
    assert reading <= ASKED | UNASKED.keys()


def test_nothing_else_is_asked() -> None:
    """What is asked reads in every dialect that has it."""
    assert all(_reads(row) for row in ROWS if row.operation in ASKED - ISAPI)
    assert OPERATIONS.keys() >= ASKED


def test_excuses_are_needed() -> None:
    """Nothing is excused that is asked, or that is gone."""
    assert UNASKED.keys() <= OPERATIONS.keys() - ASKED


def test_needs_can_be_met() -> None:
    """What a question needs is told by one that stands before it."""
    asked = {LOGIN}
    for question in QUESTIONS:
        if question.needs:
            assert asked & set(SOURCES[question.needs]), question.operation
        asked.add(question.operation)
