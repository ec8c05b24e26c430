"""Definitions of social-area indices: what goes in, and each choice of the way to a class."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sozplan.model.entity import Entity, Flag, Line, Number, Share, Whole, doc
from sozplan.model.index_terms import (
    Aggregation,
    ChangeKind,
    CountFrom,
    Cut,
    Deviation,
    Gap,
    Over,
    Preset,
    Quantile,
    Scaling,
    Side,
    Ties,
    Transform,
)
from sozplan.model.periods import Period
from sozplan.model.shared import Count, IndicatorRef, LevelRef, Positive, Record, ThemeRef, UnitRef

Weight = Annotated[Number, Field(ge=0)]
FromOne = Annotated[Number, Field(ge=1)]
Years = Annotated[Whole, Field(ge=1, le=50)]


class Component(Entity):
    """An indicator in a social index, with its weight."""

    indicator: IndicatorRef = doc("Kennzahl: die eingeht.", "Indicator: that goes in.")
    weight: Weight = doc("Gewicht: unter den Komponenten.", "Weight: among the components.", default=Decimal(1))
    burdened: Side | None = doc(
        "Belastet: welche Seite belastet ist; fehlt die Angabe, die schlechtere nach dem Steckbrief.",
        "Burdened: which side is burdened; the worse one by the sheet where absent.",
        default=None,
    )
    theme: ThemeRef | None = doc("Handlungsfeld: der Komponente.", "Theme: of the component.", default=None)
    transform: Transform = doc(
        "Umformung: der Werte vor der Standardisierung.",
        "Transform: of the values before they are standardised.",
        default=Transform.NONE,
    )
    low: Number | None = doc(
        "Unterer Grenzwert: bei „goalposts“.", "Low: lower goalpost, with “goalposts”.", default=None
    )
    high: Number | None = doc(
        "Oberer Grenzwert: bei „goalposts“.", "High: upper goalpost, with “goalposts”.", default=None
    )


class Standardise(Entity):
    """How values of different units become comparable (Standardisierung)."""

    method: Scaling = doc("Verfahren: der Standardisierung.", "Method: of standardising.", default=Scaling.Z)
    deviation: Deviation = doc(
        "Standardabweichung: der Grundgesamtheit oder der Stichprobe.",
        "Deviation: of the population or of the sample.",
        default=Deviation.POPULATION,
    )
    over: Over = doc(
        "Über: welche Gebiete Mittel, Streuung, Grenzen und Ränge bestimmen.",
        "Over: which areas make mean, deviation, extremes and ranks.",
        default=Over.RATED,
    )
    weighted_by: IndicatorRef | None = doc(
        "Gewichtet nach: Kennzahl, die Mittel und Standardabweichung gewichtet, etwa Einwohner; sonst ungewichtet.",
        "Weighted by: indicator that weights mean and deviation, residents say; unweighted otherwise.",
        default=None,
    )
    reference: Period | None = doc(
        "Bezugsjahr: dessen Mittel, Streuung und Grenzen eingefroren gelten; sonst die Periode selbst.",
        "Reference: period to which mean, deviation and extremes are frozen; the period itself otherwise.",
        default=None,
    )
    ties: Ties = doc(
        "Gleiche Werte: welchen Rang sie erhalten.", "Ties: which rank equal values get.", default=Ties.AVERAGE
    )
    percentile: Quantile = doc(
        "Prozentrang: Formel für das Gebiet auf Rang k von n.",
        "Percentile: formula for the area on rank k of n.",
        default=Quantile.INTERPOLATED_INVERTED_CDF,
    )
    lowest: Number = doc(
        "Kleinster Punktwert: bei „min-max“ und „goalposts“.",
        "Lowest score: with “min-max” and “goalposts”.",
        default=Decimal(0),
    )
    highest: Number = doc(
        "Größter Punktwert: bei „min-max“ und „goalposts“.",
        "Highest score: with “min-max” and “goalposts”.",
        default=Decimal(1),
    )
    clip: Flag = doc(
        "Begrenzen: Werte jenseits der Grenzwerte von „goalposts“ auf diese setzen.",
        "Clip: put values beyond the goalposts on these.",
        default=True,
    )


class Winsorise(Entity):
    """Extremes are put on a quantile before anything else (Winsorisieren)."""

    lower: Share | None = doc("Unten: Anteil, z. B. 0.05.", "Lower: share, 0.05 say.", default=None)
    upper: Share | None = doc("Oben: Anteil, z. B. 0.95.", "Upper: share, 0.95 say.", default=None)
    quantile: Quantile = doc(
        "Quantil: nach welcher Definition.", "Quantile: by which definition.", default=Quantile.LINEAR
    )


class Aggregate(Entity):
    """How the components become one number."""

    method: Aggregation = doc("Verfahren: der Zusammenfassung.", "Method: of aggregating.", default=Aggregation.SUM)
    constant: FromOne = doc(
        "Konstante: der exponentiellen Umformung, im englischen Index 23.",
        "Constant: of the exponential transformation, 23 in the English index.",
        default=Decimal(23),
    )


class Bound(Entity):
    """A class by its upper bound."""

    name: Line = doc("Name: der Klasse.", "Name: of the class.")
    to: Number | None = doc(
        "Bis: obere Grenze; nur die letzte Klasse hat keine.", "To: upper bound; only the last class has none.",
        default=None,
    )  # fmt: skip
    including: Flag = doc(
        "Einschließlich: gehört die Grenze selbst dazu?", "Including: does the bound itself belong to it?", default=True
    )


class QuantileClasses(Entity):
    """Classes of equally many areas, by a stated definition."""

    names: Annotated[tuple[Line, ...], Field(min_length=2)] = doc(
        "Namen: der Klassen, von geringer zu hoher Belastung.", "Names: of the classes, from low burden to high."
    )
    definition: Cut = doc(
        "Definition: des Quantils, oder „rank“ für abgezählte Ränge.",
        "Definition: of the quantile, or “rank” for counted ranks.",
    )
    including: Flag = doc(
        "Einschließlich: gehört ein Gebiet auf der Grenze zur geringer belasteten Klasse?",
        "Including: does an area on the bound belong to the less burdened class?",
        default=True,
    )
    count_from: CountFrom = doc(
        "Gezählt ab: bei „rank“; gleiche Werte bleiben zusammen in der Klasse, mit der ihre Ränge beginnen.",
        "Count from: with “rank”; equal values stay together in the class in which their ranks begin.",
        default=CountFrom.MOST,
    )


class Classes(Entity):
    """The classes, either by bounds or by quantiles."""

    bounds: tuple[Bound, ...] = doc(
        "Grenzen: von geringer zu hoher Belastung, die letzte offen.",
        "Bounds: from low burden to high, the last one open.",
        default=(),
    )
    quantiles: QuantileClasses | None = doc(
        "Quantile: gleich viele Gebiete je Klasse.", "Quantiles: as many areas a class.", default=None
    )

    @property
    def names(self) -> tuple[str, ...]:
        """From low burden to high."""
        return tuple(each.name for each in self.bounds) if self.quantiles is None else self.quantiles.names


class Minimum(Entity):
    """Areas with less than that are not rated."""

    indicator: IndicatorRef = doc("Kennzahl: z. B. Einwohner.", "Indicator: residents say.")
    least: Number = doc("Mindestens: darunter wird nicht bewertet.", "Least: not rated below.")


class ExcludedArea(Entity):
    """An area that isn't rated, and why."""

    area: UnitRef = doc("Gebietseinheit: die nicht bewertet wird.", "Area: that isn't rated.")
    reason: Line = doc("Grund: warum nicht.", "Reason: why not.")


class Exclude(Entity):
    """Which areas aren't rated (Ausschlüsse)."""

    minimum: Minimum | None = doc("Mindestgröße: der Gebiete.", "Minimum: size of the areas.", default=None)
    areas: tuple[ExcludedArea, ...] = doc("Gebiete: einzeln, mit Grund.", "Areas: singly, with reason.", default=())


class Dynamics(Entity):
    """The change of the burden over time, put into classes by itself (Dynamik)."""

    years: Years | None = doc(
        "Jahre: über die die Veränderung der Komponenten gemessen wird.",
        "Years: over which the change of the components is taken.",
        default=None,
    )
    change: ChangeKind = doc(
        "Veränderung: Differenz oder Prozent.", "Change: difference or per cent.", default=ChangeKind.DIFFERENCE
    )
    components: tuple[Component, ...] = doc(
        "Komponenten: Kennzahlen, die selbst die Veränderung angeben; fehlen sie, wird sie berechnet.",
        "Components: indicators that hold the change themselves; it is computed where absent.",
        default=(),
    )
    standardise: Standardise | None = doc(
        "Standardisierung: wenn anders als beim Status.",
        "Standardise: where different from that of the status.",
        default=None,
    )
    classes: Classes | None = doc("Klassen: der Dynamik.", "Classes: of the dynamics.", default=None)


class Robustness(Entity):
    """The variations against which a result is tried (Robustheit)."""

    runs: Annotated[Whole, Field(ge=0, le=100_000)] = doc(
        "Läufe: mit zufällig veränderten Gewichten.", "Runs: with weights changed at random.", default=1000
    )
    concentration: FromOne = doc(
        "Konzentration: der Dirichlet-Verteilung um die Gewichte; je größer, desto näher bei ihnen.",
        "Concentration: of the Dirichlet distribution around the weights; the larger, the nearer to them.",
        default=Decimal(50),
    )
    seed: Annotated[Whole, Field(ge=0)] = doc(
        "Startwert: der Zufallszahlen, damit jeder Lauf dasselbe ergibt.",
        "Seed: of the random numbers, so that each run gives the same.",
        default=1,
    )
    leave_one_out: Flag = doc(
        "Je eine weglassen: der Komponenten.", "Leave one out: of the components.", default=True
    )  # fmt: skip
    standardisations: tuple[Scaling, ...] = doc(
        "Andere Standardisierungen: die eigene wird übergangen.",
        "Other standardisations: the method's own is passed over.",
        default=(Scaling.Z, Scaling.MIN_MAX, Scaling.RANK),
    )
    pooled_years: Years = doc(
        "Zusammengefasste Jahre: Mittel so vieler Jahre; 1 lässt es bleiben.",
        "Pooled years: mean of so many years; 1 leaves it.",
        default=3,
    )


class Method(Entity):
    """One version of an index's method: each choice that its results depend on."""

    version: Line = doc(
        "Methodenversion: eine geänderte Definition ist eine neue.", "Version: a changed definition is a new one."
    )
    start: Period | None = doc(
        "Ab: erste Periode, für die sie gilt.", "From: first period for which it holds.", alias="from", default=None
    )
    end: Period | None = doc(
        "Bis: letzte Periode, für die sie gilt.", "To: last period for which it holds.", alias="to", default=None
    )
    preset: Preset | None = doc(
        "Vorlage: füllt aus, was hier nicht steht.", "Preset: fills in what isn't said here.", default=None
    )
    source: Line | None = doc(
        "Quelle: wo die Methode beschrieben oder beschlossen ist.",
        "Source: where the method is described or decided.",
        default=None,
    )
    components: Annotated[tuple[Component, ...], Field(min_length=1)] = doc(
        "Komponenten: Kennzahlen mit Gewicht.", "Components: indicators with weights."
    )
    standardise: Standardise = doc(
        "Standardisierung: der Komponenten.", "Standardise: the components.", default_factory=Standardise
    )
    winsorise: Winsorise | None = doc(
        "Winsorisieren: Ausreißer begrenzen.", "Winsorise: rein in outliers.", default=None
    )
    missing: Gap = doc(
        "Fehlende Werte: was aus dem Gebiet wird.", "Missing: what becomes of the area.", default=Gap.EXCLUDE
    )
    least_components: Positive | None = doc(
        "Mindestens vorhanden: so viele Komponenten; sonst die Hälfte.",
        "Least components: so many must be there; half of them otherwise.",
        default=None,
    )
    aggregate: Aggregate = doc(
        "Zusammenfassung: der Komponenten.", "Aggregate: the components.", default_factory=Aggregate
    )
    restandardise: Flag = doc(
        "Noch einmal standardisieren: das Ergebnis als z-Wert der bewerteten Gebiete.",
        "Restandardise: the result as z score of the rated areas.",
        default=False,
    )
    classes: Classes | None = doc("Klassen: des Index.", "Classes: of the index.", default=None)
    suggests: tuple[Line, ...] = doc(
        "Legt nahe: Klassen, in denen der Index eine Festlegung nahelegt.",
        "Suggests: classes in which the index suggests a designation.",
        default=(),
    )
    borderline: Weight = doc(
        "Grenzfall: bis zu diesem Abstand von einer Klassengrenze, in Standardabweichungen des Index.",
        "Borderline: up to that distance from a class bound, in standard deviations of the index.",
        default=Decimal("0.1"),
    )
    least_areas: Count = doc(
        "Mindestzahl: bei weniger bewerteten Gebieten keine Klassen nach z-Werten, nur Abstand und Rang.",
        "Least areas: with fewer rated ones no classes by z scores, distance and rank only.",
        default=15,
    )
    exclude: Exclude = doc("Ausschlüsse: mit Grund.", "Exclude: with reason.", default_factory=Exclude)
    dynamics: Dynamics | None = doc("Dynamik: Veränderung über Jahre.", "Dynamics: change over years.", default=None)
    robustness: Robustness = doc(
        "Robustheit: welche Abwandlungen gerechnet werden.",
        "Robustness: which variations are computed.",
        default_factory=Robustness,
    )


class Index(Record):
    """`indicators/indices/*.yaml`: a social-area index with all versions of its method."""

    name: Line = doc("Name: des Index.", "Name: of the index.")
    level: LevelRef = doc("Ebene: deren Gebiete bewertet werden.", "Level: whose areas are rated.")
    methods: Annotated[tuple[Method, ...], Field(min_length=1)] = doc(
        "Methoden: alle Versionen; alte bleiben stehen, damit alte Ergebnisse nachrechenbar bleiben.",
        "Methods: all versions; old ones stay, so that old results can be computed again.",
    )

    def method(self, version: str) -> Method | None:
        return next((each for each in self.methods if each.version == version), None)

    def method_for(self, period: Period) -> Method | None:
        """The version that holds for the period."""
        return next((each for each in self.methods if _holds(each, period)), None)


def _holds(method: Method, period: Period) -> bool:
    begun = method.start is None or method.start.start <= period.start
    return begun and (method.end is None or period.end <= method.end.end)
