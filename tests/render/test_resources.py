from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from sozplan.render import resources
from sozplan.render.resources import Resource, ResourceRefused, Resources, embedded, image


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (4, 3), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def svg(body: str = "", attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'.encode()


def refusal(content: bytes, name: str = "logo.svg") -> str:
    with pytest.raises(ResourceRefused) as caught:
        image(name, content)
    return caught.value.text.de.removeprefix(f"Bild {name!r}: ")


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("mode", "kept"), [("RGB", "RGB"), ("RGBA", "RGBA"), ("P", "RGB"), ("L", "L"), ("I;16", "RGB"), ("1", "L")]
)
def test_png_becomes_plain_eight_bit(mode: str, kept: str) -> None:
    found = image("a.png", picture(mode=mode))
    assert found.media_type == "image/png"
    assert Image.open(io.BytesIO(found.content)).mode == kept


def test_jpeg_loses_colour_profile_camera_and_author() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Geheimer Name"
    found = image("a.jpg", picture("JPEG", "CMYK", exif=exif, comment=b"Geheimer Kommentar", icc_profile=b"profil" * 9))
    assert found.media_type == "image/jpeg"
    assert Image.open(io.BytesIO(found.content)).mode == "RGB"
    assert not [secret for secret in (b"Geheim", b"profil", b"Exif") if secret in found.content]


def test_pixels_are_limited_before_decoding() -> None:
    side = 4000
    assert side * side == resources.MAX_PIXELS
    assert refusal(png_header(side + 1, side)) == "Das Bild hat mehr als 16 Millionen Bildpunkte."
    assert refusal(png_header(60000, 60000)) in {
        "Das Bild hat mehr als 16 Millionen Bildpunkte.",
        "Die Datei ist beschädigt oder unvollständig.",
    }


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = picture(kind, size=(40, 40))
    assert refusal(whole[:-20]) == "Die Datei ist beschädigt oder unvollständig."


def test_size_is_limited() -> None:
    padding = b" " * (resources.MAX_BYTES - len(svg()) + 1)
    assert refusal(svg() + padding) == "Die Datei ist größer als 5 MB."
    at_limit = svg() + b" " * (resources.MAX_SVG_BYTES - len(svg()))
    assert image("a.svg", at_limit).content == at_limit
    assert refusal(at_limit + b" ") == "Die Zeichnung ist größer als 1 MB."


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%!PS-Adobe", b"<html>", b"\x1f\x8b"])
def test_other_kinds_are_refused(content: bytes) -> None:
    assert refusal(content) == "Nur PNG, JPEG und SVG sind zugelassen."


@pytest.mark.parametrize("name", ["../logo.svg", "a/b.svg", "", ".svg", "a b.svg", "x" * 129])
def test_names_are_plain(name: str) -> None:
    assert refusal(svg(), name) == "Der Dateiname darf nur Buchstaben, Ziffern, „_“, „.“ und „-“ enthalten."


def test_a_plain_drawing_stays_as_it_is() -> None:
    content = svg('<style>.a{fill:#123}</style><g class="a" clip-path="url(#c)"><path d="M0 0"/><text>Ä</text></g>')
    assert image("a.svg", content) == ("image/svg+xml", content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (svg("<script/>"), "<script>"),
        (svg('<image href="x.png"/>'), "<image>"),
        (svg('<use href="#a"/>'), "<use>"),
        (svg("<foreignObject/>"), "<foreignObject>"),
        (svg("<path onclick='x'/>"), "onclick=…"),
        (svg("<linearGradient href='http://x/y'/>"), "href=…"),
        (svg("<linearGradient xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='file:///x'/>"), "href=…"),
        (svg("<path fill='url(http://x)'/>"), "fill='url(http://x)'"),
        (svg("<path style='fill:url( &quot;//x)'/>"), "style='fill:url( \"//x)'"),
        (svg("<style>@import 'x';</style>"), "<style> @… url(…)"),
        (svg("<style>a{fill:url(x)}</style>"), "<style> @… url(…)"),
        (svg("<style>a{fill:\\75rl(x)}</style>"), "<style> @… url(…)"),
        (b"<?xml-stylesheet href='x'?>" + svg(), "<?xml-stylesheet?>"),
        (b"<svg/>", "<svg>"),
        (svg("<html xmlns='http://www.w3.org/1999/xhtml'/>"), "<html>"),
    ],
)
def test_active_or_foreign_content_in_a_drawing_is_refused(content: bytes, what: str) -> None:
    assert refusal(content) == f"„{what}“ ist in einer Zeichnung nicht zugelassen."


def test_entities_are_refused_at_the_doctype() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("&b;")
    assert refusal(bomb) == "Eine DOCTYPE-Angabe (DTD, Entitäten) ist nicht zugelassen."


@pytest.mark.parametrize(
    "content", [svg("<g>"), svg("&nbsp;"), b"\xff" + svg(), svg().replace(b">", b" a='1' a='2'>", 1)]
)
def test_a_damaged_drawing_is_refused(content: bytes) -> None:
    assert refusal(content) == "Die Datei ist beschädigt oder unvollständig."


def test_nodes_and_depth_are_limited() -> None:
    limit = f"Die Zeichnung hat mehr als {resources.MAX_SVG_NODES} Elemente oder {resources.MAX_SVG_DEPTH} Ebenen."
    assert image("a.svg", svg("<g/>" * (resources.MAX_SVG_NODES - 1)))
    assert refusal(svg("<g/>" * resources.MAX_SVG_NODES)) == limit
    deepest = resources.MAX_SVG_DEPTH - 1
    assert image("a.svg", svg("<g>" * deepest + "</g>" * deepest))
    assert refusal(svg("<g>" * (deepest + 1) + "</g>" * (deepest + 1))) == limit


def test_a_document_for_the_browser_holds_its_pictures() -> None:
    given = Resources({"a.svg": Resource("image/svg+xml", b"<svg/>")})
    html = '<img src="sozplan:project/a.svg" alt="a"> sozplan:project/a.svg'
    assert embedded(html, given) == '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="a"> sozplan:project/a.svg'
    with pytest.raises(ResourceRefused) as caught:
        embedded(html, Resources())
    assert caught.value.text.en == "Picture 'a.svg': the picture was not given to the document."
