"""Live: raw messages, polled and pushed."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl
from typing import Any

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
import pytest

from custom_components.hikcentral_connect.api.errors import InvalidRequest, QueueLost
from custom_components.hikcentral_connect.api.models.events import (
    AccessEvent,
    AccessMethod,
    Position,
    Ring,
    RingDoor,
    RingState,
)
from custom_components.hikcentral_connect.api.models.webhook import Webhook
from simulator.webhook import sign
from simulator.world.events import Method

from .live import TEAMS, Stage, first, live, named


@live("Messages.subscribe", "Messages.messages", "Messages.acknowledge")
async def test_queue(stage: Stage) -> None:
    """Somebody enters, somebody unknown tries, somebody rings; then nothing waits."""
    service, happen = stage.client.messages, stage.account.happen
    door, person = first(stage.world.doors), first(stage.world.people)
    subscription = await service.subscribe(())
    happen.access(door.id, person, method=Method.FACE)
    happen.access(door.id, method=Method.CARD)
    call = happen.ring(door.device.id, room=102)
    batch = await service.messages(subscription)
    granted, denied, ring = batch.messages
    assert isinstance(granted, AccessEvent)
    assert (granted.granted, granted.method) == (True, AccessMethod.FACE)
    assert (granted.door_id, granted.door_name) == (door.id, door.name)
    assert (granted.person_id, granted.person_name) == (person.id, person.name)
    assert granted.device_serial == door.device.serial
    assert abs(granted.occurred - stage.now) < timedelta(seconds=5)
    assert isinstance(denied, AccessEvent)
    assert (denied.granted, denied.person_id) == (False, None)
    assert isinstance(ring, Ring)
    assert (ring.state, ring.device_id) == (RingState.RINGING, door.device.id)
    assert ring.doors == (RingDoor(door.id, door.name),)
    if await stage.client.dialect() is TEAMS:
        assert (ring.call_id, ring.room) == (call, "102")
        assert ring.user_id == stage.account.user_id
    again = await service.messages(subscription)
    assert [one.id for one in again.messages] == [one.id for one in batch.messages]
    await service.acknowledge(subscription, batch.receipts)
    assert (await service.messages(subscription)).messages == []


@live("Messages.subscribe", "Messages.messages", only=TEAMS)
async def test_position(stage: Stage) -> None:
    """Only the type asked for comes: where the van is."""
    van = named(stage.world.fleet.vehicles, "Van")
    await stage.client.messages.subscribe(("Msg330001",))
    stage.account.happen.ring()
    stage.account.happen.locate(van.id)
    ((position,)) = (await stage.client.messages.messages("")).messages
    assert isinstance(position, Position)
    assert position.vehicle_id == van.id
    fix = van.fix(position.occurred)
    assert position.latitude == pytest.approx(fix.latitude, abs=0.01)
    assert position.longitude == pytest.approx(fix.longitude, abs=0.01)
    assert 0 <= position.direction < 360
    assert position.speed_limit == 80


@live("Messages.subscribe", "Messages.unsubscribe", "Messages.messages", only=TEAMS)
async def test_unsubscribe(stage: Stage) -> None:
    """Without a subscription there is no queue."""
    service = stage.client.messages
    await service.subscribe(())
    await service.unsubscribe()
    assert not stage.account.messages.subscribed
    with pytest.raises(QueueLost):
        await service.messages("")


class Callback:
    """An address of the owner's that knows a secret and keeps what is pushed."""

    def __init__(self, secret: str) -> None:
        """Nothing listens yet."""
        self.secret = secret
        self.url = ""
        self.pushed: list[Any] = []
        self.called = asyncio.Event()

    async def prove(self, request: web.Request) -> web.Response:
        """Sign, to show that the secret is known."""
        stamp = request.headers["X-Hook-Timestamp"]
        batch = request.headers["X-Hook-Batch-Id"]
        signature = sign(self.secret, stamp, batch)
        return web.Response(headers={"X-Hook-Signature": signature})

    async def take(self, request: web.Request) -> web.Response:
        """Keep what is pushed."""
        self.pushed += (await request.json())["list"]
        self.called.set()
        return web.Response(status=204)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the certificate of this machine, signed by itself, and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "callback")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "callback.pem"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(certificate.public_bytes(Encoding.PEM) + key.private_bytes(*form))
    return file


@pytest.fixture
async def callback(
    socket_enabled: None, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Callback]:
    """Listen at the owner's address, by HTTPS as the contract wants it."""
    callback, app = Callback("sesame1234"), web.Application()
    app.router.add_get("/hook", callback.prove)
    app.router.add_post("/hook", callback.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    # The cloud trusts the certificates that aiohttp does, and now this one.
    trust = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trust)
    callback.url = f"https://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield callback
    await runner.cleanup()


@live("Webhooks.save", "Webhooks.query", "Webhooks.delete", "Messages.subscribe")
async def test_webhook(stage: Stage, callback: Callback) -> None:
    """Saved, it is told and pushes; deleted, it is neither."""
    service = stage.client.webhooks
    assert await service.query() is None
    await service.save(Webhook(callback.url, 2, 500, callback.secret))
    assert await service.query() == Webhook(callback.url, 2, 500)
    await stage.client.messages.subscribe(())
    stage.account.happen.ring()
    async with asyncio.timeout(5):
        await callback.called.wait()
    assert callback.pushed[0]["basicInfo"]["eventType"] == "140001"
    await service.delete()
    assert await service.query() is None
    assert stage.account.webhook is None


@live("Webhooks.save", "Webhooks.query")
async def test_webhook_that_does_not_know_the_secret(
    stage: Stage, callback: Callback
) -> None:
    """It is refused."""
    with pytest.raises(InvalidRequest):
        await stage.client.webhooks.save(Webhook(callback.url, secret="another1"))
    assert await stage.client.webhooks.query() is None
