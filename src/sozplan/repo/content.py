"""From bytes to text: what a file is told to be wrong before anybody parses it."""

from __future__ import annotations

import codecs
import re
from typing import Final

from sozplan.diagnostics import Diagnostic, Location, Text, diagnostic, text
from sozplan.repo.codes import file as codes
from sozplan.repo.codes import yaml as yaml_codes
from sozplan.repo.shown import code_point, shown

_ARCHIVE = text(de="ein gepacktes Archiv oder eine Office-Datei", en="an archive or an office file")
_PAGE = text(de="eine Webseite (HTML oder XML)", en="a web page (HTML or XML)")
_MAGIC: Final[dict[bytes, Text]] = {
    b"\x1f\x8b": text(de="eine mit gzip gepackte Datei", en="a file packed by gzip"),
    b"PK\x03\x04": _ARCHIVE,
    b"\xd0\xcf\x11\xe0": text(de="eine alte Office-Datei", en="an old office file"),
    b"%PDF-": text(de="eine PDF-Datei", en="a PDF file"),
    b"\x89PNG": text(de="ein Bild (PNG)", en="an image (PNG)"),
    b"\xff\xd8\xff": text(de="ein Bild (JPEG)", en="an image (JPEG)"),
    b"<!": _PAGE,
    b"<?xml": _PAGE,
    b"<html": _PAGE,
    b"<HTML": _PAGE,
}
_STARTS = tuple(_MAGIC)
_LFS = b"version https://git-lfs.github.com/spec/"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_MISLEADING = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Line ends that only some programs see, letters that run backwards, a BOM inside."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%(?:YAML|TAG)(?! 1\.2[ \t\r]*(?:#.*)?$).*$", re.MULTILINE)
_LINE_END = re.compile("\r\n|\r|\n")


def decode(data: bytes, file: str) -> str | Diagnostic:
    """The text of a file without its byte order mark, or the one fault that makes it none."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(_STARTS):
        what = next(name for start, name in _MAGIC.items() if data.startswith(start))
        return diagnostic(codes.NOT_YAML, Location(file), what=what)
    if data.startswith(_LFS):
        return diagnostic(codes.LFS_POINTER, Location(file))
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, file)


def decode_clean(data: bytes, file: str) -> str | Diagnostic:
    """Like `decode`, for texts that nobody parses further: what makes a text unusable is refused here."""
    content = decode(data, file)
    return content if isinstance(content, Diagnostic) else fault_in(content, file) or content


def is_harmless(content: str) -> bool:
    """Whether nothing in the text needs a closer look; so it is with most files, and they are spared it."""
    return (
        content.replace("\n", "").isprintable()
        and "\\" not in content
        and "&" not in content
        and "*" not in content
        and "!" not in content
        and "%" not in content
        and "<<<<<<<" not in content
        and ">>>>>>>" not in content
    )


def fault_in(content: str, file: str) -> Diagnostic | None:
    """What makes parsing pointless: one fault that says so, not a hundred that follow from it."""
    if match := _CONFLICT.search(content):
        marker = shown(match[0].rstrip(), 30)
        return diagnostic(codes.CONFLICT_MARKER, location(content, match.start(), file), marker=marker)
    if match := _CONTROL.search(content):
        at = location(content, match.start(), file)
        return diagnostic(codes.CONTROL_CHARACTER, at, character=code_point(match[0]))
    if match := _MISLEADING.search(content):
        return _misleading(content, match.start(), file)
    return None


def directive_in(content: str, file: str) -> Diagnostic | None:
    """A line that switches YAML to other rules; found here, as the parser needs hours for a file full of them."""
    match = _DIRECTIVE.search(content)
    if match is None:
        return None
    at = location(content, match.start(), file)
    return diagnostic(yaml_codes.DIRECTIVE, at, line=shown(match[0].rstrip()))


def location(content: str, position: int, file: str) -> Location:
    """Line and column of a character, by the same line ends as the parser's."""
    *lines, last = _LINE_END.split(content[:position])
    return Location(file, len(lines) + 1, len(last) + 1)


def _misleading(content: str, position: int, file: str) -> Diagnostic:
    start = max(content.rfind(sign, 0, position) for sign in " \n\r") + 1
    word = re.split(r"[ \r\n]", content[start:], maxsplit=1)[0]
    return diagnostic(
        yaml_codes.INVISIBLE_CHARACTER,
        location(content, position, file),
        word=shown(word),
        character=code_point(content[position]),
    )


def _not_utf8(data: bytes, offset: int, file: str) -> Diagnostic:
    lead = data[:offset].decode()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:64]:
        guess = text(de="vermutlich UTF-16", en="probably UTF-16")
    else:
        guess = text(de="vermutlich Windows-1252", en="probably Windows-1252")
    return diagnostic(
        codes.NOT_UTF8,
        location(lead, len(lead), file),
        byte=f"0x{data[offset]:02X}",
        offset=offset,
        guess=guess,
    )
