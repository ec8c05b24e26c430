"""The rules on processes beyond their pages' examples: each edge, and what people read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozplan.rules.proc import RULES
from sozplan.rules.rule import run
from tests.rules.harness import AS_OF, base, case_of, findings, said, write

PROCESS = "# handbook/processes/gebietsplan.yaml\nsteps:\n"


def flow(*steps: str, more: str = "") -> str:
    """A process of steps like `a task > b, c`: name, kind, and where it leads."""
    return PROCESS + "".join(f"  - {_step(each)}\n" for each in steps) + more


def _step(short: str) -> str:
    head, _, to = short.partition(" >")
    name, kind = head.split()
    leads = [each.strip() for each in to.split(",") if each.strip()]
    exits = ", ".join(f"{{label: nach {each}, to: {each}}}" for each in leads)
    out = f", exits: [{exits}]" if kind == "decision" else f", next: [{', '.join(leads)}]"
    return f"{{step: {name}, kind: {kind}, name: {name}, deadline: {{days: 1}}{out}}}"


def messages(tmp_path: Path, excerpt: str, lang: str = "de", as_of: date = AS_OF) -> list[str]:
    """Rule and sentence of each finding."""
    return [line.split(": ", 1)[1] for line in said(findings(tmp_path, RULES, excerpt, as_of), lang)]


def faults(tmp_path: Path, excerpt: str) -> list[str]:
    """What is said of the way, without rule and process."""
    head = "proc.unreachable „prozess-gebietsplan“: "
    found = messages(tmp_path, excerpt)
    assert all(each.startswith(head) for each in found), found
    return [each.removeprefix(head) for each in found]


def test_the_eight_rules_of_the_group() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "proc.unreachable": "error",
        "proc.exit-unlabelled": "error",
        "proc.input-missing": "warning",
        "proc.deadline-missing": "warning",
        "proc.phase-uncovered": "error",
        "proc.deadline-order": "warning",
        "proc.body-not-deciding": "error",
        "proc.calendar-clash": "warning",
    }


# The way


@pytest.mark.parametrize(
    "steps",
    [
        ("start event > a", "a task > ende", "ende event"),
        ("a task > b", "b task"),  # without events the first and the last step are the ends
        ("start event > a", "a task > b", "b decision > a, ende", "ende event"),  # a loop with a way out
        ("start event > f", "f fork > a, b", "a task > j", "b task > j", "j join > ende", "ende event"),
        # a decision inside one branch of a fork
        ("s event > f", "f fork > a, d", "a task > j", "d decision > b, j", "b task > j", "j join > e", "e event"),
        ("s event > d", "d decision > a, b", "a task > e", "b task > e", "e event"),
        ("s event > d", "d decision > e, f", "e event", "f event"),  # two ends
        ("s event > a", "t event > a", "a task > e", "e event"),  # two beginnings
        ("s event > f", "f fork > a, b", "a task > e", "b task > z", "z event", "e event"),  # branches end apart
        ("s event > j", "j join > e", "e event"),
    ],
)
def test_ways_that_hold(steps: tuple[str, ...], tmp_path: Path) -> None:
    assert messages(tmp_path, flow(*steps)) == []


NO_WAY = (
    "Zu Schritt „{}“ führt vom Anfang aus kein Weg. Nennen Sie ihn unter „next“ oder „exits“ des Schrittes davor, "
    "oder streichen Sie ihn."
)
DEAD = (
    "Bei Schritt „{}“ geht es nicht weiter, und er ist kein Ende. Nennen Sie den nächsten Schritt, "
    "oder fügen Sie ein Ereignis als Ende an."
)
TRAP = "Von {} aus führt kein Weg zu einem Ende. Geben Sie der Schleife einen Ausgang."
WAITING = (
    "Zusammenführung „{}“ wartet auf mehrere Wege, aber davor verzweigt nichts. Setzen Sie eine Verzweigung "
    "(kind: fork) davor, oder führen Sie die Wege ohne sie weiter."
)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("s event > e", "a task > b", "b task > e", "e event"), [NO_WAY.format("a")]),
        (("s event > e", "a task > b", "b task > a", "e event"), [NO_WAY.format("a")]),
        (("s event > e", "e event", "z event"), [NO_WAY.format("z")]),
        (("s event > a", "a task", "b task > e", "e event"), [DEAD.format("a"), NO_WAY.format("b")]),
        (("s event > d", "d decision > a, e", "a task", "e event"), [DEAD.format("a")]),
        (("s event > a", "a fork"), [DEAD.format("a")]),
        (("s event > a", "a task > b", "b task > a", "e event"), [TRAP.format("„s“, „a“, „b“"), NO_WAY.format("e")]),
        (("s event > d", "d decision > a, e", "a task > b", "b task > a", "e event"), [TRAP.format("„a“, „b“")]),
        (("a task > a",), [TRAP.format("„a“")]),
        (
            ("s event > d", "d decision > a, b", "a task > j", "b task > j", "j join > e", "e event"),
            [WAITING.format("j")],
        ),
    ],
)
def test_ways_that_do_not_hold(steps: tuple[str, ...], expected: list[str], tmp_path: Path) -> None:
    assert faults(tmp_path, flow(*steps)) == expected


def test_a_step_that_is_not_there(tmp_path: Path) -> None:
    assert said(findings(tmp_path, RULES, flow("s event > a", "a decision > e, b", "e event")), "en") == [
        "handbook/processes/gebietsplan.yaml:13: proc.unreachable “prozess-gebietsplan”: step “a” leads to “b”, but "
        "there is no such step here. Correct the name, or add the step."
    ]


def test_one_wrong_name_does_not_echo(tmp_path: Path) -> None:
    (found,) = messages(tmp_path, work("outputs: [Entwurf]", "inputs: [Entwurf]").replace("next: [b]", "next: [bb]"))
    assert found.startswith("proc.unreachable „prozess-gebietsplan“: Schritt „a“ führt zu „bb“, aber diesen Schritt")


def test_a_step_off_the_way_does_not_echo(tmp_path: Path) -> None:
    (found,) = messages(tmp_path, work("outputs: [Entwurf]", "inputs: [Entwurf]").replace("next: [b]", "next: [c]"))
    assert found.startswith("proc.unreachable „prozess-gebietsplan“: Zu Schritt „b“ führt vom Anfang aus kein Weg.")


def test_two_steps_of_one_name(tmp_path: Path) -> None:
    assert faults(tmp_path, flow("s event > a", "a task > e", "a task > e", "e event")) == [
        "Zwei Schritte heißen „a“, der zweite wird nie erreicht. Benennen Sie ihn um."
    ]


def test_procedures_of_the_inventory_are_followed_as_well(tmp_path: Path) -> None:
    excerpt = """\
# plans/inventory/weitere.yaml
items:
  - id: verfahren
    title: Antrag auf einen Kita-Platz
    kind: procedure
    steps:
      - {step: antrag, name: Antrag stellen, next: [bescheid]}
      - {step: bescheid, kind: decision, name: Bescheid, next: [antrag]}
"""
    assert messages(tmp_path, excerpt) == [
        "proc.unreachable „verfahren“: Von „antrag“, „bescheid“ aus führt kein Weg zu einem Ende. "
        "Geben Sie der Schleife einen Ausgang.",
        "proc.exit-unlabelled „verfahren“, Entscheidung „bescheid“: Unter „next“ steht ein Weg ohne Antwort. "
        "Schreiben Sie ihn mit „label“ unter „exits“.",
    ]


@pytest.mark.parametrize(
    ("exits", "fault"),
    [
        ("exits: [{label: ja, to: e}, {label: Nein, to: s}]", None),
        (
            "exits: [{label: ja, to: e}]",
            "Sie hat weniger als zwei Ausgänge. Nennen Sie unter „exits“ jede Antwort, oder machen Sie eine Aufgabe "
            "daraus.",
        ),
        (
            "exits: [{label: ja, to: e}, {to: s}]",
            "Der Ausgang zu „s“ hat keine Beschriftung. Schreiben Sie die Antwort unter „label“.",
        ),
        (
            "exits: [{label: ja, to: e}, {label: Ja, to: s}]",
            "Zwei Ausgänge heißen „Ja“. Beschriften Sie jeden anders.",
        ),
        (
            "next: [s], exits: [{label: ja, to: e}]",
            "Unter „next“ steht ein Weg ohne Antwort. Schreiben Sie ihn mit „label“ unter „exits“.",
        ),
    ],
)
def test_exits_of_a_decision(exits: str, fault: str | None, tmp_path: Path) -> None:
    decision = f"  - {{step: d, kind: decision, name: D, deadline: {{days: 1}}, {exits}}}\n"
    excerpt = (
        f"{PROCESS}  - {{step: s, kind: event, name: S, next: [d]}}\n{decision}  - {{step: e, kind: event, name: E}}\n"
    )
    expected = [f"proc.exit-unlabelled „prozess-gebietsplan“, Entscheidung „d“: {fault}"] if fault else []
    assert messages(tmp_path, excerpt) == expected


# The work


def work(first: str, second: str) -> str:
    """Start, two steps in line with their inputs and outputs, a third, the end."""
    return (
        f"{PROCESS}  - {{step: s, kind: event, name: S, outputs: [Auftrag], next: [a]}}\n"
        f"  - {{step: a, name: A, deadline: {{days: 1}}, next: [b], {first}}}\n"
        f"  - {{step: b, name: B, deadline: {{days: 1}}, next: [c], {second}}}\n"
        "  - {step: c, name: C, inputs: [auftrag], deadline: {days: 1}, next: [e]}\n"
        "  - {step: e, kind: event, name: E}\n"
    )


HEAD = "proc.input-missing „prozess-gebietsplan“, Schritt"


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ("outputs: [Entwurf]", "inputs: [entwurf]", None),
        (
            "inputs: [Entwurf]",
            "outputs: [Entwurf]",
            "„a“: Die Eingabe „Entwurf“ entsteht erst danach oder auf einem anderen Weg. "
            "Ändern Sie die Reihenfolge, oder streichen Sie die Eingabe.",
        ),
        (
            "inputs: [Dossier]",
            "inputs: []",
            "„a“: Die Eingabe „Dossier“ entsteht nirgends. Nennen Sie sie unter „outputs“ des Schrittes, der sie "
            "liefert; kommt sie von außen, beim Anfangsereignis.",
        ),
        (
            "inputs: []",
            "outputs: [Vermerk]",
            "„b“: Das Ergebnis „Vermerk“ braucht danach niemand. Nennen Sie es unter „inputs“ des Schrittes, der es "
            "braucht, oder streichen Sie es.",
        ),
    ],
)
def test_things_made_and_used(first: str, second: str, fault: str | None, tmp_path: Path) -> None:
    found = messages(tmp_path, work(first, second))
    assert found[:1] == ([f"{HEAD} {fault}"] if fault else [])


def test_around_a_loop_things_are_made_before(tmp_path: Path) -> None:
    excerpt = f"""\
{PROCESS}  - {{step: s, kind: event, name: S, next: [a]}}
  - {{step: a, name: A, deadline: {{days: 1}}, inputs: [Einwand], outputs: [Entwurf], next: [d]}}
  - step: d
    kind: decision
    name: D
    deadline: {{days: 1}}
    inputs: [Entwurf]
    outputs: [Einwand]
    exits: [{{label: zurück, to: a}}, {{label: weiter, to: e}}]
  - {{step: e, kind: event, name: E}}
"""
    assert messages(tmp_path, excerpt) == []


def test_another_process_may_make_it(tmp_path: Path) -> None:
    other = """\
# handbook/processes/daten.yaml
id: daten
name: Daten liefern
kind: support
steps:
  - {step: s, kind: event, name: S, next: [a]}
  - {step: a, name: A, outputs: [Datenpaket], deadline: {days: 1}, next: [b]}
  - {step: b, name: B, deadline: {days: 1}, next: [e]}
  - {step: e, kind: event, name: E}
"""
    assert messages(tmp_path, work("inputs: [Datenpaket]", "inputs: [Auftrag]") + other) == []


def test_tasks_and_decisions_have_deadlines(tmp_path: Path) -> None:
    excerpt = flow("s event > f", "f fork > a, b", "a task > j", "b task > j", "j join > e", "e event")
    assert messages(tmp_path, excerpt.replace(", deadline: {days: 1}", "")) == [
        f"proc.deadline-missing „prozess-gebietsplan“, Schritt „{step}“ hat keine Frist. "
        "Nennen Sie unter „deadline“ die Tage vor oder nach dem Auslöser."
        for step in "ab"
    ]


def limits(first: str, second: str, between: str = "f fork") -> str:
    """Start, a step, what has no deadline, a second step, the end."""
    name, kind = between.split()
    return (
        f"{PROCESS}  - {{step: s, kind: event, name: S, next: [a]}}\n"
        f"  - {{step: a, name: A, deadline: {{{first}}}, next: [{name}]}}\n"
        f"  - {{step: {name}, kind: {kind}, name: F, next: [b, c]}}\n"
        f"  - {{step: b, name: B, deadline: {{{second}}}, next: [e, a]}}\n"
        "  - {step: c, name: C, deadline: {days: 90, after: Start}, next: [e]}\n"
        "  - {step: e, kind: event, name: E}\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("days: 10", "days: 10", None),
        ("days: 10", "days: 12", None),
        ("days: 10", "days: 9", ("T + 9 Werktage", "T + 10 Werktage")),
        ("days: -10", "days: -12", ("T \N{MINUS SIGN} 12 Werktage", "T \N{MINUS SIGN} 10 Werktage")),
        ("days: 10, after: Auftrag", "days: 9, after: Beschluss", None),
        ("days: 10, after: Auftrag", "days: 9, after: auftrag", ("T + 9 Werktage", "T + 10 Werktage")),
        ("days: 10", "days: 14, working_days: false", None),
        ("days: 10", "days: 13, working_days: false", ("T + 13 Tage", "T + 10 Werktage")),
        # 20 working days after 24 March 2026: 21 April without holidays, 23 April with Good Friday and Easter Monday
        (
            "days: 20, after: 24. März",
            "days: 29, working_days: false, after: 24. März",
            ("T + 29 Tage", "T + 20 Werktage"),
        ),
        ("days: 20, after: 24. März", "days: 30, working_days: false, after: 24. März", None),
        ("days: 20, after: Auftrag", "days: 28, working_days: false, after: Auftrag", None),
    ],
)
def test_deadlines_add_up(first: str, second: str, said: tuple[str, str] | None, tmp_path: Path) -> None:
    found = [each for each in messages(tmp_path, limits(first, second)) if each.startswith("proc.deadline-order")]
    assert found == (
        [
            f"proc.deadline-order „prozess-gebietsplan“: Schritt „b“ hat die Frist {said[0]}, der Schritt „a“ davor "
            f"erst {said[1]}. Verlängern Sie die eine Frist, oder verkürzen Sie die andere."
        ]
        if said
        else []
    )


@pytest.mark.parametrize(("body", "may"), [("rat", True), ("steuerungsgruppe", True), ("hafenkonferenz", False)])
def test_bodies_that_decide(body: str, may: bool, tmp_path: Path) -> None:
    excerpt = (
        f"{PROCESS}  - {{step: s, kind: event, name: S, next: [d]}}\n"
        f"  - {{step: d, kind: decision, name: D, body: {body}, deadline: {{days: 1}}, "
        "exits: [{label: ja, to: e}, {label: nein, to: f}]}\n"
        "  - {step: e, kind: event, name: E}\n  - {step: f, kind: event, name: F}\n"
    )
    expected = (
        "proc.body-not-deciding „prozess-gebietsplan“: „hafenkonferenz“ soll „d“ entscheiden, ist aber ein Gremium der "
        "Art „beteiligend“, und sein Mandat nennt nichts, worüber es entscheidet. Nennen Sie das zuständige Gremium, "
        "oder ergänzen Sie „decides“ im Mandat."
    )
    assert messages(tmp_path, excerpt) == ([] if may else [expected])


@pytest.mark.parametrize("over", ["state: current\n", "status: ended\n", "valid_to: 2026-09-30\n"])
def test_deadlines_bind_what_is_to_be(over: str, tmp_path: Path) -> None:
    excerpt = flow("a task > b", "b task", more=over).replace(", deadline: {days: 1}", "")
    assert [each for each in messages(tmp_path, excerpt) if not each.startswith("proc.phase")] == []


# The cycle


def test_phases_that_nobody_covers(tmp_path: Path) -> None:
    excerpt = "# handbook/processes/gebietsplan.yaml\nphases: [analyse, goals, measures, decision, implementation]\n"
    assert said(findings(tmp_path, RULES, excerpt)) == [
        "handbook/handbook.yaml:1: proc.phase-uncovered Kein Soll-Prozess deckt diese Phasen des Steuerungskreislaufs "
        "ab: Monitoring, Evaluation und Fortschreibung. Nennen Sie die Phase unter „phases“ des Prozesses, der sie "
        "leistet, oder beschreiben Sie einen neuen."
    ]


def test_without_handbook_and_processes_nothing_is_asked(tmp_path: Path) -> None:
    files = {path: content for path, content in base().items() if not path.startswith("handbook/")}
    case, _ = case_of(write(tmp_path, files))
    assert list(run(case, RULES)) == []


# The calendars

PAPER = """\
# plans/areas/hafen.yaml
paper:
  date: 2026-08-27
  consultations:
"""


def clash(tmp_path: Path, excerpt: str, as_of: date = AS_OF) -> list[str]:
    head = "proc.calendar-clash "
    return [each.removeprefix(head) for each in messages(tmp_path, excerpt, as_of=as_of) if each.startswith(head)]


def test_a_day_without_a_session(tmp_path: Path) -> None:
    assert clash(tmp_path, f"{PAPER}    - {{body: rat, date: 2026-09-18, role: information}}\n") == [
        "„hafen-2026“: „rat“ tagt am 18.09.2026 nicht. Wählen Sie eine Sitzung, z. B. 17.09.2026 oder 10.12.2026."
    ]


@pytest.mark.parametrize("when", ["2025-12-11", "2027-03-11"])
def test_where_no_sessions_are_entered_nothing_is_compared(when: str, tmp_path: Path) -> None:
    assert (
        clash(
            tmp_path,
            f"{PAPER}    - {{body: rat, date: {when}, role: information}}\n".replace("2026-08-27", when[:4] + "-01-01"),
        )
        == []
    )


def test_a_paper_after_the_invitations(tmp_path: Path) -> None:
    stop = "    - {body: jugendhilfeausschuss, date: 2026-09-10, role: advice}\n"
    assert clash(tmp_path / "late", (PAPER + stop).replace("08-27", "09-01")) == [
        "„hafen-2026“: Die Vorlage ist vom 01.09.2026; zur Sitzung von „jugendhilfeausschuss“ am 10.09.2026 wird "
        "10 Tage vorher eingeladen. Legen Sie sie früher vor, oder wählen Sie eine spätere Sitzung."
    ]
    assert clash(tmp_path / "in-time", (PAPER + stop).replace("08-27", "08-31")) == []


def test_a_progress_report_goes_to_a_session_too(tmp_path: Path) -> None:
    further = (
        "# plans/areas/hafen.yaml\npapers:\n"
        "  - kind: progress\n    consultations: [{body: rat, date: 2026-09-18, role: information}]\n"
    )
    assert clash(tmp_path, further) == [
        "„hafen-2026“: „rat“ tagt am 18.09.2026 nicht. Wählen Sie eine Sitzung, z. B. 17.09.2026 oder 10.12.2026."
    ]


def test_a_decision_after_the_budget(tmp_path: Path) -> None:
    assert clash(tmp_path, f"{PAPER}    - {{body: rat, date: 2026-09-17, role: decision}}\n") == [
        "„hafen-2026“: „rat“ entscheidet am 17.09.2026, der Haushalt 2026 wurde schon am 11.12.2025 beschlossen. "
        "Legen Sie den Plan früher vor, oder beginnen Sie Maßnahmen später."
    ]


def test_two_lists_of_sessions_that_differ(tmp_path: Path) -> None:
    excerpt = """\
# plans/calendar.yaml
appointments:
  - {id: t1, title: Rat, kind: session, date: 2026-09-24, body: rat}
  - {id: t2, title: Rat, kind: session, date: 2027-03-11, body: rat}
  - {id: t3, title: Rat, kind: session, date: 2026-09-17, body: rat}
"""
    assert clash(tmp_path, excerpt) == [
        "„t1“: Der Kalender nennt eine Sitzung von „rat“ am 24.09.2026, das Gremium selbst nicht. "
        "Berichtigen Sie das eine oder das andere."
    ]


def step_in_rat(days: int, after: str, more: str = "") -> str:
    return f"""\
{PROCESS}  - {{step: s, kind: event, name: S, next: [a]}}
  - {{step: a, name: A, body: rat, deadline: {{days: {days}, after: {after}{more}}}, next: [e]}}
  - {{step: e, kind: event, name: E}}
"""


@pytest.mark.parametrize(
    ("days", "after", "clashes"),
    [
        (15, "1. Oktober", True),  # the council meets on 17 September and 10 December
        (46, "1. Oktober", False),  # until Friday 4 December; the session on the 10th is within the slack
        (45, "1. Oktober", False),
        (44, "1. Oktober", True),  # until Wednesday 2 December
        (45, "20. Oktober", False),
        (30, "Festlegung", False),
        (30, "31. Februar", False),
    ],
)
def test_a_step_in_a_body_that_does_not_meet(days: int, after: str, clashes: bool, tmp_path: Path) -> None:
    assert bool(clash(tmp_path, step_in_rat(days, after))) is clashes


def test_the_step_and_its_time_are_named(tmp_path: Path) -> None:
    assert clash(tmp_path, step_in_rat(10, "1. October")) == [
        "„prozess-gebietsplan“: Für Schritt „a“ ist vom 01.10.2026 bis 15.10.2026 Zeit, aber „rat“ tagt dann nicht. "
        "Ändern Sie die Frist, oder legen Sie eine Sitzung in diese Zeit."
    ]


def test_slack_is_the_municipality_s_own(tmp_path: Path) -> None:
    slack = "# sozplan.yaml\norganisation: {session_slack_days: 14}\n"
    assert clash(tmp_path, step_in_rat(10, "1. Oktober") + slack) == []


def test_a_broken_file_raises_no_false_alarm(tmp_path: Path) -> None:
    for i, path in enumerate(sorted(p for p in base() if p.endswith(".yaml") and p != "sozplan.yaml")):
        case, unread = case_of(write(tmp_path / str(i), base() | {path: base()[path] + "\tkaputt\n"}))
        assert unread
        assert said(run(case, RULES)) == []


def test_a_very_long_process_is_no_burden(tmp_path: Path) -> None:
    steps = [f"a{i} task > a{i + 1}, a{max(i - 7, 0)}" for i in range(1500)]
    assert messages(tmp_path, flow("s event > a0", *steps, "a1500 event")) == []
