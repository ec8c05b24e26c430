"""Earlier states of tables come out of git as they lay there, whatever format they have and however large they are."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import duckdb
import pytest

from sozplan.model.figures import Cell
from sozplan.repo import WorkTree, load
from sozplan.repo.digest import digest
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.past import Past
from tests.cli.repository import Repository
from tests.repo.store.test_tables import PARQUET

DATA = "indicators/data/kennzahlen.csv"
TABLE = "indicators/data/kennzahlen.parquet"
ASKED = dataclasses.replace(LIMITS, held_bytes=0, sieved_bytes=1000)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def stored(repository: Repository, format: str) -> Path:
    """The table in that format, committed."""
    if format == "csv":
        return repository.root / DATA
    duckdb.connect().execute(PARQUET.format(repository.root / TABLE), [str(repository.root / DATA)])
    package = "indicators/datapackage.yaml"
    repository.edit(package, ("data/kennzahlen.csv", "data/kennzahlen.parquet\n    format: parquet"))
    (repository.root / DATA).unlink()
    repository.commit()
    return repository.root / TABLE


def former(repository: Repository, sha256: str, limits: Limits = LIMITS) -> list[Cell] | None:
    plan = load(WorkTree(repository.root)).plan
    (resource,) = plan.packages[0].resources
    found = Past(repository.root, plan, environ=os.environ, limits=limits).table(resource, sha256)
    return None if found is None else sorted(found, key=lambda cell: (cell.indicator, cell.area, cell.period.text))


@pytest.mark.parametrize("format", ["csv", "parquet"])
@pytest.mark.parametrize("limits", [LIMITS, ASKED], ids=["held", "asked"])
def test_the_state_of_that_checksum_is_read(repository: Repository, format: str, limits: Limits) -> None:
    place = stored(repository, format)
    cells = load(WorkTree(repository.root)).figures.cells
    sha256 = digest(place)
    place.write_bytes(b"PAR1")
    repository.commit("2026-03-01")
    found = former(repository, sha256, limits)
    assert found is not None
    named = {"kita-quote", "besuche-hafentreff", "kinderarmut"}
    expected = {(c.indicator, c.area, c.period, c.value, c.numerator) for c in cells if c.indicator in named}
    assert {(c.indicator, c.area, c.period, c.value, c.numerator) for c in found} == expected
    assert former(repository, "0" * 64, limits) is None


def test_a_state_over_the_limit_is_left_alone(repository: Repository) -> None:
    sha256 = digest(stored(repository, "csv"))
    assert former(repository, sha256, dataclasses.replace(LIMITS, csv_bytes=100)) is None


def test_without_git_there_are_no_earlier_states(tmp_path: Path, repository: Repository) -> None:
    sha256 = digest(stored(repository, "csv"))
    (tmp_path / ".git").rename(tmp_path / "git")
    assert former(repository, sha256) is None
