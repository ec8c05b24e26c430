"""Measures: what is done, by whom, with which money and to what effect."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sozplan.model.entity import Entity, Flag, Id, Line, Money, Number, RefTo, Share, Whole, WithoutOrigin, doc
from sozplan.model.shared import (
    ActorRef,
    AnyGoalRef,
    AreaRef,
    ContractRef,
    Count,
    Decided,
    GroupRef,
    HolderRef,
    IndicatorRef,
    ProgrammeRef,
    Span,
    ThemeRef,
)
from sozplan.model.targets import Milestone
from sozplan.model.terms import Commitment, DutyType, MeasureStatus, PlanSide, Vdmi

OWN = "own"
THIRD_PARTY = "third-party"

Source = Annotated[Id, RefTo("Programme", OWN, THIRD_PARTY)]
"""What pays: `own`, `third-party` or the id of a funding programme."""


class Assumption(Entity):
    """Why one link of the chain is expected to bring the next."""

    input_output: Line | None = doc(
        "Input → Output: warum die Mittel die Leistung ermöglichen.", "Input → output: why.", default=None
    )
    output_outcome: Line | None = doc(
        "Output → Outcome: warum die Leistung wirkt.", "Output → outcome: why.", default=None
    )
    outcome_impact: Line | None = doc(
        "Outcome → Impact: warum die Wirkung bleibt.", "Outcome → impact: why.", default=None
    )


class Link(Entity):
    """One link of the chain of effects."""

    statement: Line = doc(
        "Aussage: was eingesetzt, geleistet oder bewirkt wird.", "Statement: what is put in, done or brought about."
    )
    indicator: IndicatorRef | None = doc("Kennzahl: woran man es sieht.", "Indicator: by which it shows.", default=None)
    planned: Number | None = doc("Plan: Menge im Jahr.", "Planned: quantity a year.", default=None)
    unit: Line | None = doc("Einheit: der Menge.", "Unit: of the quantity.", default=None)


class ImpactChain(Entity):
    """Input, output, outcome, impact (IOOI) with an assumption at each arrow."""

    input: Link | None = doc("Input: was eingesetzt wird.", "Input: what is put in.", default=None)
    output: Link | None = doc("Output: was geleistet wird.", "Output: what is done.", default=None)
    outcome: Link | None = doc(
        "Outcome: was sich für die Zielgruppe ändert.", "Outcome: what changes for the target group.", default=None
    )
    impact: Link | None = doc("Impact: was sich im Gebiet ändert.", "Impact: what changes in the area.", default=None)
    assumptions: Assumption | None = doc("Annahmen: je Pfeil eine.", "Assumptions: one an arrow.", default=None)


class BudgetLine(Entity):
    """The money of one year on one product."""

    year: Annotated[Whole, Field(ge=1990, le=2100)] = doc("Jahr: Haushaltsjahr.", "Year: budget year.")
    product: Line | None = doc(
        "Produkt: Nummer im Produkthaushalt, in Anführungszeichen.",
        "Product: its number in the budget, quoted.",
        default=None,
    )
    cost_centre: Line | None = doc("Kostenstelle: oder Kostenträger.", "Cost centre: or cost unit.", default=None)
    account: Line | None = doc("Sachkonto: in Anführungszeichen.", "Account: quoted.", default=None)
    cost_type: Line | None = doc(
        "Kostenart: mit den Worten der Förderprogramme, z. B. „Personalausgaben“.",
        "Type of cost: in the words of the funding programmes.",
        default=None,
    )
    side: PlanSide = doc(
        "Plan: Ergebnis- oder Finanzplan.", "Side: operating or capital budget.", default=PlanSide.RESULT
    )
    planned: Money = doc("Ansatz: Euro.", "Planned: euro.")
    committed: Money | None = doc("Obligo: gebundene Mittel in Euro.", "Committed: euro.", default=None)
    actual: Money | None = doc("Ist: verausgabte Mittel in Euro.", "Actual: euro spent.", default=None)
    fte: Annotated[Number, Field(ge=0)] | None = doc(
        "VZÄ: Vollzeitäquivalente.", "FTE: full-time equivalents.", default=None
    )
    commitment_authorisation: Money | None = doc(
        "Verpflichtungsermächtigung: Euro zulasten dieses Jahres.",
        "Commitment authorisation: euro charged to this year.",
        default=None,
    )
    medium_term: Flag | None = doc(
        "Mittelfristige Finanzplanung: ist der Betrag dort enthalten?",
        "Medium-term plan: is the amount in it?",
        default=None,
    )
    financing: Annotated[dict[Source, Money], WithoutOrigin] = doc(
        "Finanzierung: Euro je Quelle („own“, „third-party“ oder Förderprogramm); zusammen der Ansatz.",
        "Financing: euro by source (“own”, “third-party” or a programme); together the planned sum.",
        default_factory=dict,
    )


class Allocation(Entity):
    """The part of a measure that an area gets."""

    area: AreaRef = doc("Gebiet: dem der Anteil zugerechnet wird.", "Area: to which the share is counted.")
    share: Share = doc("Anteil: 0 bis 1.", "Share: 0 to 1.")


class Assignment(Entity):
    """Who takes which part (VDMI) beyond the responsible and executing offices."""

    holder: HolderRef = doc("Stelle: Akteur oder Gremium.", "Holder: actor or body.")
    part: Vdmi = doc("Rolle: V, D, M oder I.", "Part: accountable, executing, contributing or informed.")


class Reach(Entity):
    """How many are to be reached."""

    number: Count = doc("Anzahl: im Jahr.", "Number: a year.")
    unit: Line = doc("Einheit: Personen, Familien, Besuche …", "Unit: persons, families, visits …")


class Measure(Decided):
    """What is done for one or more goals (Maßnahme)."""

    title: Line = doc("Titel: wie die Maßnahme heißt.", "Title: what the measure is called.")
    description: Line | None = doc("Beschreibung: was getan wird.", "Description: what is done.", default=None)
    goals: tuple[AnyGoalRef, ...] = doc("Ziele: denen sie dient.", "Goals: which it serves.", default=())
    theme: ThemeRef | None = doc("Handlungsfeld: der Maßnahme.", "Theme: the measure's field of action.", default=None)
    target_groups: tuple[GroupRef, ...] = doc("Zielgruppen: für wen.", "Target groups: for whom.", default=())
    reach: Reach | None = doc("Reichweite: wie viele.", "Reach: how many.", default=None)
    duty: DutyType | None = doc(
        "Aufgabenart: pflichtig oder freiwillig.", "Duty: mandatory or voluntary.", default=None
    )
    sovereign: Flag = doc(
        "Hoheitlich: nur die Verwaltung darf sie verantworten.",
        "Sovereign: only the administration may answer for it.",
        default=False,
    )
    commitment: Commitment = doc("Verbindlichkeit: wie fest zugesagt.", "Commitment: how firmly promised.")
    budget_reservation: Flag = doc(
        "Haushaltsvorbehalt: steht sie noch unter Vorbehalt des Haushalts?",
        "Budget reservation: does it still depend on the budget?",
    )
    progress: MeasureStatus = doc(
        "Stand: geplant, läuft, abgeschlossen, abgebrochen.",
        "Progress: planned, running, completed, stopped.",
        default=MeasureStatus.PLANNED,
    )
    planned: Span | None = doc("Geplant: Laufzeit nach Plan.", "Planned: term by plan.", default=None)
    forecast: Span | None = doc("Voraussichtlich: erwartete Laufzeit.", "Forecast: expected term.", default=None)
    actual: Span | None = doc("Tatsächlich: wirkliche Laufzeit.", "Actual: real term.", default=None)
    responsible: ActorRef | None = doc(
        "Verantwortliche Stelle: genau eine.", "Responsible: exactly one office.", default=None
    )
    executing: tuple[ActorRef, ...] = doc("Durchführend: wer es tut.", "Executing: who does it.", default=())
    partners: tuple[HolderRef, ...] = doc("Partner: wer mitwirkt.", "Partners: who contributes.", default=())
    assignments: tuple[Assignment, ...] = doc("Weitere Rollen: nach VDMI.", "Further parts: by VDMI.", default=())
    allocation: tuple[Allocation, ...] = doc(
        "Zurechnung: Anteile der Gebiete, wenn sie mehreren dient.",
        "Allocation: the areas' shares where it serves several.",
        default=(),
    )
    milestones: tuple[Milestone, ...] = doc(
        "Meilensteine: in der Reihenfolge der Termine.", "Milestones: in order of their dates.", default=()
    )
    impact: ImpactChain | None = doc(
        "Wirkungskette: vom Einsatz zur Wirkung.", "Impact chain: from input to impact.", default=None
    )
    budget: tuple[BudgetLine, ...] = doc("Mittel: je Jahr und Produkt.", "Budget: by year and product.", default=())
    programmes: tuple[ProgrammeRef, ...] = doc(
        "Förderprogramme: die in Frage kommen.", "Programmes: that may pay.", default=()
    )
    contracts: tuple[ContractRef, ...] = doc(
        "Verträge: auf denen sie ruht.", "Contracts: on which it rests.", default=()
    )
    follow_up_financing: Line | None = doc(
        "Anschlussfinanzierung: was nach dem Ende der Förderung geschieht.",
        "Follow-up financing: what happens when the grant ends.",
        default=None,
    )
    follow_up_costs: Money | None = doc(
        "Folgekosten: Euro im Jahr, die nach der Laufzeit bleiben oder der Betrieb einer Investition kostet.",
        "Follow-up costs: euro a year that remain after the term, or that running an investment costs.",
        default=None,
    )

    def cost(self, year: int | None = None) -> Decimal:
        """Planned euro of one year or of all."""
        return sum((line.planned for line in self.budget if year in (None, line.year)), Decimal(0))
