"""Live: alarms, their queue, log and rules."""

from datetime import time, timedelta

import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    NotFound,
    QueueLost,
)
from custom_components.hikcentral_connect.api.models.messages import LogQuery, Phase
from custom_components.hikcentral_connect.api.models.rules import (
    OutputLink,
    RecordLink,
    RuleFilter,
    RuleRequest,
    Target,
    WeekHours,
)
from simulator.world.events import AlarmKind

from .live import REFERENCE, TEAMS, Stage, first, live, named


@live("Alarms.subscribe", "Alarms.messages", "Alarms.acknowledge", only=REFERENCE)
async def test_queue_reference(stage: Stage) -> None:
    """An alarm waits until it is acknowledged; types not asked for do not come."""
    alarms, camera = stage.client.alarms, first(stage.world.cameras)
    subscription = await alarms.subscribe(("motion", "intrusion"))
    stage.account.happen.alarm(camera.id, AlarmKind.MOTION)
    stage.account.happen.alarm(camera.id, AlarmKind.FACE)
    batch = await alarms.messages(subscription)
    (alarm,) = batch.messages
    assert (alarm.event_type, alarm.source_id) == ("motion", camera.id)
    assert (alarm.device_id, alarm.device_serial, alarm.device_name) == (
        camera.device.id,
        camera.device.serial,
        camera.device.name,
    )
    assert abs(alarm.occurred - stage.now) < timedelta(seconds=5)
    assert (await alarms.messages(subscription)).receipts == batch.receipts
    await alarms.acknowledge(subscription, batch.receipts)
    assert stage.account.subscriptions[subscription].waiting == 0
    assert (await alarms.messages(subscription)).messages == []


@live("Alarms.subscribe", only=REFERENCE)
async def test_subscribe_to_everything(stage: Stage) -> None:
    """The words that stand for all types are all known."""
    subscription = await stage.client.alarms.subscribe(())
    types = stage.account.subscriptions[subscription].types
    assert types == {kind.value for kind in AlarmKind}


@live("Alarms.subscribe", "Alarms.messages", "Alarms.acknowledge", only=TEAMS)
async def test_queue_teams(stage: Stage) -> None:
    """Start, pictures and end share an id, and wait until they are acknowledged."""
    alarms, camera = stage.client.alarms, named(stage.world.cameras, "Koi pond")
    assert await alarms.subscribe(("10002",)) == ""
    guid = stage.account.happen.alarm(camera.id, AlarmKind.MOTION, pictures=2)
    stage.account.happen.alarm(camera.id, AlarmKind.INTRUSION)
    stage.pass_time(11)
    batch = await alarms.messages("")
    begin, pictured, end = batch.messages
    assert {one.id for one in batch.messages} == {guid}
    assert [one.phase for one in batch.messages] == [
        Phase.START,
        Phase.START,
        Phase.END,
    ]
    assert (begin.event_type, begin.source_type) == ("10002", "camera")
    assert (begin.source_id, begin.source_name) == (camera.id, "Koi pond")
    assert (begin.device_serial, begin.area_name) == (camera.device.serial, "Pond")
    assert begin.rule_name == "Koi pond-Motion Detection"
    assert begin.pictures == ()
    assert [one.encrypted for one in pictured.pictures] == [True, True]
    assert end.ended - begin.occurred == timedelta(seconds=10)
    await alarms.acknowledge("", batch.receipts)
    assert stage.account.alarms.completed == list(batch.receipts)
    assert (await alarms.messages("")).receipts == ()


@live("Alarms.subscribe", "Alarms.unsubscribe", "Alarms.messages", only=TEAMS)
async def test_unsubscribe(stage: Stage) -> None:
    """Without a subscription there is no queue."""
    alarms = stage.client.alarms
    await alarms.subscribe(())
    assert stage.account.alarms.subscribed
    await alarms.unsubscribe()
    assert not stage.account.alarms.subscribed
    with pytest.raises(QueueLost):
        await alarms.messages("")


@live("Alarms.log")
async def test_log(stage: Stage) -> None:
    """The alarms of an hour with their own ids, the newest first, by type."""
    camera, happen = first(stage.world.cameras), stage.account.happen
    motion = happen.alarm(camera.id, AlarmKind.MOTION, seconds=1, pictures=0)
    stage.pass_time(2)
    intrusion = happen.alarm(camera.id, AlarmKind.INTRUSION, seconds=30, pictures=0)
    starts, ends = stage.span(hours=1)
    log = stage.client.alarms.log
    newest, oldest = await log(LogQuery(starts, ends))
    assert [newest.id, oldest.id] == [intrusion, motion]
    assert newest.device_id == camera.device.id
    teams = await stage.client.dialect() is TEAMS
    only = LogQuery(starts, ends, event_types=("10002" if teams else "motion",))
    (found,) = await log(only)
    assert (found.id, found.source_id) == (motion, camera.id)
    assert found.phase is (Phase.END if teams else Phase.PULSE)
    where = (
        {"area_id": camera.area.id} if teams else {"device_ids": (camera.device.id,)}
    )
    assert len(await log(LogQuery(starts, ends, **where))) == 2


@live("Alarms.set_low_battery")
async def test_set_low_battery(stage: Stage) -> None:
    """The threshold is kept."""
    await stage.client.alarms.set_low_battery(35)
    assert stage.world.low_battery == 35


@live("AlarmRules.add", only=REFERENCE)
async def test_add_rule_reference(stage: Stage) -> None:
    """A rule for two devices and the working hours; its name is its own."""
    devices = tuple(stage.world.devices)[:2]
    hours = WeekHours(time(8), time(18), (1, 2, 3))
    request = RuleRequest("Work", "intrusion", device_ids=devices, hours=hours)
    rule = stage.world.alarm_rules[await stage.client.alarm_rules.add(request)]
    assert (rule.name, rule.event, rule.sources) == ("Work", "intrusion", devices)
    assert rule.settings["schedule"] == {
        "startTime": "08:00",
        "endTime": "18:00",
        "weekDays": [1, 2, 3],
    }
    with pytest.raises(AlreadyExists):
        await stage.client.alarm_rules.add(request)


def request(stage: Stage) -> RuleRequest:
    """Return a rule for somebody in the garden."""
    camera, user = named(stage.world.cameras, "Terrace"), first(stage.world.users)
    return RuleRequest(
        "Burglars",
        "10103",
        source_type="camera",
        source_id=camera.id,
        source_name=camera.name,
        main_category="alarmCategoryVideo",
        sub_category="alarmSubCategoryCamera",
        description="at night",
        color="#ff0000",
        priority_id="2",
        schedule_id="3",
        recipients=((user.id, user.name),),
        ignore_recurring=15,
    )


@live("AlarmRules.add", "AlarmRules.rules", only=TEAMS)
async def test_add_rule_teams(stage: Stage) -> None:
    """All that a rule says comes back with the list."""
    wanted = request(stage)
    rule_id = await stage.client.alarm_rules.add(wanted)
    found = await stage.client.alarm_rules.rules(RuleFilter(rule_name="burglar"))
    (rule,) = found
    assert (rule.id, rule.name, rule.enabled, rule.faulty) == (
        rule_id,
        "Burglars",
        True,
        False,
    )
    assert (rule.event_type, rule.source_type, rule.source_id, rule.source_name) == (
        "10103",
        "camera",
        wanted.source_id,
        "Terrace",
    )
    assert (rule.priority, rule.schedule_id, rule.description) == ("2", "3", "at night")
    settings = stage.world.alarm_rules[rule_id].settings
    assert settings["notification"]["recipients"][0]["userID"] in stage.world.users
    assert settings["ignoreRecurring"] == {"enable": 1, "timeValue": "15"}
    with pytest.raises(AlreadyExists):
        await stage.client.alarm_rules.add(wanted)


@live("AlarmRules.rules")
async def test_rules(stage: Stage) -> None:
    """One rule for each camera, and the one of a camera asked for."""
    rules = stage.client.alarm_rules.rules
    assert [one.id for one in await rules()] == list(stage.world.alarm_rules)
    terrace = named(stage.world.cameras, "Terrace")
    wanted = RuleFilter(
        sources=(("camera", terrace.id),),
        enabled=True,
        faulty=False,
        main_category="alarmCategoryVideo",
    )
    assert [one.name for one in await rules(wanted)] == ["Terrace-Motion Detection"]


@live("AlarmRules.update")
async def test_update_rule(stage: Stage) -> None:
    """A rule becomes another one under its id; an unknown one is an error."""
    rule = first(stage.world.alarm_rules)
    wanted = request(stage)
    await stage.client.alarm_rules.update(rule.id, wanted)
    assert (rule.name, rule.event) == ("Burglars", "intrusion")
    assert rule.sources == (wanted.source_id,)
    with pytest.raises(NotFound):
        await stage.client.alarm_rules.update("nothing", wanted)


@live("AlarmRules.link")
async def test_link(stage: Stage) -> None:
    """What follows an alarm is kept with its rule; what is unknown has a code."""
    rule, camera = first(stage.world.alarm_rules), first(stage.world.cameras)
    siren = named(stage.world.alarm_outputs, "Siren")
    links = (
        RecordLink((Target(camera.id, camera.name),)),
        OutputLink((Target(siren.id),), closes_after=15),
        RecordLink((Target("nothing"),)),
    )
    done = await stage.client.alarm_rules.link(rule.id, links)
    assert [one.kind for one in done] == ["LinkCamera", "LinkAlarmOutput", "LinkCamera"]
    assert [one.code for one in done] == ["0", "0", "VMS000003"]
    assert [one["itemID"] for one in rule.linkages] == [one.id for one in done[:2]]


@live("AlarmRules.priorities")
async def test_priorities(stage: Stage) -> None:
    """Three levels with their names."""
    found = await stage.client.alarm_rules.priorities()
    assert [(one.level, one.name) for one in found] == [
        ("1", "High"),
        ("2", "Medium"),
        ("3", "Low"),
    ]


@live("AlarmRules.schedules")
async def test_schedules(stage: Stage) -> None:
    """Three templates with the days on which they hold."""
    found = await stage.client.alarm_rules.schedules()
    assert [len(one.days) for one in found] == [7, 5, 2]
    assert all(one.built_in for one in found)
    assert found[2].days[0].spans == (("00:00:00", "24:00:00"),)
