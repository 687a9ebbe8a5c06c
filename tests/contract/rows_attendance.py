"""Rows for attendance (reference "Attendance Services"; guide section 2.8)."""

from datetime import UTC, date, datetime, time, timedelta, timezone

from custom_components.hikcentral_connect.api.models.attendance import (
    AttendanceQuery,
    AttendanceRecord,
    AttendanceSummary,
    Clocking,
    TimeCard,
)
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

CET = timezone(timedelta(hours=1))
JANUARY = AttendanceQuery(
    datetime(2024, 1, 1, tzinfo=UTC),
    datetime(2024, 1, 31, 23, 59, 59, tzinfo=UTC),
    group_id="group_001",
)
DAY = date(2026, 1, 5)

ROWS = (
    ContractRow(
        "Attendance.records",
        DialectName.REFERENCE,
        "attendance/v1/records/get",
        sent={
            "startTime": "2024-01-01T00:00:00Z",
            "endTime": "2024-01-31T23:59:59Z",
            "groupId": "group_001",
            "pageNo": 1,
            "pageSize": 100,
        },
        arguments={"query": JANUARY},
        page=1,
        data={
            "total": 2,
            "list": [
                {
                    "recordId": "r1",
                    "personId": "person_001",
                    "personName": "John Smith",
                    "checkInTime": "2024-01-15T08:58:00Z",
                    "checkOutTime": None,
                },
                {"recordId": 2, "personId": "person_002", "type": "checkOut"},
            ],
        },
        read=[
            AttendanceRecord(
                id="r1",
                person_id="person_001",
                person_name="John Smith",
                occurred=None,
                kind=None,
                checked_in=datetime(2024, 1, 15, 8, 58, tzinfo=UTC),
            ),
            AttendanceRecord("2", "person_002", None, None, "checkOut"),
        ],
    ),
    ContractRow(
        "Attendance.time_cards",
        DialectName.REFERENCE,
        "attendance/v1/timecard/report",
        sent={
            "startDate": "2024-01-01",
            "endDate": "2024-01-31",
            "groupId": "group_001",
        },
        arguments={"query": JANUARY},
        page=1,
        data={"report": [{"personName": "John Smith", "totalHours": "160.5"}]},
        read=[TimeCard("John Smith", worked=timedelta(hours=160, minutes=30))],
    ),
    ContractRow(
        "Attendance.summary",
        DialectName.REFERENCE,
        "attendance/v1/summary/get",
        sent={"date": "2024-01-15", "groupId": "group_001"},
        arguments={"day": date(2024, 1, 15), "group_id": "group_001"},
        data={"totalPersons": 50, "checkedIn": 45, "absent": "5", "late": 3},
        read=AttendanceSummary(date(2024, 1, 15), 50, 45, 5, 3),
    ),
    ContractRow(
        "Attendance.time_cards",
        DialectName.TEAMS,
        "attendance/v1/report/totaltimecard/list",
        sent={
            "pageIndex": 1,
            "pageSize": 200,
            "beginTime": "2026-01-05T00:00:00+01:00",
            "endTime": "2026-01-05T23:59:59+01:00",
            "personName": "An",
            "personCode": "12",
            "personGroupIds": ["g1"],
            "dateFormat": "yyyy/MM/dd",
            "timeFormat": "HH:mm",
            "durationFormat": "HH:MM",
        },
        arguments={
            "query": AttendanceQuery(
                datetime(2026, 1, 5, tzinfo=CET),
                datetime(2026, 1, 5, 23, 59, 59, tzinfo=CET),
                group_id="g1",
                person_name="An",
                person_code="12",
            )
        },
        page=1,
        data={
            "pageIndex": 1,
            "pageSize": 200,
            "moreData": 0,
            "reportDataList": [
                {
                    "firstName": "Ann",
                    "lastName": "Gray",
                    "fullName": "Ann Gray",
                    "personCode": "12",
                    "fullPath": "All/Shop",
                    "date": "2026/01/05",
                    "weekday": 1,
                    "timetableName": "Early",
                    "checkInDate": "2026/01/05",
                    "checkInTime": "09:00",
                    "checkOutDate": "2026/01/05",
                    "checkOutTime": "18:00",
                    "clockInDate": "2026/01/05",
                    "clockInTime": "09:12",
                    "clockInSource": 1,
                    "clockInDevice": "Terminal",
                    "clockInArea": "Yard",
                    "clockOutDate": "--",
                    "clockOutTime": "--",
                    "clockOutSource": 0,
                    "clockOutDevice": "",
                    "clockOutArea": "",
                    "attendanceStatus": 2,
                    "workDuration": "08:48",
                    "absenceDuration": "00:00",
                    "lateDuration": "00:12",
                    "earlyDuration": "00:00",
                    "breakDuration": "00:30",
                    "leaveDuration": "--",
                    "overtimeDuration": "100:05",
                    "workdayOvertimeDuration": "01:00",
                    "weekendOvertimeDuration": "",
                }
            ],
        },
        read=[
            TimeCard(
                person_name="Ann Gray",
                person_code="12",
                group="All/Shop",
                day=DAY,
                timetable="Early",
                due_in=Clocking(DAY, time(9)),
                due_out=Clocking(DAY, time(18)),
                clock_in=Clocking(DAY, time(9, 12), "1", "Terminal", "Yard"),
                clock_out=None,
                status_code="2",
                worked=timedelta(hours=8, minutes=48),
                absent=timedelta(),
                late=timedelta(minutes=12),
                early=timedelta(),
                breaks=timedelta(minutes=30),
                leave=None,
                overtime=timedelta(hours=100, minutes=5),
                workday_overtime=timedelta(hours=1),
                weekend_overtime=None,
            )
        ],
    ),
)
