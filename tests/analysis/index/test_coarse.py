"""An index says where more was withheld of its components than may be needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench import areas
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.components import IndexFault, method_of
from sozplan.analysis.index.evaluate import evaluate
from sozplan.analysis.protection.effort import Effort
from sozplan.model.case import Case
from sozplan.model.indices import Index
from sozplan.model.periods import period
from sozplan.repo import WorkTree, load

CROSSING = areas.Areas("across", 160, 2, 1, per_district=20, small=0.03, totals=True, crossing=120)
SAID = (
    "Gröber unterdrückt, um kleine Zahlen zu schützen: Anteil der Menschen mit Leistung 0 2025, "
    "Anteil der Menschen mit Leistung 1 2025."
)


def rated(root: Path, level: str | None = None) -> list[str]:
    """The notes to the index."""
    areas.write(CROSSING, root)
    file = root / f"indicators/indices/{areas.INDEX}.yaml"
    file.write_text(file.read_text("utf-8").replace(f"level: {areas.LEVEL}", f"level: {level or areas.LEVEL}"), "utf-8")
    loaded = load(WorkTree(root))
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    index, asked = case.plan.find(areas.INDEX, Index), period(str(areas.PERIOD))
    assert index is not None
    return [each.de for each in evaluate(case, index, method_of(index, asked), asked, Audience.PUBLIC).notes]


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Effort, "of_leading", classmethod(lambda cls: cls(1)))


def test_where_few_cells_are_found_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert SAID not in rated(tmp_path / "across", "bezirk")


@pytest.mark.usefixtures("no_time")
def test_an_index_of_a_level_above_says_so(tmp_path: Path) -> None:
    assert SAID in rated(tmp_path / "across", "bezirk")


@pytest.mark.usefixtures("no_time")
def test_an_index_of_the_level_withheld_says_why_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(IndexFault) as told:
        rated(tmp_path / "across")
    assert told.value.message.de == (
        "„Anteil der Menschen mit Leistung 0“ ist für 2025 gröber unterdrückt, um kleine Zahlen zu schützen: Kein "
        "Gebiet dieser Ebene hat einen Wert, der gezeigt werden darf. Wählen Sie größere Gebiete oder nehmen Sie die "
        "Komponente heraus."
    )
