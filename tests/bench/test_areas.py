"""The repositories that an index is measured on are sound and hold as much as they claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy
import pytest

from bench import areas
from bench.areas import CITY, COUNTRY, Areas
from sozplan.analysis.areal import areal
from sozplan.analysis.protection.table import protection
from sozplan.model.case import Case
from sozplan.model.periods import period
from sozplan.repo import WorkTree, load
from sozplan.rules import check


def test_how_much_there_is_to_rate() -> None:
    assert (areas.SMALL_CITY.districts, areas.SMALL_CITY.years, areas.SMALL_CITY.small) == (12, 10, 0.03)
    assert (CITY.areas, CITY.components, CITY.years) == (542, 8, 3)
    assert (COUNTRY.areas, COUNTRY.components, COUNTRY.years) == (33_000, 7, 1)


@pytest.mark.parametrize("years", [1, 3])
def test_nothing_is_wrong_with_them(tmp_path: Path, years: int) -> None:
    areas.write(Areas("small", 90, 3, years), tmp_path / "small")
    loaded = load(WorkTree(tmp_path / "small"))
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    assert [finding.say("en") for finding in check(case, loaded.diagnostics).open] == []
    units = [unit for unit in case.plan.units if unit.level == areas.LEVEL]
    values = areal(case, "anteil-2", units, period(str(areas.PERIOD))).values
    assert (len(units), numpy.isnan(values).sum(), len(case.figures.cells)) == (90, 0, 90 * 3 * years)


def test_social_areas_lie_across_districts(tmp_path: Path) -> None:
    assert (areas.CROSSING.areas, areas.CROSSING.crossing, areas.CROSSING.years) == (400, 60, 8)
    areas.write(Areas("across", 90, 1, 1, per_district=30, small=0.05, totals=True, crossing=12), tmp_path / "across")
    plan = load(WorkTree(tmp_path / "across")).plan
    parents = {unit.id: unit.parent for unit in plan.units}
    spread = [{parents[part.unit] for part in area.parts} for area in plan.social_areas]
    assert len(spread) == 12
    assert min(map(len, spread)) > 1


def test_small_counts_are_where_they_should_be_and_the_totals_with_them(tmp_path: Path) -> None:
    some = Areas("few", 90, 2, 2, per_district=46, small=0.02, totals=True)
    areas.write(some, tmp_path / "few")
    loaded = load(WorkTree(tmp_path / "few"))
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    cells = [cell for cell in case.figures.cells if cell.numerator is not None]
    small = [cell for cell in cells if cell.numerator is not None and cell.numerator.reveal() < 3]
    assert (len(cells), len(small)) == ((90 + some.districts + 1) * 2 * 2, 11)
    assert all(len(cell.area) == 8 for cell in small)
    added = {cell.area: cell for cell in cells if cell.period.text == "2025" and cell.indicator == "anteil-0"}
    for wholes in ("11", "0000 0001"):
        together = sum(n.reveal() for key in wholes.split() if (n := added[key].numerator) is not None)
        parts = [cell.numerator for cell in added.values() if len(cell.area) == 8]
        assert together == sum(each.reveal() for each in parts if each is not None)
    assert protection(case, "anteil-0").withheld
