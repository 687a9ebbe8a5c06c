"""Resource-related services of teams (guide section 2.2)."""

from typing import Final

from ... import checks
from ...call import Call, Page, page_reader
from ...models.resources import (
    Area,
    AreaDetail,
    Camera,
    Channel,
    Device,
    DeviceDetail,
    Door,
    TimeZone,
    TimeZones,
)
from ...row import JsonObject, Row
from .. import ids, times
from .inner import code_of, raise_failed
from .platform import PAGE_SIZE

_WHOLE_ACCOUNT: Final = {"areaID": "-1", "includeSubArea": "1"}


def devices(page: int) -> Call[Page[Device]]:
    """List the devices of the account, 500 to a page (section 2.2)."""
    return Call(
        "resource/v1/devices/get",
        page_reader(
            _read_device,
            "device",
            "deviceList",
            "list",
            size=PAGE_SIZE,
            total="totalCount",
        ),
        _page(page),
    )


def device_detail(serial: str) -> Call[DeviceDetail]:
    """Read one device with its channels and its encryption (section 2.2).

    One call for each device: ask rarely. Raises `NotFound`.
    """
    return Call(
        "resource/v1/devicedetail/get",
        _read_detail,
        {"deviceSerialNo": checks.text("serial", serial, 16)},
    )


def refresh_device(device_id: str) -> Call[bool | None]:
    """Have the service look anew whether a device is online (section 2.2).

    Returns None when it still does not know. Raises the error that the answer holds
    under its outer "0", such as `NotFound`.
    """
    device_id = ids.plain("device_id", device_id)
    return Call(f"resource/v1/device/{device_id}/refresh", _read_refreshed)


def areas(page: int) -> Call[Page[Area]]:
    """List all areas, 500 to a page (section 2.2)."""
    return Call(
        "resource/v1/areas/get",
        page_reader(_read_area, "area", "list", size=PAGE_SIZE, total="totalCount"),
        {**_page(page), "filter": {"parentAreaID": "-1", "includeSubArea": "1"}},
    )


def area_details(area_ids: tuple[str, ...]) -> Call[tuple[AreaDetail, ...]]:
    """Read areas by their ids (section 2.2).

    An id that is unknown comes back as a row with an error code of its own.
    """
    return Call(
        "resource/v1/areadetail/get",
        lambda answer: tuple(answer.list_of(_read_area_detail, "area", "list")),
        {"areaID": ids.some("area_ids", area_ids)},
    )


def cameras(page: int) -> Call[Page[Camera]]:
    """List the cameras of all areas, 500 to a page (section 2.2)."""
    return Call(
        "resource/v1/areas/cameras/get",
        page_reader(_read_camera, "camera", "list", size=PAGE_SIZE, total="totalCount"),
        {**_page(page), "filter": dict(_WHOLE_ACCOUNT)},
    )


def doors(page: int) -> Call[Page[Door]]:
    """List the doors of all areas, 500 to a page (section 2.2)."""
    return Call(
        "resource/v1/areas/doors/get",
        page_reader(_read_door, "door", "list", size=PAGE_SIZE, total="totalCount"),
        {**_page(page), "filter": dict(_WHOLE_ACCOUNT)},
    )


def time_zones() -> Call[TimeZones]:
    """List the time zones that a device can be set to (section 2.2)."""
    return Call("resource/v1/timezone/get", _read_time_zones)


def _page(page: int) -> JsonObject:
    return {"pageIndex": page, "pageSize": PAGE_SIZE}


def _read_area(row: Row) -> Area:
    identity = row.text("id", "areaID", "areaId")
    return Area(
        id=identity,
        name=row.text_or_none("name", "areaName") or identity,
        parent_id=row.text_or_none("parentAreaID", "parentAreaId"),
    )


def _read_device(row: Row) -> Device:
    identity = row.text("id", "deviceId")
    return Device(
        id=identity,
        name=row.text_or_none("name", "deviceName") or identity,
        serial=row.text("serialNo", "deviceSerial"),
        category=row.text_or_none("category"),
        model=row.text_or_none("type"),
        firmware=row.text_or_none("version"),
        online=row.flag_or_none("onlineStatus", "online", "status"),
    )


def _read_detail(answer: Row) -> DeviceDetail:
    device = answer.row("device")
    base = Row(
        {**device.row("baseInfo").fields, "onlineStatus": device.first("onlineStatus")},
        answer.skipped,
    )
    vehicle = device.row("relatedVehicleInfo")
    return DeviceDetail(
        device=_read_device(base),
        encrypted=base.flag_or_none("streamEncryptEnable"),
        time_zone_id=device.text_or_none("timeZoneID", "timeZone"),
        cameras=_read_channels(device, "cameraChannel"),
        inputs=_read_channels(device, "alarmInputChannel"),
        outputs=_read_channels(device, "alarmOutputChannel"),
        doors=_read_channels(device, "doorChannel"),
        vehicle_id=vehicle.text_or_none("id"),
        plate=vehicle.text_or_none("licensePlateNo"),
    )


def _read_channels(device: Row, key: str) -> tuple[Channel, ...]:
    return tuple(device.list_or_empty(_read_channel, key))


def _read_channel(row: Row) -> Channel:
    identity = row.text("id")
    area = row.row("area")
    return Channel(
        id=identity,
        name=row.text_or_none("name") or identity,
        number=row.integer_or_none("no"),
        online=row.flag_or_none("online"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
    )


def _read_refreshed(answer: Row) -> bool | None:
    raise_failed(answer)
    return answer.flag_or_none("status")


def _read_area_detail(row: Row) -> AreaDetail:
    identity = row.text("id", "areaID")
    if (code := code_of(row)) is not None:
        return AreaDetail(id=identity, area=None, error_code=code)
    path = row.text_or_none("areaPath") or ""
    return AreaDetail(
        id=identity,
        area=_read_area(row),
        path=tuple(name for name in path.split("->") if name),
    )


def _read_time_zones(answer: Row) -> TimeZones:
    return TimeZones(
        system_id=answer.text_or_none("systemTimeZoneID"),
        zones=tuple(answer.list_of(_read_time_zone, "timeZone", "list")),
    )


def _read_time_zone(row: Row) -> TimeZone:
    identity = row.text("id")
    bias = row.integer_or_none("bias")
    return TimeZone(
        id=identity,
        name=row.text_or_none("standardName") or identity,
        label=row.text_or_none("displayName"),
        # The bias is what local time lacks to UTC: negative in the east.
        offset=None if bias is None else times.span(minutes=-bias),
        daylight_saving=row.row("dst").flag_or_none("enable"),
    )


def _read_camera(row: Row) -> Camera:
    identity = row.text("id", "resourceId")
    device = row.row("device").row("devInfo")
    area = row.row("area")
    return Camera(
        id=identity,
        name=row.text_or_none("name", "cameraName") or identity,
        device_id=device.text_or_none("id"),
        device_serial=device.text("serialNo", "deviceSerial"),
        channel=row.row("device").row("channelInfo").integer_or_none("no"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
        online=row.flag_or_none("online", "onlineStatus"),
        abilities=frozenset((row.text_or_none("abilitySet") or "").split(",")) - {""},
    )


def _read_door(row: Row) -> Door:
    identity = row.text("id")
    device = row.row("device").row("devInfo")
    area = row.row("area")
    return Door(
        id=identity,
        name=row.text_or_none("name") or identity,
        device_id=device.text_or_none("id"),
        device_serial=device.text_or_none("serialNo"),
        area_id=area.text_or_none("id"),
        area_name=area.text_or_none("name"),
        online=row.flag_or_none("online", "onlineStatus"),
    )
