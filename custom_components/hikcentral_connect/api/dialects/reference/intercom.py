"""Video intercom of the reference ("Video Intercom Services")."""

from ... import checks
from ...call import Call, Kind, Page, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.intercom import Building, NewResident, ResidentRequest
from ...row import Row
from .platform import PAGE_SIZE


def buildings(page: int) -> Call[Page[Building]]:
    """List the buildings ("Get Buildings")."""
    return Call(
        "visp/v1/buildings/get",
        page_reader(_read_building, "list", size=PAGE_SIZE, total="total"),
        {"pageNo": page, "pageSize": PAGE_SIZE},
    )


def add_building(name: str, number: str, address: str | None = None) -> Call[str]:
    """Enter a building and return its id ("Add Building"). Raises `AlreadyExists`."""
    return Call(
        "visp/v1/buildings/add",
        lambda answer: answer.text("buildingId"),
        without_empty(
            buildingName=checks.text("name", name, 64),
            buildingNo=checks.text("number", number, 64),
            address=address,
        ),
        Kind.WRITE,
    )


def add_resident(request: ResidentRequest) -> Call[NewResident]:
    """Enter a resident ("Add Resident"). Raises `NotFound` for the building."""
    name = f"{request.first_name} {request.last_name}"
    return Call(
        "visp/v1/residents/add",
        lambda answer: NewResident(answer.text("residentId")),
        {
            "residentName": checks.text("first_name", name, 128),
            "phoneNo": _required("phone", request.phone),
            "buildingId": _required("building_id", request.building_id),
            "roomNo": _required("room_number", request.room_number),
        },
        Kind.WRITE,
    )


def _required(field: str, value: str | None) -> str:
    if value is None:
        raise FieldInvalid(field, "is required by this service")
    return checks.text(field, value, 64)


def _read_building(row: Row) -> Building:
    identity = row.text("buildingId", "id")
    return Building(
        id=identity,
        name=row.text_or_none("buildingName", "name") or identity,
        number=row.text_or_none("buildingNo"),
        address=row.text_or_none("address"),
    )
