"""Messages that the service pushes to a webhook (guide section 2.3; teams only).

A request is signed over its time and batch id only, not over its body: what keeps
strangers out is that the address is secret.
"""

from dataclasses import dataclass
import hashlib
import hmac

import orjson

from .dialects.teams.alarms import read_alarm
from .dialects.teams.raw_messages import read_message
from .errors import BadAnswer
from .models.events import Message
from .models.messages import Alarm
from .row import Row


@dataclass(frozen=True, slots=True)
class Push:
    """What one request brought, and the rows of it that could not be read."""

    batch_id: str
    alarms: list[Alarm]
    messages: list[Message]
    skipped: list[str]


def sign(secret: str, timestamp: str, batch_id: str) -> str:
    """Return the signature of a request, or of the answer to the service's check."""
    text = f"{timestamp}.{batch_id}".encode()
    return f"sha256={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"


def is_signed(secret: str, timestamp: str, batch_id: str, signature: str) -> bool:
    """Tell whether a request was signed by somebody who knows the secret."""
    expected = sign(secret, timestamp, batch_id)
    return hmac.compare_digest(expected.encode(), signature.encode())


def read_push(content: bytes) -> Push:
    """Return what the body of a request holds. Raises `BadAnswer`."""
    try:
        body = Row(orjson.loads(content))
    except orjson.JSONDecodeError as err:
        raise BadAnswer("the push is not JSON") from err
    rows = body.list_or_empty(_read, "list")
    return Push(
        batch_id=body.text("batchId"),
        alarms=[row for row in rows if isinstance(row, Alarm)],
        messages=[row for row in rows if not isinstance(row, Alarm)],
        skipped=body.skipped,
    )


def _read(row: Row) -> Alarm | Message:
    kind = row.text_or_none("type")
    is_alarm = kind == "alarm" or (kind is None and row.first("eventSource"))
    return read_alarm(row) if is_alarm else read_message(row)
