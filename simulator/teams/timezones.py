"""Time zones (guide 5.2.2).

The guide shows two rows, 1 and 19, and 30 as the id of its system's zone. Which zone
30 is, and the row of 26, are the simulator's assumption. No zone here has summer
time, as the simulated world has none.
"""

from dataclasses import dataclass

from simulator.contract import Json, Mistake, Problem, Request

from .api import api

SYSTEM = "30"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone; ``minutes`` is how far it is ahead of UTC."""

    id: str
    name: str
    label: str
    minutes: int


ZONES = (
    Zone("1", "Afghanistan Standard Time", "(UTC+04:30) Kabul", 270),
    Zone("19", "Central Asia Standard Time", "(UTC+06:00) Astana", 360),
    Zone("26", "China Standard Time", "(UTC+08:00) Beijing", 480),
    Zone(SYSTEM, "W. Europe Standard Time", "(UTC+01:00) Berlin", 60),
)
KNOWN = {one.id for one in ZONES}


@api.post("resource/v1/timezone/get")
def time_zones(_: Request) -> Json:
    """List time zones."""
    rows = [
        {
            "id": one.id,
            "standardName": one.name,
            "displayName": one.label,
            "bias": -one.minutes,
            "dst": {
                "daylightBias": "-60",
                "daylightDate": "0:0:0:0:0",
                "standardDate": "0:0:0:0:0",
                "enable": 0,
            },
        }
        for one in ZONES
    ]
    return {"timeZone": rows, "systemTimeZoneID": SYSTEM}


def known_zone(zone_id: str) -> str:
    """Return a zone's id if there is such a zone."""
    if zone_id not in KNOWN:
        raise Mistake(Problem.RANGE, "id")
    return zone_id
