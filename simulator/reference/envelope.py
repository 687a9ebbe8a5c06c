"""The reference's envelope and its refusals ("Error Codes")."""

from typing import override

from simulator.account import Account
from simulator.contract import Json, Mistake, Problem
from simulator.dialect import Answer, Codes, Dialect
from simulator.services import Services
from simulator.world.events import Event

from .api import api
from .events import publish

TEXTS = {
    "0x1001": "Invalid Parameter",
    "0x1002": "Parameter Type Error",
    "0x1003": "Parameter Out of Range",
    "0x2001": "Authentication Failed",
    "0x2002": "Invalid App Key",
    "0x2003": "Invalid Secret Key",
    "0x2004": "Token Expired",
    "0x2005": "Permission Denied",
    "0x2006": "Rate Limit Exceeded",
    "0x3001": "Resource Not Found",
    "0x3002": "Resource Already Exists",
    "0x3003": "Resource Limit Exceeded",
    "0x3004": "Device Offline",
    "0x3005": "Device Busy",
    "0x3006": "Invalid Device Serial",
    "0x3007": "Invalid Validation Code",
    "EVZ60019": "Encrypted Stream",
    "0x4001": "Video Stream Error",
    "0x4002": "Recording Not Found",
    "0x4003": "Stream Token Expired",
    "0x5001": "Subscription Failed",
    "0x5002": "Queue Not Found",
    "0x5003": "Message Acknowledge Failed",
    "0x6001": "Person Photo Invalid",
    "0x6002": "Card Number Duplicate",
    "0x6003": "Face Recognition Failed",
    "0x7001": "Access Control Error",
    "0x7002": "Door Not Configured",
    "0x8001": "Internal Server Error",
    "0x8002": "Service Unavailable",
    "0x8003": "Database Error",
}

PROBLEMS = {
    Problem.MISSING: "0x1001",
    Problem.UNKNOWN: "0x1001",
    Problem.FORMAT: "0x1001",
    Problem.TYPE: "0x1002",
    Problem.RANGE: "0x1003",
    Problem.PAGE_SIZE: "0x1003",
    Problem.VOLUME: "0x1003",
}


class Reference(Dialect):
    """The dialect of the API reference."""

    contract = api
    codes = Codes(
        no_token="0x2001",
        unknown_token="0x2001",
        expired_token="0x2004",
        unknown_key="0x2002",
        bad_json="0x1001",
        not_an_object="0x1002",
        internal="0x8001",
    )

    @override
    def success(self, data: Json) -> Answer:
        """Answer with "success" and the data."""
        return Answer({"errorCode": "0", "message": "success", "data": data or {}})

    @override
    def refuse(self, code: str) -> Answer:
        """Answer with the table's code and message."""
        return Answer({"errorCode": code, "message": TEXTS.get(code, "Error")})

    @override
    def mistaken(self, mistake: Mistake) -> Answer:
        """Answer with the code of the problem and name the field."""
        code = PROBLEMS[mistake.problem]
        message = f"{TEXTS[code]}: {mistake.argument}"
        return Answer({"errorCode": code, "message": message})

    @override
    def too_fast(self) -> Answer:
        """Refuse with the table's own code."""
        return self.refuse("0x2006")

    @override
    def publish(self, account: Account, services: Services, event: Event) -> None:
        """Queue an event for every subscription that wants it."""
        publish(account, event)
