"""What sozplan works out beside the fields of an entry: published figures and words, in columns nobody fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import Report, TargetStatus, rounded
from sozplan.diagnostics import Lang
from sozplan.model.areas import Review, ReviewLights
from sozplan.model.case import Case
from sozplan.model.entity import note
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.sheets import Sheet
from sozplan.render.numbers import day
from sozplan.render.phrases import INTERNAL, SOURCES, TARGET_KINDS, brief
from sozplan.render.views.names import Names

Cells = dict[str, str]


def with_computed(sheet: Sheet, case: Case, report: Report, lang: Lang) -> Sheet:
    """The sheet with these cells in every line; figures are those of the report, for its audience."""
    make = _MAKERS.get(sheet.code)
    if make is None:
        return sheet
    about = _About(case, report, lang)
    lines = (replace(each, cells={**each.cells, **_filled(make(about, each.key))}) for each in sheet.lines)
    columns = tuple(each for each in sheet.columns if each.key != "=audience" or report.audience is Audience.INTERNAL)
    return replace(sheet, columns=columns, lines=tuple(lines))


class _About:
    def __init__(self, case: Case, report: Report, lang: Lang) -> None:
        self.plan, self.day, self.lang = case.plan, case.as_of, lang
        self.names = Names(case.plan)
        self.audience = report.audience
        self.targets: Mapping[str, TargetStatus] = {each.target: each for each in report.targets}
        self.totals = {each.scope: each for each in report.aggregates}

    def status(self, id: str) -> str:
        """Its own, else that of the plan that it stands in."""
        entity: Any = self.plan.get(id)
        found = entity.status or self.plan.status(entity.origin.file)
        said: str = found.label.say(self.lang)
        return said


def _measure(about: _About, id: str) -> Cells:
    measure = about.plan.find(id, Measure)
    if measure is None:
        return {}
    cost = _number(measure.cost()) if measure.budget else ""
    return {"=status": about.status(id), "=cost": cost, "=review": _review(about, id)}


def _review(about: _About, id: str) -> str:
    told = (each for each in about.plan.reviews if each.subject == id and each.cut_off <= about.day)
    latest = max(told, key=lambda each: each.cut_off, default=None)
    if latest is None:
        return ""
    lights = ", ".join(_lights(latest, about.lang))
    return f"{day(latest.cut_off, about.lang)}{f': {lights}' if lights else ''}"


def _lights(review: Review, lang: Lang) -> list[str]:
    said = []
    for name, field in ReviewLights.model_fields.items():
        light = getattr(review.lights, name, None) if name != "origin" else None
        told = note(field)
        if light is not None and told is not None:
            said.append(f"{told.label.say(lang)} {light.label.say(lang)}")
    return said


def _goal(about: _About, id: str) -> Cells:
    total = about.totals.get(id)
    return {
        "=status": about.status(id),
        "=attainment": _number(total.attainment) if total else "",
        "=coverage": _number(total.coverage) if total else "",
    }


def _target(about: _About, id: str) -> Cells:
    found = about.targets[id]
    return {
        "=kind": TARGET_KINDS[found.kind].say(about.lang),
        "=indicator": _plain(about.names.full(found.indicator)) if found.indicator else "",
        "=actual": _number(found.actual),
        "=actual_period": found.actual_period.text if found.actual_period else "",
        "=expected": _number(found.expected),
        "=attainment": _number(found.attainment),
        "=light": found.light.label.say(about.lang),
        "=reason": found.why.say(about.lang) if found.why else "",
        "=audience": INTERNAL.say(about.lang) if about.audience is Audience.INTERNAL else "",
    }


_MAKERS: Mapping[str, Callable[[_About, str], Cells]] = {
    "measures": _measure,
    "goals": _goal,
    "strategy": _goal,
    "targets": _target,
}


def _filled(cells: Cells) -> Cells:
    return {key: said for key, said in cells.items() if said}


def _number(value: Decimal | None) -> str:
    """Rounded once, as in the other outputs."""
    return "" if value is None else format(rounded(value).normalize(), "f") if value else "0"


def _plain(name: str) -> str:
    return " ".join(name.split())


def names_of(plan: Plan, lang: Lang) -> Callable[[str], str]:
    """What people call the thing of an id, or a source of money."""
    names = Names(plan)
    return lambda id: SOURCES[id].say(lang) if id in SOURCES else brief(_plain(names.short(id)))
