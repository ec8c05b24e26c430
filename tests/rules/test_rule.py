"""What makes a rule, and how its findings become diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.rules.rule import Finding, Rule, gather, rule, run
from tests.rules.harness import base, case_of, overlay, unmark, write

PAGE = """Ziele haben einen Namen

Ohne Namen findet sie niemand.

English:
    Goals have a name

    Without one nobody finds them.

Bad:
    # plans/strategy.yaml
    goals: []  # <- test.fault

Good:
    # plans/strategy.yaml
    goals: []
"""


def make(severity: Severity = Severity.ERROR, *, softens: bool = False, own: Severity | None = None) -> Rule:
    def everything(case: Case) -> Iterator[Finding]:
        for goal in (*case.plan.goals, *case.plan.area_goals):
            yield Finding(goal.at("id"), {"id": goal.id}, own)

    everything.__doc__ = PAGE
    return rule("test.fault", severity, de="Ziel {id}.", en="Goal {id}.", softens=softens)(everything)


def severities(tmp_path: Path, each: Rule, excerpt: str) -> dict[str | None, Severity]:
    case, unread = case_of(write(tmp_path, overlay(base(), excerpt)))
    assert unread == ()
    return {d.entity: d.severity for d in run(case, [each])}


def test_the_docstring_is_the_page() -> None:
    code = make().code
    assert code.title == Text("Ziele haben einen Namen", "Goals have a name")
    assert code.why == Text("Ohne Namen findet sie niemand.", "Without one nobody finds them.")
    assert code.bad == "# plans/strategy.yaml\ngoals: []  # <- test.fault"
    assert code.good == "# plans/strategy.yaml\ngoals: []"
    assert (code.id, code.group) == ("test.fault", "test")


@pytest.mark.parametrize("section", ["English", "Bad", "Good"])
def test_a_page_without_a_section_is_refused(section: str) -> None:
    def nothing(_: Case) -> Iterator[Finding]:
        yield from ()

    nothing.__doc__ = PAGE.replace(f"{section}:", "Else:")
    with pytest.raises(ValueError, match=f"^test.fault: the docstring lacks {section}$"):
        rule("test.fault", Severity.ERROR, de="x", en="x")(nothing)


def test_a_page_needs_a_reason() -> None:
    def nothing(_: Case) -> Iterator[Finding]:
        yield from ()

    nothing.__doc__ = PAGE.replace("Ohne Namen findet sie niemand.\n", "")
    with pytest.raises(ValueError, match=r"^test.fault: a title and, after a blank line, the reason$"):
        rule("test.fault", Severity.ERROR, de="x", en="x")(nothing)


def test_both_languages_name_the_same_fields() -> None:
    def nothing(_: Case) -> Iterator[Finding]:
        yield from ()

    nothing.__doc__ = PAGE
    with pytest.raises(ValueError, match=r"^test.fault: German and English messages name different fields$"):
        rule("test.fault", Severity.ERROR, de="Ziel {id}.", en="Goal.")(nothing)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^two rules are called test.fault$"):
        gather([make()], [make()])


def test_a_draft_softens_content_errors(tmp_path: Path) -> None:
    found = severities(tmp_path, make(softens=True), "# plans/areas/hafen.yaml\nstatus: draft\n")
    assert found == {
        "gute-bildung": Severity.ERROR,
        "frueh-foerdern": Severity.ERROR,
        "hafen-g1": Severity.WARNING,
    }


def test_a_status_of_its_own_counts_before_that_of_the_plan(tmp_path: Path) -> None:
    excerpt = (
        "# plans/strategy.yaml\ngoals:\n"
        "  - {id: gute-bildung, level: guiding, statement: Gut., status: draft}\n"
        "  - {id: frueh-foerdern, level: intermediate, parent: gute-bildung, statement: Früh.}\n"
    )
    found = severities(tmp_path, make(softens=True), excerpt)
    assert found == {
        "gute-bildung": Severity.WARNING,
        "frueh-foerdern": Severity.ERROR,
        "hafen-g1": Severity.ERROR,
    }


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (make(softens=False), Severity.ERROR),
        (make(softens=True, own=Severity.ERROR), Severity.ERROR),
        (make(Severity.INFO, softens=True), Severity.INFO),
        (make(own=Severity.WARNING), Severity.WARNING),
    ],
    ids=["integrity", "named by the finding", "information", "milder by the finding"],
)
def test_what_a_draft_does_not_soften(tmp_path: Path, each: Rule, expected: Severity) -> None:
    assert severities(tmp_path, each, "# plans/areas/hafen.yaml\nstatus: draft\n")["hafen-g1"] is expected


def test_an_overlay_replaces_keys_rows_and_files() -> None:
    files = {
        "plans/a.yaml": "id: a\nitems:\n  - x\n# note\nlast: 1\n",
        "indicators/data/b.csv": "indicator;area;period;value\nq;01;2024;1\nq;02;2024;2\n",
        "handbook/chapters/c.md": "# Alt\n",
    }
    excerpt = (
        "# plans/a.yaml\nitems:\n  - y  # <- group.fault\nnew: 2\n"
        "# indicators/data/b.csv\nq;02;2024;9\nq;03;2024;3\n"
        "# handbook/chapters/c.md\nText\n"
        "# plans/d.yaml\nid: d"
    )
    plain, marks = unmark(overlay(files, excerpt))
    assert plain == {
        "plans/a.yaml": "id: a\nitems:\n  - y\nlast: 1\nnew: 2\n",
        "indicators/data/b.csv": "indicator;area;period;value\nq;01;2024;1\nq;02;2024;9\nq;03;2024;3\n",
        "handbook/chapters/c.md": "Text\n",
        "plans/d.yaml": "id: d\n",
    }
    assert marks == [("group.fault", "plans/a.yaml", 3)]
