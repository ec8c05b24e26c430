"""`sozplan add`: an entry where its like stand, with a proposed id, checked before it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sozplan.cli.app import run
from sozplan.repo import WorkTree, load
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


def test_what_a_sheet_must_say_is_named_before_anything_is_written(repository: Repository, sozplan: Sozplan) -> None:
    """Numerator and denominator, as the unit says that it is a rate."""
    said = sozplan(
        "add", "indicator", "name=Anteil", "definition=Was gezählt wird.", "unit=%", "direction=higher", "kind=outcome",
        "steerability=direct", "periodicity=yearly", "timing=day", "limits=Keine.",
    )  # fmt: skip
    assert (said.code, said.out) == (2, "")
    assert [line.split("=")[0] for line in said.err.splitlines()] == [
        "sozplan: Es fehlt noch:", "  lowest_level", "  responsible", "  numerator", "  denominator",
    ]  # fmt: skip
    assert not (repository.root / "indicators/catalogue/anteil.yaml").exists()


def test_a_body_is_a_draft_until_its_charter_is_written(sozplan: Sozplan) -> None:
    said = sozplan("add", "body", "name=Beirat Inklusion", "kind=beratend")
    assert (said.code, said.err) == (0, "")
    assert "+     status: draft\n" in said.out
    assert "Warnung org.charter-incomplete Gremium „beirat-inklusion“" in said.out
    assert "Warnung org.escalation Gremium „beirat-inklusion“" in said.out
    assert sozplan("check").code == 0
    assert sozplan("set", "beirat-inklusion", "status", "--delete").code == 1


def test_a_body_with_its_whole_charter_is_none(sozplan: Sozplan) -> None:
    """Members by their offices alone, each with a vote."""
    said = sozplan(
        "add", "body", "name=Beirat Inklusion", "kind=beratend", "mandate.statement=Berät zur Inklusion.",
        "chair=amt-51", "office=amt-51", "members=amt-51,sozialplanung, hafentreff-ev", "quorum=2",
        "majority=Einfache Mehrheit", "rhythm.every=3", "invitation_days=7", "minutes_days=14", "public=nein",
        "reports_to=steuerungsgruppe", "escalates_to=rat", "conflict_rule=Wer befangen ist, berät nicht mit.",
        "founded_by=b-2024-031",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert said.out.count("{actor: ") == 3
    assert "status" not in said.out
    assert "Fehler" not in said.out
    assert sozplan("check").code == 0


EACH: tuple[tuple[str, ...], ...] = (
    ("need", "--to", "{plan}", "statement=Es fehlt ein Treff."),
    ("goal", "--to", "{plan}", "statement=Alle finden einen Treff."),
    ("goal", "--to", "strategy", "statement=Alle haben einen Treff.", "level=Leitziel"),
    ("measure", "--to", "{plan}", "title=Treff öffnen"),
    ("measure", "--to", "strategy", "title=Treffs öffnen"),
    ("body", "name=Runde der Treffs", "kind=koordinierend"),
    ("process", "name=Treff eröffnen", "kind=core"),
    (
        "indicator", "name=Anteil mit Treff", "definition=Wer einen Treff in der Nähe hat.", "unit=%",
        "direction=higher", "kind=outcome", "steerability=indirect", "periodicity=yearly", "timing=day",
        "lowest_level={level}", "responsible={actor}", "limits=Keine.", "numerator=Mit Treff", "denominator=Alle",
        "reference_day=12-31", "min_base=10",
    ),
    ("resolution", "body={body}", "date=30.09.2026", "title=Treffs", "wording=Treffs werden geöffnet."),
)  # fmt: skip


@pytest.mark.parametrize("planning", ["fresh", "kreis", "town"])
def test_each_kind_by_its_options_alone_is_accepted(
    planning: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "planung"
    project = Path(__file__).parents[2]
    if planning == "kreis":
        shutil.copytree(project / "tests/examples/kreis", root)
    else:
        about = ("--example",) if planning == "town" else ("--name", "Musterstadt", "--key", "05123000")
        assert run(["init", str(root), "--as-of", "2026-10-01", *about]) == 0
    plan = load(WorkTree(root)).plan
    body = next(each.id for each in plan.bodies if each.kind == "deciding")
    names = {
        "plan": plan.area_plans[0].id, "level": plan.settings.levels[-1].id, "actor": plan.actors[0].id, "body": body,
    }  # fmt: skip
    for kind, *words in EACH:
        given = [word.format(**names) for word in words]
        code = run(["add", kind, "-C", str(root), "--as-of", "2026-10-01", *given])
        said = capsys.readouterr()
        assert (code, said.err) == (0, ""), (kind, said)
    assert run(["check", "-C", str(root), "--as-of", "2026-10-01"]) == 0


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
