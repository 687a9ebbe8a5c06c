"""Every reader of the client, in both dialects, on answers that follow its questions."""

from typing import Any

from hypothesis import given, note, strategies as st
import pytest

from custom_components.hikcentral_connect.api.row import Row

from . import EXAMPLES, FUZZ
from .asked import OBJECT, TEXT, made, plain
from .readers import not_in_table, readers
from .results import attempt

READERS = readers()
COPIES = {"dialects.teams.resources._read_detail", "teams-Passes.get"}
"""They copy an object whole, in which nobody has looked for anything before."""
DEEP = 500
"""Examples from which on each reader must have read something."""


def test_nobody_is_left_out() -> None:
    """There are the readers we know of, and a row for each operation."""
    assert len(READERS) > 200
    assert not_in_table() == set()


@pytest.mark.parametrize("name", READERS)
def test_reader(name: str) -> None:
    """A model that can be used, or one of our errors."""
    tried = {"read": 0}

    @FUZZ
    @given(st.data())
    def fuzz(data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from((OBJECT, OBJECT, OBJECT, TEXT, None)))
        spoilt = data.draw(st.sampled_from((3, 12, 60)))
        answer: Any = made(data, kind, spoilt)
        try:
            tried["read"] += attempt(lambda: READERS[name](data, Row(answer)))
            # As it comes over the wire, where plain objects are read a shorter way.
            wired = plain(answer)
            attempt(lambda: READERS[name](data, Row(wired)))
        except BaseException:
            note(f"answer: {plain(answer)!r}")
            raise

    fuzz()
    if EXAMPLES >= DEEP and name not in COPIES:
        assert tried["read"], "no answer was read: the fuzz does not get far here"
