"""A table that is asked gives the cells that reading row by row gives, or is read row by row."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sozplan.model.figures import Cell, Measured
from sozplan.model.indicators import Indicator, Resource
from sozplan.repo.limits import LIMITS
from sozplan.repo.observations import Known, Reader
from sozplan.repo.store.opening import How, Opened, asked, held
from sozplan.repo.store.question import Question

HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage"
SHEET: dict[str, Any] = {
    "name": "Quote", "definition": "Anteil", "numerator": "Kinder", "denominator": "Kinder", "unit": "%",
    "direction": "higher", "kind": "outcome", "steerability": "direct", "periodicity": "yearly",
}  # fmt: skip
SHEETS = [Indicator.model_validate({**SHEET, "id": f"quote-{n}"}) for n in range(12)]
KEYS = [f"{n:04}" for n in range(60)]
KNOWN = Known({sheet.id: sheet for sheet in SHEETS}, frozenset(KEYS))
ASKED = Question(frozenset(("quote-1", "quote-10")), frozenset(KEYS[5:40]))
NUMBERED = How(located=True)
FILE = "indicators/data/quote.csv"


def rows(seed: int = 1) -> list[str]:
    """More than are gone through without DuckDB: every sign, vintages side by side, in any order."""
    chance = random.Random(seed)
    found = []
    for sheet in SHEETS:
        for key in KEYS:
            for year in range(1990, 2022):
                n = chance.randrange(1, 200)
                rest = f"{n};200;{n // 2},{5 * (n % 2)};;final;{year + 1}-03-01"
                match chance.randrange(40):
                    case 0:
                        rest = f";;;.;;{year + 1}-03-01"
                    case 1:
                        rest = f"0;200;0;-;final;{year + 1}-03-01"
                    case 2:
                        found.append(f"{sheet.id};{key};{year};1;200;0,5;r;;{year + 2}-03-01")
                found.append(f"{sheet.id};{key};{year};{rest}")
    chance.shuffle(found)
    return found


ROWS = rows()
TEXT = "\n".join((HEAD, *ROWS)) + "\n"


def reader(**options: Any) -> Reader:
    described = {"name": "quote", "path": "data/quote.csv", "dialect": {"delimiter": ";"}} | options
    return Reader(FILE, Resource.model_validate(described), KNOWN, LIMITS)


def wanted(cells: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in cells if ASKED.holds(cell.indicator, cell.area)]


def given(opened: Opened) -> list[Cell]:
    return list(opened.cells if opened.table is None else opened.table.cells())


def turned(text: str) -> str:
    """The columns the other way round."""
    return "".join(";".join(reversed(line.split(";"))) + "\n" for line in text.splitlines())


def noted(line: str) -> str:
    """A further column with a text over two lines."""
    return TEXT.replace("vintage\n", "vintage;note\n").replace("-03-01\n", f"-03-01;{line}\n")


WRITTEN: dict[str, tuple[Callable[[], bytes], bool]] = {
    "plain": (TEXT.encode, True),
    "BOM": (lambda: b"\xef\xbb\xbf" + TEXT.encode(), True),
    "CRLF": (lambda: TEXT.replace("\n", "\r\n").encode(), True),
    "empty lines": (lambda: TEXT.replace("quote-1;0005", "\n\nquote-1;0005").encode(), True),
    "no last line end": (lambda: TEXT.rstrip("\n").encode(), True),
    "empty texts quoted": (lambda: TEXT.replace(";;final", ';"";final').encode(), True),
    "all quoted": (lambda: "\n".join(f'"{line}"'.replace(";", '";"') for line in TEXT.splitlines()).encode(), True),
    "other columns": (turned(TEXT).encode, True),
    "delimiter in a quoted field": (lambda: noted('"eins; zwei"').encode(), True),
    "quotes over lines": (lambda: noted('"eins\nquote-1;0005;1980;1;200;0,5;;;"').encode(), False),
    "mixed line ends": (lambda: TEXT.replace("2000;", "2000;").replace("1-03-01\n", "1-03-01\r\n").encode(), False),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_same_cells_as_row_by_row(tmp_path: Path, how: str) -> None:
    write, is_table = WRITTEN[how]
    place = tmp_path / "quote.csv"
    place.write_bytes(write())
    assert place.stat().st_size > LIMITS.sieved_bytes
    plain = reader()
    expected = wanted(held(place, plain, LIMITS).cells)
    opened = asked(place, reader(), LIMITS, ASKED, NUMBERED)
    assert len(expected) > 2 * 35 * 32
    assert given(opened) == expected
    assert (opened.table is not None) is is_table


def test_a_small_file_is_gone_through_without_duckdb(tmp_path: Path) -> None:
    place = tmp_path / "[klein]*.csv"
    place.write_text("\n".join((HEAD, *ROWS[:9000])), encoding="utf-8")
    assert place.stat().st_size < LIMITS.sieved_bytes
    opened = asked(place, reader(), LIMITS, ASKED, NUMBERED)
    assert opened.table is not None
    assert given(opened) == wanted(held(place, reader(), LIMITS).cells)


def test_a_path_is_never_taken_for_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "quote.csv").write_text(TEXT.replace(";200;", ";199;"), encoding="utf-8")
    place = tmp_path / "quote*.csv"
    place.write_text(TEXT, encoding="utf-8")
    assert given(asked(place, reader(), LIMITS, ASKED, NUMBERED)) == wanted(held(place, reader(), LIMITS).cells)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_row_by_row(tmp_path: Path, encoding: str) -> None:
    place = tmp_path / "quote.csv"
    place.write_bytes(noted("Süd").encode(encoding))
    declared = reader(encoding=encoding)
    opened = asked(place, declared, LIMITS, ASKED, NUMBERED)
    assert opened.table is None
    assert given(opened) == wanted(held(place, reader(encoding=encoding), LIMITS).cells)


def test_another_encoding_than_declared_is_told_by_its_line(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_bytes(TEXT.encode() + "quote-1;Süd;2020;1;200;0,5;;;\n".encode("latin-1"))
    late = reader()
    asked(place, late, LIMITS, ASKED, NUMBERED)
    assert [(fault.code.id, fault.at.line) for fault in late.faults] == [("csv.encoding", len(ROWS) + 2)]


def test_without_places_the_cells_are_the_same_but_for_the_line(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    place.write_text(TEXT, encoding="utf-8")
    there, nowhere = (given(asked(place, reader(), LIMITS, ASKED, each)) for each in (NUMBERED, How(located=False)))
    assert sorted(without_place(nowhere), key=str) == sorted(without_place(there), key=str)


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    answers = []
    for seed in (1, 2):
        shuffled = random.Random(seed).sample(ROWS, len(ROWS))
        place = tmp_path / f"{seed}.csv"
        place.write_text("\n".join((HEAD, *shuffled)), encoding="utf-8")
        opened = asked(place, reader(), LIMITS, ASKED, How(located=False))
        assert opened.table is not None
        answers.append([without_place(list(opened.table.vintages("quote-1", key))) for key in KEYS])
    assert answers[0] == answers[1] != []


def test_faults_of_the_answer_are_told_at_their_line_and_column(tmp_path: Path) -> None:
    place = tmp_path / "quote.csv"
    faulty = ["quote-1;0005;2050;1;200;1.5;;final;", "quote-1;0005;2051;1;200;0,5;?;final;", "quote-2;0005;2O20;;;;;;"]
    place.write_text(TEXT + "\n".join(faulty), encoding="utf-8")
    late = reader()
    given(asked(place, late, LIMITS, ASKED, NUMBERED))
    first = len(ROWS) + 2
    assert [(f.code.id, f.at.line, f.at.column) for f in late.faults] == [
        ("csv.decimal-sign", first, 25),
        ("ind.sign-unknown", first + 1, 29),
    ]


PARQUET = """
    COPY (SELECT indicator, area, period, numerator::DECIMAL(28, 9) AS numerator,
        denominator::DECIMAL(28, 9) AS denominator, replace(value, ',', '.')::DECIMAL(28, 9) AS value, sign, status,
        vintage::DATE AS vintage
        FROM read_csv(?, delim = ';', header = true, all_varchar = true)) TO '{}' (FORMAT parquet, COMPRESSION zstd)"""


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    (folder / "quote.csv").write_text(TEXT, encoding="utf-8")
    duckdb.connect().execute(PARQUET.format(folder / "quote.parquet"), [str(folder / "quote.csv")])
    return folder / "quote.parquet"


def without_place(cells: list[Cell]) -> list[tuple[object, ...]]:
    def shown(measured: Measured | None) -> object:
        return None if measured is None else measured.reveal()

    return [
        (c.indicator, c.area, c.period.text, shown(c.numerator), shown(c.value), c.missing, c.quality, c.vintage)
        for c in cells
    ]


def test_parquet_says_what_the_csv_said(parquet: Path) -> None:
    csv = held(parquet.with_suffix(".csv"), reader(), LIMITS).cells
    whole = held(parquet, reader(format="parquet"), LIMITS).cells
    some = given(asked(parquet, reader(format="parquet"), LIMITS, ASKED, NUMBERED))
    assert without_place(list(whole)) == without_place(list(csv))
    assert some == wanted(whole)
    assert [cell.at.line for cell in whole] == list(range(1, len(ROWS) + 1))


def test_a_broken_parquet_file_is_one_fault(tmp_path: Path, parquet: Path) -> None:
    place = tmp_path / "quote.parquet"
    whole = parquet.read_bytes()
    for data in (b"", b"PAR1", whole[:-100], whole[:4] + b"\0" * (len(whole) - 8) + whole[-4:], b"PK\x03\x04"):
        place.write_bytes(data)
        late = reader(format="parquet")
        assert held(place, late, LIMITS).cells == ()
        assert [fault.say("de") for fault in late.faults] == [
            "Das ist keine lesbare Parquet-Datei. Schreiben Sie die Parquet-Datei neu, oder legen Sie die Tabelle als "
            "CSV ab."
        ]


def test_keys_that_are_numbers_and_inexact_numbers_are_refused(tmp_path: Path) -> None:
    place = tmp_path / "quote.parquet"
    duckdb.connect().sql(
        "SELECT 'quote-1' AS indicator, 5 AS area, '2020' AS period, 1.5::DOUBLE AS value"
    ).write_parquet(str(place))
    late = reader(format="parquet")
    assert held(place, late, LIMITS).cells == ()
    assert [fault.say("de").partition(". ")[0] for fault in late.faults] == [
        "Die Spalte „area“ hat den Typ INTEGER, richtig ist VARCHAR",
        "Die Spalte „value“ hat den Typ DOUBLE, richtig ist DECIMAL",
    ]


def test_a_faulty_row_of_parquet_is_named_by_its_number(tmp_path: Path) -> None:
    place = tmp_path / "quote.parquet"
    query = """SELECT * FROM (VALUES ('quote-1', '0005', '2020', 1.5::DECIMAL(28, 9), DATE '2021-03-01'),
        ('quote-1', '0005', '2020', 1.5, DATE '2021-03-01'), ('quote-1', '5', '2021', 1.5, NULL),
        ('quote-1', E'00\\x1f05', '2021', 1.5, NULL)) AS t(indicator, area, period, value, vintage)"""
    duckdb.connect().sql(query).write_parquet(str(place))
    late = reader(format="parquet")
    (cell,) = held(place, late, LIMITS).cells
    assert (cell.value.reveal() if cell.value else None, cell.vintage) == (Decimal("1.5"), date(2021, 3, 1))
    assert sorted((f.code.id, f.at.line, f.at.column) for f in late.faults) == [
        ("csv.ragged", 4, 1),
        ("ind.duplicate-value", 2, 1),
        ("ind.key-malformed", 3, 2),
    ]


CALM = [f"{s.id};{key};{year};50;200;25;;final;" for s in SHEETS for key in KEYS for year in range(1960, 2022)]
FEW = ASKED._replace(least=5, central=frozenset(("0006", "0007")))


def written(folder: Path, form: str, text: str) -> Path:
    place = folder / "quote.csv"
    place.write_text(f"{text}\n", encoding="utf-8")
    if form == "csv":
        return place
    duckdb.connect().execute(PARQUET.format(place.with_suffix(".parquet")), [str(place)])
    return place.with_suffix(".parquet")


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("seldom", ["", "quote-1;0039;2030;3;200;1,5;;final;"])
def test_areas_that_nobody_asked_for_are_read_when_somebody_does(tmp_path: Path, form: str, seldom: str) -> None:
    """Of an indicator with a small count all areas are there at once, since its protection looks at them."""
    place = written(tmp_path, form, "\n".join((HEAD, *CALM, seldom)).strip())
    whole = held(place, reader(format=form), LIMITS).cells
    assert form == "parquet" or place.stat().st_size > LIMITS.sieved_bytes
    late = asked(place, reader(format=form), LIMITS, FEW, NUMBERED).table
    assert late is not None
    small = {"quote-1"} if seldom else set()
    assert {name for name in FEW.indicators if not late.exceeds(name, 5)} == small
    away = place.rename(place.with_name("away"))
    for name, area in [("quote-1", "0006"), ("quote-10", "0007"), *((name, "0039") for name in small)]:
        assert late.vintages(name, area) == tuple(c for c in whole if (c.indicator, c.area) == (name, area))
    with pytest.raises(OSError, match="Input/output error"):
        late.vintages("quote-10", "0039")
    away.rename(place)
    assert late.vintages("quote-10", "0039") == tuple(c for c in whole if (c.indicator, c.area) == ("quote-10", "0039"))
    assert list(late.cells()) == wanted(whole)
    assert late.indicators() == FEW.indicators
