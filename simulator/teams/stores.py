"""Customers of stores (guide 5.12.3).

Times are the system's local ones. Counted are the hours or days that begin before the
end and are over; the first is the one the start is in. An area without a store has no row, an unknown one is
OPEN000031, more than 16 are OPEN000024, more than a year is OPEN000027 (the guide has
no limit).
"""

from datetime import datetime, timedelta
from typing import Any

from simulator.contract import Json, ListOf, PlainTime, Refusal, Request, Text, need
from simulator.world.stores import HOUR, Store

from .api import api, number
from .fields import at_most, some

MOST = 16
BY_HOUR, BY_DAY = 1, 2
CAMERA, ENTRANCE, STORE = 0, 1, 2
STEPS = {BY_HOUR: HOUR, BY_DAY: timedelta(days=1)}
LONGEST = timedelta(days=366)


@api.post(
    "bi/v1/store/report/peopleflow",
    need("startTime", PlainTime()),
    need("endTime", PlainTime()),
    need("storeAreaIds", ListOf(Text())),
    need("statisticType", number(BY_HOUR, BY_DAY)),
    need("resourceType", number(CAMERA, STORE)),
    need("timeType", number(0, 1)),
)
def people_flow(request: Request) -> Json:
    """Count customers by hour or by day."""
    world, body = request.account.world, request.body
    ids = body["storeAreaIds"]
    some("storeAreaIds", ids)
    at_most(MOST, ids)
    if body["startTime"] >= body["endTime"]:
        raise Refusal("OPEN000030")
    if body["endTime"] - body["startTime"] > LONGEST:
        raise Refusal("OPEN000027")
    if not world.areas.keys() >= set(ids):
        raise Refusal("OPEN000031")
    stores = [world.stores[one] for one in ids if one in world.stores]
    now = world.clock.now().astimezone(world.zone).replace(tzinfo=None)
    return {
        "statisticType": str(body["statisticType"]),
        "storeDatas": [
            {
                "countingDatas": _counts(store, counter, body, now),
                "storeAreaId": store.area_id,
            }
            | name
            for store in stores
            for counter, name in _counters(store, body["resourceType"])
        ],
    }


def _counters(store: Store, kind: int) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    """Return whose counts make each row, and what names the row."""
    if kind == CAMERA:
        return [((one,), {"cameraId": one}) for one in store.cameras]
    if kind == ENTRANCE:
        return [((one,), {"groupId": one}) for one in store.entrances]
    return [(store.cameras, {})]


def _counts(
    store: Store, counters: tuple[str, ...], body: dict[str, Any], now: datetime
) -> list[dict[str, Any]]:
    step = STEPS[body["statisticType"]]
    start = body["startTime"].replace(minute=0, second=0)
    if body["statisticType"] == BY_DAY:
        start = start.replace(hour=0)
    rows = []
    while start < body["endTime"] and start + step <= now:
        flows = [store.flow(one, start, start + step) for one in counters]
        rows.append(
            {
                "startTime": f"{start:%Y-%m-%d %H:%M:%S}",
                "endTime": f"{start + step:%Y-%m-%d %H:%M:%S}",
                "enterCount": sum(one.entered for one in flows),
                "exitCount": sum(one.left for one in flows),
                "passCount": sum(one.passed for one in flows),
                "updateTime": f"{start + step:%Y-%m-%d %H:%M:%S}",
            }
        )
        start += step
    return rows
