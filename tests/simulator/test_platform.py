"""Login, tokens and the system services."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from simulator import Credentials, Simulator, Speech

from .conftest import Api

LOGIN = "platform/v1/token/get"
USERS = "platform/v1/users/get"


async def test_teams_token(sim: Simulator, stranger: Api) -> None:
    """The guide's answer: epoch seconds, user id, the domain to go on with."""
    body = {"appKey": "demo-teams-key", "secretKey": "demo-teams-secret"}
    data = await stranger.data(LOGIN, body)
    assert data.keys() == {"accessToken", "expireTime", "userId", "areaDomain"}
    assert data["accessToken"].startswith("hcc.")
    assert len(data["accessToken"]) == 36
    week = datetime.now(UTC) + timedelta(days=7)
    assert abs(data["expireTime"] - week.timestamp()) < 60
    assert isinstance(data["expireTime"], int)
    assert data["areaDomain"] == sim.url


async def test_reference_token(stranger: Api) -> None:
    """The reference's answer: an ISO time and nothing else."""
    body = {"appKey": "demo-reference-key", "secretKey": "demo-reference-secret"}
    answer = await stranger.post(LOGIN, body)
    assert answer["message"] == "success"
    assert answer["data"].keys() == {"accessToken", "expireTime"}
    left = datetime.fromisoformat(answer["data"]["expireTime"]) - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"appKey": "demo-teams-key"}, "OPEN000010", "[secretKey]"),
        ({"appKey": "demo-teams-key", "secretKey": ""}, "OPEN000010", "[secretKey]"),
        ({"appKey": "demo-teams-key", "secretKey": 1}, "OPEN000008", "[secretKey]"),
        (
            {"appKey": "demo-teams-key", "secretKey": "x" * 65},
            "OPEN000010",
            "[secretKey]",
        ),
        (
            {"appKey": "demo-teams-key", "secretKey": "no"},
            "OPEN000002",
            "SECRET_KEY_NOT_EQUALS{OPEN000002}",
        ),
        ({"appKey": "no", "secretKey": "no"}, "OPEN000001", "AK_NOT_FOUND{OPEN000001}"),
        (
            {"appKey": "demo-teams-key", "secretKey": "demo-teams-secret", "more": 1},
            "OPEN000010",
            "[more]",
        ),
        ({"appKey": "demo-reference-key"}, "0x1001", "secretKey"),
        ({"appKey": "demo-reference-key", "secretKey": 1}, "0x1002", "secretKey"),
        (
            {"appKey": "demo-reference-key", "secretKey": "no"},
            "0x2003",
            "Invalid Secret Key",
        ),
        (
            {"appKey": "demo-reference-key", "secretKey": "x", "more": 1},
            "0x1001",
            "more",
        ),
    ],
)
async def test_bad_logins(
    stranger: Api, body: dict[str, object], code: str, text: str
) -> None:
    """Every wrong login has its code, over HTTP 200."""
    answer = await stranger.post(LOGIN, body)
    assert stranger.status == 200
    assert answer["errorCode"] == code
    assert text in answer["message"]
    assert "data" not in answer


@pytest.mark.parametrize(
    ("speech", "codes"),
    [
        (Speech.TEAMS, ["OPEN000007", "OPEN000006", "0", "OPEN000006"]),
        (Speech.REFERENCE, ["0x2001", "0x2001", "0", "0x2004"]),
    ],
)
async def test_token_problems(
    sim: Simulator, stranger: Api, speech: Speech, codes: list[str]
) -> None:
    """Missing, unknown, good and expired tokens, each with its answer."""
    path = "platform/v1/systemproperties"
    sim.gateway.stranger = speech
    answers = [await stranger.get(path)]
    stranger.token = "hcc.unknown"
    answers.append(await stranger.get(path))
    await stranger.login(speech)
    answers.append(await stranger.get(path))
    sim.account(speech).expire_tokens()
    answers.append(await stranger.get(path))
    assert [answer["errorCode"] for answer in answers] == codes


async def test_token_lives_a_week(sim: Simulator, teams: Api) -> None:
    """A token ends seven days after it was given."""
    sim.clock.shift(7 * 24 * 3600 - 5)
    assert (await teams.get("platform/v1/systemproperties"))["errorCode"] == "0"
    sim.clock.shift(10)
    answer = await teams.get("platform/v1/systemproperties")
    assert answer["errorCode"] == "OPEN000006"


async def test_revoked_tokens_keep_their_dialect(
    sim: Simulator, reference: Api
) -> None:
    """A server that forgot its tokens still refuses in the account's dialect."""
    sim.account("reference").revoke_tokens()
    assert await reference.code(USERS) == "0x2001"
    sim.account("reference").revoke_key()
    body = {"appKey": "demo-reference-key", "secretKey": "demo-reference-secret"}
    assert await reference.code(LOGIN, body) == "0x2002"


async def test_refresh(reference: Api, teams: Api) -> None:
    """The reference trades a token for a new one; the guide has no such call."""
    old = reference.token
    refresh = {"accessToken": old}
    data = await reference.data("platform/v1/token/refresh", refresh)
    assert data["accessToken"] != old
    assert await reference.code(USERS) == "0x2001"
    reference.token = data["accessToken"]
    assert await reference.code(USERS) == "0"
    await teams.post("platform/v1/token/refresh", {"accessToken": teams.token})
    assert teams.status == 404


async def test_foreign_account(session: aiohttp.ClientSession) -> None:
    """A key of another address is unknown here and known there."""
    far = Credentials(Speech.REFERENCE, "far-key", "far-secret")
    body = {"appKey": "far-key", "secretKey": "far-secret"}
    async with (
        Simulator(life=False, foreign={"far-key": Speech.REFERENCE}) as here,
        Simulator(life=False, accounts=[far]) as there,
    ):
        assert await Api(here, session).code(LOGIN, body) == "0x2002"
        assert await Api(there, session).code(LOGIN, body) == "0"
        assert await Api(there, session).code(
            LOGIN, {"appKey": "demo-teams-key", "secretKey": "x"}
        ) == ("OPEN000001")


async def test_teams_system(sim: Simulator, teams: Api) -> None:
    """The guide's answers, types included."""
    properties = await teams.get("platform/v1/systemproperties")
    assert properties == {
        "data": {"systemGUID": sim.account("teams").guid},
        "errorCode": "0",
    }
    package = (await teams.get("platform/v1/servicepackage"))["data"]
    overview = package["packageOverview"]["servicePackageOverview"][0]
    assert overview["usingAmount"] == "8"
    assert overview["packageStatus"] == 0
    assert package["packageDetails"]["servicePackage"][0]["expiredTime"].isdigit()
    stream = (await teams.get("platform/v1/streamtoken/get"))["data"]
    assert stream["appToken"].startswith("at.")
    assert len(stream["appToken"]) <= 64
    assert len(stream["expireTime"]) == 13
    users = await teams.data(USERS, {"pageIndex": 1, "pageSize": 1})
    assert users["totalCount"] == 2
    assert [user["name"] for user in users["user"]] == ["admin"]


async def test_reference_system(reference: Api) -> None:
    """The reference's answers."""
    properties = await reference.get("platform/v1/systemproperties")
    assert properties["data"].keys() == {"version", "timezone", "language"}
    package = (await reference.get("platform/v1/servicepackage"))["data"]
    assert package.keys() == {"packageName", "maxDevices", "features"}
    stream = (await reference.get("platform/v1/streamtoken/get"))["data"]
    assert stream.keys() == {"appKey", "appToken", "streamAreaDomain"}
    users = await reference.data(USERS, {"userName": "gua"})
    assert [user["userName"] for user in users["list"]] == ["guard"]
    assert users["total"] == 1


async def test_http_below_the_contract(
    sim: Simulator, teams: Api, session: aiohttp.ClientSession
) -> None:
    """Unknown paths, wrong methods and other content are refused by HTTP."""
    await teams.post("platform/v1/nothing")
    assert teams.status == 404
    await teams.post("platform/v1/systemproperties")
    assert teams.status == 405
    url = f"{sim.url}/api/hccgw/{USERS}"
    headers = {"Token": str(teams.token)}
    async with session.post(url, data="a=1", headers=headers) as response:
        assert response.status == 415
    headers["Content-Type"] = "application/json"
    for raw, code in ((b"{", "OPEN000008"), (b"[]", "OPEN000008")):
        async with session.post(url, data=raw, headers=headers) as response:
            assert (await response.json())["errorCode"] == code


async def test_rate_limit(session: aiohttp.ClientSession) -> None:
    """The sixth call within a second is refused; the other account is not hurt."""
    async with Simulator(life=False) as sim:
        teams = await Api(sim, session).login("teams")
        reference = await Api(sim, session).login("reference")
        for _ in range(4):
            answer = await teams.get("platform/v1/systemproperties")
            assert answer["errorCode"] == "0"
        await teams.get("platform/v1/systemproperties")
        assert teams.status == 429
        codes = [await reference.code(USERS) for _ in range(5)]
        assert codes == ["0"] * 4 + ["0x2006"]
        assert reference.status == 200
        assert sim.record.max_per_second("demo-teams-key") == 6
