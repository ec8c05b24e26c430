"""`sozplan status --explain`: a target worked out again by hand, with the place and the commit of each number."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cli.repository import AREA, EXAMPLE, Repository, Sozplan, sozplan_on

DATA = "indicators/data/kennzahlen.csv"
GERMAN = """\
hafen-g1-t1: Kita-Quote, Hafen
Kita-Besuch. Stand 01.10.2026.

1. Ausgangswert
   B = 82,0 % (2024)
   ← plans/areas/hafen.yaml:35 ({first})

2. Zielwert
   T = 90,0 % (2028)
   ← plans/areas/hafen.yaml:36 ({first})

3. Ist-Wert
   Aus mehreren Zellen: Summe der Zähler durch Summe der Nenner
   I = 83,9111 % (2025), Stichtag 31.12.2025, endgültig
   ← indicators/data/kennzahlen.csv:15,22 ({first})

4. Soll am Stichtag
   S = 82,0 + (90,0 − 82,0) · 365 : 1461 Tage = 83,9986 %

5. Zielerreichung
   Z = (I − B) : (T − B) · 100 = (83,9111 − 82,0) : (90,0 − 82,0) · 100 = 23,9 %

6. Planerfüllung
   P = (I − B) : (S − B) · 100 = (83,9111 − 82,0) : (83,9986 − 82,0) · 100 = 95,6 %

7. Ampel
   95,6 % → grün (grün ab 95 %, gelb ab 80 %)
   abhängig von der Methode

8. Tempo
   Bisher: (I − B) : Jahre = +1,9111 PP im Jahr
   Noch nötig: (T − I) : Jahre = +2,0296 PP im Jahr

9. Zufallsbereich
   95 % nach Wilson: 82,8 bis 85,0; bei Vollerhebungen ein Anhaltspunkt

10. Trendfortschreibung (was wäre, wenn es so weiterginge)
   Theil–Sen über 7 Werte, 2019 bis 2025: +1,0222 PP im Jahr (0,8889 bis 1,4519)
   2028: 85,6889 % (84,8889 bis 88,2667)
   ← indicators/data/kennzahlen.csv:9-22 ({first})

11. Wetter nach der Deutschen Nachhaltigkeitsstrategie
   a = +1,2 PP im Jahr, von 77,9111 (2020) bis 83,9111 (2025)
   I + a · Jahre bis zur Frist = 87,5111 %; von +6,0889 PP bis zum Ziel fehlen 40,9 %
   unter 5 % Sonne, bis 20 % leicht bewölkt, darüber Wolke → Wolke
   ← indicators/data/kennzahlen.csv:10,15,17,22 ({first})

12. Fortschrittsquote (CAGR, Vereinte Nationen und Open SDG)
   jährliche Wachstumsrate: bisher 2,33 %, nötig 2,35 %
   2,33 % : 2,35 % = 0,99 → grün (grün ab 0,95, gelb ab 0,60)

13. Methodenvergleich
   Planerfüllung: grün
   Wetter: rot
   Fortschrittsquote: grün
   abhängig von der Methode
"""


def spaced(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


def test_each_step_with_its_numbers_cells_and_commit(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan("status", "--explain", "hafen-g1-t1")
    first = repository.git("rev-parse", "HEAD")[:10]
    assert (said.code, spaced(said.out), said.err) == (0, GERMAN.format(first=first), "")


def test_english_is_complete(sozplan: Sozplan) -> None:
    said = spaced(sozplan("status", "--explain", "hafen-g1-t1", "--lang", "en").out)
    titles = [line for line in said.splitlines() if line[:1].isdigit()]
    assert titles == [
        "1. Baseline", "2. Target", "3. Actual value", "4. Due at the reference date", "5. Attainment",
        "6. Fulfilment of the plan", "7. Light", "8. Pace", "9. Range of chance",
        "10. Trend continued (as if it went on so)", "11. Weather by the German Sustainability Strategy",
        "12. Progress ratio (CAGR, United Nations and Open SDG)", "13. Methods compared",
    ]  # fmt: skip
    assert "   S = 82.0 + (90.0 − 82.0) · 365 : 1461 days = 83.9986%\n" in said
    assert not any(word in said for word in ("Ausgang", "Jahr", "grün", "Stichtag", "bis "))


def test_a_number_names_the_commit_that_brought_it(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(AREA, ("value: 90.0", "value: 88.0"))
    second = repository.commit("2026-02-03")
    repository.edit(DATA, ("kita-quote;02;2025;2080;2500;83,2", "kita-quote;02;2025;2085;2500;83,4"))
    steps = json.loads(sozplan("status", "--explain", "hafen-g1-t1", "--format", "json").out)["steps"]
    assert steps[0]["cells"] == [{"file": AREA, "line": 35, "commit": first}]
    assert steps[1]["cells"] == [{"file": AREA, "line": 36, "commit": second}]
    assert steps[2]["cells"] == [
        {"file": DATA, "line": 15, "commit": first}, {"file": DATA, "line": 22, "commit": None},
    ]  # fmt: skip
    said = sozplan("status", "--explain", "hafen-g1-t1").out
    assert f"   ← {DATA}:15 ({first[:10]})\n   ← {DATA}:22 (noch in keinem Commit)\n" in said
    before = json.loads(sozplan("status", "--explain", "hafen-g1-t1", "--format", "json", "--rev", "HEAD").out)
    assert before["steps"][2]["cells"][1]["commit"] == first


def test_without_git_the_cells_alone_are_named(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path_factory.mktemp("ohne")
    for source in EXAMPLE.rglob("*"):
        if source.is_file():
            place = root / source.relative_to(EXAMPLE)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source.read_bytes())
    said = sozplan_on(root, capsys)("status", "--explain", "hafen-g1-t1")
    assert (said.code, said.err) == (0, "")
    assert "   ← plans/areas/hafen.yaml:35\n" in said.out


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_is_suppressed_is_never_shown(repository: Repository, sozplan: Sozplan, audience: str) -> None:
    repository.edit(
        DATA,
        ("kita-quote;01;2025;1696;2000;84,8", "kita-quote;01;2025;1;2000;0,1"),
        ("kita-quote;02;2025;2080;2500;83,2", "kita-quote;02;2025;1;2500;0,0"),
    )
    out = sozplan("status", "--explain", "hafen-g1-t1", "--audience", audience).out
    said = spaced(out.removeprefix("NUR FÜR DEN DIENSTGEBRAUCH: enthält nicht veröffentlichte Zahlen.\n"))
    assert said != out or audience == "public"
    first = repository.git("rev-parse", "HEAD")[:10]
    assert said == GERMAN[: GERMAN.index("3. ")].format(first=first) + (
        "3. Ist-Wert\n   geheim gehalten\n\n4. Ampel\n   grau: geheim gehalten\n"
    )


def test_the_kinds_that_have_no_way(repository: Repository, sozplan: Sozplan) -> None:
    content = repository.read(AREA)
    target = content[content.index("      - id: hafen-g1-t1") : content.index("measures:")]
    repository.edit(AREA, (target, """\
      - id: hafen-g1-t1
        indicator: kita-quote
        kind: corridor
        lower: 85.0
        upper: 95.0
        tolerance: 5
        until: 2028
      - id: hafen-g1-t2
        kind: milestones
        milestones:
          - {id: hafen-g1-t2-a, title: Konzept, due: 2026-03-31, done: 2026-03-01, weight: 40}
          - {id: hafen-g1-t2-b, title: Umbau, due: 2026-09-30, weight: 60}
      - id: hafen-g1-t3
        indicator: kita-quote
        kind: gap
        baseline: {period: 2024, value: -4.3}
        target: {period: 2028, value: 0.0}
"""))  # fmt: skip
    corridor = spaced(sozplan("status", "--explain", "hafen-g1-t1").out)
    assert (
        "1. Grenzen\n   Untergrenze L = 85,0 %\n   Obergrenze U = 95,0 %\n   Toleranz = +5,0 PP\n"
        "   ← plans/areas/hafen.yaml:35-37 (noch in keinem Commit)\n"
    ) in corridor
    # e = 85 - 83.9111; Z = 100 * (1 - 1.0889 / 5) = 78.2
    assert "   Z = 100 · (1 − e : Toleranz), mindestens 0 = 78,2 %\n" in corridor
    milestones = spaced(sozplan("status", "--explain", "hafen-g1-t2").out)
    assert (
        "1. Meilensteine\n   40 · „Konzept“, fällig 31.03.2026: erreicht\n   60 · „Umbau“, fällig 30.09.2026: offen\n"
        "   Z = erreichte : alle Gewichte = 40,0 %\n   Soll = fällige : alle Gewichte = 100,0 %\n"
    ) in milestones
    gap = spaced(sozplan("status", "--explain", "hafen-g1-t3").out)
    assert "   Gebiet 83,9111, Vergleich 87,3: Abstand 83,9111 − 87,3\n   I = −3,3889 PP (2025)" in gap
    assert "Z = (I − B) : (T − B) · 100 = ((−3,3889) − (−4,3)) : (0,0 − (−4,3)) · 100 = 21,2 %" in gap
    assert "jährliche Veränderung, weil es für 0 und Vorzeichenwechsel keine Rate gibt" in gap


def test_a_path_and_a_revision_are_told(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("target: {period: 2028, value: 90.0}", "path: [{period: 2026, value: 84.0}]\n"
                           "        target: {period: 2028, value: 90.0}"))  # fmt: skip
    repository.write(DATA, repository.read(DATA) + "kita-quote;01;2025;1720;2000;86,0;;revised;2026-08-31\n")
    said = spaced(sozplan("status", "--explain", "hafen-g1-t1").out)
    assert "   S = 82,0 + (84,0 − 82,0) · 365 : 730 Tage = 83,0 %\n   ← plans/areas/hafen.yaml:36 (noch" in said
    assert "   Vor der Berichtigung: 83,9111 %\n" in said
    assert "   berichtigter Wert\n" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hafen-g1-t2"], "Den Zielwert „hafen-g1-t2“ gibt es nicht. Meinten Sie „hafen-g1-t1“?"),
        (["stadtrat"], "Den Zielwert „stadtrat“ gibt es nicht."),
        (["hafen-g1-t1", "--format", "csv"], "--explain gibt es als text und json."),
    ],
)
def test_faulty_calls_are_refused(sozplan: Sozplan, arguments: list[str], message: str) -> None:
    said = sozplan("status", "--explain", *arguments)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX", "tr_TR.UTF-8"])
def test_numbers_do_not_depend_on_the_locale(repository: Repository, sozplan: Sozplan, locale: str) -> None:
    here = sozplan("status", "--format", "json").out
    assert json.loads(sozplan("status", "--format", "json", "--lang", "en").out) == json.loads(here)
    call = [sys.executable, "-m", "sozplan", "status", "--format", "json", "--as-of", "2026-10-01"]
    environment = {**os.environ, "LC_ALL": locale, "LANGUAGE": locale, "TZ": "Pacific/Kiritimati"}
    there = subprocess.run([*call, "-C", repository.root], env=environment, capture_output=True, check=True)
    assert there.stdout.decode() == here
