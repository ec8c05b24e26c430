"""Periods as suppliers write them."""

from __future__ import annotations

import pytest

from sozplan.repo.imports.times import find_periods, parse_period, part_of_year


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        (" 31.12.2024 ", "2024-12-31"),
        ("1.3.2024", "2024-03-01"),
        ("2024-12-31", "2024-12-31"),
        ("04/1991", "1991-04"),
        ("2024-06", "2024-06"),
        ("Dez 2024", "2024-12"),
        ("März\u00a02024", "2024-03"),
        ("Sept. 2024", "2024-09"),
        ("1. Quartal 2024", "2024-Q1"),
        ("4. Vierteljahr 2023", "2023-Q4"),
        ("2024-q3", "2024-Q3"),
        ("2. Halbjahr 2023", "2023-H2"),
        ("2023/24", "2023/24"),
        ("Schuljahr 2023/24", "2023/24"),
        ("2023/2024", "2023/24"),
    ],
)
def test_periods(written: str, found: str) -> None:
    parsed = parse_period(written)
    assert parsed is not None
    assert parsed.text == found


@pytest.mark.parametrize(
    "written", ["", "13/2024", "30.02.2024", "2023/2025", "202O", "Insgesamt", "5. Quartal 2024", "24"]
)
def test_no_periods(written: str) -> None:
    assert parse_period(written) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Bevölkerung am 31.12.2024", ["2024-12-31"]),
        ("Berichtsmonat: Dezember 2025, Datenstand: April 2026", ["2025-12"]),
        ("Jahre 2023 und 2024 (Gebietsstand 2021)", ["2023", "2024"]),
        ("Tabelle 12411-01-01-4", []),
        ("Stand Juni 2024 für 2023", ["2024-06"]),
    ],
)
def test_periods_within_a_line(line: str, found: list[str]) -> None:
    assert [each.text for each in find_periods(line)] == found


@pytest.mark.parametrize(
    ("code", "found"),
    [("MONAT03", "2024-03"), ("QUART2", "2024-Q2"), ("HALBJ1", "2024-H1"), ("MONAT13", None), ("GESW", None)],
)
def test_parts_of_a_year(code: str, found: str | None) -> None:
    part = part_of_year("2024", code)
    assert (part and part.text) == found
