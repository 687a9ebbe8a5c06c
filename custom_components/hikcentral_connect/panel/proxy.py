"""What the player asks the maker's API, passed on without the player knowing the token.

The player runs in a sandboxed frame, which can neither log in nor send cookies: the
random id of its session in the path is its key.
"""

from collections.abc import Mapping
from http import HTTPStatus
import logging
from typing import Any, Final, override

import aiohttp
from aiohttp import web
import orjson
from yarl import URL

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import HomeAssistant
from homeassistant.helpers.http import (
    KEY_HASS,
    HomeAssistantView,
    request_handler_factory,
)

from ..api import Client
from ..api.body import read_at_most
from ..api.errors import BadAnswer, HikError, ServiceUnreachable
from ..api.hosts import may_hold_stream, read_url
from ..api.models.platform import StreamToken
from ..const import DOMAIN
from ..runtime import HikConfigEntry, HikRuntime
from . import vendor
from .sessions import PlayerSession

_LOGGER = logging.getLogger(__name__)

URL_BASE: Final = f"/api/{DOMAIN}/player"
REQUEST_AT_MOST: Final = 64 * 1024
ANSWER_AT_MOST: Final = 4 * 1024 * 1024
TIMEOUT: Final = aiohttp.ClientTimeout(total=20)

# "null" is the origin of every sandboxed frame.
CORS: Final = {
    "Access-Control-Allow-Origin": "null",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": (
        "accessToken, clientType, content-type, deviceSerial, localIndex, sdkVersion"
    ),
    "Access-Control-Max-Age": "600",
    "Cache-Control": "no-store",
}


class PlayerApiView(HomeAssistantView):
    """The maker's API as one session may see it."""

    url = f"{URL_BASE}/{{session_id}}/{{path:.*}}"
    name = f"api:{DOMAIN}:player"
    requires_auth = False  # the session is the key, and is checked in `_serve`

    @override
    def register(
        self, hass: HomeAssistant, app: web.Application, router: web.UrlDispatcher
    ) -> None:
        """Register without the owner's CORS rules: they leave no room for ours."""
        for method in ("options", "get", "post"):
            handler = request_handler_factory(hass, self, getattr(self, method))
            router.add_route(method, self.url, handler)

    async def options(
        self, request: web.Request, session_id: str, path: str
    ) -> web.Response:
        """Allow the player its headers; nothing is told about the session."""
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=CORS)

    async def get(
        self, request: web.Request, session_id: str, path: str
    ) -> web.Response:
        """Answer a call."""
        return await self._serve(request, session_id, f"/{path}")

    async def post(
        self, request: web.Request, session_id: str, path: str
    ) -> web.Response:
        """Answer a call."""
        return await self._serve(request, session_id, f"/{path}")

    async def _serve(
        self, request: web.Request, session_id: str, path: str
    ) -> web.Response:
        hass = request.app[KEY_HASS]
        found = find_session(hass, session_id)
        if found is None or not await _may_watch(hass, found[1]):
            return web.Response(status=HTTPStatus.NOT_FOUND, headers=CORS)
        runtime, session = found
        key = request.method, path
        if key not in vendor.CALLS:
            return self.json(vendor.nothing(path), headers=CORS)
        given = await _fields(request)
        try:
            answer = await _pass_on(runtime, session, key, given)
        except HikError as err:
            _LOGGER.debug("The player's call %s failed: %s", path, err)
            return self.json(vendor.failure(path, str(err)), headers=CORS)
        return self.json(answer, headers=CORS)


def find_session(
    hass: HomeAssistant, session_id: str
) -> tuple[HikRuntime, PlayerSession] | None:
    """Return a session and the account it belongs to; this counts as a use of it."""
    entries: list[HikConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    for entry in entries:
        runtime = entry.runtime_data
        if session := runtime.players.use(session_id):
            return runtime, session
    return None


async def _may_watch(hass: HomeAssistant, session: PlayerSession) -> bool:
    """Tell whether the user may still do what the session was opened for."""
    user = await hass.auth.async_get_user(session.user_id)
    if user is None or not user.is_active:
        return False
    return user.permissions.check_entity(session.entity_id, POLICY_READ)


async def _fields(request: web.Request) -> dict[str, str]:
    if (request.content_length or 0) > REQUEST_AT_MOST:
        raise web.HTTPRequestEntityTooLarge(REQUEST_AT_MOST, headers=CORS)
    form = await request.post()
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return {**request.query, **fields}


async def _pass_on(
    runtime: HikRuntime,
    session: PlayerSession,
    key: tuple[str, str],
    given: Mapping[str, str],
) -> Any:
    """Return the answer; a token that has died is replaced once."""
    client, tokens = runtime.client, runtime.live.tokens
    token = await tokens.get()
    answer = await _ask(client, session.target, key, given, token)
    if vendor.is_token_refused(answer):
        token = await tokens.get(refused=token)
        answer = await _ask(client, session.target, key, given, token)
    return vendor.incoming(key, session.target, answer)


async def _ask(
    client: Client,
    target: vendor.Target,
    key: tuple[str, str],
    given: Mapping[str, str],
    token: StreamToken,
) -> Any:
    method, path = key
    domain = token.domain
    try:
        url = read_url(domain if "://" in domain else f"https://{domain}")
    except ValueError:
        raise BadAnswer("the address of the streams is broken") from None
    if not may_hold_stream(url, client.session.account.url):
        raise BadAnswer(f"streams are said to come from a foreign host ({url.host})")
    out = vendor.outgoing(vendor.CALLS[key], target, token.app_token, given)
    try:
        async with client.session.http.request(
            method,
            url.join(URL(path)),
            params=out.query,
            data=out.form or None,
            headers=out.headers,
            allow_redirects=False,
            timeout=TIMEOUT,
        ) as response:
            return await _json(response, token)
    except (aiohttp.ClientError, TimeoutError) as err:
        raise ServiceUnreachable(f"{url.host} did not answer") from err


async def _json(response: aiohttp.ClientResponse, token: StreamToken) -> Any:
    if response.status != HTTPStatus.OK:
        raise ServiceUnreachable(f"HTTP {response.status}")
    content = await read_at_most(response, ANSWER_AT_MOST)
    if token.app_token.encode() in content:
        # It opens every camera, and the player must not even see it.
        raise BadAnswer("the answer repeats the token of the account")
    try:
        return orjson.loads(content)
    except ValueError as err:
        raise BadAnswer("the answer is not JSON") from err
