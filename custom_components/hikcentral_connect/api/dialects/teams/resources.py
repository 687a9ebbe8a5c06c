"""Resource-related services of teams (guide section 2.2)."""

from typing import Final

from ...call import Call, Page, page_reader
from ...models.resources import Area, Camera, Device, Door
from ...row import JsonObject, Row
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


def areas(page: int) -> Call[Page[Area]]:
    """List all areas, 500 to a page (section 2.2)."""
    return Call(
        "resource/v1/areas/get",
        page_reader(_read_area, "area", "list", size=PAGE_SIZE, total="totalCount"),
        {**_page(page), "filter": {"parentAreaID": "-1", "includeSubArea": "1"}},
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
