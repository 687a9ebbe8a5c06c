"""Video intercom of teams (guide sections 2.6 and 2.7).

Buildings and rooms are made in the portal only.
"""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, page_reader, without_empty
from ...errors import FieldInvalid, error_for
from ...models.intercom import (
    Building,
    CallAction,
    FullRoom,
    Home,
    NewResident,
    Resident,
    ResidentHome,
    ResidentRequest,
    Room,
)
from ...row import JsonObject, Row
from .. import ids

PAGE_SIZE: Final = 64
"""Page size of the guide's own examples; it names no limit for these lists."""
LAST_YEAR: Final = 2037

_WHOLE_ACCOUNT: Final = "-1"


def buildings(page: int) -> Call[Page[Building]]:
    """List the buildings of all areas (section 2.7)."""
    criteria = {"areaId": _WHOLE_ACCOUNT, "isContainSubArea": 1}
    return Call(
        "vims/v1/build/search",
        page_reader(_read_building, "buildList", size=PAGE_SIZE, total="totalNum"),
        {"pageNum": page, "pageSize": PAGE_SIZE, "searchCriteria": criteria},
    )


def rooms(page: int, building_id: str | None = None) -> Call[Page[Room]]:
    """List the rooms of one building, or of all for None (section 2.7)."""
    criteria = _criteria(building_id)
    return Call(
        "vims/v1/room/search",
        page_reader(_read_room, "roomList", size=PAGE_SIZE, total="totalNum"),
        {"pageNum": page, "pageSize": PAGE_SIZE, "searchCriteria": criteria},
    )


def residents(page: int, building_id: str | None = None) -> Call[Page[Resident]]:
    """List the residents of one building, or of all for None (guide section 2.7).

    The maker's text calls the conditions `searchCriteria` in its table and
    `searchRequest`, the name of their type, in its example; the example is followed.
    """
    criteria = _criteria(building_id)
    return Call(
        "vims/v1/person/search",
        page_reader(_read_resident, "personList", size=PAGE_SIZE, total="totalNum"),
        {"pageNum": page, "pageSize": PAGE_SIZE, "searchRequest": criteria},
    )


def add_resident(request: ResidentRequest) -> Call[NewResident]:
    """Enter a resident, or make a person one (section 2.7).

    The access levels of the building are given by themselves; `access_levels` adds
    others. Rooms that are full are in the result; raises `LimitReached` when nobody was
    added because of them, `AlreadyExists` for the mail address or the room.
    """
    person = _person(request, request.person_id, request.person_code)
    body = _resident(request, person)
    if request.language is not None:
        body["language"] = request.language
    return Call("vims/v1/person/add", _read_new_resident, body, Kind.WRITE)


def update_resident(resident_id: str, request: ResidentRequest) -> Call[None]:
    """Replace what is known of a resident (section 2.7).

    `homes` must name every room of the resident: those left out are taken away. The
    code of a person never changes, so `person_code` is not sent.
    """
    person = _person(request, checks.text("resident_id", resident_id, 64), None)
    body = _resident(request, person)
    return Call("vims/v1/person/update", nothing, body, Kind.WRITE)


def delete_residents(resident_ids: tuple[str, ...]) -> Call[None]:
    """Take people out of their rooms; they stay persons (section 2.7)."""
    body = {"deleteList": ids.some("resident_ids", resident_ids)}
    return Call("vims/v1/person/delete", nothing, body, Kind.WRITE)


def respond(call_id: str, user_id: str, action: CallAction) -> Call[None]:
    """Answer, refuse or hang up a call from the door (section 2.6).

    `user_id` is the user who is called, as in the ring or the list of users. Raises
    `CallGone` when it was answered, cancelled or is unknown.
    """
    return Call(
        "devcall/v1/call/receive",
        nothing,
        {
            "recordId": checks.text("call_id", call_id, 64),
            "userId": checks.text("user_id", user_id, 64),
            "status": action.value,
        },
        Kind.COMMAND,
    )


def _criteria(building_id: str | None) -> JsonObject:
    return without_empty(areaId=_WHOLE_ACCOUNT, buildId=building_id, isContainSubArea=1)


def _resident(request: ResidentRequest, person: JsonObject) -> JsonObject:
    if not request.homes:
        raise FieldInvalid("homes", "must name at least one room")
    return without_empty(
        personBaseInfo=person,
        alIds=list(request.access_levels),
        roomList=[_home(home) for home in request.homes],
    )


def _person(
    request: ResidentRequest, person_id: str | None, person_code: str | None
) -> JsonObject:
    starts, ends = _validity(request)
    names = {
        "firstName": checks.text("first_name", request.first_name, 128),
        # The field must be there; whether it may be empty is not known.
        "lastName": checks.text("last_name", request.last_name, 128)
        if request.last_name
        else "",
    }
    if request.email is None:
        raise FieldInvalid("email", "is required by this service")
    return {
        **without_empty(id=person_id, personCode=person_code, groupId=request.group_id),
        **names,
        "gender": request.gender.value,
        **without_empty(
            phone=request.phone,
            email=checks.text("email", request.email, 64),
            description=request.description,
            startDate=checks.iso("starts", starts),
            endDate=checks.iso("ends", ends),
        ),
    }


def _validity(request: ResidentRequest) -> tuple[datetime, datetime]:
    if request.starts is None or request.ends is None:
        raise FieldInvalid("starts", "and ends are required by this service")
    checks.order("ends", request.starts, request.ends)
    if request.ends.year > LAST_YEAR:
        raise FieldInvalid("ends", f"must not be later than {LAST_YEAR}")
    return request.starts, request.ends


def _home(home: Home) -> JsonObject:
    return {
        "roomId": home.room_id,
        "buildId": home.building_id,
        "areaId": home.area_id,
        "accountType": int(home.householder),
    }


def _read_building(row: Row) -> Building:
    identity = row.text("buildId")
    devices = row.text_or_none("deviceNames") or ""
    return Building(
        id=identity,
        name=row.text_or_none("buildName") or identity,
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        rooms=row.integer_or_none("totalRoom"),
        residents=row.integer_or_none("totalPerson"),
        devices=tuple(name.strip() for name in devices.split(",") if name.strip()),
    )


def _read_room(row: Row) -> Room:
    return Room(
        id=row.text("roomId"),
        name=row.text_or_none("roomName"),
        number=row.text_or_none("roomNum"),
        building_id=row.text_or_none("buildId"),
        building_name=row.text_or_none("buildName"),
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        residents=row.integer_or_none("personAmount"),
        householder=row.text_or_none("mainAccount"),
        email=row.text_or_none("email"),
        phone=row.text_or_none("phone"),
    )


def _read_new_resident(answer: Row) -> NewResident:
    full = tuple(answer.list_or_empty(_read_full_room, "failedResultList"))
    identity = answer.text_or_none("personId")
    if identity is None and full:
        raise error_for(full[0].code)
    return NewResident(answer.text("personId"), full)


def _read_full_room(row: Row) -> FullRoom:
    return FullRoom(
        building_name=row.text_or_none("buildName"),
        number=row.text_or_none("roomNum"),
        name=row.text_or_none("roomName"),
        code=row.text("errorCode"),
    )


def _read_resident(row: Row) -> Resident:
    return Resident(
        id=row.text("personId"),
        first_name=row.text_or_none("firstName") or "",
        last_name=row.text_or_none("lastName") or "",
        phone=row.text_or_none("phone"),
        email=row.text_or_none("email"),
        expired=row.flag_or_none("isExpired") is True,
        homes=tuple(row.list_or_empty(_read_home, "roomList")),
    )


def _read_home(row: Row) -> ResidentHome:
    return ResidentHome(
        home=Home(
            room_id=row.text("roomId"),
            building_id=row.text("buildId"),
            area_id=row.text("areaId"),
            householder=row.flag_or_none("accountType") is True,
        ),
        room_number=row.text_or_none("roomNum"),
        room_name=row.text_or_none("roomName"),
        building_name=row.text_or_none("buildName"),
        area_name=row.text_or_none("areaName"),
    )
