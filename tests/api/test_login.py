"""What the answer to a login may hold, and what is made of it."""

from datetime import UTC, datetime, timedelta

import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Client, DialectName
from custom_components.hikcentral_connect.api.errors import BadAnswer
from custom_components.hikcentral_connect.api.session import DAY, Session, Token

from .cloud import LOGIN, SYSTEM, Cloud, success


@pytest.mark.parametrize(
    "domain",
    [
        "http://127.0.0.1:{port}",
        "https://hikcentralconnect.com.evil.example",
        "https://evilhikcentralconnect.com",
        "https://hikcentralconnect.com@evil.example",
        "http://ieu.hikcentralconnect.com",
        "ftp://ieu.hikcentralconnect.com",
        "//evil.example",
        "https://[",
        "https://ieu.hikcentralconnect.com:99999",
        "nonsense",
    ],
)
async def test_strange_area_domain_is_ignored(
    liar: Client,
    cloud: Cloud,
    stranger: Cloud,
    caplog: pytest.LogCaptureFixture,
    domain: str,
) -> None:
    """Only the vendor over TLS, or the address typed by hand, ever gets a token."""
    cloud.login["areaDomain"] = domain.format(port=URL(stranger.url).port)
    cloud.on(SYSTEM, success({"systemGUID": "g"}))
    assert (await liar.platform.system_properties()).guid == "g"
    assert [one.token for one in cloud.calls(SYSTEM)] == ["token-1"]
    assert stranger.asked == []
    (warning,) = (one for one in caplog.records if one.levelname == "WARNING")
    assert "not the vendor's" in warning.getMessage()
    assert "token-1" not in caplog.text


@pytest.mark.parametrize(
    ("domain", "base"),
    [
        ("https://ieu.hikcentralconnect.com", "https://ieu.hikcentralconnect.com"),
        ("https://ieu.hikcentralconnect.com/x/", "https://ieu.hikcentralconnect.com"),
        ("https://hikcentralconnectru.com", "https://hikcentralconnectru.com"),
    ],
)
async def test_area_domain_of_the_vendor_is_followed(
    liar: Client, cloud: Cloud, domain: str, base: str
) -> None:
    """The account lives where the login says."""
    cloud.login["areaDomain"] = domain
    await liar.dialect()
    assert token_of(liar.session).base == URL(base)


WEEK = timedelta(days=7)


def seconds(after: timedelta) -> int:
    """Return a time from now as epoch seconds."""
    return int((datetime.now(UTC) + after).timestamp())


@pytest.mark.parametrize(
    ("expiry", "days", "dialect"),
    [
        (seconds(WEEK), 7, DialectName.TEAMS),
        (seconds(WEEK) * 1000, 7, DialectName.TEAMS),
        (str(seconds(WEEK)), 7, DialectName.TEAMS),
        (str(seconds(WEEK) * 1000), 7, DialectName.TEAMS),
        (f"{datetime.now(UTC) + WEEK:%Y-%m-%dT%H:%M:%SZ}", 7, DialectName.REFERENCE),
        ((datetime.now(UTC) + WEEK).isoformat(), 7, DialectName.REFERENCE),
        (seconds(timedelta(days=3)), 3, DialectName.TEAMS),
        (0, 6, DialectName.TEAMS),
        (-5, 6, DialectName.TEAMS),
        (seconds(-WEEK), 6, DialectName.TEAMS),
        (seconds(timedelta(days=400)), 6, DialectName.TEAMS),
        ("9" * 400, 6, DialectName.TEAMS),
        (f"{datetime.now() + WEEK:%Y-%m-%d %H:%M:%S}", 6, DialectName.REFERENCE),
        ("soon", 6, DialectName.REFERENCE),
        ("", 6, DialectName.REFERENCE),
        (None, 6, DialectName.REFERENCE),
        ([1], 6, DialectName.REFERENCE),
        ({}, 6, DialectName.REFERENCE),
    ],
    ids=str,
)
async def test_forms_of_the_expiry(
    liar: Client, cloud: Cloud, expiry: object, days: float, dialect: DialectName
) -> None:
    """Every form of guide section 3.2 is read; six days where it makes no sense."""
    cloud.login["expireTime"] = expiry
    assert await liar.dialect() is dialect
    token = token_of(liar.session)
    assert (token.ends - token.born) / DAY == pytest.approx(days, abs=0.01)


@pytest.mark.parametrize(
    "login",
    [None, [], "token", {}, {"accessToken": ""}, {"accessToken": None}],
    ids=str,
)
async def test_a_login_without_a_token_is_a_bad_answer(
    liar: Client, cloud: Cloud, login: object
) -> None:
    """An answer with success but no token is no login."""
    cloud.on(LOGIN, success(login), success({"accessToken": "later"}))
    with pytest.raises(BadAnswer):
        await liar.dialect()
    await liar.dialect()


async def test_nothing_secret_is_shown(liar: Client, cloud: Cloud) -> None:
    """Neither the keys nor the token appear when their holders are printed."""
    await liar.dialect()
    shown = f"{liar.session.account!r} {token_of(liar.session)!r}"
    assert "secret" not in shown
    assert "key" not in shown
    assert "token-1" not in shown


def token_of(session: Session) -> Token:
    """Return the token that a session holds."""
    assert session._token is not None
    return session._token
