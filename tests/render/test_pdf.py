from __future__ import annotations

import getpass
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from sozplan.render.pdf import Attachment, PdfUnavailable, pdf
from sozplan.render.resources import ResourceRefused, Resources

if TYPE_CHECKING:
    from sozplan.diagnostics import Lang
    from tests.render.conftest import Sample, VeraPdf

DAY = date(2025, 12, 31)
ANNEX = Attachment("werte.csv", b"Gebiet;Wert\n01;7,5\n", "Werte zur Abbildung")
PAGE = '<!doctype html><html lang="de"><head><title>T</title><style>{css}</style></head><body><h1>T</h1>{body}</body>'


def made(html: str, **options: Any) -> bytes:
    return pdf(html, title="Titel des Papiers", lang="de", created=DAY, **options)


def page(body: str = "", css: str = "") -> str:
    return PAGE.format(css=css, body=body)


def pages_of(path: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Path:
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    path.write_bytes(made(sample.html(), resources=sample.resources, attachments=[ANNEX]))
    return path


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_sample_passes_verapdf_as_pdf_a_3a_and_pdf_ua_1(
    lang: Lang, draft: bool, tmp_path: Path, sample: Sample, verapdf: VeraPdf
) -> None:
    path = tmp_path / "a.pdf"
    html = sample.html(lang, draft=draft)
    path.write_bytes(pdf(html, title="T", lang=lang, created=DAY, resources=sample.resources, attachments=[ANNEX]))
    assert verapdf(path) == {}


def test_verapdf_sees_a_document_that_is_not_accessible(tmp_path: Path, sample: Sample, verapdf: VeraPdf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(page('<h3>Sprung</h3><img src="sozplan:project/logo.svg">'), resources=sample.resources))
    assert {key.split("-")[0] for key in verapdf(path)} == {"ua1 7.4.2", "ua1 7.3"}


def test_same_input_same_bytes(paper: Path, sample: Sample) -> None:
    assert made(sample.html(), resources=sample.resources, attachments=[ANNEX]) == paper.read_bytes()


def test_the_layout_engine_has_nothing_to_complain_about(caplog: pytest.LogCaptureFixture, sample: Sample) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        made(sample.html(), resources=sample.resources)
    assert [record.getMessage() for record in caplog.records] == []


def test_pages_say_where_they_stand(paper: Path) -> None:
    pages = pages_of(paper)
    assert len(pages) == 3
    for number, text in enumerate(pages, start=1):
        assert f"Seite {number} von 3" in text
        assert "Stand 31.12.2025 · Commit a1b2c3d4e5 (ungesichert)" in text
    assert not re.search(r"^\s*Stadt Mühlbrücken\s+Sozialraumgebietsplan", pages[0], re.MULTILINE)
    assert re.search(r"^\s*Stadt Mühlbrücken\s+Sozialraumgebietsplan Nordhafen 2026–2029$", pages[1], re.MULTILINE)


def test_the_contents_name_the_pages(paper: Path) -> None:
    first = pages_of(paper)[0]
    assert re.search(r"^\s*Anlass\s*[. ]+1$", first, re.MULTILINE)
    assert re.search(r"^\s*Sachstand\s*[. ]+2$", first, re.MULTILINE)


def test_only_the_packaged_font_is_used(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        fonts = {str(font.BaseFont).split("+")[1] for font in document.pages[0].Resources.Font.values()}
    assert fonts == {"sozplan-Sans", "sozplan-Sans-Semi-Bold"}


def test_tags_language_bookmarks_and_attachment(paper: Path) -> None:
    with pikepdf.open(paper) as document:
        assert document.Root.Lang == "de-DE"
        assert document.docinfo["/Title"] == "Titel des Papiers"
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Sozialraumgebietsplan Nordhafen 2026–2029"]
            assert "Sachstand" in [item.title for item in outline.root[0].children]
        assert document.attachments["werte.csv"].get_file().read_bytes() == ANNEX.content
        scopes = [(str(cell.A.Scope), cell.P.P.S) for cell in elements(document, "/TH")]
    assert {(scope, str(group)) for scope, group in scopes} == {
        ("/Column", "/THead"),
        ("/Row", "/TBody"),
        ("/Row", "/TFoot"),
    }


TOUCHED: list[list[str]] = []
"""Python's own audit of opened files and sockets; a hook can't be removed, so it writes only while someone watches."""


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    if TOUCHED and event == "open":
        TOUCHED[-1].append(str(arguments[0]))
    elif TOUCHED and event.startswith("socket."):
        TOUCHED[-1].append(event)


@contextmanager
def watched() -> Iterator[list[str]]:
    TOUCHED.append([])
    try:
        yield TOUCHED[-1]
    finally:
        TOUCHED.pop()


sys.addaudithook(audit)


def test_the_watch_sees_files_and_sockets() -> None:
    with watched() as touched:
        Path("/etc/hostname").exists()
        Path(__file__).read_bytes()
        socket.socket().close()
    assert touched == [__file__, "socket.__new__"]


def elements(document: pikepdf.Pdf, kind: str) -> list[Any]:
    return [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == kind and "/P" in o]


def test_nothing_tells_of_machine_user_or_time(paper: Path) -> None:
    content = BytesIO()
    with pikepdf.open(paper) as document:
        document.save(content, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        dates = {str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate")}
    assert dates == {"D:20251231000000Z"}
    home = str(Path.home()).encode()
    for secret in (
        socket.gethostname().encode(),
        b"/tmp/",
        b"site-packages",
        home + b"/",
        b"(" + getpass.getuser().encode(),
    ):
        assert secret not in content.getvalue()


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (page('<img src="file:///etc/hostname" alt="x">'), "file:///etc/hostname"),
        (page('<img src="http://127.0.0.1:9/x.png" alt="x">'), "http://127.0.0.1:9/x.png"),
        (page('<img src="data:image/png;base64,AAAA" alt="x">'), "data:image/png;base64,AAAA"),
        (page('<img src="ftp://127.0.0.1/x" alt="x">'), "ftp://127.0.0.1/x"),
        (page('<img src="logo.png" alt="x">'), "logo.png"),
        (page('<img src="sozplan:project/fehlt.png" alt="x">'), "sozplan:project/fehlt.png"),
        (page('<img src="sozplan:font/../../pdf.py" alt="x">'), "sozplan:font/../../pdf.py"),
        (page(css='@import "file:///etc/hostname";'), "file:///etc/hostname"),
        (
            page(css='@font-face{font-family:x;src:url("http://127.0.0.1:9/f.ttf")} h1{font-family:x}'),
            "http://127.0.0.1:9/f.ttf",
        ),
        (page(css="h1{background:url(file:///etc/hostname)}"), "file:///etc/hostname"),
        (page('<link rel="stylesheet" href="file:///etc/hostname">'), "file:///etc/hostname"),
        (page('<link rel="attachment" href="file:///etc/hostname">'), "file:///etc/hostname"),
        (page('<a rel="attachment" href="file:///etc/hostname">x</a>'), "file:///etc/hostname"),
        (page('<embed src="file:///etc/hostname">'), "file:///etc/hostname"),
        (page('<object data="file:///etc/hostname"></object>'), "file:///etc/hostname"),
        (
            page('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'),
            "file:///etc/hostname",
        ),
    ],
)
def test_every_reference_out_of_the_document_fails_it(html: str, shown: str) -> None:
    with pytest.raises(ResourceRefused) as caught, watched() as touched:
        made(html)
    assert caught.value.text.de == (
        f"Das Dokument verweist auf „{shown}“; erlaubt sind nur mitgegebene Bilder (sozplan:project/NAME)."
    )
    assert not [what for what in touched if what == "/etc/hostname" or what.startswith("socket")]


def test_links_that_are_only_followed_by_readers_are_no_references() -> None:
    assert made(page('<p><a href="https://www.example.org/">x</a> <a href="mailto:a@example.org">y</a></p>'))


def test_an_attachment_has_a_plain_name() -> None:
    with pytest.raises(ValueError, match=r"not a plain file name: '\.\./x\.csv'"):
        Attachment("../x.csv", b"", "x")


def test_an_empty_set_of_resources_admits_nothing() -> None:
    with pytest.raises(ResourceRefused):
        made(page('<img src="sozplan:project/logo.svg" alt="x">'), resources=Resources())


def test_without_pango_one_sentence_says_what_to_install() -> None:
    script = (
        "import ctypes.util, sys\n"
        "import cffi.api\n"
        "real = cffi.api.FFI.dlopen\n"
        "def dlopen(self, name, flags=0):\n"
        "    if 'pango' in str(name): raise OSError(f'cannot load library {name!r}')\n"
        "    return real(self, name, flags)\n"
        "cffi.api.FFI.dlopen = dlopen\n"
        "from datetime import date\n"
        "from sozplan.render.pdf import PdfUnavailable, pdf\n"
        "try: pdf('<h1>T</h1>', title='T', lang='de', created=date(2025, 1, 1))\n"
        "except PdfUnavailable as error: sys.stdout.write(error.text.de)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert run.stdout == PdfUnavailable.text.de
    assert run.stdout.startswith(
        "PDF braucht die Bibliothek Pango, die auf diesem Rechner fehlt: unter Debian und Ubuntu „apt"
    )


def test_importing_the_module_costs_no_layout_engine() -> None:
    script = "import sys, sozplan.render.pdf; sys.exit('weasyprint' in sys.modules or 'pikepdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_a_line_is_filled_even_if_the_blank_before_a_link_is_too_much(tmp_path: Path) -> None:
    body = (
        "<p>Soziale Lagen halten sich nicht an Amtsgrenzen. Ein Kind, dessen Eltern Arbeit suchen, besucht eine Kita, "
        'die das <a href="#ziel">Amt für Jugend und Familie</a> plant.</p><p id="ziel">Ziel</p>'
    )
    css = "@page { size: 210mm 100mm; margin: 10mm 20mm 10mm 25mm } body { margin: 0 } p { font: 10pt 'sozplan Sans' }"
    path = tmp_path / "a.pdf"
    path.write_bytes(made(page(body, css)))
    assert "Soziale Lagen halten sich" in pages_of(path)[0]
