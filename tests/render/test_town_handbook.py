"""The handbook of the example town, as it would be put into force."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.model.case import Case
from sozplan.model.handbook import HandbookRule
from sozplan.render.handbook import manual
from sozplan.repo import WorkTree, load
from tests.render.conftest import VeraPdf
from tests.render.documents import STAMP, bytes_of, pages

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def town() -> Case:
    loaded = load(WorkTree(ROOT))
    return Case(loaded.plan, loaded.figures, date(2026, 10, 1), loaded.documents)


@pytest.fixture(scope="module")
def book(town: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = manual(town, lang="de", audience=Audience.PUBLIC, stamp=STAMP)
    place = tmp_path_factory.mktemp("book") / "handbuch.pdf"
    place.write_bytes(bytes_of(document, ROOT))
    return place


def test_it_has_forty_to_eighty_pages_and_passes_verapdf(book: Path, verapdf: VeraPdf) -> None:
    assert 40 <= len(pages(book)) <= 80
    assert verapdf(book) == {}


def test_it_is_the_same_to_the_byte(town: Case, book: Path) -> None:
    again = manual(town, lang="de", audience=Audience.PUBLIC, stamp=STAMP)
    assert bytes_of(again, ROOT) == book.read_bytes()


def test_every_body_process_and_rule_of_the_data_is_in_it(town: Case, book: Path) -> None:
    """By its name, its number and its first words; lines may be broken anywhere."""
    text = re.sub(r"[\s\u00ad-]+", "", " ".join(pages(book)))
    plan, day = town.plan, town.as_of
    named = [body.name for body in plan.bodies if body.in_force(day)]
    named += [process.name for process in plan.processes]
    named += [rule.statement[:60] for rule in plan.all(HandbookRule) if rule.in_force(day)]
    assert len(named) > 60
    assert [name for name in named if re.sub(r"[\s\u00ad-]+", "", name) not in text] == []
