"""Footnotes of a finished document: notes that templates set, and the terms of the handbook at their first use.

A template sets `<span class="footnote" data-note="key">text</span>` behind what the note is about.
The first of a key becomes a footnote with a number, each later one only refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import escape

_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_NOTE = re.compile(r'<span class="footnote" data-note="([^"]*)">')
_CLASSES = re.compile(r'class="([^"]*)"')
_VOID = frozenset({"br", "img", "meta", "hr", "col", "link", "input", "wbr"})
_SILENT_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "th", "caption", "blockquote", "svg", "figure"})
_SILENT_CLASSES = frozenset(
    {
        "decision",
        "title-block",
        "masthead",
        "signatures",
        "toc",
        "running",
        "legend",
        "source",
        "meta",
        "taken",
        "phase",
    }
)
"""Where no term is explained: headings, links, and what must stand as it was written."""
_ENDINGS = "(?:e|en|er|es|em|ern|n|s|r|se)?"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the handbook and what it means."""

    term: str
    definition: str


def numbered(html: str, terms: Iterable[Entry] = ()) -> str:
    """The document with its notes numbered in their order."""
    head, opening, body = html.partition("<main>")
    return head + opening + _Pass(terms).over(body) if opening else html


def gathered(html: str) -> str:
    """The numbered document for a screen, which has no foot of a page: the notes in a list at its end.

    Each has a way there, and one back to where it was called first.
    """
    notes: list[str] = []

    def called(note: re.Match[str]) -> str:
        number, content = note.groups()
        back = (
            f'<a href="#call-{number}" role="doc-backlink" aria-label="{_BACK[english]} {number}">\N{UPWARDS ARROW}</a>'
        )
        notes.append(f'<li class="footnote" id="note-{number}">{content} {back}</li>')
        return (
            f'<sup class="note-again" id="call-{number}"><a href="#note-{number}" role="doc-noteref">{number}</a></sup>'
        )

    english = _ENGLISH.search(html) is not None
    text = _NUMBERED.sub(called, html)
    if not notes:
        return html
    listed = f'<section class="notes" role="doc-endnotes"><h2>{_NOTES[english]}</h2><ol>{"".join(notes)}</ol></section>'
    return text.replace("</main>", f"{listed}</main>", 1)


_NUMBERED = re.compile(r'<span class="footnote" id="note-(\d+)" data-number="\d+">(.*?)</span>', re.DOTALL)
_ENGLISH = re.compile(r'<html lang="en')
_NOTES, _BACK = ("Fußnoten", "Footnotes"), ("Zurück zu Fußnote", "Back to footnote")


class _Pass:
    """One way through the text; knows which notes there are and which terms are still to explain."""

    def __init__(self, terms: Iterable[Entry]) -> None:
        self._numbers: dict[str, int] = {}
        self._waiting = {spelled(each.term): each for each in terms}
        self._any = _either(self._waiting)
        self._open: list[tuple[str, bool]] = []

    def over(self, body: str) -> str:
        pieces = iter(_TAG.split(body))
        out: list[str] = []
        for piece in pieces:
            found = _NOTE.fullmatch(piece)
            if found is not None:
                out.append(self._set(found[1], _content(pieces)))
            elif piece.startswith("<") and piece.endswith(">"):
                self._step(piece)
                out.append(piece)
            else:
                out.append(self._explained(piece))
        return "".join(out)

    def _set(self, key: str, content: str) -> str:
        if key in self._numbers:
            number = self._numbers[key]
            return f'<sup class="note-again"><a href="#note-{number}">{number}</a></sup>'
        number = self._numbers[key] = len(self._numbers) + 1
        return f'<span class="footnote" id="note-{number}" data-number="{number}">{content}</span>'

    def _step(self, tag: str) -> None:
        name = _NAME.match(tag)
        if name is None or name[1] in _VOID:
            return
        if tag.startswith("</"):
            while self._open and self._open.pop()[0] != name[1]:
                pass
        else:
            self._open.append((name[1], self._is_silent(name[1], tag)))

    def _is_silent(self, name: str, tag: str) -> bool:
        classes = _CLASSES.search(tag)
        named = set(classes[1].split()) if classes else set()
        return name in _SILENT_TAGS or bool(named & _SILENT_CLASSES)

    def _explained(self, words: str) -> str:
        """The text with a note behind the first use of each term that is still to explain."""
        if self._any is None or not words.strip() or any(silent for _, silent in self._open):
            return words
        out, at = "", 0
        while self._any is not None and (found := self._any.search(words, at)) is not None:
            pattern = next(each for each in self._waiting if re.fullmatch(each, found[0]))
            entry = self._waiting.pop(pattern)
            self._any = _either(self._waiting)
            out += words[at : found.end()] + self._set(f"term:{entry.term}", _definition(entry))
            at = found.end()
        return out + words[at:]


def _content(pieces: Iterable[str]) -> str:
    """Up to the end of the note, which holds no element of its own kind."""
    inside: list[str] = []
    for piece in pieces:
        if piece == "</span>":
            break
        inside.append(piece)
    return "".join(inside).strip()


def _definition(entry: Entry) -> str:
    return f"<b>{escape(entry.term)}</b>: {escape(entry.definition)}"


def spelled(term: str) -> str:
    """The term in any of its endings, at the start of a sentence too."""
    words = [f"{_first(word)}{_ENDINGS}" for word in str(escape(term)).split()]
    return r"\s+".join(words)


def _first(word: str) -> str:
    stem = word[:-1] if word.endswith("e") and len(word) > 4 else word  # „Vorläufige“ is „vorläufiger“ elsewhere
    head = stem[:1]
    return f"[{head.upper()}{head.lower()}]{re.escape(stem[1:])}" if head.isalpha() else re.escape(stem)


def _either(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Longer terms first, so that the part of a term isn't taken for it."""
    listed: Sequence[str] = sorted(patterns, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w-])") if listed else None
