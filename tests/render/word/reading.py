"""What a page, a file of Word and a PDF say, read by other means than those that wrote them, and made comparable.

Blanks, hyphens at line ends and the shapes of lights differ from form to form; words and figures don't.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GLYPHS = re.compile(r"[●▲■○✓◦‼•\u00ad]")
_UNSEEN = frozenset({"svg", "style", "script"})
_CAPTION = re.compile(r"^(?:Tabelle|Abbildung|Table|Figure)\d+")


@dataclass(frozen=True)
class Said:
    headings: list[tuple[int, str]]
    tables: list[list[list[str]]]
    """Rows of cells."""
    text: str


def squeezed(text: str) -> str:
    return "".join(_GLYPHS.sub("", text).replace("\u2011", "-").split())


# A page


def page(html: str) -> Said:
    main = lxml_html.document_fromstring(html).find(".//main")
    headings = [(int(each.tag[1]), _of_page(each)) for each in main.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    tables = [[[_of_page(cell) for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
              for table in main.iter("table")]  # fmt: skip
    return Said(headings, tables, _of_page(main))


def _of_page(node: Any) -> str:
    return squeezed("".join(_heard(node)))


def _heard(node: Any) -> Iterator[str]:
    """Footnotes stand elsewhere."""
    if not isinstance(node.tag, str) or node.tag in _UNSEEN or "footnote" in (node.get("class") or "").split():
        return
    yield node.text or ""
    for kid in node:
        yield from _heard(kid)
        yield kid.tail or ""


def without_contents(html: str, *, may_have_none: bool = False) -> str:
    """As a paper of few pages is printed."""
    short = re.sub(r'<div class="toc.*?</div>', "", html, flags=re.DOTALL)
    assert short != html or may_have_none
    return short


# A file of Word


def part(content: bytes, name: str) -> Any:
    with ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def word(content: bytes, *, calls: bool = True, layout: bool = False) -> Said:
    """What the file says; `calls` are numbers that call a footnote again, `layout` tables without a form."""
    body = part(content, "word/document.xml")[0]
    for link in [] if calls else list(body.iter(W + "hyperlink")):
        if of_word(link).isdigit():
            link.clear()
    names = {style.get(W + "styleId"): style.find(W + "name").get(W + "val").lower()
             for style in part(content, "word/styles.xml").iter(W + "style")}  # fmt: skip
    headings, lines = [], []
    for paragraph in body.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = names[style.get(W + "val")] if style is not None else ""
        said = squeezed(of_word(paragraph))
        lines.append(_CAPTION.sub("", said) if name == "caption" else said)
        if name.startswith("heading "):
            headings.append((int(name[-1]), said))
    tables = [table for table in body.iter(W + "tbl") if layout or table.find(f"{W}tblPr/{W}tblStyle") is not None]
    return Said(headings, [_rows(table) for table in tables], "".join(lines))


def _rows(table: Any) -> list[list[str]]:
    """A cell below one that reaches down is none of its own."""
    return [[squeezed(of_word(cell)) for cell in row.findall(W + "tc") if not _is_below(cell)]
            for row in table.findall(W + "tr")]  # fmt: skip


def _is_below(cell: Any) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(W + "val") is None


def of_word(element: Any) -> str:
    marks = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad"}
    said = (each for each in element.iter() if each.getparent() is None or each.getparent().tag != W + "tabs")
    return "".join(each.text or "" if each.tag == W + "t" else marks.get(each.tag, "") for each in said)


# What LibreOffice makes of it


TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def laid_out(papers: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """The files opened and printed by LibreOffice; skips where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is missing (Debian: libreoffice-writer)")
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    files = [folder / f"{name}.docx" for name in papers]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", TAGGED, "--outdir", str(folder), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    made = {name: folder / f"{name}.pdf" for name in papers}
    assert all(path.exists() for path in made.values()), run.stdout + run.stderr
    return made


_LINE = re.compile(r'( *)(?:"(.*)"|([A-Z][A-Za-z0-9]*)(?: .*)?:?)$')


def printed(pdf: Path) -> Said:
    """By the structure that is tagged in the PDF."""
    run = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True)
    path: list[tuple[int, list[str], str]] = []
    headings: list[tuple[int, list[str]]] = []
    tables: list[list[list[list[str]]]] = []
    everything: list[str] = []
    for line in run.stdout.decode().splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        depth, words, kind = len(found[1]), found[2], found[3]
        path = [each for each in path if each[0] < depth]
        if words is not None:
            if path and path[-1][2] == "Link" and words.isdigit():
                continue  # the call of a footnote
            for heard in [everything, *(texts for _, texts, _ in path)]:
                heard.append(words)
            continue
        texts: list[str] = []
        path.append((depth, texts, kind))
        if re.fullmatch("H[1-6]", kind):
            headings.append((int(kind[1]), texts))
        elif kind == "Table":
            tables.append([])
        elif kind == "TR":
            tables[-1].append([])
        elif kind in {"TD", "TH"}:
            tables[-1][-1].append(texts)
    return Said(
        [(level, _joined(texts)) for level, texts in headings],
        [[[_joined(cell) for cell in row] for row in table] for table in tables],
        _joined(everything),
    )


def _joined(texts: Sequence[str]) -> str:
    return squeezed("".join(texts))
