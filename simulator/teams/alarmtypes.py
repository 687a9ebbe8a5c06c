"""The words of alarms: categories, sources, types (guide A.1.1, A.1.4, A.1.5)."""

from dataclasses import dataclass
from typing import Any

from simulator.contract import Mistake, Problem, Text
from simulator.world.events import AlarmKind

from .events import ALARM_CODES

CATEGORIES = (
    "alarmCategoryAlarmDetection",
    "alarmCategoryMaintenance",
    "alarmCategoryVideo",
    "alarmCategoryDriving",
    "alarmSubCategoryAlarmDevice",
    "alarmSubCategoryVehicle",
    "alarmSubCategoryAlarmInput",
    "alarmSubCategoryBoxChannel",
    "alarmSubCategoryBoxDevice",
    "alarmSubCategoryCamera",
    "alarmSubCategoryEncodingDevice",
    "alarmSubCategoryMobileDevice",
)
SOURCE_TYPES = (
    "alarmInput",
    "camera",
    "encodingDevice",
    "alarmDevice",
    "user",
    "subSystem",
    "vehicle",
    "mobileDevice",
)
SPANS = (
    *((10000, 10002), (10016, 10016), (10018, 10019), (10032, 10036)),
    *((10056, 10057), (10100, 10103), (10106, 10106), (10500, 10501)),
    *((10610, 10611), (10621, 10621), (10630, 10630), (10635, 10636)),
    *((11009, 11014), (11016, 11017), (20002, 20003), (20005, 20006)),
    *((20008, 20008), (50000, 50000), (50002, 50002), (50101, 50104)),
    *((50109, 50112), (50120, 50120), (70001, 70004), (70006, 70007)),
    *((70113, 70113), (70118, 70119), (70200, 70200), (70203, 70205)),
    *((70213, 70213), (70221, 70221), (70223, 70224), (70250, 70250)),
    *((70253, 70253), (70255, 70255), (70302, 70302), (70307, 70311)),
    *((70402, 70402), (70451, 70454), (70502, 70502), (80001, 80002)),
    *((80008, 80009), (80016, 80018), (80020, 80036), (80072, 80086)),
    *((80093, 80094), (80099, 80099), (80147, 80148), (80152, 80157)),
    *((80173, 80173), (80263, 80264), (80273, 80274), (100105, 100105)),
    *((100302, 100303), (100344, 100346), (100348, 100348), (100351, 100352)),
    *((100359, 100377), (100396, 100396), (100398, 100398), (100571, 100572)),
    *((100574, 100574), (100620, 100621), (100657, 100657), (300001, 300003)),
    *((330407, 330408), (330510, 330510)),
)
ALARM_TYPES = frozenset(
    code for first, last in SPANS for code in range(first, last + 1)
)
KINDS = {str(code): kind for kind, code in ALARM_CODES.items()}


@dataclass(frozen=True, slots=True)
class AlarmType:
    """One of the codes of A.1.4, as a string or a number; becomes a string."""

    def read(self, name: str, value: object) -> str:
        """Return the code."""
        code = Text(64, number=True).read(name, value)
        if not code.isdecimal() or int(code) not in ALARM_TYPES:
            raise Mistake(Problem.RANGE, name)
        return code


def kind_of(source: dict[str, Any]) -> str:
    """Return the world's word for the type of an event source, else the code."""
    code: str = source["eventType"]
    return KINDS.get(code, code)


def type_of(event: str) -> int:
    """Return the code of an event type in the world's word."""
    return ALARM_CODES[AlarmKind(event)] if event in AlarmKind else int(event)
