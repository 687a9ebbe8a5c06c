"""The reader of raw messages of teams (guide sections 2.4, 2.8 and 3)."""

from typing import Any, Final

from ...errors import BadAnswer
from ...models.access import Direction
from ...models.events import (
    AccessEvent,
    Message,
    Other,
    Position,
    Ring,
    RingDoor,
    RingState,
)
from ...models.messages import MessagePicture, content_id
from ...row import Row
from .access_codes import DURESS, granted_by, method_of

GPS: Final = "330001"
CM_PER_KM: Final = 100_000

_RING_STATES: Final = {
    "0": RingState.RINGING,
    "1": RingState.ANSWERED_ELSEWHERE,
    "2": RingState.HUNG_UP,
    "3": RingState.CANCELLED,
}


def read_message(row: Row) -> Message:
    """Read a raw message, polled or pushed.

    What cannot be understood becomes `Other` and is noted, so that it still reaches
    whoever listens to all messages. Raises `BadAnswer` for what is no object at all.
    """
    fields = row.fields
    try:
        return _read(row)
    except BadAnswer as err:
        row.skipped.append(f"raw message: {err}")
        return Other(id=content_id(fields), event_type="unknown")


def _read(row: Row) -> Message:
    data = row.row("data")
    if (event := data.row("openDoorInfo").row("event")).fields:
        return _read_access(row, event)
    if (talk := data.row("deviceTalkInfo")).fields:
        return _read_ring(row, talk)
    vehicle = data.row("vehicleRelatedInfo")
    if _code(row) == GPS and vehicle.row("gpsInfo").fields:
        return _read_position(row, vehicle)
    return _read_other(row)


def _code(row: Row) -> str:
    code = row.row("basicInfo").text_or_none("msgType", "eventType") or "unknown"
    return code.removeprefix("Msg").strip()


def _common(row: Row) -> dict[str, Any]:
    basic = row.row("basicInfo")
    device = basic.row("device")
    return {
        "event_type": _code(row),
        "occurred": basic.moment_or_none("occurrenceTime"),
        "device_id": device.text_or_none("id"),
        "device_serial": device.text_or_none("deviceSerial"),
        "device_name": device.text_or_none("name"),
        "area_name": basic.row("resource").text_or_none("areaName"),
    }


def _read_access(row: Row, event: Row) -> AccessEvent:
    """Read an access; its device is told twice, and the inner one is fuller."""
    about = event.row("basicInfo")
    person = event.row("intelliInfo")
    common = _common(row)
    code = about.text_or_none("eventType") or common["event_type"]
    result = person.flag_or_none("authResult")
    names = (person.text_or_none("firstName"), person.text_or_none("lastName"))
    person_id = person.text_or_none("personId")
    card = person.text_or_none("cardNumber")
    common |= {
        "event_type": code,
        "occurred": about.moment_or_none("occurTime") or common["occurred"],
        "device_id": about.text_or_none("deviceId") or common["device_id"],
        "device_serial": about.text_or_none("deviceSerial") or common["device_serial"],
        "device_name": about.text_or_none("deviceName") or common["device_name"],
        "area_name": about.text_or_none("areaName") or common["area_name"],
        "live": about.flag_or_none("currentEvent") is not False,
    }
    return AccessEvent(
        # Without the addresses of pictures, which are signed anew each time.
        id=row.text_or_none("uuid") or content_id([about.fields, person_id, card]),
        door_id=about.text_or_none("elementId"),
        door_name=about.text_or_none("elementName"),
        granted=granted_by(code) if result is None else result,
        method=method_of(code),
        duress=code == DURESS,
        element_type=about.text_or_none("elementType"),
        direction=Direction(about.text_or_none("direction") or ""),
        reader_id=about.text_or_none("cardReaderId"),
        serial=about.integer_or_none("serialNo"),
        person_id=person_id,
        person_name=" ".join(name for name in names if name) or None,
        card_number=card,
        person_picture=person.text_or_none("personPicUrl"),
        clocking_code=person.text_or_none("attendanceStatus"),
        **common,
    )


def _read_ring(row: Row, talk: Row) -> Ring:
    call = talk.text("msgId")
    step = talk.text("msgType")
    common = _common(row)
    common |= {
        "device_id": talk.text_or_none("deviceId") or common["device_id"],
        "device_serial": talk.text_or_none("deviceSerial") or common["device_serial"],
        "device_name": talk.text_or_none("deviceName") or common["device_name"],
    }
    return Ring(
        id=f"{call}-{step}",
        call_id=call,
        state=_RING_STATES.get(step, RingState.UNKNOWN),
        room=talk.text_or_none("roomNumber"),
        to_centre=talk.flag_or_none("callType") is True,
        user_id=talk.text_or_none("userId"),
        person_id=talk.text_or_none("personId"),
        doors=tuple(talk.list_or_empty(_read_door, "doorInfos")),
        **common,
    )


def _read_door(row: Row) -> RingDoor:
    return RingDoor(id=row.text("doorId"), name=row.text_or_none("doorName"))


def _read_position(row: Row, info: Row) -> Position:
    gps, vehicle = info.row("gpsInfo"), info.row("vehicleInfo")
    resource = row.row("basicInfo").row("resource")
    direction = gps.integer_or_none("direction")
    height = gps.number_or_none("height")
    return Position(
        id=row.text_or_none("uuid") or content_id(row.fields),
        latitude=_degrees(gps, "lat", "ns", "S", 90),
        longitude=_degrees(gps, "lng", "ew", "W", 180),
        speed=_kmh(gps, "speed"),
        direction=None if direction is None else direction % 360,
        height=None if height is None else height / 100,
        vehicle_id=vehicle.text_or_none("id") or resource.text_or_none("id"),
        vehicle_name=vehicle.text_or_none("licensePlate", "licensePlateNo")
        or resource.text_or_none("name"),
        driver_name=vehicle.text_or_none("driverName"),
        speed_limit=_kmh(vehicle, "speedLimit"),
        **_common(row),
    )


def _degrees(gps: Row, key: str, side: str, negative: str, most: int) -> float:
    value = gps.number_or_none(key)
    if value is None or abs(value) > most:
        raise BadAnswer(f"{key} is no angle")
    if (gps.text_or_none(side) or "").upper() == negative:
        return -abs(value)
    return value


def _kmh(row: Row, key: str) -> float | None:
    speed = row.number_or_none(key)
    return None if speed is None else speed / CM_PER_KM


def _read_other(row: Row) -> Other:
    resource = row.row("basicInfo").row("resource")
    return Other(
        id=row.text_or_none("uuid") or content_id(row.fields),
        source_id=resource.text_or_none("id"),
        source_name=resource.text_or_none("name"),
        pictures=tuple(row.list_or_empty(_read_picture, "picture")),
        update=row.flag_or_none("update") is True,
        **_common(row),
    )


def _read_picture(row: Row) -> MessagePicture:
    url = row.text("url", "URL")
    return MessagePicture(url, encrypted="encrypt=" in url)
