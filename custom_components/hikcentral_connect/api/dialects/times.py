"""Times in the forms that single calls ask for, beside ISO 8601 (`checks.iso`)."""

from datetime import datetime, timedelta

from .. import checks
from ..errors import BadAnswer


def wall_clock(field: str, moment: datetime) -> str:
    """Return date and time of day without a zone ("2024-01-15 10:00:00").

    Calls that take this form mean the clock of the device, so the time must be given in
    the zone of the device: its wall clock is sent as it stands.
    """
    return checks.iso(field, moment)[:19].replace("T", " ")


def zulu(field: str, moment: datetime) -> str:
    """Return ISO 8601 with "Z" for UTC, as the examples of the reference write it."""
    text = checks.iso(field, moment)
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def milliseconds(field: str, moment: datetime) -> str:
    """Return ISO 8601 to the millisecond ("2024-01-15T00:00:00.000+00:00")."""
    checks.iso(field, moment)
    return moment.isoformat(timespec="milliseconds")


def span(**parts: float) -> timedelta:
    """Return a duration of "hours", "minutes" or "milliseconds" that makes sense."""
    try:
        return timedelta(**parts)
    except OverflowError:
        raise BadAnswer("a duration is out of range") from None
