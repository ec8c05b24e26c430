"""Pictures that a document may show: checked bytes handed to the PDF engine, which opens no file and no socket.

Raster images are decoded and written anew, so that neither a bomb nor a photographer's name gets through.
Drawings (SVG) are taken as they are, but only if every element and attribute is on the list below.
"""

from __future__ import annotations

import re
import warnings
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from sozplan.diagnostics import Text, text

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 5_000_000
MAX_PIXELS = 16_000_000
MAX_SVG_BYTES = 1_000_000
MAX_SVG_NODES = 20_000
MAX_SVG_DEPTH = 64

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
_REFERENCE = re.compile(r'src="sozplan:project/([^"]*)"')
_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    {"svg", "g", "defs", "title", "desc", "style", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
    | {"text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask"}
)
_FOREIGN_REFERENCE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@|\\|expression|javascript:", re.IGNORECASE)


class ResourceRefused(Exception):
    """A picture or a reference that the document may not use; `text` tells the user why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.de)
        self.text = reason


class Resource(NamedTuple):
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Resources:
    """All that a document may refer to, as `sozplan:project/NAME`; made by `image` so that nothing is unchecked."""

    images: Mapping[str, Resource] = field(default_factory=lambda: MappingProxyType({}))


def embedded(html: str, resources: Resources) -> str:
    """The document for a browser, which has no `sozplan:`: pictures stand in it as data.

    Only attributes match, since text of the user has its quotation marks escaped.
    """
    return _REFERENCE.sub(lambda match: f'src="{_data(match[1], resources)}"', html)


def referred(reference: str, resources: Resources) -> Resource:
    """What `sozplan:project/NAME` stands for; raises ResourceRefused for every other reference."""
    name = reference.removeprefix("sozplan:project/")
    if name not in resources.images:
        raise _refused(
            name[:80], "Das Bild wurde dem Dokument nicht mitgegeben", "the picture was not given to the document"
        )
    return resources.images[name]


def image(name: str, content: bytes) -> Resource:
    """The picture if it is a PNG, JPEG or harmless SVG within the limits; raises ResourceRefused otherwise."""
    if not _NAME.fullmatch(name):
        raise _refused(name, "Der Dateiname darf nur Buchstaben, Ziffern, „_“, „.“ und „-“ enthalten",
                       "the file name may hold only letters, digits, “_”, “.” and “-”")  # fmt: skip
    if len(content) > MAX_BYTES:
        raise _refused(name, f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB",
                       f"the file is larger than {MAX_BYTES // 1_000_000} MB")  # fmt: skip
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _raster(name, content)
    if b"<svg" in content[:4096]:
        return _drawing(name, content)
    raise _refused(name, "Nur PNG, JPEG und SVG sind zugelassen", "only PNG, JPEG and SVG are admitted")


def _data(name: str, resources: Resources) -> str:
    media_type, content = referred(name, resources)
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def _raster(name: str, content: bytes) -> Resource:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # what is too large is told below
            picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MAX_PIXELS:
            raise _refused(name, f"Das Bild hat mehr als {MAX_PIXELS // 1_000_000} Millionen Bildpunkte",
                           f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels")  # fmt: skip
        if not content.rstrip(b"\0").endswith((b"\xff\xd9", b"IEND\xaeB`\x82")):
            raise _damaged(name)
        return _rewritten(ImageOps.exif_transpose(picture), picture.format or "PNG")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise _damaged(name) from error


def _rewritten(picture: Image.Image, kind: str) -> Resource:
    """Eight bits a channel, grey or RGB, without any metadata: what PDF/A with an sRGB intent admits."""
    transparent = kind == "PNG" and picture.has_transparency_data
    plain = picture.convert("RGBA" if transparent else "L" if picture.mode in {"1", "L"} else "RGB")
    out = BytesIO()
    if kind == "PNG":
        plain.info.clear()
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=92, subsampling=0, exif=b"", icc_profile=None, comment=b"")
    return Resource(f"image/{kind.lower()}", out.getvalue())


def _drawing(name: str, content: bytes) -> Resource:
    if len(content) > MAX_SVG_BYTES:
        raise _refused(name, f"Die Zeichnung ist größer als {MAX_SVG_BYTES // 1_000_000} MB",
                       f"the drawing is larger than {MAX_SVG_BYTES // 1_000_000} MB")  # fmt: skip
    _SvgCheck(name).run(content)
    return Resource("image/svg+xml", content)


class _SvgCheck:
    """One pass over the parser's events: nothing is built, nothing expanded, the first fault ends it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes = 0
        self.path: list[str] = []

    def run(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.buffer_text = True
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise _damaged(self.name) from error

    def doctype(self, *_: object) -> None:
        raise _refused(self.name, "Eine DOCTYPE-Angabe (DTD, Entitäten) ist nicht zugelassen",
                       "a DOCTYPE (DTD, entities) is not admitted")  # fmt: skip

    def instruction(self, target: str, _: str) -> None:
        raise self._forbidden(f"<?{target}?>")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = tag.rpartition(" ")
        self.nodes += 1
        self.path.append(local)
        if self.nodes > MAX_SVG_NODES or len(self.path) > MAX_SVG_DEPTH:
            de = f"Die Zeichnung hat mehr als {MAX_SVG_NODES} Elemente oder {MAX_SVG_DEPTH} Ebenen"
            raise _refused(
                self.name, de, f"the drawing has more than {MAX_SVG_NODES} elements or {MAX_SVG_DEPTH} levels"
            )
        if namespace != _SVG or local not in _ELEMENTS:
            raise self._forbidden(f"<{local}>")
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2], value)

    def attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on") or (key == "href" and not value.startswith("#")) or key == "base":
            raise self._forbidden(f"{key}=…")
        if _FOREIGN_REFERENCE.search(value):
            raise self._forbidden(f"{key}={value[:40]!r}")

    def end(self, _: str) -> None:
        self.path.pop()

    def text(self, data: str) -> None:
        if self.path[-1] == "style" and _FOREIGN_REFERENCE.search(data):
            raise self._forbidden("<style> @… url(…)")

    def _forbidden(self, what: str) -> ResourceRefused:
        de = f"„{what}“ ist in einer Zeichnung nicht zugelassen"
        return _refused(self.name, de, f"“{what}” is not admitted in a drawing")


def _refused(name: str, de: str, en: str) -> ResourceRefused:
    return ResourceRefused(text(de=f"Bild {name!r}: {de}.", en=f"Picture {name!r}: {en}."))


def _damaged(name: str) -> ResourceRefused:
    return _refused(name, "Die Datei ist beschädigt oder unvollständig", "the file is damaged or incomplete")
