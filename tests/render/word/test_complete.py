"""Word says what the page says, which is what the PDF is made of; LibreOffice opens it and shows the same."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sozplan.render.kinds import Kind
from tests.render.documents import laid
from tests.render.word.papers import EXAMPLES, ROOT, TOWN, kinds, made, town
from tests.render.word.reading import Said, laid_out, page, printed, without_contents, word

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang

_FIGURE = re.compile(r"\d[\d.,]*")


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", TOWN)
def test_word_holds_every_heading_table_and_word_of_the_page(name: str, lang: Lang) -> None:
    document, content = town(lang)[name]
    wanted, found = page(document.text), word(content)
    assert len(wanted.headings) > 15
    assert len(wanted.tables) > 15
    assert found.headings == wanted.headings
    assert found.tables == wanted.tables
    assert found.text == wanted.text


@pytest.mark.parametrize("root", [ROOT, EXAMPLES / "kreis"], ids=lambda root: root.name)
@pytest.mark.parametrize("kind", [Kind.INFORMATION, Kind.PROGRESS, Kind.AREA_SHEET, Kind.SUMMARY])
def test_papers_of_all_kinds_are_whole(kind: Kind, root: Path) -> None:
    for document, content in kinds(root, kind, "en").values():
        found, wanted = word(content), page(document.text)
        assert found.headings == wanted.headings
        assert found.tables == wanted.tables
        assert found.text in {wanted.text, page(without_contents(document.text, may_have_none=True)).text}


def test_word_holds_what_a_small_paper_says(tmp_path: Path) -> None:
    """All but the contents, which a paper of few pages has neither here nor as PDF."""
    document, content = made(laid(tmp_path))
    assert word(content).text == page(without_contents(document.text)).text


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return laid_out({name: content for name, (_, content) in town().items()}, tmp_path_factory.mktemp("word"))


@pytest.mark.parametrize("name", TOWN)
def test_libreoffice_shows_the_same_headings_tables_and_figures(name: str, opened: dict[str, Path]) -> None:
    wanted, found = word(town()[name][1], calls=False, layout=True), printed(opened[name])
    assert [(level, _uncounted(text)) for level, text in found.headings] == wanted.headings
    assert found.tables == wanted.tables
    assert not _figures(wanted) - _figures(found)
    assert len(_figures(wanted)) > 100


def test_libreoffice_keeps_what_is_said_of_pictures_and_of_the_document(opened: dict[str, Path]) -> None:
    with pikepdf.open(opened["nordhafen-2026"]) as pdf:
        alternatives = [
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
        wanted = re.findall(r"<svg\b[^>]*><title>(.*?)</title>", town()["nordhafen-2026"][0].text)
        assert alternatives[0] == "Logo der Stadt Mühlbrücken – eine Bogenbrücke über einem Mühlrad"
        assert sorted(alternatives[1:]) == sorted(unescape(title) for title in wanted)
        assert len(wanted) > 20
        assert str(pdf.Root.Lang) == "de-DE"
        assert str(pdf.docinfo.Title) == "Sozialraumgebietsplan Nordhafen 2026 bis 2029"


def _uncounted(heading: str) -> str:
    """Without the number that the office program counts."""
    return re.sub(r"^\d+(?=\D)", "", heading)


def _figures(said: Said) -> set[str]:
    """Of a cell each, since in running text two could touch."""
    return {figure for table in said.tables for row in table for cell in row for figure in _FIGURE.findall(cell)}
