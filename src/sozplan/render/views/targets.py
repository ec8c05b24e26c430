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
from sozplan.render import numbers
from sozplan.render.views.figures import NOTHING, TRENDS, Shown, apart, is_share, label, of_number, written


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
    attainment: Decimal | None
    light: Light
    reason: Text | None = None
    """Why it is grey."""
    notes: tuple[Note, ...] = ()
    """What must be said beside the number; what the quality sign says already is left out."""
    trend: TrendCell | None = None


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

    lights: dict[Light, int]
    attainment: Decimal | None
    coverage: Decimal | None

    @property
    def number(self) -> int:
        return sum(self.lights.values())


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
        baseline=_cell(status, sheet, status.baseline, status.baseline_period, lang),
        expected=_cell(status, sheet, status.expected, None, lang),
        actual=_actual(status, sheet, lang),
        target=_aim(target, status, sheet, lang),
        attainment=status.attainment,
        light=status.light,
        reason=status.reason.label if status.reason else None,
        notes=tuple(note for note in status.notes if note not in _SIGNED),
        trend=_trend(status, sheet, lang),
    )


def _measured_by(target: TargetFields, sheet: Indicator | None, status: TargetStatus, lang: Lang) -> str:
    if isinstance(target, Milestones):
        return text(de="Erreichte Meilensteine", en="Milestones reached").say(lang)
    return label(sheet) if sheet else status.indicator or ""


def _cell(
    status: TargetStatus, sheet: Indicator | None, value: Decimal | None, period: Period | None, lang: Lang
) -> Shown:
    if value is None:
        return NOTHING
    if status.kind == "milestones":
        return Shown(numbers.percent(value, lang, places=0), None, period)
    if status.kind == "gap":
        return Shown(apart(value, sheet, lang), None, period)
    return of_number(value, sheet, lang, period)


def _actual(status: TargetStatus, sheet: Indicator | None, lang: Lang) -> Shown:
    if status.kind == "milestones":
        return _cell(status, sheet, status.attainment, None, lang)
    if status.actual is None:
        hidden = status.reason is not None and status.reason.value in {"suppressed", "unreliable"}
        sign = {"suppressed": ".", "unreliable": "/"}.get(status.reason.value if status.reason else "", "")
        return Shown(sign, None, None, frozenset({sign})) if hidden else NOTHING
    plain = _cell(status, sheet, status.actual, status.actual_period, lang)
    marked = of_number(status.actual, sheet, lang, status.actual_period, status.quality)
    return Shown(plain.text, marked.quality, status.actual_period, marked.used)


def _aim(target: TargetFields, status: TargetStatus, sheet: Indicator | None, lang: Lang) -> Shown:
    if isinstance(target, Milestones):
        return Shown(text(de="alle {}", en="all {}").say(lang).format(len(target.milestones)))
    if status.lower is None and status.upper is None:
        return _cell(status, sheet, status.target_value, status.target_period, lang)
    return Shown(_bounds(status.lower, status.upper, sheet, lang), None, status.target_period)


def _bounds(lower: Decimal | None, upper: Decimal | None, sheet: Indicator | None, lang: Lang) -> str:
    low = None if lower is None else written(lower, sheet, lang)
    high = None if upper is None else written(upper, sheet, lang)
    if low and high:
        return f"{low.removesuffix('%').rstrip() if sheet and is_share(sheet) else low}–{high}"
    return f"≥\u00a0{low}" if low else f"≤\u00a0{high}"


def _trend(status: TargetStatus, sheet: Indicator | None, lang: Lang) -> TrendCell | None:
    trend = status.outlook.trend
    if trend is None:
        return None
    value, low, high = (_cell(status, sheet, each, None, lang).text for each in (trend.value, trend.low, trend.high))
    return TrendCell(f"{TRENDS[trend.direction]}\u00a0{value}", low.partition("\u00a0")[0], high)


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
    shown = _actual(status, plan.find(status.indicator, Indicator), lang)
    return f"{shown.text} ({shown.period.text})" if shown.period else shown.text


def baseline_of(plan: Plan, status: TargetStatus, lang: Lang) -> str:
    """The baseline with its period: `82,0 % (2024)`."""
    sheet = plan.find(status.indicator, Indicator)
    shown = _cell(status, sheet, status.baseline, status.baseline_period, lang)
    return f"{shown.text} ({shown.period.text})" if shown.period else shown.text


def name_of_target(plan: Plan, target: TargetFields, status: TargetStatus) -> Text:
    sheet = plan.find(status.indicator, Indicator)
    return text(de=_measured_by(target, sheet, status, "de"), en=_measured_by(target, sheet, status, "en"))


def standing(area_plan: AreaPlan, assessment: Report) -> Standing:
    found = next((a for a in assessment.aggregates if a.scope == area_plan.id), None)
    own = [status.light for status in assessment.targets if status.plan == area_plan.id]
    lights = {light: own.count(light) for light in Light}
    return Standing(lights, found.attainment if found else None, found.coverage if found else None)
