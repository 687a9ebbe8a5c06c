"""Temporary passes of visitors."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PassRequest:
    """A visit to be let in.

    The reference wants `resident_id`, the resident who invites. Teams wants
    `openings`, how often each door may be opened (1 to 200), and `access_levels`, the
    ids of the levels that say which doors; without one the pass opens nothing. Teams
    is also told when the pass was `asked` for; None is now.
    """

    visitor: str
    starts: datetime
    ends: datetime
    resident_id: str | None = None
    openings: int = 1
    access_levels: tuple[str, ...] = ()
    asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitorPass:
    """A pass as the service made it.

    `code` is typed at the door. The QR code comes as `qr_url` (reference) or as
    `qr_png`, the decoded picture (teams). `id` is None where passes have none.
    """

    id: str | None
    visitor: str
    starts: datetime
    ends: datetime
    code: str = field(repr=False)
    qr_url: str | None = field(default=None, repr=False)
    qr_png: bytes | None = field(default=None, repr=False)
    openings: int | None = None
    access_levels: tuple[str, ...] = ()
    expired: bool = False
