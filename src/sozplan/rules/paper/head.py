"""Rules of a paper's head: its number, and the bodies that it goes to."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.terms import ConsultationRole
from sozplan.rules.paper.papers import Written, consulted, decisive, written
from sozplan.rules.rule import Finding, rule


@rule(
    "paper.number-missing",
    Severity.WARNING,
    de="{paper}: Die Vorlagen-Nr. fehlt. Tragen Sie unter „number“ die Nummer des "
    'Ratsinformationssystems ein, z. B. "2026/117".',
    en="{paper}: the paper's number is missing. Enter that of the council information system at “number”, "
    '"2026/117" say.',
    by_plan=True,
)
def paper_without_number(case: Case) -> Iterator[Finding]:
    """Jede Vorlage trägt die Nummer, unter der sie beraten wird

    Ohne Vorlagen-Nr. findet niemand die Vorlage in der Tagesordnung und später den Beschluss dazu.
    Solange der Plan Entwurf ist, fehlt sie zu Recht. Das Gebietsblatt braucht keine, die Gesamtübersicht nur, wenn sie
    eine Beratungsfolge hat.

    English:
        Every paper bears the number under which it is debated

        Without a number nobody finds the paper in the agenda, nor later the resolution on it.
        As long as the plan is a draft it is rightly missing. An area sheet needs none, the summary only if it goes
        through bodies.

    Bad:
        # plans/areas/hafen.yaml
        paper:  # <- paper.number-missing
          subject: Sozialraumgebietsplan Hafen 2026–2029

    Good:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          subject: Sozialraumgebietsplan Hafen 2026–2029
    """
    for each in consulted(case):
        if each.paper.number is None:
            yield Finding(each.at(), {"paper": each.name})


@rule(
    "paper.consultations-missing",
    Severity.WARNING,
    de="{paper}: Die Beratungsfolge ist leer. Nennen Sie unter „consultations“ die Gremien mit Sitzungstag "
    "und Aufgabe, das entscheidende zuletzt.",
    en="{paper}: no body is to consult on it. Name the bodies at “consultations” with day and role, the "
    "deciding one last.",
    by_plan=True,
)
def paper_without_consultations(case: Case) -> Iterator[Finding]:
    """Eine Vorlage sagt, welche Gremien sie wann beraten

    Die Beratungsfolge entscheidet, wer eingeladen wird und bis wann Änderungen möglich sind.
    Im Entwurf darf sie noch fehlen.

    English:
        A paper says which bodies consult on it and when

        The order of consultation decides who is invited and until when changes are possible.
        In a draft it may still be missing.

    Bad:
        # plans/areas/hafen.yaml
        paper:  # <- paper.consultations-missing
          number: V-2025-117

    Good:
        # plans/areas/hafen.yaml
        paper:
          number: V-2025-117
          consultations:
            - {body: rat, date: 2025-12-11, role: decision}
    """
    for each in consulted(case):
        if not each.paper.consultations:
            yield Finding(each.at(), {"paper": each.name})


@rule(
    "paper.decision-out-of-place",
    Severity.WARNING,
    de="{paper}: {fault}",
    en="{paper}: {fault}",
    by_plan=True,
)
def decision_out_of_place(case: Case) -> Iterator[Finding]:
    """Die Beratungsfolge endet mit der Entscheidung

    Was nach der Entscheidung vorberaten wird, ist zu spät; eine Beschlussvorlage, über die niemand entscheidet,
    läuft ins Leere. Eine Kenntnisnahme darf danach stehen.
    Mitteilungen, Sachstandsberichte und die Gesamtübersicht nehmen Gremien zur Kenntnis, ohne darüber zu entscheiden.

    English:
        The order of consultation ends with the decision

        What is advised on after the decision comes too late; a paper on which nobody decides leads nowhere.
        Taking note may follow.
        Information papers, progress reports and the summary are taken note of; nobody decides on them.

    Bad:
        # plans/areas/hafen.yaml
        paper:
          consultations:
            - {body: rat, date: 2025-11-20, role: decision}
            - {body: jugendhilfeausschuss, date: 2025-12-11, role: advice}  # <- paper.decision-out-of-place

    Good:
        # plans/areas/hafen.yaml
        paper:
          consultations:
            - {body: jugendhilfeausschuss, date: 2025-11-20, role: advice}
            - {body: rat, date: 2025-12-11, role: decision}
    """
    for each in decisive(case):
        yield from _after_decision(each)
    for each in written(case):
        yield from _undecided(each)


def _after_decision(each: Written) -> Iterator[Finding]:
    stops = each.paper.consultations
    decided = [i for i, stop in enumerate(stops) if stop.role is ConsultationRole.DECISION]
    for i, stop in enumerate(stops):
        if decided and i > decided[-1] and stop.role is not ConsultationRole.INFORMATION:
            fault = text(
                de=f"„{stop.body}“ soll nach der Entscheidung noch beraten. Stellen Sie die Entscheidung ans Ende.",
                en=f"“{stop.body}” is to consult after the decision. Put the decision last.",
            )
            yield _finding(each, fault, "consultations", i)


def _undecided(each: Written) -> Iterator[Finding]:
    stops = each.paper.consultations
    decides = [i for i, stop in enumerate(stops) if stop.role is ConsultationRole.DECISION]
    if stops and not decides and each.decides:
        fault = text(
            de="Kein Gremium der Beratungsfolge entscheidet. Geben Sie dem letzten „role: decision“.",
            en="no body in the order of consultation decides. Give the last one “role: decision”.",
        )
        yield _finding(each, fault, "consultations")
    if decides and not each.decides:
        fault = text(
            de="Darüber wird nicht entschieden. Schreiben Sie „role: information“; entschieden wird über die "
            "Beschlussvorlage eines Plans („paper“).",
            en="nobody decides on it. Write “role: information”; decisions are taken on the paper for decision of a "
            "plan (“paper”).",
        )
        yield _finding(each, fault, "consultations", decides[0], "role")


def _finding(each: Written, fault: Text, *keys: str | int) -> Finding:
    return Finding(each.at(*keys), {"paper": each.name, "fault": fault})


RULES = (paper_without_number, paper_without_consultations, decision_out_of_place)
