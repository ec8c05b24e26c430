"""Elements of WordprocessingML, put in the order that its schema demands, with text that is always data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
Element = Any
"""Of lxml, which has no types."""

_PARAGRAPH = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
    "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip
_RUN = ("rStyle", "b", "i", "strike", "color", "sz", "szCs", "u", "vertAlign")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = {0x2002: "\u00a0 ", 0x2003: "\u00a0\u00a0 "}
_SPECIAL = re.compile("([\u00ad\u2011\t\n])")
_SPECIALS = {"\u00ad": "softHyphen", "\u2011": "noBreakHyphen", "\t": "tab", "\n": "br"}


def clean(text: str) -> str:
    """What XML can't hold becomes the sign for an unknown character, wide blanks two that every office font has."""
    return _UNPRINTABLE.sub("\ufffd", text).translate(_BLANKS)


def ink(colour: str) -> str:
    """`#1b4f72` as Word writes it."""
    return colour.removeprefix("#").upper()


def w(tag: str, *kids: Element, **attributes: str | int) -> Element:
    return x(f"w:{tag}", *kids, **{f"w:{key}": value for key, value in attributes.items()})


def x(tag: str, *kids: Element, **attributes: str | int) -> Element:
    """An element of any of the namespaces: `x("a:blip", **{"r:embed": "rId1"})`."""
    spaces = {name.partition(":")[0] for name in (tag, *attributes) if ":" in name}
    element = etree.Element(_qualified(tag), nsmap={space: SPACES[space] for space in sorted(spaces)})
    for key, value in attributes.items():
        element.set(_qualified(key), clean(str(value)))
    element.extend(kid for kid in kids if kid is not None)
    return element


def find(element: Element, path: str) -> list[Element]:
    """What an XPath expression finds below an element, python-docx's own kinds of elements among them."""
    return list(_compiled(path)(element))


@cache
def _compiled(path: str) -> Callable[[Element], Iterable[Element]]:
    return etree.XPath(path, namespaces=SPACES)  # type: ignore[no-any-return]


def tag_of(element: Element) -> str:
    """The local name; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def paragraph(properties: Mapping[str, Element], *content: Element) -> Element:
    return w("p", _ordered("pPr", _PARAGRAPH, properties), *content)


def run(properties: Mapping[str, Element], *content: Element) -> Element:
    return w("r", _ordered("rPr", _RUN, properties), *content)


def words(text: str) -> Iterator[Element]:
    """The text of a run: optional and fixed hyphens, tabs and line ends are elements of their own."""
    for part in _SPECIAL.split(clean(text)):
        if part in _SPECIALS:
            yield w(_SPECIALS[part])
        elif part:
            element = w("t")
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.text = part
            yield element


def update(element: Element, **properties: Element) -> None:
    """Sets properties of a finished paragraph, where the schema wants them."""
    own = element.find(_qualified("w:pPr"))
    found = {tag_of(each): each for each in own} if own is not None else {}
    if own is not None:
        element.remove(own)
    element.insert(0, _ordered("pPr", _PARAGRAPH, found | properties))


def resize(element: Element, half_points: int) -> None:
    """Sets the size of type of a run by hand."""
    own = element.find(_qualified("w:rPr"))
    found = {tag_of(each): each for each in own} if own is not None else {}
    if own is not None:
        element.remove(own)
    found |= {name: w(name, val=half_points) for name in ("sz", "szCs")}
    element.insert(0, _ordered("rPr", _RUN, found))


def _ordered(tag: str, order: tuple[str, ...], properties: Mapping[str, Element]) -> Element:
    unknown = properties.keys() - set(order)
    if unknown:
        raise ValueError(f"no place known for {sorted(unknown)} in {tag}")
    return w(tag, *(properties[name] for name in order if name in properties)) if properties else None


def _qualified(name: str) -> str:
    space, _, local = name.rpartition(":")
    return f"{{{SPACES[space]}}}{local}" if space else local
