"""A county in another Land: other levels, bodies, language and number forms, by YAML alone."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from sozplan.cli.app import run

KREIS = Path(__file__).resolve().parent / "examples/kreis"
COMMON = ["-C", str(KREIS), "--as-of", "2026-10-01"]
GERMAN = re.compile(
    r"\b(und|oder|nicht|für|mit|von|der|die|das|Ziel|Zielwert|Maßnahmen?|Stand|Seite|Beschluss|Vorlage|Fassung|Frist"
    r"|Gremium|Haushalt|Kennzahl|Bedarf|Ampel|grün|gelb|rot|grau|Fehler|Warnung)\b"
)
"""Words that only our own German texts would bring in; of the county's names just one has any."""


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Sozplan = Callable[..., Said]


@pytest.fixture
def sozplan(capsys: pytest.CaptureFixture[str]) -> Sozplan:
    def call(*args: str) -> Said:
        code = run([args[0], *COMMON, *args[1:]])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


def observed(file: str) -> dict[tuple[str, str, str], dict[str, str]]:
    with (KREIS / "indicators/data" / file).open(encoding="utf-8", newline="") as lines:
        return {(row["indicator"], row["area"], row["period"]): row for row in csv.DictReader(lines)}


def test_check_passes_in_english(sozplan: Sozplan) -> None:
    said = sozplan("check")
    *findings, summary = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert summary == "23 files, 103 entities, as of 2026-10-01: 0 errors, 0 warnings, 1 info, 0 waived."
    assert findings == [
        "plans/areas/marsch.yaml:48:17: info target.ambition Target “marsch-g1-t1” needs a change of 1.6 percentage "
        "points a year; the best year so far brought 0.0 percentage points. Say what will go faster, or choose a later "
        "period."
    ]


def test_status_of_all_five_kinds(sozplan: Sozplan) -> None:
    """The numbers are worked out here from the files, not by sozplan."""
    said = sozplan("status", "--format", "json")
    assert (said.code, said.err) == (0, "")
    targets = {target["target"]: target for target in json.loads(said.out)["targets"]}
    communes, county = observed("communes.csv"), observed("county.csv")

    kept = targets["county-day-care-t1"]
    assert (kept["kind"], kept["light"], kept["attainment"]) == ("maintain", "green", 100)
    assert kept["actual"] == float(communes["under-three-care", "01099", "2025"]["value"])

    change = targets["marsch-g1-t1"]
    now = Decimal(county["no-certificate", "M1", "2025/26"]["value"])
    assert (change["kind"], change["actual_period"], change["light"]) == ("change", "2025/26", "yellow")
    assert change["expected"] == 10
    assert change["attainment"] == pytest.approx(float((now - Decimal("12.5")) / (Decimal(6) - Decimal("12.5")) * 100))
    assert change["fulfilment"] == pytest.approx(float((now - Decimal("12.5")) / (Decimal(10) - Decimal("12.5")) * 100))

    corridor = targets["marsch-g2-t1"]
    assert (corridor["kind"], corridor["actual"], corridor["actual_period"]) == ("corridor", 22, "2026-Q2")
    assert (corridor["attainment"], corridor["light"]) == (pytest.approx(100 * (1 - 2 / 5)), "red")

    gap = targets["geest-g1-t1"]
    parts = [communes["under-three-care", key, "2025"] for key in ("01099011", "01099014")]
    area = Decimal(sum(int(p["numerator"]) for p in parts)) / sum(int(p["denominator"]) for p in parts)
    whole = communes["under-three-care", "01099", "2025"]
    distance = 100 * (area - Decimal(whole["numerator"]) / Decimal(whole["denominator"]))
    assert gap["kind"] == "gap"
    assert abs(Decimal(str(gap["actual"])) - distance) <= Decimal("0.05")
    tenth = distance.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert gap["attainment"] == pytest.approx(float((tenth + Decimal("7.6")) / Decimal("5.6") * 100), abs=0.2)

    done = targets["geest-g1-t2"]
    assert (done["kind"], done["attainment"], done["fulfilment"], done["light"]) == ("milestones", 30, 100, "green")
    assert set(targets) == {kept["target"], change["target"], corridor["target"], gap["target"], done["target"]}


def test_status_reads_english(sozplan: Sozplan) -> None:
    said = sozplan("status")
    assert (said.code, said.err) == (0, "")
    assert "Goals of the whole municipality" in said.out
    assert "Area plan Geest 2026–2029" in said.out
    assert german_in(said.out) == []


def test_status_of_one_plan_as_csv(sozplan: Sozplan) -> None:
    said = sozplan("status", "geest-2026", "--format", "csv")
    assert (said.code, said.err) == (0, "")
    rows = list(csv.DictReader(said.out.splitlines()))
    assert [row["target"] for row in rows] == ["geest-g1-t1", "geest-g1-t2"]


def text_of(path: Path) -> str:
    plain = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>", " ", path.read_text(encoding="utf-8"))
    return " ".join(html.unescape(plain).split())


def german_in(text: str) -> list[str]:
    return GERMAN.findall(text.replace("Ausschuss für Soziales", ""))


def test_reports_are_papers_of_the_county(sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("report", "--out", str(tmp_path), "--format", "html")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [str(tmp_path / "geest-2026.html"), str(tmp_path / "marsch-2025.html")]
    for path in sorted(tmp_path.glob("*.html")):
        assert 'lang="en-GB"' in path.read_text(encoding="utf-8")
        assert german_in(text_of(path)) == []
    marsch = text_of(tmp_path / "marsch-2025.html")
    for words in ("Kreistag 12 Dec 2024 decision", "3.6.1.100", "€353,000", "school year 2025/26", "22 Q2 2026"):
        assert words in marsch


def test_handbook_has_its_own_chapters_and_processes(sozplan: Sozplan, tmp_path: Path) -> None:
    said = sozplan("handbook", "--out", str(tmp_path / "manual.html"))
    assert (said.code, said.out, said.err) == (0, f"{tmp_path / 'manual.html'}\n", "")
    text = text_of(tmp_path / "manual.html")
    assert 'lang="en-GB"' in (tmp_path / "manual.html").read_text(encoding="utf-8")
    assert german_in(text) == []
    for words in (
        *("The county has eleven thousand children", "Regionalkonferenz Ost", "back to the committee: 6"),
        *("Version 2026-1, in force from 1 Feb 2026.", "23 of 45 votes", "regional conference 2 , 3"),
    ):
        assert words in text


@pytest.mark.parametrize("command", [["report", "geest-2026", "--out", "."], ["handbook", "--out", "manual.pdf"]])
def test_paper_is_pdf(sozplan: Sozplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    said = sozplan(*command)
    assert (said.code, said.err) == (0, "")
    (made,) = tmp_path.glob("*.pdf")
    assert made.read_bytes()[:5] == b"%PDF-"
