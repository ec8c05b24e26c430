"""The descriptions of the data files, judged by Frictionless: it has never heard of sozplan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from frictionless import validate

from sozplan.repo import WorkTree, load

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("", "tests/examples/base", "tests/examples/kreis", "tests/examples/dns")


def found(root: Path) -> list[tuple[str, int]]:
    report = validate(str(root / "indicators/datapackage.yaml"))
    return [(kind, row) for kind, row in report.flatten(["type", "rowNumber"])]


@pytest.mark.parametrize("example", EXAMPLES)
def test_tables_are_what_their_description_says(example: str) -> None:
    assert found(ROOT / example) == []


@pytest.mark.parametrize(
    ("old", "new", "theirs", "ours"),
    [
        (
            "kita-quote;01;2023;1630;2000;81,5;",
            "kita-quote;01;2023;1630;2000;81.5;",
            "type-error",
            "csv.decimal-sign",
        ),
        (
            "kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30",
            "kita-quote;01;2023;1630",
            "missing-cell",
            "csv.ragged",
        ),
        (
            "kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30",
            "kita-quote;01;2023;1630;2000;81,5;;final;30.6.2024",
            "type-error",
            "csv.vintage",
        ),
    ],
)
def test_a_planted_fault_is_found_by_both_in_the_same_row(
    tmp_path: Path, old: str, new: str, theirs: str, ours: str
) -> None:
    root = Path(shutil.copytree(ROOT / "tests/examples/base", tmp_path / "base"))
    place = root / "indicators/data/kennzahlen.csv"
    text = place.read_text(encoding="utf-8")
    assert text.count(old) == 1
    place.write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    assert set(found(root)) == {(theirs, line)}
    assert [(fault.code.id, fault.at.line) for fault in load(WorkTree(root)).diagnostics] == [(ours, line)]
