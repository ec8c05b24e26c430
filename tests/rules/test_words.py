"""The words of messages."""

from __future__ import annotations

from datetime import date

import pytest

from sozplan.diagnostics import Text
from sozplan.model import (
    areas,
    calendar,
    funding,
    handbook,
    indices,
    inventory,
    measures,
    organisation,
    processes,
    profiles,
    resolutions,
    settings,
    strategy,
    targets,
    territory,
)
from sozplan.model import indicators as indicator_sheets
from sozplan.model.areas import AreaPlan
from sozplan.model.entity import Entity
from sozplan.model.periods import period
from sozplan.model.shared import Span
from sozplan.rules.words import KINDS, brief, day, either, key, label, named, quoted, span

MODULES = (
    areas, calendar, funding, handbook, indicator_sheets, indices, inventory, measures, organisation, processes,
    profiles, resolutions, settings, strategy, targets, territory,
)  # fmt: skip


def test_whatever_has_an_id_has_a_name() -> None:
    with_id = {
        name
        for module in MODULES
        for name, cls in vars(module).items()
        if isinstance(cls, type) and issubclass(cls, Entity) and "id" in cls.model_fields
    }
    bases = {"Record", "Decided", "TargetFields", "Retired"}
    assert with_id - bases == set(KINDS)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 1, 1), date(2025, 12, 31), ("vom 01.01.2024 bis 31.12.2025", "from 2024-01-01 to 2025-12-31")),
        (date(2024, 1, 1), date(2024, 1, 1), ("am 01.01.2024", "on 2024-01-01")),
        (date(2024, 1, 1), None, ("seit 01.01.2024", "since 2024-01-01")),
        (None, date(2025, 12, 31), ("bis 31.12.2025", "until 2025-12-31")),
        (None, None, ("immer", "always")),
    ],
)
def test_spans(start: date | None, end: date | None, expected: tuple[str, str]) -> None:
    assert span(start, end) == expected


def test_days_and_periods() -> None:
    assert day(date(2026, 3, 1)) == ("01.03.2026", "2026-03-01")
    assert day(date(987, 3, 1)) == ("01.03.0987", "0987-03-01")
    assert named(period("2026-03-01")) == ("01.03.2026", "2026-03-01")
    assert named(period("2026/27")) == ("2026/27", "2026/27")


def test_lists() -> None:
    rat, amt = Text("Rat", "council"), Text("Amt", "office")
    assert either([rat]) == ("Rat", "council")
    assert either([rat, amt, rat]) == ("Rat oder Amt", "council or office")
    assert either([rat, amt, Text("Beirat", "board")]) == ("Rat, Amt oder Beirat", "council, office or board")
    assert quoted(["a", "b"]) == ("„a“, „b“", "“a”, “b”")


def test_fields_as_they_are_written_and_printed() -> None:
    term = Span.model_validate({"from": "2026-01-01"})
    assert key(term, "start") == "from"
    assert label(term, "start") == ("Von", "From")
    plan = AreaPlan.model_validate(
        {"id": "p", "area": "a", "title": "P", "period": {"from": "2026-01-01"}, "status": "draft"}
    )
    assert (key(plan, "area"), label(plan, "area")) == ("area", ("Gebiet", "Area"))


def test_long_texts_are_cut() -> None:
    assert brief("Eine\n  Zeile") == "Eine Zeile"
    assert brief("x" * 80) == "x" * 80
    assert brief("x" * 81) == "x" * 79 + "…"
