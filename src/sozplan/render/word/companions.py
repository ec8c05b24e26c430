"""Parts beside the text of a document, such as lists and footnotes, as trees that can be added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozplan.render.word.markup import Element

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def companion(part: DocumentPart, name: str, fresh: Element) -> Element:
    """The root of the part called so (`numbering`, `footnotes`), made of `fresh` where the template has none."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart

    kind = _RELATION + name
    for relation in part.rels.values():
        if relation.reltype == kind:
            found = relation.target_part
            if not isinstance(found, XmlPart):
                found = XmlPart.load(found.partname, found.content_type, found.blob, part.package)
                relation._target = found
            return found.element
    made = XmlPart(PackURI(f"/word/{name}.xml"), _TYPE.format(name), fresh, part.package)
    part.relate_to(made, kind)
    return fresh
