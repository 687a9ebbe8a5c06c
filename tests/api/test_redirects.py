"""Redirects are followed within the house, and never out of it."""

import pytest

from custom_components.hikcentral_connect.api import Client
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    HikError,
    OutcomeUnknown,
)
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.transport import REDIRECTS_AT_MOST

from .cloud import DEVICES, DOOR, LOGIN, ROOT, SYSTEM, Cloud, redirect, success

STATUSES = (301, 302, 303, 307, 308)
LIST = success({"device": [], "totalCount": 0})


@pytest.mark.parametrize("status", STATUSES)
async def test_within_the_house(liar: Client, cloud: Cloud, status: int) -> None:
    """Method, body and token are kept; the caller notices nothing."""
    cloud.on(DEVICES, redirect(f"{ROOT}moved/here", status))
    cloud.on("moved/here", redirect(f"{cloud.url}{ROOT}moved/again", status))
    cloud.on("moved/again", LIST)
    assert await liar.resources.devices() == []
    first, *others = [one for one in cloud.asked if one.path != LOGIN]
    assert (first.method, first.token) == ("POST", "token-1")
    assert first.json
    assert [(one.method, one.body, one.token) for one in others] == [
        (first.method, first.body, first.token)
    ] * 2


async def test_get_stays_get(liar: Client, cloud: Cloud) -> None:
    """A redirected GET has no body."""
    cloud.on(SYSTEM, redirect("systemproperties/"))
    cloud.on(f"{SYSTEM}/", success({}))
    await liar.platform.system_properties()
    assert [(one.method, one.body) for one in cloud.asked[1:]] == [("GET", b"")] * 2


@pytest.mark.parametrize("status", STATUSES)
async def test_to_another_host(
    liar: Client, cloud: Cloud, stranger: Cloud, status: int
) -> None:
    """Nobody else is asked, so nobody else gets the token."""
    cloud.on(DEVICES, redirect(f"{stranger.url}{ROOT}{DEVICES}", status))
    with pytest.raises(BadAnswer, match="foreign"):
        await liar.resources.devices()
    cloud.on(DOOR, redirect(f"{stranger.url}{ROOT}{DOOR}", status))
    with pytest.raises(OutcomeUnknown):
        await liar.doors.control("e1", DoorAction.OPEN)
    assert stranger.asked == []
    assert len(cloud.calls(DOOR)) == 1


async def test_login_at_another_host(
    liar: Client, cloud: Cloud, stranger: Cloud
) -> None:
    """The keys do not leave either."""
    cloud.on(LOGIN, redirect(f"{stranger.url}{ROOT}{LOGIN}", 307))
    with pytest.raises(BadAnswer):
        await liar.dialect()
    assert stranger.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "//elsewhere.example/",
        "https://127.0.0.1/",
        "https://hikcentralconnect.com.elsewhere.example/",
        "https://hikcentralconnect.com@elsewhere.example/",
        "http://ieu.hikcentralconnect.com/",
        "ftp://ieu.hikcentralconnect.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:somebody@elsewhere.example",
        "http://[",
        "http://127.0.0.1:99999/",
        "https://\u2100.hikcentralconnect.com/",
    ],
)
async def test_targets_that_are_not_ours(
    liar: Client, cloud: Cloud, target: str
) -> None:
    """A target that is foreign, broken or no web address is a bad answer."""
    cloud.on(DEVICES, redirect(target))
    with pytest.raises(BadAnswer):
        await liar.resources.devices()
    assert len(cloud.calls(DEVICES)) == 1


@pytest.mark.parametrize("target", ["", "http://", "?"])
async def test_without_target(liar: Client, cloud: Cloud, target: str) -> None:
    """A redirect to nowhere ends."""
    cloud.on(DEVICES, redirect(target))
    with pytest.raises(BadAnswer):
        await liar.resources.devices()


async def test_in_a_circle(liar: Client, cloud: Cloud) -> None:
    """A circle is left after a few rounds."""
    cloud.on(DEVICES, redirect(f"{ROOT}{DEVICES}"))
    with pytest.raises(HikError, match="redirects"):
        await liar.resources.devices()
    assert len(cloud.calls(DEVICES)) == REDIRECTS_AT_MOST + 1


async def test_command_within_the_house(liar: Client, cloud: Cloud) -> None:
    """A redirected command takes effect where it was sent to."""
    cloud.on(DOOR, redirect(f"{ROOT}moved", 307))
    cloud.on("moved", success({"operationResult": []}))
    await liar.doors.control("e1", DoorAction.OPEN)
    assert len(cloud.calls(DOOR)) == 1
    assert len(cloud.calls("moved")) == 1
