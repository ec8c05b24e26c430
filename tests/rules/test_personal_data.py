"""What the search for personal data finds, what it leaves alone, and how little of it is shown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sozplan.rules.org.persons import RULES
from sozplan.rules.org.private import traces
from sozplan.rules.rule import run
from tests.rules.harness import base, case_of, findings, said, write

ROOT = Path(__file__).parents[2]


def found(words: str, *domains: str) -> list[tuple[str, str]]:
    return [(trace.sort.de, trace.masked) for trace in traces(words, frozenset(domains))]


@pytest.mark.parametrize(
    ("words", "sort", "shown"),
    [
        ("Rückfragen an lisa1987@gmx.de bis Freitag", "eine private E-Mail-Adresse", "l…"),
        ("quartier@web.de", "eine private E-Mail-Adresse", "q…"),
        ("erika.musterfrau@beispielstadt.example", "die E-Mail-Adresse einer Person", "e…"),
        ("E_Musterfrau2@stadt.example", "die E-Mail-Adresse einer Person", "E…"),
        ("mobil erreichbar: 0170 1234567", "eine Telefonnummer", "017…"),
        ("0151/23456789", "eine Telefonnummer", "015…"),
        ("+49 (0)160 1234567", "eine Telefonnummer", "+49…"),
        ("+49 30 1234567", "eine Telefonnummer", "+49…"),
        ("Tel.: 0208 / 12 34 56", "eine Telefonnummer", "Tel…"),
        ("Durchwahl 02361 4455-12", "eine Telefonnummer", "Dur…"),
        ("Das sagte Frau Musterfrau in der Konferenz", "der Name einer Person", "Frau…"),
        ("ein Gespräch mit Herrn Dr. Mustermann", "der Name einer Person", "Herr…"),
        ("Frau M. zog im Mai zu", "der Name einer Person", "Frau…"),
        ("Familie K. wartet seit Jahren", "der Name einer Person", "Familie…"),
        ("nach Prof. Dr. Muster", "der Name einer Person", "Pro…"),
        ("Dr. med. Erika Musterfrau", "der Name einer Person", "Dr.…"),
        ("told us by Mr Sample", "der Name einer Person", "Mr S…"),
        # The example account of the ISO standard's registry and of the Bundesbank's own pages.
        ("IBAN DE89 3704 0044 0532 0130 00", "eine Bankverbindung (IBAN)", "DE…"),
        ("DE89370400440532013000", "eine Bankverbindung (IBAN)", "DE…"),
        ("GB82WEST12345698765432", "eine Bankverbindung (IBAN)", "GB…"),
        ("geb. 12.03.2015", "ein Geburtsdatum", "geb…"),
        ("geboren am 3. März 2015", "ein Geburtsdatum", "geb…"),
        ("Geburtsdatum: 2015-03-12", "ein Geburtsdatum", "Geb…"),
        ("Kind (A), *12.3.15", "ein Geburtsdatum", "*12…"),
        # The example of the pension insurance's own description of the number.
        ("Nr. 15 070649 C 103", "eine Versicherungsnummer", "15…"),
        ("BG 35702//0012345", "eine Nummer der Bedarfsgemeinschaft", "35…"),
        ("Steuer-ID 86 095 742 719", "eine Steuer-Identifikationsnummer", "Steuer…"),
        ("wohnhaft Am Hafen, Musterstraße 12", "eine Wohnanschrift", "wohnhaft…"),
    ],
)
def test_found(words: str, sort: str, shown: str) -> None:
    assert found(words) == [(sort, shown)]


@pytest.mark.parametrize(
    "words",
    [
        "sozialplanung@muehlbruecken.example, ag-wohlfahrt@stadt.example",
        "amt.soziales@stadt.example",
        "buero.landrat@kreis.example",
        "info.treff@quartierwerk.example",
        "Frau und Beruf; Frau im Quartier; Herr der Lage",
        "Sehr geehrte Frau Oberbürgermeisterin, sehr geehrter Herr Landrat",
        "Frau N. N. (Stelle unbesetzt)",
        "Familie, Jugend und Familie e. V., Runder Tisch Familie",
        "Dr.-Hans-Böckler-Straße 12 und Prof. Muster-Schule",
        "Konto 0612345 im Produkt 06.02.01, Sachkonto 531800",
        "Vorlage 2025/117-1, Aktenzeichen 50-3/0170",
        "AGS 05999000, Schlüssel 0103, Zeitraum 2015–2025, 118.400 Personen",
        "DE89 3704 0044 0532 0130 01",
        "15 070649 C 104",
        "Der Treff wurde am 12.03.2015 eröffnet.",
        "* 12 Plätze",
        "https://ris.example//12345",
        "Wer in der Siedlung wohnt, zahlt 12 Euro",
        "Telefonische Beratung: 30 Stunden, Telefon und Brief",
        "Mobilität 2030, Tel Aviv 2019",
        "§ 16 BStatG vom 20. Oktober 2016 (BGBl. I S. 2394)",
        "weststadt-m1 ja@nein @ 12",
    ],
)
def test_left_alone(words: str) -> None:
    assert found(words) == []


def test_domains_of_the_municipality_s_own_list() -> None:
    assert found("treff@freifunk.example") == []
    assert found("treff@freifunk.example", "freifunk.example") == [("eine private E-Mail-Adresse", "t…")]


def test_one_thing_is_told_once_and_two_are_told_twice() -> None:
    assert [sort for sort, _ in found("Herr Dr. Muster, Tel. 0170 1234567")] == [
        "der Name einer Person",
        "eine Telefonnummer",
    ]


TREFF = "# plans/areas/hafen.yaml\nprofile: PROFILE\n"


def test_the_message_does_not_repeat_what_it_finds(tmp_path: Path) -> None:
    excerpt = TREFF.replace("PROFILE", "Anmeldung bei erika.musterfrau@gmx.de")
    assert said(findings(tmp_path, RULES, excerpt)) == [
        "plans/areas/hafen.yaml:7: org.personal-data Hier steht eine private E-Mail-Adresse („e…“). Nennen Sie die "
        "Stelle oder Funktion. Ist die Datei schon eingecheckt, bleibt die Angabe in der Versionsgeschichte: "
        "Sprechen Sie mit dem Datenschutz."
    ]
    assert said(findings(tmp_path, RULES, excerpt), "en")[0].endswith(
        "org.personal-data There is a private e-mail address here (“e…”). Name the office or function. "
        "If the file was committed, it stays in the history: talk to data protection."
    )


def test_every_text_is_searched_even_in_lists_and_mailboxes(tmp_path: Path) -> None:
    excerpt = """\
# plans/inventory/bestand.yaml
items:
  - {id: bestand-hafentreff, title: Treff, kind: facility, gaps: [Keine, Frau Muster ist in Elternzeit]}
# plans/organisation/weitere.yaml
actors:
  - {id: amt-99, name: Amt 99, kind: office, mailbox: erika.muster@stadt.example}
"""
    found = findings(tmp_path, RULES, excerpt)
    assert [(d.at.file, d.at.line, d.entity) for d in found] == [
        ("plans/inventory/bestand.yaml", 2, "bestand-hafentreff"),
        ("plans/organisation/weitere.yaml", 2, "amt-99"),
    ]


def test_chapters_are_searched_by_line(tmp_path: Path) -> None:
    chapter = "# Grundsätze\n\nFragen Sie bei Frau Muster.\n"
    (found,) = findings(tmp_path, RULES, f"# handbook/chapters/grundsaetze.md\n{chapter}")
    assert (found.at.line, found.at.column, found.entity) == (3, 16, "kapitel-grundsaetze")


def test_what_is_allowed_and_the_letterhead(tmp_path: Path) -> None:
    excerpt = (
        TREFF.replace("PROFILE", "Auskunft unter +49 208 1234567")
        + """\
# sozplan.yaml
privacy: {allowed: ["+49 208 123 45 67"]}
design: {address: ["Telefon 0208 1234567", "sozialplanung@web.de"]}
"""
    )
    assert findings(tmp_path, RULES, excerpt) == []


def test_the_towns_texts_and_the_documentation_name_nobody() -> None:
    """Zero false alarms on all that the examples and the pages for people say, proofs included."""
    folders = ("plans", "handbook", "docs/how-to", "docs/tutorial", "docs/explanation", "tests/examples")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in (".md", ".yaml")]
    assert len(paths) > 100
    assert {str(path): hits for path in paths if (hits := found(path.read_text()))} == {}


def test_no_text_takes_long() -> None:
    started = time.perf_counter()
    for hostile in (
        "0" * 50_000,
        "+49 " * 20_000,
        "DE89 " * 20_000,
        "a" * 60_000 + "@",
        "Dr. " * 20_000,
        "wohnt " * 9_000,
    ):
        found(hostile)
    assert time.perf_counter() - started < 10


def test_a_plan_of_many_texts_is_sifted_whole(tmp_path: Path) -> None:
    items = "".join(f"  - {{id: bestand-{i}, title: Treff {i}, kind: facility}}\n" for i in range(900))
    files = base() | {
        "plans/inventory/viele.yaml": f"items:\n{items}  - {{id: z, title: Frau Muster, kind: facility}}\n"
    }
    case, _ = case_of(write(tmp_path, files))
    assert [d.entity for d in run(case, RULES)] == ["z"]
