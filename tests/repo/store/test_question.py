"""What is asked of large tables, by what the command looks at."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sozplan.analysis.areal import areal
from sozplan.model.case import Case
from sozplan.model.periods import period
from sozplan.repo import WorkTree, load
from sozplan.repo.limits import LIMITS
from sozplan.repo.store.question import OfImport, OfIndex, Scope, question

BASE = Path(__file__).resolve().parents[2] / "examples/base"
INDEX = OfIndex("sozialindex")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "repo"))


def test_an_index_asks_for_the_indicators_that_it_names(root: Path) -> None:
    plan = load(WorkTree(root)).plan
    asked = question(plan, INDEX)
    assert asked.indicators == {"kinderarmut", "kita-quote"} < {sheet.id for sheet in plan.indicators}
    assert asked.areas == question(plan, Scope.PLANNED).areas
    assert question(plan, OfIndex("unbekannt")).indicators == frozenset()


def test_the_values_are_those_of_the_whole(root: Path) -> None:
    values = []
    small = replace(LIMITS, indexed_bytes=0)
    for scope in (Scope.ALL, INDEX):
        loaded = load(WorkTree(root), small, scope)
        case = Case(loaded.plan, loaded.figures, date(2026, 10, 1))
        found = [
            areal(case, id, loaded.plan.units, period("2024")) for id in sorted(question(case.plan, INDEX).indicators)
        ]
        values.append([(each.period, each.values.tolist(), each.absent) for each in found])
    assert len(load(WorkTree(root), small, INDEX).figures.tables) == 1
    assert repr(values[0]) == repr(values[1])


PROFILE = """id: {}
name: Lieferung
format: table
resource: {}
columns: [{{indicator: kita-quote, column: B}}]
"""


def test_an_import_asks_other_files_for_what_its_profile_brings(root: Path) -> None:
    small = replace(LIMITS, held_bytes=0, sieved_bytes=0)
    (root / "indicators/profiles").mkdir()
    for id, resource in (("neu", "lieferung"), ("eigen", "kennzahlen")):
        (root / f"indicators/profiles/{id}.yaml").write_text(PROFILE.format(id, resource), encoding="utf-8")
    asked = load(WorkTree(root), small, OfImport("neu"))
    assert question(asked.plan, OfImport("neu")).indicators == {"kita-quote"}
    assert {cell.indicator for cell in asked.figures.cells} == {"kita-quote"}
    own = load(WorkTree(root), small, OfImport("eigen"))
    assert (own.figures.tables, own.figures.cells) == ((), ())
    assert question(asked.plan, OfImport("unbekannt")).indicators == frozenset()
