"""Fifteen official targets: `status` gives what the published series give by the formula, in every year.

The arithmetic here is the test's own, in binary floats from the published files, by Z = (I - B) / (T - B) * 100.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sozplan.cli.app import run

HERE = Path(__file__).parent / "dns"
REPOSITORY = Path(__file__).parents[1] / "examples" / "dns"
BASELINES = {"13-1-a_1": 1990, "5-1-bc_1": 2015}
"""The year a series starts from; all others from 2010."""

Series = dict[str, dict[int, float]]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published() -> Series:
    series: Series = {}
    for row in rows("timeseries.csv"):
        series.setdefault(row["series_id"], {})[int(row["year"])] = float(row["value"])
    return series


def due(start: int, end: int, newest: int, low: float, high: float) -> float:
    """The value to be expected at the end of the year of the newest figure, by days."""
    whole = date(end, 12, 31) - date(start, 12, 31)
    gone = date(min(newest, end), 12, 31) - date(start, 12, 31)
    return low + (high - low) * (gone / whole)


@pytest.fixture
def sozplan(capfd: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a command on the example, without error, and reads its JSON."""

    def answer(*arguments: str) -> Any:
        assert run([*arguments, "--format", "json", "-C", str(REPOSITORY)]) == 0
        return json.loads(capfd.readouterr().out)

    return answer


def light(fulfilment: float) -> str:
    return "green" if fulfilment >= 95 else "yellow" if fulfilment >= 80 else "red"


@pytest.mark.parametrize("year", [2018, 2021, 2024, 2025])
def test_status_gives_what_the_published_series_give(year: int, sozplan: Callable[..., Any]) -> None:
    told = {each["goal"]: each for each in sozplan("status", "--as-of", f"{year + 1}-06-30")["targets"]}
    goals, series = rows("goals.csv"), published()
    assert len(told) == len(goals) == 15
    for goal in goals:
        values, start = series[goal["series_id"]], BASELINES.get(goal["series_id"], 2010)
        newest = max(each for each in values if each <= year)
        first, target, end = values[start], float(goal["target_value"]), int(goal["target_year"])
        each = told["dns-" + goal["goal_id"].replace("_", "-")]
        expected = due(start, end, newest, first, target)
        assert (each["actual_period"], each["actual"]) == (str(newest), values[newest])
        assert (each["baseline"], each["target_value"]) == (first, target)
        assert each["attainment"] == pytest.approx((values[newest] - first) / (target - first) * 100, rel=1e-8)
        assert each["expected"] == pytest.approx(expected, rel=1e-8)
        assert each["fulfilment"] == pytest.approx((values[newest] - first) / (expected - first) * 100, rel=1e-8)
        assert each["light"] == (
            "green" if each["fulfilment"] >= 95 else "yellow" if each["fulfilment"] >= 80 else "red"
        )


SYMBOLS = {"Sonne": "sun", "Leicht bewölkt": "partly", "Wolke": "cloud", "Blitz": "storm"}
PUBLISHED = rows("symbols_published.csv")
YEARS = sorted({row["year"] for row in PUBLISHED})


@pytest.mark.parametrize("year", YEARS)
def test_every_published_weather_symbol_is_reproduced(year: str, sozplan: Callable[..., Any]) -> None:
    """Seen from the last day of a year its value is the newest there is, as it was when the symbol was published."""
    told = {each["goal"]: each for each in sozplan("status", "--as-of", f"{year}-12-31")["targets"]}
    expected = {
        "dns-" + row["goal_id"].replace("_", "-"): (year, SYMBOLS[row["symbol_published"]])
        for row in PUBLISHED
        if row["year"] == year
    }
    assert {goal: (told[goal]["actual_period"], told[goal]["weather"]) for goal in expected} == expected


def test_all_115_published_symbols_are_compared() -> None:
    assert (len(PUBLISHED), len({(row["goal_id"], row["year"]) for row in PUBLISHED})) == (115, 115)
    assert {row["symbol_published"] for row in PUBLISHED} == set(SYMBOLS)


def test_the_repository_passes_check(sozplan: Callable[..., Any]) -> None:
    report = sozplan("check", "--as-of", "2026-06-30")
    assert report["summary"]["errors"] == 0
    # Federal goals have no municipal measures, and some series appear long after their year: that is all there is.
    assert {each["rule"] for each in report["diagnostics"]} == {"ref.goal-empty", "time.deadline-data"}


def test_the_repository_holds_the_published_series() -> None:
    with (REPOSITORY / "indicators/data/zeitreihen.csv").open(encoding="utf-8", newline="") as lines:
        held = [(row["indicator"], int(row["period"]), float(row["value"])) for row in csv.DictReader(lines)]
    assert held == [
        ("dns-" + row["series_id"].replace("_", "-"), int(row["year"]), float(row["value"]))
        for row in rows("timeseries.csv")
    ]
