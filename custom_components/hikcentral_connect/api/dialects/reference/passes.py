"""Visitor passes of the reference ("Video Intercom Services")."""

from ... import checks
from ...call import Call, Kind
from ...errors import FieldInvalid
from ...models.passes import PassRequest, VisitorPass
from ...row import Row
from .. import times


def issue(request: PassRequest) -> Call[VisitorPass]:
    """Issue a visitor pass in the name of a resident ("Issue Visitor Pass").

    Raises `NotFound` for an unknown resident.
    """
    if not request.resident_id:
        raise FieldInvalid("resident_id", "must name the resident who invites")
    checks.order("ends", request.starts, request.ends)
    visitor = checks.text("visitor", request.visitor, 64)

    def read(answer: Row) -> VisitorPass:
        return VisitorPass(
            id=None,
            visitor=visitor,
            starts=request.starts,
            ends=request.ends,
            code=answer.text("passCode"),
            qr_url=answer.text_or_none("qrCode"),
        )

    return Call(
        "visp/v1/passes/issue",
        read,
        {
            "residentId": request.resident_id,
            "visitorName": visitor,
            "validFrom": times.zulu("starts", request.starts),
            "validTo": times.zulu("ends", request.ends),
        },
        Kind.WRITE,
    )
