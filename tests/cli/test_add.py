"""`sozplan add`: an entry where its like stand, with a proposed id, checked before it is written."""

from __future__ import annotations

import pytest

from tests.cli.repository import AREA, Repository, Sozplan


def test_a_need(sozplan: Sozplan) -> None:
    said = sozplan(
        "add", "need", "--to", "hafen", "statement=Jugendliche haben abends keinen Ort.", "priority=mittel",
        "theme=bildung",
        "evidence.1.indicator=kita-quote", "evidence.1.period=2024", "reason=Der Treff schließt früh.",
        "deferred=Bis zum Umbau 2028.",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{AREA}, Zeile 24:\n"
        "+   - id: hafen-n2\n"
        "+     statement: Jugendliche haben abends keinen Ort.\n"
        "+     theme: bildung\n"
        "+     evidence:\n"
        "+       - {indicator: kita-quote, period: 2024}\n"
        "+     priority: medium\n"
        "+     reason: Der Treff schließt früh.\n"
        "+     deferred: Bis zum Umbau 2028.\n"
        "+     status: draft\n"
        f"Bedarf „hafen-n2“ angelegt in {AREA}.\n"
    )
    assert sozplan("check").code == 0


def test_a_measure_is_an_intention_at_first(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan(
        "add", "measure", "title=Lesepaten", "goals=hafen-g1", "responsible=amt-51", "executing=hafentreff-ev",
        "planned.from=01.01.2028", "planned.to=31.12.2029",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert (
        "  - id: hafen-m2\n    title: Lesepaten\n    goals: [hafen-g1]\n    commitment: intended\n"
        "    budget_reservation: true\n    planned: {from: 2028-01-01, to: 2029-12-31}\n    responsible: amt-51\n"
        "    executing: [hafentreff-ev]\n    status: draft\n"
    ) in repository.read(AREA)


def test_a_goal_of_the_whole_municipality(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan("add", "goal", "--to", "strategy", "statement=Alle Kinder lernen schwimmen.", "level=Leitziel")
    assert said.code == 0
    assert repository.read("plans/strategy.yaml").count("- id: alle-kinder-lernen-schwimmen") == 1


def test_a_resolution_goes_to_its_year(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan(
        "add", "resolution", "number=2023/033", "body=rat", "date=12.12.2023", "title=Bericht", "kind=Kenntnisnahme",
        "wording=Der Rat nimmt den Bericht zur Kenntnis.", "outcome=noted",
    )  # fmt: skip
    assert said.code == 0
    assert repository.read("plans/resolutions/2023.yaml") == (
        "resolutions:\n"
        "  - id: b-2023-033\n"
        '    number: "2023/033"\n'
        "    kind: information\n"
        "    body: rat\n"
        "    date: 2023-12-12\n"
        "    title: Bericht\n"
        "    wording: Der Rat nimmt den Bericht zur Kenntnis.\n"
        "    outcome: noted\n"
    )


def test_a_resolution_goes_to_those_of_its_year(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan(
        "add", "resolution", "body=rat", "date=2025-12-18", "title=Bericht", "wording=Kurz.", "outcome=noted"
    )
    assert said.code == 0
    assert "- id: bericht\n" in repository.read("plans/resolutions/beschluesse.yaml")


def test_a_process_begins_and_ends(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan("add", "process", "name=Jugend beteiligen", "kind=Kernprozess", "trigger=Ein Vorhaben steht an")
    assert said.code == 0
    assert repository.read("handbook/processes/jugend-beteiligen.yaml") == (
        "id: jugend-beteiligen\n"
        "name: Jugend beteiligen\n"
        "kind: core\n"
        "trigger: Ein Vorhaben steht an\n"
        "steps:\n"
        "  - step: start\n    kind: event\n    name: Ein Vorhaben steht an\n    next: [ende]\n"
        "  - {step: ende, kind: event, name: Ergebnis}\n"
        "status: draft\n"
    )


def test_an_indicator_with_gaps_is_not_written(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan(
        "add", "indicator", "name=Anteil", "definition=Was gezählt wird.", "unit=%", "direction=higher", "kind=outcome",
        "steerability=direct", "periodicity=yearly",
    )  # fmt: skip
    assert said.code == 1
    assert "Fehler ind.sheet-incomplete Dem Steckbrief der Kennzahl „anteil“ fehlt:" in said.out
    assert not (repository.root / "indicators/catalogue/anteil.yaml").exists()


def test_what_is_missing_is_named_with_what_is_possible(sozplan: Sozplan) -> None:
    said = sozplan("add", "body", "name=Runder Tisch")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "sozplan: Es fehlt noch:\n"
        "  kind=…  Art: deciding (entscheidend), steering (steuernd), coordinating (koordinierend), advisory "
        "(beratend), "
        "participating (beteiligend)\n"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("need", "title=x"), "Die Angabe „title“ gibt es dort nicht. Möglich sind: "),
        (("need", "Ein Bedarf"), "„Ein Bedarf“: Schreiben Sie Angaben als SCHLÜSSEL=WERT"),
        (("need", "--to", "weststadt", "statement=x"), "Nennen Sie mit --to den Plan: hafen-2026; für die ganze "
         "Kommune "
         "„strategy“."),
        (("need", "statement=x", "--id", "hafen-n1"), "Die Kennung „hafen-n1“ ist oder war schon vergeben und "
         "wird nicht "
         "wieder verwendet."),
        (("need", "statement=x", "--id", "Hafen N"), "„Hafen N“ ist keine Kennung: Kleinbuchstaben, Ziffern und "
         "Bindestriche, vorn ein Buchstabe."),
        (("need", "evidence.2.period=2024"), "Einträge von „evidence“ werden der Reihe nach gezählt"),
    ],
)  # fmt: skip
def test_refused(repository: Repository, sozplan: Sozplan, args: tuple[str, ...], message: str) -> None:
    before = repository.read(AREA)
    said = sozplan("add", *args)
    assert said.code == 2
    assert said.err.startswith(f"sozplan: {message}")
    assert repository.read(AREA) == before


def test_a_retired_id_is_not_proposed(repository: Repository, sozplan: Sozplan) -> None:
    repository.write("plans/retired.yaml", "retired:\n  - {id: hafen-n2, date: 2025-01-01}\n")
    assert "hafen-n3" in sozplan("add", "need", "statement=Neu.", "--dry-run").out


@pytest.mark.parametrize("id", ["con", "aux", "nul", "com1"])
def test_an_id_that_windows_takes_for_a_device(sozplan: Sozplan, id: str) -> None:
    said = sozplan("add", "process", "name=Neu", "kind=core", "--id", id)
    assert (said.code, said.err) == (
        2,
        f"sozplan: „{id}“ ist unter Windows ein Gerät und taugt nicht als Dateiname; nehmen Sie eine andere Kennung.\n",
    )
