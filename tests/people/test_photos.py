"""Photos: from wherever they are, checked, and of the size that a terminal wants."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
import pytest

from homeassistant.exceptions import ServiceValidationError

from ..common import call
from ..conftest import Running
from .conftest import as_base64, make_photo, somebody


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(make_photo(), id="small"),
        pytest.param(make_photo(kind="PNG"), id="png"),
        pytest.param(make_photo(kind="WEBP"), id="webp"),
        pytest.param(make_photo(1400, 1000, noise=True), id="large"),
    ],
)
async def test_photo_from_base64(running: Running, picture: bytes) -> None:
    """A photo of any size arrives as a JPEG within both contracts' limits."""
    person = somebody(running)
    response = await call(
        running, "set_person_photo", person_id=person.id, photo=as_base64(picture)
    )
    stored = running.account.world.people[person.id].photo
    assert response["bytes"] == len(stored) <= 150 * 1024
    image = Image.open(BytesIO(stored))
    assert image.format == "JPEG"
    assert min(image.size) >= 480 and max(image.size) >= 640


async def test_photo_upright(running: Running) -> None:
    """A photo that a phone took on its side is turned upright."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (800, 600), "teal").save(out, "JPEG", exif=exif)
    person = somebody(running)
    await call(
        running,
        "set_person_photo",
        person_id=person.id,
        photo=as_base64(out.getvalue()),
    )
    photo = running.account.world.people[person.id].photo
    assert Image.open(BytesIO(photo)).size == (600, 800)


async def test_photo_from_file(running: Running, tmp_path: Path) -> None:
    """A file is read from a folder that the owner allowed, and from no other."""
    file = tmp_path / "face.jpg"
    file.write_bytes(make_photo())
    person = somebody(running)
    running.sim.record.clear()
    data = {"person_id": person.id, "photo_file": str(file)}

    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "set_person_photo", **data)
    assert "“photo_file” is outside the folders" in str(failure.value)
    running.hass.config.allowlist_external_dirs = {str(tmp_path)}
    with pytest.raises(ServiceValidationError) as failure:
        await call(
            running, "set_person_photo", **data | {"photo_file": f"{file}.missing"}
        )
    assert "“photo_file” cannot be read" in str(failure.value)
    assert len(running.sim.record) == 0

    await call(running, "set_person_photo", **data)
    assert running.account.world.people[person.id].photo


async def test_photo_from_a_camera(running: Running) -> None:
    """A camera's present picture serves as photo."""
    person = somebody(running)
    before = person.photo
    await call(
        running,
        "set_person_photo",
        person_id=person.id,
        photo_camera="camera.entrance_driveway",
    )
    photo = running.account.world.people[person.id].photo
    assert photo != before
    assert Image.open(BytesIO(photo)).format == "JPEG"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"photo": "%%%"}, "“photo” is not base64", id="no base64"),
        pytest.param(
            {"photo": as_base64(b"Dear diary, today I am no picture.")},
            "“photo” is not a JPEG, PNG or WebP picture",
            id="no picture",
        ),
        pytest.param(
            {"photo": as_base64(make_photo()[:3000])},
            "“photo” is not a JPEG, PNG or WebP picture",
            id="torn",
        ),
        pytest.param(
            {"photo": as_base64(bytes(5 * 1024 * 1024))},
            "“photo” must have at most 4 MB",
            id="5 MB",
        ),
        pytest.param(
            {"photo": as_base64(make_photo(320, 240))},
            "“photo” must have 640 x 480 pixels or more",
            id="tiny",
        ),
        pytest.param({}, "“photo” must be given in one way", id="none"),
        pytest.param(
            {"photo": as_base64(make_photo()), "photo_file": "/x.jpg"},
            "“photo” must be given in one way",
            id="two",
        ),
    ],
)
async def test_bad_photo(running: Running, data: dict[str, Any], said: str) -> None:
    """Each mistake has its own message, and nothing is sent."""
    running.sim.record.clear()
    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "set_person_photo", person_id=somebody(running).id, **data)
    assert said in str(failure.value)
    assert len(running.sim.record) == 0


async def test_5_mb_file(running: Running, tmp_path: Path) -> None:
    """A file that is too large is not even read."""
    file = tmp_path / "face.jpg"
    file.write_bytes(bytes(5 * 1024 * 1024))
    running.hass.config.allowlist_external_dirs = {str(tmp_path)}
    with pytest.raises(ServiceValidationError) as failure:
        await call(running, "set_person_photo", person_id="1", photo_file=str(file))
    assert "must have at most 4 MB" in str(failure.value)
