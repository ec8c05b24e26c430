"""The office's own template: its formats are used, texts stay texts, what can't be used is refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from scripts.word_template import TARGET, template

from sozplan.render.html import TemplateRefused
from tests.render.documents import laid
from tests.render.word.papers import made
from tests.render.word.reading import W, of_word, page, part, without_contents, word

HOSTILE = "<w:t>&amp; {{ 7*191 }} {_{ x }_} {% raw %} =cmd()"
Edit = Callable[[Document], object]


def office(*edits: Edit) -> bytes:
    """A template made with another program, in which the office's formats have ids and looks of their own."""
    document = docx.Document()
    document.styles["Heading 2"].font.name = "Georgia"
    for edit in edits:
        edit(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(text: str) -> Edit:
    return lambda document: document.add_paragraph(text)


CONTENT = paragraph("{{p content }}")


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """The same file with one part edited by hand."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for each in source.namelist():
            data = source.read(each)
            if each == name:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            target.writestr(each, data)
    return out.getvalue()


def refusal(tmp_path: Path, own: bytes) -> str:
    with pytest.raises(TemplateRefused) as refused:
        made(laid(tmp_path), template=own)
    de, en = refused.value.text
    assert en.startswith("templates/report.docx: The template can't be used: ")
    said = "templates/report.docx: Die Vorlage kann nicht verwendet werden: "
    assert de.startswith(said)
    return de.removeprefix(said)


def test_the_packaged_template_is_what_its_parts_make() -> None:
    assert TARGET.read_bytes() == template()


def test_placeholders_are_filled_and_the_content_takes_the_offices_formats(tmp_path: Path) -> None:
    def rows(document: Document) -> None:
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).text = "{%tr for stop in consultations %}"
        for cell, name in zip(table.rows[1].cells, ("body", "date", "role"), strict=True):
            cell.text = f"{{{{ stop.{name} }}}}"
        table.cell(2, 0).text = "{%tr endfor %}"

    head = paragraph("{{ municipality }} | {{ number }} | {{ publicity }} | {{ office }} | {{ kind }}")
    document, content = made(laid(tmp_path), template=office(head, rows, paragraph("{{p body }}")))
    body = part(content, "word/document.xml")[0]
    assert of_word(body[0]) == (
        "Beispielstadt | V-2025-117 | öffentlich | Stabsstelle Sozialplanung | Beschlussvorlage V-2025-117 · öffentlich"
    )
    assert [[of_word(cell) for cell in row.iter(W + "tc")] for row in body[1].iter(W + "tr")] == [
        ["Jugendhilfeausschuss", "20.11.2025", "Vorberatung"],
        ["Rat", "11.12.2025", "Entscheidung"],
    ]
    found, wanted = word(content), page(without_contents(document.text))
    assert found.headings == wanted.headings[1:]  # the title stands before the first section
    assert wanted.text.endswith(found.text.partition("Beschlussvorschlag")[2])
    used = {style.get(W + "val") for style in body.iter(W + "pStyle")}
    assert {"Heading2", "Heading3", "Caption", "Tabellentext"} <= used
    fonts = {style.get(W + "styleId"): style.find(f"{W}rPr/{W}rFonts") for style in part(content, "word/styles.xml")}
    assert fonts["Heading2"].get(W + "ascii") == "Georgia"
    assert used <= fonts.keys()


def test_a_content_in_a_cell_has_the_width_of_the_cell(tmp_path: Path) -> None:
    def framed(document: Document) -> None:
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{{p content }}"

    _, content = made(laid(tmp_path), template=office(framed))
    cell = part(content, "word/document.xml")[0][0].find(f"{W}tr/{W}tc")
    width = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
    inner = [sum(int(each.get(W + "w")) for each in grid) for grid in cell.iter(W + "tblGrid")]
    assert set(inner) == {width - 216}
    assert cell[-1].tag == W + "p"


def test_a_draft_is_marked_in_a_template_that_has_no_head(tmp_path: Path) -> None:
    first = lambda document: setattr(document.sections[0], "different_first_page_header_footer", True)  # noqa: E731
    case = laid(tmp_path, "# plans/areas/hafen.yaml\nstatus: draft\n")
    _, content = made(case, template=office(paragraph("{% if draft %}{{ draft }}{% endif %}"), CONTENT, first))
    assert of_word(part(content, "word/document.xml")[0][0]) == "ENTWURF"
    marks = [each.get("string") for name in ("header1", "header2") for each in part(content, f"word/{name}.xml").iter()
             if each.tag.endswith("}textpath") and each.get("string")]  # fmt: skip
    assert marks == ["ENTWURF", "ENTWURF"]


def test_the_how_to_names_every_placeholder(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs/how-to/vorlage-als-word-datei.md").read_text("utf-8")
    named = set(re.findall(r"\{\{p? (\w+) \}\}", guide)) | set(
        re.findall(r"`(consultations|proposal|cosigning|address)`", guide)
    )
    told = refusal(tmp_path, office(paragraph("{{ nothing }}"), CONTENT))
    assert named == set(told.partition("nicht; es gibt ")[2].rstrip(".").split(", "))


def test_texts_of_users_are_neither_placeholders_nor_markup(tmp_path: Path) -> None:
    case = laid(tmp_path, f"# plans/areas/hafen.yaml\npaper: {{subject: '{HOSTILE}'}}\n")
    _, content = made(case, template=office(paragraph("{{ subject }} / {{ title }}"), CONTENT))
    assert of_word(part(content, "word/document.xml")[0][0]) == f"{HOSTILE} / {HOSTILE}"
    assert (1, "".join(HOSTILE.split())) in word(content).headings
    fields = "".join(each.text for each in part(content, "word/document.xml").iter(W + "instrText"))
    assert set(fields.split()) == {"SEQ", "Tabelle", "\\*", "ARABIC"}


def test_a_content_that_is_in_no_template_is_missed(tmp_path: Path) -> None:
    both = "Genau einmal muss „{{p content }}“ (alles) oder „{{p body }}“ (ohne Kopf) in ihr stehen."
    assert refusal(tmp_path / "a", office(paragraph("leer"))) == both
    assert refusal(tmp_path / "b", office(CONTENT, paragraph("{{p body }}"))) == both
    alone = "„{{p content }}“ oder „{{p body }}“ muss im Text stehen, allein in einem Absatz."
    assert refusal(tmp_path / "c", office(paragraph("Hier: {{ content }}"))) == alone
    header = lambda document: document.sections[0].header.add_paragraph("{{p content }}")  # noqa: E731
    assert refusal(tmp_path / "d", office(header)) == alone


def test_an_unknown_placeholder_is_named_beside_those_that_there_are(tmp_path: Path) -> None:
    assert refusal(tmp_path, office(paragraph("{{ vorlagennummer }}"), CONTENT)) == (
        "Den Platzhalter „vorlagennummer“ gibt es nicht; es gibt address, area, as_of, body, commit, "
        "consultations, content, cosigning, date, department, draft, kind, municipality, number, office, proposal, "
        "publicity, status, subject, title, unsaved."
    )


@pytest.mark.parametrize(
    ("placeholder", "said"),
    [
        ("{{ ''.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ proposal.append(1) }}", "access to attribute 'append' of 'list' object is unsafe."),
        ("{{ title|safe }}", "No filter named 'safe'."),
        ("{% if title %}offen", "Unexpected end of template"),
        ("{% include 'base.html.j2' %}", ""),
    ],
)
def test_a_placeholder_can_do_nothing_but_print(placeholder: str, said: str, tmp_path: Path) -> None:
    assert said in refusal(tmp_path, office(paragraph(placeholder), CONTENT))


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    broken = "Sie ist kein unbeschädigtes Word-Dokument (.docx)."
    assert refusal(tmp_path / "a", b"PK\x03\x04 not a package") == broken
    assert refusal(tmp_path / "b", b"") == broken
    text = changed(office(CONTENT), "[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main")
    assert refusal(tmp_path / "c", text) == broken
    entity = changed(office(CONTENT), "word/document.xml", "<w:document", '<!DOCTYPE d [<!ENTITY x "y">]><w:document')
    assert refusal(tmp_path / "d", entity) == broken
    assert refusal(tmp_path / "e", b"PK" + bytes(5_000_000)) == "Sie ist größer als 5 MB."


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    out = BytesIO(office(CONTENT))
    with ZipFile(out, "a", 8) as package:
        package.writestr("word/media/large.bin", bytes(60_000_000))
    assert refusal(tmp_path, out.getvalue()) == "Sie enthält zu viel."


def test_macros_links_to_outside_and_names_of_persons_are_refused(tmp_path: Path) -> None:
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = changed(
        office(CONTENT), "[Content_Types].xml", plain, "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert refusal(tmp_path / "a", macros) == (
        "Sie enthält Makros; speichern Sie sie als Word-Dokument (.docx) ohne Makros."
    )
    picture = '<Relationship Id="rId99" TargetMode="External" Target="file://server/logo.png" Type="http://x/image"/>'
    linked = changed(office(CONTENT), "word/_rels/document.xml.rels", "</Relationships>", f"{picture}</Relationships>")
    assert refusal(tmp_path / "b", linked) == (
        "Sie bindet etwas von außerhalb ein (verknüpfte Bilder oder Dateien); betten Sie es ein."
    )
    tracked = changed(office(CONTENT), "word/document.xml", "<w:r>", '<w:ins w:author="Vorname Name" w:id="1"/><w:r>')
    assert refusal(tmp_path / "c", tracked) == (
        "Sie enthält Kommentare oder nachverfolgte Änderungen; nehmen Sie sie an oder löschen Sie sie."
    )


def test_the_path_of_the_houses_other_template_is_left_out(tmp_path: Path) -> None:
    relation = '<Relationship Id="rId1" TargetMode="External" Target="file:///C:/Users/x/Normal.dotm" Type="{}"/>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{namespace}">{relation.format(kind)}</Relationships>'
    out = BytesIO(office(CONTENT))
    with ZipFile(out, "a") as package:
        package.writestr("word/_rels/settings.xml.rels", relations)
    attached = changed(
        out.getvalue(), "word/settings.xml", "<w:zoom",
        f'<w:attachedTemplate xmlns:r="{kind.rpartition("/")[0]}" r:id="rId1"/><w:zoom',
    )  # fmt: skip
    _, content = made(laid(tmp_path), template=attached)
    with ZipFile(BytesIO(content)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert not re.search(rb"Normal\.dotm|attachedTemplate", everything)
