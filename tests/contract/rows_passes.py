"""Rows for visitor passes (reference "Video Intercom Services"; guide section 2.7)."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from custom_components.hikcentral_connect.api.models.passes import (
    PassRequest,
    VisitorPass,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

SITE = timezone(timedelta(hours=8))
ASKED = datetime(2022, 10, 28, 11, 8, 23, tzinfo=SITE)
REQUEST = PassRequest(
    visitor="Plumber",
    starts=datetime(2022, 10, 29, 8, tzinfo=SITE),
    ends=datetime(2022, 10, 29, 12, tzinfo=SITE),
    openings=3,
    access_levels=("l1",),
    asked=ASKED,
)
BODY: dict[str, Any] = {
    "name": "Plumber",
    "openCount": 3,
    "startTime": "2022-10-29T08:00:00+08:00",
    "endTime": "2022-10-29T12:00:00+08:00",
    "clientLocalTime": "2022-10-28T11:08:23+08:00",
    "alIds": ["l1"],
}
ROW: dict[str, Any] = {
    "name": "Plumber",
    "openCount": 3,
    "creatorId": "u1",
    "creatorName": "Owner",
    "password": "12345678",
    "expiredStatus": 0,
}
PICTURE = b"\x89PNG picture"
DETAIL = ROW | {
    "startTime": 1667001600000,
    "endTime": 1667016000000,
    "code": b64encode(PICTURE).decode(),
    "accessLevelList": [{"accessLevelId": "l1", "accessLevelName": "Guests"}],
}
PASS = VisitorPass(
    id="t1",
    visitor="Plumber",
    starts=datetime(2022, 10, 29, tzinfo=UTC),
    ends=datetime(2022, 10, 29, 4, tzinfo=UTC),
    code="12345678",
    qr_png=PICTURE,
    openings=3,
    access_levels=("l1",),
)

ROWS = (
    ContractRow(
        "Passes.issue",
        DialectName.REFERENCE,
        "visp/v1/passes/issue",
        sent={
            "residentId": "resident_001",
            "visitorName": "Jane Smith",
            "validFrom": "2024-01-20T09:00:00Z",
            "validTo": "2024-01-20T18:00:00Z",
        },
        arguments={
            "request": PassRequest(
                "Jane Smith",
                datetime(2024, 1, 20, 9, tzinfo=UTC),
                datetime(2024, 1, 20, 18, tzinfo=UTC),
                resident_id="resident_001",
            )
        },
        data={"passCode": "482913", "qrCode": "https://codes.example/1.png"},
        read=VisitorPass(
            id=None,
            visitor="Jane Smith",
            starts=datetime(2024, 1, 20, 9, tzinfo=UTC),
            ends=datetime(2024, 1, 20, 18, tzinfo=UTC),
            code="482913",
            qr_url="https://codes.example/1.png",
        ),
    ),
    ContractRow(
        "Passes.issue",
        DialectName.TEAMS,
        "vims/v1/tempauth/add",
        sent=BODY,
        arguments={"request": REQUEST},
        data={"id": "t1"} | DETAIL,
        read=PASS,
    ),
    ContractRow(
        "Passes.find",
        DialectName.TEAMS,
        "vims/v1/tempauth/list",
        sent={
            "pageNum": 1,
            "pageSize": 64,
            "searchRequest": {"filter": {"name": "Plu"}},
        },
        arguments={"name": "Plu"},
        page=1,
        data={
            "pageNum": 1,
            "pageSize": 64,
            "totalNum": 1,
            "tempAuthList": [
                {"id": "t1"}
                | ROW
                | {"startDate": 1667001600000, "endDate": 1667016000000}
            ],
        },
        read=[
            VisitorPass(
                id="t1",
                visitor="Plumber",
                starts=PASS.starts,
                ends=PASS.ends,
                code="12345678",
                openings=3,
            )
        ],
    ),
    ContractRow(
        "Passes.get",
        DialectName.TEAMS,
        "vims/v1/tempauth/get",
        sent={"id": "t1", "clientLocalTime": "2022-10-28T11:08:23+08:00"},
        arguments={"pass_id": "t1", "asked": ASKED},
        data=DETAIL,
        read=PASS,
    ),
    ContractRow(
        "Passes.update",
        DialectName.TEAMS,
        "vims/v1/tempauth/update",
        sent={"id": "t1"} | BODY,
        arguments={"pass_id": "t1", "request": REQUEST},
    ),
    ContractRow(
        "Passes.delete",
        DialectName.TEAMS,
        "vims/v1/tempauth/delete",
        sent={"deleteList": ["t1"]},
        arguments={"pass_ids": ("t1",)},
    ),
)
