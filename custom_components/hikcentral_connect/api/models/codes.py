"""Codes of the service that may grow."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code of the service; a value new to us, or none, becomes `UNKNOWN`."""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls["UNKNOWN"]
