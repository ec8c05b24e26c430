"""Resolutions, orders and budget statutes."""

from __future__ import annotations

from typing import Annotated

from sozplan.model.entity import Date, Entity, Flag, Id, Line, RefTo, doc
from sozplan.model.shared import ActorRef, Count, Document, FollowUp, HolderRef, Record
from sozplan.model.terms import Outcome, ResolutionKind

DECIDABLE = (
    "Goal",
    "AreaPlan",
    "AreaGoal",
    "Measure",
    "Need",
    "Designation",
    "Body",
    "Process",
    "HandbookRule",
    "Handbook",
    "Recommendation",
    "InventoryItem",
    "Change",
    "Maintain",
    "Corridor",
    "Gap",
    "Milestones",
    "Contract",
    "Application",
    "SocialArea",
    "Index",
    "Duty",
)


class Vote(Entity):
    """How the votes fell."""

    ayes: Count = doc("Ja: Stimmen.", "Ayes: votes.")
    noes: Count = doc("Nein: Stimmen.", "Noes: votes.", default=0)
    abstentions: Count = doc("Enthaltungen: Stimmen.", "Abstentions: votes.", default=0)


class Resolution(Record):
    """What a body or authority decided, and when (Beschluss)."""

    number: Line | None = doc("Vorlagen-Nr.: der Vorlage.", "Number: of the paper.", default=None)
    kind: ResolutionKind = doc(
        "Art: Beschluss, Haushaltssatzung, Verfügung …",
        "Kind: resolution, budget statute, order …",
        default=ResolutionKind.RESOLUTION,
    )
    body: HolderRef = doc("Gremium: oder Stelle, die entschieden hat.", "Body: or authority that decided.")
    date: Date = doc("Tag: der Entscheidung.", "Date: of the decision.")
    item: Line | None = doc("TOP: Tagesordnungspunkt, in Anführungszeichen.", "Agenda item: quoted.", default=None)
    public: Flag = doc("Öffentlich: gefasst?", "Public: was it taken in public?", default=True)
    title: Line = doc("Titel: der Vorlage.", "Title: of the paper.")
    wording: Line = doc("Wortlaut: des Beschlusses.", "Wording: of the resolution.")
    outcome: Outcome = doc(
        "Ergebnis: angenommen, abgelehnt, vertagt …", "Outcome: adopted, rejected, deferred …", default=Outcome.ADOPTED
    )
    vote: Vote | None = doc("Abstimmung: Stimmen.", "Vote: votes.", default=None)
    recused: tuple[ActorRef, ...] = doc(
        "Befangen: Mitglieder, die weder beraten noch abgestimmt haben.",
        "Recused: members who neither discussed nor voted.",
        default=(),
    )
    subjects: tuple[Annotated[Id, RefTo(*DECIDABLE)], ...] = doc(
        "Gegenstände: worüber entschieden wurde.", "Subjects: what was decided on.", default=()
    )
    conditions: tuple[Line, ...] = doc(
        "Maßgaben: Bedingungen des Beschlusses.", "Conditions: of the resolution.", default=()
    )
    follow_ups: tuple[FollowUp, ...] = doc(
        "Aufträge: was bis wann zu tun ist.", "Follow-ups: what is to be done until when.", default=()
    )
    url: Line | None = doc(
        "OParl-Adresse: im Ratsinformationssystem.", "OParl URL: in the council information system.", default=None
    )
    document: Document | None = doc("Dokument: Niederschrift.", "Document: minutes.", default=None)


class Resolutions(Entity):
    """`plans/resolutions/*.yaml`."""

    resolutions: tuple[Resolution, ...] = doc("Beschlüsse: des Jahres.", "Resolutions: of the year.", default=())
