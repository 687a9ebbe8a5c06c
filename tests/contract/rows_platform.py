"""Rows for the platform (reference "System Services"; guide section 2.1).

`token/get` has no row: it is no operation, the session itself sends it.
"""

from datetime import UTC, datetime

from custom_components.hikcentral_connect.api.models.platform import (
    AccessToken,
    ServicePackage,
    ServiceTerm,
    ServiceUsage,
    StreamToken,
    SystemProperties,
    User,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

ROWS = (
    ContractRow(
        "Platform.refresh_token",
        DialectName.REFERENCE,
        "platform/v1/token/refresh",
        sent={"accessToken": "currentToken"},
        arguments={"access_token": "currentToken"},
        data={"accessToken": "newToken", "expireTime": "2026-01-08T00:00:00Z"},
        read=AccessToken("newToken", datetime(2026, 1, 8, tzinfo=UTC)),
    ),
    ContractRow(
        "Platform.system_properties",
        DialectName.REFERENCE,
        "platform/v1/systemproperties",
        sent=None,
        data={"version": "2.15.0", "timezone": "America/Mexico_City", "language": "en"},
        read=SystemProperties(None, "2.15.0", "America/Mexico_City", "en"),
    ),
    ContractRow(
        "Platform.system_properties",
        DialectName.TEAMS,
        "platform/v1/systemproperties",
        sent=None,
        data={"systemGUID": "guid1"},
        read=SystemProperties("guid1", None, None, None),
    ),
    ContractRow(
        "Platform.service_package",
        DialectName.REFERENCE,
        "platform/v1/servicepackage",
        sent=None,
        data={"packageName": "Basic", "maxDevices": 10, "features": ["video", "acs"]},
        read=ServicePackage("Basic", 10, ("video", "acs")),
    ),
    ContractRow(
        "Platform.service_package",
        DialectName.TEAMS,
        "platform/v1/servicepackage",
        sent=None,
        data={
            "packageOverview": {
                "servicePackageOverview": [
                    {
                        "serviceType": "serviceVideo",
                        "packageType": "3",
                        "usingAmount": "18",
                        "remainingAmount": "92",
                        "totalAmount": "110",
                        "lastExpiredTime": "1767225600000",
                        "packageStatus": 2,
                    }
                ]
            },
            "packageDetails": {
                "servicePackage": [
                    {
                        "serviceType": "serviceVideo",
                        "packageType": "3",
                        "activationTime": "1735689600000",
                        "expiredTime": "2026-01-01T00:00:00+00:00",
                        "cloudStorage": [],
                    }
                ]
            },
        },
        read=ServicePackage(
            name=None,
            limit=None,
            features=("serviceVideo",),
            services=(
                ServiceUsage(
                    "serviceVideo",
                    "3",
                    used=18,
                    remaining=92,
                    limit=110,
                    expires=datetime(2026, 1, 1, tzinfo=UTC),
                    status_code="2",
                ),
            ),
            terms=(
                ServiceTerm(
                    "serviceVideo",
                    "3",
                    starts=datetime(2025, 1, 1, tzinfo=UTC),
                    ends=datetime(2026, 1, 1, tzinfo=UTC),
                ),
            ),
        ),
    ),
    ContractRow(
        "Platform.stream_token",
        DialectName.REFERENCE,
        "platform/v1/streamtoken/get",
        sent=None,
        data={
            "appKey": "k",
            "appToken": "at.x",
            "streamAreaDomain": "https://isgpopen.ezvizlife.com",
        },
        read=StreamToken("k", "at.x", "https://isgpopen.ezvizlife.com", None),
    ),
    ContractRow(
        "Platform.stream_token",
        DialectName.TEAMS,
        "platform/v1/streamtoken/get",
        sent=None,
        data={
            "appKey": "k",
            "appToken": "at.x",
            "streamAreaDomain": "https://ieuopen.ezvizlife.com",
            "expireTime": "1767225600000",
        },
        read=StreamToken(
            "k",
            "at.x",
            "https://ieuopen.ezvizlife.com",
            datetime(2026, 1, 1, tzinfo=UTC),
        ),
    ),
    ContractRow(
        "Platform.users",
        DialectName.REFERENCE,
        "platform/v1/users/get",
        page=1,
        sent={"pageNo": 1, "pageSize": 100},
        data={"total": 2, "list": [{"userName": "u"}, {"userId": 7, "userName": "v"}]},
        read=[User("u", "u"), User("7", "v")],
    ),
    ContractRow(
        "Platform.users",
        DialectName.TEAMS,
        "platform/v1/users/get",
        page=1,
        sent={"pageIndex": 1, "pageSize": 100},
        data={
            "totalCount": 2,
            "pageIndex": 1,
            "pageSize": 100,
            "user": [{"id": "u1", "name": "abc"}, {"ID": "u2", "name": "22"}],
        },
        read=[User("u1", "abc"), User("u2", "22")],
    ),
)
