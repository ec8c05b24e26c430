"""Goals with their targets: where one started, what is expected by now, what is, and what shall be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sozplan.analysis.verdict import Note, Report, TargetStatus
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.targets import Milestones, TargetFields
from sozplan.model.terms import Light
from sozplan.render import conversions, numbers
from sozplan.render.cited import Cited, Quantity, Worded, filled
from sozplan.render.views.figures import (
    NOTHING,
    TRENDS,
    Shown,
    apart,
    is_share,
    label,
    of_number,
    quality_sign,
    written,
)


@dataclass(frozen=True, slots=True)
class TrendCell:
    """Where it leads if it goes on so: `↑ 91,6 %`, with its range, else a single number would be read as a promise."""

    value: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    id: str
    indicator: str | None
    measured_by: str
    kind: Text
    baseline: Shown
    expected: Shown
    actual: Shown
    target: Shown
    attainment: Quantity | None
    light: Light
    reason: Text | None = None
    """Why it is grey."""
    notes: tuple[Note, ...] = ()
    """What must be said beside the number; what the quality sign says already is left out."""
    remarks: tuple[Text, ...] = ()
    """What was converted to the borders of today, and how."""
    trend: TrendCell | None = None
    in_points: bool = False
    """Its values are differences of percentages."""


@dataclass(frozen=True, slots=True)
class GoalRows:
    """A goal by its number in the paper."""

    number: str
    goal: AreaGoal
    rows: tuple[TargetRow, ...]

    @property
    def used(self) -> frozenset[str]:
        return frozenset().union(*(row.actual.used for row in self.rows))

    @property
    def has_trend(self) -> bool:
        return any(row.trend for row in self.rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """All targets of a plan at a glance; `attainment` is None where too few can be rated."""

    lights: dict[Light, Quantity]
    attainment: Quantity | None
    coverage: Quantity | None
    number: Quantity


KINDS = {
    "change": text(de="Veränderung", en="change"),
    "maintain": text(de="Erhalt", en="maintain"),
    "corridor": text(de="Korridor", en="corridor"),
    "gap": text(de="Abstand zum Stadtwert", en="gap to the municipality's value"),
    "milestones": text(de="Meilensteine", en="milestones"),
}


def goal_rows(plan: Plan, area_plan: AreaPlan, assessment: Report, lang: Lang) -> tuple[GoalRows, ...]:
    by_id = {status.target: status for status in assessment.targets}
    return tuple(
        GoalRows(f"Z{number}" if lang == "de" else f"G{number}", goal, tuple(_rows(plan, goal, by_id, lang)))
        for number, goal in enumerate(area_plan.goals, 1)
    )


def _rows(plan: Plan, goal: AreaGoal, by_id: dict[str, TargetStatus], lang: Lang) -> Iterator[TargetRow]:
    for target in goal.targets:
        if (status := by_id.get(target.id)) is not None:
            yield _row(plan, target, status, lang)


def _row(plan: Plan, target: TargetFields, status: TargetStatus, lang: Lang) -> TargetRow:
    sheet = plan.find(status.indicator, Indicator)
    return TargetRow(
        id=status.target,
        indicator=status.indicator,
        measured_by=_measured_by(target, sheet, status, lang),
        kind=KINDS[status.kind],
        baseline=_cell(status, sheet, "baseline", status.baseline, status.baseline_period, lang),
        expected=_cell(status, sheet, "expected", status.expected, None, lang),
        actual=_actual(status, sheet, lang),
        target=_aim(target, status, sheet, lang),
        attainment=None if status.attainment is None else Quantity(status.attainment, f"{status.target}#attainment"),
        light=status.light,
        reason=status.why,
        notes=tuple(note for note in status.notes if note not in _SIGNED),
        remarks=tuple(conversions.remarks(plan, status)),
        trend=_trend(status, sheet, lang),
        in_points=status.kind == "gap" and sheet is not None and is_share(sheet),
    )


def _measured_by(target: TargetFields, sheet: Indicator | None, status: TargetStatus, lang: Lang) -> str:
    if isinstance(target, Milestones):
        return text(de="Erreichte Meilensteine", en="Milestones reached").say(lang)
    return label(sheet) if sheet else status.indicator or ""


def _cell(
    status: TargetStatus, sheet: Indicator | None, name: str, value: Decimal | None, period: Period | None, lang: Lang
) -> Shown:
    """A value of the target under the name that it has in JSON."""
    if value is None:
        return NOTHING
    cited = Quantity(value, f"{status.target}#{name}")
    if status.kind == "milestones":
        return Shown(Cited(numbers.percent(value, lang, places=0), value, cited.ref), None, period)
    if status.kind == "gap":
        return Shown(Cited(apart(value, sheet, lang), value, cited.ref), None, period)
    return of_number(cited, sheet, lang, period)


def _actual(status: TargetStatus, sheet: Indicator | None, lang: Lang) -> Shown:
    if status.kind == "milestones":
        return _cell(status, sheet, "attainment", status.attainment, None, lang)
    if status.actual is None:
        hidden = status.reason is not None and status.reason.value in {"suppressed", "unreliable"}
        sign = {"suppressed": ".", "unreliable": "/"}.get(status.reason.value if status.reason else "", "")
        return Shown(sign, None, None, frozenset({sign})) if hidden else NOTHING
    plain = _cell(status, sheet, "actual", status.actual, status.actual_period, lang)
    quality = quality_sign(status.quality)
    return Shown(plain.text, quality, status.actual_period, frozenset({quality} if quality else ()))


def _aim(target: TargetFields, status: TargetStatus, sheet: Indicator | None, lang: Lang) -> Shown:
    if isinstance(target, Milestones):
        count = len(target.milestones)
        cited = Cited(numbers.number(count, lang), count, f"{status.target}#milestones")
        return Shown(filled(text(de="alle {}", en="all {}").say(lang), cited))
    if status.lower is None and status.upper is None:
        return _cell(status, sheet, "target_value", status.target_value, status.target_period, lang)
    return Shown(_bounds(status, sheet, lang), None, status.target_period)


def _bounds(status: TargetStatus, sheet: Indicator | None, lang: Lang) -> str:
    low, high = (
        None if value is None else Cited(written(value, sheet, lang), value, f"{status.target}#{name}")
        for name, value in (("lower", status.lower), ("upper", status.upper))
    )
    if low and high:
        return Worded(low.trimmed("%") if sheet and is_share(sheet) else low, "–", high)
    return Worded("≥\u00a0", low) if low else Worded("≤\u00a0", high or "")


def _trend(status: TargetStatus, sheet: Indicator | None, lang: Lang) -> TrendCell | None:
    trend = status.outlook.trend
    if trend is None:
        return None
    named = (("forecast", trend.value), ("forecast/low", trend.low), ("forecast/high", trend.high))
    value, low, high = (_cell(status, sheet, name, number, None, lang).text for name, number in named)
    unit = low.partition("\u00a0")[1] + low.partition("\u00a0")[2]
    short = low.trimmed(unit) if isinstance(low, Cited) else low
    return TrendCell(Worded(f"{TRENDS[trend.direction]}\u00a0", value), short, high)


_SIGNED = frozenset({Note.PROVISIONAL, Note.REVISED, Note.ESTIMATED})
NOTES = {
    Note.WORSENED: text(
        de="verschlechtert: weiter vom Ziel entfernt als zu Beginn",
        en="worsened: farther from the target than at the start",
    ),
    Note.EXCEEDED: text(de="übertroffen: mehr als das Ziel", en="exceeded: more than the target"),
    Note.EXPIRED: text(
        de="Frist abgelaufen: am Zielwert selbst gemessen", en="deadline passed: judged by the target itself"
    ),
    Note.BY_CHANCE: text(
        de="Zufallsbereich: Die Veränderung ist nicht größer, als die Zahl auch zufällig schwankt",
        en="within chance: the change is no larger than the figure varies by chance",
    ),
    Note.METHOD: text(
        de="abhängig von der Methode: Das Wettersymbol der Deutschen Nachhaltigkeitsstrategie oder die "
        "Fortschrittsquote der Vereinten Nationen ergäbe eine andere Ampel",
        en="depends on the method: the weather symbol of the German Sustainability Strategy or the progress ratio of "
        "the United Nations would give another light",
    ),
}
"""What the numbered notes of the table say in full."""


def actual_of(plan: Plan, status: TargetStatus, lang: Lang) -> str:
    """The actual value with its period: `84,0 % (2025)`."""
    return _with_period(_actual(status, plan.find(status.indicator, Indicator), lang))


def baseline_of(plan: Plan, status: TargetStatus, lang: Lang) -> str:
    """The baseline with its period: `82,0 % (2024)`."""
    sheet = plan.find(status.indicator, Indicator)
    return _with_period(_cell(status, sheet, "baseline", status.baseline, status.baseline_period, lang))


def _with_period(shown: Shown) -> str:
    return Worded(shown.text, f" ({shown.period.text})") if shown.period else shown.text


def name_of_target(plan: Plan, target: TargetFields, status: TargetStatus) -> Text:
    sheet = plan.find(status.indicator, Indicator)
    return text(de=_measured_by(target, sheet, status, "de"), en=_measured_by(target, sheet, status, "en"))


def standing(area_plan: AreaPlan, assessment: Report) -> Standing:
    found = next((a for a in assessment.aggregates if a.scope == area_plan.id), None)
    own = [status.light for status in assessment.targets if status.plan == area_plan.id]
    lights = {light: Quantity(own.count(light), f"{area_plan.id}#lights/{light.value}") for light in Light}
    attainment = None if found is None or found.attainment is None else found.attainment
    return Standing(
        lights,
        None if attainment is None else Quantity(attainment, f"{area_plan.id}#attainment"),
        None if found is None else Quantity(found.coverage, f"{area_plan.id}#coverage"),
        Quantity(len(own), f"{area_plan.id}#targets"),
    )
