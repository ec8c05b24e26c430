"""HTML to PDF/A-3a that is also PDF/UA-1: the only place where bytes are made of a document.

WeasyPrint lays out and tags; what it leaves open for PDF/UA is added afterwards: identification, scope of header cells.
Nothing is fetched: fonts come from their package, pictures from `Resources`, every other reference fails the document.
Same HTML, resources, attachments and date give the same bytes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.resources import files
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from sozplan.diagnostics import Lang, Text, text
from sozplan.render import hyphens
from sozplan.render.fit import fitted
from sozplan.render.resources import ResourceRefused, Resources
from sozplan.render.structure import complete

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse  # type: ignore[import-untyped]

FONT_FAMILY = "sozplan Sans"
"""Not the font's own name: a system font of that name must not take its place."""

_FACES = {
    "SourceSansPro-Regular.ttf": ("normal", 400),
    "SourceSansPro-It.ttf": ("italic", 400),
    "SourceSansPro-Semibold.ttf": ("normal", 600),
    "SourceSansPro-SemiboldIt.ttf": ("italic", 600),
    "SourceSansPro-Bold.ttf": ("normal", 700),
    "SourceSansPro-BoldIt.ttf": ("italic", 700),
}
_LOCALES = {"de": "de-DE", "en": "en-GB"}
_ATTACHMENT_NAME = re.compile(r"[\w][\w .()-]{0,127}")
_BASE = "sozplan:document"
_BLANK_BEFORE_INLINE = re.compile(r"\s(?=<(?:a|b|strong|em|code|small|del|ins)[ >])")
"""WeasyPrint 70 ends a line after its first word if only the blank before an inline element doesn't fit into it;
a blank in an element of its own is dropped there as it should be."""
_BEGUN_BY_HYPHEN = re.compile(
    r"<style\b.*?</style>|<title\b.*?</title>|<svg\b.*?</svg>|<[^>]*>|(?P<word>(?<![^\s>(])-[^\W\d_]+)", re.DOTALL
)
"""The second half of `Lotsinnen und -lotsen`: a line would end behind its hyphen. Tags and drawings are passed over."""
_FOR_MACHINES = re.compile(r"</?data\b[^>]*>")
"""What only programs read in a page: on paper it would be one more element around each figure."""


class PdfUnavailable(Exception):
    """The machine lacks the text-layout library; `text` says what to install."""

    text = text(
        de="PDF braucht die Bibliothek Pango, die auf diesem Rechner fehlt: unter Debian und Ubuntu "
        "„apt install libpangoft2-1.0-0“, unter macOS „brew install pango“, unter Windows über MSYS2 "
        "„pacman -S mingw-w64-x86_64-pango“.",
        en="PDF needs the library Pango, which this machine lacks: on Debian and Ubuntu "
        "“apt install libpangoft2-1.0-0”, on macOS “brew install pango”, on Windows through MSYS2 "
        "“pacman -S mingw-w64-x86_64-pango”.",
    )

    def __init__(self) -> None:
        super().__init__(self.text.de)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded beside the pages, such as the table behind a chart."""

    name: str
    content: bytes
    description: str

    def __post_init__(self) -> None:
        if not _ATTACHMENT_NAME.fullmatch(self.name):
            raise ValueError(f"not a plain file name: {self.name!r}")


def pdf(
    html: str,
    *,
    title: str,
    lang: Lang,
    created: date,
    resources: Resources | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The document as PDF; raises PdfUnavailable without Pango, ResourceRefused for a reference out of the document."""
    fetcher = _Fetcher(resources or Resources())
    try:
        laid_out = _laid_out(html, fetcher, title, lang, created, attachments)
    except fetcher.fatal:
        laid_out = b""
    if fetcher.refused:
        raise ResourceRefused(_reference_refused(fetcher.refused[0]))
    return _accessible(laid_out)


class _Fetcher:
    """Answers WeasyPrint's requests out of memory; the first other request ends the layout."""

    _fail_on_errors = True

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.refused: list[str] = []
        self.fatal: type[BaseException] = _weasyprint().urls.FatalURLFetchingError

    def __call__(self, url: str) -> URLFetcherResponse:
        from weasyprint.urls import URLFetcherResponse

        scheme, _, path = url.partition(":")
        folder, _, name = path.partition("/")
        if scheme == "sozplan" and folder == "font" and name in _FACES:
            return URLFetcherResponse(url, _font(name), {"Content-Type": "font/ttf"})
        if scheme == "sozplan" and folder == "project" and name in self.resources.images:
            found = self.resources.images[name]
            return URLFetcherResponse(url, found.content, {"Content-Type": found.media_type})
        self.refused.append(url)
        raise LookupError(url)


def _reference_refused(url: str) -> Text:
    shown = ascii(url if len(url) <= 80 else url[:80] + "…")[1:-1]
    return text(
        de=f"Das Dokument verweist auf „{shown}“; erlaubt sind nur mitgegebene Bilder (sozplan:project/NAME).",
        en=f"The document refers to “{shown}”; only pictures given to it are allowed (sozplan:project/NAME).",
    )


def _weasyprint() -> Any:
    """Imported only here, since it costs more than half a second and fails without Pango."""
    try:
        with redirect_stdout(StringIO()):  # it prints a page of advice before it raises
            import weasyprint  # type: ignore[import-untyped]
    except OSError as error:
        raise PdfUnavailable from error
    return weasyprint


def _font(name: str) -> bytes:
    return (files("font_source_sans_pro") / "files" / name).read_bytes()


def _font_faces() -> str:
    return "".join(
        f'@font-face{{font-family:"{FONT_FAMILY}";src:url(sozplan:font/{name});font-style:{style};font-weight:{weight}}}'
        for name, (style, weight) in _FACES.items()
    )


def _laid_out(
    html: str, fetcher: _Fetcher, title: str, lang: Lang, created: date, attachments: Sequence[Attachment]
) -> bytes:
    weasyprint = _weasyprint()
    hyphens.prepare()
    moment = datetime.combine(created, time(), UTC)
    fonts = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(string=_font_faces(), font_config=fonts, url_fetcher=fetcher, base_url=_BASE)
    source = _BLANK_BEFORE_INLINE.sub("<span> </span>", _BEGUN_BY_HYPHEN.sub(_held, _FOR_MACHINES.sub("", html)))

    def rendered(source: str) -> Any:
        return weasyprint.HTML(string=source, base_url=_BASE, url_fetcher=fetcher).render(
            stylesheets=[faces], font_config=fonts, pdf_variant="pdf/a-3a"
        )

    document = fitted(source, rendered)
    meta = document.metadata
    meta.title, meta.lang, meta.generator = title, _LOCALES[lang], "sozplan"
    meta.created = meta.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    embedded = [_embedded(attachment, moment) for attachment in attachments]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to the collector
        return bytes(document.write_pdf(pdf_variant="pdf/a-3a", attachments=embedded))


def _held(found: re.Match[str]) -> str:
    return f'<span style="white-space: nowrap">{found["word"]}</span>' if found["word"] else found[0]


def _embedded(attachment: Attachment, moment: datetime) -> Any:
    return _weasyprint().Attachment(
        file_obj=BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        created=moment,
        modified=moment,
        relationship="Supplement",
    )


_UA_IDENTIFICATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def _accessible(laid_out: bytes) -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(laid_out)) as document:
        xmp = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", _UA_IDENTIFICATION, 1))
        complete(document)
        document.save(out, deterministic_id=True)
    return out.getvalue()
