"""What exists today, what it is worth, and what is recommended."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sozplan.model.entity import Date, Entity, Id, Line, RefTo, Whole, doc
from sozplan.model.papers import Paper
from sozplan.model.processes import Step
from sozplan.model.shared import (
    ContractRef,
    Count,
    Decided,
    GroupRef,
    HolderRef,
    Record,
    TerritoryRef,
    ThemeRef,
    UnitRef,
)
from sozplan.model.terms import Advice, InventoryKind


class Criterion(Entity):
    """One mark of the assessment."""

    criterion: Line = doc("Kriterium: was bewertet wird.", "Criterion: what is assessed.")
    score: Annotated[Whole, Field(ge=1, le=5)] = doc(
        "Note: 1 (schwach) bis 5 (stark).", "Score: 1 (weak) to 5 (strong)."
    )
    note: Line | None = doc("Begründung: der Note.", "Reason: for the score.", default=None)


class Recommendation(Decided):
    """What is to become of it, and what did."""

    advice: Advice = doc(
        "Empfehlung: beibehalten, anpassen, zusammenführen, neu, aufgeben.", "Advice: keep, adapt, merge, new, give up."
    )
    statement: Line = doc("Inhalt: was empfohlen wird.", "Statement: what is recommended.")
    reason: Line = doc("Begründung: warum.", "Reason: why.")
    leads_to: tuple[Annotated[Id, RefTo("Measure", "Body", "Process", "HandbookRule")], ...] = doc(
        "Führt zu: Maßnahme, Gremium, Prozess oder Regel.", "Leads to: measure, body, process or rule.", default=()
    )


class InventoryItem(Record):
    """A service, facility, body or procedure as it is today."""

    title: Line = doc("Titel: wie es heißt.", "Title: what it is called.")
    kind: InventoryKind = doc(
        "Art: Angebot, Einrichtung, Gremium, Verfahren.", "Kind: service, facility, body, procedure."
    )
    operator: HolderRef | None = doc("Träger: wer es betreibt.", "Operator: who runs it.", default=None)
    site: UnitRef | None = doc("Standort: Gebietseinheit.", "Site: unit.", default=None)
    catchment: tuple[TerritoryRef, ...] = doc("Einzugsbereich: Gebiete.", "Catchment: areas.", default=())
    themes: tuple[ThemeRef, ...] = doc("Handlungsfelder: die es bedient.", "Themes: that it serves.", default=())
    target_groups: tuple[GroupRef, ...] = doc("Zielgruppen: für wen.", "Target groups: for whom.", default=())
    capacity: Count | None = doc("Plätze: Kapazität.", "Capacity: places.", default=None)
    use: Count | None = doc("Nutzung: im letzten Jahr.", "Use: in the last year.", default=None)
    capacity_unit: Line | None = doc("Einheit: Plätze, Stunden, Fälle …", "Unit: places, hours, cases …", default=None)
    legal_basis: Line | None = doc("Rechtsgrundlage: oder Beschluss.", "Legal basis: or resolution.", default=None)
    contract: ContractRef | None = doc("Vertrag: auf dem es ruht.", "Contract: on which it rests.", default=None)
    since: Date | None = doc("Seit: wann es besteht.", "Since: when it exists.", default=None)
    steps: tuple[Step, ...] = doc(
        "Schritte: eines Verfahrens, wie es heute läuft.", "Steps: of a procedure as it runs today.", default=()
    )
    assessment: tuple[Criterion, ...] = doc("Bewertung: Kriterien 1–5.", "Assessment: criteria 1–5.", default=())
    overlaps: tuple[Annotated[Id, RefTo("InventoryItem")], ...] = doc(
        "Überschneidungen: mit anderem Bestand.", "Overlaps: with other items.", default=()
    )
    gaps: tuple[Line, ...] = doc("Lücken: was fehlt.", "Gaps: what is missing.", default=())
    recommendation: Recommendation | None = doc(
        "Empfehlung: und was daraus wurde.", "Recommendation: and what became of it.", default=None
    )


class Inventory(Entity):
    """`plans/inventory/*.yaml`."""

    items: tuple[InventoryItem, ...] = doc("Bestand: was es gibt.", "Items: what there is.", default=())
    paper: Paper | None = doc(
        "Vorlage: was die Bestandsaufnahme über ihre Einträge hinaus sagt.",
        "Paper: what the printed inventory says beyond its items.",
        default=None,
    )
