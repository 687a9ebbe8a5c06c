"""The probe against simulated accounts of both dialects."""

from datetime import datetime
import json
from pathlib import Path
import re
from typing import Any

import aiohttp
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Account as Keys
from custom_components.hikcentral_connect.api.call import Call
from custom_components.hikcentral_connect.api.limiter import Limiter
from custom_components.hikcentral_connect.api.models.doors import DoorAction
from custom_components.hikcentral_connect.api.operation import Builders
from custom_components.hikcentral_connect.api.redaction.report import Leak
from custom_components.hikcentral_connect.api.row import Row
from probe import __main__ as program, ask
from probe.ask import NotReading, Probe
from probe.questions import QUESTIONS, Question
from probe.report import make_report
from simulator import Simulator
from simulator.account import Account
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

from .canaries import WORD
from .conftest import Probed


def _operations(probed: Probed) -> list[str]:
    return [asked.operation for asked in probed.interview.asked]


def test_asks_everything_that_the_account_has(probed: Probed) -> None:
    """Every question of the dialect is put; what is not is named with a reason."""
    dialect = probed.interview.dialect
    offered = {
        question.operation
        for question in QUESTIONS
        if OPERATIONS[question.operation].offered_by(dialect)
    }
    assert offered == {*_operations(probed)[1:], *probed.interview.unasked}
    assert len(probed.interview.unasked) <= 1
    assert not [one for one in probed.interview.asked if one.error]
    assert len(probed.lines) >= len(offered)


def test_reads_only(probed: Probed) -> None:
    """No door moved, and no path was called that changes anything."""

    def reads(row: ContractRow) -> bool:
        pages = () if row.page is None else (row.page,)
        build = OPERATIONS[row.operation].builder(row.dialect)
        return build(*pages, **row.arguments).kind in ask.READING

    rows = [row for row in ROWS if row.dialect is probed.interview.dialect]
    changing = {row.path for row in rows if not reads(row)}
    changing -= {row.path for row in rows if reads(row)}
    called = {entry.path.removeprefix("/api/hccgw/") for entry in probed.sim.record}
    assert called & changing <= {"video/v1/isapi/proxypass", "proxy/v1/isapi/proxypass"}
    assert len(called) > 15
    assert not [door for door in probed.account.world.doors.values() if door.commands]


def test_nothing_of_the_account_is_told(probed: Probed) -> None:
    """No name, number, id, serial, secret, address or date is in the report."""
    raw = json.dumps(
        [one.envelope for asked in probed.interview.asked for one in asked.exchanges]
    )
    words = set(re.findall(rf"{WORD}\d{{4}}", raw))
    assert len(words) > 25
    assert sum(secret in raw for secret in probed.secret) > 25

    assert WORD.casefold() not in probed.report.casefold()
    assert not [secret for secret in probed.secret if secret in probed.report]
    for hidden in (*re.findall(r"hcc\.\w+|at\.\w{20,}", raw), probed.sim.url):
        assert hidden not in probed.report
    assert f"{URL(probed.sim.url).port}" not in probed.report
    assert f"{datetime.now():%Y-%m-%d}" not in probed.report


def test_references_survive(probed: Probed) -> None:
    """A camera still hangs on its device, and questions still name what was found."""
    asked = json.loads(probed.report)["asked"]
    devices = json.dumps(_answer(asked, "Resources.devices"))
    serials = set(re.findall(r"X\d{8}", devices))
    assert len(serials) == len(probed.account.world.devices)
    (capture,) = [one for one in asked if one["operation"] == "Video.capture"]
    assert capture["exchanges"][0]["body"]["deviceSerial"] in serials


def _answer(asked: list[dict[str, Any]], operation: str) -> Any:
    (one,) = [one for one in asked if one["operation"] == operation]
    return one["exchanges"][0]["answer"]


async def test_never_more_than_a_reader(
    account: Account,
    sim: Simulator,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A command among the questions is not sent, and the probe ends."""
    door = next(iter(account.world.doors))
    question = Question(
        "Doors.control",
        arguments=lambda _, found: {"door_id": door, "action": DoorAction.OPEN},
    )
    monkeypatch.setattr(ask, "QUESTIONS", (question,))
    keys = Keys(URL(sim.url), account.key, account.secret)
    probe = Probe(http, keys, datetime.now().astimezone(), lambda line: None)
    with pytest.raises(NotReading):
        await probe.run()
    assert not sim.record.calls("*/remote/control")


async def test_gives_up_on_a_dead_service(
    account: Account, sim: Simulator, http: aiohttp.ClientSession
) -> None:
    """A service that falls silent is not asked for ever; what came is kept."""
    for call in ("systemproperties", "servicepackage", "streamtoken/get"):
        sim.faults.add("reset", path=f"*/{call}")
    keys = Keys(URL(sim.url), account.key, account.secret)
    now = datetime.now().astimezone()
    interview = await Probe(http, keys, now, lambda line: None, Limiter(10_000)).run()
    assert "the service stopped answering" in interview.unasked.values()
    report = json.loads(make_report(interview, {}, (account.key, account.secret)))
    failures = [
        exchange.get("failure")
        for asked in report["asked"]
        for exchange in asked["exchanges"]
    ]
    assert "ServiceUnreachable" in failures


async def test_our_own_mistakes_end_nothing(
    account: Account,
    sim: Simulator,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reader that breaks is told with its place; the other questions are asked."""

    def build() -> Call[None]:
        return Call("platform/v1/systemproperties", _stumble, method="GET")

    keys = Keys(URL(sim.url), account.key, account.secret)
    now = datetime.now().astimezone()
    probe = Probe(http, keys, now, lambda line: None, Limiter(10_000))
    broken = Builders(build, build)
    operations = {**probe._operations, "Platform.system_properties": broken}
    monkeypatch.setattr(probe, "_operations", operations)
    interview = await probe.run()
    report = json.loads(make_report(interview, {}, (account.key,)))
    first = report["asked"][1]
    assert first["outcome"] == "ReaderFailed"
    assert first["why"].startswith("KeyError in _stumble, line ")
    assert len(interview.asked) > 20


def _stumble(answer: Row) -> None:
    raise KeyError(WORD)


async def test_a_leak_stops_the_report(probed: Probed) -> None:
    """A secret that got through anyhow is found before anything is written."""
    envelope = probed.interview.asked[0].exchanges[0].envelope
    assert envelope is not None
    envelope["version"] = probed.keys.secret_key
    with pytest.raises(Leak):
        make_report(probed.interview, {}, (probed.keys.secret_key,))


def test_dry_run_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without keys, address or network it tells what would be asked."""
    monkeypatch.setattr("sys.argv", ["probe", "--dry-run"])
    assert program.main() == 0
    shown = capsys.readouterr().out
    assert all(question.operation in shown for question in QUESTIONS)


def test_keys_come_from_the_environment_or_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keys are never shown while typed; a region stands for its address."""
    monkeypatch.setattr(program, "getpass", lambda prompt: "typed")
    account = program.account_of({"HIK_REGION": "ieu", "HIK_APP_KEY": "given"})
    assert account == Keys(URL("https://ieu.hikcentralconnect.com"), "given", "typed")
    assert program.account_of({"HIK_URL": "http://here:1"}).url == URL("http://here:1")
    with pytest.raises(ValueError):
        program.account_of({"HIK_REGION": "moon"})


def test_wrong_keys_write_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A region that does not exist is told, and no file appears."""
    file = tmp_path / "report.json"
    monkeypatch.setattr("sys.argv", ["probe", "--output", str(file)])
    monkeypatch.setenv("HIK_REGION", "moon")
    assert program.main() == 1
    assert "moon" in capsys.readouterr().err
    assert not file.exists()
