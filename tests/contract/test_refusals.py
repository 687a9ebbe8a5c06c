"""What lies outside the contract is not sent; a refusal inside a good answer raises."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

import pytest

from custom_components.hikcentral_connect.api.call import Call, Kind
from custom_components.hikcentral_connect.api.dialects.reference import (
    site as reference_site,
    vehicles as reference_vehicles,
)
from custom_components.hikcentral_connect.api.dialects.teams import (
    drivers,
    inputs,
    isapi,
    maintenance,
    resources,
    site,
    traffic,
    vehicles,
)
from custom_components.hikcentral_connect.api.errors import (
    BadAnswer,
    CodeWrong,
    DeviceBusy,
    DeviceOffline,
    DeviceRefused,
    FieldInvalid,
    InvalidRequest,
    NotFound,
    NotSupported,
    PermissionDenied,
)
from custom_components.hikcentral_connect.api.models.drivers import DriverRequest
from custom_components.hikcentral_connect.api.models.inputs import PortState
from custom_components.hikcentral_connect.api.models.isapi import (
    IsapiAnswer,
    IsapiMethod,
    IsapiRequest,
)
from custom_components.hikcentral_connect.api.models.maintenance import OfflineQuery
from custom_components.hikcentral_connect.api.models.platform import (
    PackageStatus,
    PackageType,
    ServicePackage,
    ServiceUsage,
)
from custom_components.hikcentral_connect.api.models.site import (
    DeviceCategory,
    DeviceChange,
    NewDevice,
)
from custom_components.hikcentral_connect.api.models.traffic import (
    BarrierAction,
    FlowQuery,
    PassingQuery,
)
from custom_components.hikcentral_connect.api.models.vehicles import (
    VehicleKind,
    VehicleRequest,
)
from custom_components.hikcentral_connect.api.row import Row
from custom_components.hikcentral_connect.api.services.inputs import Inputs
from custom_components.hikcentral_connect.api.session import DialectName, Session

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_DEVICE = NewDevice(
    "Yard", "G1", "code", category=DeviceCategory.ENCODING, time_zone_id="26"
)
_DRIVER = DriverRequest(
    "A",
    code="1",
    group_id="g",
    phone="1",
    email="a@home.example",
    description="day",
    photo=b"face",
)
_GET = IsapiRequest("d1", "/ISAPI/System/deviceInfo")


def _added(code: str) -> dict[str, Any]:
    row = {"deviceId": "", "deviceSerial": "G1", "errorCode": code}
    return {"addDeviceResponse": {"failed": 1, "deviceList": [row]}}


def _switched(code: str) -> dict[str, Any]:
    return {"alarmOutputOperation": [{"alarmOutputID": "r1", "errorCode": code}]}


def _status(code: int, sub_code: str) -> str:
    return (
        f"<ResponseStatus><statusCode>{code}</statusCode><statusString>No"
        f"</statusString><subStatusCode>{sub_code}</subStatusCode></ResponseStatus>"
    )


@pytest.mark.parametrize(
    "body", ['{"statusCode": 4', f"{_status(4, 'other')}{' ' * 65536}.", "4"], ids=len
)
def test_no_status(body: str) -> None:
    """What is no short and whole status is the answer itself, not a refusal."""
    assert isapi.send(_GET).read(Row(body)) == IsapiAnswer(body, None)


@pytest.mark.parametrize(
    ("call", "data", "error"),
    [
        (site.add_device(_DEVICE), _added("EVZ20010"), CodeWrong),
        (site.add_device(_DEVICE), {"addDeviceResponse": {"failed": 1}}, BadAnswer),
        (
            site.add_device(_DEVICE),
            {"addDeviceResponse": {"deviceList": []}},
            BadAnswer,
        ),
        (inputs.control_output("r1", True), _switched("VMS021314"), DeviceOffline),
        (inputs.control_output("r1", True), _switched(" VMS000003"), NotFound),
        (
            resources.refresh_device("d1"),
            {"deviceId": "d1", "errorCode": " VMS021307"},
            NotFound,
        ),
        (isapi.send(_GET), _status(4, "notSupport"), NotSupported),
        (isapi.send(_GET), _status(4, "lowPrivilege"), PermissionDenied),
        (isapi.send(_GET), _status(4, "other"), DeviceRefused),
        (isapi.send(_GET), _status(2, "deviceBusy"), DeviceBusy),
        (isapi.send(_GET), _status(6, "badParameters"), InvalidRequest),
        (
            isapi.send(_GET),
            '{"ResponseStatus": {"statusCode": 3, "statusString": "Error"}}',
            DeviceRefused,
        ),
        (
            isapi.send(_GET),
            '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
            BadAnswer,
        ),
        (
            reference_vehicles.location("v1"),
            {"latitude": 91, "longitude": 0},
            BadAnswer,
        ),
    ],
)
def test_refusal_inside_a_good_answer(
    call: Call[object], data: object, error: type[Exception]
) -> None:
    """The outer code says success; what lies inside decides."""
    with pytest.raises(error):
        call.read(Row(data))


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: site.add_device(NewDevice("Yard", "G1", "c")), "category"),
        (
            lambda: site.add_device(
                NewDevice("Yard", "G1", "c", category=DeviceCategory.ALARM)
            ),
            "time_zone_id",
        ),
        (
            lambda: site.add_device(
                NewDevice(
                    "Bus", "G1", "c", category=DeviceCategory.MOBILE, time_zone_id="1"
                )
            ),
            "vehicle",
        ),
        (
            lambda: site.update_device(DeviceChange("d1", "x", password="p" * 17)),
            "password",
        ),
        (lambda: site.update_device(DeviceChange("d1", "x", "a1")), "area_id"),
        (lambda: site.update_device(DeviceChange("d1")), "name"),
        (lambda: site.delete_devices(("d1",)), "category"),
        (lambda: site.delete_devices((), DeviceCategory.ALARM), "device_ids"),
        (lambda: site.add_area("x" * 65), "name"),
        (lambda: site.add_resources("a1", ()), "resources"),
        (lambda: site.delete_resources(()), "resource_ids"),
        (lambda: reference_site.delete_devices(()), "device_ids"),
        (lambda: reference_site.update_device(DeviceChange("d1")), "change"),
        (lambda: resources.device_detail("x" * 17), "serial"),
        (lambda: resources.refresh_device("../d1"), "device_id"),
        (lambda: resources.area_details(()), "area_ids"),
        (lambda: inputs.input_states(tuple("123456789")), "input_ids"),
        (lambda: inputs.input_states_by_proxy(()), "input_ids"),
        (lambda: inputs.output_states(()), "output_ids"),
        (lambda: inputs.control_output(" ", True), "output_id"),
        (lambda: vehicles.add(VehicleRequest("AB 12")), "area_id"),
        (
            lambda: vehicles.update("v1?", VehicleRequest("AB 12")),
            "vehicle_id",
        ),
        (
            lambda: vehicles.update(
                "v1", VehicleRequest("AB 12", kind=VehicleKind.UNKNOWN)
            ),
            "kind",
        ),
        (vehicles.ignition, "vehicle_ids"),
        (lambda: vehicles.ignition(("v1",), ("G1",)), "vehicle_ids"),
        (lambda: vehicles.ignition(("v1,v2",)), "vehicle_ids"),
        (lambda: drivers.add(DriverRequest(code="1", group_id="g")), "first_name"),
        (lambda: drivers.add(DriverRequest("A", group_id="g")), "code"),
        (
            lambda: drivers.add(replace(_DRIVER, photo=bytes(4_000_000))),
            "photo",
        ),
        *(
            (partial(drivers.add, replace(_DRIVER, **{field: None})), field)
            for field in ("phone", "email", "description", "photo")
        ),
        (
            lambda: drivers.add(
                DriverRequest("A", code="1", group_id="g", vehicle_ids=("v",) * 101)
            ),
            "vehicle_ids",
        ),
        (lambda: drivers.delete(()), "driver_ids"),
        (lambda: drivers.delete_groups(()), "group_ids"),
        (lambda: maintenance.offline(1, OfflineQuery(_NOW, _NOW)), "ends"),
        (lambda: isapi.send(IsapiRequest("d1", "/System")), "path"),
        (lambda: isapi.send(IsapiRequest("d1", "/ISAPI/a b")), "path"),
        (lambda: isapi.send(IsapiRequest("", "/ISAPI/a")), "device_id"),
        (lambda: traffic.passings(PassingQuery(_NOW, _NOW)), "ends"),
        (
            lambda: traffic.passings(
                PassingQuery(_NOW, _NOW + timedelta(1), speed_to=1000)
            ),
            "speed_to",
        ),
        (
            lambda: traffic.passings(
                PassingQuery(_NOW, _NOW + timedelta(1), speed_from=0)
            ),
            "speed_from",
        ),
        (
            lambda: traffic.people_flow(
                FlowQuery(_NOW, _NOW + timedelta(1), ("s",) * 17)
            ),
            "store_area_ids",
        ),
    ],
)
def test_limit_of_the_contract(build: Callable[[], object], field: str) -> None:
    """What breaks a limit is refused under the name of the parameter."""
    with pytest.raises(FieldInvalid) as error:
        build()
    assert error.value.field == field


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (inputs.control_output("r1", False), Kind.COMMAND),
        (traffic.control_barrier("c1", BarrierAction.OPEN), Kind.COMMAND),
        (isapi.send(_GET), Kind.READ),
        *(
            (isapi.send(IsapiRequest("d1", "/ISAPI/a", method)), Kind.COMMAND)
            for method in IsapiMethod
            if method is not IsapiMethod.GET
        ),
        (site.add_device(_DEVICE), Kind.WRITE),
        (drivers.delete(("p1",)), Kind.WRITE),
    ],
)
def test_kind(call: Call[object], kind: Kind) -> None:
    """What acts on the world is a command, which is never sent twice."""
    assert call.kind is kind


def test_secrets_do_not_show() -> None:
    """The login of a device and its code stay out of every representation."""
    device = NewDevice("Yard", "G1", "canary", user_name="canary", password="canary")
    request = IsapiRequest("d1", "/ISAPI/a", IsapiMethod.PUT, "canary")
    driver = DriverRequest("canary", "canary", phone="canary", photo=b"canary")
    assert "canary" not in f"{device!r}{request!r}{driver!r}"


def test_package_as_a_whole() -> None:
    """The package stands as its worst service does, and ends with the first."""
    services = tuple(
        ServiceUsage("s", "9", None, None, None, ends, status)
        for ends, status in ((_NOW, "0"), (_NOW + timedelta(1), "1"), (None, "7"))
    )
    package = ServicePackage(None, None, (), services)
    assert package.status is PackageStatus.OVER_LIMIT
    assert package.expires == _NOW
    assert services[0].type is PackageType.UNKNOWN
    assert ServicePackage("Basic", 10, ()).status is PackageStatus.UNKNOWN


class _Recorder:
    """Stands in for a session: answers every input that a call asks for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    async def dialect(self, *, urgent: bool) -> DialectName:
        assert not urgent
        return DialectName.TEAMS

    async def send[T](self, call: Call[T]) -> T:
        assert call.body is not None
        ids = call.body["alarmInputID"]
        self.asked.append(ids)
        return call.read(Row({"alarmInput": [{"id": i, "status": 1} for i in ids]}))


async def test_many_inputs() -> None:
    """More than eight inputs are asked for in chunks; none are not asked for."""
    session = _Recorder()
    service = Inputs(cast("Session", session))
    ids = [f"r{number}" for number in range(17)]

    states = await service.all_input_states(ids)

    assert states == [PortState(identity, active=True) for identity in ids]
    assert [len(asked) for asked in session.asked] == [8, 8, 1]
    assert await service.all_input_states([]) == []
    assert len(session.asked) == 3
