"""The table of contents of a finished document, made of the headings that it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from sozplan.render.markdown import Heading

START, END = "<!--contents-->", "<!--/contents-->"
"""Between them stands a table of contents that a short document goes without."""
PAGES = 6
"""From so many pages on a paper has one."""
_HEADING = re.compile(r"<h([23])((?: [^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_PLACE = re.compile(re.escape(START) + ".*?" + re.escape(END), re.DOTALL)
_NOTES = re.compile(r"<(?:span class=\"footnote\"|sup class=\"note-again\").*?</(?:span|sup)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def with_contents(html: str, write: Callable[[Sequence[Heading]], str]) -> str:
    """Gives headings their anchors and writes the table where the document keeps a place for it."""
    if START not in html:
        return html
    found: list[Heading] = []
    section = given = 0

    def anchored(match: re.Match[str]) -> str:
        nonlocal section, given
        level, attributes, content = int(match[1]), match[2], match[3]
        own = _ID.search(attributes)
        given += own is None
        anchor = own[1] if own else f"part-{given}"
        is_counted = level == 2 and "numbered" in attributes
        section += is_counted
        if level == 2 or "listed" in attributes:
            number = f"{section}\u00a0\u00a0" if is_counted else ""
            found.append(Heading(anchor, number + _words(content), level))
        return match[0] if own else f'<h{level}{attributes} id="{anchor}">{content}</h{level}>'

    marked = _HEADING.sub(anchored, html)
    return _PLACE.sub(lambda _: f"{START}{write(found)}{END}", marked, count=1)


def without_contents(html: str) -> str:
    return _PLACE.sub("", html)


def has_contents(html: str) -> bool:
    return START in html


def _words(content: str) -> str:
    return " ".join(unescape(_TAG.sub("", _NOTES.sub("", content))).split())
