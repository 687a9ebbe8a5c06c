"""What the answer to a login may hold, and what is made of it."""

from collections.abc import Callable
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


def epoch(days: float) -> int:
    """Return the time in so many days as seconds since 1970."""
    return int((datetime.now(UTC) + timedelta(days=days)).timestamp())


def iso(days: float, form: str) -> str:
    """Return the time in so many days in a written form."""
    return f"{datetime.now(UTC) + timedelta(days=days):{form}}"


FORMS: dict[str, tuple[Callable[[], object], float, DialectName]] = {
    "seconds": (lambda: epoch(7), 7, DialectName.TEAMS),
    "milliseconds": (lambda: epoch(7) * 1000, 7, DialectName.TEAMS),
    "digits": (lambda: str(epoch(7)), 7, DialectName.TEAMS),
    "digits of ms": (lambda: str(epoch(7) * 1000), 7, DialectName.TEAMS),
    "three days": (lambda: epoch(3), 3, DialectName.TEAMS),
    "iso": (lambda: iso(7, "%Y-%m-%dT%H:%M:%SZ"), 7, DialectName.REFERENCE),
    "offset": (lambda: iso(7, "%Y-%m-%dT%H:%M:%S+00:00"), 7, DialectName.REFERENCE),
    "no zone": (lambda: iso(7, "%Y-%m-%d %H:%M:%S"), 6, DialectName.REFERENCE),
    "zero": (lambda: 0, 6, DialectName.TEAMS),
    "negative": (lambda: -5, 6, DialectName.TEAMS),
    "past": (lambda: epoch(-7), 6, DialectName.TEAMS),
    "far": (lambda: epoch(400), 6, DialectName.TEAMS),
    "absurd": (lambda: "9" * 400, 6, DialectName.TEAMS),
    "word": (lambda: "soon", 6, DialectName.REFERENCE),
    "empty": (lambda: "", 6, DialectName.REFERENCE),
    "null": (lambda: None, 6, DialectName.REFERENCE),
    "list": (lambda: [1], 6, DialectName.REFERENCE),
    "object": (dict, 6, DialectName.REFERENCE),
}


@pytest.mark.parametrize("form", FORMS)
async def test_forms_of_the_expiry(liar: Client, cloud: Cloud, form: str) -> None:
    """Every form of guide section 3.2 is read; six days where it makes no sense."""
    expiry, days, dialect = FORMS[form]
    cloud.login["expireTime"] = expiry()
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
