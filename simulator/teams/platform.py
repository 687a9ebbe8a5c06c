"""System services (guide 5.1)."""

from dataclasses import asdict
from datetime import UTC, datetime

from simulator.contract import Json, Refusal, Request, Text, need

from .api import PAGING, api, milliseconds, page


@api.post(
    "platform/v1/token/get",
    need("appKey", Text(64)),
    need("secretKey", Text(64)),
    needs_token=False,
)
def token_get(request: Request) -> Json:
    """Log in."""
    account = request.account
    if account.revoked:
        raise Refusal("OPEN000001")
    if request.body["secretKey"] != account.secret:
        raise Refusal("OPEN000002")
    token, until = account.issue_token()
    account.logins += 1
    return {
        "accessToken": token,
        "expireTime": int(until.timestamp()),
        "userId": account.user_id,
        "areaDomain": request.services.url,
    }


@api.get("platform/v1/systemproperties")
def system_properties(request: Request) -> Json:
    """Tell the system's id."""
    return {"systemGUID": request.account.guid}


@api.get("platform/v1/servicepackage")
def service_package(request: Request) -> Json:
    """Tell what was bought; amounts and times are strings."""
    using = len(request.account.world.cameras)
    bought = request.account.package
    expires = str(milliseconds(bought.ends))
    overview = {
        "serviceType": "serviceVideo",
        "packageType": "3",
        "usingAmount": str(using),
        "remainingAmount": str(max(bought.room, 0)),
        "totalAmount": str(using + bought.room),
        "lastExpiredTime": expires,
        "packageStatus": int(bought.status(request.services.clock.now())),
        "cloudStorage": {
            "usingAmountFor7Days": "0",
            "usingAmountFor30Days": "0",
            "remainingAmount": "0",
        },
    }
    package = {
        "serviceType": "serviceVideo",
        "packageType": "3",
        "activationTime": str(milliseconds(datetime(2026, 1, 1, tzinfo=UTC))),
        "expiredTime": expires,
        "cloudStorage": [],
    }
    return {
        "packageOverview": {"servicePackageOverview": [overview]},
        "packageDetails": {"servicePackage": [package]},
    }


@api.get("platform/v1/streamtoken/get")
def stream_token(request: Request) -> Json:
    """Give a streaming token; its time is a string of milliseconds."""
    token, until = request.account.streaming.renew()
    return {
        "appKey": request.account.guid,
        "appToken": token,
        "streamAreaDomain": request.services.url,
        "expireTime": str(milliseconds(until)),
    }


@api.post("platform/v1/users/get", *PAGING)
def users(request: Request) -> Json:
    """List the portal's users."""
    found = request.account.world.users.values()
    return page("user", found, asdict, request.body)
