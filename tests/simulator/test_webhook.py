"""The webhook of the teams dialect: verified, signed, repeated, and polls stop."""

import asyncio
from collections.abc import AsyncIterator, Callable
import hashlib
import hmac
from typing import Any

from aiohttp import web
import pytest

from simulator import Simulator
from simulator.account import Account

from .conftest import Api

SECRET = "sesame1234"
SAVE = "webhook/v1/config/save"
QUERY = "webhook/v1/config/query"


class Receiver:
    """A callback; ``failing`` counts how many pushes it still refuses."""

    def __init__(self) -> None:
        """Know the secret."""
        self.secret = SECRET
        self.url = ""
        self.failing = 0
        self.attempts = 0
        self.pushes: list[dict[str, Any]] = []

    def signature(self, request: web.Request) -> str:
        """Return what the signature of a request has to be."""
        parts = ("X-Hook-Timestamp", "X-Hook-Batch-Id")
        text = ".".join(request.headers[one] for one in parts)
        mac = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256)
        return f"sha256={mac.hexdigest()}"

    async def verify(self, request: web.Request) -> web.Response:
        """Prove to know the secret."""
        return web.Response(headers={"X-Hook-Signature": self.signature(request)})

    async def take(self, request: web.Request) -> web.Response:
        """Take a push, or refuse it."""
        self.attempts += 1
        assert request.headers["X-Hook-Signature"] == self.signature(request)
        if self.failing:
            self.failing -= 1
            return web.Response(status=500)
        body = await request.json()
        assert body["batchId"] == request.headers["X-Hook-Batch-Id"]
        self.pushes.append(body)
        return web.Response(status=204)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return everything that was pushed."""
        return [row for push in self.pushes for row in push["list"]]


@pytest.fixture
async def receiver(sim: Simulator) -> AsyncIterator[Receiver]:
    """Listen for pushes."""
    receiver, app = Receiver(), web.Application()
    app.router.add_get("/hook", receiver.verify)
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
def account(sim: Simulator) -> Account:
    """Return the account."""
    return sim.account("teams")


def config(receiver: Receiver, **more: object) -> dict[str, Any]:
    """Return a configuration that retries without waiting."""
    hook = {"callbackUrl": receiver.url, "signSecret": SECRET, "retryDelay": 0}
    return hook | more


async def subscribe(api: Api) -> None:
    """Subscribe to everything."""
    mode = {"subscribeType": 1, "subscribeMode": 0}
    await api.data("alarm/v1/mq/subscribe", mode)
    await api.data("rawmsg/v1/mq/subscribe", {"subscribeType": 1, "msgType": []})


async def until(true: Callable[[], object]) -> None:
    """Wait for something, a few seconds at most."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.02)


async def test_config(receiver: Receiver, teams: Api) -> None:
    """Save, query, save anew, delete."""
    assert await teams.post(QUERY) == {"errorCode": "0"}
    assert await teams.post(SAVE, config(receiver)) == {"errorCode": "0"}
    expected = {"callbackUrl": receiver.url, "retryTimes": 3, "retryDelay": 0}
    assert await teams.data(QUERY) == expected
    assert await teams.code(SAVE, config(receiver, retryTimes=-1)) == "0"
    assert (await teams.data(QUERY))["retryTimes"] == -1
    for _ in range(2):
        assert await teams.code("webhook/v1/config/delete") == "0"
    assert await teams.post(QUERY) == {"errorCode": "0"}


async def test_verification(receiver: Receiver, account: Account, teams: Api) -> None:
    """A callback that does not know the secret is refused; the old one stays."""
    default = {"callbackUrl": receiver.url}
    assert await teams.code(SAVE, default) == "CCF000001"
    assert account.webhook is None
    receiver.secret = account.secret
    assert await teams.code(SAVE, default) == "0"
    receiver.secret = "something else"
    assert await teams.code(SAVE, default | {"retryTimes": 0}) == "CCF000001"
    assert (await teams.data(QUERY))["retryTimes"] == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"callbackUrl": "http://example.com/hook"}, "CCF000001"),
        ({"callbackUrl": "https://127.0.0.1:9/hook"}, "CCF000001"),
        ({"callbackUrl": "http://["}, "CCF000001"),
        ({"callbackUrl": "https://x/" + "x" * 256}, "OPEN000010"),
        ({"callbackUrl": ""}, "OPEN000010"),
        ({"signSecret": "short"}, "CCF000001"),
        ({"signSecret": "with-dashes-in-it"}, "CCF000001"),
        ({"retryTimes": 6}, "OPEN000010"),
        ({"retryTimes": -2}, "OPEN000010"),
        ({"retryDelay": "soon"}, "OPEN000008"),
        ({"url": "x"}, "OPEN000010"),
    ],
)
async def test_refused(
    receiver: Receiver, teams: Api, more: dict[str, Any], code: str
) -> None:
    """Wrong configurations are refused."""
    assert await teams.code(SAVE, config(receiver) | more) == code


async def test_push(
    sim: Simulator, receiver: Receiver, account: Account, teams: Api
) -> None:
    """Alarms and events come by themselves, in the webhook's shape."""
    await subscribe(teams)
    camera, door = next(iter(account.world.cameras)), next(iter(account.world.doors))
    early = account.happen.alarm(camera, pictures=0, seconds=1000)
    await teams.data(SAVE, config(receiver))
    person = next(iter(account.world.people.values()))
    account.happen.access(door, person, method="face")
    account.happen.ring()
    await until(lambda: len(receiver.rows) == 3)
    assert [one["type"] for one in receiver.rows] == ["alarm", "event", "event"]
    alarm, access, ring = receiver.rows
    assert alarm["guid"] == early
    assert access["basicInfo"]["eventType"] == "110013"
    assert "msgType" not in access["basicInfo"]
    event = access["data"]["openDoorInfo"]["event"]
    assert event["basicInfo"]["eventType"] == 110013
    assert ring["basicInfo"]["eventType"] == "140001"
    sim.clock.shift(1000)
    await until(lambda: len(receiver.rows) == 5)
    ended, cancelled = receiver.rows[3:]
    assert (ended["guid"], ended["msgType"]) == (early, "0")
    assert cancelled["data"]["deviceTalkInfo"]["msgType"] == 3
    # The service notes a delivery when our answer has come.
    batches = [one["batchId"] for one in receiver.pushes]
    await until(lambda: account.webhook.delivered == batches)


async def test_polls_stop(receiver: Receiver, account: Account, teams: Api) -> None:
    """Polls find nothing while a webhook is set, and everything afterwards."""
    assert await teams.code(SAVE, config(receiver)) == "0"
    assert await teams.code("alarm/v1/mq/messages") == "OPEN000016"
    await subscribe(teams)
    camera = next(iter(account.world.cameras))
    account.happen.alarm(camera, pictures=0, seconds=1000)
    empty = {"batchId": "0", "remainingNumber": 0}
    assert await teams.data("alarm/v1/mq/messages") == empty | {"alarmMsg": []}
    assert await teams.data("rawmsg/v1/mq/messages") == empty | {"event": []}
    await until(lambda: receiver.rows)
    await teams.data("webhook/v1/config/delete")
    later = account.happen.alarm(camera, pictures=0, seconds=1000)
    (alarm,) = (await teams.data("alarm/v1/mq/messages"))["alarmMsg"]
    assert alarm["guid"] == later
    assert len(receiver.rows) == 1


async def test_retries(receiver: Receiver, account: Account, teams: Api) -> None:
    """A refused push is tried again, in order, and given up after the last try."""
    await subscribe(teams)
    await teams.data(SAVE, config(receiver, retryTimes=2))
    camera = next(iter(account.world.cameras))
    receiver.failing = 2
    first = account.happen.alarm(camera, pictures=0, seconds=1000)
    await until(lambda: receiver.rows)
    assert ([one["guid"] for one in receiver.rows], receiver.attempts) == ([first], 3)
    receiver.failing = 3
    account.happen.alarm(camera, pictures=0, seconds=1000)
    await until(lambda: account.webhook.discarded)
    assert receiver.attempts == 6
    third = account.happen.alarm(camera, pictures=0, seconds=1000)
    await until(lambda: len(receiver.rows) == 2)
    assert receiver.rows[1]["guid"] == third


async def test_two_hours(
    sim: Simulator, receiver: Receiver, account: Account, teams: Api
) -> None:
    """Without a number of tries a push is given up after two hours."""
    await subscribe(teams)
    await teams.data(SAVE, config(receiver, retryTimes=-1, retryDelay=1))
    receiver.failing = 10**9
    camera = next(iter(account.world.cameras))
    account.happen.alarm(camera, pictures=0, seconds=10**6)
    await until(lambda: receiver.attempts > 10)
    assert not account.webhook.discarded
    sim.clock.shift(2 * 3600 + 1)
    await until(lambda: account.webhook.discarded)


async def test_secret_is_not_noted(
    sim: Simulator, receiver: Receiver, teams: Api
) -> None:
    """The log of calls has no secret."""
    await teams.data(SAVE, config(receiver))
    (call,) = sim.record.calls("*/config/save")
    assert call.body["signSecret"] == "***"
    assert SECRET not in repr(sim.account("teams").webhook.callback)
