"""Codes of authentication events (guide section 3.1; the maker's "Message Type")."""

from typing import Final

from ...models.events import AccessMethod

DURESS: Final = "110007"

_FIRST_GRANTED: Final = 110001
_FIRST_DENIED: Final = 110501
_LAST: Final = 110999
_NEITHER: Final = frozenset({DURESS, "110019", "110560"})
"""Duress, a measured temperature and an absence say nothing about the door."""

_COMBINED_GRANTS: Final = (1, 2, 4, 6, 8, 9, 10, 11, 12, 18)
_COMBINED_DENIALS: Final = (6, *range(9, 14), *range(19, 31), 45, 54)
_METHODS: Final[dict[AccessMethod, tuple[int, ...]]] = {
    AccessMethod.CARD: (3, 501, 502, 505, 515, 546, 547, 548, 549, 550, 551, 559),
    AccessMethod.FINGERPRINT: (5, 517, 518),
    AccessMethod.FACE: (13, 531, 533),
    AccessMethod.PASSWORD: (20, 555),
    AccessMethod.BLUETOOTH: (22, 564),
    AccessMethod.QR: (23, 565, 566),
    AccessMethod.KEYFOB: (24, 567),
    AccessMethod.COMBINED: (
        *_COMBINED_GRANTS,
        *(500 + number for number in _COMBINED_DENIALS),
    ),
}
_METHOD_OF: Final = {
    str(110000 + number): method
    for method, numbers in _METHODS.items()
    for number in numbers
}


def method_of(code: str) -> AccessMethod:
    """Return with what somebody asked, as far as the code ("110013") tells."""
    return _METHOD_OF.get(code, AccessMethod.UNKNOWN)


def granted_by(code: str) -> bool | None:
    """Tell whether the code means that the door opened, None if it does not say."""
    if not code.isdecimal() or code in _NEITHER:
        return None
    number = int(code)
    if _FIRST_GRANTED <= number < _FIRST_DENIED:
        return True
    return False if _FIRST_DENIED <= number <= _LAST else None
