"""Rows for persons (reference "Person Management Services"; guide 2.7)."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone

from custom_components.hikcentral_connect.api.models.access import Failure
from custom_components.hikcentral_connect.api.models.people import (
    AddedPerson,
    Card,
    Fingerprint,
    Gender,
    Person,
    PersonRequest,
    PersonSearch,
    Photo,
    QuickPersonRequest,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

CET = timezone(timedelta(hours=1))
JPEG = b"\xff\xd8\xff\xe0 a face"
JPEG_TEXT = b64encode(JPEG).decode()

JOHN = PersonRequest(
    "John",
    "group_001",
    "Smith",
    phone="+1234567890",
    email="john.smith@example.com",
    card="CARD123456",
)
JANE = QuickPersonRequest(
    PersonRequest("Jane", "group_001", "Doe", card="CARD789012"),
    Photo(JPEG),
    level_ids=("level_001",),
)
ANN = PersonRequest(
    "Ann",
    "301",
    "Gray",
    code="12ab",
    gender=Gender.FEMALE,
    phone="110",
    email="ann@example.com",
    description="Shop",
    valid_from=datetime(2026, 1, 1, tzinfo=CET),
    valid_until=datetime(2036, 1, 1, tzinfo=CET),
)
ANN_IDENTITY = {"groupId": "301", "firstName": "Ann", "lastName": "Gray", "gender": 0}
ANN_DETAILS = {
    "phone": "110",
    "email": "ann@example.com",
    "description": "Shop",
    "startDate": "2026-01-01T00:00:00+01:00",
    "endDate": "2036-01-01T00:00:00+01:00",
}
ANN_ANSWER = {
    "personInfo": {
        "personId": "501",
        "groupId": "301",
        "firstName": "Ann",
        "lastName": "Gray",
        "gender": 0,
        "phone": "110",
        "email": "ann@example.com",
        "description": "Shop",
        "startDate": 1767222000000,
        "endDate": "2082754800000",
        "personCode": "12ab",
        "headPicUrl": "https://pictures.example/501",
    },
    "cardList": [{"id": "c1", "cardNo": "892"}],
    "fingerList": [{"id": "f1", "name": "thumb", "data": "90AB"}],
    "pinCode": "3452",
}
ANN_READ = Person(
    id="501",
    name="Ann Gray",
    group_id="301",
    first_name="Ann",
    last_name="Gray",
    code="12ab",
    gender=Gender.FEMALE,
    phone="110",
    email="ann@example.com",
    description="Shop",
    valid_from=datetime(2025, 12, 31, 23, tzinfo=UTC),
    valid_until=datetime(2035, 12, 31, 23, tzinfo=UTC),
    photo_url="https://pictures.example/501",
    cards=(Card("892", "c1"),),
    fingerprints=(Fingerprint("thumb", "90AB", "f1"),),
    pin="3452",
)

REFERENCE = (
    ContractRow(
        "People.add",
        DialectName.REFERENCE,
        "person/v1/persons/add",
        sent={
            "personName": "John Smith",
            "groupId": "group_001",
            "phoneNo": "+1234567890",
            "email": "john.smith@example.com",
            "cardNo": "CARD123456",
        },
        arguments={"person": JOHN},
        data={"personId": "person_001"},
        read=AddedPerson("person_001"),
    ),
    ContractRow(
        "People.quick_add",
        DialectName.REFERENCE,
        "person/v1/persons/quick/add",
        sent={
            "personName": "Jane Doe",
            "groupId": "group_001",
            "photoBase64": JPEG_TEXT,
            "cardNo": "CARD789012",
            "accessLevelIds": ["level_001"],
        },
        arguments={"request": JANE},
        data={"personId": 2},
        read=AddedPerson("2"),
    ),
    ContractRow(
        "People.search",
        DialectName.REFERENCE,
        "person/v1/persons/search",
        sent={
            "keyword": "John",
            "groupId": "group_001",
            "pageNo": 1,
            "pageSize": 100,
        },
        arguments={"search": PersonSearch(name="John", group_id="group_001")},
        page=1,
        data={
            "total": 1,
            "list": [
                {
                    "personId": "person_001",
                    "personName": "John Smith",
                    "groupId": "group_001",
                    "phoneNo": "+1234567890",
                    "cardNo": "CARD123456",
                }
            ],
        },
        read=[
            Person(
                "person_001",
                "John Smith",
                "group_001",
                phone="+1234567890",
                cards=(Card("CARD123456"),),
            )
        ],
    ),
)

TEAMS = (
    ContractRow(
        "People.add",
        DialectName.TEAMS,
        "person/v1/persons/add",
        sent={**ANN_IDENTITY, "personCode": "12ab", **ANN_DETAILS},
        arguments={"person": ANN},
        data={"personId": "501", "personCode": "12ab"},
        read=AddedPerson("501", "12ab"),
    ),
    ContractRow(
        "People.update",
        DialectName.TEAMS,
        "person/v1/persons/update",
        sent={
            **ANN_IDENTITY,
            **ANN_DETAILS,
            "personCode": "12ab",
            "personId": "501",
        },
        arguments={"person_id": "501", "person": ANN},
    ),
    ContractRow(
        "People.quick_add",
        DialectName.TEAMS,
        "person/v1/persons/quick/add",
        sent={
            "personInfo": {**ANN_IDENTITY, **ANN_DETAILS, "personCode": "12ab"},
            "pinCode": "33456",
            "photoData": JPEG_TEXT,
            "aceessLevelList": ["801"],
        },
        arguments={"request": QuickPersonRequest(ANN, Photo(JPEG), "33456", ("801",))},
        data={
            "personId": "501",
            "accessLevelFailed": {
                "errorCode": "0",
                "personAccessLevelFailedList": [
                    {"accessLevelId": 801, "errorCode": "VMS040016"}
                ],
            },
            "pinCodeFailed": {"personId": "501", "errorCode": "CCF038055"},
            "photoFailed": {"personId": "501", "errorCode": "CCF038062"},
        },
        read=AddedPerson(
            "501",
            failures=(
                Failure("access_level", "VMS040016", "801"),
                Failure("pin", "CCF038055"),
                Failure("photo", "CCF038062"),
            ),
        ),
    ),
    ContractRow(
        "People.search",
        DialectName.TEAMS,
        "person/v1/persons/list",
        sent={
            "pageIndex": 1,
            "pageSize": 100,
            "filter": {"name": "an", "email": "@", "phone": "11"},
        },
        arguments={"search": PersonSearch(name="an", email="@", phone="11")},
        page=1,
        data={"personList": [ANN_ANSWER]},
        read=[ANN_READ],
    ),
    ContractRow(
        "People.search",
        DialectName.TEAMS,
        "person/v1/persons/list",
        sent={"pageIndex": 1, "pageSize": 100},
        page=1,
        data={},
        read=[],
    ),
    ContractRow(
        "People.get",
        DialectName.TEAMS,
        "person/v1/persons/get",
        sent={"personId": "501"},
        arguments={"person_id": "501"},
        data=ANN_ANSWER,
        read=ANN_READ,
    ),
    ContractRow(
        "People.delete",
        DialectName.TEAMS,
        "person/v1/persons/delete",
        sent={"personId": "501,502"},
        arguments={"person_ids": ("501", "502")},
    ),
)

ROWS = (*REFERENCE, *TEAMS)
