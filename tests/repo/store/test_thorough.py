"""A large table is checked row by row in effect: what SQL can't vouch for is read, and told where it stands."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sozplan.diagnostics import Diagnostic, Location, Severity
from sozplan.model.figures import Cell
from sozplan.repo.codes.table import COMPARED_IN_PART
from sozplan.repo.limits import LIMITS, Limits
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


SIEVED = dataclasses.replace(LIMITS, sieved_bytes=10_000)


def seen(
    place: Path, how: How = THOROUGH, limits: Limits = LIMITS, **options: Any
) -> tuple[list[Cell], list[Diagnostic]]:
    late = reader(**options)
    opened = asked(place, late, limits, ASKED, how)
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


@pytest.mark.parametrize("fault", FAULTS)
def test_where_lines_are_no_records_as_well(tmp_path: Path, fault: str) -> None:
    place = tmp_path / "quote.csv"
    few = "".join(f"{row}\n" for row in ROWS if row.startswith(("quote-1;0005;", "quote-2;", "quote-1;0007;")))
    place.write_text(
        f"{HEAD};note\n{few}{FAULTS[fault]}\n".replace("\n", ';"eins\nzwei"\n').replace('te;"eins\nzwei"', "te", 1)
    )
    expected = row_by_row(place)
    assert len(expected) >= 2  # the column that isn't known is told as well
    cells, faults = seen(place, limits=SIEVED)
    assert said(faults) == expected
    assert {cell.area for cell in cells if cell.indicator == "quote-1"} >= {"0005"}


def test_a_file_that_is_only_written_otherwise_is_read_row_by_row(tmp_path: Path) -> None:
    """As some programs write tables: every field in quotes."""
    place = tmp_path / "quote.csv"
    written = (f'"{line}"'.replace(";", '";"') for line in (HEAD, *ROWS, FAULTS["number"], FAULTS["twice"]))
    place.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    expected = row_by_row(place)
    assert len(expected) == 2
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
        "quote-2;0005;1980;50;200;25;;final;1979-12-31",
        "quote-2;0005;1980;50;;;;final;1979-12-31",
        "quote-2;0005;1980;50;203;24,60;;final;",
        "quote-2;0005;1980;50;203;24,600;;final;",
    ],
)
@pytest.mark.parametrize("note", ["", ';"eins\nzwei"'])
def test_what_rules_have_to_judge_is_among_the_cells(tmp_path: Path, row: str, note: str) -> None:
    place = tmp_path / "quote.csv"
    lines = (f"{HEAD}{';note' if note else ''}\n", *(f"{each}{note}\n" for each in (*ROWS, row)))
    place.write_text("".join(lines), encoding="utf-8")
    cells, faults = seen(place)
    if note:
        assert [cell.at.line for cell in cells if cell.period.text == "1980"] == [2 * FIRST - 2]
        assert said(faults) == row_by_row(place)
        return
    assert [cell.at.line for cell in cells if cell.period.text == "1980"] == [FIRST]
    assert said(faults) == row_by_row(place)


BEGUN = {
    "1980": "1980-01-01",
    "1980/81": "1980-08-01",
    "1980-H1": "1980-01-01",
    "1980-H2": "1980-07-01",
    "1980-Q1": "1980-01-01",
    "1980-Q2": "1980-04-01",
    "1980-Q3": "1980-07-01",
    "1980-Q4": "1980-10-01",
    "1980-05": "1980-05-01",
    "1980-05-17": "1980-05-17",
}


@pytest.mark.parametrize("period", BEGUN)
@pytest.mark.parametrize("where", ["row", "file", "as-of"])
def test_values_are_doubted_that_were_there_before_their_period(tmp_path: Path, period: str, where: str) -> None:
    first = date.fromisoformat(BEGUN[period])
    for day, expected in ((first, []), (first - timedelta(days=1), [period])):
        place = tmp_path / "quote.csv"
        stated = day.isoformat() if where == "row" else ""
        place.write_text(f"{TEXT}quote-2;0005;{period};50;200;25;;final;{stated}\n", encoding="utf-8")
        how = THOROUGH._replace(as_of=day if where == "as-of" else None)
        options: dict[str, Any] = {"vintage": day.isoformat()} if where == "file" else {}
        cells, faults = seen(place, how, **options)
        assert [cell.period.text for cell in cells if cell.period.text.startswith("1980")] == expected
        assert faults == []


@pytest.mark.parametrize("value", ["24,6", "24,63", "24,631", "24,6305", "24,63054", "24,630542", "25"])
def test_a_value_as_exact_as_it_is_written_is_not_doubted(tmp_path: Path, value: str) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}quote-2;0005;1980;50;203;{value};;final;\n", encoding="utf-8")
    assert [cell for cell in seen(place)[0] if cell.period.text == "1980"] == []


def test_zeros_at_the_end_of_sound_values_are_no_doubt(tmp_path: Path) -> None:
    """Such values of indicators that nobody asks for are neither answered nor malformed."""
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}{PADDED}", encoding="utf-8")
    cells, faults = seen(place)
    assert faults == []
    assert {cell.indicator for cell in cells if cell.period.text < "1990"} == set()


PADDED = "".join(f"quote-2;{key};{year};50;200;25,00;;final;\n" for key in KEYS for year in range(1900, 1950))


def test_the_newest_period_is_there_beside_an_older_one_that_is_doubted(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(f"{TEXT}quote-2;0005;1980;201;200;;;final;\n", encoding="utf-8")
    periods = {cell.period.text for cell in seen(place)[0] if cell.indicator == "quote-2"}
    assert {"1980", "2021"} <= periods


def test_what_is_compared_in_part_is_said(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(TEXT, encoding="utf-8")
    late = reader()
    opened = asked(place, late, LIMITS, ASKED, THOROUGH)
    assert opened.checking is not None
    opened.checking.finish(NOWHERE)
    assert [(f.severity, f.at.line, f.say("de")) for f in late.faults] == [
        (
            Severity.INFO,
            1,
            "Die Datei ist sehr groß: Jede Zeile ist für sich und auf Dopplungen geprüft, aber mit anderen Jahren und "
            "Gebieten sind nur die Kennzahlen und Gebiete mit Zielwerten verglichen (Gebiete: 1).",
        )
    ]


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
