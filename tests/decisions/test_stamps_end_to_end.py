"""From a council's resolution to the finding that somebody changed what it decided, on the town, with real git."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from sozplan.cli.app import run
from tests.conftest import git

ROOT = Path(__file__).resolve().parents[2]
PLAN = "plans/areas/nordhafen.yaml"
TARGET = "target: {period: 2028/29, value: 40.0}"
NEW_RESOLUTION = """\
  - id: {id}
    kind: {kind}
    body: {body}
    date: {date}
    title: Änderung am Gebietsplan
    wording: Der Plan wird geändert.
    subjects: [{subjects}]
"""


class Said(NamedTuple):
    code: int
    out: str
    err: str


class Town:
    """A copy of the example town, stamped and committed."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys

    def call(self, *args: str) -> Said:
        code = run([args[0], "-C", str(self.root), "--as-of", "2026-10-01", *args[1:]])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)

    def changed(self, lang: str = "de") -> list[str]:
        """What `check` says of changed decisions."""
        lines = self.call("check", "--lang", lang).out.splitlines()
        return [line for line in lines if " dec.changed " in line]

    def edit(self, old: str, new: str, path: str = PLAN) -> int:
        """Puts one text in place of another; the line on which it stands."""
        place = self.root / path
        content = place.read_text(encoding="utf-8")
        assert content.count(old) == 1, (old, content.count(old))
        place.write_text(content.replace(old, new), encoding="utf-8")
        return content[: content.index(old)].count("\n") + 1

    def resolution(self, id: str, body: str, subjects: str, kind: str = "resolution", date: str = "2026-09-24") -> None:
        place = self.root / "plans/resolutions/2026.yaml"
        entry = NEW_RESOLUTION.format(id=id, kind=kind, body=body, date=date, subjects=subjects)
        place.write_text(place.read_text(encoding="utf-8") + entry, encoding="utf-8")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("town")
    for folder in ("plans", "indicators", "handbook", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "sozplan.yaml", root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Stand der Planung")
    return root


@pytest.fixture
def town(committed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Town:
    root = tmp_path / "town"
    shutil.copytree(committed, root)
    return Town(root, capsys)


def test_the_town_is_as_it_was_resolved(town: Town) -> None:
    said = town.call("check")
    assert said.code == 0
    assert town.changed() == []
    assert " dec.evidence-revised " not in said.out
    stamped = {path.stem for path in (town.root / "plans/resolutions/stamps").iterdir()}
    assert {"b-2024-088", "b-2025-041", "b-2025-117", "b-2025-118", "b-2025-119", "v-2026-03"} <= stamped


def test_a_changed_target_is_named_with_old_and_new_value(town: Town) -> None:
    line = town.edit(TARGET, "target: {period: 2028/29, value: 38.5}")
    assert town.changed() == [
        f"{PLAN}:{line}:42: Fehler dec.changed „nordhafen-g1-t1“: „Zielwert (Wert)“ wurde von 40 auf 38,5 geändert, "
        "seit der Beschluss „b-2025-117“ vom 11.12.2025 es entschieden hat. Zuständig: Vertretung (Rat, Kreistag). "
        "Stellen Sie den beschlossenen Stand wieder her, oder halten Sie den neuen Beschluss fest: „sozplan resolve "
        "BESCHLUSS nordhafen-g1-t1“"
    ]
    assert town.changed("en") == [
        f"{PLAN}:{line}:42: error dec.changed “nordhafen-g1-t1”: “Target (Value)” was changed from 40 to 38.5 since "
        "the resolution “b-2025-117” of 2025-12-11 decided on it. Competent: council. Restore what was resolved, or "
        "record the new resolution: “sozplan resolve RESOLUTION nordhafen-g1-t1”"
    ]
    assert town.call("check").code == 1


def test_the_old_value_is_found_behind_later_commits(town: Town) -> None:
    for value in ("39.0", "38.0"):
        content = (town.root / PLAN).read_text(encoding="utf-8")
        edited = re.sub(
            r"target: \{period: 2028/29, value: (40|39)\.0\}", f"target: {{period: 2028/29, value: {value}}}", content
        )
        (town.root / PLAN).write_text(edited, encoding="utf-8")
        git(town.root, "commit", "--quiet", "--all", "--message=Fortschreibung")
    assert "wurde von 40 auf 38 geändert" in town.changed()[0]


def test_without_git_the_change_is_found_all_the_same(town: Town) -> None:
    shutil.rmtree(town.root / ".git")
    town.edit(TARGET, "target: {period: 2028/29, value: 38.5}")
    assert [line.split("„nordhafen-g1-t1“: ")[1].split(", seit")[0] for line in town.changed()] == [
        "„Zielwert (Wert)“ wurde geändert und lautet jetzt 38,5"
    ]


def rewritten(content: str) -> str:
    """The same plan in other clothes: keys the other way round, other quotes, flow as block, comments, CRLF."""
    block = 'target:\n          # vom Rat beschlossen\n          value: 40.00\n          period: "2028/29"'
    content = content.replace(TARGET, block)
    content = content.replace("title: Sozialraumgebietsplan", "title: >-\n  Sozialraumgebietsplan")
    content = content.replace("priority: high", "priority: 'high'  # dringend")
    return content.replace("\n", "\r\n")


def test_rewriting_the_file_changes_nothing(town: Town) -> None:
    place = town.root / PLAN
    before = place.read_text(encoding="utf-8")
    after = rewritten(before)
    assert after.count("40.00") == 1
    place.write_bytes(after.encode())
    assert town.changed() == []


def test_a_stamped_resolution_of_the_council_covers_the_change(town: Town) -> None:
    town.edit(TARGET, "target: {period: 2028/29, value: 38.5}")
    town.resolution("b-2026-060", "rat", "nordhafen-g1-t1")
    said = town.call("resolve", "b-2026-060", "nordhafen-g1-t1")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "b-2026-060, 24.09.2026, rat: Änderung am Gebietsplan",
        "  nordhafen-g1-t1: 8 Angaben",
        "    „Zielwert (Wert)“ wurde von 40 auf 38,5 geändert",
        "1 Eintrag gestempelt: plans/resolutions/stamps/b-2026-060.yaml",
    ]
    assert town.changed() == []
    town.edit("value: 38.5}", "value: 38.0}")
    assert "Beschluss „b-2026-060“ vom 24.09.2026" in town.changed()[0]


def test_what_came_in_or_was_struck_out_is_named(town: Town) -> None:
    content = (town.root / PLAN).read_text(encoding="utf-8")
    start = content.index("  - id: nordhafen-n8\n")
    end = content.index("\ngoals:\n")
    need = content[start:end].replace("nordhafen-n8", "nordhafen-n9")
    (town.root / PLAN).write_text(content[:start] + need + content[end:], encoding="utf-8")
    said = [line.split(" dec.changed ")[1].split(", seit")[0] for line in town.changed()]
    assert said == [
        "„nordhafen-2026“: „nordhafen-n8“ wurde gestrichen",
        "„nordhafen-2026“: Bedarf „nordhafen-n9“ kam hinzu",
    ]
    town.resolution("b-2026-061", "rat", "nordhafen-n8, nordhafen-n9")
    said_of = town.call("resolve", "b-2026-061", "nordhafen-n8", "nordhafen-n9")
    assert "  nordhafen-n8: gestrichen" in said_of.out.splitlines()
    assert town.changed() == []


def test_what_is_only_intended_may_be_added(town: Town) -> None:
    town.edit(
        "\nmeasures:\n",
        "\nmeasures:\n  - {id: nordhafen-m99, title: Lesepaten, goals: [nordhafen-g1], commitment: intended, "
        "budget_reservation: true, responsible: amt-40, executing: [amt-40]}\n",
    )
    assert town.changed() == []


def test_an_order_counts_for_who_is_responsible_and_not_for_the_goal(town: Town) -> None:
    content = (town.root / PLAN).read_text(encoding="utf-8")
    head, measure, tail = content.partition("  - id: nordhafen-m1\n")
    tail = tail.replace("responsible: amt-40", "responsible: amt-51", 1).replace(
        "title: Familiengrundschulzentrum Hafenschule", "title: Haus der Familie", 1
    )
    (town.root / PLAN).write_text(head + measure + tail, encoding="utf-8")
    town.resolution("v-2026-09", "hvb", "nordhafen-m1", kind="order")
    assert len(town.changed()) == 2
    assert town.call("resolve", "v-2026-09", "nordhafen-m1").code == 0
    assert [line.split("„nordhafen-m1“: ")[1].split(", seit")[0] for line in town.changed()] == [
        "„Titel“ wurde von „Familiengrundschulzentrum Hafenschule“ in „Haus der Familie“ geändert"
    ]


def test_a_budget_statute_counts_for_the_money(town: Town) -> None:
    content = (town.root / PLAN).read_text(encoding="utf-8")
    old = "planned: 180000, committed"
    assert old in content
    changed = content.replace(old, "planned: 190000, committed", 1).replace("own: 60000", "own: 70000", 1)
    (town.root / PLAN).write_text(changed, encoding="utf-8")
    labels = sorted(re.findall(r": „([^“]+)“ wurde", line)[0] for line in town.changed())
    assert labels == [
        "Finanzrahmen 2026 (Ansatz)",
        "Finanzrahmen 2026 (eigene Mittel)",
        "Kontierung 2026 03.02.01/531800/4020/result",
    ]
    town.resolution("b-2026-070", "rat", "nordhafen-m1", kind="budget-statute")
    assert town.call("resolve", "b-2026-070", "nordhafen-m1").code == 0
    assert town.changed() == []


def test_a_slip_of_the_pen_needs_reason_and_role(town: Town) -> None:
    town.edit("title: Familiengrundschulzentrum Hafenschule", "title: Familien-Grundschulzentrum Hafenschule")
    again = town.call("resolve", "b-2025-117", "nordhafen-m1")
    assert (again.code, again.out) == (1, "")
    assert again.err == (
        "sozplan: „b-2025-117“ hat schon anders entschieden über: nordhafen-m1. Was sich seither geändert hat, braucht "
        "einen neuen Beschluss; ein Schreibversehen berichtigen --reason und --role.\n"
    )
    half = town.call("resolve", "b-2025-117", "nordhafen-m1", "--reason", "Tippfehler")
    assert (half.code, half.err) == (2, "sozplan: Eine Berichtigung braucht beides: --reason und --role.\n")
    done = town.call("resolve", "b-2025-117", "nordhafen-m1", "--reason", "Tippfehler", "--role", "sozialplanung")
    assert done.code == 0
    assert town.changed() == []
    stamps = (town.root / "plans/resolutions/stamps/b-2025-117.yaml").read_text(encoding="utf-8")
    assert '        reason: "Tippfehler"\n        role: sozialplanung\n' in stamps


def test_a_number_is_no_slip_of_the_pen(town: Town) -> None:
    town.edit(TARGET, "target: {period: 2028/29, value: 38.5}")
    said = town.call("resolve", "b-2025-117", "nordhafen-g1-t1", "--reason", "Tippfehler", "--role", "sozialplanung")
    assert said.code == 1
    assert said.err == (
        "sozplan: „nordhafen-g1-t1“: „target.value“ ist kein Schreibversehen. Zahlen, Tage, Verweise und Einträge "
        "ändert nur ein Beschluss; war der erste Stempel falsch, löschen Sie ihn in "
        "plans/resolutions/stamps/b-2025-117.yaml und stempeln neu.\n"
    )
    assert len(town.changed()) == 1


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (
            ("v-2026-03", "nordhafen-2026"),
            1,
            "Der Beschluss „v-2026-03“ (Verfügung, „hvb“) kann über „nordhafen-2026“ nichts entscheiden. Wer wofür "
            "zuständig ist, steht in sozplan.yaml unter „authorities“.",
        ),
        (
            ("b-2026-052", "nordhafen-2026"),
            1,
            "Durch „b-2026-052“ vom 24.09.2026 ist nichts entschieden (zur Kenntnis genommen).",
        ),
        (
            ("b-2025-041", "nordhafen-m1"),
            1,
            "Der Beschluss „b-2025-041“ nennt „nordhafen-m1“ nicht unter „subjects“. Ergänzen Sie es dort, wenn er "
            "darüber entschieden hat.",
        ),
        (
            ("b-2099-001", "nordhafen-m1"),
            2,
            "Den Beschluss „b-2099-001“ gibt es nicht. Tragen Sie ihn zuerst unter plans/resolutions/ ein.",
        ),
        (
            ("b-2025-117", "nordhafen-m1", "nordhafen-m98"),
            2,
            "„nordhafen-m98“ gibt es nicht (oder die Datei dazu ist fehlerhaft: „sozplan check“).",
        ),
        (("b-2025-117", "nordhafen-m1", "--rev", "HEAD"), 2, "--rev: Gestempelt wird nur der Arbeitsstand."),
        (
            ("b-2025-117", "nordhafen-m1", "--reason", "x", "--role", "amt-99"),
            2,
            "--role: Die Stelle „amt-99“ gibt es nicht.",
        ),
    ],
)
def test_what_cannot_be_stamped_is_refused(town: Town, args: tuple[str, ...], code: int, said: str) -> None:
    before = {p: p.read_bytes() for p in town.root.rglob("*.yaml")}
    assert town.call("resolve", *args) == (code, "", f"sozplan: {said}\n")
    assert {p: p.read_bytes() for p in town.root.rglob("*.yaml")} == before
    assert not (town.root / ".sozplan.lock").exists()


def test_errors_in_the_entity_come_first(town: Town) -> None:
    line = town.edit(TARGET, "target: {period: 2028/29, value: 140.0}")
    town.resolution("b-2026-060", "rat", "nordhafen-g1-t1")
    said = town.call("resolve", "b-2026-060", "nordhafen-g1-t1")
    assert said.code == 1
    assert said.err.startswith(
        f"sozplan: Es gibt noch Fehler darin; gestempelt wird erst ohne. {PLAN}:{line}: target.out-of-bounds "
    )


def test_a_resolution_of_the_future_has_decided_nothing(town: Town) -> None:
    town.resolution("b-2026-080", "rat", "nordhafen-g1-t1", date="2026-12-10")
    said = town.call("resolve", "b-2026-080", "nordhafen-g1-t1", "--lang", "en")
    assert said == (1, "", "sozplan: By “b-2026-080” of 2026-12-10 nothing is decided (that day has not come yet).\n")


def test_stamping_twice_gives_the_same_bytes(town: Town) -> None:
    place = town.root / "plans/resolutions/stamps/b-2025-117.yaml"
    before = place.read_bytes()
    assert town.call("resolve", "b-2025-117", "nordhafen-2026").code == 0
    assert place.read_bytes() == before


def test_revised_figures_behind_a_designation_are_flagged(town: Town) -> None:
    table = "indicators/data/leistungen.csv"
    rows = (town.root / table).read_text(encoding="utf-8").splitlines(keepends=True)
    for i, row in enumerate(rows):
        if row.startswith("sgb2-quote-u15;0103;2023;"):
            cells = row.rstrip("\n").split(";")
            cells[3] = str(int(cells[3]) - 7)
            cells[5] = f"{int(cells[3]) / int(cells[4]) * 100:.1f}".replace(".", ",")
            rows[i] = ";".join(cells) + "\n"
    (town.root / table).write_text("".join(rows), encoding="utf-8")
    lines = [line for line in town.call("check").out.splitlines() if " dec.evidence-revised " in line]
    assert any("Gebietsfestlegung „festlegung-nordhafen“" in line for line in lines)
    assert all("die Zahl steht heute anders in der Tabelle als beim Beschluss" in line for line in lines)
    assert not any("festlegung-bahnviertel" in line for line in lines)


def test_a_new_row_in_the_table_revises_nothing(town: Town) -> None:
    table = "indicators/data/leistungen.csv"
    content = (town.root / table).read_text(encoding="utf-8")
    last = next(row for row in content.splitlines() if row.startswith("sgb2-quote-u15;0101;2025;"))
    (town.root / table).write_text(content + last.replace(";2025;", ";2014;") + "\n", encoding="utf-8")
    assert " dec.evidence-revised " not in town.call("check").out
