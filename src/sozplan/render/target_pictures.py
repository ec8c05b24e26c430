"""Pictures of a plan's targets: what came against what is expected, of published figures alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from sozplan.analysis.aggregate import weigh
from sozplan.analysis.disclosure import Audience, Figure
from sozplan.analysis.path import way
from sozplan.analysis.subject import Measurable, series_of
from sozplan.analysis.trend import Trend
from sozplan.analysis.verdict import Reason, Report, TargetStatus
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.figures import Quality, reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.targets import Maintain, Milestones, TargetFields
from sozplan.render import numbers
from sozplan.render.charts.course import HALF, Continued, Course, Dated, Dot, course
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.charts.series import Mark
from sozplan.render.charts.sparkline import Sparkline, sparkline
from sozplan.render.cited import Cited, Worded, filled
from sozplan.render.colours import Design
from sozplan.render.views.figures import is_share
from sozplan.render.views.targets import GoalRows, TargetRow

MOST = 10
"""The newest so many values; of a target that is what one asks about."""
_JUDGED = {None, Reason.TOO_EARLY, Reason.OUTDATED}
"""Where there is another reason the values can't be compared or the newest isn't known, and a picture would mislead."""
_MARKS = {Quality.PROVISIONAL: Mark.PROVISIONAL, Quality.ESTIMATED: Mark.ESTIMATED}


@dataclass(frozen=True, slots=True)
class TargetPictures:
    """By id of the target, in the order of the goals."""

    courses: Mapping[str, Picture]
    sparks: Mapping[str, Sparkline]


def target_pictures(
    case: Case,
    area_plan: AreaPlan,
    assessment: Report,
    goals: Sequence[GoalRows],
    lang: Lang,
    *,
    audience: Audience,
    design: Design,
) -> TargetPictures:
    by_id = {status.target: status for status in assessment.targets}
    targets = {target.id: target for goal in area_plan.goals for target in goal.targets}
    drawn: dict[str, Course] = {}
    sparks: dict[str, Sparkline] = {}
    for block in goals:
        for row in block.rows:
            subject = _Subject(case, targets[row.id], by_id[row.id], row, block.number, lang, audience)
            if (found := subject.course(area_plan.period.start)) is not None:
                drawn[row.id] = found
            if (line := subject.spark()) is not None:
                sparks[row.id] = line
    return TargetPictures(_pictures(drawn, lang, design), sparks)


def _pictures(drawn: Mapping[str, Course], lang: Lang, design: Design) -> dict[str, Picture]:
    """Two beside each other; of an odd number the first is as wide as two."""
    odd = len(drawn) % 2
    return {
        id: course(each, lang, wide=WIDTH if odd and at == 0 else HALF, design=design)
        for at, (id, each) in enumerate(drawn.items())
    }


@dataclass(frozen=True, slots=True)
class _Subject:
    case: Case
    target: TargetFields
    status: TargetStatus
    row: TargetRow
    number: str
    lang: Lang
    audience: Audience

    def course(self, begin: date) -> Course | None:
        if self.status.reason not in _JUDGED:
            return None
        if isinstance(self.target, Milestones):
            return self._steps(self.target, begin)
        sheet, figures = self._sheet, self._figures()
        if sheet is None or not figures or not (isinstance(self.target, Maintain) or self._way(sheet)):
            return None
        return self._drawn(sheet, figures)

    @property
    def _sheet(self) -> Indicator | None:
        return self.case.plan.find(self.status.indicator, Indicator)

    def _series(self) -> list[Figure]:
        """Values of the kind of period that the target speaks of, in time, withheld ones among them."""
        if not isinstance(self.target, Measurable) or self.status.actual_period is None:
            return []
        kind = self.status.actual_period.kind
        found = [each for each in series_of(self.case, self.target, self.audience) if each.period.kind is kind]
        return sorted(found, key=lambda each: each.reference)[-MOST:]

    def _figures(self) -> list[Figure]:
        """Those that may be shown and can be compared with the newest one."""
        known = [each for each in self._series() if each.value is not None]
        return [each for each in known if each.era == known[-1].era]

    def spark(self) -> Sparkline | None:
        known = self._figures()
        if self.status.reason not in _JUDGED or len(known) < 2:
            return None
        return spark(self._series(), self._sheet, self.lang)

    def _drawn(self, sheet: Indicator, figures: Sequence[Figure]) -> Course:
        share, gap = is_share(sheet), self.status.kind == "gap"
        unit = text(de="PP", en="pp").say(self.lang) if share and gap else "%" if share else ""
        until = self.status.target_period
        return Course(
            finding=Worded(*self._finding(), "."),
            dots=tuple(_dot(each) for each in figures),
            runs=tuple(_runs(figures)),
            way=self._way(sheet),
            until=(reference_date(sheet, until), _named(until, self.lang)) if until else None,
            band=(_float(self.status.lower), _float(self.status.upper)) if isinstance(self.target, Maintain) else None,
            trend=_continued(sheet, self.status.outlook.trend),
            unit=unit,
            places=sheet.decimals,
            signed=gap,
        )

    def _way(self, sheet: Indicator) -> tuple[Dated, ...]:
        """Empty where there is no baseline that may be told, or no target."""
        start, end = self.status.baseline_period, self.status.target_period
        low, high = self.status.baseline, self.status.target_value
        if isinstance(self.target, Maintain) or not start or not end or low is None or high is None:
            return ()
        between = [(reference_date(sheet, each.period), each.value) for each in getattr(self.target, "path", ())]
        found = way((reference_date(sheet, start), low), between, (reference_date(sheet, end), high))
        return tuple((day, float(value)) for day, value in found)

    def _steps(self, target: Milestones, begin: date) -> Course | None:
        """Stairs: the weight of what was due by each day, and of what was done."""
        weights = weigh([each.weight for each in target.milestones])
        whole = sum(weights)
        if not whole:
            return None
        day = self.case.as_of
        shares = [float(weight / whole * 100) for weight in weights]
        due = [(each.due, share) for each, share in zip(target.milestones, shares, strict=True)]
        done = [(each.done, share) for each, share in zip(target.milestones, shares, strict=True) if each.done]
        came = [(when, share) for when, share in done if when <= day]
        start = min(begin, *(when for when, _ in (*due, *came)), day)
        last = max(when for when, _ in due)
        reached = sum(share for _, share in came)
        return Course(
            finding=Worded(*self._finding(), "."),
            dots=(Dot(day, reached, numbers.day(day, self.lang)),),
            runs=(_stairs(start, came, day),),
            way=_stairs(start, due, last),
            until=(last, numbers.day(last, self.lang)),
            unit="%",
            places=0,
        )

    def _finding(self) -> tuple[str, ...]:
        lang, row = self.lang, self.row
        head = f"{self.number} {row.measured_by}: "
        if self.status.kind == "milestones":
            said = text(de="{}, zu erwarten waren {}", en="{}, expected were {}").say(lang)
            return (head, *filled(said, row.actual.text, row.expected.text).pieces)
        when = _when(self.status.actual_period, lang)
        if isinstance(self.target, Maintain):
            held = self.status.attainment == 100
            said = (_INSIDE if held else _OUTSIDE).say(lang)
            return (head, row.actual.text, f"{when}, ", *filled(said, row.target.text).pieces)
        if self.status.kind == "gap":
            head = f"{self.number} {row.measured_by}, {text(de='Abstand', en='gap').say(lang)}: "
        return (head, row.actual.text, f"{when}, ", *self._beside())

    def _beside(self) -> tuple[str, ...]:
        """How far the value lies from the expected way."""
        lang, status = self.lang, self.status
        if status.actual is None or status.expected is None:
            return filled(text(de="Ziel {}", en="target {}").say(lang), self.row.target.text).pieces
        sheet, off = self._sheet, status.actual - status.expected
        places = sheet.decimals if sheet else 1
        if not round(abs(off), places):
            return filled(text(de="auf dem erwarteten Weg zu {}", en="on the expected way to {}").say(lang),
                          self.row.target.text).pieces  # fmt: skip
        much = numbers.number(abs(off), lang, places=places)
        unit = text(de=" Prozentpunkte", en=" percentage points").say(lang) if sheet and is_share(sheet) else ""
        said = Cited(f"{much}{unit}", abs(off), f"{status.target}#deviation")
        return filled((_ABOVE if off > 0 else _BELOW).say(lang), said, self.row.target.text).pieces


_INSIDE = text(de="im vereinbarten Bereich ({})", en="within the agreed range ({})")
_OUTSIDE = text(de="außerhalb des vereinbarten Bereichs ({})", en="outside the agreed range ({})")
_ABOVE = text(de="{} über dem erwarteten Weg zu {}", en="{} above the expected way to {}")
_BELOW = text(de="{} unter dem erwarteten Weg zu {}", en="{} below the expected way to {}")


def _when(period: Period | None, lang: Lang) -> str:
    """`im Jahr 2025`, `im Schuljahr 2024/25`, `am 30.06.2025`."""
    if period is None:
        return ""
    said = numbers.period(period, lang)
    match period.kind:
        case PeriodKind.YEAR:
            return text(de=f" im Jahr {said}", en=f" in {said}").say(lang)
        case PeriodKind.SCHOOL_YEAR:
            return text(de=f" im {said}", en=f" in the {said}").say(lang)
        case PeriodKind.DAY:
            return text(de=f" am {said}", en=f" on {said}").say(lang)
    return f" ({said})"


def _named(period: Period, lang: Lang) -> str:
    """Short, for an axis."""
    return period.text if period.kind in {PeriodKind.YEAR, PeriodKind.SCHOOL_YEAR} else numbers.period(period, lang)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _continued(sheet: Indicator, trend: Trend | None) -> Continued | None:
    if trend is None:
        return None
    return Continued(reference_date(sheet, trend.period), float(trend.value), float(trend.low), float(trend.high))


def _dot(figure: Figure) -> Dot:
    mark = Mark.CONVERTED if figure.converted else _MARKS.get(figure.quality, Mark.PLAIN)
    return Dot(figure.reference, float(figure.value or 0), figure.period.text, mark)


def _runs(figures: Sequence[Figure]) -> Iterator[tuple[Dated, ...]]:
    """What a line may join: neighbours as near as the nearest ones are."""
    days = [each.reference for each in figures]
    step = min((b - a).days for a, b in pairwise(days)) * 1.5 if len(days) > 1 else 0.0
    run: list[Dated] = []
    for each in figures:
        if run and (each.reference - run[-1][0]).days > step:
            yield tuple(run)
            run = []
        run.append((each.reference, float(each.value or 0)))
    yield tuple(run)


def _stairs(start: date, steps: Sequence[tuple[date, float]], end: date) -> tuple[Dated, ...]:
    height, corners = 0.0, [(start, 0.0)]
    for day, rise in sorted(steps):
        corners += [(day, height), (day, height + rise)]
        height += rise
    return (*corners, (end, height))


def spark(series: Sequence[Figure], sheet: Indicator | None, lang: Lang) -> Sparkline:
    """Of the values that can be compared with the newest one; a gap where one is withheld."""
    newest = next((each for each in reversed(series) if each.value is not None), None)
    alike = [each for each in series if newest is not None and each.era == newest.era]
    values = [None if each.value is None else float(each.value) for each in alike]
    return sparkline(values, lang, places=sheet.decimals if sheet else 1)
