"""Live: the account and its service."""

from datetime import UTC, datetime

from custom_components.hikcentral_connect.api.models.platform import (
    PackageStatus,
    ServicePackage,
    SystemProperties,
    User,
)

from .live import REFERENCE, TEAMS, Stage, live


@live("Platform.refresh_token")
async def test_refresh_token(stage: Stage) -> None:
    """The old token ends and the new one is good for a week."""
    old, _ = stage.account.issue_token()
    new = await stage.client.platform.refresh_token(old)
    assert old not in stage.account.tokens
    assert new.expires == stage.at(stage.account.tokens[new.value])


@live("Platform.system_properties")
async def test_system_properties(stage: Stage) -> None:
    """Each dialect tells what the other does not."""
    found = await stage.client.platform.system_properties()
    if await stage.client.dialect() is REFERENCE:
        assert found == SystemProperties(None, "2.15.0", "UTC+01:00", "en")
    else:
        assert found == SystemProperties(stage.account.guid, None, None, None)


@live("Platform.service_package", only=REFERENCE)
async def test_service_package_reference(stage: Stage) -> None:
    """Name, limit and features."""
    package = await stage.client.platform.service_package()
    features = ("video", "accessControl", "videoIntercom", "attendance", "onBoard")
    assert package == ServicePackage("Professional", 1000, features)


@live("Platform.service_package", only=TEAMS)
async def test_service_package_teams(stage: Stage) -> None:
    """The video service counts the cameras of the account."""
    package = await stage.client.platform.service_package()
    (service,), (term,) = package.services, package.terms
    cameras = len(stage.world.cameras)
    assert (service.name, service.used, service.remaining) == (
        "serviceVideo",
        cameras,
        1000,
    )
    assert service.limit == cameras + 1000
    assert package.status is PackageStatus.NORMAL
    assert package.expires == term.ends == datetime(2032, 1, 1, tzinfo=UTC)


@live("Platform.stream_token")
async def test_stream_token(stage: Stage) -> None:
    """The token is the one that the streams of the account take."""
    token = await stage.client.platform.stream_token()
    current, expires = stage.account.streaming.renew()
    assert (token.app_key, token.app_token) == (stage.account.guid, current)
    assert token.domain == stage.sim.url
    if await stage.client.dialect() is TEAMS:
        assert abs((token.expires - expires).total_seconds()) < 5


@live("Platform.users")
async def test_users(stage: Stage) -> None:
    """Everybody who may use the portal."""
    users = [User(one.id, one.name) for one in stage.world.users.values()]
    assert await stage.client.platform.users() == users
