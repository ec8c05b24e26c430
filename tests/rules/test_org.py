"""The rules on the organisation beyond their pages' examples: each edge, and what people read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sozplan.diagnostics import Severity
from sozplan.rules.org import RULES
from sozplan.rules.rule import run
from tests.rules.harness import AS_OF, base, case_of, findings, said, write

SHORT = "# sozplan.yaml\norganisation: {charter: [mandate]}\n"
"""Bodies of the tests needn't have a whole charter."""
MEASURE = """\
# plans/areas/hafen.yaml
measures:
  - id: hafen-m1
    title: Kita-Lotsen im Hafentreff
    goals: [hafen-g1]
    commitment: intended
    budget_reservation: false
"""


def body(more: str, kind: str = "coordinating", id: str = "runde") -> str:
    """A body of its own file, with the lines given."""
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    head = f"bodies:\n  - id: {id}\n    name: Präventionsrunde\n    kind: {kind}\n"
    escalates = "" if kind == "deciding" or "escalates_to" in more else "    escalates_to: rat\n"
    return f"{SHORT}# plans/organisation/weitere.yaml\n{head}    mandate: {{statement: Stimmt ab.}}\n{escalates}{lines}"


def messages(tmp_path: Path, excerpt: str, lang: str = "de", as_of: date = AS_OF) -> list[str]:
    """Rule and sentence of each finding."""
    return [line.split(": ", 1)[1] for line in said(findings(tmp_path, RULES, excerpt, as_of), lang)]


def rules(tmp_path: Path, excerpt: str, as_of: date = AS_OF) -> list[str]:
    return [each.code.id for each in findings(tmp_path, RULES, excerpt, as_of)]


def test_the_twenty_rules_of_the_group() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "org.not-one-accountable": "error",
        "org.no-executor": "error",
        "org.role-ended": "error",
        "org.external-accountable": "warning",
        "org.charter-incomplete": "error",
        "org.quorum-too-high": "error",
        "org.tie": "warning",
        "org.idle": "warning",
        "org.overlap": "info",
        "org.escalation": "error",
        "org.outside-mandate": "error",
        "org.conflict-of-interest": "warning",
        "org.area-without-voice": "warning",
        "org.personal-data": "error",
        "org.participation-missing": "warning",
        "org.works-council-missing": "warning",
        "org.duty-incomplete": "warning",
        "org.route-not-binding": "warning",
        "org.contract-one-sided": "info",
        "org.recommendation-without-fate": "warning",
    }


# Responsibility


def test_a_measure_without_anybody_is_told_both(tmp_path: Path) -> None:
    assert messages(tmp_path, MEASURE) == [
        "org.no-executor Maßnahme „hafen-m1“: Niemand führt es durch (D). Nennen Sie unter „executing“, wer es tut, "
        "auch wenn es die verantwortliche Stelle selbst ist.",
        "org.not-one-accountable Maßnahme „hafen-m1“ hat keine verantwortliche Stelle (V). "
        "Nennen Sie unter „responsible“ genau eine.",
    ]


def test_a_second_accountable_office_is_shown_where_it_stands(tmp_path: Path) -> None:
    more = """\
    responsible: amt-51
    executing: [amt-51]
    assignments:
      - {holder: amt-51, part: accountable}
      - {holder: sozialplanung, part: accountable}
"""
    assert said(findings(tmp_path, RULES, MEASURE + more), "en") == [
        "plans/areas/hafen.yaml:47: org.not-one-accountable Measure “hafen-m1” has 2 accountable offices (V): "
        "“amt-51”, “sozialplanung”. Keep one; the others execute (D) or contribute (M)."
    ]


def test_an_assignment_is_enough(tmp_path: Path) -> None:
    more = "    assignments: [{holder: amt-51, part: accountable}, {holder: rat, part: executing}]\n"
    assert rules(tmp_path, MEASURE + more) == []


@pytest.mark.parametrize("over", ["progress: completed", "progress: stopped", "status: ended"])
def test_what_is_over_needs_nobody(over: str, tmp_path: Path) -> None:
    assert rules(tmp_path, f"{MEASURE}    {over}\n") == []


def test_in_a_draft_it_is_a_warning(tmp_path: Path) -> None:
    found = findings(tmp_path, RULES, f"{MEASURE}    status: draft\n    executing: [amt-51]\n")
    assert [(d.code.severity, d.severity) for d in found] == [(Severity.ERROR, Severity.WARNING)]


STEP = """\
# handbook/processes/gebietsplan.yaml
steps:
  - {step: start, kind: event, name: Beginn, next: [tun]}
  - {step: tun, name: Tun, sovereign: true, deadline: {days: 1}, next: [ende]PARTS}
  - {step: ende, kind: event, name: Ende}
"""


def test_steps_have_their_own_keys(tmp_path: Path) -> None:
    assert messages(tmp_path, STEP.replace("PARTS", "")) == [
        "org.no-executor Schritt „tun“ in „prozess-gebietsplan“: Niemand führt es durch (D). Nennen Sie unter "
        "„executing“, wer es tut, auch wenn es die verantwortliche Stelle selbst ist.",
        "org.not-one-accountable Schritt „tun“ in „prozess-gebietsplan“ hat keine verantwortliche Stelle (V). "
        "Nennen Sie unter „accountable“ genau eine.",
    ]


def test_a_process_as_it_runs_today_is_described_not_judged(tmp_path: Path) -> None:
    today = STEP.replace("PARTS", "") + "state: current\n"
    assert rules(tmp_path, today) == []


def test_a_provider_does_not_answer_for_a_sovereign_step(tmp_path: Path) -> None:
    parts = ", accountable: hafentreff-ev, executing: [amt-51]"
    assert messages(tmp_path, STEP.replace("PARTS", parts)) == [
        "org.external-accountable Schritt „tun“ in „prozess-gebietsplan“ ist hoheitlich, verantwortlich ist aber "
        "„hafentreff-ev“ außerhalb der Verwaltung. Nennen Sie unter „accountable“ das zuständige Amt; "
        "der externe Partner kann durchführen oder mitwirken."
    ]


def test_a_product_says_it_by_assignments(tmp_path: Path) -> None:
    excerpt = "# plans/organisation/organisation.yaml\nassignments: []\n"
    assert messages(tmp_path, excerpt) == [
        "org.no-executor Produkt „gebietsbericht“: Niemand führt es durch (D). Nennen Sie unter „part: executing“, "
        "wer es tut, auch wenn es die verantwortliche Stelle selbst ist.",
        "org.not-one-accountable Produkt „gebietsbericht“ hat keine verantwortliche Stelle (V). "
        "Nennen Sie unter „part: accountable“ genau eine.",
    ]


def ended(day: str) -> str:
    """The base example with Amt 51 ended on that day."""
    whole = base()["plans/organisation/organisation.yaml"]
    return "# plans/organisation/organisation.yaml\n" + whole.replace("Amt 51, kind", f"Amt 51, valid_to: {day}, kind")


def test_all_that_an_ended_office_stands_for(tmp_path: Path) -> None:
    found = findings(tmp_path, RULES, ended("2026-08-31"))
    lines = [(tmp_path / d.at.file).read_text().splitlines()[d.at.line - 1].strip() for d in found]
    assert [(d.at.file, line) for d, line in zip(found, lines, strict=True)] == [
        ("handbook/processes/gebietsplan.yaml", "accountable: amt-51"),
        ("plans/areas/hafen.yaml", "owner: amt-51"),
        ("plans/areas/hafen.yaml", "responsible: amt-51"),
        ("plans/strategy.yaml", "owner: amt-51"),
        ("plans/strategy.yaml", "owner: amt-51"),
    ]
    assert found[0].say("de") == (
        "Schritt „umsetzung“ in „prozess-gebietsplan“ liegt bei „amt-51“; diese Stelle gibt es seit 01.09.2026 nicht "
        "mehr. Nennen Sie, wer die Aufgabe übernommen hat."
    )
    assert found[1].say("en") == (
        "Area goal “hafen-g1” lies with “amt-51”, which no longer exists since 2026-09-01. Name who took the task over."
    )


def test_on_its_last_day_an_office_still_answers(tmp_path: Path) -> None:
    assert rules(tmp_path, ended("2026-10-01")) == []


# Charters


def test_all_that_a_charter_lacks(tmp_path: Path) -> None:
    excerpt = body("members: [{actor: amt-51, votes: 0}]").replace(SHORT, "")
    assert messages(tmp_path, excerpt) == [
        "org.charter-incomplete Gremium „runde“: Die Geschäftsordnung ist unvollständig. Ergänzen Sie: "
        "Vorsitz (chair), Geschäftsführung (office), Rhythmus (rhythm), Einladungsfrist (invitation_days), "
        "Niederschrift (minutes_days), Öffentlich (public), Berichtet an (reports_to), Befangenheit (conflict_rule), "
        "Einsetzungsbeschluss (founded_by)."
    ]


def test_a_deciding_body_reports_to_nobody_but_votes(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, body("chair: hvb", "deciding").replace(SHORT, ""), "en")
    assert "Members (members), Quorum (quorum), Majority (majority)" in message
    assert "reports_to" not in message


def test_an_ended_body_is_left_alone(tmp_path: Path) -> None:
    more = "members: [{actor: amt-51}, {actor: hvb}]\nrhythm: {every: 1}\nquorum: 9\nvalid_to: 2025-12-31"
    assert rules(tmp_path, body(more).replace(SHORT, "")) == []


def test_quorum_counts_votes_not_heads(tmp_path: Path) -> None:
    members = "members: [{actor: fraktionen, votes: 9}, {actor: amt-51, votes: 0}]\nquorum: "
    assert rules(tmp_path / "9", body(members + "9")) == []
    assert messages(tmp_path / "10", body(members + "10")) == [
        "org.quorum-too-high Gremium „runde“ ist erst ab 10 Stimmen beschlussfähig, hat aber nur 9. "
        "Berichtigen Sie die Beschlussfähigkeit oder die Stimmen der Mitglieder."
    ]


def test_a_tie_may_be_settled_in_words(tmp_path: Path) -> None:
    members = "members: [{actor: fraktionen, votes: 8}]\n"
    assert rules(tmp_path / "a", body(members + "tie: Der Antrag ist abgelehnt.")) == []
    assert messages(tmp_path / "b", body(members)) == [
        "org.tie Gremium „runde“ hat 8 Stimmen, und niemand entscheidet bei Stimmengleichheit. "
        "Nennen Sie unter „casting_vote“, wer den Stichentscheid hat, oder unter „tie“, was dann gilt."
    ]


@pytest.mark.parametrize(
    ("last", "as_of", "idle"),
    [
        ("2026-05-15", date(2026, 9, 30), False),  # four months and a half
        ("2026-05-15", date(2026, 10, 1), True),
        ("2026-10-02", date(2026, 10, 1), True),  # a session to come was not held
    ],
)
def test_idle_after_one_and_a_half_times_the_rhythm(last: str, as_of: date, idle: bool, tmp_path: Path) -> None:
    found = rules(tmp_path, body(f"rhythm: {{every: 3}}\nsessions: [{last}]"), as_of)
    assert ("org.idle" in found) is idle


def test_a_body_that_never_met(tmp_path: Path) -> None:
    never = body("rhythm: {every: 1}\nfounded_by: b-2024-031")
    assert messages(tmp_path, never) == [
        "org.idle Gremium „runde“ soll jeden Monat tagen; eine Sitzung ist bisher nicht eingetragen. Tragen Sie die "
        "Sitzungen unter „sessions“ ein, laden Sie ein, oder beenden Sie das Gremium mit „valid_to“."
    ]


def test_a_new_body_has_time(tmp_path: Path) -> None:
    assert rules(tmp_path, body("rhythm: {every: 3}\nvalid_from: 2026-08-01")) == []


def test_sessions_of_the_calendar_count(tmp_path: Path) -> None:
    calendar = """\
# plans/calendar.yaml
appointments:
  - {id: t, title: Runde, kind: session, date: 2026-09-02, body: runde}
"""
    assert rules(tmp_path, body("rhythm: {every: 3}") + calendar) == []


# Bodies


def test_the_same_mandate_twice(tmp_path: Path) -> None:
    excerpt = body("", "advisory") + "  - {id: kreis, name: K, kind: advisory, mandate: {statement: stimmt  AB.}, "
    assert messages(tmp_path, excerpt + "escalates_to: rat}\n") == [
        "org.overlap Gremium „kreis“ hat denselben Auftrag wie „runde“: beratend, Handlungsfelder alle, Gebiete alle. "
        "Führen Sie beide zusammen, oder grenzen Sie die Aufträge unter „themes“ oder „areas“ ab."
    ]


def test_other_words_are_another_mandate_where_nothing_is_limited(tmp_path: Path) -> None:
    excerpt = body("", "advisory") + "  - {id: kreis, name: K, kind: advisory, mandate: {statement: Berät.}, "
    assert rules(tmp_path, excerpt + "escalates_to: rat}\n") == []


def test_a_dispute_that_nobody_decides(tmp_path: Path) -> None:
    excerpt = body("").replace("    escalates_to: rat\n", "")
    assert messages(tmp_path, excerpt) == [
        "org.escalation Gremium „runde“: Der Streit endet hier, aber das Gremium ist nur koordinierend. "
        "Nennen Sie unter „escalates_to“ ein Gremium, das im Streit entscheidet."
    ]


def test_a_circle_is_told_once(tmp_path: Path) -> None:
    more = "".join(
        f"  - {{id: {id}, name: {id}, kind: advisory, mandate: {{statement: {id}}}, escalates_to: {to}}}\n"
        for id, to in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    )
    assert messages(tmp_path, body("") + more) == [
        "org.escalation Gremium „c“: Die Eskalation läuft im Kreis (a → b → c → a). "
        "Nennen Sie unter „escalates_to“ ein Gremium, das im Streit entscheidet."
    ]


def test_an_ended_body_decides_nothing(tmp_path: Path) -> None:
    excerpt = body("escalates_to: alt") + "  - {id: alt, name: Alt, kind: deciding, valid_to: 2025-12-31}\n"
    assert messages(tmp_path, excerpt, "en") == [
        "org.escalation Body “runde”: it escalates to “alt”, which isn't there on this day. "
        "Name a body under “escalates_to” that decides in dispute."
    ]


# Mandates

RESOLUTION = """\
# plans/resolutions/weitere.yaml
resolutions:
  - id: b-2026-010
    body: runde
    date: 2026-03-05
    title: T
    wording: W
    subjects: [SUBJECTS]
"""


@pytest.mark.parametrize(
    ("mandate", "subject", "fault"),
    [
        ("themes: [wohnen]", "hafen-m1", "Handlungsfeld „bildung“ gehört nicht zum Auftrag"),
        ("themes: [wohnen]", "hafen-2026", "Handlungsfeld „bildung“ gehört nicht zum Auftrag"),
        ("themes: [wohnen]", "vertrag-hafentreff", "Handlungsfeld „bildung“ gehört nicht zum Auftrag"),
        ("areas: [kern]", "hafen-g1", "Gebiet „hafen“ gehört nicht zum Auftrag"),
        ("areas: [kern]", "festlegung-hafen", "Gebiet „hafen“ gehört nicht zum Auftrag"),
        ("areas: [kern]", "antrag-kita-lotsen", "Gebiet „hafen“ gehört nicht zum Auftrag"),
        ("themes: [bildung], areas: [hafen]", "hafen-m1", None),
        ("themes: [wohnen], areas: [kern]", "steuerungsgruppe", None),
    ],
)
def test_outside_the_mandate(mandate: str, subject: str, fault: str | None, tmp_path: Path) -> None:
    excerpt = body("", "deciding").replace("{statement: Stimmt ab.}", f"{{statement: S, {mandate}}}")
    excerpt += RESOLUTION.replace("SUBJECTS", subject)
    excerpt += """\
# plans/territory/weitere.yaml
social_areas: [{id: kern, name: Kern, kind: observation-area, parts: [{unit: bezirk-03}]}]
# plans/strategy.yaml
themes: [{id: bildung, name: Bildung}, {id: wohnen, name: Wohnen}]
"""
    expected = (
        f"org.outside-mandate Beschluss „b-2026-010“: „runde“ entscheidet über „{subject}“, aber {fault}. "
        "Nennen Sie das zuständige Gremium, oder erweitern Sie den Auftrag durch Beschluss."
    )
    assert messages(tmp_path, excerpt) == ([expected] if fault else [])


@pytest.mark.parametrize("how", ["outcome: rejected", "outcome: noted", "kind: information"])
def test_what_was_not_resolved_is_no_decision(how: str, tmp_path: Path) -> None:
    excerpt = body("members: [{actor: hafentreff-ev}]", "deciding").replace("ab.}", "ab., themes: [wohnen]}")
    excerpt += RESOLUTION.replace("SUBJECTS", "hafen-m1") + f"    {how}\n"
    excerpt += "# plans/strategy.yaml\nthemes: [{id: bildung, name: Bildung}, {id: wohnen, name: Wohnen}]\n"
    assert rules(tmp_path, excerpt) == []


@pytest.mark.parametrize("subject", ["vertrag-hafentreff", "hafen-m1"])
@pytest.mark.parametrize("seat", ["actor: hafentreff-ev, votes: 0", "actor: fraktionen, deputy: hafentreff-ev"])
def test_a_beneficiary_does_not_take_part(subject: str, seat: str, tmp_path: Path) -> None:
    excerpt = body(f"members: [{{{seat}}}]", "deciding") + RESOLUTION.replace("SUBJECTS", subject)
    assert messages(tmp_path / "bad", excerpt, "en") == [
        f"org.conflict-of-interest Resolution “b-2026-010”: “hafentreff-ev” is a member of “runde” and gains by "
        f"“{subject}”. Enter under “recused” that it neither discussed nor voted, or repeat the resolution without it."
    ]
    assert rules(tmp_path / "good", excerpt + "    recused: [hafentreff-ev]\n") == []


def test_an_office_gains_nothing_by_a_contract(tmp_path: Path) -> None:
    excerpt = body("members: [{actor: amt-51}]", "deciding") + RESOLUTION.replace("SUBJECTS", "vertrag-hafentreff")
    assert rules(tmp_path, excerpt) == []


# Voices

KERN = "# plans/territory/weitere.yaml\nsocial_areas: [{id: kern, name: Kern, parts: [{unit: bezirk-03}]}]\n"


def test_an_area_without_a_voice(tmp_path: Path) -> None:
    assert messages(tmp_path / "none", KERN) == [
        "org.area-without-voice Sozialraumgebiet „kern“: Kein beteiligendes Gremium spricht für das Gebiet. Nennen Sie "
        "es im Auftrag eines beteiligenden Gremiums unter „areas“, oder setzen Sie eines ein."
    ]
    assert rules(tmp_path / "all", KERN + body("", "participating")) == []


PLAN = "# plans/areas/hafen.yaml\nparticipation: "


def test_a_plan_that_nobody_was_heard_on(tmp_path: Path) -> None:
    assert messages(tmp_path, PLAN + "[]\n") == [
        "org.participation-missing Plan „hafen-2026“: Es ist nicht belegt, dass alle Betroffenen gehört wurden. "
        "Es fehlen: jede Beteiligung. Tragen Sie unter „participation“ ein, wer wann beteiligt wurde, "
        "oder holen Sie es nach."
    ]


def test_who_was_not_heard_is_named(tmp_path: Path) -> None:
    assert messages(tmp_path, PLAN + "[{title: T, date: 2025-09-10, participants: [amt-51]}]\n", "en") == [
        "org.participation-missing Plan “hafen-2026”: there is no record that all concerned were heard. Missing: "
        "target groups “familien”; providers and partners “hafentreff-ev”. Enter under “participation” who took part "
        "when, or make up for it."
    ]


@pytest.mark.parametrize(
    "who",
    [
        "participants: [hafenkonferenz]",
        "body: hafenkonferenz",
        "dissent: [{actor: hafentreff-ev, date: 2025-09-10, statement: Nein.}]",
    ],
)
def test_ways_to_be_heard(who: str, tmp_path: Path) -> None:
    assert rules(tmp_path, f"{PLAN}[{{title: T, date: 2025-09-10, target_groups: [familien], {who}}}]\n") == []


def test_what_is_yet_to_come_is_no_record(tmp_path: Path) -> None:
    later = PLAN + "[{title: T, date: 2026-10-02, target_groups: [familien], participants: [hafentreff-ev]}]\n"
    assert rules(tmp_path, later) == ["org.participation-missing"]


def test_a_draft_may_still_hear(tmp_path: Path) -> None:
    assert rules(tmp_path, PLAN + "[]\nstatus: draft\n") == []


CHANGES = "# handbook/processes/gebietsplan.yaml\nchanges: [{who: WHO, statement: S}]\n"


def test_the_works_council_is_asked_for_on_the_basis_of_the_land(tmp_path: Path) -> None:
    basis = "# sozplan.yaml\norganisation: {works_council_basis: § 1 Mustergesetz von 2020}\n"
    assert messages(tmp_path, CHANGES.replace("WHO", "amt-51") + basis) == [
        "org.works-council-missing Prozess „prozess-gebietsplan“ ändert die Arbeit von „amt-51“, aber der Personalrat "
        "kommt in keinem Schritt vor (§ 1 Mustergesetz von 2020). Fügen Sie einen Schritt ein, an dem er mitwirkt."
    ]


@pytest.mark.parametrize("who", ["hafentreff-ev", "fraktionen", "rat"])
def test_what_changes_for_others_is_no_reorganisation(who: str, tmp_path: Path) -> None:
    assert rules(tmp_path, CHANGES.replace("WHO", who)) == []


def test_a_process_that_replaces_another_is_a_reorganisation(tmp_path: Path) -> None:
    excerpt = """\
# handbook/processes/ist.yaml
{id: ist, name: Ist, kind: core, state: current, steps: [{step: a, kind: event, name: A}]}
# handbook/processes/gebietsplan.yaml
replaces: ist
"""
    (message,) = messages(tmp_path, excerpt, "en")
    assert message == (
        "org.works-council-missing Process “prozess-gebietsplan” changes the work of employees, but no step has the "
        "works council. Add a step in which it takes part."
    )


# Rights, duties, contracts


def duty(more: str) -> str:
    """A report that the Hafentreff owes, with the lines given."""
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    head = "# plans/organisation/weitere.yaml\nduties:\n  - id: pflicht-x\n    title: X\n    kind: report\n"
    return f"{head}    holder: amt-51\n    trigger: A\n    deadline: {{days: 5}}\n    basis: B\n{lines}"


CONTRACT = """\
contracts:
  - id: vertrag-x
    title: X
    kind: cooperation
    parties: [amt-51, PARTY]
    term: {from: 2026-01-01, to: END}
    amount: 5
    outcome_clause: W
"""


def contracted(party: str = "hafentreff-ev", end: str = "2027-12-31", who: str = "hafentreff-ev") -> str:
    excerpt = duty(f"counterparty: {who}\nroute: contract\ncontract: vertrag-x")
    return excerpt + CONTRACT.replace("PARTY", party).replace("END", end)


def test_a_duty_says_all_that_it_needs(tmp_path: Path) -> None:
    assert messages(tmp_path, duty("")) == [
        "org.duty-incomplete „pflicht-x“ ist im Register der Rechte und Pflichten unvollständig. "
        "Ergänzen Sie: Verpflichtet (counterparty), Bindungsweg (route)."
    ]


def test_a_right_to_decide_needs_nobody_who_owes_it(tmp_path: Path) -> None:
    assert rules(tmp_path, duty("route: resolution").replace("kind: report", "kind: decision")) == []


def test_no_service_order_binds_a_provider(tmp_path: Path) -> None:
    assert messages(tmp_path, duty("counterparty: hafentreff-ev\nroute: service-order")) == [
        "org.route-not-binding Recht oder Pflicht „pflicht-x“ soll „hafentreff-ev“ binden, aber eine Dienstanweisung "
        "gilt nur innerhalb der Verwaltung. Vereinbaren Sie es im Vertrag, und tragen Sie „route: contract“ mit dem "
        "Vertrag ein."
    ]


@pytest.mark.parametrize("route", ["resolution", "statute"])
def test_a_law_or_resolution_binds_everybody(route: str, tmp_path: Path) -> None:
    assert rules(tmp_path, duty(f"counterparty: hafentreff-ev\nroute: {route}")) == []


def test_a_rule_of_the_handbook_does_not_bind_a_provider_either(tmp_path: Path) -> None:
    rule = """\
# handbook/rules/weitere.yaml
rules:
  - {id: regel-x, chapter: kapitel-berichte, force: must, addressees: [amt-51, hafentreff-ev], statement: S}
"""
    (message,) = messages(tmp_path, rule, "en")
    assert message == (
        "org.route-not-binding Handbook rule “regel-x” is to bind “hafentreff-ev”, but a service order holds inside "
        "the administration. Agree on it in the contract and enter “route: contract” with the contract."
    )


def test_a_contract_binds_its_parties_as_long_as_it_runs(tmp_path: Path) -> None:
    fine = contracted(), contracted(end="2026-10-01"), contracted(who="sozialplanung")
    assert [rules(tmp_path / str(at), each) for at, each in enumerate(fine)] == [[], [], []]
    assert [message.partition("aber ")[2] for message in messages(tmp_path / "a", contracted("fraktionen"))] == [
        "die Stelle ist nicht Partei des Vertrags. Nennen Sie den richtigen Vertrag, oder ergänzen Sie die Partei."
    ]
    assert [message.partition("aber ")[2] for message in messages(tmp_path / "b", contracted(end="2026-09-30"))] == [
        "der Vertrag läuft an diesem Tag nicht. Nennen Sie den Nachfolgevertrag, oder beenden Sie die Pflicht mit "
        "„valid_to“."
    ]


def test_a_contract_without_its_name_binds_nobody(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, duty("counterparty: hafentreff-ev\nroute: contract"))
    assert message.endswith("aber der Vertrag ist nicht genannt. Tragen Sie ihn unter „contract“ ein.")


def test_a_contract_that_only_costs_says_nothing_of_what_is_done_for_it(tmp_path: Path) -> None:
    one = "# plans/organisation/weitere.yaml\n" + CONTRACT.replace("PARTY", "hafentreff-ev").replace(
        "END", "2027-12-31"
    )
    assert messages(tmp_path, one.replace("    outcome_clause: W\n", "")) == [
        "org.contract-one-sided Vertrag „vertrag-x“: Es steht nirgends, was der Partner schuldet. Tragen Sie es unter "
        "„duties“ mit „contract: vertrag-x“ ein: Zahlung, Daten, Anhörung oder Bericht."
    ]


# Recommendations


ADVICE = """\
# plans/inventory/weitere.yaml
items:
  - id: bestand-x
    title: X
    kind: body
    recommendation: {id: empfehlung-x, advice: GIVEN, statement: S, reason: R, status: STATUS}
"""


def advised(advice: str, status: str = "resolved, resolution: b-2025-117") -> str:
    return ADVICE.replace("GIVEN", advice).replace("STATUS", status)


@pytest.mark.parametrize("advice", ["adapt", "merge", "new", "give-up"])
def test_a_recommendation_that_was_decided_leads_to_something(advice: str, tmp_path: Path) -> None:
    assert rules(tmp_path, advised(advice)) == ["org.recommendation-without-fate"]


def test_what_is_kept_or_not_decided_or_given_up_needs_nothing(tmp_path: Path) -> None:
    ended = advised("give-up").replace("    kind: body\n", "    kind: body\n    valid_to: 2026-03-31\n")
    for at, excerpt in enumerate((advised("keep"), advised("adapt", "proposal"), ended)):
        assert rules(tmp_path / str(at), excerpt) == []


def test_a_forgotten_recommendation_is_told_with_its_day(tmp_path: Path) -> None:
    assert messages(tmp_path, advised("merge")) == [
        "org.recommendation-without-fate Empfehlung „empfehlung-x“ (zusammenführen) ist beschlossen (am 11.12.2025), "
        "aber nichts setzt sie um. Tragen Sie unter „leads_to“ Maßnahme, Gremium, Prozess oder Regel ein; ist der "
        "Bestand aufgegeben, nennen Sie dort „valid_to“."
    ]


# A broken file costs its own findings only


def test_a_broken_file_raises_no_false_alarm(tmp_path: Path) -> None:
    for i, path in enumerate(sorted(p for p in base() if p.endswith(".yaml") and p != "sozplan.yaml")):
        case, unread = case_of(write(tmp_path / str(i), base() | {path: base()[path] + "\tkaputt\n"}))
        assert unread
        assert said(run(case, RULES)) == []
