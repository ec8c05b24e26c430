"""What an edit shows of itself."""

from __future__ import annotations

from sozplan.diagnostics import Location, diagnostic
from sozplan.render.edits import differences, findings
from sozplan.repo.codes.yaml import ALIAS


def test_lines_and_their_place() -> None:
    files = {"plans/a.yaml": ("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 3\nc: 3\nd: 4\n")}
    assert differences(files, "de") == "plans/a.yaml, Zeile 2:\n- b: 2\n+ b: 3\nplans/a.yaml, Zeile 4:\n+ d: 4\n"
    assert differences(files, "en", colour=True).startswith(
        "plans/a.yaml, line 2:\n\x1b[31m- b: 2\x1b[0m\n\x1b[32m+ b: 3\x1b[0m\n"
    )


def test_stamps_and_long_changes_are_counted() -> None:
    stamps = {"plans/resolutions/stamps/b.yaml": ("a: 1\n", "a: 2\n")}
    assert differences(stamps, "de") == "plans/resolutions/stamps/b.yaml: eine Zeile\n"
    long = {"indicators/data/x.csv": ("a\n" * 50, "b\n" * 50)}
    assert differences(long, "en") == "indicators/data/x.csv: 50 lines\n"


def test_findings() -> None:
    one = diagnostic(ALIAS, Location("plans/a.yaml", 3, 4), sign="*")
    said = findings([one] * 22, 1, "de")
    assert said.startswith("Neue Befunde:\nplans/a.yaml:3:4: Fehler yaml.alias ")
    assert said.endswith("… und 2 weitere: „sozplan check“\nEin Befund ist erledigt.\n")
    assert findings([], 2, "en") == "2 findings are solved.\n"
    assert findings([], 0, "de") == ""
