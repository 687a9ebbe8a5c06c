"""Number plates, barriers and people counted in teams (guide section 2.6, `bi/v1`)."""

from datetime import UTC, datetime, tzinfo
from typing import Final

from ... import checks
from ...call import Call, Kind, nothing, without_empty
from ...errors import BadAnswer
from ...models.traffic import (
    BarrierAction,
    FlowQuery,
    Passing,
    PassingPage,
    PassingQuery,
    PeopleCount,
    StoreFlow,
)
from ...row import JsonValue, Row, showable
from .. import ids, times

PAGE_SIZE: Final = 100
TEXT_AT_MOST: Final = 512
SPEED_AT_MOST: Final = 999
STORES_AT_MOST: Final = 16

_CONTROL_MODE: Final = {
    BarrierAction.OPEN: 1,
    BarrierAction.CLOSE: 2,
    BarrierAction.HOLD_OPEN: 3,
    BarrierAction.END_HOLD: 4,
}


def passings(query: PassingQuery) -> Call[PassingPage]:
    """Search vehicles that passed cameras, 100 to a page.

    The service wants 3 to 5 seconds between searches. Raises `InvalidRequest` for a
    span that it finds too long, `LimitReached` or `NotFound`.
    """
    checks.order("ends", query.starts, query.ends)
    cameras = query.camera_ids
    return Call(
        "bi/v1/anpr/passing/record/search",
        _read_passings,
        without_empty(
            allCamera=not cameras,
            cameraIdList=ids.some("camera_ids", cameras) if cameras else None,
            timeType=1 if query.device_time else 0,
            startTime=checks.iso("starts", query.starts),
            endTime=checks.iso("ends", query.ends),
            licensePlate=_text("plate", query.plate),
            personName=_text("person_name", query.person_name),
            # The service spells it so.
            vehileModel=list(query.models),
            brand=list(query.brands),
            color=query.color,
            speedRangeStart=_speed("speed_from", query.speed_from),
            speedRangeEnd=_speed("speed_to", query.speed_to),
            country=query.country,
            direction=None if query.direction is None else query.direction.value,
            pageSize=PAGE_SIZE,
            searchAfter=list(query.after),
        ),
    )


def control_barrier(camera_id: str, action: BarrierAction) -> Call[None]:
    """Command the barrier of one camera (section 2.6).

    Raises `NotFound`, `DeviceOffline`, `DeviceRefused` or `PermissionDenied`.
    """
    return Call(
        "bi/v1/anpr/barrierGate/control",
        nothing,
        {
            "cameraId": checks.text("camera_id", camera_id, 64),
            "controlMode": _CONTROL_MODE[action],
        },
        Kind.COMMAND,
    )


def people_flow(query: FlowQuery) -> Call[tuple[StoreFlow, ...]]:
    """Read how many people entered and left stores, by hour or by day.

    Times of the answer are in the zone of `query.starts`.
    """
    checks.order("ends", query.starts, query.ends)
    # A time without a zone is refused where it is written.
    zone = query.starts.tzinfo or UTC

    def read(row: Row) -> StoreFlow:
        return _read_flow(row, zone)

    return Call(
        "bi/v1/store/report/peopleflow",
        lambda answer: tuple(answer.list_or_empty(read, "storeDatas")),
        {
            "startTime": times.wall_clock("starts", query.starts),
            "endTime": times.wall_clock("ends", query.ends.astimezone(zone)),
            "storeAreaIds": ids.some(
                "store_area_ids", query.store_area_ids, STORES_AT_MOST
            ),
            "statisticType": query.interval.value,
            "resourceType": query.source.value,
            "timeType": 1 if query.upload_time else 0,
        },
    )


def _text(field: str, value: str | None) -> str | None:
    return checks.text(field, value, TEXT_AT_MOST) if value else None


def _speed(field: str, value: int | None) -> int | None:
    return None if value is None else checks.within(field, value, 1, SPEED_AT_MOST)


def _read_passings(answer: Row) -> PassingPage:
    after: JsonValue = answer.first("nextSearchAfter")
    return PassingPage(
        passings=tuple(answer.list_or_empty(_read_passing, "rows", "list")),
        total=answer.integer_or_none("total"),
        next=tuple(after) if isinstance(after, list) else (),
    )


def _read_passing(row: Row) -> Passing:
    return Passing(
        id=row.text("id"),
        plate=row.text_or_none("licensePlate"),
        time=_read_time(row),
        camera_id=row.text_or_none("cameraId"),
        camera_name=row.text_or_none("cameraName"),
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        direction_code=row.text_or_none("direction"),
        speed=row.number_or_none("speed"),
        model_code=row.text_or_none("vehileModel", "vehicleModel"),
        brand_code=row.text_or_none("brand"),
        color_code=row.text_or_none("carColor", "color"),
        country_code=row.text_or_none("country"),
        list_id=row.text_or_none("nameListId"),
        list_name=row.text_or_none("nameListName"),
        person_name=row.text_or_none("personName"),
        person_phone=row.text_or_none("personPhone"),
        vehicle_picture_url=row.text_or_none("carUrl"),
        plate_picture_url=row.text_or_none("licensePlateUrl"),
    )


def _read_time(row: Row) -> datetime | None:
    """Read when a vehicle passed; the one that says UTC may leave out the zone."""
    if moment := row.moment_or_none("dateTimeUTC"):
        return moment
    if row.first("dateTimeUTC") is not None:
        return _read_wall(row, "dateTimeUTC", UTC)
    return row.moment_or_none("dateTime")


def _read_flow(row: Row, zone: tzinfo) -> StoreFlow:
    def read(count: Row) -> PeopleCount:
        return _read_count(count, zone)

    return StoreFlow(
        store_area_id=row.text("storeAreaId"),
        camera_id=row.text_or_none("cameraId"),
        entrance_id=row.text_or_none("groupId"),
        counts=tuple(row.list_or_empty(read, "countingDatas")),
    )


def _read_count(row: Row, zone: tzinfo) -> PeopleCount:
    updated = row.text_or_none("updateTime")
    return PeopleCount(
        starts=_read_wall(row, "startTime", zone),
        ends=_read_wall(row, "endTime", zone),
        entered=row.integer_or_none("enterCount"),
        left=row.integer_or_none("exitCount"),
        passed=row.integer_or_none("passCount"),
        updated=_read_wall(row, "updateTime", zone) if updated else None,
    )


def _read_wall(row: Row, key: str, zone: tzinfo) -> datetime:
    """Read a time without a zone as the clock of `zone`."""
    try:
        moment = datetime.fromisoformat(row.text(key))
    except ValueError:
        raise BadAnswer(f"{key} is not a time") from None
    return showable(moment if moment.tzinfo else moment.replace(tzinfo=zone))
