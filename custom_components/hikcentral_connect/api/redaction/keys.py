"""What a field may hold, judged by its name.

A field that no pattern here knows is hidden as well, in a form that keeps its kind.
"""

import re
from typing import Final

_KEPT: Final = re.compile(
    r"""(
        abilityset|category|channelno|color|errorcode|features|format|language|level
        |method|mode|model|protocol|quality|state|status|statuscode|types?|typelist
        |version|\bno
        |amount|capacity|(?<!ac)count|duration|percentage|size|threshold|total\w*
    )$""",
    re.VERBOSE,
)
_ID: Final = re.compile(
    r"(id|ids|idlist|guid|uuid|serial|serials|serialno|elementlist)$"
)
_SERIAL: Final = re.compile(r"serial(s|no)?$")
_PRIVATE: Final = re.compile(
    r"""(
        (code|key|name|names|password|pin|secret|token|vector|data|photo\w*|picture\w*
        |phone\w*|mobile\w*|e?mail\w*|address|card\w*|plate\w*|licen[cs]e\w*
        |lat|lng|lon|latitude|longitude|remark|description|room\w*)$
    )""",
    re.VERBOSE,
)
_TIME: Final = re.compile(r"(time|date|expire)")
_PLAIN: Final = re.compile(r"[\w ./+:,()-]{0,64}", re.ASCII)
_WORTHLESS: Final = re.compile(r"-?\d{1,2}|-*|true|false", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\d{1,3}:\d{2}(:\d{2})?")


def is_kept(key: str) -> bool:
    """Tell whether the field is a code, a kind or a count, which names nobody."""
    return _KEPT.search(key.casefold()) is not None


def is_private(key: str) -> bool:
    """Tell whether whatever the field holds is hidden, be it as short as it may."""
    return _PRIVATE.search(key.casefold()) is not None


def is_id(key: str) -> bool:
    """Tell whether the field refers to something by id or serial number."""
    return _ID.search(key.casefold()) is not None


def is_serial(key: str) -> bool:
    """Tell whether the field holds a serial number."""
    return _SERIAL.search(key.casefold()) is not None


def is_time(key: str) -> bool:
    """Tell whether a number in the field is a moment."""
    return _TIME.search(key.casefold()) is not None


def is_plain(text: str) -> bool:
    """Tell whether a text has the form of a code or kind."""
    return _PLAIN.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """Tell whether a text is too short to tell of anybody: a flag, a time of day."""
    return bool(_WORTHLESS.fullmatch(text) or _CLOCK.fullmatch(text))
