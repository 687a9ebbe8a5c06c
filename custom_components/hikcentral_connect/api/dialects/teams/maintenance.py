"""Maintenance services of teams (guide section 2.2, last rows)."""

from datetime import datetime
from typing import Final

from ... import checks
from ...call import Call, Page, page_reader, without_empty
from ...models.maintenance import (
    Battery,
    DeviceHealth,
    Disks,
    Drive,
    OfflineQuery,
    OfflineResource,
    Trouble,
)
from ...row import Row
from .. import times

PAGE_SIZE: Final = 100
"""Largest page of both lists."""
ENCODERS: Final = 2001
"""The only category of devices whose health the service tells."""

_RECORDING_NORMAL: Final = {"0": True, "1": False}
_ASLEEP: Final = {"1": False, "2": True}


def offline(page: int, query: OfflineQuery) -> Call[Page[OfflineResource]]:
    """List what was offline in a span of time, 100 to a page (section 2.2)."""
    checks.order("ends", query.starts, query.ends)
    return Call(
        "maintain/v1/offline/info/list",
        page_reader(_read_offline, "rows", "list", size=PAGE_SIZE, total="total"),
        without_empty(
            areaId=query.area_id,
            startTime=_milliseconds("starts", query.starts),
            endTime=_milliseconds("ends", query.ends),
            orderBy=query.order.value,
            pageSize=PAGE_SIZE,
            page=page,
            queryType=1 if query.logical else 0,
        ),
    )


def devices(
    page: int,
    area_id: str | None = None,
    troubles: tuple[Trouble, ...] = (),
    text: str | None = None,
) -> Call[Page[DeviceHealth]]:
    """List the health of encoders, 100 to a page (section 2.2).

    The list is that of one area with those below it, or of the whole account; it is
    narrowed to devices in any of the `troubles`, or with `text` in their name, serial
    number, firmware or area.
    """
    return Call(
        "maintenance/v1/list/device/detail",
        # The guide's table and its example differ in the names; both are read.
        page_reader(_read_health, "devices", "rows", size=PAGE_SIZE, more="hasNext"),
        without_empty(
            page=page,
            pageSize=PAGE_SIZE,
            areaId=area_id or "-1",
            includeSubArea="1",
            exceptions=[trouble.value for trouble in troubles],
            filterName=text,
            deviceCategory=ENCODERS,
        ),
    )


def _milliseconds(field: str, moment: datetime) -> int:
    checks.iso(field, moment)
    return int(moment.timestamp()) * 1000


def _read_offline(row: Row) -> OfflineResource:
    identity = row.text("id")
    duration = row.integer_or_none("offlineDuration")
    return OfflineResource(
        id=identity,
        name=row.text_or_none("name") or identity,
        device_serial=row.text_or_none("deviceSerial"),
        area_id=row.text_or_none("areaId"),
        area_name=row.text_or_none("areaName"),
        type_code=row.text_or_none("resourceType"),
        times=row.integer_or_none("offlineCount"),
        duration=None if duration is None else times.span(milliseconds=duration),
    )


def _read_health(row: Row) -> DeviceHealth:
    base = row.row("baseStatus") if row.first("baseStatus") is not None else row
    recording = row.row("deviceRecordStatus")
    identity = base.text("id")
    return DeviceHealth(
        id=identity,
        name=base.text_or_none("deviceName", "name") or identity,
        device_serial=base.text_or_none("deviceSerial"),
        firmware=base.text_or_none("deviceVersion"),
        online=base.flag_or_none("status"),
        area_id=row.row("area").text_or_none("id") or row.text_or_none("areaId"),
        area_name=row.row("area").text_or_none("name") or row.text_or_none("areaName"),
        disks=_read_disks(row.row("diskStatus")),
        drives=_read_drives(row),
        recording_normal=_RECORDING_NORMAL.get(
            recording.text_or_none("overallRecordStatus") or ""
        ),
        silent_channels=tuple(
            recording.list_or_empty(lambda name: str(name.raw), "channelName")
        ),
        battery=_read_battery(row.row("solarEnergyRecord")),
        bandwidth=_known(base, "upstreamBandwidth"),
        offline_since=base.moment_or_none("offlineTime")
        if base.number_or_none("offlineTime")
        else None,
        raw=row.fields,
    )


def _read_disks(row: Row) -> Disks | None:
    if not row.fields:
        return None
    return Disks(
        state_code=row.text_or_none("status"),
        count=row.integer_or_none("num"),
        usage=_known(row, "usage"),
        overwrites=row.flag_or_none("loopEnable"),
        free=_known(row, "freeCapacity"),
        capacity=_known(row, "maxCapacity"),
    )


def _read_drives(row: Row) -> tuple[Drive, ...]:
    """Read the disks one by one: a list, or the one disk itself."""
    drives = row.first("hddStausList", "hddStatusList")
    if isinstance(drives, dict):
        drives = [drives]
    return tuple(Row({"drives": drives}, row.skipped).list_of(_read_drive, "drives"))


def _read_drive(row: Row) -> Drive:
    return Drive(
        number=row.integer("hddNo"),
        temperature=row.integer_or_none("temperature"),
        days=row.integer_or_none("powerOnday", "powerOnDay"),
        self_test_code=row.text_or_none("selfEvaluatingStatus"),
        verdict_code=row.text_or_none("allEvaluatingStatus"),
    )


def _read_battery(row: Row) -> Battery | None:
    if not row.fields:
        return None
    return Battery(
        percent=row.integer_or_none("batteryPercentage"),
        state_code=row.text_or_none("state"),
        temperature=row.integer_or_none("temperature"),
        asleep=_ASLEEP.get(row.text_or_none("sleepStatus") or ""),
    )


def _known(row: Row, key: str) -> float | None:
    """Return a number; the service says -1 where it cannot tell."""
    number = row.number_or_none(key)
    return None if number is None or number < 0 else number
