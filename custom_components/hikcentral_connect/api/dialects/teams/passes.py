"""Temporary passes of teams (guide section 2.7, `vims/v1/tempauth`)."""

from base64 import b64decode
from datetime import UTC, datetime, tzinfo
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import BadAnswer
from ...models.passes import PassRequest, VisitorPass
from ...row import PICTURE_AT_MOST, JsonObject, Row
from .. import ids

PAGE_SIZE: Final = 64
"""Page size of the guide's own examples; it names no limit for these lists."""


def issue(request: PassRequest) -> Call[VisitorPass]:
    """Make a temporary pass (section 2.7).

    A name has at most 32 characters, each door opens 1 to 200 times. Without access
    levels the pass is made but opens nothing.
    """
    return Call("vims/v1/tempauth/add", _read_pass, _body(request), Kind.WRITE)


def find(page: int, name: str | None = None) -> Call[Page[VisitorPass]]:
    """List the passes whose name or maker contains `name` (section 2.7).

    None lists all. Passes of a list come without their QR code.
    """
    body: JsonObject = {"pageNum": page, "pageSize": PAGE_SIZE}
    if name is not None:
        wanted = checks.text("name", name, 64)
        body["searchRequest"] = {"filter": {"name": wanted}}
    return Call(
        "vims/v1/tempauth/list",
        page_reader(_read_pass, "tempAuthList", size=PAGE_SIZE, total="totalNum"),
        body,
    )


def get(pass_id: str, asked: datetime | None = None) -> Call[VisitorPass]:
    """Read one pass with its QR code (section 2.7).

    A dynamic QR code lives 60 seconds and ends the one before it. `asked` is the local
    time; None is now. Raises `NotFound`.
    """

    def read(answer: Row) -> VisitorPass:
        return _read_pass(Row({**answer.fields, "id": pass_id}, answer.skipped))

    return Call(
        "vims/v1/tempauth/get",
        read,
        {
            "id": checks.text("pass_id", pass_id, 64),
            "clientLocalTime": checks.iso("asked", asked or _now(None)),
        },
    )


def update(pass_id: str, request: PassRequest) -> Call[None]:
    """Replace all that a pass says (section 2.7). Limits as in `issue`."""
    body = {"id": checks.text("pass_id", pass_id, 64), **_body(request)}
    return Call("vims/v1/tempauth/update", nothing, body, Kind.WRITE)


def delete(pass_ids: tuple[str, ...]) -> Call[None]:
    """Delete passes (section 2.7). Raises `NotFound`."""
    body = {"deleteList": ids.some("pass_ids", pass_ids)}
    return Call("vims/v1/tempauth/delete", nothing, body, Kind.WRITE)


def _body(request: PassRequest) -> JsonObject:
    checks.order("ends", request.starts, request.ends)
    asked = request.asked or _now(request.starts.tzinfo)
    return without_empty(
        name=checks.text("visitor", request.visitor, 32),
        openCount=checks.within("openings", request.openings, 1, 200),
        startTime=checks.iso("starts", request.starts),
        endTime=checks.iso("ends", request.ends),
        clientLocalTime=checks.iso("asked", asked),
        alIds=list(request.access_levels),
    )


def _now(zone: tzinfo | None) -> datetime:
    """Return the present in a zone (the machine's for None): local time is wanted."""
    return datetime.now(UTC).astimezone(zone)


def _read_pass(answer: Row) -> VisitorPass:
    return VisitorPass(
        id=answer.text("id"),
        visitor=answer.text("name"),
        starts=answer.moment("startTime", "startDate"),
        ends=answer.moment("endTime", "endDate"),
        code=answer.text("password"),
        qr_png=_read_png(answer.text_or_none("code", most=PICTURE_AT_MOST)),
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
    except ValueError:
        raise BadAnswer("code is not base64") from None
