"""Tables too large to be held: the same answers from any revision, in any order of the rows, from CSV and Parquet."""

from __future__ import annotations

import dataclasses
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sozplan.model.case import Case
from sozplan.repo import WorkTree, load
from sozplan.repo.limits import LIMITS
from sozplan.repo.load import Loaded
from sozplan.repo.revision import RevisionTree
from sozplan.repo.store.question import Scope
from sozplan.repo.tree import Tree
from sozplan.rules import check
from tests.cli.repository import Repository, Sozplan
from tests.repo.store.test_tables import PARQUET

DATA = "indicators/data/kennzahlen.csv"
TABLE = "indicators/data/kennzahlen.parquet"
PACKAGE = "indicators/datapackage.yaml"
STATUS = ("status", "--format", "json")
CHECKED = dataclasses.replace(LIMITS, checked_bytes=0, held_bytes=0, sieved_bytes=1000)


def many(seed: int = 1) -> list[str]:
    """Days of an indicator that no target speaks of, 2 MB of them."""
    chance = random.Random(seed)
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(1960, 2012) for month in range(1, 13) for day in range(1, 29)
    ]
    return [
        f"kinderarmut;{area};{day};{(n := chance.randrange(10, 400))};{n + chance.randrange(10, 900)};;;final;"
        for area in ("01", "02", "03")
        for day in days
    ]


@pytest.fixture
def large(repository: Repository) -> Repository:
    repository.write(DATA, repository.read(DATA) + "\n".join(many()) + "\n")
    assert (repository.root / DATA).stat().st_size > LIMITS.held_bytes
    repository.commit("2026-02-01")
    return repository


def into_parquet(repository: Repository) -> None:
    duckdb.connect().execute(PARQUET.format(repository.root / TABLE), [str(repository.root / DATA)])
    (repository.root / DATA).unlink()
    repository.edit(PACKAGE, ("data/kennzahlen.csv", "data/kennzahlen.parquet\n    format: parquet"))
    repository.commit("2026-02-02")


@pytest.fixture
def stored(large: Repository, request: pytest.FixtureRequest) -> Repository:
    if request.param == "parquet":
        into_parquet(large)
        assert (large.root / TABLE).stat().st_size * 15 > LIMITS.held_bytes
    return large


def read(tree: Tree) -> Loaded:
    return load(tree, CHECKED, Scope.ALL, as_of=date(2026, 10, 1))


def findings(loaded: Loaded) -> list[str]:
    """All that `check` finds, without the number of lines."""
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    found = check(case, loaded.diagnostics).open
    return [re.sub(r"(?<=\.csv:)\d+", "", f"{each.at.file} {each.code.id} {each.say('de')}") for each in found]


@pytest.mark.parametrize("stored", ["csv", "parquet"], indirect=True)
def test_a_revision_answers_like_the_work_tree_of_then(stored: Repository, sozplan: Sozplan) -> None:
    before = sozplan(*STATUS)
    there = read(WorkTree(stored.root))
    (stored.root / (TABLE if (stored.root / TABLE).exists() else DATA)).write_bytes(b"")
    stored.commit("2026-03-01")
    after = sozplan(*STATUS, "--rev", "HEAD~1")
    assert '"actual": 83.9' in before.out
    assert (after.code, after.out, after.err) == (before.code, before.out, before.err)
    with RevisionTree(stored.root, stored.git("rev-parse", "HEAD~1")) as tree:
        assert read(tree).diagnostics == there.diagnostics
    assert sozplan(*STATUS).out != before.out


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_order_of_the_rows_changes_nothing_of_status(large: Repository, sozplan: Sozplan, line_end: str) -> None:
    before = sozplan(*STATUS).out
    head, *rows = large.read(DATA).splitlines()
    for seed in (1, 2):
        large.write(DATA, line_end.join((head, *random.Random(seed).sample(rows, len(rows)))))
        assert sozplan(*STATUS).out == before


def test_parquet_says_what_csv_said(large: Repository, sozplan: Sozplan) -> None:
    before = sozplan(*STATUS).out
    into_parquet(large)
    assert sozplan(*STATUS).out == before


FAULTY = [
    "kinderarmut;01;2012-01-01;500;400;;;final;",
    "kinderarmut;02;2012-01-01;2;400;;;final;",
    "kinderarmut;02;2012-01-02;100;400;26;;final;",
    "kinderarmut;03;2031-01-02;100;400;25;;final;2030-01-01",
    "kinderarmut;3;2012-01-02;100;400;25;;final;",
    "kinderarmut;03;2012-01-02;100;400;25.5;;final;",
    "kinderarmut;01;2012-01-03;100,125;400;;;final;",
    "kinderarmut;01;2012-01-04;100,125;400;;;estimated;",
]


@pytest.mark.parametrize("note", ["", ';"über\nzwei Zeilen"'], ids=["lines", "over-lines"])
def test_the_order_of_the_rows_changes_nothing_of_check(repository: Repository, note: str) -> None:
    head, *rows = repository.read(DATA).splitlines()
    rows += [*many()[:300], *FAULTY]
    found = []
    for seed in (1, 2):
        shuffled = random.Random(seed).sample(rows, len(rows))
        content = "".join(f"{row}{note}\n" for row in shuffled)
        repository.write(DATA, f"{head}{';note' if note else ''}\n{content}")
        found.append(Counter(findings(read(WorkTree(repository.root)))))
    assert found[0] == found[1]
    assert {line.split()[1] for line in found[0]} >= {
        "csv.compared-in-part",
        "csv.decimal-sign",
        "csv.fraction",
        "ind.key-malformed",
        "ind.share-over-one",
        "ind.value-differs",
        "sdc.min-cell",
        "time.value-ahead",
    }


def test_all_is_found_that_is_found_in_a_small_table(repository: Repository) -> None:
    repository.write(DATA, repository.read(DATA) + "\n".join((*many()[:300], *FAULTY)) + "\n")
    held = findings(load(WorkTree(repository.root), LIMITS, Scope.ALL))
    asked = findings(read(WorkTree(repository.root)))
    assert {line for line in asked if " csv.compared-in-part " not in line} == set(held)
    assert Path(DATA).name in "".join(asked)


@pytest.mark.parametrize("form", ["lines", "over-lines", "parquet"])
@pytest.mark.parametrize(("day", "is_outdated"), [("2026-08-01", True), ("2026-07-01", False), ("2026-10-02", False)])
def test_a_delivery_after_the_release_is_seen_in_any_row(
    repository: Repository, form: str, day: str, is_outdated: bool
) -> None:
    """Of an indicator that no target speaks of, in rows that nobody doubts."""
    head, *rows = repository.read(DATA).splitlines()
    note = ';"über\nzwei Zeilen"' if form == "over-lines" else ""
    content = "".join(f"{row}{note}\n" for row in (*rows, *(f"{row}{day}" for row in many()[:300])))
    repository.write(DATA, f"{head}{';note' if note else ''}\n{content}")
    if form == "parquet":
        into_parquet(repository)
    found = [line for line in findings(read(WorkTree(repository.root))) if " ind.release-outdated " in line]
    said = (
        "Freigabe vom 01.07.2026 gilt nicht für die Lieferung vom 01.08.2026 (Zeilen mit diesem Datenstand). "
        "Lassen Sie die neue Lieferung freigeben, und tragen Sie den Tag unter „release: date“ ein."
    )
    assert [line.partition(": Die ")[2] for line in found] == [said] * is_outdated
