from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import sozplan.render
from sozplan.render.colours import Design
from sozplan.render.word.inline import Break, Inline, Piece, Tab, Words, children

INLINE = Inline.of(Design(), "Nebentext", "Hyperlink")


def pieces(html: str, inline: Inline = INLINE) -> list[Piece]:
    return inline.pieces(children(ElementTree.fromstring(f"<p>{html}</p>")))  # noqa: S314 - written here


def said(html: str) -> str:
    signs = {Break: "|", Tab: "\t"}
    return "".join(piece.text if isinstance(piece, Words) else signs.get(type(piece), "") for piece in pieces(html))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("  a \n\t b  ", "a b"),
        ("a<b> b </b> c", "a b c"),
        ("<b>a</b> <b>b</b>", "a b"),
        ("a <br/> b<br/>", "a|b|"),
        ("a\u00a0 b", "a\u00a0 b"),
        ("<i> </i>", ""),
        ('<span class="lamp">a</span><span class="lamp">b</span> <small>c</small>', "a|b|c"),
        (
            '<span class="lamp-name">a</span><span class="light light-red"> nicht im\n Plan</span>',
            "a\t■\u00a0nicht\u00a0im\u00a0Plan",
        ),
        ('<span class="count">1</span><span class="count">2</span>', "1\u20032\u2003"),
        ("<unknown>a<b>b</b></unknown>", "ab"),
        ("<!-- x -->a", "a"),
        ('<data value="1.5">1,5</data> %', "1,5 %"),
    ],
)
def test_blanks_and_lines_are_those_of_a_browser(html: str, text: str) -> None:
    assert said(html) == text


def test_what_is_bold_small_or_raised_on_the_page_is_so_in_word() -> None:
    looks = {piece.text: piece.look for piece in pieces(
        '<strong>a</strong><em>b</em><sup>c</sup><small>d</small><span class="reservation">e</span>'
    ) if isinstance(piece, Words)}  # fmt: skip
    assert looks["a"].bold
    assert looks["b"].italic
    assert looks["c"].position == "superscript"
    assert looks["d"].style == "Nebentext"
    assert (looks["e"].bold, looks["e"].colour) == (True, Design().properties["accent-text"])


def test_a_link_keeps_its_target_and_its_form() -> None:
    (link,) = pieces('<a href="https://www.example.org/"><b>x</b></a>')
    assert isinstance(link, Words)
    assert (link.target, link.look.style, link.look.bold) == ("https://www.example.org/", "Hyperlink", True)


KNOWN = {
    "@top-left", "@bottom-left", "@right-middle", ".page-number::after", ":root:lang(en) .page-number::after",
    "h2.numbered::before", ".numbered > caption::before", ":root:lang(en) .numbered > caption::before",
    ".light::before", ".toc a::after", ".footnote::footnote-call", ".footnote::footnote-marker", ".footnote::before",
    ".index-page::after",
}  # fmt: skip


def test_word_knows_all_that_the_style_sheets_write_of_themselves() -> None:
    """Text that stands in no page but is made by a style sheet has to be written for Word, too."""
    folder = Path(sozplan.render.__file__).parent.parent / "templates/style"
    rules = [
        (" ".join(selector.split()), sheet.name)
        for sheet in sorted(folder.glob("*.css"))
        for selector, body in re.findall(
            r"([^{};]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        )
        if re.search(r"(?<![\w-])content:(?!\s*none)", body)
    ]
    assert [(selector, sheet) for selector, sheet in rules if selector not in KNOWN] == []
