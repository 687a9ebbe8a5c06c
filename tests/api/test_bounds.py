"""What the client does at its bounds: before a login, with too much, with a refusal."""

import pytest

from custom_components.hikcentral_connect.api import Client, DialectName, paging
from custom_components.hikcentral_connect.api.dialects.reference.alarms import (
    DOCUMENTED_WORDS,
)
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    FieldInvalid,
    SubscriptionRefused,
)
from custom_components.hikcentral_connect.api.queue import Queue
from custom_components.hikcentral_connect.api.row import ROWS_AT_MOST, Row
from simulator import Simulator
from simulator.account import Account


async def test_before_the_login(client: Client) -> None:
    """A client that was never asked anything has no token, and so no age of one."""
    assert client.session.token_age is None
    await client.dialect()
    age = client.session.token_age
    assert age is not None
    assert age.total_seconds() < 60


def test_too_many_rows() -> None:
    """A page is not longer than any service sends."""
    with pytest.raises(BadAnswer, match="rows"):
        Row({"list": [{}] * (ROWS_AT_MOST + 1)}).list_of(lambda row: row, "list")


async def test_too_long_a_list(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without end is given up."""
    monkeypatch.setattr(paging, "ITEMS_AT_MOST", 2)
    with pytest.raises(BadAnswer, match="more than 2"):
        await client.resources.devices()


async def test_text_that_cannot_be_sent(client: Client, sim: Simulator) -> None:
    """A character that JSON cannot carry is named by its field, and nothing is sent."""
    await client.dialect()
    sim.record.clear()
    with pytest.raises(FieldInvalid) as raised:
        await client.site.add_area("Yard \ud800")
    assert raised.value.field
    assert not len(sim.record)


@pytest.mark.parametrize("dialect", [DialectName.REFERENCE])
async def test_all_alarms_refused(
    client: Client, account: Account, sim: Simulator
) -> None:
    """A service that wants the kinds of alarms named gets the documented ones."""
    path = "*/alarm/v1/mq/subscribe"
    sim.faults.add("refuse", path=path, code="0x5001", times=1)
    queue = Queue("alarm", client.alarms, DOCUMENTED_WORDS)
    assert await queue.subscribe()
    assert len(sim.record.calls(path)) == 2

    sim.faults.add("refuse", path=path, code="0x5001", times=1)
    with pytest.raises(SubscriptionRefused):
        await Queue("message", client.alarms).subscribe()


async def test_nothing_to_acknowledge(client: Client, sim: Simulator) -> None:
    """Without a subscription no receipt is sent."""
    await Queue("alarm", client.alarms).acknowledge(("batch",))
    assert not len(sim.record)
