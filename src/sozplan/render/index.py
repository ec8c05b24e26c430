"""A social index as JSON and as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.choices import Choice
from sozplan.analysis.index.result import Area, IndexResult, Placed, Standing
from sozplan.analysis.index.tally import Firmness, Variations
from sozplan.diagnostics import Lang, Text
from sozplan.model.plan import Plan
from sozplan.render.columns import written
from sozplan.render.numbers import number
from sozplan.render.phrases import INTERNAL
from sozplan.render.values import Values
from sozplan.render.views.names import Names


@dataclass(frozen=True)
class View:
    """A result with what is told beside it.

    `firm` says how much of it hangs on choices that might have been made otherwise, `designated` in which designated
    areas a unit lies, `placed` where social areas would stand.
    """

    plan: Plan
    as_of: date
    result: IndexResult
    firm: Variations | None
    designated: Mapping[str, tuple[str, ...]]
    placed: tuple[Placed, ...]
    choices: tuple[Choice, ...]
    differences: tuple[Text, ...] = ()
    """Between the result and what was decided."""

    @cached_property
    def firm_by_unit(self) -> Mapping[str, Firmness]:
        """How firm an area's place is; empty where nothing was varied."""
        return {each.unit: each for each in self.firm.areas} if self.firm else {}


def as_json(view: View, lang: Lang) -> str:
    """The contract of `index --format json`; numbers rounded once to nine significant digits.

    A line an area: laying tens of thousands of them out would take longer than rating them.
    """
    result, values = view.result, Values(Names(view.plan), lang)
    document = {
        "version": 1,
        "as_of": view.as_of.isoformat(),
        "audience": result.audience.value,
        "index": result.index.id,
        "name": result.index.name,
        "method": result.method.version,
        "period": result.period.text,
        "areas": [],
        "excluded": [
            {"area": each.unit, "key": each.key, "name": each.name, "reason": each.reason.say(lang)}
            for each in result.excluded
        ],
        "social_areas": [_placed(view, each) for each in view.placed],
        "components": [_component(view, i) for i in range(len(result.measures))],
        "correlated": [{"one": each.one, "other": each.other, "r": _nine(each.r)} for each in result.correlated],
        "bounds": [_nine(each) for each in result.bounds],
        "dynamics_bounds": [_nine(each) for each in result.dynamics_bounds],
        "robustness": _robustness(view, lang),
        "choices": [
            {"key": each.path, "value": told(each, values), "origin": each.origin.value} for each in view.choices
        ],
        "notes": [each.say(lang) for each in note_texts(view)],
    }
    rows = ",\n    ".join(json.dumps(area, ensure_ascii=False) for area in _areas(view))
    return (
        json.dumps(document, ensure_ascii=False, indent=2).replace('"areas": []', f'"areas": [\n    {rows}\n  ]', 1)
        + "\n"
    )


def _areas(view: View) -> list[dict[str, Any]]:
    """In the order of the keys."""
    firm = view.firm_by_unit
    return [_area(view, area, firm.get(area.unit)) for area in view.result.areas]


def _area(view: View, area: Area, firm: Firmness | None) -> dict[str, Any]:
    return {
        "area": area.unit,
        "key": area.key,
        "name": area.name,
        "score": _nine(area.score),
        "rank": area.rank,
        "class": area.class_,
        "suggested": area.suggested,
        "distance": _nine(area.distance),
        "dynamics_score": _nine(area.dynamics_score),
        "dynamics_class": area.dynamics_class,
        "multiple_burden": area.multiple,
        "themes": list(area.themes),
        "borderline": area.borderline,
        "designated": area.unit in view.designated,
        "class_share": _nine(firm.share) if firm else None,
        "rank_from": firm.most_burdened_rank if firm else None,
        "rank_to": firm.least_burdened_rank if firm else None,
    }


def _placed(view: View, each: Placed) -> dict[str, Any]:
    return {
        "area": each.area,
        "name": Names(view.plan).full(each.area),
        "score": _nine(each.score),
        "rank": each.rank,
        "class": each.class_,
        "suggested": each.suggested,
        "multiple_burden": each.multiple,
        "themes": list(each.themes),
        "borderline": each.borderline,
        "missing": list(each.missing),
    }


def _component(view: View, number: int) -> dict[str, Any]:
    measure, component = view.result.measures[number], view.result.method.components[number]
    return {
        "indicator": measure.indicator,
        "name": measure.name,
        "weight": _nine(float(component.weight)),
        "theme": component.theme,
        "period": measure.period.text,
        "mean": _nine(measure.mean),
        "sigma": _nine(measure.sigma),
        "areas": measure.areas,
    }


def _robustness(view: View, lang: Lang) -> dict[str, Any] | None:
    if view.firm is None:
        return None
    kinds = [
        {"kind": each.kind.value, "label": each.label.say(lang), "runs": each.runs, "class_share": _nine(each.kept)}
        for each in view.firm.variations
    ]
    return {"runs": view.firm.runs, "variations": kinds}


def _nine(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.9g}") + 0.0


def as_csv(view: View, lang: Lang) -> str:
    """A row an area, those that aren't rated with their reason; each row of an internal table says so."""
    marks = (INTERNAL.say(lang),) if view.result.audience is Audience.INTERNAL else ()
    rated = {row["area"]: row for row in _areas(view)}
    left_out = {
        each.unit: {"area": each.unit, "key": each.key, "name": each.name, "reason": each.reason.say(lang)}
        for each in view.result.excluded
    }
    rows = (rated.get(unit.id) or left_out.get(unit.id, {}) for unit in view.result.units)
    head = (*_FIELDS, *("audience" for _ in marks))
    return written(head, ([*(row.get(name) for name in _FIELDS), *marks] for row in rows), lang)


def components_csv(standings: Sequence[Standing], lang: Lang, audience: Audience) -> str:
    """A row a component: the area's value, its distance from the mean in standard deviations, and where it counts."""
    marks = (INTERNAL.say(lang),) if audience is Audience.INTERNAL else ()
    rows = (
        (each.indicator, each.name, each.theme, each.period.text, each.value, each.sigmas, each.weight, *marks)
        for each in standings
    )
    head = ("indicator", "name", "theme", "period", "value", "sigmas", "weight", *("audience" for _ in marks))
    return written(head, rows, lang)


_FIELDS = (
    "area", "key", "name", "score", "rank", "class", "suggested", "distance", "dynamics_score", "dynamics_class",
    "multiple_burden", "themes", "borderline", "designated", "class_share", "rank_from", "rank_to", "reason",
)  # fmt: skip


def note_texts(view: View) -> Iterator[Text]:
    names = {measure.indicator: measure.name for measure in view.result.measures}
    for each in view.result.correlated:
        r = Decimal(f"{each.r:.9g}")
        yield Text(
            f"„{names[each.one]}“ und „{names[each.other]}“ sagen fast dasselbe (r = {number(r, 'de', places=2)}) und "
            "zählen so doppelt.",
            f"“{names[each.one]}” and “{names[each.other]}” say nearly the same (r = {number(r, 'en', places=2)}) and "
            "so count double.",
        )
    yield from view.result.notes
    yield from view.firm.notes if view.firm else ()
    yield from view.differences


def told(choice: Choice, values: Values) -> str:
    return values.any(choice.value, refers=True, money=False)
