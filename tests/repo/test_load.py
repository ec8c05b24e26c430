"""From a folder to the plan: what is read as what, and how far one broken file reaches."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sozplan.model.areas import AreaPlan
from sozplan.model.entity import Entity
from sozplan.model.settings import Settings
from sozplan.repo import Loaded, WorkTree, load
from sozplan.repo.cache.places import Later
from sozplan.repo.limits import LIMITS
from sozplan.repo.load import KINDS, kind_of

BASE = Path(__file__).resolve().parent.parent / "examples/base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "repo"))


def loaded(root: Path) -> Loaded:
    with WorkTree(root) as tree:
        return load(tree)


def test_places_of_very_many_files_are_read_again_and_the_same(root: Path) -> None:
    with WorkTree(root) as tree:
        kept, later = (load(tree, replace(LIMITS, located_files=most)) for most in (10_000, 5))
    some = later.plan.area_plans[0]
    shutil.rmtree(root)  # what was read is what is told of
    assert isinstance(some.origin, Later)
    assert [root.model_dump() for root in later.plan.roots.values()] == [
        root.model_dump() for root in kept.plan.roots.values()
    ]
    places, again = ([_places(entity) for entity in each.plan.entities] for each in (kept, later))
    assert again == places
    assert len(set(places)) > 100


def _places(entity: Entity) -> tuple[object, ...]:
    return entity.at(), *(entity.origin.locate(name) for name in entity.__dict__)


def said(root: Path) -> list[str]:
    """All findings of reading, with their severity where they are no errors."""
    faults = sorted(loaded(root).diagnostics, key=lambda fault: fault.order)
    return [f"{f.at.file}:{f.at.line}:{f.at.column} {f.say('de').strip()}" for f in faults]


def test_the_whole(root: Path) -> None:
    read = loaded(root)
    assert read.diagnostics == ()
    assert read.files == sum(path.is_file() for path in root.rglob("*")) - len(list(root.glob("plans/documents/*")))
    assert [plan.id for plan in read.plan.area_plans] == ["hafen-2026"]
    assert len(read.figures.cells) == len((root / "indicators/data/kennzahlen.csv").read_text().splitlines()) - 1
    assert read.plan.texts.keys() == {"handbook/chapters/grundsaetze.md"}
    assert read.plan.area_plans[0].origin.locate("goals", 0, "targets", 0) == ("plans/areas/hafen.yaml", 32, 9)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("sozplan.yaml", Settings),
        ("plans/areas/hafen.yaml", AreaPlan),
        ("plans/areas/hafen.yml", AreaPlan),
        ("plans/areas/alt/hafen.yaml", None),
        ("plans/areas/hafen.yaml.txt", None),
        ("plans/hafen.yaml", None),
        ("areas/hafen.yaml", None),
    ],
)
def test_kind_by_path(path: str, kind: type | None) -> None:
    assert kind_of(path) is kind


def test_base_example_has_every_kind_but_waivers_stamps_and_profiles(root: Path) -> None:
    kinds = {type(entity) for entity in loaded(root).plan.roots.values()}
    without = ("plans/waivers.yaml", "plans/resolutions/stamps/*.yaml", "indicators/profiles/*.yaml")
    assert set(KINDS.values()) - kinds == {KINDS[path] for path in without}


def test_a_broken_file_costs_its_own_findings_only(root: Path) -> None:
    plan = root / "plans/areas/hafen.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("needs:\n", "needs:\n\t", 1), encoding="utf-8")
    read = loaded(root)
    assert [fault.at.file for fault in read.diagnostics] == ["plans/areas/hafen.yaml"]
    assert read.plan.area_plans == ()
    assert {"hafen-2026", "hafen-m1", "hafen-g1-t1"} <= read.plan.muted
    assert read.plan.goals != ()
    assert read.figures.cells != ()


@pytest.mark.parametrize("id", ["kita-quote", "idq: kita-quote"])
def test_a_broken_sheet_mutes_its_figures(root: Path, id: str) -> None:
    sheet = root / "indicators/catalogue/kita-quote.yaml"
    text = sheet.read_text(encoding="utf-8")
    broken = text.replace("unit:", "unti:") if id == "kita-quote" else text.replace("id: kita-quote", id)
    sheet.write_text(broken, encoding="utf-8")
    assert [fault.at.file for fault in loaded(root).diagnostics] == ["indicators/catalogue/kita-quote.yaml"]


def test_without_settings_all_else_is_still_checked(root: Path) -> None:
    (root / "sozplan.yaml").unlink()
    (root / "plans/calendar.yaml").write_text("termine: []\n", encoding="utf-8")
    assert said(root) == [
        "plans/calendar.yaml:1:1 „termine“ gibt es hier nicht. Meinten Sie „appointments“?",
        "sozplan.yaml:1:1 Es fehlt die Datei sozplan.yaml im Wurzelordner. "
        "Sie nennt die Kommune und ihre Gebietsebenen.",
    ]


def test_broken_settings_are_said_once(root: Path) -> None:
    (root / "sozplan.yaml").write_text("version: 1\n", encoding="utf-8")
    assert said(root) == [
        "sozplan.yaml:1:1 Hier fehlt „levels:“ – Gebietsebenen: von der ganzen Kommune abwärts.",
        "sozplan.yaml:1:1 Hier fehlt „municipality:“ – Kommune: die plant.",
    ]


def test_nothing_lies_there_unread_in_silence(root: Path) -> None:
    for name in ("plans/areas/neu/west.yaml", "plans/notizen.yaml", "indicators/data/alt/x.csv", "plans/liste.xlsx"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("id: x\n", encoding="utf-8")
    (root / "indicators/data/neu.csv").write_text("indicator;area;period;value\n", encoding="utf-8")
    place = "an dieser Stelle gehört keine solche Datei hin; die Ordner nennt die Referenz."
    assert said(root) == [
        f"indicators/data/alt/x.csv:1:1 „indicators/data/alt/x.csv“ wird nicht gelesen: {place}",
        "indicators/data/neu.csv:1:1 Die Datei wird nicht gelesen: indicators/datapackage.yaml beschreibt sie nicht. "
        "Tragen Sie sie dort ein.",
        f"plans/areas/neu/west.yaml:1:1 „plans/areas/neu/west.yaml“ wird nicht gelesen: {place}",
        "plans/liste.xlsx:1:1 „plans/liste.xlsx“ wird nicht gelesen: in plans/ zählen nur die Endungen .yaml, .yml.",
        f"plans/notizen.yaml:1:1 „plans/notizen.yaml“ wird nicht gelesen: {place}",
    ]
    assert {fault.severity.value for fault in loaded(root).diagnostics} == {"warning"}


def test_a_data_file_that_is_not_there(root: Path) -> None:
    (root / "indicators/data/kennzahlen.csv").unlink()
    assert said(root) == [
        "indicators/datapackage.yaml:6:11 Die Datei „data/kennzahlen.csv“ gibt es nicht. "
        "Pfade in datapackage.yaml gelten ab dem Ordner indicators."
    ]


def test_data_without_a_readable_description_is_no_second_fault(root: Path) -> None:
    (root / "indicators/datapackage.yaml").write_text("name: [\n", encoding="utf-8")
    assert {fault.at.file for fault in loaded(root).diagnostics} == {"indicators/datapackage.yaml"}


def test_documents_are_known_by_their_content(root: Path) -> None:
    path = "plans/documents/hafenkonferenz-2025-03-12.md"
    before = loaded(root).documents[path]
    document = root / path
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n"))
    assert loaded(root).documents[path] == before == "0386bb56fd2e81268242160530219a75d14353dc7593bbe3f0bd5a53dab1e05b"
    document.write_bytes(document.read_bytes() + b"x")
    assert loaded(root).documents[path] not in (None, before)
    document.unlink()
    assert loaded(root).documents[path] is None


def test_order_of_rows_and_files_makes_no_difference(root: Path) -> None:
    want = loaded(root)
    data = root / "indicators/data/kennzahlen.csv"
    head, *rows = data.read_text(encoding="utf-8").splitlines(keepends=True)
    data.write_text(head + "".join(reversed(rows)), encoding="utf-8")
    got = loaded(root)
    for area in ("01", "02", "03", "05998000"):
        first, second = (each.figures.series("kita-quote", area) for each in (want, got))
        assert [(c.period, c.value) for c in first] == [(c.period, c.value) for c in second]


def test_the_same_observation_in_two_files(root: Path) -> None:
    data, package = root / "indicators/data/kennzahlen.csv", root / "indicators/datapackage.yaml"
    head, first, *_ = data.read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "indicators/data/nachtrag.csv").write_text(head + first.replace("83,0", "84,0"), encoding="utf-8")
    more = '  - {name: nachtrag, path: data/nachtrag.csv, dialect: {delimiter: ";"}}\n'
    package.write_text(package.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert said(root) == [
        "indicators/data/nachtrag.csv:2:1 kita-quote für 05998000 in 2019 steht mit demselben Datenstand schon in "
        "indicators/data/kennzahlen.csv:2. Löschen Sie eine der Zeilen oder geben Sie der neueren ihren Datenstand."
    ]


@pytest.mark.parametrize("blank", ["source:", "source: ~", "source: null  # folgt"])
def test_an_optional_key_with_nothing_behind_it_is_said_too(root: Path, blank: str) -> None:
    plan = root / "plans/areas/hafen.yaml"
    lines = plan.read_text(encoding="utf-8").split("\n")
    plan.write_text("\n".join([lines[0], blank, *lines[1:]]), encoding="utf-8")
    (fault,) = loaded(root).diagnostics
    assert (fault.at.file, fault.at.line, fault.code.id) == ("plans/areas/hafen.yaml", 2, "yaml.no-value")
    assert fault.say("de") == "Hinter „source:“ steht nichts. Tragen Sie den Wert ein oder löschen Sie die Zeile."
    assert [area_plan.id for area_plan in loaded(root).plan.area_plans] == ["hafen-2026"]


def test_a_required_key_with_nothing_behind_it_is_said_once(root: Path) -> None:
    plan = root / "plans/areas/hafen.yaml"
    text = plan.read_text(encoding="utf-8")
    line = next(line for line in text.split("\n") if line.startswith("title:"))
    plan.write_text(text.replace(line, "title:"), encoding="utf-8")
    (fault,) = loaded(root).diagnostics
    assert fault.code.id == "yaml.no-value"
