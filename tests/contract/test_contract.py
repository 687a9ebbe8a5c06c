"""Every operation sends what its contract shows and reads what it answers."""

import orjson
import pytest

from custom_components.hikcentral_connect.api.call import Page
from custom_components.hikcentral_connect.api.row import Row
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow
from .table import OPERATIONS, ROWS


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(row: ContractRow) -> None:
    """The request is the documented one, byte for byte, and the answer is read."""
    build = OPERATIONS[row.operation].builder(row.dialect)
    pages = () if row.page is None else (row.page,)
    call = build(*pages, **row.arguments)

    assert call.path == row.path
    assert call.method == ("GET" if row.sent is None else "POST")
    if row.sent is not None:
        assert orjson.dumps(call.body) == orjson.dumps(row.sent)

    answer = Row(row.data)
    result = call.read(answer)
    assert answer.skipped == []
    assert (result.items if isinstance(result, Page) else result) == row.read


def test_every_operation_has_a_row() -> None:
    """No operation of either dialect is left unchecked."""
    offered = {
        (name, dialect)
        for name, operation in OPERATIONS.items()
        for dialect in DialectName
        if operation.offered_by(dialect)
    }
    assert offered - {(row.operation, row.dialect) for row in ROWS} == set()
