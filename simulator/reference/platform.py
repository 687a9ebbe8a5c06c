"""Getting Started and System Services of the reference."""

from datetime import datetime
from typing import Any

from simulator.contract import Json, Refusal, Request, Text, may, need
from simulator.world.places import User

from .api import PAGING, api, page


@api.post(
    "platform/v1/token/get",
    need("appKey", Text()),
    need("secretKey", Text()),
    needs_token=False,
)
def token_get(request: Request) -> Json:
    """Log in."""
    account = request.account
    if account.revoked:
        raise Refusal("0x2002")
    if request.body["secretKey"] != account.secret:
        raise Refusal("0x2003")
    account.logins += 1
    return _token(*account.issue_token())


@api.post("platform/v1/token/refresh", need("accessToken", Text()))
def token_refresh(request: Request) -> Json:
    """Trade a valid token for a new one; the old one ends."""
    account = request.account
    old = request.body["accessToken"]
    if old not in account.tokens:
        raise Refusal("0x2001")
    if request.services.clock.now() >= account.tokens[old]:
        raise Refusal("0x2004")
    del account.tokens[old]
    account.forgotten.add(old)
    return _token(*account.issue_token())


@api.get("platform/v1/systemproperties")
def system_properties(_: Request) -> Json:
    """Tell version, time zone and language."""
    return {"version": "2.15.0", "timezone": "UTC+01:00", "language": "en"}


@api.get("platform/v1/servicepackage")
def service_package(request: Request) -> Json:
    """Tell what was bought."""
    features = ["video", "accessControl", "videoIntercom", "attendance", "onBoard"]
    return {
        "packageName": "Professional",
        "maxDevices": request.account.package.devices,
        "features": features,
    }


@api.get("platform/v1/streamtoken/get")
def stream_token(request: Request) -> Json:
    """Give a streaming token."""
    token, _ = request.account.streaming.renew()
    return {
        "appKey": request.account.guid,
        "appToken": token,
        "streamAreaDomain": request.services.url,
    }


@api.post("platform/v1/users/get", *PAGING, may("userName", Text()))
def users(request: Request) -> Json:
    """List the portal's users."""
    name = request.body["userName"] or ""
    everybody = request.account.world.users.values()
    return page((one for one in everybody if name in one.name), _user, request.body)


def _user(user: User) -> dict[str, Any]:
    return {"userId": user.id, "userName": user.name}


def _token(token: str, until: datetime) -> dict[str, Any]:
    return {"accessToken": token, "expireTime": f"{until:%Y-%m-%dT%H:%M:%SZ}"}
