"""The structure tree of a tagged PDF, completed where the layout engine leaves gaps that PDF/UA doesn't allow.

- Header cells say whether they head a row or a column.
- Paragraphs and other blocks of a list item stand in its body.
- A table that has a head has a body, be it empty; a body holds nothing but rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_HEADED = {"/Table": "/Column", "/THead": "/Column", "/TBody": "/Row", "/TFoot": "/Row"}
_OF_AN_ITEM = {"/Lbl", "/LBody"}


def complete(document: pikepdf.Pdf) -> None:
    """In place; walks with a list of its own, since trees of long documents are deeper than Python's stack."""
    import pikepdf

    open_nodes: list[tuple[Any, str]] = [(document.Root.StructTreeRoot, "/Column")]
    while open_nodes:
        node, scope = open_nodes.pop()
        kind = str(node.get("/S", ""))
        scope = _HEADED.get(kind, scope)
        if kind == "/TH":
            _say_scope(node, scope)
        elif kind == "/LI":
            _gather_body(document, node)
        elif kind == "/Table":
            _add_body(document, node)
        elif kind == "/TBody":
            node.K = pikepdf.Array([kid for kid in _elements(node) if str(kid.S) == "/TR"])
        open_nodes.extend((kid, scope) for kid in _elements(node))


def _say_scope(cell: Any, scope: str) -> None:
    import pikepdf

    cell.A.Scope = pikepdf.Name(scope)


def _gather_body(document: pikepdf.Pdf, item: Any) -> None:
    loose = [kid for kid in _elements(item) if str(kid.S) not in _OF_AN_ITEM]
    if not loose:
        return
    import pikepdf

    body = _element(document, "/LBody", item, loose)
    for kid in loose:
        kid.P = body
    item.K = pikepdf.Array([*(kid for kid in _elements(item) if str(kid.S) in _OF_AN_ITEM), body])


def _add_body(document: pikepdf.Pdf, table: Any) -> None:
    kinds = {str(kid.S) for kid in _elements(table)}
    if "/THead" in kinds and "/TBody" not in kinds:
        table.K.append(_element(document, "/TBody", table, []))


def _element(document: pikepdf.Pdf, kind: str, parent: Any, kids: list[Any]) -> Any:
    import pikepdf

    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name(kind), P=parent, Pg=parent.Pg, K=pikepdf.Array(kids)
        )
    )


def _elements(node: Any) -> Iterator[Any]:
    """The children that are elements, not content or annotations."""
    import pikepdf

    for kid in node.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
