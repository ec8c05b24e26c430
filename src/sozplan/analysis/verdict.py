"""What is said of a target and of several together, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from sozplan.analysis.conversion import Obstacle
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.outlook import NO_OUTLOOK, Outlook
from sozplan.analysis.weather import Weather
from sozplan.diagnostics import Location, Text, text
from sozplan.model.figures import Quality
from sozplan.model.periods import Period
from sozplan.model.terms import Light, Term
from sozplan.model.territory import Succession


class Method(Term):
    """How attainment and expectation are computed."""

    LINEAR = "linear", "gleichmäßiger Weg vom Ausgangs- zum Zielwert", "even way from baseline to target"
    PIECEWISE = "piecewise", "Weg über Zwischenwerte", "way through intermediate values"
    DISTANCE = "distance", "Abstand zur Grenze, gemessen an der Toleranz", "distance from the bound, by tolerance"
    MILESTONES = "milestones", "Gewichte der erreichten Meilensteine", "weights of the milestones done"


class Reason(Term):
    """Why a target can't be rated; its light is grey."""

    NO_INDICATOR = "no-indicator", "Kennzahl unbekannt", "unknown indicator"
    NO_BASELINE = "no-baseline", "kein Ausgangswert", "no baseline"
    NO_TARGET = "no-target", "kein Zielwert", "no target value"
    NO_WAY = "no-way", "Ausgangs- und Zielwert oder ihre Zeitpunkte gleich", "baseline equals target or its date"
    NO_VALUE = "no-value", "kein Ist-Wert", "no actual value"
    UNRELIABLE = "unreliable", "Ist-Wert nicht belastbar", "actual value not reliable"
    OUTDATED = "outdated", "Ist-Wert veraltet", "actual value out of date"
    SUPPRESSED = "suppressed", "geheim gehalten", "suppressed"
    SERIES_BREAK = "series-break", "Bruch in der Zeitreihe seit dem Ausgangswert", "series break since the baseline"
    BOUNDARY = "boundary-change", "Gebietsänderung seit dem Ausgangswert", "boundary change since the baseline"
    TOO_EARLY = "too-early", "zu früh", "too early"
    NO_WEIGHT = "no-weight", "Meilensteine ohne Gewicht", "milestones without weight"


class Note(Term):
    """What must be said beside the number."""

    WORSENED = "worsened", "verschlechtert", "worsened"
    EXCEEDED = "exceeded", "übertroffen", "exceeded"
    EXPIRED = "expired", "Frist abgelaufen", "deadline passed"
    PROVISIONAL = "provisional", "vorläufiger Wert", "provisional value"
    REVISED = "revised", "berichtigter Wert", "revised value"
    ESTIMATED = "estimated", "geschätzter Wert", "estimated value"
    CONVERTED = "converted", "Wert auf heutige Gebietsgrenzen umgerechnet", "value converted to present borders"
    REBASED = (
        "baseline-converted",
        "Ausgangswert auf heutige Gebietsgrenzen umgerechnet",
        "baseline converted to present borders",
    )
    BY_CHANCE = "by-chance", "Zufallsbereich", "within chance"
    METHOD = "method-dependent", "abhängig von der Methode", "depends on the method"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatus:
    """How far a target is.

    `attainment` is Z, `fulfilment` P, both in per cent; `reference` is the day that `actual` speaks of.
    `lower` and `upper` are the bounds of what is to be maintained; `weight` is the share of the goal as written.
    `outlook` is what is said beside it and doesn't change the light. `planned` is the baseline as written where another
    one is used, since the ground has changed; `conversion` are the boundary changes that baseline or actual value went
    through, `obstacle` says why the baseline could not.
    """

    target: str
    goal: str
    plan: str | None
    area: str | None
    indicator: str | None
    kind: str
    method: Method
    weight: Decimal | None = None
    baseline: Decimal | None = None
    baseline_period: Period | None = None
    target_value: Decimal | None = None
    target_period: Period | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    actual: Decimal | None = None
    actual_period: Period | None = None
    reference: date | None = None
    quality: Quality | None = None
    expected: Decimal | None = None
    attainment: Decimal | None = None
    fulfilment: Decimal | None = None
    light: Light = Light.GREY
    reason: Reason | None = None
    notes: tuple[Note, ...] = ()
    cells: tuple[Location, ...] = ()
    planned: Decimal | None = None
    conversion: tuple[Succession, ...] = ()
    obstacle: Obstacle | None = None
    outlook: Outlook = NO_OUTLOOK

    @property
    def why(self) -> Text | None:
        """The reason, with what stood in the way of a conversion."""
        if self.reason is None or self.obstacle is None:
            return None if self.reason is None else self.reason.label
        reason, obstacle = self.reason.label, self.obstacle.label
        return text(de=f"{reason.de}: {obstacle.de}", en=f"{reason.en}: {obstacle.en}")

    @property
    def ratable(self) -> bool:
        return self.light is not Light.GREY

    @property
    def forecast(self) -> Decimal | None:
        """The trend continued to the target's date."""
        return self.outlook.trend.value if self.outlook.trend else None

    @property
    def weather(self) -> Weather | None:
        return self.outlook.outcome.weather if self.outlook.outcome else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Several targets together: `scope` is the id of a goal or a plan, `coverage` the ratable weight in per cent.

    `worsened` counts the targets that went into `attainment` as 0.
    """

    scope: str
    attainment: Decimal | None
    coverage: Decimal
    lights: Mapping[Light, int]
    worsened: int


@dataclass(frozen=True, slots=True)
class Report:
    as_of: date
    audience: Audience
    targets: tuple[TargetStatus, ...]
    aggregates: tuple[Aggregate, ...]
    coarse: tuple[tuple[str, Period], ...] = ()
    """Indicators and periods of which more was withheld than might have been needed."""


_NINE_DIGITS = Context(prec=9)


def rounded(value: Decimal) -> Decimal:
    """To nine significant digits: what is written out, and what lights are judged by."""
    return _NINE_DIGITS.plus(value)
