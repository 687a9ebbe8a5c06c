"""Captured pictures: real JPEG, encrypted as devices do, gone after a while."""

from datetime import UTC, datetime
import hashlib
from io import BytesIO
import time

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PIL import Image, ImageChops
import pytest

from simulator import Simulator
from simulator.pictures import draw
from simulator.world.places import Camera

from .conftest import Api

CAPTURE = "resource/v1/device/capturePic"
THUMBNAIL = "resource/v1/areas/cameras/thumbnail/get"


def camera(sim: Simulator, dialect: str, name: str) -> Camera:
    """Return a camera by its name."""
    cameras = sim.account(dialect).world.cameras.values()
    return next(one for one in cameras if one.name == name)


def decrypt(raw: bytes, code: str) -> bytes:
    """Decrypt by guide.md 2.5, written apart from the simulator's encryption."""
    assert raw[:16] == b"hikencodepicture"
    once = hashlib.md5(code.encode()).hexdigest()
    assert raw[16:48].decode() == hashlib.md5(once.encode()).hexdigest()
    key = code.encode() + bytes(16 - len(code))
    cipher = Cipher(algorithms.AES(key), modes.CBC(b"01234567" + bytes(8)))
    opened = cipher.decryptor().update(raw[48:])
    unpadder = padding.PKCS7(128).unpadder()
    return unpadder.update(opened) + unpadder.finalize()


async def test_teams_capture(sim: Simulator, teams: Api) -> None:
    """The guide's example, with the channel also as digits."""
    serial = camera(sim, "teams", "Terrace").device.serial
    for channel in (2, "2"):
        body = {"deviceSerial": serial, "channelNo": channel}
        data = await teams.data(CAPTURE, body)
        assert data["isEncrypted"] == 0
        image = Image.open(BytesIO(await teams.fetch(data["captureUrl"])))
        image.load()
        assert (image.format, image.size) == ("JPEG", (1280, 720))


async def test_reference_capture(sim: Simulator, reference: Api) -> None:
    """The channel defaults to 1 and only the URL is told."""
    serial = camera(sim, "reference", "Driveway").device.serial
    data = await reference.data(CAPTURE, {"deviceSerial": serial})
    assert data.keys() == {"captureUrl"}
    assert Image.open(BytesIO(await reference.fetch(data["captureUrl"]))).size
    assert await reference.code(
        CAPTURE, {"deviceSerial": serial, "channelNo": "1"}
    ) == ("0x1002")


async def test_encrypted_capture(sim: Simulator, teams: Api) -> None:
    """A device with a code gives a file that only the code opens."""
    pond = camera(sim, "teams", "Koi pond")
    body = {"deviceSerial": pond.device.serial, "channelNo": 1}
    data = await teams.data(CAPTURE, body)
    assert data["isEncrypted"] == 1
    raw = await teams.fetch(data["captureUrl"])
    jpeg = decrypt(raw, "ABCDEF")
    assert jpeg.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert Image.open(BytesIO(jpeg)).format == "JPEG"
    with pytest.raises(AssertionError):
        decrypt(raw, "QWERTY")


async def test_capture_refusals(sim: Simulator, teams: Api, reference: Api) -> None:
    """Offline, unknown device, unknown channel."""
    for api, dialect, offline, device, channel in (
        (teams, "teams", "OPEN000554", "OPEN000501", "OPEN000503"),
        (reference, "reference", "0x3004", "0x3001", "0x3001"),
    ):
        shed = camera(sim, dialect, "Shed").device.serial
        body: dict[str, object] = {"deviceSerial": shed, "channelNo": 1}
        assert await api.code(CAPTURE, body) == offline
        assert await api.code(CAPTURE, body | {"channelNo": 9}) == channel
        assert await api.code(CAPTURE, body | {"deviceSerial": "X"}) == device
    assert await teams.code(CAPTURE, {"deviceSerial": "X"}) == "OPEN000010"
    camera(sim, "teams", "Terrace").connected = False
    serial = camera(sim, "teams", "Terrace").device.serial
    body = {"deviceSerial": serial, "channelNo": 2}
    assert await teams.code(CAPTURE, body) == "OPEN000556"


async def test_picture_life(sim: Simulator, teams: Api) -> None:
    """A picture is served for 15 minutes under a name nobody can guess."""
    serial = camera(sim, "teams", "Driveway").device.serial
    body = {"deviceSerial": serial, "channelNo": 1}
    data = await teams.data(CAPTURE, body)
    other = await teams.data(CAPTURE, body)
    assert data["captureUrl"] != other["captureUrl"]
    sim.clock.shift(14 * 60)
    await teams.fetch(data["captureUrl"])
    assert teams.status == 200
    sim.clock.shift(2 * 60)
    await teams.fetch(data["captureUrl"])
    assert teams.status == 403
    await teams.fetch(f"{sim.url}/pictures/guess.jpeg")
    assert teams.status == 404


async def test_capture_takes_its_time(sim: Simulator, teams: Api) -> None:
    """A capture lasts as long as configured."""
    sim.services.capture_seconds = 0.3
    serial = camera(sim, "teams", "Driveway").device.serial
    start = time.perf_counter()
    await teams.data(CAPTURE, {"deviceSerial": serial, "channelNo": 1})
    assert time.perf_counter() - start >= 0.3


async def test_thumbnail(sim: Simulator, teams: Api) -> None:
    """The URL has the host twice, as documented; the last one counts."""
    pond, shed = camera(sim, "teams", "Koi pond"), camera(sim, "teams", "Shed")
    data = await teams.data(THUMBNAIL, {"cameraID": pond.id, "refresh": 1})
    assert data["isEncrypted"] == 1
    assert data["pictureURL"].count("http://") == 2
    url = "http://" + data["pictureURL"].rpartition("http://")[2]
    sim.clock.shift(23 * 3600)
    assert decrypt(await teams.fetch(url), "ABCDEF")
    assert await teams.code(THUMBNAIL, {"cameraID": shed.id, "refresh": 1}) == (
        "OPEN000554"
    )
    assert await teams.code(THUMBNAIL, {"cameraID": shed.id, "refresh": 0}) == "0"
    assert await teams.code(THUMBNAIL, {"cameraID": "no", "refresh": 0}) == (
        "OPEN000503"
    )
    assert await teams.code(THUMBNAIL, {"cameraID": pond.id, "refresh": 2}) == (
        "OPEN000010"
    )


def test_scene_moves_and_differs() -> None:
    """The same moment gives the same picture, another camera or moment another."""
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def picture(name: str, second: int) -> Image.Image:
        when = moment.replace(second=second)
        return Image.open(BytesIO(draw(name, when, size=(320, 180)))).convert("RGB")

    first = picture("Gate", 0)
    assert ImageChops.difference(first, picture("Gate", 0)).getbbox() is None
    assert ImageChops.difference(first, picture("Gate", 3)).getbbox()
    changed = ImageChops.difference(first, picture("Yard", 0)).convert("L").histogram()
    assert sum(changed[30:]) > 320 * 180 / 10
