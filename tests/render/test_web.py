"""Pages in a real browser: axe-core finds nothing, nothing is asked of anybody, and a telephone is wide enough."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sozplan.cli.app import run
from tests.conftest import PlanRepo

ROOT = Path(__file__).resolve().parents[2]
BROWSER = ROOT / "tests/browser"
EXAMPLES = ROOT / "tests/examples"
CHROMIUM = [Path("/usr/lib/chromium/chromium"), ROOT / ".system/usr/lib/chromium/chromium"]
Look = Callable[[list[Path]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def browser() -> Path:
    """Chromium; skips without it, Node or its packages."""
    named = shutil.which("chromium")
    found = next((path for path in CHROMIUM if path.exists()), Path(named) if named else None)
    if found is None:
        pytest.skip("Chromium is missing (Debian: chromium)")
    if not shutil.which("node"):
        pytest.skip("Node is missing (Debian: nodejs)")
    if not (BROWSER / "node_modules/axe-core").exists():
        pytest.skip("axe-core is missing: `npm ci --ignore-scripts` in tests/browser, or `scripts/setup ci`")
    return found


@pytest.fixture(scope="module")
def look(browser: Path) -> Look:
    """What look.mjs sees of each page in each view."""

    def looked(pages: list[Path]) -> list[dict[str, Any]]:
        command: list[str | Path] = ["node", BROWSER / "look.mjs", browser, *pages]
        done = subprocess.run(command, capture_output=True, text=True, timeout=540)
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return looked


def paper(root: Path, plan: str, lang: str, out: Path) -> Path:
    options = ["-C", str(root), "--lang", lang, "--format", "html", "--out", str(out / lang), "--as-of", "2026-10-01"]
    assert run(["report", plan, *options]) == 0
    return out / lang / f"{plan}.html"


def kind(name: str, lang: str, out: Path) -> Path:
    """A paper of another kind, compared with a former day."""
    options = ["--lang", lang, "--format", "html", "--out", str(out / name), "--as-of", "2026-10-01"]
    plan = () if name == "summary" else ("bahnviertel-2026",)
    assert run(["report", *plan, "-C", str(ROOT), "--kind", name, "--since", "2026-01-01", *options]) == 0
    (page,) = (out / name).glob("*.html")
    return page


def manual(root: Path, lang: str, out: Path) -> Path:
    page = out / f"{root.name}-{lang}.html"
    assert run(["handbook", "-C", str(root), "--lang", lang, "--out", str(page), "--as-of", "2026-10-01"]) == 0
    return page


def synopsis(out: Path) -> Path:
    """The town's handbook beside what it was, with a rule and a text that are otherwise."""
    root = out / "town"
    for folder in ("plans", "indicators", "handbook", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "sozplan.yaml", root)
    for command in (["init", "-q"], ["add", "-A"], [*NOBODY, "commit", "-qm", "Stand"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    for path in (root / "handbook").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("schriftlich", "in Textform"), "utf-8")
    page = out / "synopsis.html"
    options = ["--synopsis", "HEAD", "--out", str(page), "--as-of", "2026-10-01"]
    assert run(["handbook", "-C", str(root), *options]) == 0
    return page


NOBODY = ["-c", "user.name=Stelle", "-c", "user.email=stelle@beispiel.example"]
KINDS = {"information": "en", "progress": "de", "area-sheet": "de", "summary": "en"}


def test_nobody_is_shut_out_and_nobody_is_asked(look: Look, tmp_path: Path) -> None:
    """The town's papers, handbooks in both languages and a synopsis: wide, as narrow as 320 pixels, and printed."""
    pages = [
        *(paper(ROOT, "nordhafen-2026", lang, tmp_path) for lang in ("de", "en")),
        *(kind(name, lang, tmp_path) for name, lang in KINDS.items()),
        manual(ROOT, "de", tmp_path),
        manual(EXAMPLES / "kreis", "en", tmp_path),
        synopsis(tmp_path),
    ]
    seen = look(pages)
    assert [(each["page"], each["view"]) for each in seen] == [
        (str(page), view) for page in pages for view in ("wide", "narrow", "printed")
    ]
    told = {f"{Path(each['page']).name} {each['view']}": each for each in seen}
    assert {name: each["violations"] for name, each in told.items() if each["violations"]} == {}
    assert {name: each["requests"] for name, each in told.items() if each["requests"]} == {}
    on_screen = {name: each for name, each in told.items() if each["view"] != "printed"}
    assert {name: each["overflow"] for name, each in on_screen.items() if each["overflow"] > 0} == {}


def test_the_browser_sees_faults(look: Look, tmp_path: Path) -> None:
    """A picture without words from elsewhere, and a line that no telephone holds."""
    page = tmp_path / "faulty.html"
    page.write_text(
        '<!doctype html><html lang="de"><title>T</title><main><h1>T</h1>'
        '<img src="http://127.0.0.1:9/x.png"><p style="width: 400px">x</p></main></html>',
        encoding="utf-8",
    )
    wide, narrow, printed = look([page])
    for view in (wide, narrow, printed):
        assert [each.partition(":")[0] for each in view["violations"]] == ["image-alt"]
        assert view["requests"] == ["http://127.0.0.1:9/x.png"]
    assert (wide["overflow"], narrow["overflow"] > 0) == (0, True)


EVIL = "<img src=x onerror=alert(1)> <script>alert(2)</script> Überprüfung"


def test_the_handbook_is_searched_without_a_mouse(browser: Path, plan_repo: PlanRepo, tmp_path: Path) -> None:
    """Endings, umlauts and several words find their places; what somebody wrote into a text stays text."""
    files = {
        path.relative_to(EXAMPLES / "base").as_posix(): path.read_text("utf-8")
        for path in (EXAMPLES / "base").rglob("*")
        if path.is_file()
    }
    chapter = "handbook/chapters/grundsaetze.md"
    page = manual(plan_repo(files | {chapter: f"# Grundsätze\n\n## Größe\n\n{EVIL}\n"}), "de", tmp_path)
    command: list[str | Path] = ["node", BROWSER / "search.mjs", browser, page]
    words = ["gibtsnicht", "UBERPRUFUNG alert", "größe", "Zwischenbericht liefern"]
    done = subprocess.run([*command, *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    nothing, evil, size, reports = answer["seen"]
    assert (nothing["told"], nothing["found"]) == ("Nichts gefunden.", [])
    assert [(each["title"], each["text"]) for each in evil["found"]] == [("1 Grundsätze – Größe", EVIL)]
    assert evil["found"][0]["marks"] == ["alert", "alert", "Überprüfung"]
    assert [each["title"] for each in size["found"]] == ["1 Grundsätze – Größe", "1 Grundsätze – Größe"][:1]
    assert "Die Ämter liefern ihre Zwischenberichte" in reports["found"][0]["text"]
    assert all(each["reachable"] for search in answer["seen"] for each in search["found"])
    assert (answer["followed"], answer["inserted"], answer["errors"]) == ("#e-regel-bericht", 0, [])
