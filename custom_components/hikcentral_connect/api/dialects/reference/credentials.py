"""What persons of the reference are recognised by ("Person Management Services")."""

from ... import checks
from ...call import Call, Kind, nothing
from ...errors import FieldInvalid
from ...models.people import PHOTO_AT_MOST, Photo


def set_photo(person_id: str, photo: Photo) -> Call[None]:
    """Set the face picture ("Upload Person Photo").

    The 200 KB count in base64 here, and the picture has 640 x 480 points or more.
    Raises `PhotoRefused`, `NotFound`.
    """
    return Call(
        "person/v1/persons/photo",
        nothing,
        {
            "personId": checks.text("person_id", person_id, 64),
            "photoBase64": encoded(photo),
        },
        Kind.WRITE,
    )


def encoded(photo: Photo) -> str:
    """Return a face picture in base64, if that is not too long."""
    text = photo.base64
    if len(text) > PHOTO_AT_MOST:
        raise FieldInvalid("photo", "must have at most 200 KB in base64")
    return text
