"""Actions on visitor passes: issue, list, change, revoke; in both dialects."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.hikcentral_connect.const import DOMAIN
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util

from .common import REFERENCE, TEAMS, call
from .conftest import Running
from .passes import issue, newest, state_of


async def test_list(running: Running) -> None:
    """Passes are listed with their codes and what they are worth now."""
    now = dt_util.now()
    await issue(running, visitor="Now")
    await issue(
        running,
        visitor="Later",
        starts=now + timedelta(days=1),
        ends=now + timedelta(days=2),
    )

    passes = (await call(running, "list_visitor_passes"))["passes"]

    assert {one["visitor"]: one["state"] for one in passes} == {
        "Now": "valid",
        "Later": "upcoming",
    }
    pins = {one.pin for one in running.account.world.passes.values()}
    assert {one["code"] for one in passes} == pins


@TEAMS
async def test_list_shows_what_others_did(running: Running) -> None:
    """A pass made or deleted in the portal shows when passes are listed."""
    await issue(running)
    running.account.world.passes.clear()

    assert (await call(running, "list_visitor_passes"))["passes"] == []
    assert state_of(running, "sensor", "valid_passes").state == "0"


@TEAMS
async def test_update(running: Running) -> None:
    """What is given changes; the rest stays, access levels too."""
    made = (await issue(running, openings=3))["pass_id"]
    before = newest(running)

    response = await call(
        running, "update_visitor_pass", pass_id=made, visitor="John", openings=7
    )

    after = running.account.world.passes[made]
    assert (after.name, after.opens) == ("John", 7)
    assert (after.starts, after.ends) == (before.starts, before.ends)
    assert after.levels == before.levels
    assert response["visitor"] == "John"
    assert response["warnings"] == []

    response = await call(
        running, "update_visitor_pass", pass_id=made, access_levels=[]
    )
    assert len(response["warnings"]) == 1


@TEAMS
async def test_revoke(running: Running) -> None:
    """A revoked pass is gone, there and here."""
    made = (await issue(running))["pass_id"]

    assert await call(running, "revoke_visitor_pass", pass_id=made) == {"revoked": made}

    assert not running.account.world.passes
    assert state_of(running, "sensor", "valid_passes").state == "0"
    assert state_of(running, "image", "visitor_pass").state == "unknown"


@REFERENCE
@pytest.mark.parametrize("action", ["update_visitor_pass", "revoke_visitor_pass"])
async def test_what_the_reference_cannot(running: Running, action: str) -> None:
    """That a pass stays valid is said plainly, and nothing is sent."""
    made = (await issue(running))["pass_id"]
    running.sim.record.clear()

    with pytest.raises(ServiceValidationError) as failure:
        await call(running, action, pass_id=made)

    assert failure.value.translation_key == "pass_unchangeable"
    assert "stays valid until" in str(failure.value)
    assert len(running.sim.record) == 0


@pytest.mark.parametrize("action", ["update_visitor_pass", "revoke_visitor_pass"])
async def test_unknown_pass(running: Running, action: str) -> None:
    """A pass that does not exist is named as such; nothing is changed."""
    with pytest.raises(ServiceValidationError) as failure:
        await call(running, action, pass_id="nonsense")

    assert failure.value.translation_key == "pass_unknown"
    assert not running.sim.record.calls("*tempauth/update")
    assert not running.sim.record.calls("*tempauth/delete")


@TEAMS
async def test_pass_that_opens_nothing(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """A pass without access levels is made, with a warning."""
    response = await issue(running, access_levels=[])

    (warning,) = response["warnings"]
    assert warning.startswith("This pass has no access level, so it opens no door")
    assert "opens no door" in caplog.text
    assert "Jane" not in caplog.text


def _bad(**changes: Any) -> Any:
    return changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (_bad(ends=timedelta(days=-1)), "“ends” lies in the past"),
        (
            _bad(starts=timedelta(hours=3), ends=timedelta(hours=2)),
            "“ends” must be later than the start",
        ),
        (_bad(visitor="x" * 65), "“visitor” must have at most"),
        (_bad(visitor="  "), "“visitor” must not be empty"),
    ],
)
async def test_bad_input(running: Running, changes: dict[str, Any], said: str) -> None:
    """Each mistake has its own message, and nothing is sent."""
    running.sim.record.clear()
    data = {
        key: dt_util.now() + value if isinstance(value, timedelta) else value
        for key, value in changes.items()
    }

    with pytest.raises(ServiceValidationError) as failure:
        await issue(running, **data)

    assert said in str(failure.value)
    assert len(running.sim.record) == 0
    assert not running.account.world.passes


@TEAMS
@pytest.mark.parametrize("openings", [0, 201])
async def test_bad_openings(running: Running, openings: int) -> None:
    """The number of openings has its limits."""
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await issue(running, openings=openings)
    assert "“openings” must be between 1 and 200" in str(failure.value)
    assert len(running.sim.record) == 0


@REFERENCE
async def test_unknown_resident(running: Running) -> None:
    """Only the service knows all residents; its refusal gets a message of its own."""
    with pytest.raises(ServiceValidationError) as failure:
        await issue(running, resident_id="nobody")

    assert failure.value.translation_key == "resident_unknown"
    assert not running.account.world.passes


async def test_who_may(running: Running) -> None:
    """A pass opens doors: who may only look gets none."""
    hass = running.hass
    await hass.auth.async_create_user("Owner")
    guest = await hass.auth.async_create_user("Guest", group_ids=["system-read-only"])
    member = await hass.auth.async_create_user("Member", group_ids=["system-users"])

    async def passes(user_id: str) -> Any:
        return await hass.services.async_call(
            DOMAIN,
            "list_visitor_passes",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=user_id),
        )

    with pytest.raises(Unauthorized):
        await passes(guest.id)
    assert await passes(member.id) == {"passes": []}
