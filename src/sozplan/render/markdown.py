"""Markdown of the planning repository as HTML that is safe to print and passes the accessibility check.

Raw HTML stays text, links go to the web, to mail or within the document, images are not admitted.
Headings start at the level that the surrounding document asks for and never skip one.
`[[id]]` in running text becomes the name of what it means, as a link where the document has a place for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_REFERENCE = re.compile(r"\[\[([a-z][a-z0-9-]{0,63})\]\]")
_EMPHASIS = {"strong_open", "strong_close", "em_open", "em_close"}
_DEEPEST = 6


class Heading(NamedTuple):
    """A line of the table of contents."""

    id: str
    title: str
    level: int
    number: str = ""
    """Of a chapter, set apart before its title."""


class Named(NamedTuple):
    """What `[[id]]` stands for: a name, and the anchor in the document if it has one."""

    name: str
    anchor: str | None = None


Resolve = Callable[[str], Named | None]


def markdown(source: str, *, level: int = 2, anchor: str | None = None, resolve: Resolve | None = None) -> Markup:
    """HTML of a text whose top headings become `<h{level}>`, with ids `anchor-1`, `anchor-2` … if asked for.

    An `[[id]]` that `resolve` doesn't know stays as it is.
    """
    parser = _parser()
    tokens = _tokens(source, level, anchor, resolve)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


def outline(source: str, *, level: int = 2, anchor: str, resolve: Resolve | None = None) -> tuple[Heading, ...]:
    """The headings of the same text under the same ids."""
    tokens = _tokens(source, level, anchor, resolve)
    pairs = pairwise(tokens)
    return tuple(
        Heading(str(opening.attrGet("id")), _plain(inline), int(opening.tag[1:]))
        for opening, inline in pairs
        if opening.type == "heading_open"
    )


class Passage(NamedTuple):
    """A paragraph, an item of a list, a row of a table or a heading, as plain text."""

    text: str
    is_heading: bool = False


def passages(source: str, *, resolve: Resolve | None = None) -> tuple[Passage, ...]:
    """The text as people read it, in pieces that can be compared one by one."""
    found: list[Passage] = []
    row: list[str] | None = None
    heading = False
    for token in _tokens(source, 2, None, resolve):
        if token.type in {"tr_open", "tr_close"}:
            found += [Passage(" | ".join(row))] if row is not None else []
            row = [] if token.type == "tr_open" else None
        elif token.type in {"heading_open", "heading_close"}:
            heading = token.type == "heading_open"
        elif token.type in {"inline", "fence", "code_block"}:
            words = " ".join((_plain(token) if token.type == "inline" else token.content).split())
            if row is not None:
                row.append(words)
            elif words:
                found.append(Passage(words, heading))
    return tuple(found)


def sections(source: str, *, anchor: str) -> tuple[tuple[str | None, str], ...]:
    """The text piece by piece, each under the id of the heading above it; None before the first."""
    starts = [(0, None), *_starts(source, anchor)]
    lines = source.splitlines()
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return tuple((id, "\n".join(lines[start:end])) for (start, id), end in zip(starts, ends, strict=True))


def _starts(source: str, anchor: str) -> Iterator[tuple[int, str]]:
    opening = (token for token in _parser().parse(source) if token.type == "heading_open")
    for number, token in enumerate(opening, 1):
        yield (token.map[0] if token.map else 0), f"{anchor}-{number}"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


def _tokens(source: str, level: int, anchor: str | None, resolve: Resolve | None) -> list[Token]:
    tokens = _parser().parse(source)
    _number_headings(tokens, level, anchor)
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            token.children = list(_flat_links(_named(token.children, resolve)))
    return tokens


def _number_headings(tokens: Sequence[Token], level: int, anchor: str | None) -> None:
    depths: list[int] = []
    count = 0
    for token in tokens:
        if token.type == "heading_open":
            own, count = int(token.tag[1:]), count + 1
            depths = [*(depth for depth in depths if depth < own), own]
            if anchor is not None:
                token.attrSet("id", f"{anchor}-{count}")
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(level + len(depths) - 1, _DEEPEST)}"


def _named(tokens: Sequence[Token], resolve: Resolve | None) -> Iterator[Token]:
    inside = False
    for token in tokens:
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        if resolve is None or token.type != "text":
            yield token
        else:
            yield from _replaced(token.content, resolve, linked=not inside)


def _replaced(content: str, resolve: Resolve, *, linked: bool) -> Iterator[Token]:
    for position, piece in enumerate(_REFERENCE.split(content)):
        named = resolve(piece) if position % 2 else None
        if named is None:
            yield _text(f"[[{piece}]]" if position % 2 else piece)
        elif named.anchor is None or not linked:
            yield _text(named.name)
        else:
            yield from _link(named)


def _link(named: Named) -> Iterator[Token]:
    yield Token("link_open", "a", 1, {"href": f"#{named.anchor}"})
    yield _text(named.name)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _flat_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """A link must hold plain text only: tagged PDF loses whatever is marked up inside it; one to nowhere is none."""
    inside, nowhere = False, False
    for token in tokens:
        if token.type == "link_open" and not token.attrGet("href"):
            nowhere = True
            continue
        if nowhere and token.type == "link_close":
            nowhere = False
            continue
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        if inside and token.type in _EMPHASIS:
            continue
        if inside and token.type == "code_inline":
            token.type, token.tag = "text", ""
        yield token


def _plain(inline: Token) -> str:
    children = inline.children or ()
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in children)
