"""Ten thousand messages through trouble and two power cuts: each once, none lost."""

from collections import Counter
from pathlib import Path
import random
from statistics import quantiles
import sys
from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from simulator import Simulator
from simulator.account import Account

from ..conftest import account_input, unique_id_of
from .server import PYTHON, Server

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="scripts/test makes the environment that this needs"
)
NEAR = 2_000
"""How far behind the first a second copy of a message may come."""
MESSAGES = {"teams": 10_000, "reference": 2_000}


@pytest.fixture
def rate_limit() -> int:
    """Keep the service's own limit."""
    return 5


def _entry(sim: Simulator, account: Account) -> dict[str, Any]:
    return {
        "created_at": "2026-01-01T00:00:00+00:00",
        "modified_at": "2026-01-01T00:00:00+00:00",
        "entry_id": "exactlyonce",
        "domain": DOMAIN,
        "title": "HikCentral Connect",
        "data": {**account_input(sim, account), "dialect": account.speech.value},
        "options": {"freshness_seconds": 3600},
        "unique_id": unique_id_of(account),
        "version": 1,
        "minor_version": 1,
        "source": "user",
        "subentries": [],
        "discovery_keys": {},
        "disabled_by": None,
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
    }


def _id(message: Any) -> str | None:
    return message.get("guid") if isinstance(message, dict) else None


def _fill(account: Account, count: int, chance: random.Random) -> set[str]:
    """Queue alarms and return their ids.

    In teams 5 % come twice, 5 % out of order and 1 % are broken.
    """
    cameras = list(account.world.cameras)
    for _ in range(count):
        account.happen.alarm(chance.choice(cameras), "motion", pictures=0, seconds=9e5)
    if account.speech == "reference":
        queues = account.subscriptions.values()
        return {one for queue in queues for one in queue._messages}
    waiting = account.alarms._pending
    ids = {_id(message) for _, message in waiting}
    spoilt = list(waiting)
    for _ in range(count // 20):
        place = chance.randrange(len(spoilt) - NEAR)
        spoilt.insert(place + chance.randrange(NEAR), spoilt[place])
        first, second = (chance.randrange(len(spoilt)) for _ in range(2))
        spoilt[first], spoilt[second] = spoilt[second], spoilt[first]
    moment = spoilt[0][0]
    for _ in range(count // 100):
        broken = chance.choice(({"guid": None}, {"guid": "x"}, {}, "text", None, 5))
        spoilt.insert(chance.randrange(len(spoilt)), (moment, broken))
    waiting.clear()
    waiting.extend(spoilt)
    return {one for one in ids if one}


async def test_exactly_once(
    sim: Simulator, account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every message reaches the bus once, whatever happens on the way."""
    chance = random.Random(7)
    count = MESSAGES[account.speech]
    acknowledge = "*/rawmessage/ack" if account.speech == "reference" else "*/complete"
    server = Server(tmp_path, _entry(sim, account))
    server.start()
    try:
        await server.until(lambda: sim.record.calls("*/mq/messages"))
        expected = Counter(_fill(account, count, chance))
        if account.speech == "reference":
            sim.faults.add("duplicates", path="*/mq/messages", times=5)
            sim.faults.add("reorder", path="*/mq/messages", times=5)

        # The power fails between the hand-over and the receipt, ...
        hang = sim.faults.add("hang", path=acknowledge, times=1)
        await server.until(lambda: hang.times == 0)
        server.kill()
        handed_over = len(server.events())
        server.start()
        await server.until(lambda: len(server.events()) > handed_over)

        # ... and again while a batch is being read; meanwhile the service is ill.
        slow = sim.faults.add("latency", path="*/mq/messages", seconds=1.5, times=1)
        await server.until(lambda: slow.times == 0)
        server.kill()
        for fault in ("reset", "lost", "html", "truncated", "http_error", "cut"):
            sim.faults.add(fault, path="*/mq/*", times=1)
        server.start()
        await server.until(lambda: len(server.events()) >= len(expected) * 0.8)
        account.revoke_tokens()
        sim.faults.add("rate_limit", path="*", times=2)
        await server.until(lambda: len(server.events()) >= len(expected), 180)

        found = Counter(event["message_id"] for event in server.events())
        lost, invented = expected - found, found - expected
        lags = await _lags(server, account)
    finally:
        server.kill()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{account.speech}: {len(expected)} messages queued, {found.total()} "
            f"handed over, {lost.total()} lost, {invented.total()} twice; "
            f"p50 {lags[49]:.2f} s, p95 {lags[94]:.2f} s\n"
        )
    assert not lost
    assert not invented
    assert sim.record.max_per_second() <= 5
    assert lags[94] < 2.5


async def _lags(server: Server, account: Account) -> list[float]:
    """Return the percentiles of the time from an event to the bus."""
    before = len(server.events())
    camera = next(iter(account.world.cameras))
    queued: dict[str, float] = {}
    for number in range(1, 31):
        guid = account.happen.alarm(camera, "motion", pictures=0, seconds=9e5)
        queued[guid] = account.world.clock.now().timestamp()
        await server.until(lambda at=number: len(server.events()) >= before + at, 10)
    events = server.events()[before:]
    return quantiles(
        [
            event["received"] - at
            for event, at in zip(events, queued.values(), strict=False)
        ],
        n=100,
        method="inclusive",
    )
