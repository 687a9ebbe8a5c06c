"""Where something that drives a round is at a moment. Pure geometry."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from random import Random

EARTH_KM = 6371.0
KM_PER_DEGREE = 111.2
HOME = (52.5200, 13.4050)

type Point = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A position: degrees, km/h, degrees clockwise from north, metres."""

    latitude: float
    longitude: float
    speed: float
    heading: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """A round from the first point over all others and back, then a rest there."""

    points: tuple[Point, ...]
    speed: float = 42.0
    rest: timedelta = timedelta(minutes=5)
    height: float = 34.0

    def at(self, moment: datetime) -> Fix:
        """Return the position at a moment."""
        legs = self._legs()
        hours = sum(distance(*leg) for leg in legs) / self.speed
        period = hours * 3600 + self.rest.total_seconds()
        driven = moment.timestamp() % period / 3600 * self.speed
        for start, end in legs:
            length = distance(start, end)
            if driven < length:
                return self._between(start, end, driven / length)
            driven -= length
        home = self.points[0]
        return Fix(*home, 0.0, heading(*legs[-1]), self.height)

    def _legs(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, (*self.points[1:], self.points[0]), strict=True))

    def _between(self, start: Point, end: Point, share: float) -> Fix:
        latitude = start[0] + (end[0] - start[0]) * share
        longitude = start[1] + (end[1] - start[1]) * share
        return Fix(latitude, longitude, self.speed, heading(start, end), self.height)


def distance(start: Point, end: Point) -> float:
    """Return the kilometres between two points (haversine)."""
    (lat1, lng1), (lat2, lng2) = map(_radians, (start, end))
    half = hypot(
        sin((lat2 - lat1) / 2), sqrt(cos(lat1) * cos(lat2)) * sin((lng2 - lng1) / 2)
    )
    return 2 * EARTH_KM * asin(half)


def heading(start: Point, end: Point) -> float:
    """Return the direction from one point to another, 0 to 360 from north."""
    (lat1, lng1), (lat2, lng2) = map(_radians, (start, end))
    east = sin(lng2 - lng1) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lng2 - lng1)
    return degrees(atan2(east, north)) % 360


def round_trip(name: str, start: Point = HOME) -> Route:
    """Make up a round of a few kilometres, always the same for the same name."""
    random = Random(name)
    points = [start]
    for corner in range(5):
        angle = radians(corner * 60 + random.uniform(-20, 20))
        reach = random.uniform(0.8, 2.5) / KM_PER_DEGREE
        east = reach * sin(angle) / cos(radians(start[0]))
        points.append((start[0] + reach * cos(angle), start[1] + east))
    return Route(tuple(points), speed=random.uniform(25, 50))


def _radians(point: Point) -> Point:
    return radians(point[0]), radians(point[1])
