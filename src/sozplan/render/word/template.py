"""The office's own template of Word: checked before it is opened, filled in a sandbox, with texts that stay texts.

The content of the paper isn't part of what is filled in: a mark holds its place until the template is done.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from lzma import LZMAError
from typing import Any
from zipfile import BadZipFile, ZipFile

from jinja2 import Environment, UndefinedError
from jinja2.exceptions import TemplateError
from jinja2.filters import FILTERS
from markupsafe import Markup, escape

from sozplan.diagnostics import Lang, Text, text
from sozplan.render.html import TemplateRefused, environment, said
from sozplan.render.word.markup import clean

NAME = "report.docx"
MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_PARTS = 500
CONTENT, BODY = "content", "body"
"""The places for the paper: whole, or without what stands before its first section."""

_UNSAFE = frozenset({"safe", "urlize", "xmlattr", "tojson"})
"""Filters that make marks of texts, or marks of pages."""
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;", "%": "&#37;"})
_EXTERNAL = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")[^>]*>')
_MARKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|commentReference)\b")
"""Changes and comments bear the names of persons."""
_BROKEN = (BadZipFile, zlib.error, LZMAError, struct.error, RuntimeError, EOFError, OSError, ValueError)
"""What comes of a damaged or invented package."""
_UNUSABLE = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, SyntaxError),
    NameError,
)
"""What comes of filling in a template that isn't one, or whose parts aren't those of Word."""
_HYPERLINK = b"/relationships/hyperlink"
_OFFICE_TEMPLATE = b"/relationships/attachedTemplate"


class Fault(Exception):
    """What is wrong with a template, in words that follow its name."""

    def __init__(self, fault: Text) -> None:
        super().__init__(fault.de)
        self.text = fault


def filled(template: bytes, fields: Mapping[str, object], lang: Lang) -> bytes:
    """The document with marks where the content goes; raises TemplateRefused for what can't be used."""
    try:
        _check(template)
        return _rendered(template, fields, lang)
    except Fault as error:
        raise TemplateRefused(NAME, None, error.text) from error
    except UndefinedError as error:
        raise TemplateRefused(NAME, None, _unknown(error, fields)) from error
    except _UNUSABLE as error:
        raise TemplateRefused(NAME, None, _said(error)) from error


def mark(name: str) -> Markup:
    """An instruction to us, which no text of a user can be: texts are escaped."""
    return Markup(f"<?sozplan {name}?>")  # noqa: S704


def _rendered(template: bytes, fields: Mapping[str, object], lang: Lang) -> bytes:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    document = DocxTemplate(BytesIO(template))
    document.render({**fields, CONTENT: mark(CONTENT), BODY: mark(BODY)}, _environment(lang))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _environment(lang: Lang) -> Environment:
    """That of the pages, strict and sandboxed, but for Word: values are escaped and can't be taken for placeholders."""
    env = environment(lang, {})
    env.filters = {name: each for name, each in FILTERS.items() if name not in _UNSAFE}
    env.globals = {name: env.globals[name] for name in ("t", "lang")}
    printed = env.finalize
    assert printed is not None  # noqa: S101 - given by `environment`
    env.finalize = partial(_printed, printed)
    return env


def _printed(printed: Callable[[Any], object], value: object) -> object:
    """Docxtpl reads `{_{` in the finished text as `{{`."""
    found = printed(value)
    if isinstance(found, Markup) or not isinstance(found, str):
        return found
    return Markup(str(escape(clean(found))).translate(_BRACES))  # noqa: S704


# What is refused


def _check(template: bytes) -> None:
    if len(template) > MAX_BYTES:
        raise fault(
            f"Sie ist größer als {MAX_BYTES // 1_000_000} MB.", f"it is larger than {MAX_BYTES // 1_000_000} MB."
        )
    try:
        with ZipFile(BytesIO(template)) as package:
            entries = package.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise fault("Sie enthält zu viel.", "it holds too much.")
            parts = {entry.filename: package.read(entry) for entry in entries}
    except _BROKEN as error:
        raise _not_word() from error
    _check_parts(parts)


def _check_parts(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if b"wordprocessingml.document.main+xml" not in types:
        if b"macroEnabled" in types:
            raise fault("Sie enthält Makros; speichern Sie sie als Word-Dokument (.docx) ohne Makros.",
                         "it holds macros; save it as a Word document (.docx) without macros.")  # fmt: skip
        raise _not_word()
    for name, content in sorted(parts.items()):
        if _MARKED.search(content) or name.startswith("word/comments"):
            raise fault("Sie enthält Kommentare oder nachverfolgte Änderungen; nehmen Sie sie an oder löschen Sie sie.",
                        "it holds comments or tracked changes; accept or delete them.")  # fmt: skip
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content:
            raise _not_word()
        if name.endswith(".rels") and any(_foreign(content)):
            raise fault("Sie bindet etwas von außerhalb ein (verknüpfte Bilder oder Dateien); betten Sie es ein.",
                         "it refers to something outside (linked pictures or files); embed it.")  # fmt: skip


def _foreign(relations: bytes) -> Iterator[bytes]:
    """An office's template names that of the whole house; the reference is dropped later, so it does no harm."""
    harmless = (_HYPERLINK, _OFFICE_TEMPLATE)
    return (each for each in _EXTERNAL.findall(relations) if not any(kind in each for kind in harmless))


def _not_word() -> Fault:
    return fault("Sie ist kein unbeschädigtes Word-Dokument (.docx).", "it is no undamaged Word document (.docx).")


def fault(de: str, en: str) -> Fault:
    return Fault(text(de=de, en=en))


def _unknown(error: UndefinedError, fields: Mapping[str, object]) -> Text:
    found = _UNDEFINED.fullmatch(str(error))
    if found is None:
        return _said(error)
    known = ", ".join(sorted([*fields, CONTENT, BODY]))
    return text(
        de=f"Den Platzhalter „{found[1]}“ gibt es nicht; es gibt {known}.",
        en=f"there is no placeholder “{found[1]}”; there are {known}.",
    )


def _said(error: Exception) -> Text:
    """With the lines of the template around the fault, as docxtpl finds them."""
    german, english = map(_on_a_line, said(error))
    near = _on_a_line("".join(getattr(error, "docx_context", ())))
    return text(de=f"{german}{f' (bei „{near}“)' if near else ''}", en=f"{english}{f' (at “{near}”)' if near else ''}")


def _on_a_line(said: str) -> str:
    """Short, and with nothing in it that a terminal would obey."""
    return "".join(each if each.isprintable() else "�" for each in " ".join(said.split())[:200])
