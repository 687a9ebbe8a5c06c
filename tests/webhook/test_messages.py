"""Messages that are pushed: each once, and only from the service."""

from datetime import timedelta
import json
import time
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.hikcentral_connect.api.push import read_push
from custom_components.hikcentral_connect.messages.webhook import LARGEST
from homeassistant.core import Event

from ..common import until
from ..conftest import Running
from .conftest import alarm_row, any_camera, hook_of, issue_of, post


async def test_messages_are_pushed(
    pushed: Running, bus: list[Event[dict[str, Any]]]
) -> None:
    """Alarms, accesses and rings come by themselves, live and once."""
    assert pushed.account.webhook is not None
    assert pushed.account.webhook.callback.secret == hook_of(pushed)[1]
    world, happen = pushed.account.world, pushed.account.happen
    happen.alarm(any_camera(pushed), "motion", pictures=0, seconds=1e6)
    happen.access(next(iter(world.doors)), next(iter(world.people.values())))
    happen.ring()
    await until(lambda: len(bus) == 3)

    assert [event.data["category"] for event in bus] == ["alarm", "access", "ring"]
    assert not any(event.data["late"] for event in bus)
    runtime = pushed.entry.runtime_data
    for queue in runtime.queues:
        await queue.async_refresh()
        assert queue.update_interval == timedelta(seconds=60)
    await runtime.records.async_refresh()
    await pushed.hass.async_block_till_done()
    assert len(bus) == 3
    assert issue_of(pushed) is None
    assert issue_of(pushed, "foreign_webhook") is None


async def test_repeated_push(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """A push that is sent again, because our answer was lost, fires nothing."""
    rows = [alarm_row()]
    assert await post(outside, pushed, rows=rows) == 200
    assert await post(outside, pushed, rows=rows) == 200
    assert await post(outside, pushed, rows=rows, batch="b2") == 200
    assert len(bus) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"signature": "sha256=00"}, 401),
        ({"signature": ""}, 401),
        ({"stamp": "1700000000000"}, 400),
        ({"stamp": "soon"}, 400),
        ({"stamp": "9" * 30}, 400),
        ({"batch": ""}, 400),
        ({"body_batch": "other"}, 400),
        ({"content": b"{"}, 400),
        ({"content": b"[]"}, 400),
        ({"content": b"x" * (LARGEST + 1)}, 413),
    ],
)
async def test_forged_pushes(
    pushed: Running,
    outside: Any,
    bus: list[Event[dict[str, Any]]],
    changes: dict[str, Any],
    status: int,
) -> None:
    """What is unsigned, old, huge or broken is refused and fires nothing."""
    assert await post(outside, pushed, **{"rows": [alarm_row()]} | changes) == status
    assert not bus


async def test_unreadable_rows(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """One broken row does not keep the others away."""
    rows = [{"type": "alarm", "guid": None}, "text", alarm_row()]
    assert await post(outside, pushed, rows=rows) == 200
    assert [event.data["message_id"] for event in bus] == ["g1"]


async def test_hand_over_that_fails(
    pushed: Running, outside: Any, bus: list[Event[dict[str, Any]]]
) -> None:
    """The service is asked to send again what could not be handed over."""
    alarms = pushed.entry.runtime_data.alarms
    with patch.object(alarms, "async_take", side_effect=ValueError):
        assert await post(outside, pushed, rows=[alarm_row()]) == 500
    assert await post(outside, pushed, rows=[alarm_row()]) == 200
    assert len(bus) == 1


async def test_nothing_is_signed_for_strangers(pushed: Running, outside: Any) -> None:
    """Who asks for a signature outside of the service's check gets none."""
    path, _ = hook_of(pushed)
    stamp = str(round(time.time() * 1000))
    headers = {"X-Hook-Batch-Id": "b", "X-Hook-Timestamp": stamp}
    async with outside.get(path, headers=headers) as answer:
        assert answer.status == 403
        assert "X-Hook-Signature" not in answer.headers


def test_example_of_the_guide() -> None:
    """Events have their code without the prefix of the queue, and no type is no harm."""
    ring = {
        "type": "event",
        "basicInfo": {"eventType": "140001"},
        "data": {"deviceTalkInfo": {"msgId": "call", "msgType": 0}},
    }
    bare = {key: value for key, value in alarm_row().items() if key != "type"}
    push = read_push(json.dumps({"batchId": "b", "list": [ring, bare]}).encode())
    assert [one.event_type for one in push.messages] == ["140001"]
    assert [one.id for one in push.alarms] == ["g1"]
