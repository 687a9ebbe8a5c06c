"""Kinds of alarms, named the same for both dialects.

Codes are those of guide section 3.1, words those of the reference; abilities are what
a camera of teams says it can detect.
"""

from dataclasses import dataclass
from typing import Final

from homeassistant.components.binary_sensor import BinarySensorDeviceClass


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """One kind of alarm of a camera.

    `key` names it in entities and events. `sensor` tells which binary sensor shows it.
    """

    key: str
    codes: frozenset[str]
    ability: str | None = None
    sensor: BinarySensorDeviceClass | None = None
    diagnostic: bool = False


def _kind(
    key: str,
    *codes: str,
    ability: str | None = None,
    sensor: BinarySensorDeviceClass | None = None,
    diagnostic: bool = False,
) -> AlarmKind:
    return AlarmKind(key, frozenset(codes), ability, sensor, diagnostic)


_MOTION: Final = BinarySensorDeviceClass.MOTION
_SAFETY: Final = BinarySensorDeviceClass.SAFETY
_PROBLEM: Final = BinarySensorDeviceClass.PROBLEM

KINDS: Final = (
    _kind("motion", "10002", "motion", ability="2002", sensor=_MOTION),
    _kind("pir", "10003", "pir", ability="2003", sensor=_MOTION),
    _kind("line_crossing", "10100", "lineCrossing", ability="2021", sensor=_MOTION),
    _kind("intrusion", "10103", "intrusion", ability="2022", sensor=_MOTION),
    _kind("region_entrance", "10101", "regionEntrance", ability="2023", sensor=_MOTION),
    _kind("region_exit", "10102", "regionExiting", ability="2024", sensor=_MOTION),
    _kind(
        "face",
        "10016",
        "10018",
        "faceDetection",
        ability="2004",
        sensor=BinarySensorDeviceClass.OCCUPANCY,
    ),
    _kind("fire", "10032", "fire", sensor=BinarySensorDeviceClass.SMOKE),
    _kind("alarm_input", "50000", "alarmInput", sensor=_SAFETY),
    _kind("duress", "70113", "duress", sensor=_SAFETY),
    _kind(
        "tampering",
        "10001",
        "tampering",
        "videoTampering",
        ability="2001",
        sensor=BinarySensorDeviceClass.TAMPER,
        diagnostic=True,
    ),
    _kind(
        "video_loss",
        "10000",
        "videoLoss",
        ability="2000",
        sensor=_PROBLEM,
        diagnostic=True,
    ),
    _kind("plate_blocked", "10500"),
    _kind("plate_allowed", "10501"),
    _kind("camera_online", "10056"),
    _kind("camera_offline", "10057"),
    _kind("device_offline", "50101", "deviceOffline"),
    _kind("device_online", "50120", "deviceOnline"),
    _kind("disk_fault", "20006", "50102", "50103", "diskError"),
)

OTHER: Final = "other"
"""Event type of alarms whose code is not in the table."""

KIND_OF_CODE: Final = {code: kind for kind in KINDS for code in kind.codes}


def kind_of(event_type: str) -> AlarmKind | None:
    """Return the kind of a code or word as sent, or None for an unknown one."""
    return KIND_OF_CODE.get(event_type)
