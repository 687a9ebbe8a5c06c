"""Answers that are wrong in every way one can think of."""

import asyncio
from collections.abc import AsyncGenerator, Callable
import logging

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import (
    Account,
    Client,
    DialectName,
    paging,
)
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    DeviceOffline,
    HikError,
    NotFound,
    RateLimited,
    ServiceRefused,
    ServiceUnreachable,
    TokenRejected,
)
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.messages import Phase
from simulator import Simulator
from simulator.account import Account as SimulatedAccount
from simulator.world.sites import Size

from .cloud import DEVICES, SYSTEM, Cloud, answer, raw, success

MEGABYTE = 1024 * 1024
GOOD_ROW = {"id": "d1", "name": "NVR", "serialNo": "F1"}


@pytest.mark.parametrize(
    ("kind", "error", "asked"),
    [
        ("bad_json", BadAnswer, 1),
        ("truncated", BadAnswer, 1),
        ("html", BadAnswer, 1),
        ("no_data", BadAnswer, 1),
        ("wrong_types", BadAnswer, 1),
        ("null_lists", BadAnswer, 1),
        ("huge", BadAnswer, 1),
        ("cut", ServiceUnreachable, 2),
        ("lost", ServiceUnreachable, 2),
        ("reset", ServiceUnreachable, 2),
        ("http_error", ServiceUnreachable, 2),
        ("hang", ServiceUnreachable, 2),
        ("rate_limit", RateLimited, 2),
    ],
)
async def test_each_fault_has_its_error(
    client: Client,
    sim: Simulator,
    patience: Callable[[float], None],
    *,
    kind: str,
    error: type[HikError],
    asked: int,
) -> None:
    """Nothing but our own errors comes out, and no answer is made up."""
    await client.dialect()
    if kind == "hang":
        patience(0.2)
    sim.faults.add(kind, path="*/resource/v1/devices/get")
    with pytest.raises(error):
        await client.resources.devices()
    await asyncio.sleep(0.05)
    assert len(sim.record.calls("*/devices/get")) == asked


@pytest.mark.parametrize(
    "envelope",
    [
        [],
        [{"errorCode": "0"}],
        "0",
        0,
        None,
        True,
        {},
        {"data": {}},
        {"errorCode": None, "data": {}},
        {"errorCode": [], "data": {}},
        {"errorCode": {}, "data": {}},
        {"errorCode": "", "data": {}},
        {"code": "0", "data": {}},
    ],
    ids=str,
)
async def test_no_envelope(liar: Client, cloud: Cloud, envelope: object) -> None:
    """JSON without an error code is neither success nor refusal."""
    cloud.on(SYSTEM, answer(envelope))
    with pytest.raises(BadAnswer):
        await liar.platform.system_properties()


@pytest.mark.parametrize(
    "body", [b"", b" ", b"\xff\xfe{}", b"{'errorCode':'0'}", b"NaN", b"[" * 100_000]
)
async def test_no_json(liar: Client, cloud: Cloud, body: bytes) -> None:
    """Bytes of any kind are a bad answer and nothing worse."""
    cloud.on(SYSTEM, answer(body))
    with pytest.raises(BadAnswer):
        await liar.platform.system_properties()


async def test_json_of_any_content_type(liar: Client, cloud: Cloud) -> None:
    """What the server calls its JSON does not matter."""
    body = b'{"errorCode":"0","data":{"systemGUID":"g"}}'
    cloud.on(SYSTEM, answer(body, **{"Content-Type": "text/plain"}))
    assert (await liar.platform.system_properties()).guid == "g"


@pytest.mark.parametrize("code", ["0", 0])
async def test_success_as_number(liar: Client, cloud: Cloud, code: object) -> None:
    """Success is success, as text or as number."""
    cloud.on(SYSTEM, answer({"errorCode": code, "data": {"systemGUID": "g"}}))
    assert (await liar.platform.system_properties()).guid == "g"


@pytest.mark.parametrize(
    ("envelope", "text"),
    [
        ({"message": "device offline{EVZ20007}"}, "device offline"),
        ({"errorMsg": "device offline"}, "device offline"),
        ({"msg": " device offline "}, "device offline"),
        ({"message": "", "errorMsg": "device offline"}, "device offline"),
        ({"message": {"en": "offline"}, "msg": "device offline"}, "device offline"),
        ({"message": None}, ""),
        ({}, ""),
    ],
    ids=str,
)
async def test_variants_of_the_error_text(
    liar: Client, cloud: Cloud, envelope: dict[str, object], text: str
) -> None:
    """The text comes under several names, with or without the code behind it."""
    cloud.on(SYSTEM, answer({"errorCode": "EVZ20007", **envelope}))
    with pytest.raises(DeviceOffline) as caught:
        await liar.platform.system_properties()
    assert (caught.value.code, caught.value.text) == ("EVZ20007", text)
    assert str(caught.value) == (f"{text} (EVZ20007)" if text else "EVZ20007")


async def test_endless_error_text_is_cut(liar: Client, cloud: Cloud) -> None:
    """No error fills a screen."""
    cloud.on(SYSTEM, answer({"errorCode": 12345, "message": "x" * 10_000}))
    with pytest.raises(ServiceRefused) as caught:
        await liar.platform.system_properties()
    assert caught.value.code == "12345"
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadAnswer),
        (401, TokenRejected),
        (403, TokenRejected),
        (404, BadAnswer),
        (429, RateLimited),
        (500, ServiceUnreachable),
        (504, ServiceUnreachable),
    ],
)
async def test_http_status(
    liar: Client, cloud: Cloud, status: int, error: type[HikError]
) -> None:
    """Below the contract the status tells what is wrong."""
    cloud.on(SYSTEM, answer(b"<h1>Sorry</h1>", status))
    with pytest.raises(error):
        await liar.platform.system_properties()


@pytest.mark.parametrize("status", [400, 404, 422])
async def test_code_under_an_http_status(
    liar: Client, cloud: Cloud, status: int
) -> None:
    """The service's own code says more than the status."""
    cloud.on(SYSTEM, answer({"errorCode": "0x3001"}, status))
    with pytest.raises(NotFound):
        await liar.platform.system_properties()


async def test_rate_limit_in_an_envelope(liar: Client, cloud: Cloud) -> None:
    """HTTP 429 is the rate limit, also with a code that no table has."""
    cloud.on(SYSTEM, answer({"errorCode": "429", "message": "slow down"}, 429))
    with pytest.raises(RateLimited):
        await liar.platform.system_properties()


@pytest.mark.parametrize("data", ["text", 5, [], [{}], True], ids=str)
async def test_data_of_a_wrong_type(liar: Client, cloud: Cloud, data: object) -> None:
    """Data that is no object holds no list."""
    cloud.on(DEVICES, success(data))
    with pytest.raises(BadAnswer):
        await liar.resources.devices()


async def test_one_bad_row_hides_no_other(
    liar: Client, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    """Unreadable rows are left out; one warning tells so, once."""
    rows = [
        GOOD_ROW,
        {"name": "no id"},
        None,
        7,
        "row",
        ["row"],
        {},
        {**GOOD_ROW, "id": {"nested": 1}},
        {**GOOD_ROW, "id": "d2"},
    ]
    cloud.on(DEVICES, success({"device": rows, "totalCount": len(rows)}))
    for _ in range(5):
        devices = await liar.resources.devices()
        assert [device.id for device in devices] == ["d1", "d2"]
    warnings = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "7 unreadable rows" in warnings[0].getMessage()
    assert len(cloud.calls(DEVICES)) == 5


async def test_values_that_are_new_to_us(liar: Client, cloud: Cloud) -> None:
    """Categories, states and phases may grow; what we do not know stays unknown."""
    row = {**GOOD_ROW, "category": "toaster", "onlineStatus": 7}
    cloud.on(DEVICES, success({"device": [row]}))
    (device,) = await liar.resources.devices()
    assert (device.category, device.online) == ("toaster", None)

    source = {"eventType": "99999", "sourceType": "moon"}
    alarm = {"guid": "g", "msgType": "77", "eventSource": source}
    batch = {"batchId": "b", "remainingNumber": 0, "alarmMsg": [alarm]}
    cloud.on("alarm/v1/mq/messages", success(batch))
    (message,) = (await liar.alarms.messages("")).messages
    assert (message.phase, message.event_type) == (Phase.UNKNOWN, "99999")


@pytest.fixture
def large(dialect: DialectName) -> Size:
    """Return a site whose devices fill two pages and a bit."""
    pages = 2 * (100 if dialect is DialectName.REFERENCE else 500)
    return Size(devices=pages + 7, cameras=1, doors=0)


class TestPages:
    """Lists that go on, and lists that should not."""

    @pytest.fixture
    async def sim(self, socket_enabled: None, large: Size) -> AsyncGenerator[Simulator]:
        """Run a cloud with a large site."""
        async with Simulator(seed=1, life=False, size=large, rate_limit=None) as sim:
            yield sim

    async def test_all_pages(
        self, client: Client, sim: Simulator, account: SimulatedAccount
    ) -> None:
        """Every device comes once, in three requests."""
        devices = await client.resources.devices()
        assert [one.id for one in devices] == list(account.world.devices)
        assert len(sim.record.calls("*/devices/get")) == 3

    async def test_page_that_repeats(
        self, client: Client, sim: Simulator, account: SimulatedAccount
    ) -> None:
        """A service that ignores the page number is asked twice, not for ever."""
        sim.faults.add("repeat_page", path="*/devices/get")
        devices = await client.resources.devices()
        assert [one.id for one in devices] == list(account.world.devices)[
            : len(devices)
        ]
        assert len(sim.record.calls("*/devices/get")) == 2

    async def test_pages_without_end(
        self, client: Client, sim: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A list that never ends is given up, not cut off in silence."""
        monkeypatch.setattr(paging, "PAGES_AT_MOST", 4)
        sim.faults.add("endless_pages", path="*/devices/get")
        with pytest.raises(BadAnswer, match="no end"):
            await client.resources.devices()
        assert len(sim.record.calls("*/devices/get")) == 4


async def test_empty_pages_end_a_list(liar: Client, cloud: Cloud) -> None:
    """A page without rows is the last, whatever the total says."""
    page = success({"device": [GOOD_ROW], "totalCount": 1000})
    cloud.on(DEVICES, page, success({"device": [], "totalCount": 1000}))
    assert len(await liar.resources.devices()) == 1
    assert len(cloud.calls(DEVICES)) == 2


async def test_no_token_in_any_error(
    http: aiohttp.ClientSession, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, the errors and the log tell no secret."""
    caplog.set_level(logging.DEBUG, "custom_components")
    account = Account(URL(cloud.url), "my-key", "my-secret")
    client = Client(http, account, Limiter(rate=1000))
    told = []
    for handler in (
        answer(b"nonsense"),
        answer(b"", 503),
        answer({"errorCode": "OPEN000007"}),
        raw(b""),
        success("text"),
    ):
        cloud.on(DEVICES, handler)
        with pytest.raises(HikError) as caught:
            await client.resources.devices()
        told.append(str(caught.value))
    everything = " ".join(told) + caplog.text
    for secret in ("my-key", "my-secret", "token-1"):
        assert secret not in everything
