"""The rules on disclosure beyond their pages' examples: each edge, and that no message says a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.rules.sdc import RULES
from tests.rules.harness import findings, said

DATA = "# indicators/data/kennzahlen.csv\n"
PLAN = "# plans/areas/hafen.yaml\n"


def rows(*lines: str) -> str:
    return DATA + "".join(f"{line};final;2026-06-30\n" for line in lines)


def rules(tmp_path: Path, excerpt: str) -> list[str]:
    return [each.code.id for each in findings(tmp_path, RULES, excerpt)]


def where(tmp_path: Path, excerpt: str) -> list[tuple[str, str]]:
    """Rule and area of what was found."""
    return [(d.code.id, str(d.args["area"])) for d in findings(tmp_path, RULES, excerpt)]


def test_the_eleven_rules_of_the_group() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "sdc.min-cell": "error",
        "sdc.small-base": "error",
        "sdc.secondary": "error",
        "sdc.rate": "error",
        "sdc.difference": "error",
        "sdc.homogeneous": "warning",
        "sdc.dominance": "error",
        "sdc.class": "error",
        "sdc.backfill": "error",
        "sdc.tracked": "error",
        "sdc.freetext": "warning",
    }


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("kinderarmut;01;2025;5;4000;0,1;", []),
        ("kinderarmut;01;2025;4;4000;0,1;", ["sdc.min-cell"]),
        ("kinderarmut;01;2025;3997;4000;99,9;", ["sdc.min-cell"]),
        ("kinderarmut;01;2025;3995;4000;99,9;", []),
        ("besuche-hafentreff;02;2025;2;;2;", ["sdc.min-cell"]),
        ("besuche-hafentreff;02;2025;3;;3;", []),
        ("besuche-hafentreff;02;2025;;;2;", ["sdc.min-cell"]),
        ("besuche-hafentreff;02;2025;0;;0;", []),
    ],
)
def test_a_count_on_either_side_of_the_threshold(row: str, found: list[str], tmp_path: Path) -> None:
    # The sheet of the child poverty rate says five, that of the visits nothing: three.
    assert rules(tmp_path, rows(row)) == found


def test_the_strictest_threshold_holds(tmp_path: Path) -> None:
    row = rows("besuche-hafentreff;02;2025;9;;9;")
    assert rules(tmp_path / "a", row) == []
    assert rules(tmp_path / "b", row + "# sozplan.yaml\ndisclosure: {threshold: 10}\n") == ["sdc.min-cell"]


def test_messages_say_the_place_and_never_the_number(tmp_path: Path) -> None:
    assert said(findings(tmp_path, RULES, rows("kinderarmut;01;2025;4;4000;0,1;"))) == [
        "indicators/data/kennzahlen.csv:43: sdc.min-cell Kinderarmut, Gebiet 01, 2025: Hier steht eine Anzahl unter der"
        " Mindestfallzahl 5. Lassen Sie die Zelle von der Statistikstelle sperren: Zahlen leeren, „.“ nach „sign“; dazu"
        " eine zweite Zelle derselben Summe."
    ]


@pytest.mark.parametrize("publication", ["internal", "restricted"])
def test_cells_of_other_classes_are_not_for_the_public(publication: str, tmp_path: Path) -> None:
    sheet = f"# indicators/catalogue/kinderarmut.yaml\npublication: {publication}\n"
    assert "sdc.min-cell" not in rules(tmp_path, rows("kinderarmut;01;2025;4;4000;0,1;") + sheet)


def test_perturbed_numbers_are_protected_already(tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kinderarmut.yaml\nperturbed: true\n"
    data = rows("kinderarmut;01;2025;4;4000;0,1;", "kinderarmut;02;2025;;;;.", "kinderarmut;03;2024;;11000;0,0;")
    assert rules(tmp_path, data + sheet) == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("kita-quote;01;2025;18;29;62,1;", ["sdc.small-base"]),
        ("kita-quote;01;2025;18;30;60,0;", []),
        ("kita-quote;01;2025;18;29;;", []),
        ("kita-quote;01;2025;;4;;.", ["sdc.small-base"]),
    ],
)
def test_a_base_below_the_minimum_carries_no_rate(row: str, found: list[str], tmp_path: Path) -> None:
    excerpt = rows(row, "kita-quote;02;2025;;;;.") + "# indicators/catalogue/kita-quote.yaml\nmin_base: 30\n"
    assert [id for id in rules(tmp_path, excerpt) if id != "sdc.secondary"] == found


def hidden(*areas: str) -> list[str]:
    return [f"kinderarmut;{area};2025;;;;." for area in areas]


@pytest.mark.parametrize(
    ("areas", "derivable"),
    [
        (("01",), ["01"]),
        (("05998000",), ["05998000"]),
        (("01", "02"), []),
        (("01", "05998000"), []),
        (("01", "02", "03"), []),
    ],
)
def test_one_unknown_in_a_sum_is_none(areas: tuple[str, ...], derivable: list[str], tmp_path: Path) -> None:
    assert where(tmp_path, rows(*hidden(*areas))) == [("sdc.secondary", area) for area in derivable]


def test_a_sum_that_leaves_a_hidden_cell_few_choices_gives_it_away_too(tmp_path: Path) -> None:
    # City 7041, minus 01 and 02 leaves 1 for the two blocks of 03: five must stay possible, and only none and one are.
    data = ["05998000;2025;1001", "01;2025;500", "02;2025;500", "03A;2025;;;;.", "03B;2025;;;;.", "03;2025;1"]
    blocks = (
        "# sozplan.yaml\nlevels: [{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}, {id: block, name: Block}]\n"
        "# plans/territory/bloecke.yaml\nunits:\n"
        '  - {id: block-a, key: "03A", name: A, level: block, parent: bezirk-03}\n'
        '  - {id: block-b, key: "03B", name: B, level: block, parent: bezirk-03}\n'
    )
    told = [f"kinderarmut;{row}" + ("" if row.endswith(".") else ";9000;;") for row in data]
    found = findings(tmp_path, RULES, rows(*told) + blocks)
    assert [(d.code.id, d.args["area"]) for d in found if d.code.id != "sdc.min-cell"] == [
        ("sdc.secondary", "03A"),
        ("sdc.secondary", "03B"),
    ]
    assert said(found)[-1].split(": ", 2)[2].startswith("Wie klein der gesperrte Wert nur sein kann, ergibt sich")


LEVELS = (
    "# sozplan.yaml\nlevels: [{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}, {id: block, name: Block}]\n"
    "# plans/territory/bloecke.yaml\nunits:\n"
    '  - {id: block-a, key: "01A", name: A, level: block, parent: bezirk-01}\n'
    '  - {id: block-b, key: "01B", name: B, level: block, parent: bezirk-01}\n'
)


def test_a_hidden_cell_follows_over_several_levels(tmp_path: Path) -> None:
    # City minus 02 and 03 is district 01, which is hidden; minus block A, that is block B.
    blocks = ["kinderarmut;01A;2025;500;2000;25,0;", "kinderarmut;01B;2025;;;;."]
    assert where(tmp_path, rows(*hidden("01"), *blocks) + LEVELS) == [("sdc.secondary", "01"), ("sdc.secondary", "01B")]


def test_a_level_without_figures_hides_nothing(tmp_path: Path) -> None:
    """East is city minus west, though neither has a cell of its own; east minus 02 is the hidden 01."""
    between = (
        "# sozplan.yaml\nlevels: [{id: stadt, name: Stadt}, {id: raum, name: Raum}, {id: bezirk, name: Bezirk}]\n"
        "# plans/territory/gebiete.yaml\nunits:\n"
        '  - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}\n'
        '  - {id: ost, key: "R1", name: Ost, level: raum, parent: beispielstadt}\n'
        '  - {id: west, key: "R2", name: West, level: raum, parent: beispielstadt}\n'
        '  - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: ost}\n'
        '  - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: ost}\n'
        '  - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: west}\n'
    )
    assert where(tmp_path / "a", rows(*hidden("01")) + between) == [("sdc.secondary", "01")]
    assert where(tmp_path / "b", rows(*hidden("01", "02")) + between) == []


def test_what_does_not_add_up_gives_nothing_away(tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kinderarmut.yaml\nadditive: false\n"
    assert rules(tmp_path, rows(*hidden("01")) + sheet) == []


def area(parts: str) -> str:
    return (
        f'# plans/territory/gebiete.yaml\nsocial_areas:\n  - {{id: hafen, name: Hafen, key: "H1", parts: [{parts}]}}\n'
    )


def test_a_social_area_minus_its_districts(tmp_path: Path) -> None:
    """Half of district 02 belongs to it; what remains of the area is that half, and what remains of 02 the rest."""
    half = area("{unit: bezirk-01}, {unit: bezirk-02, share: 0.5, basis: Blöcke}")
    assert where(tmp_path / "a", rows("kinderarmut;H1;2025;1143;4010;28,5;") + half) == [("sdc.difference", "H1")]
    assert where(tmp_path / "b", rows("kinderarmut;H1;2025;1145;4010;28,5;") + half) == []
    assert where(tmp_path / "c", rows("kinderarmut;H1;2025;2822;9000;31,4;") + half) == [("sdc.difference", "02")]


def test_a_year_minus_its_halves(tmp_path: Path) -> None:
    halves = ["besuche-hafentreff;02;2025-H1;8600;;8600;", "besuche-hafentreff;02;2025-H2;;;;."]
    assert where(tmp_path, rows(*halves)) == [("sdc.difference", "02")]


def test_an_old_district_minus_what_became_of_it(tmp_path: Path) -> None:
    split = (
        "# plans/territory/teilung.yaml\nunits:\n"
        '  - {id: neu-a, key: "N1", name: A, level: bezirk, valid_from: 2025-01-01, parent: beispielstadt}\n'
        '  - {id: neu-b, key: "N2", name: B, level: bezirk, valid_from: 2025-01-01, parent: beispielstadt}\n'
        "successions:\n"
        "  - {old: bezirk-01, new: neu-a, date: 2025-01-01, share: 0.6}\n"
        "  - {old: bezirk-01, new: neu-b, date: 2025-01-01, share: 0.4}\n"
    )
    settings = "# sozplan.yaml\nlevels: [{id: stadt, name: Stadt}, {id: bezirk, name: Stadtbezirk}]\n"
    new = ["kinderarmut;N1;2025;700;2400;29,2;", "kinderarmut;N2;2025;;;;.", "kinderarmut;05998000;2025;;;;."]
    found = where(tmp_path, rows(*new) + split + settings)
    assert ("sdc.difference", "N2") in found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("kinderarmut;03;2025;;11000;0,02;", ["sdc.rate"]),
        ("kinderarmut;03;2025;;11000;0,1;", []),
        ("kinderarmut;03;2025;6;;150,0;", ["sdc.rate"]),
        ("kinderarmut;03;2025;6;;100,0;", []),
        ("kinderarmut;03;2025;;;0,02;", []),
    ],
)
def test_a_rate_and_one_count_give_the_other(row: str, found: list[str], tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kinderarmut.yaml\nmaximum: 200\n"
    assert rules(tmp_path, rows(row) + sheet) == found


def target(area: str, value: str) -> str:
    return (
        "goals:\n  - id: hafen-g1\n    statement: Z\n    serves: frueh-foerdern\n    needs: [hafen-n1]\n"
        "    owner: amt-51\n    targets:\n"
        f"      - {{id: t, kind: change, indicator: kita-quote, area: {area}, baseline: {{period: 2024, value:"
        f" {value}}},"
        " target: {period: 2028, value: 99.0}}\n"
    )


def test_a_baseline_must_not_tell_what_is_withheld_for_few_cases(tmp_path: Path) -> None:
    data = DATA + "kita-quote;01;2024;1998;2000;;;final;2025-06-30\n"
    found = findings(tmp_path, RULES, data + PLAN + target("bezirk-01", "98.0"))
    assert [(d.code.id, d.at.file, d.entity) for d in found] == [
        ("sdc.min-cell", "indicators/data/kennzahlen.csv", "kita-quote"),
        ("sdc.rate", "plans/areas/hafen.yaml", "t"),
    ]


def test_a_baseline_must_not_tell_what_the_supplier_hides(tmp_path: Path) -> None:
    data = DATA + "".join(f"kita-quote;0{i};2024;;;;*;final;2025-06-30\n" for i in (1, 2))
    found = findings(tmp_path, RULES, data + PLAN + target("bezirk-01", "83.0"))
    assert [d.say("en") for d in found] == [
        "Kita-Quote, area bezirk-01, 2024: the baseline gives what the supplier has hidden. Delete it, or have"
        " the value"
        " cleared by the office that withheld it."
    ]


@pytest.mark.parametrize(
    ("again", "found"),
    [
        ("1140;4000;28,5;;final;2026-09-01", []),
        ("1140;4000;28,5;;final;2026-06-01", ["sdc.backfill"]),
        ("1140;4000;28,5;;estimated;2026-09-01", ["sdc.backfill"]),
        (";;;...;final;2026-06-01", []),
    ],
)
def test_only_a_newer_delivery_may_say_what_was_hidden(again: str, found: list[str], tmp_path: Path) -> None:
    data = rows(*hidden("01", "02", "03")) + f"kinderarmut;01;2025;{again}\n"
    assert rules(tmp_path, data) == found


def test_counts_beside_the_sign_for_hidden(tmp_path: Path) -> None:
    assert rules(tmp_path, rows("kinderarmut;01;2025;1140;4000;;*", *hidden("02"))) == ["sdc.backfill"]


@pytest.mark.parametrize(
    ("row", "policy", "found"),
    [
        ("kinderarmut;01;2025;4000;4000;100,0;", "false", ["sdc.homogeneous"]),
        ("kinderarmut;01;2025;0;4000;0,0;", "false", ["sdc.homogeneous"]),
        ("kinderarmut;01;2025;0;4000;0,0;", "true", []),
    ],
)
def test_everybody_and_nobody(row: str, policy: str, found: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, rows(row) + f"# sozplan.yaml\ndisclosure: {{zero_is_public: {policy}}}\n") == found


def test_a_plan_that_is_not_public_may_name_internal_figures(tmp_path: Path) -> None:
    sheet = "# indicators/catalogue/kita-quote.yaml\npublication: internal\n"
    paper = PLAN + "paper: {subject: Plan, public: %s}\n"
    assert rules(tmp_path / "a", sheet + paper % "true") == ["sdc.class"]
    assert rules(tmp_path / "b", sheet + paper % "false") == []


def test_raw_columns_and_restricted_indicators(tmp_path: Path) -> None:
    package = (
        "# indicators/datapackage.yaml\nresources:\n  - name: kennzahlen\n    path: data/kennzahlen.csv\n"
        '    dialect: {delimiter: ";"}\n    release: {office: statistikstelle, date: 2026-07-01}\n'
        "    schema:\n      fields:\n        - {name: value, type: number, decimalChar: ','}\n"
        "        - {name: Geburtsdatum}\n"
    )
    sheet = "# indicators/catalogue/kinderarmut.yaml\npublication: restricted\n"
    found = findings(tmp_path, RULES, package + sheet)
    assert [(d.code.id, d.entity) for d in found] == [("sdc.tracked", "kinderarmut"), ("sdc.tracked", "kita-quote")]
    assert found[1].say("de") == (
        "Datei „indicators/data/kennzahlen.csv“: Die Spalte „Geburtsdatum“ gehört zu Einzeldaten. Nehmen Sie"
        " sie aus dem"
        " Repository und aus seiner Geschichte, und sagen Sie der Statistikstelle Bescheid."
    )


def test_a_table_that_is_published_anyway_needs_no_release(tmp_path: Path) -> None:
    package = (
        "# indicators/datapackage.yaml\nresources:\n  - name: kennzahlen\n    path: data/kennzahlen.csv\n"
        '    dialect: {delimiter: ";"}\n    sources: [{title: Amt, path: "https://statistik.example/tabelle"}]\n'
    )
    assert rules(tmp_path / "a", package) == []
    assert rules(tmp_path / "b", package.replace("https://statistik.example/tabelle", "S/2025")) == ["sdc.tracked"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Zwei Mädchen der vierten Klasse fehlen oft.", ["sdc.freetext"]),
        ("Die einzige Familie mit Rollstuhl im Block.", ["sdc.freetext"]),
        ("Im Haus Kaistraße 12 gibt es Streit.", ["sdc.freetext"]),
        ("Nur 2 kleine Kinder sind angemeldet.", ["sdc.freetext"]),
        ("Zwei von drei Kindern sprechen eine weitere Sprache.", []),
        ("1.242 Kinder und 12 Familien.", []),
        ("Familien mit drei Kindern finden keine Wohnung.", []),
        ("Die einzige Turnhalle ist geschlossen.", []),
        ("Only two small children have no place.", ["sdc.freetext"]),
        ("Im Gebiet 1 wohnen viele Familien.", []),
        ("Im Block wohnen 2 große Familien.", ["sdc.freetext"]),
    ],
)
def test_texts_in_which_somebody_could_be_recognised(statement: str, found: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, f'{PLAN}needs:\n  - {{id: hafen-n1, statement: "{statement}"}}\n') == found


def test_a_message_never_repeats_the_text(tmp_path: Path) -> None:
    text = f'{PLAN}needs:\n  - {{id: hafen-n1, statement: "Zwei Mädchen fehlen oft."}}\n'
    assert said(findings(tmp_path, RULES, text)) == [
        "plans/areas/hafen.yaml:10: sdc.freetext An diesem Text könnten sich Einzelne erkennen lassen: eine"
        " kleine Anzahl"
        " von Personen. Beschreiben Sie die Gruppe, ohne Zahl und ohne besonderes Merkmal."
    ]
