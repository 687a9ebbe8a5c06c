"""Rows for the rights to pass doors (reference "Access Control Services"; guide 2.6)."""

from custom_components.hikcentral_connect.api.models.access import (
    CredentialStatus,
    ElementStatus,
    EncryptInfo,
    Failure,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

TWO_LEVELS = {"person_id": "501", "level_ids": ("801", "802")}
FAILED_LEVEL = {
    "personId": "501",
    "personName": "Ann Gray",
    "accessLevelId": 802,
    "accessLevelName": "Shop",
    "errorCode": "VMS040017",
}

REFERENCE = (
    ContractRow(
        "Access.encryption",
        DialectName.REFERENCE,
        "acs/v1/encryptinfo/get",
        sent=None,
        data={"publicKey": "MFww", "algorithm": "RSA"},
        read=EncryptInfo("RSA", public_key="MFww"),
    ),
    ContractRow(
        "Access.assign",
        DialectName.REFERENCE,
        "acspm/v1/personaccess/assign",
        sent={"personId": "person_001", "accessLevelIds": ["level_001", "level_002"]},
        arguments={
            "person_id": "person_001",
            "level_ids": ("level_001", "level_002"),
        },
        read=(),
    ),
)

TEAMS = (
    ContractRow(
        "Access.assign",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/add",
        sent={"personList": [{"personId": "501", "accessLevelIdList": ["801", "802"]}]},
        arguments=TWO_LEVELS,
        data=None,
        read=(),
    ),
    ContractRow(
        "Access.remove",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/delete",
        sent={
            "personList": [
                {
                    "personId": "501",
                    "deleteAll": False,
                    "accessLevelIdList": ["801", "802"],
                }
            ]
        },
        arguments=TWO_LEVELS,
        data={"accessLevelFailed": [FAILED_LEVEL]},
        read=(Failure("access_level", "VMS040017", "802", "Shop"),),
    ),
    ContractRow(
        "Access.remove_all",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/delete",
        sent={"personList": [{"personId": "501", "deleteAll": True}]},
        arguments={"person_id": "501"},
        data=None,
        read=(),
    ),
    ContractRow(
        "Access.replace",
        DialectName.TEAMS,
        "acspm/v1/accesslevel/person/modify",
        sent={
            "personList": [
                {
                    "personId": "501",
                    "deleteAll": False,
                    "accessLevelIdList": ["801", "802"],
                }
            ]
        },
        arguments=TWO_LEVELS,
        data=[{"accessLevelFailed": [FAILED_LEVEL]}],
        read=(Failure("access_level", "VMS040017", "802", "Shop"),),
    ),
    ContractRow(
        "Access.apply_status",
        DialectName.TEAMS,
        "acspm/v1/maintain/overview/person/501/elementdetail",
        sent={"returnSuccess": False},
        arguments={"person_id": "501"},
        data={
            "elementDetailList": [
                {
                    "id": "e1",
                    "name": "Terminal-Door 1",
                    "type": 0,
                    "elementStatus": {"errorCode": "", "status": 2},
                    "certificateStatusList": [
                        {
                            "id": "901",
                            "errorCode": "THD_ISAPI_0x60000037",
                            "status": 2,
                            "type": 2,
                        }
                    ],
                }
            ]
        },
        read=[
            ElementStatus(
                id="e1",
                name="Terminal-Door 1",
                is_device=False,
                state_code="2",
                error_code=None,
                credentials=(
                    CredentialStatus("901", "2", "2", "THD_ISAPI_0x60000037"),
                ),
            )
        ],
    ),
    ContractRow(
        "Access.encryption",
        DialectName.TEAMS,
        "acs/v1/encryptinfo/get",
        sent=None,
        data={
            "encryptType": "AES128_CBC",
            "authData": "aa" * 32,
            "vector": "bb" * 32,
            "loopCount": "7",
        },
        read=EncryptInfo(
            "AES128_CBC", auth_data="aa" * 32, vector="bb" * 32, loop_count=7
        ),
    ),
)

ROWS = (*REFERENCE, *TEAMS)
