"""The form of a Word file: what a reader, a screen reader and the next office need of it beyond its words."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import docx as python_docx
import pytest
from PIL import Image

from sozplan.render.colours import Design
from sozplan.render.document import Html
from sozplan.render.html import environment, render
from sozplan.render.markdown import Heading
from sozplan.render.resources import ResourceRefused, Resources, image
from sozplan.render.word.document import Sheet, docx
from tests.render.conftest import RESOURCES, paper
from tests.render.documents import laid
from tests.render.word.papers import made, town
from tests.render.word.reading import W, of_word, page, part, word

DAY = date(2025, 12, 31)
SOURCE = (Path(__file__).parent / "every-part.html.j2").read_text("utf-8")
HOSTILE = "{{ 7*191 }} <w:p> {_{ \x01 =1+1"
FIELDS = {"municipality": "Stadt Mühlbrücken", "as_of": "31.12.2025", "commit": "a1b2c3d4e5", "unsaved": True}
NAMES = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main",
         "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
         "w": W[1:-1], "v": "urn:schemas-microsoft-com:vml"}  # fmt: skip


def html(*, draft: bool = True, lang: str = "de", long: bool = True) -> str:
    entries = [Heading("part-1", "1\u2002Anlass", 2), Heading("part-2", "2\u2002Sachstand", 3)]
    env = environment("en" if lang == "en" else "de", {"all.html.j2": SOURCE})
    padding = "Wort " * 2000 if long else ""
    return render(env, "all.html.j2", paper=paper(draft=draft), entries=entries, hostile=HOSTILE, padding=padding)


def written(**options: Any) -> bytes:
    document = Html(html(**options), paper().title, "en" if options.get("lang") == "en" else "de")
    return docx(document, Sheet(FIELDS, "Stadt Mühlbrücken", Design()), created=DAY, resources=RESOURCES)


@pytest.fixture(scope="module")
def content() -> bytes:
    return written()


@pytest.fixture(scope="module")
def body(content: bytes) -> Any:
    return part(content, "word/document.xml")[0]


def found(element: Any, path: str) -> list[Any]:
    return list(element.xpath(path, namespaces=NAMES))


def saying(body: Any, text: str) -> Any:
    (one,) = (each for each in body.iter(W + "p") if of_word(each).strip() == text)
    return one


def test_every_part_of_a_page_is_said(content: bytes) -> None:
    said, wanted = word(content), page(html())
    assert said.headings == wanted.headings
    assert said.tables == wanted.tables
    assert said.text == wanted.text.replace("\x01", "\ufffd")


def test_tables_repeat_their_heads_tear_no_row_and_end_at_the_margin(body: Any) -> None:
    table = found(body, "w:tbl")[2]
    assert found(table, "w:tblPr/w:tblCaption/@w:val") == ["Tabelle 1\u00a0 Mit allem & mehr"]
    assert found(table, "w:tblPr/w:tblLook/@w:firstRow") == ["1"]
    assert found(table, "w:tblPr/w:tblLook/@w:firstColumn") == ["0"]  # the group's head is over all columns
    rows = found(table, "w:tr")
    assert [bool(found(row, "w:trPr/w:tblHeader")) for row in rows] == [True, False, False, False]
    assert all(found(row, "w:trPr/w:cantSplit") for row in rows)
    widths = [int(width) for width in found(table, "w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == 11906 - 1417 - 1134
    assert widths[0] >= 935
    assert found(rows[1], "w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert [found(row, "w:tc[1]/w:tcPr/w:vMerge/@w:val") for row in rows[2:]] == [["restart"], []]
    assert [found(cell, "w:p[last()]") != [] for cell in found(body, ".//w:tc")] == [True] * len(found(body, ".//w:tc"))


def test_captions_count_with_a_field(body: Any) -> None:
    caption = saying(body, "Tabelle 1\u00a0 Mit allem & mehr")
    assert [text.strip() for text in found(caption, ".//w:instrText/text()")] == ["SEQ Tabelle \\* ARABIC"]
    assert found(caption, "w:pPr/w:keepNext")


def test_tables_that_follow_each_other_stay_two(body: Any) -> None:
    kinds = [each.tag.removeprefix(W) for each in body]
    assert not any(first == second == "tbl" for first, second in pairwise(kinds))


def test_lists_are_lists_and_each_begins_at_one(content: bytes, body: Any) -> None:
    texts = ("erstens", "darunter", "mit Absatz", "zweitens", "wieder erstens")
    places = [[int(each) for each in found(saying(body, text), "w:pPr/w:numPr/*/@w:val")] for text in texts]
    assert [level for level, _ in places] == [0, 1, 1, 0, 0]
    assert places[0][1] == places[3][1] != places[4][1]
    numbers = part(content, "word/numbering.xml")
    for _, number in (places[0], places[4]):
        assert found(numbers, f"w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride/@w:val") == ["1"]
    assert not found(saying(body, "und noch einem"), "w:pPr/w:numPr")


def test_lights_have_a_shape_a_word_and_a_colour(body: Any) -> None:
    cell = next(cell for cell in found(body, ".//w:tc") if of_word(cell).startswith("erste"))
    assert of_word(cell) == "erste\nTermin\t■\u00a0nicht\u00a0im\u00a0Plan\nWirkung\t○\u00a0nicht\u00a0bewertbar"
    assert found(cell, ".//w:color/@w:val") == ["A3201D", "A3201D", "595959", "595959"]


def test_pictures_say_what_they_show(content: bytes, body: Any) -> None:
    assert found(body, ".//wp:docPr/@descr") == [
        "Logo: Stadt Mühlbrücken", "Verlauf: von 1 auf 2 gestiegen", "Liniendiagramm: Quote steigt."
    ]  # fmt: skip
    ids = found(body, ".//wp:docPr/@id")
    assert len(ids) == len(set(ids)) == 3
    with ZipFile(BytesIO(content)) as package:
        sizes = [Image.open(BytesIO(package.read(name))).size for name in package.namelist() if "media" in name]
    assert sorted(sizes) == [(180, 120), (192, 44), (1440, 360)]
    extents = [int(width) for width in found(body, ".//wp:extent/@cx")]
    assert max(extents) <= (11906 - 1417 - 1134) * 635


def test_a_picture_without_a_meaning_is_marked_as_decoration() -> None:
    source = '<body><main><p><img src="sozplan:project/logo.svg" alt=""></p></main></body>'
    made = docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY, resources=RESOURCES)
    (about,) = found(part(made, "word/document.xml"), ".//wp:docPr")
    assert about.get("descr") is None
    assert found(about, ".//*[local-name()='decorative']/@val") == ["1"]


def test_a_picture_that_was_not_given_is_refused() -> None:
    source = '<body><main><p><img src="file:///etc/passwd" alt="x"></p></main></body>'
    with pytest.raises(ResourceRefused, match="Das Bild wurde dem Dokument nicht mitgegeben"):
        docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY)


def test_a_photograph_stays_what_it_is() -> None:
    out = BytesIO()
    Image.new("RGB", (1600, 400), "#336699").save(out, "JPEG")
    photo = Resources({"a.jpg": image("a.jpg", out.getvalue())})
    source = '<body><main><p><img src="sozplan:project/a.jpg" alt="x"></p></main></body>'
    made = docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY, resources=photo)
    (extent,) = found(part(made, "word/document.xml"), ".//wp:extent")
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    assert width == (11906 - 1417 - 1134) * 635
    assert abs(width / height - 4) < 0.001


def test_links_lead_to_their_place_and_addresses_are_no_fields(content: bytes, body: Any) -> None:
    places = found(body, ".//w:bookmarkStart/@w:name")
    targets = found(body, ".//w:hyperlink/@w:anchor")
    assert len(targets) == 4  # two of the contents, one in the text, one to the footnote
    assert set(targets) <= set(places)
    relations = part(content, "word/_rels/document.xml.rels")
    assert [each.get("Target") for each in relations if each.get("TargetMode") == "External"] == [
        "https://www.example.org/a?b=1&c=2"
    ]
    fields = {" ".join(text.split()) for text in found(body, ".//w:instrText/text()")}
    assert fields == {'TOC \\o "2-3" \\h \\n', "SEQ Tabelle \\* ARABIC"}


def test_notes_are_real_footnotes(content: bytes, body: Any) -> None:
    notes = part(content, "word/footnotes.xml")
    assert [of_word(each).strip() for each in found(notes, "w:footnote[not(@w:type)]")] == [
        "Aufstellung: was der Rat am Ende beschließt."
    ]
    assert found(body, ".//w:footnoteReference/@w:id") == found(notes, "w:footnote[not(@w:type)]/@w:id")


def test_a_short_paper_has_no_table_of_contents() -> None:
    assert "Inhalt" not in of_word(part(written(long=False), "word/document.xml"))


def test_a_draft_is_marked_on_every_page_and_a_resolution_on_none(content: bytes) -> None:
    heads = [name for name in ZipFile(BytesIO(content)).namelist() if re.fullmatch(r"word/header\d\.xml", name)]
    assert len(heads) == 2
    for name in heads:
        assert found(part(content, name), ".//v:textpath/@string") == ["ENTWURF"]
        assert found(part(content, name), ".//v:shape/@alt") == ["ENTWURF"]
        assert not found(part(written(draft=False), name), ".//v:shape")


def test_the_foot_counts_pages_with_fields(content: bytes) -> None:
    foot = part(content, "word/footer1.xml")
    assert of_word(foot) == "Stand 31.12.2025 · Commit a1b2c3d4e5 (ungesichert)\tSeite 1 von 1"
    assert [text.strip() for text in found(foot, ".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]


def test_the_language_is_that_of_the_text(content: bytes) -> None:
    english = written(lang="en")
    for one, locale, name in ((content, "de-DE", "Tabelle"), (english, "en-GB", "Table")):
        assert found(part(one, "word/styles.xml"), "w:docDefaults//w:lang/@w:val") == [locale]
        assert python_docx.Document(BytesIO(one)).core_properties.language == locale
        assert f"SEQ {name} " in "".join(found(part(one, "word/document.xml"), ".//w:instrText/text()"))
    assert of_word(part(english, "word/footer1.xml")).endswith("\tPage 1 of 1")


def test_words_are_hyphenated_but_not_in_headings(content: bytes) -> None:
    assert found(part(content, "word/settings.xml"), "w:autoHyphenation")
    styles = part(content, "word/styles.xml")
    assert found(styles, "w:style[w:name/@w:val='heading 2']/w:pPr/w:suppressAutoHyphens")


def test_the_file_names_the_municipality_and_no_person(content: bytes) -> None:
    about = python_docx.Document(BytesIO(content)).core_properties
    assert (about.title, about.author, about.last_modified_by) == (paper().title, *["Stadt Mühlbrücken"] * 2)
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.date() == DAY


def test_the_file_says_in_the_open_that_it_is_ours(content: bytes) -> None:
    assert b"<Application>sozplan</Application>" in content
    with ZipFile(BytesIO(content)) as package:
        assert package.getinfo("docProps/app.xml").compress_type == ZIP_STORED


def test_the_same_day_gives_the_same_bytes(content: bytes) -> None:
    assert written() == content
    with ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2025, 12, 31, 0, 0, 0)}
        assert not re.search(rb"rsid", package.read("word/document.xml"))


def test_the_municipality_s_colours_take_the_place_of_ours() -> None:
    _, content = town()["nordhafen-2026"]
    colours = set(found(part(content, "word/styles.xml"), "//w:color/@w:val"))
    assert "1B4F72" in colours
    assert "1D4E6B" not in colours


def test_control_characters_of_a_name_can_not_break_the_file(tmp_path: Path) -> None:
    document, _ = made(laid(tmp_path))
    sheet = Sheet({**FIELDS, "municipality": "A\x0bB\x00\ud800{{ x }}"}, "A\x0bB\x00\ud800")
    content = docx(document, sheet, created=DAY)
    assert of_word(part(content, "word/header1.xml")).startswith("A\ufffdB\ufffd\ufffd{{ x }}\t")
    assert python_docx.Document(BytesIO(content)).core_properties.author == "A\ufffdB\ufffd\ufffd"


def crowded(columns: int) -> str:
    """A table with so many columns of a long word each, a text before it and one after it."""
    heads = "".join(f"<th>Gebiet{i}überschrift</th>" for i in range(columns))
    cells = "<td>Maßnahmen</td>" * columns
    table = f"<table><caption>Alle</caption><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    block = f'<div class="table-block">{table}<p class="legend">Zeichen</p></div>'
    return f"<body><main><h2>Vorher</h2><p>Text</p>{block}<p>Nachher</p></main></body>"


def test_a_page_is_turned_only_where_words_would_be_torn_otherwise() -> None:
    def pages(columns: int) -> list[tuple[str | None, str]]:
        made = docx(Html(crowded(columns), "T", "de"), Sheet(FIELDS, "S"), created=DAY)
        sections = part(made, "word/document.xml").iter(W + "sectPr")
        sizes = (next(section.iter(W + "pgSz")) for section in sections)
        return [(size.get(W + "orient"), size.get(W + "w")) for size in sizes]

    assert pages(5) == [(None, "11906")]
    assert pages(10) == [(None, "11906"), ("landscape", "16838"), (None, "11906")]


def test_a_turned_page_holds_the_table_its_caption_and_its_legend() -> None:
    made = docx(Html(crowded(10), "T", "de"), Sheet(FIELDS, "S"), created=DAY)
    body = part(made, "word/document.xml")[0]
    said = [of_word(each) for each in body if each.tag == W + "p"]
    assert said == ["Vorher", "Text", "", "Alle", "Zeichen", "", "Nachher"]
    (table,) = body.iter(W + "tbl")
    assert sum(int(each.get(W + "w")) for each in table.iter(W + "gridCol")) == 16838 - 1417 - 1134


def test_words_in_pictures_make_no_paper_long() -> None:
    """A drawing of three thousand words takes the room of a picture."""
    toc = '<div class="toc"><p class="toc-title">Inhalt</p><ul><li class="toc-2">Teil</li></ul></div>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{"Wort " * 3000}</title></svg>'

    def has_contents(words: int, picture: str = "") -> bool:
        source = f'<body><main>{toc}<p>{"Wort " * words}</p><div class="picture"><p>{picture}</p></div></main></body>'
        content = docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY)
        return "Inhalt" in of_word(part(content, "word/document.xml"))

    assert [has_contents(words, drawing) for words in (100, 1500, 1650)] == [False, False, True]


def test_small_pictures_stand_side_by_side_with_their_captions() -> None:
    size = 'width="200pt" height="90pt" viewBox="0 0 200 90"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>{{}}</title></svg>'
    shown = "".join(
        f'<div class="picture" style="width: {width}pt"><p class="picture-caption">{name}</p>{svg.format(name)}</div>'
        for name, width in (("eins", 268), ("zwei", 172), ("drei", 453), ("vier", 220))
    )
    source = f'<body><main><div class="pictures">{shown}</div></main></body>'
    made = docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY)
    body = part(made, "word/document.xml")[0]
    rows = [[of_word(cell) for cell in table.iter(W + "tc")] for table in body.iter(W + "tbl")]
    assert rows == [["eins", "zwei"]]
    assert found(body, ".//wp:docPr/@descr") == ["eins", "zwei", "drei", "vier"]
    assert not found(body, "w:tbl//w:keepNext")
    alone = [of_word(each) for each in body if each.tag == W + "p" and of_word(each)]
    assert alone == ["drei", "vier"]


def test_what_is_said_below_a_table_stays_with_its_last_row() -> None:
    rows = "".join(f"<tr><td>{i}</td></tr>" for i in range(9))
    source = f'<body><main><table><tbody>{rows}</tbody></table><p class="source">Quelle</p></main></body>'
    body = part(docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY), "word/document.xml")[0]
    assert [bool(found(row, ".//w:keepNext")) for row in body.iter(W + "tr")] == [True, *[False] * 6, True, True]


def test_lists_leave_no_item_alone_at_the_end_of_a_page_or_the_beginning() -> None:
    items = "".join(f"<li>{i}</li>" for i in range(5))
    body = part(docx(Html(f"<body><main><ol>{items}</ol></main></body>", "T", "de"), Sheet(FIELDS, "S"), created=DAY),
                "word/document.xml")[0]  # fmt: skip
    assert [bool(found(each, "w:pPr/w:keepNext")) for each in body.iter(W + "p")] == [True, False, False, True, False]


def test_lights_in_a_column_stand_below_each_other(body: Any) -> None:
    cell = next(cell for cell in found(body, ".//w:tc") if of_word(cell).startswith("erste"))
    (stop,) = found(cell, ".//w:tabs/w:tab/@w:pos")
    assert 400 < int(stop) < 700  # “Wirkung” in 7.5 points takes 26 points


def test_the_lines_of_a_marked_item_begin_behind_the_mark(body: Any) -> None:
    done = next(each for each in body.iter(W + "p") if of_word(each).endswith("getan"))
    (place,) = found(done, "w:pPr/w:ind")
    assert of_word(done) == "✓\u00a0getan"
    assert place.get(W + "left") == place.get(W + "hanging") == "200"


def test_a_box_stands_on_one_page() -> None:
    source = '<body><main><div class="box"><h2>A</h2><p>b</p><ul><li>c</li><li>d</li></ul></div></main></body>'
    body = part(docx(Html(source, "T", "de"), Sheet(FIELDS, "S"), created=DAY), "word/document.xml")[0]
    assert [bool(found(each, "w:pPr/w:keepNext")) for each in body.iter(W + "p")] == [True, True, True, False]


def test_no_place_to_sign_stands_alone_on_a_page() -> None:
    """From the list of annexes to the last place but one line, each paragraph stays with the next."""
    _, content = town()["nordhafen-2026"]
    paragraphs = list(part(content, "word/document.xml")[0].iter(W + "p"))
    said = [of_word(each).strip() for each in paragraphs]
    first = next(at for at, text in enumerate(said) if text.startswith("Anlage\xa01\xa0Gebietsprofil ·"))
    last = max(at for at, text in enumerate(said) if text.startswith("Ort, Datum"))
    loose = [said[at] for at in range(first, last) if not found(paragraphs[at], "w:pPr/w:keepNext")]
    assert loose == []
