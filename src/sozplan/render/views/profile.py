"""The area against the whole municipality, and the two kinds of evidence behind a need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sozplan.analysis.disclosure import Audience, Figure, published
from sozplan.analysis.distance import first_alike
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan, FigureEvidence, LocalEvidence, Need
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.render.cited import Cited, Worded
from sozplan.render.views.figures import NOTHING, TRENDS, Shown, apart, is_share, label, of_figure, reference

_SINCE = text(de="seit", en="since")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    id: str
    indicator: str
    short: str
    area: Shown
    whole: Shown
    gap: str
    period: Period
    trend: str = NOTHING.text
    """How it moved since the oldest comparable value: `↑ +2,3 PP seit 2020`."""

    @property
    def used(self) -> frozenset[str]:
        return self.area.used | self.whole.used


@dataclass(frozen=True, slots=True)
class FigureProof:
    """What a figure shows, as it may be published, beside the whole municipality's."""

    indicator: str
    area: Shown
    whole: Shown
    statement: str | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    number: str
    need: Need
    figures: tuple[FigureProof, ...]
    local: tuple[LocalEvidence, ...]

    @property
    def used(self) -> frozenset[str]:
        return frozenset().union(*(proof.area.used | proof.whole.used for proof in self.figures))


def profile(case: Case, area_plan: AreaPlan, audience: Audience, lang: Lang) -> tuple[ProfileRow, ...]:
    """The newest period of each profile indicator."""
    rows = (_profile_row(case, id, area_plan.area, audience, lang) for id in area_plan.profile_indicators)
    return tuple(row for row in rows if row is not None)


def _profile_row(case: Case, indicator: str, area: str, audience: Audience, lang: Lang) -> ProfileRow | None:
    sheet = case.plan.find(indicator, Indicator)
    series = published(case, indicator, area, audience)
    if sheet is None or not series:
        return None
    newest = series[-1]
    whole = figure_of(case, indicator, None, newest.period, audience)
    return ProfileRow(
        sheet.id,
        label(sheet, short=False),
        label(sheet),
        of_figure(newest, sheet, lang),
        of_figure(whole, sheet, lang) if whole else NOTHING,
        _gap(newest, whole, sheet, lang),
        newest.period,
        _trend(series, sheet, lang),
    )


def _trend(series: tuple[Figure, ...], sheet: Indicator, lang: Lang) -> str:
    newest, first = series[-1], first_alike(series)
    if first is None or newest.value is None or first.value is None:
        return NOTHING.text
    moved = newest.value - first.value
    said = Cited(apart(moved, sheet, lang), moved, reference(newest, f"since/{first.period.text}"))
    start = f"{TRENDS[(moved > 0) - (moved < 0)]}\u00a0"
    return Worded(start, said, f" {_SINCE.say(lang)}\u00a0{first.period.text}")


def _gap(area: Figure, whole: Figure | None, sheet: Indicator, lang: Lang) -> str:
    if whole is None or area.value is None or whole.value is None or not is_share(sheet):
        return NOTHING.text
    gap = area.value - whole.value
    return Cited(apart(gap, sheet, lang), gap, reference(area, "gap"))


def figure_of(case: Case, indicator: str, territory: str | None, period: Period, audience: Audience) -> Figure | None:
    """One period of a series; without a territory that of the whole municipality."""
    place = territory or (case.plan.whole.id if case.plan.whole else "")
    return next((f for f in published(case, indicator, place, audience) if f.period == period), None)


def need_rows(case: Case, area_plan: AreaPlan, audience: Audience, lang: Lang) -> tuple[NeedRow, ...]:
    letter = "B" if lang == "de" else "N"
    return tuple(
        NeedRow(
            f"{letter}{number}",
            need,
            tuple(_proofs(case, area_plan, need, audience, lang)),
            tuple(e for e in need.evidence if isinstance(e, LocalEvidence)),
        )
        for number, need in enumerate(area_plan.needs, 1)
    )


def _proofs(case: Case, area_plan: AreaPlan, need: Need, audience: Audience, lang: Lang) -> Iterator[FigureProof]:
    for evidence in need.evidence:
        if isinstance(evidence, FigureEvidence):
            sheet = case.plan.find(evidence.indicator, Indicator)
            found = figure_of(case, evidence.indicator, evidence.area or area_plan.area, evidence.period, audience)
            whole = figure_of(case, evidence.indicator, None, evidence.period, audience)
            yield FigureProof(
                label(sheet) if sheet else evidence.indicator,
                of_figure(found, sheet, lang) if found else Shown(NOTHING.text, None, evidence.period),
                of_figure(whole, sheet, lang) if whole else NOTHING,
                evidence.statement,
            )
