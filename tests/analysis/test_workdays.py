"""Working days of the Länder, against days that stand in calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sozplan.analysis.workdays import delay, due, earliest, is_working
from sozplan.model.shared import OfficeDeadline

LANDS = ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]


def days(count: int, *, working: bool = True) -> OfficeDeadline:
    return OfficeDeadline(days=count, working_days=working)


@pytest.mark.parametrize(
    ("day", "off_in"),
    [
        (date(2026, 1, 6), {"BW", "BY", "ST"}),  # Heilige Drei Könige
        (date(2026, 4, 3), set(LANDS)),  # Karfreitag
        (date(2026, 6, 4), {"BW", "BY", "HE", "NW", "RP", "SL"}),  # Fronleichnam
        (date(2026, 10, 30), set()),
        (date(2025, 10, 31), {"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"}),  # Reformationstag
        (date(2026, 11, 18), {"SN"}),  # Buß- und Bettag
        (date(2026, 3, 9), set()),
        (date(2027, 3, 8), {"BE", "MV"}),  # Internationaler Frauentag
    ],
)
def test_days_off(day: date, off_in: set[str]) -> None:
    assert {land for land in LANDS if not is_working(day, land)} == off_in


@pytest.mark.parametrize(
    ("anchor", "deadline", "land", "expected"),
    [
        (date(2026, 3, 30), days(5), "NW", date(2026, 4, 8)),  # past Good Friday and Easter Monday
        (date(2026, 3, 30), days(9, working=False), "NW", date(2026, 4, 8)),
        (date(2026, 4, 8), days(-5), "NW", date(2026, 3, 30)),
        (date(2026, 6, 3), days(1), "NW", date(2026, 6, 5)),
        (date(2026, 6, 3), days(1), "NI", date(2026, 6, 4)),
        (date(2026, 6, 3), days(0), "NW", date(2026, 6, 3)),
        (date(2026, 12, 23), days(3), "NW", date(2026, 12, 29)),
    ],
)
def test_due(anchor: date, deadline: OfficeDeadline, land: str, expected: date) -> None:
    assert due(anchor, deadline, land) == expected


def test_holidays_only_ever_delay_and_not_by_more_than_is_said() -> None:
    for land in ("BY", "NW", "SN", "BE"):
        for start in range(0, 365, 9):
            for count in (1, 5, 30, 80, 210):
                anchor = date(2026, 1, 1) + timedelta(days=start)
                found = due(anchor, days(count), land)
                assert earliest(anchor, days(count)) <= found <= earliest(anchor, days(count)) + delay(days(count))
