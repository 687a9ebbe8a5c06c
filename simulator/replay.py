"""A recorded account: what ``scripts/probe`` wrote answers the reading calls again.

A recording holds single answers and no state. So each is given to the same question
only; everything else (logins, queues, commands, changes, questions that were not
recorded) is answered by the simulator for an account that has nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
import json
from pathlib import Path
import re
from typing import Any, Final, override

from .account import Account, Credentials, Speech
from .contract import Contract, Endpoint, Group, Handler, Mistake, Refusal, Request
from .dialect import Answer, Dialect
from .services import Services
from .world.events import Event

FORMAT: Final = 1
PAGE_FIELDS: Final = frozenset({"page", "pageIndex", "pageNo", "pageNum"})
_LIVE: Final = re.compile(r"platform/v1/token/|/mq/|message/v1/rawmessage/")
"""Calls that need a state, which a recording does not have."""
_TIME_FIELD: Final = re.compile(r"time|date", re.IGNORECASE)


class UnknownRecording(ValueError):
    """The file is not what this version of the probe writes."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as it was recorded, envelope and all."""

    envelope: dict[str, Any]


class Recording:
    """The answers of one account, by call and question."""

    def __init__(self, document: Any) -> None:
        """Take the report of a probe, or the diagnostics of an entry."""
        if isinstance(document, dict) and "home_assistant" in document:
            document = document.get("data")
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise UnknownRecording(f"not a report in format {FORMAT}")
        self.speech = Speech(document["dialect"])
        self._taken: defaultdict[tuple[str, str], list[tuple[Any, Recorded]]]
        self._taken = defaultdict(list)
        for asked in document["asked"]:
            for one in asked["exchanges"]:
                if one["answer"] is not None and not _LIVE.search(one["path"]):
                    answer = Recorded(one["answer"])
                    self._taken[one["method"], one["path"]].append(
                        (one["body"] or {}, answer)
                    )

    @classmethod
    def load(cls, file: Path) -> Recording:
        """Read a file."""
        try:
            document = json.loads(file.read_text())
        except json.JSONDecodeError:
            raise UnknownRecording(f"{file} is not JSON") from None
        return cls(document)

    @property
    def credentials(self) -> Credentials:
        """Return the keys that open the replayed account."""
        return Credentials(self.speech, "replay-key", "replay-secret")

    def over(self, dialects: Mapping[Speech, Dialect]) -> dict[Speech, Dialect]:
        """Return the dialects, that of the recording replaying it."""
        return {**dialects, self.speech: Replayed(dialects[self.speech], self)}

    def methods(self, path: str) -> Iterator[str]:
        """Return the HTTP methods for which a path has answers."""
        return (method for method, recorded in self._taken if recorded == path)

    def answer(self, method: str, path: str, body: Any) -> Recorded | None:
        """Return the answer to a question, or None if it was not asked.

        Times are left out of account. A page after the last one has no rows.
        """
        taken = self._taken[method, path]
        same = [one for one in taken if _timeless(one[0]) == _timeless(body)]
        for recorded, answer in same:
            if _page(recorded) == _page(body):
                return answer
        return Recorded(_without_rows(same[-1][1].envelope)) if same else None


class Replayed(Dialect):
    """A dialect whose calls a recording answers where it can."""

    def __init__(self, dialect: Dialect, recording: Recording) -> None:
        """Lay the recording over the dialect."""
        self._dialect = dialect
        self.contract = _Overlay(dialect, recording)
        self.codes = dialect.codes

    @override
    def success(self, data: Any) -> Answer:
        if isinstance(data, Recorded):
            return Answer(data.envelope)
        return self._dialect.success(data)

    @override
    def refuse(self, code: str) -> Answer:
        return self._dialect.refuse(code)

    @override
    def mistaken(self, mistake: Mistake) -> Answer:
        return self._dialect.mistaken(mistake)

    @override
    def too_fast(self) -> Answer:
        return self._dialect.too_fast()

    @override
    def publish(self, account: Account, services: Services, event: Event) -> None:
        self._dialect.publish(account, services, event)


class _AnyBody(Group):
    """Lets every body through: what was answered once was asked rightly."""

    def read(self, name: str, value: object) -> Any:
        """Return the body as it is."""
        return value


class _Overlay(Contract):
    """The calls of a dialect, with those of a recording in front of them."""

    def __init__(self, dialect: Dialect, recording: Recording) -> None:
        super().__init__()
        self._dialect = dialect
        self._recording = recording

    @override
    def find(self, path: str) -> list[tuple[Endpoint, dict[str, str]]]:
        own = self._dialect.contract.find(path)
        simulated = {endpoint.method: (endpoint, places) for endpoint, places in own}
        for method in self._recording.methods(path):
            endpoint, places = simulated.get(method, (None, {}))
            handler = self._handler(method, path, endpoint)
            simulated[method] = (
                Endpoint(method, path, _AnyBody(()), handler),
                places,
            )
        return list(simulated.values())

    def _handler(self, method: str, path: str, simulated: Endpoint | None) -> Handler:
        def handle(request: Request) -> Any:
            if answer := self._recording.answer(method, path, request.body):
                return answer
            if simulated is None:
                raise Refusal(self._dialect.codes.internal)
            body = simulated.body.read("body", request.body)
            return simulated.handler(replace(request, body=body))

        return handle


def _timeless(value: Any) -> Any:
    """Return a body without the page and without anything that is a time."""
    if isinstance(value, list):
        return [_timeless(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _timeless(one)
        for key, one in value.items()
        if key not in PAGE_FIELDS and not _TIME_FIELD.search(key)
    }


def _page(body: Any) -> Any:
    return next((body[key] for key in sorted(PAGE_FIELDS & body.keys())), None)


def _without_rows(value: Any) -> Any:
    if isinstance(value, list):
        return []
    if not isinstance(value, dict):
        return value
    return {key: _without_rows(one) for key, one in value.items()}
