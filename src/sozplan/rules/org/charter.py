"""Rules of charters: what each body needs to be able to resolve, and that it meets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sozplan.analysis.months import add_months
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.calendar import Appointment, Calendar
from sozplan.model.case import Case
from sozplan.model.organisation import Body
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import BodyKind, CalendarKind
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, key, label

_TO_RESOLVE = ("quorum", "majority")
"""What only a body needs in which somebody has a vote."""


def sitting(case: Case) -> Iterator[Body]:
    """The bodies that are there on the day."""
    return (body for body in case.plan.bodies if body.in_force(case.as_of))


def votes(body: Body) -> int:
    return sum(member.votes for member in body.members)


@rule(
    "org.charter-incomplete",
    Severity.ERROR,
    de="Gremium „{body}“: Die Geschäftsordnung ist unvollständig. Ergänzen Sie: {missing}.",
    en="Body “{body}”: its charter is incomplete. Add: {missing}.",
    softens=True,
)
def charter_incomplete(case: Case) -> Iterator[Finding]:
    """Jedes Gremium hat eine vollständige Geschäftsordnung

    Fehlt, wer einlädt, wer stimmt oder ab wann es beschlussfähig ist, wird jeder strittige Beschluss angreifbar.
    Was eine Geschäftsordnung mindestens sagt, steht in `sozplan.yaml` unter `organisation: charter`; ohne eigene Angabe
    sind es Auftrag, Vorsitz, Geschäftsführung, Mitglieder, Rhythmus, Einladungs- und Niederschriftsfrist,
    Öffentlichkeit, Befangenheit und Einsetzungsbeschluss, wo abgestimmt wird auch Beschlussfähigkeit und Mehrheit,
    und außer bei entscheidenden Gremien, an wen es berichtet.
    Bei einem Gremium im Entwurf (`status: draft`) ist es eine Warnung: Was fehlt, ist vor der Einsetzung zu klären.

    English:
        Each body has a complete charter

        Where it isn't said who invites, who votes or what the quorum is, each disputed resolution can be attacked.
        What a charter says at least stands in `sozplan.yaml` under `organisation: charter`; by default it is
        mandate, chair, office, members, rhythm, days for invitation and minutes, publicity, conflict of interest and
        founding resolution, where votes are cast also quorum and majority, and except for deciding bodies
        to whom it reports.
        Of a body in draft (`status: draft`) it is a warning: what is missing is to be settled before it is founded.

    Bad:
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde  # <- org.charter-incomplete
            name: Präventionsrunde
            kind: coordinating
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}, {actor: sozialplanung}, {actor: hafentreff-ev}]
            rhythm: {every: 3}
            escalates_to: rat
            sessions: [2026-09-01]

    Good:
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            chair: amt-51
            office: amt-51
            members: [{actor: amt-51}, {actor: sozialplanung}, {actor: hafentreff-ev}]
            quorum: 2
            majority: Einfache Mehrheit
            rhythm: {every: 3}
            invitation_days: 7
            minutes_days: 14
            public: false
            reports_to: steuerungsgruppe
            escalates_to: rat
            conflict_rule: Wer befangen ist, berät nicht mit.
            founded_by: b-2024-031
            sessions: [2026-09-01]
    """
    wanted = case.plan.settings.organisation.charter
    for body in sitting(case):
        missing = [field for field in wanted if lacks(body, field)]
        if missing:
            yield Finding(body.at("id"), {"body": body.id, "missing": _fields(body, missing)})


def lacks(body: Body, field: str) -> bool:
    """Whether a charter needs the field and doesn't have it."""
    if field in _TO_RESOLVE and body.members and not votes(body):
        return False
    if field == "reports_to" and body.kind is BodyKind.DECIDING:
        return False
    return getattr(body, field) in (None, ())


def _fields(body: Body, fields: Iterable[str]) -> Text:
    said = [(label(body, field), key(body, field)) for field in fields]
    return Text(", ".join(f"{name.de} ({k})" for name, k in said), ", ".join(f"{name.en} ({k})" for name, k in said))


@rule(
    "org.quorum-too-high",
    Severity.ERROR,
    de="Gremium „{body}“ ist erst ab {quorum} Stimmen beschlussfähig, hat aber nur {votes}. "
    "Berichtigen Sie die Beschlussfähigkeit oder die Stimmen der Mitglieder.",
    en="Body “{body}” has a quorum of {quorum} votes, but only {votes} in all. "
    "Correct the quorum or the members' votes.",
)
def quorum_above_votes(case: Case) -> Iterator[Finding]:
    """Ein Gremium kann beschlussfähig werden

    Verlangt die Geschäftsordnung mehr Stimmen, als es gibt, ist kein Beschluss je gültig.

    English:
        A body can have a quorum

        Where the charter asks for more votes than there are, no resolution is ever valid.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}, {actor: sozialplanung}, {actor: hafentreff-ev, votes: 0}, {actor: hvb}]
            quorum: 4  # <- org.quorum-too-high
            sessions: [2026-09-01]

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}, {actor: sozialplanung}, {actor: hafentreff-ev, votes: 0}, {actor: hvb}]
            quorum: 2
            sessions: [2026-09-01]
    """
    for body in sitting(case):
        if body.quorum is not None and body.members and body.quorum > votes(body):
            yield Finding(body.at("quorum"), {"body": body.id, "quorum": body.quorum, "votes": votes(body)})


@rule(
    "org.tie",
    Severity.WARNING,
    de="Gremium „{body}“ hat {votes} Stimmen, und niemand entscheidet bei Stimmengleichheit. "
    "Nennen Sie unter „casting_vote“, wer den Stichentscheid hat, oder unter „tie“, was dann gilt.",
    en="Body “{body}” has {votes} votes, and nobody decides in a tie. "
    "Name who has the casting vote under “casting_vote”, or say under “tie” what then holds.",
)
def tie_undecided(case: Case) -> Iterator[Finding]:
    """Bei gerader Stimmenzahl ist geklärt, was bei Gleichstand gilt

    Ein Gremium, das sich 4 zu 4 trennt, vertagt den Streit, statt ihn zu entscheiden.
    Gilt ein Antrag bei Gleichstand von Gesetzes wegen als abgelehnt, genügt dieser Satz unter `tie`.

    English:
        With an even number of votes it is settled what a tie means

        A body that divides 4 to 4 puts the dispute off instead of deciding it.
        Where a motion fails by law in a tie, that sentence under `tie` is enough.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}, {actor: hafentreff-ev}]  # <- org.tie
            sessions: [2026-09-01]

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}, {actor: hafentreff-ev}]
            casting_vote: amt-51
            sessions: [2026-09-01]
    """
    for body in sitting(case):
        count = votes(body)
        if count and count % 2 == 0 and body.casting_vote is None and body.tie is None:
            yield Finding(body.at("members"), {"body": body.id, "votes": count})


@rule(
    "org.idle",
    Severity.WARNING,
    de="Gremium „{body}“ soll {rhythm} tagen; {fault}. "
    "Tragen Sie die Sitzungen unter „sessions“ ein, laden Sie ein, oder beenden Sie das Gremium mit „valid_to“.",
    en="Body “{body}” is to meet {rhythm}; {fault}. "
    "Enter its sessions under “sessions”, call one, or end the body with “valid_to”.",
)
def body_idle(case: Case) -> Iterator[Finding]:
    """Gremien tagen in ihrem Rhythmus

    Ein Gremium, das nicht mehr tagt, steht im Handbuch, aber niemand wird dort gehört.
    Gemeldet wird, wenn seit der letzten Sitzung mehr als das Anderthalbfache des Rhythmus vergangen ist
    (`organisation: idle_factor` in `sozplan.yaml`); auch Sitzungen aus dem Kalender zählen.

    English:
        Bodies meet in their rhythm

        A body that has ceased to meet stands in the handbook, but nobody is heard there.
        It is reported when more than one and a half times the rhythm has passed since the last session
        (`organisation: idle_factor` in `sozplan.yaml`); sessions in the calendar count as well.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}]
            rhythm: {every: 3}  # <- org.idle
            sessions: [2025-11-12, 2026-03-04]

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            escalates_to: rat
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            members: [{actor: amt-51}]
            rhythm: {every: 3}
            sessions: [2025-11-12, 2026-03-04, 2026-06-03]
    """
    if case.plan.muted and not case.plan.all(Calendar):
        return  # The sessions may stand in a calendar that could not be read.
    listed = calendar_sessions(case)
    for body in sitting(case):
        if body.rhythm is not None and (fault := _idle(case, body, body.rhythm.every, listed)) is not None:
            args = {"body": body.id, "rhythm": _every(body.rhythm.every), "fault": fault}
            yield Finding(body.at("rhythm"), args)


def calendar_sessions(case: Case) -> dict[str, list[Appointment]]:
    """The sessions that the calendar lists, by body."""
    found: dict[str, list[Appointment]] = {}
    for appointment in case.plan.all(Appointment):
        if appointment.kind is CalendarKind.SESSION and appointment.body is not None:
            found.setdefault(appointment.body, []).append(appointment)
    return found


def _idle(case: Case, body: Body, every: int, listed: dict[str, list[Appointment]]) -> Text | None:
    held = [d for d in (*body.sessions, *(a.date for a in listed.get(body.id, ()))) if d <= case.as_of]
    if held:
        last = max(held)
        said = text(de=f"die letzte Sitzung war am {day(last).de}", en=f"its last session was on {day(last).en}")
        return said if _next_at_latest(case, last, every) < case.as_of else None
    founded = _founded(case, body)
    if founded is not None and _next_at_latest(case, founded, every) >= case.as_of:
        return None
    return text(de="eine Sitzung ist bisher nicht eingetragen", en="no session of it has been entered so far")


def _founded(case: Case, body: Body) -> date | None:
    founding = case.plan.find(body.founded_by, Resolution)
    return max((d for d in (body.valid_from, founding.date if founding else None) if d), default=None)


def _next_at_latest(case: Case, last: date, every: int) -> date:
    months = every * float(case.plan.settings.organisation.idle_factor)
    part, whole = math.modf(min(months, 12_000))
    limit = add_months(last, int(whole))
    return min(limit, date.max - timedelta(days=31)) + timedelta(days=round(part * 30))


def _every(months: int) -> Text:
    if months == 1:
        return text(de="jeden Monat", en="every month")
    return text(de=f"alle {months} Monate", en=f"every {months} months")


RULES = (charter_incomplete, quorum_above_votes, tie_undecided, body_idle)
