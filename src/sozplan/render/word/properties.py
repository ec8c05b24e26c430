"""What a file of Word says about itself: title, municipality, day, language, and by what it was made; no person."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sozplan.diagnostics import Lang
from sozplan.render.word.archive import PROPERTIES
from sozplan.render.word.markup import clean, find, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.package import Package

LOCALES = {"de": "de-DE", "en": "en-GB"}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EXTENDED = _RELATIONS + "extended-properties"
_UNWANTED = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    _RELATIONS + "attachedTemplate",
)
"""A picture of the empty template, and the path of the office's other one."""
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><Application>sozplan</Application><Company>{}</Company></Properties>'
)
"""The name of the program is how an output file of ours is known: Word puts its own there when somebody edits it."""


def describe(word: Document, title: str, author: str, lang: Lang, created: date) -> None:
    core = word.core_properties
    moment = datetime.combine(created, time(), UTC)
    core.title, core.author, core.last_modified_by = clean(title)[:255], clean(author)[:255], clean(author)[:255]
    core.created = core.modified = moment
    core.language, core.comments, core.revision = LOCALES[lang], "", 1
    for printed in find(core._element, "*[local-name()='lastPrinted']"):
        core._element.remove(printed)
    _say_program(word.part.package, author)
    _say_language(word, LOCALES[lang])
    _drop_unwanted(word)


def _say_program(package: Package, author: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    content = _APP.format(escape(clean(author))).encode()
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    for key, relation in list(package.rels.items()):
        if relation.reltype == _EXTENDED:
            del package.rels[key]
    package.relate_to(Part(PackURI(f"/{PROPERTIES}"), kind, content, package), _EXTENDED)


def _say_language(word: Document, locale: str) -> None:
    """The language of all text that doesn't name another one."""
    for language in find(word.styles.element, "w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        language.getparent().remove(language)
    for properties in find(word.styles.element, "w:docDefaults/w:rPrDefault/w:rPr"):
        properties.append(w("lang", val=locale, eastAsia=locale, bidi="ar-SA"))


def _drop_unwanted(word: Document) -> None:
    for element in find(word.settings.element, "w:attachedTemplate"):
        element.getparent().remove(element)
    settings = word.part._settings_part
    for relations in (settings.rels, word.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in _UNWANTED]:
            del relations[key]
