"""Papers of repositories whose texts, pictures and templates would like to run, read or fetch something."""

from __future__ import annotations

import html
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.render.documents import pages
from tests.render.word.reading import of_word, part
from tests.rules.harness import base, overlay, write

HEAD = "templates/report-header.html.j2"
WATCH = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def see(event, arguments):
    if event.startswith("socket.") or (event == "open" and str(arguments[0]) == "/etc/passwd"):
        os.write(log, f"{{event}} {{arguments}}\\n".encode())
sys.addaudithook(see)
"""


class Trap:
    """A server that somebody might call, and a watch over every Python that the program starts."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "watched"
        self.log.touch()
        (folder / "sitecustomize.py").write_text(WATCH.format(log=str(self.log)))
        self.folder = folder
        self.calls = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                self.server.accept()[0].close()
            except OSError:
                return
            self.calls += 1

    @property
    def sprung(self) -> str:
        return self.log.read_text() + "called\n" * self.calls


@pytest.fixture
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    found = Trap(tmp_path_factory.mktemp("trap"))
    yield found
    found.server.close()


def report(root: Path, trap: Trap, *options: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, [str(trap.folder), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-m", "sozplan", "report", "--out", "build", "--as-of", "2026-10-01", *options]
    return subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, timeout=300
    )


def only_warned(errors: str) -> bool:
    """Of what the paper lacks, and of nothing else."""
    return all(re.match(r"plans/areas/hafen\.yaml:\d+:\d+: Warnung ", line) for line in errors.splitlines())


BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;'
TEXTS = [
    "<script>fetch('{server}/a')</script>",
    "{{{{ 7*191 }}}} {{% include '/etc/passwd' %}} {{{{ ''.__class__.__mro__ }}}}",
    "file:///etc/passwd <link rel=attachment href=file:///etc/passwd>",
    "<img src={server}/b.png> ![Bild]({server}/c.png) [Datei](file:///etc/passwd)",
    "</style><style>@import url({server}/d.css); h1 {{ background: url(file:///etc/passwd) }}",
    BOMB,
]


def texts(trap: Trap) -> list[str]:
    return [text if text is BOMB else text.format(server=trap.address) for text in TEXTS]


def planted(root: Path, trap: Trap) -> Path:
    """Each text in fields that are printed as they are, and in two that are Markdown; YAML reads JSON."""
    paper = {name: texts(trap) for name in ("proposal", "alternatives", "next_steps")}
    prose = dict.fromkeys(("summary", "occasion"), "\n\n".join(texts(trap)))
    excerpt = f"# plans/areas/hafen.yaml\ntitle: {json.dumps(texts(trap)[0])}\npaper: {json.dumps(paper | prose)}\n"
    return write(root, overlay(base(), excerpt))


def test_the_watch_sees_a_socket_and_a_file(trap: Trap) -> None:
    port = trap.address.rpartition(":")[2]
    probe = f"import socket; socket.create_connection(('127.0.0.1', {port})); open('/etc/passwd')"
    subprocess.run([sys.executable, "-c", probe], check=True, env={**os.environ, "PYTHONPATH": str(trap.folder)})
    assert "socket.connect" in trap.sprung
    assert "open ('/etc/passwd'" in trap.sprung


def test_on_a_page_hostile_text_is_text(tmp_path: Path, trap: Trap) -> None:
    said = report(planted(tmp_path, trap), trap, "--format", "html")
    assert (said.returncode, only_warned(said.stderr)) == (0, True)
    page = (tmp_path / "build/hafen-2026.html").read_text(encoding="utf-8")
    body = page.partition("<body")[2]
    for text in texts(trap):
        assert body.count(html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")) >= 3
    assert "1337" not in body
    others = re.sub(r'<svg xmlns="http://www.w3.org/2000/svg" role="img".*?</svg>', "", body, flags=re.DOTALL)
    assert not re.search(r"<(script|link|img|iframe|object|embed|style|svg)\b", others), "pictures of ours only"
    assert re.findall(r'(?:href|src)="([^"#][^"]*)"', body) == [f"{trap.address}/c.png"] * 2, (
        "links of the reader's own"
    )
    assert trap.sprung == ""


def test_on_paper_hostile_text_is_text(tmp_path: Path, trap: Trap) -> None:
    said = report(planted(tmp_path, trap), trap)
    assert (said.returncode, only_warned(said.stderr)) == (0, True)
    shown = "".join("".join(pages(tmp_path / "build/hafen-2026.pdf")).split())
    for text in (texts(trap)[0], texts(trap)[1], "file:///etc/passwd", "<!ENTITYa"):
        assert "".join(text.split()).replace("-", "") in shown.replace("-", "")
    assert "root:x:0" not in shown
    assert trap.sprung == ""


def test_in_word_hostile_text_is_text(tmp_path: Path, trap: Trap) -> None:
    said = report(planted(tmp_path, trap), trap, "--format", "docx")
    assert (said.returncode, only_warned(said.stderr)) == (0, True)
    content = (tmp_path / "build/hafen-2026.docx").read_bytes()
    shown = "".join(of_word(part(content, "word/document.xml")).split())
    for text in texts(trap):
        assert shown.count("".join(text.split())) >= 3
    relations = part(content, "word/_rels/document.xml.rels")
    assert {each.get("Target") for each in relations if each.get("TargetMode") == "External"} == {
        f"{trap.address}/c.png"
    }, "links of the reader's own"
    assert "root:x:0" not in shown
    assert trap.sprung == ""


LOGOS = {
    "entities": (f"{BOMB}</text></svg>", "Eine DOCTYPE-Angabe (DTD, Entitäten) ist nicht zugelassen."),
    "elements": (
        f'<svg xmlns="http://www.w3.org/2000/svg">{"<g/>" * 20_001}</svg>',
        "Die Zeichnung hat mehr als 20000 Elemente oder 64 Ebenen.",
    ),
    "file": (
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "„<image>“ ist in einer Zeichnung nicht zugelassen.",
    ),
    "fetched": (
        '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://127.0.0.1:9/x)"/></svg>',
        "„fill='url(http://127.0.0.1:9/x)'“ ist in einer Zeichnung nicht zugelassen.",
    ),
}


@pytest.mark.parametrize("format", ["pdf", "html", "docx"])
@pytest.mark.parametrize("name", LOGOS)
def test_a_hostile_logo_is_refused(tmp_path: Path, trap: Trap, name: str, format: str) -> None:
    drawing, reason = LOGOS[name]
    files = base() | {"templates/logo.svg": drawing}
    files["sozplan.yaml"] += "design: {logo: templates/logo.svg, logo_alt: Wappen}\n"
    said = report(write(tmp_path, files), trap, "--format", format)
    assert (said.returncode, said.stdout, said.stderr) == (1, "", f"sozplan: Bild 'logo.svg': {reason}\n")
    assert not (tmp_path / "build").exists()
    assert trap.sprung == ""


TEMPLATES = [
    '<img src="{server}/x.png" alt="x">',
    '<img src="file:///etc/passwd" alt="x">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<style>@import "{server}/x.css";</style>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{server}/x.png"/></svg>',
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_even_a_trusted_template_fetches_nothing(tmp_path: Path, trap: Trap, source: str) -> None:
    root = write(tmp_path, base() | {HEAD: source.format(server=trap.address)})
    said = report(root, trap, "--trust-templates")
    assert (said.returncode, said.stdout) == (1, "")
    assert re.fullmatch(r"sozplan: Das Dokument verweist auf „(file|http)://[^“]+“; erlaubt sind nur .+\n", said.stderr)
    assert trap.sprung == ""
    assert report(root, trap).returncode == 0, "without trust it isn't even read"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (TEMPLATES[0], "Bild '{server}/x.png': Das Bild wurde dem Dokument nicht mitgegeben."),
        (TEMPLATES[1], "Bild 'file:///etc/passwd': Das Bild wurde dem Dokument nicht mitgegeben."),
        (TEMPLATES[4], "Eine Zeichnung verweist mit <image> nach außen; das ist nicht zugelassen."),
        (
            '<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill: url(file:///etc/passwd#a)"/></svg>',
            "Eine Zeichnung verweist mit <rect> nach außen; das ist nicht zugelassen.",
        ),
    ],
)
def test_a_picture_in_a_trusted_template_fetches_nothing_for_word(
    tmp_path: Path, trap: Trap, source: str, reason: str
) -> None:
    root = write(tmp_path, base() | {HEAD: source.format(server=trap.address)})
    said = report(root, trap, "--trust-templates", "--format", "docx")
    assert (said.returncode, said.stdout, said.stderr) == (1, "", f"sozplan: {reason.format(server=trap.address)}\n")
    assert trap.sprung == ""


def test_what_word_has_no_place_for_is_not_fetched(tmp_path: Path, trap: Trap) -> None:
    source = "".join(TEMPLATES[2:4]).format(server=trap.address)
    said = report(write(tmp_path, base() | {HEAD: source}), trap, "--trust-templates", "--format", "docx")
    assert said.returncode == 0
    assert trap.sprung == ""


def test_a_trusted_template_that_never_ends_is_broken_off(tmp_path: Path, trap: Trap) -> None:
    """With a limit of two seconds instead of 120."""
    (trap.folder / "sitecustomize.py").write_text(
        "import dataclasses, sozplan.repo.limits as limits\n"
        "limits.LIMITS = dataclasses.replace(limits.LIMITS, paper_seconds=2)\n"
    )
    loop = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
    said = report(write(tmp_path, base() | {HEAD: loop}), trap, "--trust-templates")
    assert (said.returncode, said.stdout, said.stderr) == (
        1, "", "sozplan: Das Ausfüllen der Vorlage dauert länger als 2 Sekunden und wurde abgebrochen.\n"
    )  # fmt: skip


def test_a_trusted_template_that_eats_memory_is_broken_off(tmp_path: Path, trap: Trap) -> None:
    """With a limit of 300 MB instead of 2,000."""
    (trap.folder / "sitecustomize.py").write_text(
        "import dataclasses, sozplan.repo.limits as limits\n"
        "limits.LIMITS = dataclasses.replace(limits.LIMITS, paper_bytes=300_000_000)\n"
    )
    double = "{% set n = namespace(x='abcdefgh') %}{% for a in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
    said = report(write(tmp_path, base() | {HEAD: double}), trap, "--trust-templates")
    assert (said.returncode, said.stdout, said.stderr) == (
        1, "", "sozplan: Das Ausfüllen der Vorlage braucht mehr als 300 MB Arbeitsspeicher und wurde abgebrochen.\n"
    )  # fmt: skip
