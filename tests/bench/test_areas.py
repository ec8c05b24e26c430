"""The repositories that an index is measured on are sound and hold as much as they claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy
import pytest

from bench import areas
from bench.areas import CITY, COUNTRY, Areas
from sozplan.analysis.areal import areal
from sozplan.model.case import Case
from sozplan.model.periods import period
from sozplan.repo import WorkTree, load
from sozplan.rules import check


def test_how_much_there_is_to_rate() -> None:
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
