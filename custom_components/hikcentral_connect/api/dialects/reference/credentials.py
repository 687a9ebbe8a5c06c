"""What persons of the reference are recognised by ("Person Management Services")."""

from ... import checks
from ...call import Call, Kind, nothing
from ...models.people import Photo


def set_photo(person_id: str, photo: Photo) -> Call[None]:
    """Set the face picture ("Upload Person Photo"). Raises `PhotoRefused`, `NotFound`."""
    return Call(
        "person/v1/persons/photo",
        nothing,
        {
            "personId": checks.text("person_id", person_id, 64),
            "photoBase64": photo.base64,
        },
        Kind.WRITE,
    )
