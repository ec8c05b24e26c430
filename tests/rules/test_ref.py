"""What the rules of references do where part of the repository could not be read."""

from __future__ import annotations

from pathlib import Path

from sozplan.diagnostics import Diagnostic
from sozplan.rules import ref
from sozplan.rules.rule import run
from tests.rules.harness import base, case_of, said, write

BROKEN = "\tkaputt\n"


def found_after_breaking(root: Path, path: str) -> tuple[list[str], list[Diagnostic]]:
    """The codes of the reader, and the rules' findings, where one file of the base example is broken."""
    files = base()
    files[path] += BROKEN
    case, unread = case_of(write(root, files))
    return [f"{d.at.file} {d.code.group}" for d in unread], list(run(case, ref.RULES))


def test_references_into_a_broken_file_are_left_aside(tmp_path: Path) -> None:
    for i, path in enumerate(sorted(p for p in base() if p.endswith(".yaml") and p != "sozplan.yaml")):
        unread, found = found_after_breaking(tmp_path / str(i), path)
        assert unread == [f"{path} yaml"]
        assert said(found) == []


def test_a_broken_file_does_not_hide_the_faults_of_others(tmp_path: Path) -> None:
    files = base()
    files["plans/areas/hafen.yaml"] += BROKEN
    files["plans/calendar.yaml"] = files["plans/calendar.yaml"].replace("body: rat", "body: raat")
    case, _ = case_of(write(tmp_path, files))
    assert said(run(case, ref.RULES)) == [
        "plans/calendar.yaml:2: ref.unknown Unter „Gremium“ steht „raat“, aber diese Kennung gibt es nicht. "
        "Meinten Sie „rat“?"
    ]


def test_an_unread_chapter_is_said_to_be_unreadable(tmp_path: Path) -> None:
    case, unread = case_of(write(tmp_path, base() | {"handbook/chapters/grundsaetze.md": "Grund\x07sätze\n"}))
    assert [d.code.id for d in unread] == ["file.control-character"]
    assert said(run(case, ref.RULES)) == [
        "handbook/handbook.yaml:10: ref.unknown Unter „Text“ steht „handbook/chapters/grundsaetze.md“, "
        "aber diese Datei gibt es unter handbook/chapters nicht, oder sie ist nicht zu lesen."
    ]


def test_suggestions_end_where_a_whole_file_is_missing(tmp_path: Path) -> None:
    files = base()
    actors = "".join(f"  - {{id: amt-{i:04d}, name: Amt {i}, kind: office}}\n" for i in range(2000))
    unknown = "".join(f"  - {{id: a-{i}, name: A, kind: office, part_of: amt-{i:04d}x}}\n" for i in range(60))
    files["plans/organisation/viele.yaml"] = "actors:\n" + actors + unknown
    case, _ = case_of(write(tmp_path, files))
    messages = said(run(case, ref.RULES))
    assert len(messages) == 60
    assert messages[0].endswith("aber diese Kennung gibt es nicht. Meinten Sie „amt-0000“?")
    assert messages[-1].endswith("Legen Sie an, was gemeint ist, oder berichtigen Sie den Verweis.")
