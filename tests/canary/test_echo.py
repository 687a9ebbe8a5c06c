"""A service that repeats in its errors what it was sent: nothing of it is told on."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
from aiohttp import web
import orjson
import pytest
from yarl import URL

from custom_components.hikcentral_connect.api import Client
from custom_components.hikcentral_connect.api.errors import ServiceRefused
from custom_components.hikcentral_connect.api.hiding import HIDDEN, without_secrets
from custom_components.hikcentral_connect.api.session import Account
from custom_components.hikcentral_connect.video.ezopen.address import read_answer
from tests.contract.example import LOGIN, ROOT, TOKEN, Example

from .plant import CODE

KEY, SECRET = "QxAppKeyCanary", "QxSecretKeyCanary"


class Echo(Example):
    """Refuses everything, and says why at length."""

    refuses_login = False

    async def _serve(self, request: web.Request) -> web.Response:
        if request.raw_path == ROOT + LOGIN and not self.refuses_login:
            return await super()._serve(request)
        said = f"no: {request.headers.get('Token')} {await request.text()}"
        answer = {"errorCode": "OPEN000010", "message": said}
        return web.Response(body=orjson.dumps(answer), content_type="application/json")


@pytest.fixture
async def echo(socket_enabled: None) -> AsyncGenerator[Echo]:
    """Run the service."""
    async with Echo() as service:
        yield service


async def _told(service: Echo) -> str:
    async with aiohttp.ClientSession() as http:
        client = Client(http, Account(URL(service.url), KEY, SECRET))
        with pytest.raises(ServiceRefused) as refusal:
            await client.video.live_address("camera", "serial", code=CODE)
    return f"{refusal.value!r} {refusal.value.text}"


async def test_token_and_code(echo: Echo) -> None:
    """The rest of the text stays: it may tell the owner what to do."""
    told = await _told(echo)
    assert "no:" in told
    assert HIDDEN in told
    assert not [one for one in (TOKEN, CODE, KEY, SECRET) if one in told]


async def test_keys(echo: Echo) -> None:
    """A login that is refused shows neither of the keys."""
    echo.refuses_login = True
    told = await _told(echo)
    assert HIDDEN in told
    assert not [one for one in (KEY, SECRET) if one in told]


def test_streaming_token() -> None:
    """Neither do the servers of streams tell the token that opens every camera."""
    answer = {"code": "49999", "msg": "at.abcdef has expired"}
    with pytest.raises(ServiceRefused, match=r"\*\*\* has expired"):
        read_answer(answer, "at.abcdef")


@pytest.mark.parametrize(
    ("text", "sent", "told"),
    [
        ("pin 123456 is weak", {"person": {"pinCode": "123456"}}, "pin *** is weak"),
        ("secret1 secret", {"a": [{"password": "secret"}]}, "***1 ***"),
        ("code 1 of 1", {"code": "1"}, "code 1 of 1"),
        ("Ann exists", {"name": "Ann exists"}, "Ann exists"),
        ("nothing", None, "nothing"),
    ],
)
def test_what_is_hidden(text: str, sent: Any, told: str) -> None:
    """Whole secrets, wherever they were sent; nothing else."""
    assert without_secrets(text, sent) == told
