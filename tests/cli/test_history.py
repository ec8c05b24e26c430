"""`sozplan history` on real commits: both clocks, moves, gaps, and nobody's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.repository import AREA, Repository, Sozplan, sozplan_on
from tests.cli.test_diff import RESOLUTION
from tests.conftest import git

DECIDED = (
    "  b-2025-117, Vorlage V-2025-117, Rat, 11.12.2025, angenommen: Sozialraumgebietsplan Hafen 2026–2029; "
    "eingetragen: 15.01.2026 {}"
)


def test_a_whole_life(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")[:10]
    repository.edit(AREA, ("responsible: amt-51", "responsible: sozialplanung"))
    second = repository.commit("2026-02-03")[:10]
    repository.move(AREA, "plans/areas/am-hafen.yaml")
    repository.commit("2026-02-10")
    repository.edit("plans/areas/am-hafen.yaml", ("budget_reservation: false", "budget_reservation: true"))
    repository.edit("plans/resolutions/beschluesse.yaml", ("  - id: v-2026-03\n", f"{RESOLUTION}  - id: v-2026-03\n"))
    repository.edit(
        "plans/resolutions/beschluesse.yaml", ("subjects: [hafen-2026]\n  - id: v", "subjects: [hafen-m1]\n  - id: v")
    )
    fourth = repository.commit("2026-09-20")[:10]
    repository.edit("plans/areas/am-hafen.yaml", ("title: Kita-Lotsen im Hafentreff", "title: Kita-Lotsen"))
    said = sozplan("history", "hafen-m1")
    assert said.out == (
        "Maßnahme „Kita-Lotsen“ (hafen-m1)\n"
        "\n"
        "Entschieden (Tag der Entscheidung)\n"
        f"{DECIDED.format(first)}\n"
        "  b-2026-200, Vorlage V-2026-200, Rat, 17.09.2026, angenommen: Fortschreibung Hafen; eingetragen: "
        f"20.09.2026 {fourth}\n"
        "\n"
        "Eingetragen in git (Tag des Commits)\n"
        f"  15.01.2026 {first}: angelegt\n"
        f"  03.02.2026 {second}: Verantwortliche Stelle wechselt von Amt 51 zu Sozialplanung\n"
        f"  20.09.2026 {fourth}: Haushaltsvorbehalt von nein auf ja geändert (Beschluss b-2026-200)\n"
        "  noch nicht eingetragen: Titel neu gefasst: bisher „Kita-Lotsen im Hafentreff“, jetzt „Kita-Lotsen“\n"
    )
    assert (said.code, said.err) == (0, "")


def test_what_is_gone(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")[:10]
    repository.edit(
        AREA, ("      - {id: hafen-m1-ms2, title: Sprechstunde in beiden Stadtbezirken, due: 2027-03-31}\n", "")
    )
    second = repository.commit("2026-02-03")[:10]
    assert sozplan("history", "hafen-m1-ms2").out == (
        "Meilenstein „Sprechstunde in beiden Stadtbezirken“ (hafen-m1-ms2)\n"
        "Es gibt den Eintrag nicht mehr.\n"
        "\n"
        "Entschieden (Tag der Entscheidung)\n"
        f"{DECIDED.format(first)}\n"
        "\n"
        "Eingetragen in git (Tag des Commits)\n"
        f"  15.01.2026 {first}: angelegt\n"
        f"  03.02.2026 {second}: gestrichen\n"
    )
    assert (
        sozplan("history", "hafen-m1-ms2", "--rev", "HEAD~1").out.splitlines()[-1] == f"  15.01.2026 {first}: angelegt"
    )


def test_a_broken_commit_is_said_and_bridged(repository: Repository, sozplan: Sozplan) -> None:
    good = repository.read(AREA)
    repository.write(AREA, good.replace("area: hafen\n", "area: [hafen\n"))
    broken = repository.commit("2026-02-03")[:10]
    repository.write(AREA, good.replace("title: Kita-Besuch", "title: Kita"))
    mended = repository.commit("2026-02-04")[:10]
    assert sozplan("history", "hafen-g1", "--lang", "en").out.splitlines()[-2:] == [
        f"  3 Feb 2026 {broken}: not readable for a fault in the file; the state before stands",
        f"  4 Feb 2026 {mended}: Short name reworded: was “Kita-Besuch”, now “Kita”",
    ]


def test_a_merge_counts_as_what_it_brought(repository: Repository, sozplan: Sozplan) -> None:
    repository.git("checkout", "--quiet", "-b", "vorschlag")
    repository.edit(AREA, ("priority: high", "priority: low"))
    repository.commit("2026-02-03")
    repository.edit(AREA, ("priority: low", "priority: medium"))
    repository.commit("2026-02-04")
    repository.git("checkout", "--quiet", "main")
    repository.write("plans/documents/notiz.md", "Notiz\n")
    repository.commit("2026-02-05")
    git(repository.root, "merge", "--quiet", "--no-ff", "--no-edit", "vorschlag")
    merge = repository.git("rev-parse", "HEAD")[:10]
    lines = sozplan("history", "hafen-n1").out.splitlines()
    assert lines[-1].endswith(f"{merge}: Priorität von hoch auf mittel geändert")
    assert len([line for line in lines if "Priorität" in line]) == 1


def test_json(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(AREA, ("value: 90.0", "value: 92.5"))
    second = repository.commit("2026-02-03")
    document = json.loads(sozplan("history", "hafen-g1-t1", "--format", "json").out)
    recorded = {"commit": first, "date": "2026-01-15T09:00:00+01:00"}
    assert document == {
        "version": 1,
        "entity": "hafen-g1-t1",
        "kind": "Change",
        "exists": True,
        "complete": True,
        "decisions": [
            {
                "resolution": "b-2025-117",
                "number": "V-2025-117",
                "body": "rat",
                "decided": "2025-12-11",
                "outcome": "adopted",
                "title": "Sozialraumgebietsplan Hafen 2026–2029",
                "recorded": recorded,
            }
        ],
        "records": [
            {**recorded, "file": AREA, "change": "added", "changes": [], "resolutions": [], "stamped": []},
            {
                "commit": second,
                "date": "2026-02-03T09:00:00+01:00",
                "file": AREA,
                "change": "changed",
                "changes": [
                    {
                        "field": "target.value",
                        "old": 90.0,
                        "new": 92.5,
                        "message": "Zielwert von 90,0 % auf 92,5 % angehoben",
                    }
                ],
                "resolutions": [],
                "stamped": [],
            },
        ],
    }


STAMPS = "plans/resolutions/stamps/b-2026-200.yaml"


def stamps(value: str) -> str:
    period = "6ae9e4d22c4670b9140fc378214b3274fb3f64d16058717f974515000680b24c"
    return (
        "resolution: b-2026-200\nstamps:\n  - entity: hafen-g1-t1\n    v: 1\n    fields:\n"
        f"      target.period: {period}\n      target.value: {value * 64}\n"
    )


def test_a_stamp_says_which_resolution_decided_what(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")[:10]
    repository.edit("plans/resolutions/beschluesse.yaml", ("  - id: v-2026-03\n", f"{RESOLUTION}  - id: v-2026-03\n"))
    repository.write(STAMPS, stamps("a"))
    second = repository.commit("2026-09-20")[:10]
    repository.write(STAMPS, stamps("b"))
    third = repository.commit("2026-09-21")[:10]
    said = sozplan("history", "hafen-g1-t1")
    stamped = "als entschieden festgehalten durch Beschluss b-2026-200:"
    assert said.out.split("(Tag des Commits)\n")[1] == (
        f"  15.01.2026 {first}: angelegt\n"
        f"  20.09.2026 {second}: {stamped} Zielwert (Zeitpunkt, Wert)\n"
        f"  21.09.2026 {third}: {stamped} Zielwert (Wert)\n"
    )
    records = json.loads(sozplan("history", "hafen-g1-t1", "--format", "json").out)["records"]
    assert [record["stamped"] for record in records] == [
        [],
        [{"resolution": "b-2026-200", "fields": ["target.period", "target.value"]}],
        [{"resolution": "b-2026-200", "fields": ["target.value"]}],
    ]


@pytest.mark.parametrize("form", ["text", "json"])
def test_nobody_is_named(repository: Repository, sozplan: Sozplan, form: str) -> None:
    """Authors and committers have names and addresses in git; here they have none."""
    repository.edit(AREA, ("value: 90.0", "value: 92.5"))
    repository.commit()
    out = sozplan("history", "hafen-g1-t1", "--format", form).out
    assert "Stelle Sozialplanung" in repository.git("log", "--format=%an")
    assert "Stelle Sozialplanung" not in out
    assert "example.org" not in out


def test_a_hostile_configuration_runs_nothing(repository: Repository, sozplan: Sozplan, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {canary}\n", encoding="utf-8")
    trap.chmod(0o755)
    for key, value in {
        "log.showSignature": "true",
        "gpg.program": str(trap),
        "core.fsmonitor": str(trap),
        "core.pager": str(trap),
        "diff.external": str(trap),
        "core.hooksPath": str(tmp_path),
    }.items():
        repository.git("config", key, value)
    first = repository.git("-c", "core.fsmonitor=false", "rev-parse", "HEAD")[:10]
    canary.unlink(missing_ok=True)
    assert sozplan("history", "hafen-g1").out.splitlines()[-1] == f"  15.01.2026 {first}: angelegt"
    assert sozplan("diff", "HEAD").code == 0
    assert not canary.exists()


def test_replaced_commits_and_a_foreign_git_folder_mislead_nobody(
    repository: Repository, sozplan: Sozplan, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repository.git("rev-parse", "HEAD")[:10]
    repository.edit(AREA, ("value: 90.0", "value: 92.5"))
    second = repository.commit("2026-02-03")[:10]
    git(repository.root, "replace", "--graft", "HEAD")
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert sozplan("history", "hafen-g1-t1").out.splitlines()[-2:] == [
        f"  15.01.2026 {first}: angelegt",
        f"  03.02.2026 {second}: Zielwert von 90,0 % auf 92,5 % angehoben",
    ]


def test_a_shallow_clone_says_that_the_beginning_is_missing(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.edit(AREA, ("value: 90.0", "value: 92.5"))
    repository.commit()
    clone = tmp_path_factory.mktemp("clone") / "here"
    git(clone.parent, "clone", "--quiet", "--depth=1", repository.root.as_uri(), str(clone))
    said = sozplan_on(clone, capsys)("history", "hafen-g1-t1")
    assert said.out.splitlines()[-2:] == [
        "",
        "Ältere Commits fehlen in diesem Repository; holen Sie sie mit „git fetch --unshallow“.",
    ]


def test_a_planning_folder_inside_a_larger_repository(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outer = tmp_path_factory.mktemp("outer")
    git(outer, "init", "--quiet", "--initial-branch=main")
    (repository.root / ".git").rename(tmp_path_factory.mktemp("gone") / "git")
    repository.root.rename(outer / "planung")
    git(outer, "add", "--all")
    git(outer, "commit", "--quiet", "--message=Stand")
    said = sozplan_on(outer / "planung", capsys)("history", "hafen-g1")
    assert said.out.splitlines()[-1].endswith(": angelegt")


@pytest.mark.parametrize("asked", ["hafen-m1", "hafen-lotsen", "hafen-kitalotsen"])
def test_a_renamed_entry_keeps_its_life(repository: Repository, sozplan: Sozplan, asked: str) -> None:
    """By whichever of its ids somebody asks, who may have an old paper in hand."""
    first = repository.git("rev-parse", "HEAD")[:10]
    assert sozplan("rename", "hafen-m1", "hafen-lotsen").code == 0
    second = repository.commit("2026-02-03")[:10]
    repository.edit(AREA, ("budget_reservation: false", "budget_reservation: true"))
    third = repository.commit("2026-02-04")[:10]
    assert sozplan("rename", "hafen-lotsen", "hafen-kitalotsen").code == 0
    lines = sozplan("history", asked).out.splitlines()
    assert lines[0] == "Maßnahme „Kita-Lotsen im Hafentreff“ (hafen-kitalotsen)"
    assert DECIDED.format(first) in lines
    assert lines[-4:] == [
        f"  15.01.2026 {first}: angelegt",
        f"  03.02.2026 {second}: Kennung neu gefasst: bisher „hafen-m1“, jetzt „hafen-lotsen“",
        f"  04.02.2026 {third}: Haushaltsvorbehalt von nein auf ja geändert",
        "  noch nicht eingetragen: Kennung neu gefasst: bisher „hafen-lotsen“, jetzt „hafen-kitalotsen“",
    ]


@pytest.mark.parametrize(
    ("id", "code", "err"),
    [("hafen-g9", 2, "Die Kennung „hafen-g9“ gibt es nicht, auch in keinem früheren Stand. Meinten Sie „hafen-g1“?")],
)
def test_unknown_ids(sozplan: Sozplan, id: str, code: int, err: str) -> None:
    said = sozplan("history", id)
    assert (said.code, said.out, said.err) == (code, "", f"sozplan: {err}\n")


def test_without_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = Repository(tmp_path)
    (tmp_path / ".git").rename(tmp_path / "weg")
    for command in (("history", "hafen-g1"), ("diff", "HEAD")):
        said = sozplan_on(repository.root, capsys)(*command)
        assert (said.code, said.out) == (3, "")
        assert said.err == ("sozplan: Der Ordner liegt in keinem Git-Repository; frühere Stände gibt es hier nicht.\n")
