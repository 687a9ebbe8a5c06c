"""What is sent again when its answer was lost, and what is not."""

from collections.abc import Callable

import pytest

from custom_components.hikcentral_connect.api import Client
from custom_components.hikcentral_connect.api.call import Call, Kind, nothing
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    OutcomeUnknown,
    ServiceUnreachable,
)
from simulator import Simulator

from .cloud import Cloud, answer


async def test_read_is_repeated_once(client: Client, sim: Simulator) -> None:
    """A read that got no answer is sent a second time, and no third."""
    await client.dialect()
    fault = sim.faults.add("http_error", path="*/systemproperties", times=1)
    await client.platform.system_properties()
    assert len(sim.record.calls("*/systemproperties")) == 2

    fault = sim.faults.add("http_error", path="*/systemproperties")
    with pytest.raises(ServiceUnreachable):
        await client.platform.system_properties()
    assert len(sim.record.calls("*/systemproperties")) == 4
    sim.faults.remove(fault)


@pytest.mark.parametrize("kind", ["reset", "lost", "cut", "hang", "rate_limit"])
async def test_read_survives_one_fault(
    client: Client, sim: Simulator, patience: Callable[[float], None], kind: str
) -> None:
    """Whatever befell the first answer, the second is as good."""
    await client.dialect()
    patience(0.3)
    sim.faults.add(kind, path="*/systemproperties", times=1)
    await client.platform.system_properties()
    assert len(sim.record.calls("*/systemproperties")) == 2


@pytest.mark.parametrize("kind", ["bad_json", "truncated", "html"])
async def test_nonsense_is_not_asked_for_twice(
    client: Client, sim: Simulator, kind: str
) -> None:
    """A service that answers nonsense would do so again."""
    await client.dialect()
    sim.faults.add(kind, path="*/systemproperties")
    with pytest.raises(BadAnswer):
        await client.platform.system_properties()
    assert len(sim.record.calls("*/systemproperties")) == 1


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
async def test_what_may_be_repeated(liar: Client, cloud: Cloud, kind: Kind) -> None:
    """Commands and writes go once, the others twice."""
    cloud.on("x", answer(b"", 503))
    once = kind in (Kind.COMMAND, Kind.WRITE)
    error = OutcomeUnknown if kind is Kind.COMMAND else ServiceUnreachable
    with pytest.raises(error):
        await liar.session.send(Call("x", nothing, {}, kind))
    assert len(cloud.calls("x")) == (1 if once else 2)
