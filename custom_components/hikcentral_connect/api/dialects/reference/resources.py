"""Resource services of the reference ("Resource Services")."""

from ...call import Call, Page, page_reader
from ...models.resources import Area, Camera, Device
from ...row import Row
from .platform import PAGE_SIZE


def devices(page: int) -> Call[Page[Device]]:
    """List the devices ("Get Devices")."""
    return Call(
        "resource/v1/devices/get",
        page_reader(_read_device, "list", size=PAGE_SIZE, total="total"),
        {"pageNo": page, "pageSize": PAGE_SIZE},
    )


def areas(page: int) -> Call[Page[Area]]:
    """List all areas ("Get Areas"). The reference has no pages here: there is one."""
    return Call("resource/v1/areas/get", _read_areas)


def area_cameras(page: int, area_id: str) -> Call[Page[Camera]]:
    """List the cameras of one area ("Get Cameras by Area")."""

    def read(row: Row) -> Camera:
        return _read_camera(row, area_id)

    return Call(
        "resource/v1/areas/cameras/get",
        page_reader(read, "list", size=PAGE_SIZE, total="total"),
        {"areaId": area_id, "pageNo": page, "pageSize": PAGE_SIZE},
    )


def _read_areas(answer: Row) -> Page[Area]:
    areas = answer.list_of(_read_area, "list")
    return Page(areas, rows=len(areas), size=len(areas), more=False)


def _read_area(row: Row) -> Area:
    return Area(
        id=row.text("areaId", "id"),
        name=row.text_or_none("areaName", "name") or row.text("areaId", "id"),
        parent_id=row.text_or_none("parentAreaId"),
    )


def _read_device(row: Row) -> Device:
    serial = row.text_or_none("deviceSerial", "serialNo")
    identity = row.text_or_none("deviceId", "id") or serial
    return Device(
        id=identity or row.text("deviceId"),
        name=row.text_or_none("deviceName", "name") or identity or "",
        serial=serial or row.text("deviceSerial"),
        category=row.text_or_none("category", "deviceCategory"),
        model=row.text_or_none("model", "deviceType", "type"),
        firmware=row.text_or_none("version", "firmwareVersion"),
        online=row.flag_or_none("status", "online", "onlineStatus"),
    )


def _read_camera(row: Row, area_id: str) -> Camera:
    identity = row.text("resourceId", "cameraId", "id")
    return Camera(
        id=identity,
        name=row.text_or_none("cameraName", "name") or identity,
        device_id=row.text_or_none("deviceId"),
        device_serial=row.text("deviceSerial", "serialNo"),
        channel=row.integer_or_none("channelNo", "channel"),
        area_id=row.text_or_none("areaId") or area_id,
        area_name=row.text_or_none("areaName"),
        online=row.flag_or_none("status", "online"),
    )
