"""The dossier of an area: two pages, accessible, with both kinds of evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sozplan.cli.app import run
from tests.render.documents import pages

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang
    from tests.render.conftest import VeraPdf

ROOT = Path(__file__).resolve().parent.parent.parent


def dossier(area: str, out: Path, lang: Lang = "de", *options: str) -> Path:
    args = ["index", "-C", str(ROOT), "--as-of", "2026-10-01", "--period", "2023", "--lang", lang]
    assert run([*args, "--dossier", area, "--out", str(out), *options]) == 0
    return out


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_is_accessible(lang: Lang, tmp_path: Path, verapdf: VeraPdf) -> None:
    assert verapdf(dossier("bahnviertel", tmp_path / "a.pdf", lang)) == {}


@pytest.mark.parametrize("area", ["nordhafen", "weststadt-siedlung", "bahnviertel", "0304"])
def test_it_has_two_pages(area: str, tmp_path: Path) -> None:
    assert len(pages(dossier(area, tmp_path / "a.pdf"))) == 2


def test_it_is_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    first, second = (dossier("nordhafen", tmp_path / f"{n}.pdf").read_bytes() for n in "ab")
    assert first == second


def test_an_internal_one_says_so_on_both_pages(tmp_path: Path) -> None:
    shown = pages(dossier("nordhafen", tmp_path / "a.pdf", "de", "--audience", "internal"))
    assert all("NUR FÜR DEN DIENSTGEBRAUCH" in page for page in shown)
