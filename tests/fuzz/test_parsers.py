"""Every parser of media, addresses and texts: a result or one of our errors, soon."""

from pathlib import Path
from typing import Any

from hypothesis import given
import pytest

from custom_components.hikcentral_connect.video import ezopen

from . import FUZZ_BYTES
from .parsers import PARSERS
from .results import attempt


def test_no_parser_of_streams_is_left_out() -> None:
    """Each module of the stream's protocol is tried by somebody."""
    tried = {name for parser in PARSERS.values() for name in parser.modules}
    there = {file.stem for file in Path(ezopen.__path__[0]).glob("[a-z]*.py")}
    assert tried == there


@pytest.mark.parametrize("name", PARSERS)
def test_parser(name: str) -> None:
    """Nothing that is fed breaks it."""
    parser = PARSERS[name]

    @FUZZ_BYTES
    @given(parser.fed)
    def fuzz(fed: Any) -> None:
        attempt(lambda: parser.parse(fed))

    fuzz()
