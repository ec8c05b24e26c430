"""The finished HTML page as a tree, read by the parser that the PDF engine uses, so that both see the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Node

from sozplan.render.word.inline import SVG, children, classes_of

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LONG = 1650
"""Words from which on a paper has about six pages, and a table of contents like the PDF."""
_PICTURE, _TURNED = 75, 150
"""Words for which there would be room where a picture stands, and what a new page leaves empty on the one before."""


@dataclass(frozen=True, slots=True)
class Page:
    head: tuple[Node | str, ...]
    """All before the first section: letterhead, title, facts, order of consultation."""
    body: tuple[Node | str, ...]
    anchors: frozenset[str]
    watermark: str | None
    kind: str
    """The line above the title: kind, number, public or not."""


def page(html: str) -> Page:
    import tinyhtml5  # type: ignore[import-untyped]

    root: Node = tinyhtml5.parse(html, namespace_html_elements=False)
    frame = root.find("body")
    main = root.find("body/main")
    if frame is None or main is None:
        raise ValueError("a document of ours has a body with a main part")
    if _length(main) < _LONG:
        _without_contents(main)
    content = tuple(children(main))
    start = next((i for i, node in enumerate(content) if _has_heading(node)), len(content))
    return Page(
        head=content[:start],
        body=content[start:],
        anchors=frozenset(node.get("id") or "" for node in main.iter() if node.get("id")),
        watermark=frame.get("data-watermark") if "draft" in classes_of(frame) else None,
        kind=next(
            (" ".join("".join(each.itertext()).split()) for each in main.iter("p") if "lead" in classes_of(each)), ""
        ),
    )


def _length(main: Node) -> int:
    """In words; those in pictures take no room beside them."""
    classes = [classes_of(each) for each in main.iter()]
    pictures, turned = (sum(name in each for each in classes) for name in ("picture", "new-page"))
    return len(" ".join(_said(main)).split()) + _PICTURE * pictures + _TURNED * turned


def _said(node: Node) -> Iterator[str]:
    for each in children(node):
        if isinstance(each, str):
            yield each
        elif each.tag != SVG:
            yield from _said(each)


def _without_contents(main: Node) -> None:
    for parent in list(main.iter()):
        for kid in [kid for kid in parent if "toc" in classes_of(kid)]:
            parent.remove(kid)


def _has_heading(node: Node | str) -> bool:
    return isinstance(node, Node) and any(each.tag in _HEADINGS for each in node.iter())
