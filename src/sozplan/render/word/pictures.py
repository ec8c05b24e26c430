"""Pictures as Word shows them: PNG or JPEG with a text for those who don't see them; drawings are painted first."""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

from sozplan.diagnostics import text
from sozplan.render.resources import ResourceRefused
from sozplan.render.word.markup import SPACES, Element, clean, w, x

EMU_PER_PIXEL = 9525
EMU_PER_TWIP = 635
_SHARP = 3
"""Pixels of a painted drawing for each of its own: about 290 dpi on paper."""
_OUTWARD = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import", re.IGNORECASE)
_SVG = "{http://www.w3.org/2000/svg}"
_LENGTH = re.compile(r"([\d.]+)(px|pt|mm|cm|in)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_FAMILY = re.compile(r"font-family\s*:[^;}]*;?")
_FONT = "Source Sans Pro"
_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    width: float
    height: float
    """CSS pixels."""

    def within(self, width: float, height: float | None = None) -> tuple[int, int]:
        """EMU, made smaller where it must be; the limits are in twips."""
        limits = [1.0, width * EMU_PER_TWIP / (self.width * EMU_PER_PIXEL)]
        if height:
            limits.append(height * EMU_PER_TWIP / (self.height * EMU_PER_PIXEL))
        return round(self.width * EMU_PER_PIXEL * min(limits)), round(self.height * EMU_PER_PIXEL * min(limits))


def raster(content: bytes) -> Picture:
    from PIL import Image

    picture = Image.open(BytesIO(content))
    return Picture(content, *map(float, picture.size))


def painted(svg: Node) -> Picture:
    """A drawing in our own font: others may be there or not.

    Whoever drew it, what it refers to outside of itself is refused: the painter would fetch it.
    """
    import vl_convert

    _with_fonts()
    width, height = _size(svg)
    drawing = _lettered(svg)
    drawing.attrib |= {"xmlns": _SVG[1:-1], "font-family": _FONT}
    _refuse_references(drawing)
    content = vl_convert.svg_to_png(ElementTree.tostring(drawing, "unicode"), scale=_SHARP)
    return Picture(content, width, height)


def _refuse_references(drawing: Node) -> None:
    for each in drawing.iter():
        said = [each.text or ""] if each.tag == "style" else []
        target = each.get("href", "#")
        if not target.startswith("#") or any(_OUTWARD.search(value) for value in (*each.attrib.values(), *said)):
            raise ResourceRefused(
                text(
                    de=f"Eine Zeichnung verweist mit <{each.tag}> nach außen; das ist nicht zugelassen.",
                    en=f"A drawing refers to something outside of it with <{each.tag}>; that is not admitted.",
                )
            )


def parsed(svg: bytes) -> Node:
    return ElementTree.fromstring(svg)  # noqa: S314 - passed the check of `resources`, which admits no DTD


def title(svg: Node) -> str:
    found = svg.find(f"{_SVG}title")
    return "".join(found.itertext()).strip() if found is not None else ""


def drawing(relation: str, number: int, name: str, alt: str, size: tuple[int, int]) -> Element:
    """In line with the text; without `alt` the picture is marked as decoration."""
    width, height = size
    properties = x("wp:docPr", *([] if alt else [_decoration()]), id=number, name=name)
    if alt:
        properties.set("descr", clean(alt))
    fill = x("pic:blipFill", x("a:blip", **{"r:embed": relation}), x("a:stretch", x("a:fillRect")))
    box = x("a:xfrm", x("a:off", x=0, y=0), x("a:ext", cx=width, cy=height))
    shape = x("pic:spPr", box, x("a:prstGeom", x("a:avLst"), prst="rect"))
    naming = x("pic:nvPicPr", x("pic:cNvPr", id=number, name=name), x("pic:cNvPicPr"))
    data = x("a:graphicData", x("pic:pic", naming, fill, shape), uri=SPACES["pic"])
    line = x("wp:inline", x("wp:extent", cx=width, cy=height), properties, x("a:graphic", data))
    for side in ("distT", "distB", "distL", "distR"):
        line.set(side, "0")
    return w("drawing", line)


def _decoration() -> Element:
    return x("a:extLst", x("a:ext", x("adec:decorative", val=1), uri=_DECORATIVE))


def _lettered(node: Node) -> Node:
    """The same without namespaces and without choices of fonts."""
    given = {key.rpartition("}")[2]: value for key, value in node.items() if key != "font-family"}
    if "style" in given:
        given["style"] = _FAMILY.sub("", given["style"])
    copy = ElementTree.Element(node.tag.rpartition("}")[2], given)
    copy.text, copy.tail = node.text, node.tail
    if copy.tag == "style":
        copy.text = _FAMILY.sub("", node.text or "")
    copy.extend(map(_lettered, node))
    return copy


def _size(svg: Node) -> tuple[float, float]:
    box = [float(part) for part in re.split(r"[\s,]+", svg.get("viewBox", "").strip()) if part] or [0, 0, 300, 150]
    width, height = (_pixels(svg.get(name)) for name in ("width", "height"))
    if width and height:
        return width, height
    if width or height:
        ratio = box[2] / box[3]
        return (width, width / ratio) if width else ((height or 0) * ratio, height or 0)
    return box[2], box[3]


def _pixels(length: str | None) -> float | None:
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PIXELS[found[2] or ""] if found else None


@cache
def _with_fonts() -> None:
    """Its faces alone in a folder: the package holds each twice, and which one is found would depend on the disk."""
    import vl_convert

    folder = mkdtemp(prefix="sozplan-")
    atexit.register(rmtree, folder, ignore_errors=True)
    for face in _FACES:
        content = (files("font_source_sans_pro") / "files" / f"SourceSansPro-{face}.ttf").read_bytes()
        Path(folder, f"{face}.ttf").write_bytes(content)
    vl_convert.register_font_directory(folder)
