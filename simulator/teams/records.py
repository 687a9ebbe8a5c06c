"""Who passed which door (guide 5.7.3).

Live servers answer a search with ``Z`` times by an empty list, and so does the
simulator: times want the local offset. What the guide leaves open: the newest record
comes first; personIds beside personName is refused; nobody's temperature or mask is
known, and attendanceStatus is undefined, as no device here has such keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from simulator.contract import (
    IsoTime,
    Json,
    Mistake,
    Problem,
    Refusal,
    Request,
    Text,
    Whole,
    group,
    may,
)
from simulator.world.accesses import AccessRecord
from simulator.world.events import Access, Method

from .api import api, number
from .events import DOOR_ELEMENT, access_code
from .people import photo_url

SNAP_LIFE = timedelta(hours=24)
BY_CARD = 1
UNKNOWN_MASK, UNKNOWN_TEMPERATURE = 1, 3


@dataclass(frozen=True, slots=True)
class LocalTime:
    """An ISO 8601 time; becomes an aware datetime, or "Z" if that is its zone."""

    def read(self, name: str, value: object) -> datetime | str:
        """Return the time."""
        moment = IsoTime().read(name, value)
        return "Z" if str(value).upper().endswith("Z") else moment


@dataclass(frozen=True, slots=True)
class Listed:
    """Texts in one, with commas between; becomes a set."""

    digits: bool = False

    def read(self, name: str, value: object) -> set[str]:
        """Return the texts."""
        found = {one.strip() for one in Text().read(name, value).split(",")} - {""}
        if self.digits and not all(one.isdigit() for one in found):
            raise Mistake(Problem.RANGE, name)
        return found


PERSON = group(may("personIds", Listed(), set()), may("personName", Text(), ""))
CRITERIA = group(
    may("beginTime", LocalTime()),
    may("endTime", LocalTime()),
    may("type", number(0, 2), 0),
    may("eventTypes", Listed(digits=True), set()),
    may("swipeAuthResult", number(0, 2), 0),
    may("elementIDs", Listed(), set()),
    may("searchType", number(0, 1), 0),
    may("personCondition", PERSON),
    may("cardNumber", Text(), ""),
    may("temperatureStatus", number(0, 3), 0),
    may("maskStatus", number(0, 3), 0),
)


@api.post(
    "acs/v1/event/certificaterecords/search",
    may("pageIndex", number(1), 1),
    may("pageSize", Whole(1, 200, digits=True, problem=Problem.PAGE_SIZE), 20),
    may("searchCriteria", CRITERIA),
)
def search(request: Request) -> Json:
    """List accesses, newest first."""
    body = request.body
    found = list(_found(request, body["searchCriteria"] or CRITERIA.read("", {})))
    found.reverse()
    index, size = body["pageIndex"], body["pageSize"]
    rows = found[(index - 1) * size : index * size]
    return {
        "totalNum": len(found),
        "pageIndex": index,
        "pageSize": size,
        "recordList": [record_row(request, one) for one in rows],
    }


def record_row(request: Request, record: AccessRecord) -> dict[str, Any]:
    """Return a RecordInfo (A.3.134)."""
    access = record.access
    door, zone = access.door, request.account.world.zone
    when = access.at.astimezone(zone).isoformat(timespec="seconds")
    pictures = _pictures(request, access)
    by_card = access.person and access.method is Method.CARD
    return {
        "recordGuid": record.id,
        "elementId": door.id,
        "elementName": door.name,
        "elementType": DOOR_ELEMENT,
        "areaId": door.area.id,
        "areaName": door.area.name,
        "deviceId": door.device.id,
        "deviceName": door.device.name,
        "acsSnapPicList": pictures,
        "cardReaderId": "",
        "cardReaderName": "",
        "occurTime": when,
        "deviceTime": when,
        "recordTime": when,
        "eventType": access_code(access),
        "swipeAuthResult": int(access.granted),
        "eventMainType": 0,
        "devSerialNo": access.number,
        "hasCameraSnapPic": int(bool(pictures)),
        "hasDevVideoRecord": 0,
        "cardNumber": access.person.card if access.person and by_card else "",
        "personInfo": _person_info(request, access),
        "masksStatus": UNKNOWN_MASK,
        "attendanceStatus": 0,
        "direction": 0,
    }


def _person_info(request: Request, access: Access) -> dict[str, Any]:
    """Return a PersonInfo(2) as of the moment of the access (A.3.126)."""
    if not (person := access.person):
        return {"id": "", "baseInfo": {}}
    people = request.account.world.people
    known = person.group in people.groups
    return {
        "id": person.id,
        "baseInfo": {
            "fullPath": people.path(person.group) if known else "",
            "firstName": person.first_name,
            "lastName": person.last_name,
            "personCode": person.code,
            "phoneNum": person.phone,
            "photoUrl": photo_url(request, person),
            "gender": person.gender,
            "email": person.email,
        },
    }


def _pictures(request: Request, access: Access) -> list[dict[str, Any]]:
    """Return what the camera of the door's device took, if it has one."""
    cameras = request.account.world.cameras.values()
    for camera in cameras:
        if camera.device is access.door.device:
            render = request.services.picture_at(camera, access.at)
            url = request.services.publish(render, "jpeg", SNAP_LIFE)
            return [{"snapPicUrl": url, "snapPicType": 0}]
    return []


def _found(request: Request, wanted: dict[str, Any]) -> Iterable[AccessRecord]:
    begin, end = wanted["beginTime"], wanted["endTime"]
    who = wanted["personCondition"] or PERSON.read("", {})
    if who["personIds"] and who["personName"]:
        raise Mistake(Problem.RANGE, "personName")
    if "Z" in (begin, end):
        return ()
    if begin and end and begin > end:
        raise Refusal("OPEN000030")
    if wanted["temperatureStatus"] not in (0, UNKNOWN_TEMPERATURE):
        return ()
    if wanted["maskStatus"] not in (0, UNKNOWN_MASK):
        return ()
    records = request.account.world.accesses.between(begin, end)
    return (one for one in records if _wanted(one.access, wanted, who))


def _wanted(access: Access, wanted: dict[str, Any], who: dict[str, Any]) -> bool:
    if wanted["eventTypes"] and str(access_code(access)) not in wanted["eventTypes"]:
        return False
    if wanted["swipeAuthResult"] and access.granted != (wanted["swipeAuthResult"] == 1):
        return False
    if wanted["elementIDs"] and access.door.id not in wanted["elementIDs"]:
        return False
    person = access.person
    if wanted["searchType"] == BY_CARD:
        cards = {one.number for one in person.cards} if person else set()
        by_card = access.method is Method.CARD and wanted["cardNumber"] in cards
        return by_card or not wanted["cardNumber"]
    if who["personIds"]:
        return person is not None and person.id in who["personIds"]
    if who["personName"]:
        return person is not None and who["personName"].lower() in person.name.lower()
    return True
