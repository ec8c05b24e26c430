"""What a planner reads when a value isn't what its key takes: the whole sentence, and where it points."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sozplan.diagnostics import Code, Diagnostic, Lang
from sozplan.model.entity import Entity
from sozplan.model.strategy import Strategy
from sozplan.repo import yaml
from sozplan.repo.codes import schema as codes
from sozplan.repo.load import kind_of
from sozplan.repo.schema import validate

BASE = Path(__file__).resolve().parent.parent / "examples/base"
PLAN = "plans/areas/hafen.yaml"
ORGANISATION = "plans/organisation/organisation.yaml"
FUNDING = "plans/funding/foerderung.yaml"
TERRITORY = "plans/territory/gebiete.yaml"
PACKAGE = "indicators/datapackage.yaml"
HANDBOOK = "handbook/handbook.yaml"
STATUSES = "draft (Entwurf), proposal (Vorlage), resolved (beschlossen), ended (beendet)"
KINDS = (
    "change (Veränderung von einem Ausgangs- zu einem Zielwert), maintain (Erhalt eines Standes), "
    "corridor (Korridor zwischen zwei Grenzen), gap (Abstand zum Wert der ganzen Kommune), milestones (Meilensteine)"
)
KINDS_EN = (
    "change (change from a baseline to a target), maintain (maintain a level), corridor (corridor between two bounds), "
    "gap (gap to the value of the whole municipality), milestones"
)
NUMBER = "Schreiben Sie sie ohne Anführungszeichen, ohne Tausenderzeichen und mit Punkt, z. B. 1234.5."
NUMBER_EN = "Write it without quotes, without thousands sign and with a point, 1234.5 say."
DAY = "Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31."
DAY_EN = "Write year-month-day, 2026-03-31 say."
ID = "Erlaubt sind Kleinbuchstaben a–z, Ziffern und Bindestrich, vorn ein Buchstabe, höchstens 64 Zeichen."
ID_EN = "Allowed are lower-case letters a–z, digits and hyphens, a letter first, 64 characters at most."


def found(file: str, *changes: tuple[str, str]) -> tuple[Diagnostic, ...]:
    text = (BASE / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    kind, document = kind_of(file), yaml.read(text.encode(), file)
    assert kind is not None
    assert document.value is not None
    read = validate(kind, document.value, text.encode())
    return () if isinstance(read, Entity) else read


def said(lang: Lang, file: str, *changes: tuple[str, str]) -> list[str]:
    return [f"{d.at.line}:{d.at.column} {d.say(lang).strip()}" for d in found(file, *changes)]


CASES = [
    (codes.UNKNOWN_KEY, PLAN, "statement: Neun", "statment: Neun",
     "26:5 „statment“ gibt es hier nicht. Meinten Sie „statement“?",
     "26:5 There is no “statment” here. Did you mean “statement”?"),
    (codes.UNKNOWN_KEY, PLAN, "\ngoals:", "\nZiele:",
     "24:1 „Ziele“ gibt es hier nicht. Meinten Sie „goals“?",
     "24:1 There is no “Ziele” here. Did you mean “goals”?"),
    (codes.UNKNOWN_KEY, PLAN, "kind: change", "Art: change",
     "34:9 „Art“ gibt es hier nicht. Meinten Sie „kind“?",
     "34:9 There is no “Art” here. Did you mean “kind”?"),
    (codes.UNKNOWN_KEY, TERRITORY, "{unit: bezirk-01}", "{unit: bezirk-01, xyz: 1}",
     "10:27 „xyz“ gibt es hier nicht. Möglich sind: unit, from, to, share, basis.",
     "10:27 There is no “xyz” here. Possible are: unit, from, to, share, basis."),
    (codes.MISSING_KEY, PLAN, "    statement: Im Hafen", "    source: Im Hafen",
     "10:5 Hier fehlt „statement:“ – Bedarf: was wem fehlt, in einem Satz.",
     "10:5 “statement:” is missing here – Need: what is missing for whom, in one sentence."),
    (codes.MISSING_KEY, PLAN, "        kind: change\n", "",
     f"32:9 Hier fehlt „kind:“ – Art: {KINDS}",
     f"32:9 “kind:” is missing here – Kind: {KINDS_EN}"),
    (codes.EMPTY, PLAN, "statement: Neun von zehn Kindern im Hafen besuchen eine Kita.", "statement:",
     "26:15 Hinter „statement:“ steht nichts. Tragen Sie den Wert ein oder löschen Sie die Zeile.",
     "26:15 Nothing stands behind “statement:”. Enter the value or delete the line."),
    (codes.EMPTY, PLAN, "title: Kita-Besuch", 'title: ""',
     "27:12 Hinter „title:“ steht nichts. Tragen Sie den Wert ein oder löschen Sie die Zeile.",
     "27:12 Nothing stands behind “title:”. Enter the value or delete the line."),
    (codes.EMPTY, PLAN, "needs: [hafen-n1]", "needs:\n      -",
     "30:8 Hinter „needs, Eintrag 1:“ steht nichts. Tragen Sie den Wert ein oder löschen Sie die Zeile.",
     "30:8 Nothing stands behind “needs, entry 1:”. Enter the value or delete the line."),
    (codes.NOT_TEXT, "sozplan.yaml", 'key: "05998000"', "key: 05998000",
     '2:42 „key“ ist ein Text, aber 05998000 ist für YAML eine Zahl. Schreiben Sie es in Anführungszeichen: "05998000"',
     '2:42 “key” is a text, but to YAML 05998000 is a number. Put it in quotes: "05998000"'),
    (codes.NOT_TEXT, HANDBOOK, 'version: "1.0"\nstatus', "version: 1.0\nstatus",
     '3:10 „version“ ist ein Text, aber 1.0 ist für YAML eine Zahl. Schreiben Sie es in Anführungszeichen: "1.0"',
     '3:10 “version” is a text, but to YAML 1.0 is a number. Put it in quotes: "1.0"'),
    (codes.NOT_TEXT, PLAN, 'product: "06.02.01"', "product: true",
     '60:18 „product“ ist ein Text, aber true ist für YAML ein Wahrheitswert (ja oder nein). '
     'Schreiben Sie es in Anführungszeichen: "true"',
     '60:18 “product” is a text, but to YAML true is a truth value (yes or no). Put it in quotes: "true"'),
    (codes.WRONG_SHAPE, PLAN, "needs: [hafen-n1]", "needs: hafen-n1",
     "29:12 Bei „needs“ wird eine Liste erwartet, hier steht ein einzelner Text. "
     "Schreiben Sie jeden Eintrag in eine eigene Zeile, die mit „- “ beginnt.",
     "29:12 “needs” takes a list, but here is a single text. "
     "Write each entry on a line of its own that starts with “- ”."),
    (codes.WRONG_SHAPE, TERRITORY, "- {unit: bezirk-01}", "- bezirk-01",
     "10:9 Bei „parts, Eintrag 1“ wird ein Abschnitt erwartet, hier steht ein einzelner Text. "
     "Schreiben Sie die Angaben eingerückt darunter, je Zeile „schlüssel: wert“.",
     "10:9 “parts, entry 1” takes a section, but here is a single text. "
     "Write the values indented below it, a line each “key: value”."),
    (codes.WRONG_SHAPE, PLAN, "title: Kita-Besuch", "title: {kurz: Kita-Besuch}",
     "27:12 Bei „title“ wird ein Text erwartet, hier steht ein Abschnitt mit eigenen Schlüsseln.",
     "27:12 “title” takes a text, but here is a section with keys of its own."),
    (codes.WRONG_SHAPE, PLAN, "status: resolved", "status: [resolved]",
     "5:9 Bei „status“ wird ein einzelner Wert erwartet, hier steht eine Liste.",
     "5:9 “status” takes a single value, but here is a list."),
    (codes.NOT_A_TERM, PLAN, "status: resolved", "status: Beschlossen",
     f"5:9 „Beschlossen“ gibt es bei „status“ nicht. Möglich sind: {STATUSES}. Meinten Sie „resolved“?",
     "5:9 “Beschlossen” is no value of “status”. Possible are: draft, proposal, resolved, ended. "
     "Did you mean “resolved”?"),
    (codes.NOT_A_TERM, PLAN, "kind: change", "kind: Veränderung",
     f"34:15 „Veränderung“ gibt es bei „kind“ nicht. Möglich sind: {KINDS}. Meinten Sie „change“?",
     f"34:15 “Veränderung” is no value of “kind”. Possible are: {KINDS_EN}. Did you mean “change”?"),
    (codes.NOT_A_TERM, PLAN, "kind: change", "kind: 5",
     f"34:15 „5“ gibt es bei „kind“ nicht. Möglich sind: {KINDS}.",
     f"34:15 “5” is no value of “kind”. Possible are: {KINDS_EN}."),
    (codes.NOT_A_TERM, PLAN, "budget_reservation: false", "budget_reservation: nein",
     "45:25 „nein“ gibt es bei „budget_reservation“ nicht. Möglich sind: true (ja), false (nein). "
     "Meinten Sie „false“?",
     "45:25 “nein” is no value of “budget_reservation”. Possible are: true (yes), false (no). "
     "Did you mean “false”?"),
    (codes.NOT_A_TERM, PACKAGE, 'delimiter: ";"', 'delimiter: "#"',
     "9:26 „\"#\"“ gibt es bei „delimiter“ nicht. "
     "Möglich sind: „;“, „,“, Tabulator (\"\\t\"), „|“.",
     "9:26 “\"#\"” is no value of “delimiter”. Possible are: “;”, “,”, tabulator (\"\\t\"), “|”."),
    (codes.NOT_A_TERM, PACKAGE, 'delimiter: ";"', 'delimiter: ";", header: false',
     "9:39 „false“ gibt es bei „header“ nicht. Möglich sind: true.",
     "9:39 “false” is no value of “header”. Possible are: true."),
    (codes.NOT_AN_ID, PLAN, "- id: hafen-g1\n", "- id: Größe G1\n",
     f"25:9 „Größe G1“ ist keine Kennung. {ID} Meinten Sie „groesse-g1“?",
     f"25:9 “Größe G1” is no id. {ID_EN} Did you mean “groesse-g1”?"),
    (codes.NOT_AN_ID, PLAN, "{own: 20000, land", "{Eigen: 20000, land",
     f"63:21 „Eigen“ ist keine Kennung. {ID} Meinten Sie „eigen“?",
     f"63:21 “Eigen” is no id. {ID_EN} Did you mean “eigen”?"),
    (codes.NOT_A_DATE, PLAN, "due: 2026-03-31", "due: 31.3.2026",
     f"52:60 „31.3.2026“ ist kein Datum. {DAY} Meinten Sie „2026-03-31“?",
     f"52:60 “31.3.2026” is no date. {DAY_EN} Did you mean “2026-03-31”?"),
    (codes.NOT_A_DATE, PLAN, "due: 2026-03-31", "due: 2026-02-30",
     f"52:60 „2026-02-30“ ist kein Datum. {DAY}",
     f"52:60 “2026-02-30” is no date. {DAY_EN}"),
    (codes.NOT_A_DATE, PLAN, "due: 2026-03-31", "due: 30.02.2026",
     f"52:60 „30.02.2026“ ist kein Datum. {DAY}",
     f"52:60 “30.02.2026” is no date. {DAY_EN}"),
    (codes.NOT_A_DATE, PLAN, "due: 2026-03-31", "due: 9999-12-31",
     f"52:60 „9999-12-31“ ist kein Datum. {DAY} "
     "Erlaubt sind die Jahre 1000 bis 2999; was kein Ende hat, bleibt ohne Datum.",
     f"52:60 “9999-12-31” is no date. {DAY_EN} "
     "The years 1000 to 2999 are allowed; what has no end stays without a date."),
    (codes.NOT_A_DATE, PLAN, "due: 2026-03-31", "due: 0999-12-31",
     f"52:60 „0999-12-31“ ist kein Datum. {DAY} "
     "Erlaubt sind die Jahre 1000 bis 2999; was kein Ende hat, bleibt ohne Datum.",
     f"52:60 “0999-12-31” is no date. {DAY_EN} "
     "The years 1000 to 2999 are allowed; what has no end stays without a date."),
    (codes.NOT_A_PERIOD, PLAN, "period: 2024, value", "period: 2024/26, value",
     "35:28 „2024/26“ ist kein Zeitraum. "
     "Möglich sind 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 und 2023/24 (Schuljahr).",
     "35:28 “2024/26” is no period. "
     "Possible are 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 and 2023/24 (school year)."),
    (codes.NOT_A_NUMBER, PLAN, "planned: 60000", "planned: 60.000,50 €",
     f"62:18 „60.000,50 €“ ist hier keine Zahl. {NUMBER} Hier also: 60000.50.",
     f"62:18 “60.000,50 €” is no number here. {NUMBER_EN} Here that is 60000.50."),
    (codes.NOT_A_NUMBER, PLAN, "year: 2026", 'year: "2026"',
     f'59:15 „"2026"“ ist hier keine Zahl. {NUMBER} Hier also: 2026.',
     f'59:15 “"2026"” is no number here. {NUMBER_EN} Here that is 2026.'),
    (codes.NOT_A_NUMBER, PLAN, "planned: 60000", "planned: 60.000 €",
     f"62:18 „60.000 €“ ist hier keine Zahl. {NUMBER} Hier also: 60000.",
     f"62:18 “60.000 €” is no number here. {NUMBER_EN} Here that is 60000."),
    (codes.NOT_A_NUMBER, PLAN, "planned: 60000", 'planned: "60.000"',
     f'62:18 „"60.000"“ ist hier keine Zahl. {NUMBER}',
     f'62:18 “"60.000"” is no number here. {NUMBER_EN}'),
    (codes.NOT_A_NUMBER, PLAN, "planned: 60000", "planned: unbekannt",
     f"62:18 „unbekannt“ ist hier keine Zahl. {NUMBER}",
     f"62:18 “unbekannt” is no number here. {NUMBER_EN}"),
    (codes.OUT_OF_RANGE, PLAN, "year: 2026", "year: 1926",
     "59:15 „year“ muss mindestens 1990 sein, hier steht 1926.",
     "59:15 “year” must be at least 1990, but here is 1926."),
    (codes.OUT_OF_RANGE, PLAN, "year: 2026", "year: 2026.5",
     "59:15 „year“ muss eine ganze Zahl sein, hier steht 2026.5.",
     "59:15 “year” must be a whole number, but here is 2026.5."),
    (codes.OUT_OF_RANGE, ORGANISATION, "parties: [amt-51, hafentreff-ev]", "parties: [amt-51]",
     "12:14 „parties“ muss eine Liste mit mindestens 2 Einträgen sein, hier steht eine mit einem Eintrag.",
     "12:14 “parties” must be a list of at least 2 entries, but here is one with one entry."),
    (codes.OUT_OF_RANGE, ORGANISATION, "parties: [amt-51, hafentreff-ev]", "parties: []",
     "12:14 „parties“ muss eine Liste mit mindestens 2 Einträgen sein, hier steht eine leere Liste.",
     "12:14 “parties” must be a list of at least 2 entries, but here is an empty list."),
    (codes.NOT_CENTS, PLAN, "planned: 60000", "planned: 60.555",
     "62:18 60.555 hat mehr als zwei Nachkommastellen. Beträge stehen in Euro und Cent. "
     "Tausender stehen ohne Punkt: 60555.",
     "62:18 60.555 has more than two decimals. Amounts are in euro and cent. "
     "Thousands are written without a point: 60555."),
    (codes.NOT_CENTS, PLAN, "planned: 60000", "planned: 60.000",
     "62:18 60.000 hat mehr als zwei Nachkommastellen. Beträge stehen in Euro und Cent. "
     "Tausender stehen ohne Punkt: 60000.",
     "62:18 60.000 has more than two decimals. Amounts are in euro and cent. "
     "Thousands are written without a point: 60000."),
    (codes.NOT_CENTS, PLAN, "planned: 60000", "planned: 60000.5555",
     "62:18 60000.5555 hat mehr als zwei Nachkommastellen. Beträge stehen in Euro und Cent.",
     "62:18 60000.5555 has more than two decimals. Amounts are in euro and cent."),
    (codes.WRONG_FORM, "sozplan.yaml", "land: NW", "land: Nordrhein-Westfalen",
     "2:84 „Nordrhein-Westfalen“ hat nicht die Form, die „land“ braucht: Kürzel, z. B. NW.",
     "2:84 “Nordrhein-Westfalen” has not the form that “land” needs: short form, NW say."),
    (codes.UNSAFE_PATH, PLAN, "path: plans/documents", "path: ../documents",
     "20:17 „../documents/hafenkonferenz-2025-03-12.md“ ist kein Pfad in diesem Repository. Schreiben Sie ihn ab dem "
     "Wurzelordner, mit „/“, ohne „..“ und ohne Laufwerk, z. B. plans/documents/niederschrift.pdf.",
     "20:17 “../documents/hafenkonferenz-2025-03-12.md” is no path in this repository. Write it from the root folder, "
     "with “/”, without “..” and without a drive, plans/documents/minutes.pdf say."),
    (codes.UNSAFE_PATH, PLAN, "path: plans/documents/", "path: plans\\documents\\",
     "20:17 „plans\\documents\\hafenkonferenz-2025-03-12.md“ ist kein Pfad in diesem Repository. Schreiben Sie "
     "Schrägstriche, auch unter Windows: plans/documents/hafenkonferenz-2025-03-12.md",
     "20:17 “plans\\documents\\hafenkonferenz-2025-03-12.md” is no path in this repository. Write it with “/”, on "
     "Windows too: plans/documents/hafenkonferenz-2025-03-12.md"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "old", "new", "de", "en"), CASES, ids=[c[3].strip() for c in CASES])
def test_sentence_and_place(code: Code, file: str, old: str, new: str, de: str, en: str) -> None:
    assert [d.code for d in found(file, (old, new))] == [code]
    assert said("de", file, (old, new)) == [de]
    assert said("en", file, (old, new)) == [en]


def test_every_code_is_shown() -> None:
    assert {case[0] for case in CASES} == set(codes.CODES) - {codes.NO_SETTINGS}


def test_entity_is_the_nearest_with_an_id() -> None:
    (fault,) = found(PLAN, ("period: 2024, value", "period: 2024/26, value"))
    assert fault.entity == "hafen-g1-t1"
    (fault,) = found(PLAN, ("title: Sozialraum", "titel: Sozialraum"))
    assert fault.entity == "hafen-2026"


def test_one_typo_is_one_finding() -> None:
    """Not also a missing key, nor a list that is too short, nor all the keys of another kind."""
    assert said("de", PLAN, ("- body: hafenkonferenz", "- bodie: hafenkonferenz")) == [
        "16:9 „bodie“ gibt es hier nicht. Meinten Sie „body“?"
    ]
    assert said("de", TERRITORY, ("{unit: bezirk-01}", "{unti: bezirk-01}")) == [
        "10:10 „unti“ gibt es hier nicht. Meinten Sie „unit“?"
    ]


def test_nobody_grants_less_than_nothing() -> None:
    assert said("de", FUNDING, ("granted: 80000", "granted: -1")) == [
        "25:14 „granted“ muss mindestens 0 sein, hier steht -1."
    ]


def test_several_faults_of_one_file_are_all_told() -> None:
    changes = (("title: Sozialraum", "titel: Sozialraum"), ("due: 2026-03-31", "due: bald"), ("year: 2027", "year: 27"))
    faults = sorted(found(PLAN, *changes), key=lambda fault: fault.at)
    assert [d.code.id for d in faults] == ["yaml.unknown-key", "yaml.not-a-date", "yaml.out-of-range"]


def test_many_faults_are_told_in_linear_time() -> None:
    rows = "".join(f"  - {{id: z{i}, statement: 5, level: guiding}}\n" for i in range(5000))
    data = f"goals:\n{rows}".encode()
    document = yaml.read(data, "plans/strategy.yaml")
    assert document.value is not None
    start = time.process_time()
    faults = validate(Strategy, document.value, data)
    assert isinstance(faults, tuple)
    assert len(faults) == 5000
    assert time.process_time() - start < 5  # it was over a minute when each fault read the file anew
