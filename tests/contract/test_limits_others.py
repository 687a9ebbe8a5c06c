"""What is refused before it is sent: alarms, rules, passes, residents, devices, push."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from custom_components.hikcentral_connect.api.dialects.reference import (
    alarms as ref_alarms,
    passes as ref_passes,
    rules as ref_rules,
    site as ref_site,
)
from custom_components.hikcentral_connect.api.dialects.teams import (
    access_codes,
    alarms,
    drivers,
    intercom,
    rules,
    site,
    webhook,
)
from custom_components.hikcentral_connect.api.errors import FieldInvalid
from custom_components.hikcentral_connect.api.models.drivers import (
    DriverFilter,
    FaceState,
)
from custom_components.hikcentral_connect.api.models.intercom import (
    Home,
    ResidentRequest,
)
from custom_components.hikcentral_connect.api.models.messages import LogQuery
from custom_components.hikcentral_connect.api.models.passes import PassRequest
from custom_components.hikcentral_connect.api.models.rules import (
    OutputLink,
    RecordLink,
    RuleRequest,
    Target,
    WeekHours,
)
from custom_components.hikcentral_connect.api.models.site import (
    DeviceCategory,
    DeviceChange,
    NewDevice,
)
from custom_components.hikcentral_connect.api.models.webhook import Webhook

STARTS = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LOG = LogQuery(STARTS, STARTS + DAY)
VISIT = PassRequest("Kim", STARTS, STARTS + DAY)
RULE = RuleRequest("Motion", "10002", source_type="camera", source_id="camera_1")
HOURS = WeekHours(time(8), time(18), (1, 2))
HOME = Home("room_1", "building_1", "area_1")
RESIDENT = ResidentRequest(
    "Ada",
    "Lee",
    email="ada@example.com",
    starts=STARTS,
    ends=STARTS + DAY,
    homes=(HOME,),
)
DEVICE = NewDevice(
    "Gate", "D12345678", "ABCDEF", category=DeviceCategory.MOBILE, time_zone_id="1"
)
PUSH = Webhook("https://example.com/hook")

REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("area_id", lambda: ref_alarms.log(1, replace(LOG, area_id="area_1"))),
    ("device_ids", lambda: alarms.log(1, replace(LOG, device_ids=("device_1",)))),
    ("ends", lambda: alarms.log(1, replace(LOG, ends=STARTS + 2 * DAY))),
    ("receipts", lambda: alarms.acknowledge("1", ())),
    ("receipts", lambda: alarms.acknowledge("1", ("batch_1", "batch_2"))),
    ("resident_id", lambda: ref_passes.issue(VISIT)),
    (
        "hours",
        lambda: ref_rules.add(
            replace(RULE, device_ids=("1",), hours=replace(HOURS, weekdays=()))
        ),
    ),
    ("hours", lambda: rules.add(replace(RULE, hours=HOURS))),
    ("event_type", lambda: rules.add(replace(RULE, event_type="motion"))),
    ("links", lambda: rules.link("rule_1", ())),
    ("cameras", lambda: rules.link("rule_1", (RecordLink(()),))),
    ("outputs", lambda: rules.link("rule_1", (OutputLink(()),))),
    ("change", lambda: ref_site.update_device(DeviceChange("1", "Gate", password="x"))),
    (
        "area_id",
        lambda: site.add_device(replace(DEVICE, area_id="1", import_channels=False)),
    ),
    ("homes", lambda: intercom.add_resident(replace(RESIDENT, homes=()))),
    ("email", lambda: intercom.add_resident(replace(RESIDENT, email=None))),
    (
        "ends",
        lambda: intercom.add_resident(
            replace(RESIDENT, ends=datetime(2038, 1, 1, tzinfo=UTC))
        ),
    ),
    (
        "face_state",
        lambda: drivers.drivers(1, DriverFilter(face_state=FaceState.UNKNOWN)),
    ),
    ("retry_delay", lambda: webhook.save(replace(PUSH, retry_delay=-1))),
    ("secret", lambda: webhook.save(replace(PUSH, secret="short"))),
    ("secret", lambda: webhook.save(replace(PUSH, secret="with a space"))),
]


@pytest.mark.parametrize(("field", "build"), REFUSED)
def test_refused(field: str, build: Callable[[], object]) -> None:
    """A request that no service would take names the field that is wrong."""
    with pytest.raises(FieldInvalid) as raised:
        build()
    assert raised.value.field == field


def test_allowed() -> None:
    """What is not asked for is not sent; a vehicle is named by its id."""
    saved: dict[str, Any] = webhook.save(PUSH).body
    assert "secret" not in str(saved).lower()
    ridden = site.add_device(replace(DEVICE, vehicle_id="vehicle_1")).body
    assert "{'vehicleID': 'vehicle_1'}" in str(ridden)


def test_codes_of_accesses() -> None:
    """A code says whether somebody was let in; one that is not listed says nothing."""
    assert access_codes.granted_by("1") is None
    assert {access_codes.granted_by(str(code)) for code in range(109_000, 112_000)} == {
        *(True, False, None)
    }


def test_links_of_a_rule() -> None:
    """Each kind of link has its own word."""
    body = rules.link("rule_1", (OutputLink((Target("output_1"),)),)).body
    assert "LinkAlarmOutput" in str(body)
