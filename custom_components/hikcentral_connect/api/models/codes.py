"""Codes of the service that may grow."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code of the service; a value that is new to us becomes `UNKNOWN`."""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls["UNKNOWN"]
