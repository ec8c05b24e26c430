"""Targets of all five kinds: what a goal is measured by."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from sozplan.model.entity import Date, Entity, Line, Number, doc
from sozplan.model.periods import Period
from sozplan.model.shared import IndicatorRef, Record, TerritoryRef


class Point(Entity):
    """A value at a period, in the indicator's unit."""

    period: Period = doc("Zeitpunkt: Periode oder Stichtag.", "Period: or reference date.")
    value: Number = doc("Wert: in der Einheit der Kennzahl.", "Value: in the indicator's unit.")
    vintage: Date | None = doc(
        "Datenstand: Tag, an dem der Wert so galt.", "Vintage: day on which the value stood so.", default=None
    )


class TargetFields(Record):
    """What all kinds share."""

    statement: Line | None = doc("Erläuterung: für die Leserin.", "Statement: for the reader.", default=None)
    weight: Annotated[Number, Field()] | None = doc(
        "Gewicht: Anteil am Ziel in Prozent; wenn angegeben, zusammen 100.",
        "Weight: share of the goal in per cent; 100 together where given.",
        default=None,
    )
    area: TerritoryRef | None = doc(
        "Gebiet: wo gemessen wird; fehlt es, im Gebiet des Plans, sonst in der ganzen Kommune.",
        "Area: where it is measured; that of the plan where absent, else the whole municipality.",
        default=None,
    )


class Change(TargetFields):
    """From a baseline to a target value (Veränderung)."""

    kind: Literal["change"] = doc(
        "Art: Veränderung von einem Ausgangs- zu einem Zielwert.", "Kind: change from a baseline to a target."
    )
    indicator: IndicatorRef = doc("Kennzahl: woran gemessen wird.", "Indicator: what is measured.")
    baseline: Point | None = doc("Ausgangswert: Wert zu Beginn.", "Baseline: value at the start.", default=None)
    target: Point | None = doc(
        "Zielwert: Wert, der bis wann erreicht sein soll.", "Target: value to be reached, and by when.", default=None
    )
    path: tuple[Point, ...] = doc("Zwischenwerte: auf dem Weg zum Zielwert.", "Path: values on the way.", default=())


class Maintain(TargetFields):
    """Keep a value on the right side of a bound (Erhalt)."""

    kind: Literal["maintain"] = doc("Art: Erhalt eines Standes.", "Kind: maintain a level.")
    indicator: IndicatorRef = doc("Kennzahl: woran gemessen wird.", "Indicator: what is measured.")
    baseline: Point | None = doc("Ausgangswert: Wert zu Beginn.", "Baseline: value at the start.", default=None)
    lower: Number | None = doc(
        "Untergrenze: mindestens dieser Wert.", "Lower bound: at least this value.", default=None
    )
    upper: Number | None = doc("Obergrenze: höchstens dieser Wert.", "Upper bound: at most this value.", default=None)
    tolerance: Annotated[Number, Field(ge=0)] = doc(
        "Toleranz: Abstand zur Grenze, bei dem nichts mehr erreicht ist; 0 heißt erreicht oder verfehlt.",
        "Tolerance: distance from the bound at which nothing is attained; 0 means met or missed.",
        default=Decimal(0),
    )
    until: Period | None = doc("Frist: bis wann gehalten wird.", "Until: how long it is to hold.", default=None)


class Corridor(Maintain):
    """Stay between two bounds (Korridor)."""

    kind: Literal["corridor"] = doc("Art: Korridor zwischen zwei Grenzen.", "Kind: corridor between two bounds.")  # type: ignore[assignment]


class Gap(TargetFields):
    """Narrow the distance to the municipality's value (Abstand zum Stadtwert)."""

    kind: Literal["gap"] = doc(
        "Art: Abstand zum Wert der ganzen Kommune.", "Kind: gap to the value of the whole municipality."
    )
    indicator: IndicatorRef = doc("Kennzahl: woran gemessen wird.", "Indicator: what is measured.")
    reference: TerritoryRef | None = doc(
        "Vergleichsgebiet: fehlt es, die ganze Kommune.",
        "Reference: the whole municipality where absent.",
        default=None,
    )
    baseline: Point | None = doc(
        "Ausgangsabstand: Gebiet minus Kommune.", "Baseline: area minus municipality.", default=None
    )
    target: Point | None = doc("Zielabstand: Gebiet minus Kommune.", "Target: area minus municipality.", default=None)
    path: tuple[Point, ...] = doc("Zwischenwerte: auf dem Weg zum Zielabstand.", "Path: values on the way.", default=())


class Milestone(Record):
    """A step that is done or not."""

    title: Line = doc("Titel: was erreicht ist.", "Title: what is achieved.")
    due: Date = doc("Termin: bis wann.", "Due: by when.")
    forecast: Date | None = doc("Voraussichtlich: erwarteter Tag.", "Forecast: expected day.", default=None)
    done: Date | None = doc(
        "Erreicht am: Tag, an dem es erreicht war.", "Done: day on which it was achieved.", default=None
    )
    weight: Number | None = doc(
        "Gewicht: in Prozent; bei einem Meilensteinziel zusammen 100.",
        "Weight: in per cent; 100 together in a milestone target.",
        default=None,
    )


class Milestones(TargetFields):
    """Reached when all milestones are done (Meilensteinziel)."""

    kind: Literal["milestones"] = doc("Art: Meilensteine.", "Kind: milestones.")
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1)] = doc(
        "Meilensteine: mit Gewicht und Termin.", "Milestones: with weight and due date."
    )


def _kind(value: Any) -> str | None:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return kind if isinstance(kind, str) else None


Target = Annotated[
    Annotated[Change, Tag("change")]
    | Annotated[Maintain, Tag("maintain")]
    | Annotated[Corridor, Tag("corridor")]
    | Annotated[Gap, Tag("gap")]
    | Annotated[Milestones, Tag("milestones")],
    Discriminator(_kind),
]
