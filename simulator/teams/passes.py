"""Temporary passes (guide 5.6.4)."""

from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any

from simulator.account import Account
from simulator.contract import (
    IsoTime,
    Json,
    ListOf,
    Refusal,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.qr import qr_png
from simulator.world.passes import Pass

from .api import api, milliseconds, number

FIELDS = (
    need("name", Text(32)),
    need("openCount", number(1, 200)),
    need("startTime", IsoTime()),
    need("endTime", IsoTime()),
    need("clientLocalTime", IsoTime()),
    may("alIds", ListOf(Text(64))),
)
UNKNOWN = "VMS000003"
NO_LEVEL = "VMS040016"


@api.post("vims/v1/tempauth/add", *FIELDS)
def add(request: Request) -> Json:
    """Issue a pass. Without access levels it opens nothing (guide.md 2.7)."""
    world = request.account.world
    new = Pass(id=world.ids.unique("pass"), **_fields(request))
    world.passes[new.id] = new
    return {"id": new.id} | _detail(request, new)


@api.post(
    "vims/v1/tempauth/get", need("id", Text()), need("clientLocalTime", IsoTime())
)
def get(request: Request) -> Json:
    """Describe a pass with its QR code."""
    return _detail(request, _pass(request))


@api.post(
    "vims/v1/tempauth/list",
    need("pageNum", number(1)),
    need("pageSize", number(1, 500)),
    may("searchRequest", group(may("filter", group(need("name", Text(64)))))),
)
def search(request: Request) -> Json:
    """List passes whose name, or whose creator's name, holds a text."""
    wanted = (request.body["searchRequest"] or {}).get("filter") or {"name": ""}
    account = request.account
    found = [
        one
        for one in account.world.passes.values()
        if wanted["name"] in one.name or wanted["name"] in _creator(account)
    ]
    index, size = request.body["pageNum"], request.body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "pageNum": index,
        "pageSize": size,
        "totalNum": len(found),
        "tempAuthList": [
            {"id": one.id, "creatorEmail": ""} | _summary(request, one) for one in rows
        ],
    }


@api.post("vims/v1/tempauth/update", need("id", Text()), *FIELDS)
def update(request: Request) -> Json:
    """Change a pass; its PIN stays."""
    changed = replace(_pass(request), **_fields(request))
    request.account.world.passes[changed.id] = changed
    return None


@api.post("vims/v1/tempauth/delete", need("deleteList", ListOf(Text())))
def delete(request: Request) -> Json:
    """Delete passes; an unknown one spoils the whole call."""
    passes = request.account.world.passes
    ids = request.body["deleteList"]
    if not passes.keys() >= set(ids):
        raise Refusal(UNKNOWN)
    for one in set(ids):
        del passes[one]
    return None


def _pass(request: Request) -> Pass:
    try:
        return request.account.world.passes[request.body["id"]]
    except KeyError:
        raise Refusal(UNKNOWN) from None


def _fields(request: Request) -> dict[str, Any]:
    body = request.body
    levels = tuple(body["alIds"] or ())
    if body["startTime"] >= body["endTime"]:
        raise Refusal("OPEN000030")
    if not request.account.world.levels.keys() >= set(levels):
        raise Refusal(NO_LEVEL)
    return {
        "name": body["name"],
        "opens": body["openCount"],
        "starts": body["startTime"],
        "ends": body["endTime"],
        "levels": levels,
    }


def _detail(request: Request, one: Pass) -> dict[str, Any]:
    levels = request.account.world.levels
    return _summary(request, one) | {
        "code": b64encode(qr_png(one.qr_text)).decode(),
        "accessLevelList": [
            {"accessLevelId": level, "accessLevelName": levels[level].name}
            for level in one.levels
        ],
    }


def _summary(request: Request, one: Pass) -> dict[str, Any]:
    """Return a TempAuth (A.3.153) without its id."""
    now: datetime = request.services.clock.now()
    return {
        "name": one.name,
        "openCount": one.opens,
        "startTime": milliseconds(one.starts),
        "endTime": milliseconds(one.ends),
        "creatorId": request.account.user_id,
        "creatorName": _creator(request.account),
        "expiredStatus": int(now > one.ends),
        "password": one.pin,
    }


def _creator(account: Account) -> str:
    return next(iter(account.world.users.values())).name
