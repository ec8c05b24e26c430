"""A large table is checked row by row in effect: what SQL can't vouch for is read, and told where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from sozplan.diagnostics import Diagnostic, Location
from sozplan.model.figures import Cell
from sozplan.repo.codes.csv import COMPARED_IN_PART
from sozplan.repo.limits import LIMITS
from sozplan.repo.store.doubts import LOOKED_AT
from sozplan.repo.store.opening import How, asked, held
from sozplan.repo.store.prints import Repeated
from sozplan.repo.store.question import Question
from tests.repo.store.test_tables import FILE, HEAD, KEYS, PARQUET, ROWS, TEXT, reader

THOROUGH = How(located=True, thorough=True)
ASKED = Question(frozenset(("quote-1",)), frozenset(KEYS), 3, frozenset(("0005",)))
FIRST = len(ROWS) + 2
NOWHERE = Repeated((), 0)
"""What is told where there is one file only."""


def seen(place: Path, how: How = THOROUGH, **options: Any) -> tuple[list[Cell], list[Diagnostic]]:
    late = reader(**options)
    opened = asked(place, late, LIMITS, ASKED, how)
    assert opened.checking is not None
    cells = [*opened.checking.finish(NOWHERE), *(opened.table.cells() if opened.table else ())]
    *_, last = [fault for fault in late.faults if fault.code is COMPARED_IN_PART]
    assert (last.at, last.args["areas"]) == (Location(FILE), 1)
    return cells, [fault for fault in late.faults if fault is not last]


def row_by_row(place: Path) -> list[tuple[object, ...]]:
    plain = reader()
    held(place, plain, LIMITS)
    return said(plain.faults)


def said(faults: list[Diagnostic]) -> list[tuple[object, ...]]:
    return sorted((fault.at, fault.code.id, fault.say("de")) for fault in faults)


FAULTS = {
    "number": "quote-2;0005;1980;1;200;1.5;;final;",
    "digits of another script": "quote-2;0005;1980;1;200;٣;;final;",
    "exponent": "quote-2;0005;1980;1;200;1e3;;final;",
    "plus": "quote-2;0005;1980;+1;200;0,5;;final;",
    "blank in a number": "quote-2;0005;1980; 1;200;0,5;;final;x",
    "not a number": "quote-2;0005;1980;nan;200;;;final;",
    "period": "quote-2;0005;2O20;1;200;0,5;;final;",
    "month": "quote-2;0005;2020-13;1;200;0,5;;final;",
    "day": "quote-2;0005;2019-02-29;1;200;0,5;;final;",
    "school year": "quote-2;0005;2019/21;1;200;0,5;;final;",
    "sign": "quote-2;0005;1980;1;200;0,5;?;final;",
    "value beside a sign": "quote-2;0005;1980;;;0,5;.;final;",
    "status": "quote-2;0005;1980;1;200;0,5;;fertig;",
    "vintage": "quote-2;0005;1980;1;200;0,5;;final;2020-02-30",
    "key": "quote-2;5;1980;1;200;0,5;;final;",
    "sheet": "quote-99;0005;1980;1;200;0,5;;final;",
    "negative": "quote-2;0005;1980;-1;200;0,5;;final;",
    "above": "quote-2;0005;1980;;;100,5;;final;",
    "no base": "quote-2;0005;1980;1;0;0,5;;final;",
    "ragged": "quote-2;0005;1980;1",
    "twice": next(row for row in ROWS if row.startswith("quote-2;")),
    "twice with another value": next(row for row in ROWS if row.startswith("quote-2;0005;")).replace("final", "e"),
    "twice among what is asked for": next(row for row in ROWS if row.startswith("quote-1;0007;")),
    "quotes": '"quote-2";"0005";"1980";"1,5,5";"200";"0,5";"";"final";""',
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_as_if_read_row_by_row(tmp_path: Path, fault: str) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}{FAULTS[fault]}\n", encoding="utf-8")
    expected = row_by_row(place)
    assert len(expected) >= 1
    assert said(seen(place)[1]) == expected


def test_all_faults_at_once(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(TEXT + "\n".join(FAULTS.values()), encoding="utf-8")
    assert said(seen(place)[1]) == row_by_row(place)


def test_a_sound_file_has_no_faults_and_gives_the_central_series(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text("\n".join((HEAD, *(f"quote-1;{key};{y};50;200;25;;;" for key in KEYS for y in range(1200, 1800)))))
    assert place.stat().st_size > LIMITS.sieved_bytes
    cells, faults = seen(place)
    assert faults == []
    assert len(cells) == 600
    assert {(cell.indicator, cell.area) for cell in cells} == {("quote-1", "0005")}


@pytest.mark.parametrize(
    "row",
    [
        "quote-2;0005;1980;2;200;1;;final;",
        "quote-2;0005;1980;198;200;99;;final;",
        "quote-2;0005;1980;1;2;50;;final;",
        "quote-2;0005;1980;50;200;26;;final;",
        "quote-2;0005;1980;201;200;;;final;",
        "quote-2;9999;1980;50;200;25;;final;",
    ],
)
def test_what_rules_have_to_judge_is_among_the_cells(tmp_path: Path, row: str) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}{row}\n", encoding="utf-8")
    cells, faults = seen(place)
    assert [cell.at.line for cell in cells if cell.period.text == "1980"] == [FIRST]
    assert said(faults) == row_by_row(place)


def test_without_numbers_a_finding_is_known_by_a_line_below_zero(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}{FAULTS['twice among what is asked for']}\n", encoding="utf-8")
    assert [fault.at.line < 0 for fault in seen(place, How(located=False, thorough=True))[1]] == [True]


def test_more_faults_than_are_read_are_counted(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(TEXT.replace(";200;", ";200.0;"), encoding="utf-8")
    faults = seen(place)[1]
    wrong = sum(";200;" in row for row in ROWS)
    assert len(faults) == LOOKED_AT + 1
    assert faults[-1].say("de") == (
        f"{wrong - LOOKED_AT} weitere Zeilen dieser Datei sind auffällig und noch ungeprüft. Beheben Sie erst die "
        "Befunde, die hier stehen, oder teilen Sie die Datei."
    )


def parquet(place: Path) -> Path:
    target = place.with_suffix(".parquet")
    duckdb.connect().execute(PARQUET.format(target), [str(place)])
    return target


SAYABLE = ("period", "day", "sign", "status", "key", "sheet", "negative", "above", "no base", "twice")
"""What the types of Parquet's columns don't rule out."""


@pytest.mark.parametrize("fault", SAYABLE)
def test_parquet_is_checked_alike(tmp_path: Path, fault: str) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}{FAULTS[fault]}\n", encoding="utf-8")
    faults = seen(parquet(place), format="parquet")[1]
    expected = reader()
    held(place, expected, LIMITS)
    assert [(f.code.id, f.at.line) for f in faults] == [(f.code.id, f.at.line - 1) for f in expected.faults]
