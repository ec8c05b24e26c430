"""Actors, contracts, bodies, roles, rights and duties."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from sozplan.model.entity import Date, Entity, Flag, Id, Line, Money, RefTo, doc
from sozplan.model.shared import (
    ActorRef,
    AreaRef,
    BodyRef,
    ContractRef,
    Count,
    Document,
    HolderRef,
    MeasureRef,
    OfficeDeadline,
    Positive,
    Record,
    ResolutionRef,
    Span,
    ThemeRef,
    UnitRef,
)
from sozplan.model.terms import ActorKind, BindingRoute, BodyKind, ContractKind, DutyKind, ResolutionKind, Status, Vdmi


class Actor(Record):
    """An office or organisation, never a person."""

    name: Line = doc("Name: der Stelle.", "Name: of the office.")
    short: Line | None = doc("Kurzname: z. B. „Amt 51“.", "Short name: for tables.", default=None)
    kind: ActorKind = doc("Art: Dezernat, Amt, Träger …", "Kind: department, office, provider …")
    part_of: ActorRef | None = doc("Gehört zu: übergeordnete Stelle.", "Part of: superior office.", default=None)
    external: Flag = doc(
        "Extern: gehört nicht zur Verwaltung.", "External: not part of the administration.", default=False
    )
    tasks: Line | None = doc("Aufgaben: in der Sozialplanung.", "Tasks: in social planning.", default=None)
    mailbox: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = doc(
        "Funktionspostfach: nie die Adresse einer Person.", "Mailbox: of the function, never of a person.", default=None
    )

    @property
    def label(self) -> str:
        return self.short or self.name


class Contract(Record):
    """What binds an external actor, and the administration to it."""

    title: Line = doc("Titel: des Vertrags.", "Title: of the contract.")
    kind: ContractKind = doc("Art: Bescheid, Vertrag, Vereinbarung.", "Kind: notice, contract, agreement.")
    parties: Annotated[tuple[ActorRef, ...], Field(min_length=2)] = doc(
        "Parteien: mindestens zwei.", "Parties: at least two."
    )
    term: Span = doc("Laufzeit: erster und letzter Tag.", "Term: first and last day.")
    notice_months: Count | None = doc("Kündigungsfrist: Monate.", "Notice: months.", default=None)
    amount: Money | None = doc("Betrag: Euro im Jahr.", "Amount: euro a year.", default=None)
    outcome_clause: Line | None = doc(
        "Wirkungsklausel: was erreicht werden soll.", "Outcome clause: what is to be achieved.", default=None
    )
    proof_due: Date | None = doc("Verwendungsnachweis: nächster Termin.", "Proof of use: next due date.", default=None)
    measures: tuple[MeasureRef, ...] = doc("Maßnahmen: für die er gilt.", "Measures: for which it stands.", default=())
    document: Document | None = doc("Dokument: der Vertrag.", "Document: the contract.", default=None)


class Member(Entity):
    """A seat in a body, held by an office, not a person."""

    actor: ActorRef = doc("Stelle: die den Sitz hat.", "Actor: that holds the seat.")
    votes: Count = doc("Stimmen: 0 ist beratend.", "Votes: 0 is advisory.", default=1)
    deputy: ActorRef | None = doc("Vertretung: durch.", "Deputy: by.", default=None)


class Cadence(Entity):
    """How often a body meets."""

    every: Positive = doc("Alle: so viele Monate.", "Every: so many months.")


class Mandate(Entity):
    """What a body may decide or advise on."""

    statement: Line = doc("Auftrag: in einem Satz.", "Mandate: in one sentence.")
    themes: tuple[ThemeRef, ...] = doc("Handlungsfelder: leer heißt alle.", "Themes: all where empty.", default=())
    areas: tuple[AreaRef, ...] = doc(
        "Gebiete: leer heißt die ganze Kommune.", "Areas: the whole municipality where empty.", default=()
    )
    decides: tuple[ResolutionKind, ...] = doc(
        "Entscheidet: Arten von Beschlüssen.", "Decides: kinds of resolutions.", default=()
    )


class Body(Record):
    """A body with its charter (Gremium)."""

    name: Line = doc("Name: des Gremiums.", "Name: of the body.")
    short: Line | None = doc(
        "Kurzname: z. B. „Sozialausschuss“, für Tabellen.", "Short name: for tables.", default=None
    )
    kind: BodyKind = doc(
        "Art: entscheidend, steuernd, koordinierend, beratend, beteiligend.",
        "Kind: deciding, steering, coordinating, advisory, participating.",
    )
    mandate: Mandate | None = doc("Mandat: Auftrag, Themen, Gebiete.", "Mandate: task, themes, areas.", default=None)
    unit: UnitRef | None = doc("Gebietseinheit: z. B. der Stadtbezirk.", "Unit: the district, say.", default=None)
    youth_committee: Flag = doc(
        "Jugendhilfeausschuss: ist dieses Gremium der Jugendhilfeausschuss?",
        "Youth committee: is it the youth welfare committee?",
        default=False,
    )
    chair: HolderRef | None = doc("Vorsitz: Stelle.", "Chair: office.", default=None)
    office: ActorRef | None = doc("Geschäftsführung: Stelle.", "Office: that runs its business.", default=None)
    members: tuple[Member, ...] = doc("Mitglieder: Sitze mit Stimmen.", "Members: seats with votes.", default=())
    quorum: Count | None = doc("Beschlussfähig ab: so vielen Stimmen.", "Quorum: so many votes.", default=None)
    majority: Line | None = doc("Mehrheit: womit beschlossen wird.", "Majority: by which it resolves.", default=None)
    casting_vote: HolderRef | None = doc("Stichentscheid: wer ihn hat.", "Casting vote: who has it.", default=None)
    tie: Line | None = doc(
        "Stimmengleichheit: was dann gilt, wenn niemand den Stichentscheid hat.",
        "Tie: what then holds where nobody has the casting vote.",
        default=None,
    )
    rhythm: Cadence | None = doc("Rhythmus: der Sitzungen.", "Rhythm: of the sessions.", default=None)
    invitation_days: Count | None = doc("Einladungsfrist: Tage.", "Invitation: days before.", default=None)
    minutes_days: Count | None = doc("Niederschrift: Tage nach der Sitzung.", "Minutes: days after.", default=None)
    public: Flag | None = doc("Öffentlich: tagt es öffentlich?", "Public: are its sessions public?", default=None)
    reports_to: BodyRef | None = doc("Berichtet an: Gremium.", "Reports to: body.", default=None)
    escalates_to: BodyRef | None = doc(
        "Eskaliert an: Gremium, das im Streit entscheidet.", "Escalates to: body that decides in dispute.", default=None
    )
    conflict_rule: Line | None = doc(
        "Befangenheit: wie damit umgegangen wird.", "Conflict of interest: how it is handled.", default=None
    )
    founded_by: ResolutionRef | None = doc(
        "Einsetzungsbeschluss: durch den es besteht.", "Founded by: resolution.", default=None
    )
    sessions: tuple[Date, ...] = doc("Sitzungen: Tage.", "Sessions: days.", default=())
    status: Status | None = doc(
        "Status: Entwurf, solange die Geschäftsordnung noch entsteht; fehlt er, arbeitet das Gremium.",
        "Status: draft as long as the charter is being written; where absent, the body is at work.",
        default=None,
    )


class Product(Record):
    """Something the administration delivers regularly, with its VDMI."""

    name: Line = doc("Name: des Produkts oder Berichts.", "Name: of the product or report.")


class RoleAssignment(Entity):
    """Who takes which part in a product."""

    subject: Annotated[Id, RefTo("Product")] = doc("Gegenstand: Produkt.", "Subject: product.")
    holder: HolderRef = doc("Stelle: Akteur oder Gremium.", "Holder: actor or body.")
    part: Vdmi = doc("Rolle: V, D, M oder I.", "Part: accountable, executing, contributing or informed.")


class Role(Record):
    """A named function that an office holds."""

    name: Line = doc("Name: der Rolle.", "Name: of the role.")
    statement: Line = doc("Aufgabe: der Rolle.", "Task: of the role.")
    holder: HolderRef | None = doc("Inhaber: Stelle.", "Holder: office.", default=None)


class Duty(Record):
    """A right of one is the duty of another (Rechte und Pflichten)."""

    title: Line = doc("Titel: in wenigen Worten.", "Title: in a few words.")
    kind: DutyKind = doc("Art: Information, Anhörung, Bericht …", "Kind: information, hearing, report …")
    holder: HolderRef = doc("Berechtigt: wer das Recht hat.", "Holder: who has the right.")
    counterparty: HolderRef | None = doc(
        "Verpflichtet: wer die Pflicht hat.", "Counterparty: who has the duty.", default=None
    )
    trigger: Line | None = doc("Auslöser: wann es entsteht.", "Trigger: when it arises.", default=None)
    deadline: OfficeDeadline | None = doc("Frist: nach dem Auslöser.", "Deadline: after the trigger.", default=None)
    basis: Line | None = doc("Grundlage: worauf es beruht.", "Basis: on what it rests.", default=None)
    route: BindingRoute | None = doc(
        "Bindungsweg: Dienstanweisung innen, Vertrag außen.",
        "Binding route: service order inside, contract outside.",
        default=None,
    )
    contract: ContractRef | None = doc("Vertrag: der extern bindet.", "Contract: that binds outside.", default=None)


class Organisation(Entity):
    """`plans/organisation/*.yaml`."""

    actors: tuple[Actor, ...] = doc(
        "Akteure: Ämter und externe Stellen.", "Actors: offices and external bodies.", default=()
    )
    contracts: tuple[Contract, ...] = doc(
        "Verträge: mit externen Stellen.", "Contracts: with external actors.", default=()
    )
    bodies: tuple[Body, ...] = doc("Gremien: mit ihrer Geschäftsordnung.", "Bodies: with their charter.", default=())
    roles: tuple[Role, ...] = doc(
        "Rollen: Funktionen und wer sie innehat.", "Roles: functions and who holds them.", default=()
    )
    products: tuple[Product, ...] = doc(
        "Produkte: Berichte und Leistungen der Planung.", "Products: of planning.", default=()
    )
    assignments: tuple[RoleAssignment, ...] = doc(
        "Zuständigkeiten: nach VDMI je Produkt.", "Assignments: by VDMI.", default=()
    )
    duties: tuple[Duty, ...] = doc(
        "Rechte und Pflichten: wer wem was schuldet.", "Rights and duties: who owes whom what.", default=()
    )
