"""Rows for what persons are recognised by (reference "Person Management Services"; guide 2.7)."""

from datetime import datetime

from custom_components.hikcentral_connect.api.models.access import Failure
from custom_components.hikcentral_connect.api.models.people import (
    Card,
    Fingerprint,
    FingerprintSample,
    Photo,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow
from .rows_people import CET, JPEG, JPEG_TEXT

REFERENCE = (
    ContractRow(
        "Credentials.set_photo",
        DialectName.REFERENCE,
        "person/v1/persons/photo",
        sent={"personId": "person_001", "photoBase64": JPEG_TEXT},
        arguments={"person_id": "person_001", "photo": Photo(JPEG)},
    ),
)

TEAMS = (
    ContractRow(
        "Credentials.set_photo",
        DialectName.TEAMS,
        "person/v1/persons/photo",
        sent={"personId": "501", "photoData": JPEG_TEXT},
        arguments={"person_id": "501", "photo": Photo(JPEG)},
    ),
    ContractRow(
        "Credentials.set_cards",
        DialectName.TEAMS,
        "person/v1/persons/updatecards",
        sent={
            "personId": "501",
            "cardList": [{"cardNo": "892"}, {"id": "c1", "cardNo": "893"}],
        },
        arguments={"person_id": "501", "cards": (Card("892"), Card("893", "c1"))},
        data={
            "cardFailed": {
                "personId": "501",
                "errorCode": "0",
                "cardList": [
                    {"cardId": "c1", "cardNo": "893", "errorCode": "CCF038034"}
                ],
            }
        },
        read=(Failure("card", "CCF038034", "c1", "893"),),
    ),
    ContractRow(
        "Credentials.set_cards",
        DialectName.TEAMS,
        "person/v1/persons/updatecards",
        sent={"personId": "501"},
        arguments={"person_id": "501", "cards": ()},
        read=(),
    ),
    ContractRow(
        "Credentials.set_fingerprints",
        DialectName.TEAMS,
        "person/v1/persons/updatefingers",
        sent={"personId": "501", "fingerList": [{"data": "90AB", "name": "thumb"}]},
        arguments={
            "person_id": "501",
            "fingerprints": (Fingerprint("thumb", "90AB"),),
        },
        data={"fingerFailed": {"errorCode": "0", "fingerList": []}},
        read=(),
    ),
    ContractRow(
        "Credentials.set_pin",
        DialectName.TEAMS,
        "person/v1/persons/updatepincode",
        sent={"personId": "501", "pinCode": "3452"},
        arguments={"person_id": "501", "pin": "3452"},
    ),
    ContractRow(
        "Credentials.set_pin",
        DialectName.TEAMS,
        "person/v1/persons/updatepincode",
        sent={"personId": "501"},
        arguments={"person_id": "501", "pin": None},
    ),
    ContractRow(
        "Credentials.qr_code",
        DialectName.TEAMS,
        "person/v1/persons/qrcode",
        sent={"personId": "501", "clientLocalTime": "2026-01-01T12:21:30+01:00"},
        arguments={
            "person_id": "501",
            "now": datetime(2026, 1, 1, 12, 21, 30, tzinfo=CET),
        },
        data={"qrCodeData": "data:image/png;base64," + JPEG_TEXT},
        read=JPEG,
    ),
    ContractRow(
        "Credentials.collect_card",
        DialectName.TEAMS,
        "person/v1/persons/cardcollect",
        sent={"deviceSerial": "K00000001"},
        arguments={"device_serial": "K00000001"},
        data={"cardNo": "666"},
        read="666",
    ),
    ContractRow(
        "Credentials.collect_fingerprint",
        DialectName.TEAMS,
        "person/v1/persons/fingercollect",
        sent={"deviceSerial": "K00000001"},
        arguments={"device_serial": "K00000001"},
        data={"fingerData": "aaaa", "fingerQuality": "100"},
        read=FingerprintSample("aaaa", 100),
    ),
)

ROWS = (*REFERENCE, *TEAMS)
