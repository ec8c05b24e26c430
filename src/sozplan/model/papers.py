"""Council papers: what a paper says beyond the plan that it is about."""

from __future__ import annotations

from sozplan.model.entity import Date, Entity, Flag, Line, doc
from sozplan.model.shared import ActorRef, BodyRef, HolderRef
from sozplan.model.terms import ConsultationRole, FurtherKind


class Consultation(Entity):
    """One stop of the Beratungsfolge."""

    body: BodyRef = doc("Gremium: das berät.", "Body: that consults.")
    date: Date | None = doc("Sitzung: Tag.", "Session: day.", default=None)
    role: ConsultationRole = doc("Aufgabe: Anhörung, Vorberatung, Entscheidung …", "Role: hearing, advice, decision …")


class Check(Entity):
    """A configured check of the paper: climate, inclusion, equality …"""

    name: Line = doc("Prüfung: z. B. Klima, Inklusion, Gleichstellung.", "Check: climate, inclusion, equality …")
    statement: Line = doc("Ergebnis: in einem Satz.", "Result: in one sentence.")


class Paper(Entity):
    """What the council paper says beyond the plan itself."""

    number: Line | None = doc("Vorlagen-Nr.: der Vorlage.", "Number: of the paper.", default=None)
    department: ActorRef | None = doc("Dezernat: das vorlegt.", "Department: that submits.", default=None)
    office: ActorRef | None = doc("Amt: das erarbeitet hat.", "Office: that drew it up.", default=None)
    date: Date | None = doc("Datum: der Vorlage.", "Date: of the paper.", default=None)
    public: Flag = doc("Öffentlich: sonst nichtöffentlich.", "Public: non-public otherwise.", default=True)
    subject: Line | None = doc("Betreff: der Vorlage.", "Subject: of the paper.", default=None)
    consultations: tuple[Consultation, ...] = doc(
        "Beratungsfolge: in der Reihenfolge der Sitzungen.", "Consultations: in order of the sessions.", default=()
    )
    proposal: tuple[Line, ...] = doc(
        "Beschlussvorschlag: nummerierte Sätze.", "Proposal: numbered sentences.", default=()
    )
    summary: Line | None = doc("Kurzfassung: höchstens eine Seite.", "Summary: at most one page.", default=None)
    occasion: Line | None = doc("Anlass: warum jetzt.", "Occasion: why now.", default=None)
    situation: Line | None = doc("Sachstand: was ist.", "Situation: what is.", default=None)
    assessment: Line | None = doc("Bewertung: was daraus folgt.", "Assessment: what follows.", default=None)
    alternatives: tuple[Line, ...] = doc("Alternativen: und warum nicht.", "Alternatives: and why not.", default=())
    next_steps: tuple[Line, ...] = doc("Weiteres Vorgehen: nächste Schritte.", "Next steps: what follows.", default=())
    checks: tuple[Check, ...] = doc(
        "Prüfungen: Klima, Inklusion, Gleichstellung …", "Checks: climate, inclusion, equality …", default=()
    )
    cosigning: tuple[HolderRef, ...] = doc(
        "Mitzeichnung: beteiligte Stellen.", "Co-signing: offices concerned.", default=()
    )


class FurtherPaper(Paper):
    """A paper of its own about a plan that is under way: the council is informed, not asked."""

    kind: FurtherKind = doc("Art: Mitteilung oder Sachstandsbericht.", "Kind: information or progress.")
