"""Kinds of alarms, named the same for both dialects.

Codes are those of guide section 3.1 and of the maker's "Alarm Type", words those of
the reference; abilities are what a camera of teams says it can detect. Codes that mean
the same to an owner share a kind: every message carries its code besides.
"""

from dataclasses import dataclass
from typing import Final

from homeassistant.components.binary_sensor import BinarySensorDeviceClass


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """One kind of alarm.

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

CAMERA_KINDS: Final = (
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
    _kind("alarm_input", "50000", "100371", "330102", "alarmInput", sensor=_SAFETY),
    _kind("duress", "70113", "80036", "duress", sensor=_SAFETY),
    _kind(
        "tampering",
        "10001",
        "100396",
        "330506",
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
    _kind("people_density", "10019", "100105"),
    _kind("people_count", "10621"),
    _kind("multiple_targets", "10035"),
    _kind("fast_moving", "10106"),
    _kind("too_close", "10636"),
    _kind("no_mask", "10635"),
    _kind("guard_absent", "10630"),
    _kind("queue_time", "10610"),
    _kind("queue_length", "10611"),
    _kind("queue_left", "100657"),
    _kind("temperature", "10033"),
    _kind("temperature_warning", "10036"),
    _kind("temperature_difference", "10034"),
    _kind("camera_online", "10056"),
    _kind("camera_offline", "10057"),
    _kind("recording_fault", "50002"),
)
"""What a camera sees, and what happens to it."""

DEVICE_KINDS: Final = (
    _kind("device_offline", "50101", "11017", "deviceOffline"),
    _kind("device_online", "50120", "11016", "deviceOnline"),
    _kind("device_restarted", "70205"),
    _kind("device_tampering", "70200"),
    _kind("illegal_login", "50110", "50111"),
    _kind("disk_fault", "20006", "50103", "50112", "diskError"),
    _kind("disk_full", "50102", "50109"),
    _kind("disk_bad_sector", "20002"),
    _kind("disk_hot", "20003"),
    _kind("disk_impact", "20005"),
    _kind("standard_mismatch", "50104"),
    _kind("signal_normal", "300001"),
    _kind("signal_fault", "300002"),
    _kind("gps_fault", "300003"),
    _kind("power_lost", "70203"),
    _kind("battery_low", "70204"),
    _kind("battery_fault", "70311"),
    _kind("network_lost", "70224"),
    _kind("wifi_lost", "70307"),
    _kind("cellular_lost", "70223"),
    _kind("cellular_data_exceeded", "70309"),
    _kind("ip_conflict", "70302"),
    _kind("radio_fault", "70308"),
    _kind("network_camera_lost", "70255"),
    _kind("expander_lost", "70221"),
    _kind("repeater_lost", "70402"),
    _kind("detector_lost", "70250"),
    _kind("detector_battery_low", "70253"),
    _kind("sounder_lost", "70502"),
    _kind("sounder_battery_low", "70310"),
    _kind("peripheral_lost", "70452"),
    _kind("peripheral_battery_low", "70451"),
    _kind("peripheral_added", "70454"),
    _kind("peripheral_deleted", "70453"),
    _kind("keypad_locked", "70118"),
    _kind("keypad_unlocked", "70119"),
)
"""The state of recorders, terminals and alarm panels."""

PANEL_KINDS: Final = (
    _kind("armed", "70002"),
    _kind("armed_instantly", "70003"),
    _kind("armed_stay", "70004"),
    _kind("disarmed", "70001"),
    _kind("disarmed_late", "70007"),
    _kind("arming_failed", "70213"),
    _kind("alarm_cleared", "70006"),
    _kind("alarm_input_restored", "20008"),
    _kind("bypassed", "100302"),
    _kind("bypass_restored", "100303"),
)
"""What is done at alarm panels."""

ACCESS_KINDS: Final = (
    _kind("granted_by_card", "80001"),
    _kind("granted_by_fingerprint", "80032"),
    _kind("granted_by_face", "80093"),
    _kind("granted_by_password", "100344"),
    _kind("granted_by_bluetooth", "100620"),
    _kind("granted_by_qr", "100571"),
    _kind("granted_by_keyfob", "80273"),
    _kind(
        "granted_by_several",
        *("80002", "80021", "80025", "80034", "80072", "80075", "80078"),
        *("80081", "80084", "80147"),
    ),
    _kind("denied_by_card", "80152"),
    _kind("denied_by_fingerprint", "80031"),
    _kind("denied_by_face", "80094"),
    _kind("denied_by_password", "80263"),
    _kind("denied_by_bluetooth", "100621"),
    _kind("denied_by_qr", "100572", "100574"),
    _kind("denied_by_keyfob", "80274"),
    _kind(
        "denied_by_several",
        *("80020", "80023", "80024", "80033", "80073", "80076", "80079"),
        *("80082", "80085"),
    ),
    _kind("no_access_level", "80027"),
    _kind("wrong_time", "80029"),
    _kind("wrong_method", "80173"),
    _kind("door_inactive", "80018"),
    _kind("unknown_card", "80028"),
    _kind("unknown_fingerprint", "80030"),
    _kind("unknown_employee", "80264"),
    _kind("card_expired", "80016"),
    _kind("card_not_verified", "80008", "80153", "100345"),
    _kind("card_type_disabled", "80154", "80155", "80156", "80157"),
    _kind("too_many_attempts", "80009"),
    _kind("face_not_live", "80099"),
    _kind("abnormal_features", "100348"),
    _kind(
        "access_timed_out",
        *("80017", "80022", "80026", "80035", "80074", "80077", "80080"),
        *("80083", "80086", "80148"),
    ),
    _kind("person_absent", "100346"),
)
"""Accesses at doors, where the account sends them as alarms."""

VEHICLE_KINDS: Final = (
    _kind("speeding", "11009", "330405"),
    _kind("speed_limit", "100368", "330205"),
    _kind("rollover", "11010", "330404"),
    _kind("collision", "11011", "330406"),
    _kind("sharp_turn", "11012", "330401"),
    _kind("sudden_brake", "11013", "330402"),
    _kind("sudden_acceleration", "11014", "330403"),
    _kind("forward_collision", "100364", "330201"),
    _kind("headway", "100365", "330202"),
    _kind("lane_departure", "100366", "330203"),
    _kind("pedestrian_collision", "100367", "330204"),
    _kind("blind_spot", "100369", "330301"),
    _kind("panic_button", "100370", "330101"),
    _kind("smoking", "100359", "330501"),
    _kind("phone_use", "100360", "330502"),
    _kind("fatigue", "100361", "330503"),
    _kind("distraction", "100362", "330504"),
    _kind("seatbelt_unbuckled", "100363", "330505"),
    _kind("yawning", "100372", "330507"),
    _kind("infrared_sunglasses", "100373", "330508"),
    _kind("driver_absent", "100374", "330509"),
    _kind("driver_match", "100375", "335000"),
    _kind("driver_mismatch", "100376", "335001"),
    _kind("license_expired", "100377"),
    _kind("front_passenger", "330510"),
    _kind("fence_entered", "100351"),
    _kind("route_entered", "100398"),
    _kind("route_left", "100352"),
    _kind("ignition_on", "330407"),
    _kind("ignition_off", "330408"),
)
"""Vehicles and their drivers; codes from 330000 are those of raw messages."""

KINDS: Final = (
    *CAMERA_KINDS,
    *DEVICE_KINDS,
    *PANEL_KINDS,
    *ACCESS_KINDS,
    *VEHICLE_KINDS,
)

OTHER: Final = "other"
"""Event type of alarms whose code is not in the table."""

_ABBREVIATIONS: Final = {
    "gps": "GPS",
    "ip": "IP",
    "pir": "PIR",
    "qr": "QR",
    "wifi": "Wi-Fi",
}

KIND_OF_CODE: Final = {code: kind for kind in KINDS for code in kind.codes}


def kind_of(event_type: str) -> AlarmKind | None:
    """Return the kind of a code or word as sent, or None for an unknown one."""
    return KIND_OF_CODE.get(event_type)


def words_of(key: str) -> str:
    """Return a key in plain words: "line crossing" for "line_crossing"."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in key.split("_"))
