"""Documents made of the base example with excerpts laid over it, and how tests read them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.case import Case
from sozplan.render import handbook, report
from sozplan.render.cooperation import cooperation
from sozplan.render.document import Html, Stamp
from sozplan.render.funding_report import funding_report
from sozplan.render.inventory import inventory
from sozplan.render.kinds import Kind
from sozplan.render.overview import overview
from sozplan.render.pdf import pdf
from sozplan.render.resources import Resources, image
from sozplan.render.views.since import Earlier
from tests.rules.harness import AS_OF, base, case_of, overlay, write

STAMP = Stamp(AS_OF, "a1b2c3d4e5", dirty=False, version="0.1.0")


def laid(root: Path, excerpt: str = "", *, without: str | None = None) -> Case:
    """The base example with the excerpt over it and without the one line that begins so; it must be readable."""
    files = overlay(base(), excerpt) if excerpt else base()
    if without is not None:
        files = {path: re.sub(rf"(?m)^{re.escape(without)}.*\n", "", content) for path, content in files.items()}
    case, unread = case_of(write(root, files))
    assert not unread, [found.say("de") for found in unread]
    return case


def paper(
    case: Case,
    lang: Lang = "de",
    *,
    audience: Audience = Audience.PUBLIC,
    stamp: Stamp = STAMP,
    overrides: Mapping[str, str] | None = None,
    kind: Kind = Kind.DECISION,
    earlier: Earlier | None = None,
) -> Html:
    """Of the first plan; summary and inventory of all."""
    common: dict[str, Any] = {"lang": lang, "audience": audience, "stamp": stamp, "overrides": overrides}
    if kind is Kind.INVENTORY:
        return inventory(case, **common)
    if kind is Kind.FUNDING:
        return funding_report(case, **common)
    if kind is Kind.COOPERATION:
        return cooperation(case, case.plan.area_plans[0], **common)
    assessment = assess(case, audience)
    if kind is Kind.SUMMARY:
        return overview(
            case, assessment, lang=lang, audience=audience, stamp=stamp, overrides=overrides, earlier=earlier
        )
    return report.paper(
        case, assessment, case.plan.area_plans[0],
        lang=lang, audience=audience, stamp=stamp, overrides=overrides, kind=kind, earlier=earlier,
    )  # fmt: skip


def manual(case: Case, lang: Lang = "de", *, audience: Audience = Audience.PUBLIC) -> Html:
    return handbook.manual(case, lang=lang, audience=audience, stamp=STAMP)


def bytes_of(document: Html, root: Path) -> bytes:
    """With the pictures of a repository."""
    images = {Path(each).name: image(Path(each).name, (root / each).read_bytes()) for each in document.pictures}
    return pdf(
        document.text, title=document.title, lang=document.lang, created=AS_OF, resources=Resources(images),
        attachments=document.attachments,
    )  # fmt: skip


def printed(document: Html, path: Path) -> Path:
    path.write_bytes(
        pdf(document.text, title=document.title, lang=document.lang, created=AS_OF, attachments=document.attachments)
    )
    return path


def pages(path: Path) -> list[str]:
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return shown.split("\f")[:-1]


class Word(NamedTuple):
    """A word on a page, measured from above in points."""

    left: float
    top: float
    bottom: float
    text: str


def words(path: Path) -> list[list[Word]]:
    """Page by page, without the watermark."""
    found = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
    read = [[_word(*found) for found in _WORD.findall(page)] for page in found.split("<page ")[1:]]
    return [[word for word in page if word.bottom - word.top < _TALLEST] for page in read]


def _word(left: str, top: str, bottom: str, said: str) -> Word:
    return Word(float(left), float(top), float(bottom), unescape(said))


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)')
_TALLEST = 40
"""No line is as high; the watermark is."""

_UNREAD = re.compile(r"</?data\b[^>]*>|<svg\b.*?</svg>", re.DOTALL)
"""Elements that only programs see, and drawings."""


class Seen(HTMLParser):
    """The text as people read it, line by line of blocks, with the tables by caption and the skeleton beside it.

    Footnotes stand by themselves, calls to earlier ones and the table of contents are left out.
    """

    def __init__(self, document: Html) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.tables: dict[str, list[list[str]]] = {}
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.notes: list[str] = []
        self._apart: list[str] = []
        self._noting = self._listing = False
        self._caption = ""
        self._path: list[str] = []
        self.feed(_UNREAD.sub("", document.text.partition("<body")[2].partition(">")[2]))
        self.close()
        self.lines = [_tidy(line) for line in self.lines]
        self.tables = {
            _tidy(name): [[_tidy(cell) for cell in row] for row in rows] for name, rows in self.tables.items()
        }

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._part(tag, given.get("class") or "")
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "caption":
            self._caption = ""
        if tag == "tr" and "table" in self._path:
            self.tables.setdefault(self._caption, []).append([])
        if tag in {"td", "th"}:
            self.tables[self._caption][-1].append("")
        if tag in {"p", "h1", "h2", "h3", "h4", "h5", "li", "td", "th", "div", "br", "caption"}:
            self.lines.append("")
        if tag not in {"br", "img", "meta", "hr"}:
            self._path.append(tag)

    def _part(self, tag: str, classes: str) -> None:
        """Opens what stands apart from the text, or goes deeper into it."""
        if self._apart and tag not in {"br", "img"}:
            self._apart.append(tag)
        elif {"footnote", "note-again"} & set(classes.split()):
            self._apart = [tag]
            self.notes += [""] if "footnote" in classes.split() else []
            self._noting = "footnote" in classes.split()

    def handle_endtag(self, tag: str) -> None:
        if self._apart:
            self._apart.pop()
        while self._path and self._path.pop() != tag:
            pass
        if tag == "table":
            self._caption = ""

    def handle_comment(self, data: str) -> None:
        self._listing = {"contents": True, "/contents": False}.get(data, self._listing)

    def handle_data(self, data: str) -> None:
        if self._listing:
            return
        if self._apart:
            if self._noting:
                self.notes[-1] += data
            return
        self.lines[-1] += data
        if "caption" in self._path:
            self._caption += data
        if {"td", "th"} & set(self._path):
            self.tables[self._caption][-1][-1] += f" {data} "


def _tidy(text: str) -> str:
    """As a browser shows it: no-break spaces stay."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")
