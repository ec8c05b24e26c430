"""The rules of figures beyond their pages' examples: each edge, what people read, and what is never said."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sozplan.diagnostics import Severity
from sozplan.repo.codes import csv
from sozplan.rules.ind import RULES
from sozplan.rules.rule import run
from tests.rules.harness import base, case_of, findings, said, write

DATA = "# indicators/data/kennzahlen.csv\n"
SHEET = "# indicators/catalogue/kita-quote.yaml\n"


def messages(root: Path, excerpt: str, lang: str = "de") -> list[str]:
    """Rule and sentence of each finding."""
    return [each.split(": ", 1)[1] for each in said(findings(root, RULES, excerpt), lang)]


def rules(root: Path, excerpt: str) -> list[str]:
    return [each.code.id for each in findings(root, RULES, excerpt)]


def row(numerator: object, denominator: object, value: str, year: int = 2025, key: str = "01", sign: str = "") -> str:
    return f"kita-quote;{key};{year};{numerator};{denominator};{value};{sign};final;{year + 1}-06-30\n"


def test_the_rules_of_the_group_beside_those_of_the_reader() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "ind.sheet-incomplete": "error",
        "ind.value-differs": "warning",
        "ind.share-over-one": "error",
        "ind.sum-differs": "warning",
        "ind.series-break": "warning",
        "ind.boundary-mixed": "error",
        "ind.outlier": "warning",
        "ind.output-only": "warning",
        "ind.source-missing": "warning",
        "ind.index-definition": "error",
        "ind.index-values": "error",
        "ind.release-outdated": "warning",
    }
    assert {csv.DUPLICATE.id, csv.SIGN.id, csv.KEY.id} == {
        "ind.duplicate-value",
        "ind.sign-unknown",
        "ind.key-malformed",
    }


@pytest.mark.parametrize("path", sorted(path for path in base() if path != "sozplan.yaml" and ".md" not in path))
def test_a_broken_file_makes_no_findings_elsewhere(path: str, tmp_path: Path) -> None:
    case, unread = case_of(write(tmp_path, base() | {path: base()[path] + "\tkaputt\n"}))
    assert unread
    assert said(run(case, RULES)) == []


SMALL = (
    row(2, 7, "71,4"),
    row(7, 2, ""),
    row(1, 2500, "0,0", key="02"),
    DATA + row(1546, 2000, "77,3", 2018) + row(4, 2000, "0,2"),
)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("excerpt", SMALL)
def test_no_message_says_a_number_of_the_row(excerpt: str, lang: str, tmp_path: Path) -> None:
    found = messages(tmp_path, excerpt if excerpt.startswith("#") else DATA + excerpt, lang)
    assert found
    known = {"01", "02", "05998000", "1", "2024", "2025"}
    assert {number for sentence in found for number in re.findall(r"\d+", sentence)} <= known


# sheet-incomplete, source-missing

NEW = """\
# indicators/catalogue/neu.yaml
id: neu
name: Neu
definition: D
unit: %s
factor: 1
direction: higher
kind: outcome
steerability: direct
timing: sum
periodicity: yearly
lowest_level: bezirk
responsible: amt-51
source: S
licence: L
limits: Keine.
"""


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    sheet = NEW.replace("timing: sum\n", "").replace("responsible: amt-51\n", "")
    assert messages(tmp_path / "de", sheet % "Fälle") == [
        "ind.sheet-incomplete Dem Steckbrief der Kennzahl „neu“ fehlt: Zeitbezug (timing), Zuständig (responsible). "
        "Ohne diese Angaben lässt sich die Zahl nicht richtig lesen."
    ]
    assert messages(tmp_path / "en", sheet % "Fälle", "en") == [
        "ind.sheet-incomplete The sheet of the indicator “neu” lacks: Timing (timing), Responsible (responsible). "
        "Without these the figure can't be read rightly."
    ]


@pytest.mark.parametrize(("unit", "more", "found"), [("Fälle", "", 0), ('"%"', "", 1), ("Tage", "denominator: N\n", 1)])
def test_a_rate_names_both_counts(unit: str, more: str, found: int, tmp_path: Path) -> None:
    assert rules(tmp_path, NEW % unit + more) == ["ind.sheet-incomplete"] * found


def test_what_else_a_municipality_demands(tmp_path: Path) -> None:
    policy = "# sozplan.yaml\nindicators: {required: [min_cases]}\n"
    found = findings(tmp_path, RULES, NEW % "Fälle" + policy)
    assert [each.entity for each in found] == ["besuche-hafentreff", "neu"]


def test_a_reference_day_is_demanded_only_where_there_can_be_one(tmp_path: Path) -> None:
    policy = "# sozplan.yaml\nindicators: {required: [reference_day]}\n"
    assert rules(tmp_path / "sum", NEW % "Fälle" + policy) == []
    assert rules(tmp_path / "day", NEW.replace("timing: sum", "timing: day") % "Fälle" + policy) == [
        "ind.sheet-incomplete"
    ]


def test_each_of_source_and_licence_is_asked_for(tmp_path: Path) -> None:
    assert messages(tmp_path / "a", NEW.replace("source: S\n", "") % "Fälle") == [
        "ind.source-missing Steckbrief „neu“: Es fehlt die Quelle. Tragen Sie „source“ ein."
    ]
    assert messages(tmp_path / "b", NEW.replace("licence: L\n", "") % "Fälle", "en") == [
        "ind.source-missing Sheet “neu”: the licence (“licence”) is missing."
    ]


def test_a_data_file_without_a_source(tmp_path: Path) -> None:
    package = base()["indicators/datapackage.yaml"]
    bare = package.replace("    sources: [{title: Statistikstelle der Beispielstadt}]\n", "")
    files = base() | {"indicators/datapackage.yaml": bare}
    case, _ = case_of(write(tmp_path / "a", files))
    assert said(run(case, RULES)) == [
        "indicators/datapackage.yaml:5: ind.source-missing Datendatei „kennzahlen“: Es fehlt die Quelle. "
        "Tragen Sie „sources“ ein."
    ]
    files["indicators/datapackage.yaml"] = "sources: [{title: Amt}]\n" + bare
    case, _ = case_of(write(tmp_path / "b", files))
    assert said(run(case, RULES)) == []


# value-differs, share-over-one


@pytest.mark.parametrize(
    ("value", "found"), [("84,8", 0), ("84,80", 0), ("85", 0), ("84,7", 1), ("84,81", 1), ("0,848", 1)]
)
def test_as_exact_as_the_value_is_written(value: str, found: int, tmp_path: Path) -> None:
    assert rules(tmp_path, DATA + row(1696, 2000, value)) == ["ind.value-differs"] * found


def test_half_a_step_may_be_rounded_either_way(tmp_path: Path) -> None:
    sums = row(4950, 5500, "90,0", key="03") + row(2085, 2500, "83,4", key="02")
    for i, value in enumerate(("84,5", "84,6")):  # 1691 of 2000 is 84.55
        whole = row(8726, 10000, "87,3", key="05998000")
        assert rules(tmp_path / str(i), DATA + row(1691, 2000, value) + sums + whole) == []


def test_a_count_is_its_numerator(tmp_path: Path) -> None:
    visits = "besuche-hafentreff;02;2025;8700;;8701;;final;2026-03-15\n"
    assert messages(tmp_path, DATA + visits) == [
        "ind.value-differs Besuche im Hafentreff, Gebiet 02, 2025: Der Wert passt nicht zu Zähler und Nenner. "
        "Berichtigen Sie, was falsch ist, oder den Faktor im Steckbrief."
    ]


def test_many_rows_are_one_finding(tmp_path: Path) -> None:
    years = (1560, 1576, 1590, 1610, 1630, 1660)
    data = DATA + "".join(row(n, 2000, f"{n / 2000:.3f}".replace(".", ","), 2019 + i) for i, n in enumerate(years))
    (found,) = findings(tmp_path / "six", RULES, data)
    assert found.say("en") == (
        "Kita-Quote, area 01, 2019: the value doesn't fit numerator and denominator. Correct what is wrong, or the "
        "factor in the sheet. The same goes for 5 more rows."
    )
    assert rules(tmp_path / "five", data.rpartition("kita-quote")[0]) == ["ind.value-differs"] * 5


def test_figures_delivered_rounded_are_not_recomputed(tmp_path: Path) -> None:
    assert rules(tmp_path, DATA + row(1696, 2000, "85,0") + SHEET + "perturbed: true\n") == []


def test_a_numerator_too_large_is_told_once(tmp_path: Path) -> None:
    found = messages(tmp_path, DATA + row(2000, 1696, "84,8"))
    assert [each for each in found if not each.startswith("ind.sum-differs")] == [
        "ind.share-over-one Kita-Quote, Gebiet 01, 2025: Der Zähler ist größer als der Nenner. Ein Anteil kann nicht "
        "über 1 liegen; prüfen Sie, ob beide vertauscht sind."
    ]


@pytest.mark.parametrize("sheet", ["maximum: 200\n", "unit: Plätze je Kind\nfactor: 1\n"])
def test_what_may_exceed_one(sheet: str, tmp_path: Path) -> None:
    assert "ind.share-over-one" not in rules(tmp_path, DATA + row(2100, 2000, "") + SHEET + sheet)


# sum-differs


def test_the_parts_that_do_not_add_up(tmp_path: Path) -> None:
    assert messages(tmp_path, DATA + row(8726, 10001, "87,3", key="05998000")) == [
        "ind.sum-differs Kita-Quote, 2025: Die Teile von Beispielstadt (05998000) ergeben zusammen nicht den Nenner "
        "des Ganzen. Prüfen Sie die Lieferung; sind die Zahlen gerundet, schreiben Sie „perturbed: true“ in den "
        "Steckbrief, sind sie nicht summierbar, „additive: false“."
    ]


@pytest.mark.parametrize("sign", [".", "*", "/", "..."])
def test_nothing_is_computed_from_parts_that_are_withheld(sign: str, tmp_path: Path) -> None:
    assert rules(tmp_path, DATA + row("", "", "", sign=sign) + row(8727, 10000, "87,3", key="05998000")) == []


def test_the_newest_vintage_counts(tmp_path: Path) -> None:
    later = row(8727, 10000, "87,3", key="05998000").replace("2026-06-30", "2026-09-01")
    both = row(8726, 10000, "87,3", key="05998000") + later
    assert rules(tmp_path / "known", DATA + both) == ["ind.sum-differs", "ind.release-outdated"]
    assert rules(tmp_path / "later", DATA + both.replace("2026-09-01", "2026-11-01")) == []


def test_perturbed_figures_are_a_note_only(tmp_path: Path) -> None:
    data = DATA + row(8727, 10000, "87,3", key="05998000")
    (found,) = findings(tmp_path / "a", RULES, data + SHEET + "perturbed: true\n")
    assert (found.code.id, found.severity) == ("ind.sum-differs", Severity.INFO)
    assert rules(tmp_path / "b", data + SHEET + "additive: false\n") == []


LEVELS = """\
# sozplan.yaml
levels:
  - {id: stadt, name: Stadt}
  - {id: bezirk, name: Stadtbezirk}
  - {id: viertel, name: Viertel}
# plans/territory/gebiete.yaml
units:
  - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
  - {id: mitte, key: "9", name: Mitte, level: bezirk, parent: beispielstadt}
  - {id: bezirk-01, key: "01", name: Hafenrand, level: viertel, parent: mitte}
  - {id: bezirk-02, key: "02", name: Speicherviertel, level: viertel, parent: mitte}
  - {id: bezirk-03, key: "03", name: Kernstadt, level: viertel, parent: mitte}
"""


def test_a_level_without_rows_is_passed_through(tmp_path: Path) -> None:
    assert rules(tmp_path / "a", LEVELS) == []
    assert rules(tmp_path / "b", LEVELS + DATA + row(8727, 10000, "87,3", key="05998000")) == ["ind.sum-differs"]


# series-break


@pytest.mark.parametrize(("start", "found"), [("2024", 0), ("2025", 1), ("2028", 1), ("2029", 0)])
def test_which_breaks_lie_between(start: str, found: int, tmp_path: Path) -> None:
    sheet = f"{SHEET}breaks: [{{from: {start}, statement: Neue Zählung.}}]\n"
    assert rules(tmp_path, sheet) == ["ind.series-break"] * found


def test_the_break_and_its_reason_are_named(tmp_path: Path) -> None:
    assert messages(tmp_path, f"{SHEET}breaks: [{{from: 2025, statement: Neue Zählung.}}]\n") == [
        "ind.series-break Zielwert „hafen-g1-t1“: Ausgangswert (2024) und Zielwert (2028) liegen auf verschiedenen "
        "Seiten des Zeitreihenbruchs von „Kita-Quote“ ab 2025 (Neue Zählung). Nehmen Sie einen Ausgangswert nach dem "
        "Bruch, oder rechnen Sie ihn um."
    ]


def test_the_suppliers_sign_is_a_break(tmp_path: Path) -> None:
    rows = "# indicators/data/kennzahlen.csv\nkita-quote;01;2025;1696;2000;84,8;|;final;2026-06-30\n"
    assert [said for said in messages(tmp_path, rows) if said.startswith("ind.series-break")] == [
        "ind.series-break Zielwert „hafen-g1-t1“: Ausgangswert (2024) und Zielwert (2028) liegen auf verschiedenen "
        "Seiten des Zeitreihenbruchs von „Kita-Quote“ ab 01.01.2025 (in der Zahlentabelle steht das Zeichen „|“). "
        "Nehmen Sie einen Ausgangswert nach dem Bruch, oder rechnen Sie ihn um."
    ]


# boundary-mixed

SPLIT = """\
# plans/territory/gebiete.yaml
units:
  - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
  - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt}
  - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt, valid_to: 2025-12-31}
  - {id: bezirk-02-neu, key: "02", name: Speicher, level: bezirk, parent: beispielstadt, valid_from: 2026-01-01}
  - {id: bezirk-04, key: "04", name: Kai, level: bezirk, parent: beispielstadt, valid_from: 2026-01-01}
  - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
successions:
  - {old: bezirk-02, new: bezirk-02-neu, date: 2026-01-01, share: 0.6}
  - {old: bezirk-02, new: bezirk-04, date: 2026-01-01, share: 0.4}
social_areas:
  - id: hafen
    name: Hafen
    parts:
      - {unit: bezirk-01}
      - {unit: bezirk-02, to: 2025-12-31}
      - {unit: bezirk-02-neu, from: 2026-01-01}
"""
ALL = SPLIT + "      - {unit: bezirk-04, from: 2026-01-01}\n"


def test_a_split_within_the_area_changes_nothing(tmp_path: Path) -> None:
    assert rules(tmp_path, ALL) == []


def test_a_split_that_takes_people_away_is_converted_by_shares(tmp_path: Path) -> None:
    assert rules(tmp_path, SPLIT) == []


def test_a_split_that_takes_people_away_nobody_knows_whither(tmp_path: Path) -> None:
    unknown = SPLIT.replace("share: 0.6", "share: 0.5")
    assert messages(tmp_path, unknown) == [
        "ind.boundary-mixed Zielwert „hafen-g1-t1“: Das Gebiet ist am Ausgangszeitpunkt (2024) anders zugeschnitten "
        "als am Zielzeitpunkt (2028). Nehmen Sie einen Ausgangswert für den neuen Zuschnitt, oder lassen Sie die "
        "Zahlen auf einen Gebietsstand umrechnen."
    ]


def test_figures_converted_to_the_new_borders_can_be_compared(tmp_path: Path) -> None:
    package = base()["indicators/datapackage.yaml"].replace(
        "    title: Kenn", "    boundary: 2026-06-30\n    title: Kenn"
    )
    fourth = "".join(row(0, 10, "0,0", year, "04") for year in range(2019, 2026))
    found = rules(tmp_path, f"{SPLIT}# indicators/datapackage.yaml\n{package}{DATA}{fourth}")
    assert "ind.boundary-mixed" not in found


def test_two_files_with_different_borders(tmp_path: Path) -> None:
    package = base()["indicators/datapackage.yaml"]
    package += (
        "  - {name: neu, path: data/neu.csv, boundary: 2026-06-30, dialect: {delimiter: ;}, sources: [{title: S}]}\n"
    )
    package = package.replace("delimiter: ;", 'delimiter: ";"')
    header = base()["indicators/data/kennzahlen.csv"].partition("\n")[0]
    files = f"# indicators/datapackage.yaml\n{package}# indicators/data/neu.csv\n{header}\n"
    (found,) = findings(tmp_path, RULES, ALL + files + row(400, 1000, "40,0", key="04"))
    assert (found.at.file, found.at.line) == ("indicators/data/neu.csv", 2)
    assert found.say("de") == (
        "Kita-Quote, 2025: Diese Datei hat den Gebietsstand 30.06.2026, die Zeile in "
        "indicators/data/kennzahlen.csv:8 den 31.12.2025; dazwischen wurden Grenzen geändert. "
        "Liefern Sie beide auf einem Gebietsstand."
    )


# outlier

EARLIER = "".join(row(n, 2000, f"{n / 20:.1f}".replace(".", ","), year) for year, n in ((2017, 1530), (2018, 1546)))


def test_the_place_of_a_jump_is_named(tmp_path: Path) -> None:
    found = [m for m in messages(tmp_path, DATA + EARLIER + row(1396, 2000, "69,8")) if "outlier" in m]
    assert found == [
        "ind.outlier Kita-Quote, Gebiet 01: Von 2024 auf 2025 springt der Wert weit stärker, als in dieser Reihe "
        "üblich. Prüfen Sie die Zeile. Stimmt sie, tragen Sie eine geänderte Abgrenzung im Steckbrief unter „breaks“ "
        "ein, oder nehmen Sie den Befund in plans/waivers.yaml hin."
    ]


def test_a_spike_is_told_once(tmp_path: Path) -> None:
    found = findings(
        tmp_path, [r for r in RULES if r.id == "ind.outlier"], DATA + EARLIER + row(1100, 2000, "55,0", 2022)
    )
    assert [(each.code.id, "2022" in each.say("de")) for each in found] == [("ind.outlier", True)]


@pytest.mark.parametrize(
    "excerpt",
    [
        DATA + row(1396, 2000, "69,8"),  # seven values
        DATA + EARLIER + row(1640, 2000, "82,0"),  # three standard errors of two shares of 2000 are 3.6 points
        DATA + EARLIER + row(1396, 2000, "69,8") + SHEET + "breaks: [{from: 2025, statement: Neu}]\n",
        DATA + EARLIER + row(1396, 2000, "69,8") + "# sozplan.yaml\nindicators: {outlier: 100}\n",
    ],
    ids=["too few", "chance", "break", "policy"],
)
def test_what_is_no_outlier(excerpt: str, tmp_path: Path) -> None:
    assert "ind.outlier" not in rules(tmp_path, excerpt)


@pytest.mark.parametrize(("last", "found"), [(11000, True), (10800, False)])
def test_a_count_must_change_by_a_quarter(last: int, found: bool, tmp_path: Path) -> None:
    years = (8000, 8100, 8200, 8300, 8400, 8500, 8600, 8700, last)
    data = "".join(f"besuche-hafentreff;02;{2017 + i};{n};;{n};;final;{2018 + i}-03-15\n" for i, n in enumerate(years))
    assert ("ind.outlier" in rules(tmp_path, DATA + data)) is found


def test_the_score_is_that_of_iglewicz_and_hoaglin() -> None:
    # Their modified z score: 0.6745 (x - median) / MAD; by hand for 1, 2, 3, 4, 100: median 3, MAD 1.
    from sozplan.rules.ind.outliers import _spread

    assert (100 - 3) / _spread([2, 1, 0, 1, 97]) == pytest.approx(0.6745 * 97)
    # Where half of all distances are 0: (x - median) / (1.253314 MeanAD).
    assert 10 / _spread([0, 0, 0, 10]) == pytest.approx(10 / (1.253314 * 2.5))


# output-only


def goal(*indicators: str, more: str = "") -> str:
    targets = "".join(
        f"      - {{id: t{i}, indicator: {id}, kind: maintain, lower: 1, until: 2028}}\n"
        for i, id in enumerate(indicators)
    )
    return (
        "# plans/areas/hafen.yaml\ngoals:\n  - id: g\n    statement: Z\n    serves: frueh-foerdern\n"
        f"    owner: amt-51\n    needs: [hafen-n1]\n    targets:\n{targets}{more}"
        "measures: [{id: m, title: M, goals: [g], commitment: intended, budget_reservation: true}]\nreviews: []\n"
        "# plans/inventory/bestand.yaml\nitems: []\n# plans/funding/foerderung.yaml\napplications: []\n"
        "# plans/organisation/organisation.yaml\ncontracts: []\n"
    )


STONES = "      - {id: s, kind: milestones, milestones: [{id: s1, title: S, due: 2027-03-31}]}\n"


@pytest.mark.parametrize(
    ("indicators", "more", "found"),
    [
        (["besuche-hafentreff"], "", 1),
        (["besuche-hafentreff"], STONES, 1),
        (["besuche-hafentreff", "kita-quote"], "", 0),
        (["kinderarmut"], "", 0),
        ([], STONES, 0),
    ],
)
def test_what_a_goal_is_measured_by(indicators: list[str], more: str, found: int, tmp_path: Path) -> None:
    assert rules(tmp_path, goal(*indicators, more=more)) == ["ind.output-only"] * found


def test_the_output_is_named(tmp_path: Path) -> None:
    assert messages(tmp_path, goal("besuche-hafentreff")) == [
        "ind.output-only Das Ziel „g“ wird nur an dem gemessen, was geleistet wird (Besuche im Hafentreff). "
        "Ergänzen Sie einen Zielwert dazu, was sich für die Menschen ändert."
    ]


def test_figures_not_known_yet_are_not_judged(tmp_path: Path) -> None:
    data = DATA + row(8727, 10000, "87,3", key="05998000")
    assert [d.code.id for d in findings(tmp_path, RULES, data, date(2026, 6, 1))] == []
