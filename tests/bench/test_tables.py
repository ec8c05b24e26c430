"""The delivery that an import is measured by can be brought in whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench import tables
from sozplan.model.case import Case
from sozplan.model.profiles import ImportProfile
from sozplan.repo import WorkTree, load
from sozplan.repo.imports import Wishes, run_import


def test_the_delivery_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "YEARS", 2)
    tables.delivery(tmp_path / "delivery", 3)
    loaded = load(WorkTree(tmp_path / "delivery"))
    profile = loaded.plan.find(tables.PROFILE, ImportProfile)
    assert profile is not None
    case = Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)
    account = run_import(tmp_path / "delivery", case, profile, Wishes(tmp_path / "delivery.csv", to="parquet"))
    assert (account.faults, account.added, dict(account.drops)) == ((), 250 * 3 * 2, {})
