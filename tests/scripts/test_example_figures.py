"""The invented figures of the example town: made again they are the same, and they hold what the town promises."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import example_figures

DATA = Path(__file__).resolve().parents[2] / "indicators" / "data"
FILES = sorted(path.name for path in DATA.glob("*.csv"))
CITY, QUARTER = "05999000", "BV01"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    example_figures.write(folder)
    return folder


def rows() -> Iterator[dict[str, str]]:
    for name in FILES:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter=";")


@pytest.mark.parametrize("name", FILES)
def test_the_script_gives_the_committed_bytes(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (DATA / name).read_bytes()


def test_every_file_is_made_by_the_script(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == FILES


def test_no_count_below_three_is_in_the_files() -> None:
    small = [r for r in rows() if r["numerator"] in {"1", "2"} or (r["numerator"] == "0" and r["sign"] != "-")]
    assert small == []


def test_the_city_is_the_sum_of_its_districts() -> None:
    newest = {(r["indicator"], r["period"], r["area"]): r for r in sorted(rows(), key=lambda r: r["vintage"])}
    parts: dict[tuple[str, str], list[dict[str, str]]] = {}
    for (indicator, period, area), row in newest.items():
        if area not in {CITY, QUARTER}:
            parts.setdefault((indicator, period), []).append(row)
    complete = {where: found for where, found in parts.items() if all(r["sign"] != "." for r in found)}
    assert len(complete) == 17 * 11 - 11  # one indicator has hidden cells in every year
    for where, found in complete.items():
        for column in ("numerator", "denominator"):
            total = newest[*where, CITY][column]
            assert sum(int(r[column] or 0) for r in found) == int(total or 0), (where, column)


def test_the_town_has_as_many_residents_as_its_settings_say() -> None:
    city = [r["value"] for r in rows() if (r["indicator"], r["area"], r["period"]) == ("einwohner", CITY, "2024")]
    assert city == ["118400"]


@pytest.mark.parametrize(("period", "districts"), [("2023", 24), ("2024", 25)])
def test_a_district_was_split(period: str, districts: int) -> None:
    keys = {r["area"] for r in rows() if r["indicator"] == "einwohner" and r["period"] == period}
    assert len(keys - {CITY, QUARTER}) == districts
    assert ("0405" in keys) == (period == "2024")
