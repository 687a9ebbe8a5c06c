"""Alarm logs and the alarm voltage setting (guide 5.3.3, 5.3.4).

The guide leaves open in which zone the times of a log search are: the simulator
takes the site's, and lists the newest alarm first. The list is called
``alarmlogList`` in the table; the example's ``alarmLogList`` is used.
"""

from datetime import timedelta

from simulator.contract import (
    Json,
    ListOf,
    PlainTime,
    Refusal,
    Request,
    Text,
    group,
    may,
    need,
)
from simulator.world import World
from simulator.world.events import Alarm
from simulator.world.places import Device

from .api import PAGING, api, number
from .events import ALARM_CODES, alarm_message

LONGEST = timedelta(days=1)


@api.post(
    "alarm/v1/alarmlog",
    *PAGING,
    need(
        "timeRange",
        group(need("beginTime", PlainTime()), need("endTime", PlainTime())),
    ),
    may("areaID", Text()),
    may("eventTypeList", ListOf(Text())),
)
def alarm_log(request: Request) -> Json:
    """List the alarms that started within a day."""
    account, body = request.account, request.body
    world, types = account.world, body["eventTypeList"]
    begin, end = body["timeRange"]["beginTime"], body["timeRange"]["endTime"]
    if begin > end:
        raise Refusal("OPEN000030")
    if end - begin > LONGEST:
        raise Refusal("OPEN000027")
    zone = world.zone
    found = world.history.alarms(begin.replace(tzinfo=zone), end.replace(tzinfo=zone))
    if area := body["areaID"]:
        found = _in_area(world, found, area)
    if types:
        found = [one for one in found if str(ALARM_CODES[one.kind]) in types]
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "pageIndex": index,
        "pageSize": size,
        "moreData": int(len(found) > index * size),
        "alarmLogList": [alarm_message(account, request.services, one) for one in rows],
    }


@api.post("alarm/v1/voltagesetting/set", need("voltageThreshold", number(0, 100)))
def set_voltage(request: Request) -> Json:
    """Set at how many percent a battery is low."""
    request.account.world.low_battery = request.body["voltageThreshold"]
    return True


def _in_area(world: World, alarms: list[Alarm], area: str) -> list[Alarm]:
    if area not in world.areas:
        raise Refusal("OPEN000031")
    return [
        one
        for one in alarms
        if not isinstance(one.source, Device) and one.source.area.id == area
    ]
