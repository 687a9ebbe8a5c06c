"""The way of a call: faults, account, rate limit, token, contract, handler."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
import inspect
import json
import time
from typing import Any

from aiohttp import web

from . import effects
from .account import Account, Speech
from .contract import Endpoint, Group, Mistake, Refusal, Request
from .dialect import Answer, Dialect
from .faults import Fault, Faults
from .record import Entry, Record
from .reference import REFERENCE
from .services import Services
from .shelf import Expired
from .teams import TEAMS

PREFIX = "/api/hccgw/"
LOGIN = "platform/v1/token/get"
DIALECTS: Mapping[Speech, Dialect] = {
    Speech.TEAMS: TEAMS,
    Speech.REFERENCE: REFERENCE,
}
SECRETS = ("secretKey", "accessToken", "signSecret")
FILM = ".mp4"
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "mp4": "video/mp4"}
_clock = time.monotonic


def _ticks() -> float:
    return _clock()


@dataclass(slots=True)
class _Call:
    """One call on its way."""

    request: web.Request
    path: str
    faults: list[Fault]
    raw: bytes = b""
    account: Account | None = None
    dialect: Dialect | None = None
    status: int = 0
    code: str | None = None
    body: Any = None
    tick: float = field(default_factory=_ticks)


class Gateway:
    """Serves every path below `PREFIX`.

    A call that names no known account is answered in the dialect of the foreign
    account it names, else in ``stranger``'s.
    """

    def __init__(
        self,
        accounts: Mapping[str, Account],
        services: Services,
        *,
        rate_limit: int | None,
        stranger: Speech,
        foreign: Mapping[str, Speech],
        dialects: Mapping[Speech, Dialect] = DIALECTS,
    ) -> None:
        """Serve ``accounts`` (by key)."""
        self.faults = Faults()
        self.record = Record()
        self.rate_limit = rate_limit
        self.stranger = stranger
        self.foreign = foreign
        self._dialects = dialects
        self._accounts = accounts
        self._services = services
        self._recent: dict[str, deque[float]] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a contract."""
        return await self._noted(request, self._serve)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Serve a file of the shelf."""
        return await self._noted(request, self._picture)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take in a file at the address an account was given for it."""
        return await self._noted(request, self._upload)

    def watched(
        self,
        serve: Callable[[web.Request, list[Fault]], Awaitable[web.StreamResponse]],
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Let faults befall a handler that is not of a contract, and note its calls."""

        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._noted(request, lambda call: serve(request, call.faults))

        return handle

    async def _noted(
        self,
        request: web.Request,
        serve: Callable[[_Call], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Let faults strike, serve, and note what came of it."""
        path = request.path.removeprefix(PREFIX)
        call = _Call(request, path, self.faults.take(request.path))
        try:
            response = await self._struck(call) or await serve(call)
            call.status = response.status
            return response
        finally:
            self._note(call)

    async def _struck(self, call: _Call) -> web.StreamResponse | None:
        for fault in call.faults:
            if before := effects.BEFORE.get(fault.kind):
                if response := await before(fault, call.request):
                    return response
        return None

    async def _picture(self, call: _Call) -> web.StreamResponse:
        name = call.request.match_info["name"]
        try:
            body = await self._body(name)
        except KeyError:
            return web.Response(status=404)
        except Expired:
            return web.Response(status=403, text="Request has expired")
        return web.Response(body=body, content_type=TYPES[name.rpartition(".")[2]])

    async def _body(self, name: str) -> bytes:
        """Return a file; making a film takes too long to let others wait for it."""
        fetch = self._services.shelf.fetch
        return await asyncio.to_thread(fetch, name) if FILM in name else fetch(name)

    async def _upload(self, call: _Call) -> web.StreamResponse:
        key, content = call.request.match_info["key"], await call.request.read()
        try:
            self._services.uploads.store(key, content)
        except KeyError:
            return web.Response(status=404)
        except Expired:
            return web.Response(status=403, text="Request has expired")
        return web.Response()

    async def _serve(self, call: _Call) -> web.StreamResponse:
        call.raw = await call.request.read()
        call.body = _parse(call.raw)
        answer = await self._answer(call)
        call.code = answer.code
        return await self._send(call, answer)

    async def _answer(self, call: _Call) -> Answer:
        self._identify(call)
        dialect = call.dialect or self._dialects[self.stranger]
        found = dialect.contract.find(call.path)
        if not found:
            return _http(404, "Not Found")
        for endpoint, placeholders in found:
            if endpoint.method == call.request.method:
                return await self._admit(call, dialect, endpoint, placeholders)
        return _http(405, "Method Not Allowed")

    def _identify(self, call: _Call) -> None:
        """Find the account by token, or by the AppKey if this is a login."""
        if call.path == LOGIN:
            key = call.body.get("appKey") if isinstance(call.body, dict) else None
            call.account = self._accounts.get(str(key))
            call.dialect = self._dialects[self.foreign.get(str(key), self.stranger)]
        elif token := call.request.headers.get("Token"):
            for account in self._accounts.values():
                if token in account.tokens or token in account.forgotten:
                    call.account = account
        if call.account:
            call.dialect = self._dialects[call.account.speech]

    async def _admit(
        self,
        call: _Call,
        dialect: Dialect,
        endpoint: Endpoint,
        placeholders: dict[str, str],
    ) -> Answer:
        if call.request.method == "POST" and call.request.content_type != (
            "application/json"
        ):
            return _http(415, "Unsupported Media Type")
        if call.account and self._too_fast(call.account.key):
            return dialect.too_fast()
        if endpoint.needs_token and (code := self._token_problem(call, dialect)):
            return dialect.refuse(code)
        if call.account is None:
            return dialect.refuse(dialect.codes.unknown_key)
        for fault in call.faults:
            if refuse := effects.REFUSE.get(fault.kind):
                if answer := refuse(fault, dialect, call.account):
                    return answer
        return await self._handle(call, call.account, dialect, endpoint, placeholders)

    def _too_fast(self, key: str) -> bool:
        """Count a call; only calls let through count against the next ones."""
        if self.rate_limit is None:
            return False
        recent = self._recent.setdefault(key, deque())
        now = _clock()
        while recent and now - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= self.rate_limit:
            return True
        recent.append(now)
        return False

    def _token_problem(self, call: _Call, dialect: Dialect) -> str | None:
        token = call.request.headers.get("Token")
        if not token:
            return dialect.codes.no_token
        if call.account is None or token not in call.account.tokens:
            return dialect.codes.unknown_token
        if self._services.clock.now() >= call.account.tokens[token]:
            return dialect.codes.expired_token
        return None

    async def _handle(
        self,
        call: _Call,
        account: Account,
        dialect: Dialect,
        endpoint: Endpoint,
        placeholders: dict[str, str],
    ) -> Answer:
        body = {} if call.raw.strip() == b"" else call.body
        if body is _BAD:
            return dialect.refuse(dialect.codes.bad_json)
        if not isinstance(body, dict):
            return dialect.refuse(dialect.codes.not_an_object)
        account.world.settle()
        try:
            fields = _read(endpoint.body, body, call.faults)
            request = Request(account, self._services, fields, placeholders)
            data = endpoint.handler(request)
            if inspect.isawaitable(data):
                data = await data
        except Mistake as mistake:
            return dialect.mistaken(mistake)
        except Refusal as refusal:
            return dialect.refuse(refusal.code)
        answer = dialect.success(data)
        for fault in call.faults:
            asked = endpoint.body.read("", body)
            answer = Answer(effects.changed(fault, answer.body, asked))
        return answer

    async def _send(self, call: _Call, answer: Answer) -> web.StreamResponse:
        payload = json.dumps(answer.body, ensure_ascii=False).encode()
        for fault in call.faults:
            if send := effects.SEND.get(fault.kind):
                return await send(call.request, payload)
        return web.Response(
            body=payload,
            status=answer.status,
            content_type="application/json",
            headers=effects.headers(call.faults),
        )

    def _note(self, call: _Call) -> None:
        self.record.add(
            Entry(
                tick=call.tick,
                at=self._services.clock.now(),
                method=call.request.method,
                path=call.request.path,
                key=call.account.key if call.account else None,
                body=_without_secrets(call.body),
                status=call.status,
                code=call.code,
                seconds=_clock() - call.tick,
                fault=", ".join(fault.kind for fault in call.faults) or None,
            )
        )


_BAD = object()


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return _BAD


def _read(shape: Group, body: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    fields: dict[str, Any] = shape.read("body", body)
    for fault in faults:
        if ask := effects.ASK.get(fault.kind):
            fields = ask(fields)
    return fields


def _http(status: int, text: str) -> Answer:
    """Answer below the contract, as a gateway does."""
    return Answer({"status": status, "error": text}, status)


def _without_secrets(body: Any) -> Any:
    if body is _BAD:
        return None
    if not isinstance(body, dict):
        return body
    return {key: "***" if key in SECRETS else one for key, one in body.items()}
