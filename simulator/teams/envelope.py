"""The teams envelope and its refusals (guide 3.3 and A.4)."""

from typing import override

from simulator.account import Account
from simulator.contract import Json, Mistake, Problem
from simulator.dialect import Answer, Codes, Dialect
from simulator.services import Services
from simulator.world.events import Event

from .api import api
from .events import publish

TEXTS = {
    "OPEN000000": "SYSTEM_ERROR",
    "OPEN000001": "AK_NOT_FOUND",
    "OPEN000002": "SECRET_KEY_NOT_EQUALS",
    "OPEN000006": "TOKEN_NOT_FOUND",
    "OPEN000007": "TOKEN_ERROR",
    "OPEN000008": "parameter conversion failed",
    "OPEN000012": "batchId not found",
    "OPEN000016": "alarm not subscribed",
    "OPEN000025": "pageSize exceeds limit",
    "OPEN000026": "time format error",
    "OPEN000029": "request volume error",
    "OPEN000030": "begin time later than end time",
    "OPEN000031": "area not exist",
    "OPEN000501": "device not exist",
    "OPEN000503": "camera not exist",
    "OPEN000554": "device offline",
    "OPEN000555": "device response timeout",
    "OPEN000556": "device capture failed",
    "EVZ20002": "device not exist",
    "EVZ20007": "device offline",
    "EVZ60019": "encryption is enabled and parameter code is empty",
    "EVZ10001": "illegal parameter code",
    "VMS000003": "resource not exist",
    "VMS021106": "logical resource number exceeds limit",
    "VMS021108": "license plate no. repeated",
    "VMS021109": "device linked with another vehicle",
    "VMS021110": "vehicle not exist",
    "VMS021305": "device name exists",
    "VMS021309": "device type error",
    "VMS022535": "device not support",
    "VMS022543": "device offline",
    "VMS022553": "invalid operation",
    "VMS051026": "camera id is empty",
    "VMS051027": "time format error",
    "VMS051028": "begin time later than end time",
    "LAP000004": "service calling blow exception",
    "OPEN000024": "resource number exceeds limit",
    "OPEN000027": "time range exceeds limit",
    "OPEN000510": "area exists",
    "OPEN010001": "add driver failed",
    "OPEN010002": "update driver failed",
    "OPEN010004": "add driver group failed",
    "OPEN010005": "update driver group failed",
    "OPEN010007": "apply driver face failed",
    "VMS040002": "duplicate name",
    "VMS040003": "name too long",
    "VMS040005": "name has special characters",
    "VMS040013": "too many access levels",
    "VMS040015": "access point missing",
    "VMS040016": "access level not exist",
    "CCF000001": "parameter error",
    "CCF021008": "not supported by device",
    "CCF038002": "name too long",
    "CCF038005": "name has special characters",
    "CCF038007": "access level not assigned",
    "CCF038009": "person group not exist",
    "CCF038016": "invalid person code",
    "CCF038017": "invalid full name",
    "CCF038019": "invalid email",
    "CCF038020": "invalid phone",
    "CCF038022": "invalid validity",
    "CCF038023": "person not exist",
    "CCF038024": "person code exists",
    "CCF038029": "too many persons",
    "CCF038032": "too many cards",
    "CCF038034": "duplicate card",
    "CCF038039": "too many fingerprints",
    "CCF038052": "email exists",
    "CCF038055": "duplicate pin code",
    "CCF038062": "picture update failed",
    "CCF038064": "no person group matches",
    "CCF038065": "device not exist",
    "CCF038084": "card collection failed",
    "CCF038085": "fingerprint collection failed",
    "CCF038089": "phone exists",
}

PROBLEMS = {
    Problem.MISSING: "OPEN000010",
    Problem.UNKNOWN: "OPEN000010",
    Problem.RANGE: "OPEN000010",
    Problem.TYPE: "OPEN000008",
    Problem.FORMAT: "OPEN000026",
    Problem.PAGE_SIZE: "OPEN000025",
    Problem.VOLUME: "OPEN000029",
}


class Teams(Dialect):
    """The maker's dialect."""

    contract = api
    codes = Codes(
        no_token="OPEN000007",
        unknown_token="OPEN000006",
        expired_token="OPEN000006",
        unknown_key="OPEN000001",
        bad_json="OPEN000008",
        not_an_object="OPEN000008",
        internal="OPEN000000",
    )

    @override
    def success(self, data: Json) -> Answer:
        """Answer without a message; calls without data leave it out."""
        return Answer(
            {"errorCode": "0"} if data is None else {"data": data, "errorCode": "0"}
        )

    @override
    def refuse(self, code: str) -> Answer:
        """Answer with the text and the code in braces, as measured."""
        return _refusal(code, TEXTS.get(code, "error"))

    @override
    def mistaken(self, mistake: Mistake) -> Answer:
        """Name the argument, as measured."""
        text = f"validated failed argument [{mistake.argument}]"
        return _refusal(PROBLEMS[mistake.problem], text)

    @override
    def too_fast(self) -> Answer:
        """Refuse by HTTP: the guide has no code for it."""
        body = {"errorCode": "429", "message": "Too Many Requests"}
        return Answer(body, status=429)

    @override
    def publish(self, account: Account, services: Services, event: Event) -> None:
        """Queue an event as an alarm or a raw message."""
        publish(account, services, event)


def _refusal(code: str, text: str) -> Answer:
    return Answer({"errorCode": code, "message": f"{text}{{{code}}}"})
