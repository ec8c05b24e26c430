"""The area sheet: one page in Word too, in two columns that people can go on writing in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from sozplan.diagnostics import Lang
from sozplan.render.document import Html
from sozplan.render.kinds import Kind
from sozplan.render.word.document import Sheet, docx
from tests.render.documents import laid
from tests.render.word.papers import EXAMPLES, ROOT, kinds, made
from tests.render.word.reading import W, laid_out, of_word, part
from tests.render.word.test_form import FIELDS
from tests.render.word.test_template import CONTENT, office, paragraph

DAY = date(2025, 12, 31)
_LANGS: tuple[Lang, ...] = ("de", "en")
_WORDS = "Kinder aus dem Nordhafen wechseln nur etwa halb so oft auf eine Schule mit Oberstufe. "


def sheet(lines: int, template: bytes | None = None) -> bytes:
    """A sheet whose first column holds so many paragraphs of two lines, and a row for each three."""
    rows = "".join(f"<tr><td>Zeile {i}</td><td>{i}</td></tr>" for i in range(lines // 3))
    first = f"<div><h2>Ziele</h2>{f'<p>{_WORDS}</p>' * lines}<table>{rows}</table></div>"
    second = f"<div><p>Kurz.</p><ul>{f'<li>{_WORDS}</li>' * (lines // 2)}</ul></div>"
    page = (
        f'<div class="sheet"><h1>Blatt</h1><div class="columns">{first}{second}</div><p class="legend">Ende</p></div>'
    )
    return docx(
        Html(f"<body><main>{page}</main></body>", "T", "de"), Sheet(FIELDS, "S", template=template), created=DAY
    )


def sections(content: bytes) -> list[Any]:
    return list(part(content, "word/document.xml").iter(W + "sectPr"))


def kinds_of(section: Any) -> list[str]:
    return [each.get(W + "val") for each in section.iter(W + "type")]


def sizes(content: bytes) -> set[int]:
    return {int(size.get(W + "val")) for size in part(content, "word/document.xml").iter(W + "sz")}


def test_the_columns_are_a_section_between_two_of_one_column() -> None:
    first, middle, last = sections(sheet(6))
    assert [kinds_of(each) for each in (first, middle, last)] == [[], ["continuous"], ["continuous"]]
    widths = [int(each.get(W + "w")) for each in middle.iter(W + "col")]
    gaps = [int(each.get(W + "space")) for each in middle.iter(W + "col")]
    assert len(widths) == 2
    assert sum(widths) + sum(gaps) == 11906 - 1417 - 1134
    assert [len(list(each.iter(W + "headerReference"))) for each in (first, middle, last)] == [2, 0, 0]


def test_what_stands_around_the_columns_stands_before_and_after_them() -> None:
    body = part(sheet(3), "word/document.xml")[0]
    texts = [(of_word(each).strip(), each.find(f"{W}pPr/{W}sectPr") is not None) for each in body.iter(W + "p")]
    said = [text for text, is_end in texts if text or is_end]
    assert said[:3] == ["Blatt", "", "Ziele"]
    assert said[-2:] == ["", "Ende"]
    turns = [each for each in body.iter(W + "br") if each.get(W + "type") == "column"]
    assert [of_word(turn.getparent().getparent()).strip() for turn in turns] == ["Kurz."]


def test_type_gets_smaller_only_where_there_is_too_much() -> None:
    few, many = sizes(sheet(6)), sizes(sheet(24))
    assert max(few) > max(many)
    assert 17 in few
    assert 17 not in many


def test_a_cell_of_a_template_can_hold_no_section_but_all_of_the_text() -> None:
    framed = office(lambda document: setattr(document.add_table(1, 1).cell(0, 0), "text", "{{p content }}"))
    content = sheet(3, framed)
    assert len(sections(content)) == 1
    assert "Kurz." in of_word(part(content, "word/document.xml"))


def test_a_template_keeps_its_own_sections() -> None:
    """The content stands in the second of three; the third goes on in landscape."""

    def built(document: Any) -> None:
        document.add_paragraph("Deckblatt")
        document.add_section()
        document.add_paragraph("{{p content }}")
        document.add_paragraph("Unter dem Blatt")
        third = document.add_section()
        third.page_width, third.page_height = third.page_height, third.page_width

    found = sections(sheet(3, office(built)))
    assert [kinds_of(each) for each in found] == [[], [], ["continuous"], ["continuous"], []]
    pages = [next(each.iter(W + "pgSz")) for each in found]
    assert len({each.get(W + "w") for each in pages[:4]}) == 1
    assert pages[4].get(W + "w") == pages[0].get(W + "h")


def test_a_draft_s_mark_stands_once_in_each_head(tmp_path: Path) -> None:
    case = laid(tmp_path, "# plans/areas/hafen.yaml\nstatus: draft\n")
    _, content = made(case, kind=Kind.AREA_SHEET)
    for name in ("word/header1.xml", "word/header2.xml"):
        marks = [each for each in part(content, name).iter() if each.tag.endswith("}textpath") and each.get("string")]
        assert len(marks) == 1
    assert len(sections(content)) == 3


def test_libreoffice_needs_one_page_for_each_sheet(tmp_path: Path) -> None:
    papers = {f"{name}-{lang}": content for root in (ROOT, EXAMPLES / "kreis") for lang in _LANGS
              for name, (_, content) in kinds(root, Kind.AREA_SHEET, lang).items()}  # fmt: skip
    papers |= {f"made-{lines}": sheet(lines) for lines in (6, 20, 24)}
    papers["office"] = sheet(18, office(CONTENT))
    papers["office-text"] = sheet(18, office(*(paragraph(f"Zeile {i} des Amts") for i in range(8)), CONTENT))
    for name, pdf in laid_out(papers, tmp_path).items():
        with pikepdf.open(pdf) as found:
            assert len(found.pages) == 1, name


@pytest.mark.parametrize("text", ["Ziele", "Kurz."])
def test_both_columns_begin_at_the_same_height(text: str) -> None:
    (top,) = (each for each in part(sheet(3), "word/document.xml").iter(W + "p") if of_word(each).strip() == text)
    assert top.find(f"{W}pPr/{W}spacing").get(W + "before") == "0"
