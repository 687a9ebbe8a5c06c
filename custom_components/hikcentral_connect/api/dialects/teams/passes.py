"""Temporary passes of teams (guide section 2.7, `vims/v1/tempauth`)."""

import binascii
from base64 import b64decode
from datetime import UTC, datetime

from ... import checks
from ...call import Call, Kind
from ...errors import BadAnswer
from ...models.passes import PassRequest, VisitorPass
from ...row import JsonObject, Row


def issue(request: PassRequest) -> Call[VisitorPass]:
    """Make a temporary pass (section 2.7).

    A name has at most 32 characters, each door opens 1 to 200 times. Without access
    levels the pass is made but opens nothing.
    """
    return Call("vims/v1/tempauth/add", _read_pass, _body(request), Kind.WRITE)


def _body(request: PassRequest) -> JsonObject:
    checks.order("ends", request.starts, request.ends)
    body: JsonObject = {
        "name": checks.text("visitor", request.visitor, 32),
        "openCount": checks.within("openings", request.openings, 1, 200),
        "startTime": checks.iso("starts", request.starts),
        "endTime": checks.iso("ends", request.ends),
        "clientLocalTime": _now(request.starts),
    }
    if request.access_levels:
        body["alIds"] = list(request.access_levels)
    return body


def _now(like: datetime) -> str:
    """Return the present in the zone of another time: the service wants local time."""
    return datetime.now(like.tzinfo or UTC).isoformat(timespec="seconds")


def _read_pass(answer: Row) -> VisitorPass:
    return VisitorPass(
        id=answer.text("id"),
        visitor=answer.text("name"),
        starts=answer.moment("startTime", "startDate"),
        ends=answer.moment("endTime", "endDate"),
        code=answer.text("password"),
        qr_png=_read_png(answer.text_or_none("code")),
        openings=answer.integer_or_none("openCount"),
        access_levels=tuple(
            answer.list_or_empty(
                lambda row: row.text("accessLevelId"), "accessLevelList"
            )
        ),
        expired=answer.flag_or_none("expiredStatus") is True,
    )


def _read_png(encoded: str | None) -> bytes | None:
    if encoded is None:
        return None
    try:
        return b64decode(encoded.rpartition(",")[2], validate=True)
    except binascii.Error:
        raise BadAnswer("code is not base64") from None
