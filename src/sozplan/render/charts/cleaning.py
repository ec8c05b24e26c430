"""Vega's SVG without what a paper must not carry: scripts' hooks, hidden labels with data, empty frames, ids, links.

Only what is on the lists below passes; attributes for screen readers go because they name every value in English,
and the drawing has one text for all instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

_ELEMENTS = frozenset({"g", "path", "line", "rect", "text", "tspan"})
_ATTRIBUTES = (
    "d", "transform", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "width", "height",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "text-anchor", "font-family", "font-size", "font-weight", "font-style",
)  # fmt: skip
_MEANINGLESS = {
    ("transform", "translate(0,0)"),
    ("font-weight", "normal"),
    ("font-style", "normal"),
    ("stroke", "none"),
}
_EMPTY_PATHS = frozenset({"", "M0,0h0v0h0Z"})


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    children: list[_Node | str] = field(default_factory=list)
    hidden: bool = False


def cleaned(svg: str, *, font: str) -> str:
    """What is visible of the drawing, without the `<svg>` around it and without the one font, which stands there."""
    root = _parsed(svg)
    _strip_font(root, font)
    return "".join(_written(root))


def _parsed(svg: str) -> _Node:
    root = _Node("g", {})
    path = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = _Node(tag, _kept(attributes), hidden=_is_invisible(tag, attributes))
        path[-1].children.append(node)
        path.append(node)

    def end(_: str) -> None:
        path.pop()

    def text(data: str) -> None:
        path[-1].children.append(data)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(svg.encode(), True)
    drawing = root.children[0]
    assert isinstance(drawing, _Node)  # noqa: S101  # a document has one element
    drawing.tag, drawing.attributes = "g", {}
    return root


def _kept(attributes: dict[str, str]) -> dict[str, str]:
    given = ((name, attributes[name]) for name in _ATTRIBUTES if name in attributes)
    return {name: value for name, value in given if (name, value) not in _MEANINGLESS}


def _is_invisible(tag: str, attributes: dict[str, str]) -> bool:
    if tag not in _ELEMENTS and tag != "svg":
        return True
    if attributes.get("display") == "none" or attributes.get("class") in {"background", "foreground"}:
        return True
    return tag == "path" and attributes.get("d", "") in _EMPTY_PATHS


def _strip_font(node: _Node, font: str) -> None:
    if node.attributes.get("font-family") == font:
        del node.attributes["font-family"]
    for child in node.children:
        if isinstance(child, _Node):
            _strip_font(child, font)


def _written(node: _Node) -> list[str]:
    """Groups that say nothing give way to their content; those without content to nothing."""
    if node.hidden:
        return []
    inner = [
        piece
        for child in node.children
        for piece in ([escape(child, quote=False)] if isinstance(child, str) else _written(child))
    ]
    if node.tag == "g" and (not node.attributes or not inner):
        return inner
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    return [f"<{node.tag}{attributes}>", *inner, f"</{node.tag}>"] if inner else [f"<{node.tag}{attributes}/>"]
