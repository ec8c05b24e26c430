"""Tables of figures as offices deliver them, good and bad, through the whole program."""

from __future__ import annotations

import json
import random

import pytest

from tests.cli.repository import Repository, Sozplan

DATA = "indicators/data/kennzahlen.csv"
ROW = "kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30"
RULES = ("check", "--as-of", "2026-10-01", "--select", "csv,ind.duplicate-value,ind.key-malformed,ind.sign-unknown")


@pytest.fixture
def line(repository: Repository) -> int:
    return repository.read(DATA).splitlines().index(ROW) + 1


def found(sozplan: Sozplan) -> list[tuple[int, str]]:
    """Line and rule of each finding; it ends as the contract says."""
    said = sozplan(*RULES, "--format", "json")
    document = json.loads(said.out)
    assert said.code == (1 if document["summary"]["errors"] else 0)
    assert not said.err
    assert {each["file"] for each in document["diagnostics"]} <= {DATA}
    return [(each["line"], each["rule"]) for each in document["diagnostics"]]


FAULTS = {
    "decimal point": ("81.5", "csv.decimal-sign"),
    "thousands": ("1.234,5", "csv.number"),
    "not a number": ("nan", "csv.number"),
    "infinite": ("inf", "csv.number"),
    "exponent": ("1e400", "csv.number"),
    "underscore": ("8_1", "csv.number"),
    "other digits": ("٨١", "csv.number"),
    "full width": ("\uff18\uff11", "csv.number"),
    "truth": ("True", "csv.number"),
    "hexadecimal": ("0x51", "csv.number"),
    "NA": ("NA", "csv.number"),
    "null": ("null", "csv.number"),
    "n.a.": ("n.a.", "csv.number"),
    "as many digits as float can't hold": ("9" * 400, "csv.number"),
    "above a hundred": ("181,5", "csv.out-of-range"),
    "negative": ("-1,5", "csv.out-of-range"),
}


@pytest.mark.parametrize(("value", "rule"), FAULTS.values(), ids=FAULTS)
def test_a_value_that_is_none(repository: Repository, sozplan: Sozplan, line: int, value: str, rule: str) -> None:
    repository.edit(DATA, (ROW, ROW.replace("81,5", value)))
    assert found(sozplan) == [(line, rule)]


OTHERS = {
    "key without its zero": (ROW.replace(";01;", ";1;"), "ind.key-malformed"),
    "key as a number": (ROW.replace(";01;", ";1.0;"), "ind.key-malformed"),
    "key with a blank": (ROW.replace(";01;", ";01 ;"), "ind.key-malformed"),
    "key with an invisible character": (ROW.replace(";01;", ";0\u200b1;"), "ind.key-malformed"),
    "key with a letter for a digit": (ROW.replace(";01;", ";О1;"), "ind.key-malformed"),
    "month 13": (ROW.replace(";2023;", ";2024-13;"), "csv.period"),
    "letter in the year": (ROW.replace(";2023;", ";202O;"), "csv.period"),
    "unknown sign": (ROW.replace("81,5;;", ";?;"), "ind.sign-unknown"),
    "negative count": (ROW.replace("1630", "-1630"), "csv.out-of-range"),
    "value on no base": (ROW.replace("2000", "0"), "csv.out-of-range"),
    "too few fields": ("kita-quote;01;2023;1630", "csv.ragged"),
    "comma for semicolon": (ROW.replace(",", ".").replace(";", ","), "csv.ragged"),
    "open quote": (ROW.replace("81,5", '"81,5'), "csv.quote-open"),
}


@pytest.mark.parametrize(("row", "rule"), OTHERS.values(), ids=OTHERS)
def test_a_row_that_is_none(repository: Repository, sozplan: Sozplan, line: int, row: str, rule: str) -> None:
    repository.edit(DATA, (ROW, row))
    assert found(sozplan)[0] == (line, rule)


@pytest.mark.parametrize("value", ["81,5", "82,5"])
def test_a_double_names_both_lines(repository: Repository, sozplan: Sozplan, line: int, value: str) -> None:
    repository.edit(DATA, (ROW, f"{ROW}\n{ROW.replace('81,5', value)}"))
    assert found(sozplan) == [(line + 1, "ind.duplicate-value")]
    assert f"{DATA}:{line}" in sozplan(*RULES).out.splitlines()[0].partition("Fehler")[2]


def test_another_way_of_writing_gives_the_same_bytes(repository: Repository, sozplan: Sozplan) -> None:
    """With byte order mark, CRLF, quotes, other order of columns and rows, and no end of line at the end."""
    before = sozplan("status", "--as-of", "2026-10-01", "--format", "json").out
    rows = [line.split(";") for line in repository.read(DATA).splitlines()]
    order = [5, 1, 0, 2, 8, 7, 6, 4, 3]
    head, *rest = [";".join(f'"{row[i]}"' if row[i] else "" for i in order) for row in rows]
    random.Random(7).shuffle(rest)
    repository.write(DATA, "\ufeff" + "\r\n".join([head, *rest]))
    assert found(sozplan) == []
    assert sozplan("status", "--as-of", "2026-10-01", "--format", "json").out == before


@pytest.mark.parametrize(
    ("start", "what"), [(b"\x1f\x8b\x08", "gzip"), (b"PK\x03\x04", "zip"), (b"<!DOCTYPE html>", "html")]
)
def test_what_only_bears_the_name(repository: Repository, sozplan: Sozplan, start: bytes, what: str) -> None:
    (repository.root / DATA).write_bytes(start + b"\n" * 40)
    ((_, rule),) = found(sozplan)
    assert rule == "csv.not-csv", what


def test_other_encodings_are_told_by_line_and_never_guessed(
    repository: Repository, sozplan: Sozplan, line: int
) -> None:
    content = repository.read(DATA).replace(ROW, ROW.replace("final", "endgültig"))
    (repository.root / DATA).write_bytes(content.encode("latin-1"))
    assert found(sozplan)[0] == (line, "csv.encoding")


def test_a_hundred_thousand_faults_are_counted_and_a_few_are_told(repository: Repository, sozplan: Sozplan) -> None:
    head = repository.read(DATA).splitlines()[0]
    repository.write(DATA, f"{head}\n" + ROW.replace("81,5", "rund 80") + "\n" + f"{ROW[:-1]}x\n" * 99_999)
    said = sozplan(*RULES)
    assert said.code == 1
    assert len(said.out.splitlines()) < 250
    assert len(said.out) < 100_000


def test_a_long_cell_and_many_columns_end_the_reading(repository: Repository, sozplan: Sozplan, line: int) -> None:
    content = repository.read(DATA)
    repository.write(DATA, content.replace(ROW, ROW.replace("final", "f" * 200_000)))
    assert found(sozplan)[0][0] == line
    repository.write(DATA, ";".join(f"spalte{n}" for n in range(20_000)) + "\n")
    assert found(sozplan)[0][0] == 1


def test_a_huge_number_stays_a_number(repository: Repository, sozplan: Sozplan) -> None:
    """The longest that the grammar admits goes through sums as an exact decimal: never infinite, never a traceback."""
    huge = "9" * 30
    rows = repository.read(DATA).replace("kinderarmut;01;2023;", f"kinderarmut;01;2023;{huge}", 1)
    repository.write(DATA, rows)
    said = sozplan("status", "--as-of", "2026-10-01", "--format", "json")
    assert said.code in (0, 1)
    assert "Infinity" not in said.out
    assert "NaN" not in said.out
