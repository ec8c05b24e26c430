"""What stands in two files is found whatever they are: large or small, CSV or Parquet, read by lines or row by row."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sozplan.diagnostics import Diagnostic
from sozplan.repo import WorkTree, load
from sozplan.repo.codes.csv import DUPLICATE
from sozplan.repo.codes.table import MORE_ROWS
from sozplan.repo.limits import LIMITS
from sozplan.repo.store.doubts import LOOKED_AT
from sozplan.repo.store.question import Scope
from tests.repo.store.test_tables import HEAD, PARQUET
from tests.rules.harness import base, write

LARGE = dataclasses.replace(LIMITS, checked_bytes=0, held_bytes=0, sieved_bytes=1000)
"""So that a file of some hundred rows is a large one."""
TWICE = ("kinderarmut;01;1999;400;1600;25;;final;2000-06-30", "kita-quote;02;1999;400;1600;25;;final;2000-06-30")
"""One that nobody asks for, and one that targets speak of."""


def rows(period: str) -> list[str]:
    """So many that no two files have the same."""
    return [
        f"kinderarmut;01;{period}-{m:02}-{d:02};400;1600;25;;final;2011-06-30" for m in (1, 2) for d in range(1, 29)
    ]


def csv(place: Path, lines: list[str]) -> None:
    place.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")


def over_lines(place: Path, lines: list[str]) -> None:
    noted = [f'{line};"eins\nzwei"' for line in lines]
    place.write_text("\n".join((f"{HEAD};note", *noted)) + "\n", encoding="utf-8")


def western(place: Path, lines: list[str]) -> None:
    place.write_text("\n".join((f"{HEAD};note", *(f"{line};Süd" for line in lines))) + "\n", encoding="windows-1252")


def parquet(place: Path, lines: list[str]) -> None:
    csv(place.with_suffix(".tmp"), lines)
    duckdb.connect().execute(PARQUET.format(place), [str(place.with_suffix(".tmp"))])
    place.with_suffix(".tmp").unlink()


def small(place: Path, lines: list[str]) -> None:
    csv(place, lines[-len(TWICE) :])


KINDS: Mapping[str, tuple[Callable[[Path, list[str]], None], str]] = {
    "lines": (csv, "csv"),
    "over-lines": (over_lines, "csv"),
    "western": (western, "csv"),
    "parquet": (parquet, "parquet"),
    "small": (small, "csv"),
}


def repository(root: Path, files: Mapping[str, tuple[str, list[str]]], **more: str) -> Path:
    """The base example with these files, each of a kind."""
    package = base()["indicators/datapackage.yaml"]
    for name, (kind, _) in files.items():
        encoding = "windows-1252" if kind == "western" else "utf-8"
        package += f"""\
  - name: {name}
    path: data/{name}.{KINDS[kind][1]}
    format: {KINDS[kind][1]}
    encoding: {encoding}
    dialect: {{delimiter: ";"}}
    schema: {{fields: [{{name: value, type: number, decimalChar: ","}}]}}
    release: {{office: statistikstelle, date: 2026-07-01}}
    sources: [{{title: Statistikstelle der Beispielstadt}}]
{"".join(f"    {key}: {value}" for key, value in more.items())}
"""
    write(root, {**base(), "indicators/datapackage.yaml": package})
    for name, (kind, lines) in files.items():
        make, ending = KINDS[kind]
        make(root / f"indicators/data/{name}.{ending}", lines)
    return root


def doubles(root: Path, located: bool = True) -> list[Diagnostic]:
    loaded = load(WorkTree(root), LARGE, Scope.ALL, located, date(2026, 10, 1))
    assert {fault.code.id for fault in loaded.diagnostics} <= {
        "ind.duplicate-value",
        "csv.compared-in-part",
        "csv.label-unknown",
    }
    return [fault for fault in loaded.diagnostics if fault.code is DUPLICATE]


def places(found: list[Diagnostic]) -> set[frozenset[str]]:
    """Both places of each finding."""
    return {frozenset((f"{fault.at.file}:{fault.at.line}", str(fault.args["first"]))) for fault in found}


PAIRS = list(itertools.combinations_with_replacement(KINDS, 2))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["×".join(pair) for pair in PAIRS])
def test_both_places_are_named(one: str, other: str, tmp_path: Path) -> None:
    lines = {"eins": rows("2001"), "zwei": rows("2002")}
    files = {name: (kind, [*lines[name], *TWICE]) for name, kind in zip(lines, (one, other), strict=True)}
    root = repository(tmp_path, files)
    held = load(WorkTree(root), LIMITS, Scope.ALL).diagnostics
    expected = places([fault for fault in held if fault.code is DUPLICATE])
    assert len(expected) == 2
    assert places(doubles(root)) == expected


def test_a_line_that_is_not_known_yet_makes_the_finding_unknown_as_well(tmp_path: Path) -> None:
    root = repository(
        tmp_path, {"eins": ("lines", [*rows("2001"), *TWICE]), "zwei": ("lines", [*rows("2002"), *TWICE])}
    )
    assert {fault.args["indicator"]: fault.at.line < 1 for fault in doubles(root, located=False)} == {
        "kinderarmut": False,
        "kita-quote": True,
    }


def test_a_doubtful_row_is_found_beside_a_sound_one(tmp_path: Path) -> None:
    few = TWICE[0].replace("400;1600", "1;4")
    root = repository(tmp_path, {"eins": ("lines", [*rows("2001"), few]), "zwei": ("lines", [*rows("2002"), *TWICE])})
    assert len(doubles(root)) == 1


@pytest.mark.parametrize("kind", ["lines", "over-lines", "parquet"])
def test_the_vintage_of_the_file_stands_for_that_of_a_row(kind: str, tmp_path: Path) -> None:
    unsaid = re.sub("2000-06-30$", "", TWICE[0])
    root = repository(tmp_path, {"eins": (kind, [*rows("2001"), TWICE[0], unsaid])}, vintage="2000-06-30")
    assert len(doubles(root)) == 1


def test_a_file_delivered_twice_is_told_by_its_first_rows_and_a_number(tmp_path: Path) -> None:
    lines = [
        f"kinderarmut;{area};{year}-{month:02}-{day:02};400;1600;25;;final;"
        for area in ("01", "02", "03")
        for year in (2001, 2002)
        for month in range(1, 13)
        for day in range(1, 29)
    ] + [
        f"kinderarmut;01;{year}-{month:02};400;1600;25;;final;" for year in range(1990, 2000) for month in range(1, 13)
    ]
    root = repository(tmp_path, {"eins": ("lines", lines), "zwei": ("over-lines", lines)})
    loaded = load(WorkTree(root), LARGE, Scope.ALL)
    rest = len(lines) - LOOKED_AT
    assert sum(fault.code is DUPLICATE for fault in loaded.diagnostics) == LOOKED_AT
    assert [fault.args["rows"] for fault in loaded.diagnostics if fault.code is MORE_ROWS] == [rest, rest]
