"""Live: what persons are recognised by."""

from io import BytesIO

from PIL import Image
import pytest

from custom_components.hikcentral_connect.api.errors import (
    AlreadyExists,
    NotFound,
    NotSupported,
    PhotoRefused,
)
from custom_components.hikcentral_connect.api.models.access import Failure
from custom_components.hikcentral_connect.api.models.people import (
    Card,
    Fingerprint,
    Photo,
)

from .live import TEAMS, Stage, first, live, named, picture


@live("Credentials.set_photo")
async def test_set_photo(stage: Stage) -> None:
    """A face is kept; the reference wants 640 x 480, and both a person."""
    ada, service = first(stage.world.people), stage.client.credentials
    await service.set_photo(ada.id, Photo(picture()))
    assert stage.world.people[ada.id].photo == picture()
    with pytest.raises(NotFound):
        await service.set_photo("77", Photo(picture()))
    small = picture(320, 240)
    if await stage.client.dialect() is TEAMS:
        await service.set_photo(ada.id, Photo(small))
        assert stage.world.people[ada.id].photo == small
        return
    with pytest.raises(PhotoRefused) as refused:
        await service.set_photo(ada.id, Photo(small))
    assert refused.value.code == "0x6001"


@live("Credentials.set_cards")
async def test_set_cards(stage: Stage) -> None:
    """Cards are changed, added and taken away; a card belongs to one person."""
    ada, ben = list(stage.world.people.values())[:2]
    set_cards, everybody = stage.client.credentials.set_cards, stage.world.people
    old = ada.cards[0]
    await set_cards(ada.id, (Card("4711", old.id), Card("4712")))
    changed, new = everybody[ada.id].cards
    assert (changed.id, changed.number, new.number) == (old.id, "4711", "4712")
    taken, fine = Card(ben.card), Card("4713")
    failed = await set_cards(ada.id, (taken, fine))
    assert failed == (Failure("card", "CCF038034", name=ben.card),)
    assert [one.number for one in everybody[ada.id].cards] == ["4713"]
    with pytest.raises(AlreadyExists):
        await set_cards(ada.id, (taken,))
    await set_cards(ada.id, ())
    assert everybody[ada.id].cards == ()


@live("Credentials.set_fingerprints")
async def test_set_fingerprints(stage: Stage) -> None:
    """Fingerprints are added, changed and taken away."""
    ada, everybody = first(stage.world.people), stage.world.people
    service = stage.client.credentials
    await service.set_fingerprints(ada.id, (Fingerprint("thumb", "AB12"),))
    (finger,) = everybody[ada.id].fingers
    assert (finger.name, finger.data) == ("thumb", "AB12")
    changed = Fingerprint("index", "CD34", finger.id)
    await service.set_fingerprints(ada.id, (changed,))
    (finger,) = everybody[ada.id].fingers
    assert (finger.id, finger.name, finger.data) == (changed.id, "index", "CD34")
    unknown = Fingerprint("thumb", "EF56", "77")
    failed = await service.set_fingerprints(ada.id, (changed, unknown))
    assert [(one.part, one.code) for one in failed] == [("fingerprint", "CCF038042")]
    await service.set_fingerprints(ada.id, ())
    assert everybody[ada.id].fingers == ()


@live("Credentials.set_pin")
async def test_set_pin(stage: Stage) -> None:
    """A PIN belongs to one person until it is taken away."""
    ada, ben = tuple(stage.world.people)[:2]
    service = stage.client.credentials
    await service.set_pin(ada, "2468")
    assert stage.world.people[ada].pin == "2468"
    with pytest.raises(AlreadyExists):
        await service.set_pin(ben, "2468")
    await service.set_pin(ada, None)
    assert stage.world.people[ada].pin == ""


@live("Credentials.qr_code")
async def test_qr_code(stage: Stage) -> None:
    """The code is a picture."""
    ada = first(stage.world.people)
    picture = await stage.client.credentials.qr_code(ada.id, stage.now)
    assert Image.open(BytesIO(picture)).format == "PNG"


@live("Credentials.collect_card", "Credentials.set_cards")
async def test_collect_card(stage: Stage) -> None:
    """A card that a terminal read can be given to somebody; a recorder reads none."""
    ada, service = first(stage.world.people), stage.client.credentials
    terminal = named(stage.world.devices, "Access terminal")
    number = await service.collect_card(terminal.serial)
    await service.set_cards(ada.id, (Card(number),))
    assert stage.world.people[ada.id].card == number
    recorder = named(stage.world.devices, "House recorder")
    with pytest.raises(NotSupported):
        await service.collect_card(recorder.serial)


@live("Credentials.collect_fingerprint", "Credentials.set_fingerprints")
async def test_collect_fingerprint(stage: Stage) -> None:
    """A finger that a terminal read can be given to somebody."""
    ada, service = first(stage.world.people), stage.client.credentials
    terminal = named(stage.world.devices, "Access terminal")
    sample = await service.collect_fingerprint(terminal.serial)
    assert sample.quality == 95
    await service.set_fingerprints(ada.id, (Fingerprint("thumb", sample.data),))
    assert stage.world.people[ada.id].fingers[0].data == sample.data
