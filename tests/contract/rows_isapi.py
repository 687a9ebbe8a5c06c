"""Rows for the ISAPI pass-through (guide section 2.2)."""

from custom_components.hikcentral_connect.api.models.isapi import (
    ContentType,
    IsapiAnswer,
    IsapiMethod,
    IsapiRequest,
    IsapiStatus,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

_PRESET = '<?xml version="1.0" encoding="UTF-8" ?><PTZPreset><id>1</id></PTZPreset>'
_WIPER = "<PTZAux><type>WIPER</type><status>on</status></PTZAux>"
_DONE = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<ResponseStatus version="2.0" '
    'xmlns="http://www.isapi.org/ver20/XMLSchema"><requestURL>/ISAPI/x</requestURL>'
    "<statusCode>1</statusCode><statusString>OK</statusString>"
    "<subStatusCode>ok</subStatusCode></ResponseStatus>"
)
_RESTART = (
    '{"statusCode": 7, "statusString": "Reboot", "subStatusCode": "rebootRequired"}'
)

ROWS = (
    ContractRow(
        "Isapi.send",
        DialectName.TEAMS,
        "video/v1/isapi/proxypass",
        arguments={
            "request": IsapiRequest("d1", "/ISAPI/PTZCtrl/channels/2/presets/1")
        },
        sent={
            "method": "GET",
            "url": "/ISAPI/PTZCtrl/channels/2/presets/1",
            "id": "d1",
            "contentType": "application/xml",
        },
        data=_PRESET,
        read=IsapiAnswer(_PRESET, None),
    ),
    ContractRow(
        "Isapi.send",
        DialectName.TEAMS,
        "video/v1/isapi/proxypass",
        arguments={
            "request": IsapiRequest(
                "d1",
                "/ISAPI/PTZCtrl/channels/1/auxcontrols/1",
                IsapiMethod.PUT,
                _WIPER,
            )
        },
        sent={
            "method": "PUT",
            "url": "/ISAPI/PTZCtrl/channels/1/auxcontrols/1",
            "id": "d1",
            "contentType": "application/xml",
            "body": _WIPER,
        },
        data=_DONE,
        read=IsapiAnswer(_DONE, IsapiStatus(1, "OK", "ok")),
    ),
    ContractRow(
        "Isapi.send_by_proxy",
        DialectName.TEAMS,
        "proxy/v1/isapi/proxypass",
        arguments={
            "request": IsapiRequest(
                "d1",
                "/ISAPI/System/x?format=json",
                IsapiMethod.POST,
                "{}",
                ContentType.JSON,
            )
        },
        sent={
            "method": "POST",
            "url": "/ISAPI/System/x?format=json",
            "id": "d1",
            "contentType": "application/json",
            "body": "{}",
        },
        data=_RESTART,
        read=IsapiAnswer(_RESTART, IsapiStatus(7, "Reboot", "rebootRequired")),
    ),
)
