"""Whatever a service sends, every reader returns a model or one of our errors."""

from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.hikcentral_connect.api.call import Call
from custom_components.hikcentral_connect.api.errors import HikError
from custom_components.hikcentral_connect.api.row import Row
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

from .damage import JSON, Change, Path, changes_of, places, replaced

EXAMPLES = 30
NO_DATA: dict[str, Any] = {"list": [{}], "id": "1"}


def call_of(row: ContractRow) -> Call[Any]:
    """Build the call of a row of the contract table."""
    pages = () if row.page is None else (row.page,)
    builder = OPERATIONS[row.operation].builder(row.dialect)
    call: Call[Any] = builder(*pages, **row.arguments)
    return call


def read(call: Call[Any], data: Any) -> None:
    """Read an answer as the session does; what is refused must be so by our error."""
    try:
        result = call.read(Row(data))
    except HikError:
        return
    # A model that cannot be printed or compared would fail later and elsewhere.
    assert repr(result) is not None
    assert result == result  # noqa: PLR0124


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_spoilt_answers(row: ContractRow) -> None:
    """Each part replaced by all it should not be, then several at once by any JSON."""
    call = call_of(row)
    data = NO_DATA if row.data is None else row.data
    for change in changes_of(data):
        read(call, change(data))
    if row.data is not None:
        spoil_more(call, data)


def spoil_more(call: Call[Any], data: Any) -> None:
    """Spoil several parts at once, one of them with any JSON."""
    changes = st.lists(st.sampled_from(changes_of(data)), min_size=1, max_size=4)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changes, st.sampled_from(list(places(data))), JSON)
    def spoil(several: list[Change], way: Path, part: Any) -> None:
        spoilt = replaced(data, way, part)
        for change in several:
            spoilt = change(spoilt)
        read(call, spoilt)

    spoil()
