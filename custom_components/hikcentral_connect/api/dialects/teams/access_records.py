"""Access records of teams (guide section 2.6)."""

from typing import Final

from ... import checks
from ...call import Call, Page, page_reader, without_empty
from ...errors import FieldInvalid
from ...models.access import AccessRecord, RecordSearch
from ...row import JsonObject, Row
from .. import ids

RECORDS_AT_MOST: Final = 200
_AUTH_RESULT: Final = {None: 0, True: 1, False: 2}


def records(page: int, search: RecordSearch) -> Call[Page[AccessRecord]]:
    """List who tried to pass which door, 200 to a page (section 2.6)."""
    begin, end = checks.iso("starts", search.starts), checks.iso("ends", search.ends)
    checks.order("ends", search.starts, search.ends)
    return Call(
        "acs/v1/event/certificaterecords/search",
        page_reader(
            _read_record, "recordList", "list", size=RECORDS_AT_MOST, total="totalNum"
        ),
        {
            "pageIndex": page,
            "pageSize": RECORDS_AT_MOST,
            "searchCriteria": {
                "beginTime": begin,
                "endTime": end,
                "type": int(search.clock),
                **_criteria(search),
            },
        },
    )


def _criteria(search: RecordSearch) -> JsonObject:
    persons = without_empty(
        personIds=_joined("person_ids", search.person_ids),
        personName=search.person_name,
    )
    if len(persons) > 1:
        raise FieldInvalid("person_name", "cannot be combined with person_ids")
    if persons and search.card_number:
        raise FieldInvalid("card_number", "cannot be combined with persons")
    for field in ("temperature", "mask"):
        if (value := getattr(search, field)) is not None:
            checks.within(field, value, 0, 3)
    return without_empty(
        swipeAuthResult=_AUTH_RESULT[search.granted],
        searchType=1 if search.card_number else 0,
        temperatureStatus=search.temperature,
        maskStatus=search.mask,
        eventTypes=_joined("event_types", search.event_types),
        elementIDs=_joined("door_ids", search.door_ids),
        cardNumber=search.card_number,
        personCondition=persons or None,
    )


def _joined(field: str, values: tuple[str, ...]) -> str | None:
    return ",".join(ids.some_plain(field, values)) if values else None


def _read_record(row: Row) -> AccessRecord:
    person = row.row("personInfo")
    base = person.row("baseInfo")
    names = (base.text_or_none("firstName"), base.text_or_none("lastName"))
    return AccessRecord(
        id=row.text("recordGuid", "id"),
        event_type=row.text_or_none("eventType"),
        granted=row.flag_or_none("swipeAuthResult"),
        occurred=row.moment_or_none("occurTime"),
        device_time=row.moment_or_none("deviceTime"),
        recorded=row.moment_or_none("recordTime"),
        door_id=row.text_or_none("elementId"),
        door_name=row.text_or_none("elementName"),
        element_type=row.text_or_none("elementType"),
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        device_id=row.text_or_none("deviceId"),
        device_name=row.text_or_none("deviceName"),
        reader_id=row.text_or_none("cardReaderId"),
        reader_name=row.text_or_none("cardReaderName"),
        person_id=person.text_or_none("id"),
        person_name=" ".join(filter(None, names)) or None,
        person_code=base.text_or_none("personCode"),
        group_path=base.text_or_none("fullPath"),
        card_number=row.text_or_none("cardNumber"),
        serial=row.integer_or_none("devSerialNo"),
        direction_code=row.text_or_none("direction"),
        clocking_code=row.text_or_none("attendanceStatus"),
        pictures=tuple(
            row.list_or_empty(lambda one: one.text("snapPicUrl"), "acsSnapPicList")
        ),
    )
