"""Attainment as a table for the terminal, as JSON and as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from sozplan.analysis.disclosure import COARSER, Audience
from sozplan.analysis.outlook import Outlook
from sozplan.analysis.verdict import Aggregate, Note, Report, TargetStatus, rounded
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.areas import AreaGoal, AreaPlan
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.terms import Light
from sozplan.model.territory import Succession
from sozplan.render.columns import written
from sozplan.render.numbers import day, number
from sozplan.render.opinions import ARROWS
from sozplan.render.phrases import INTERNAL
from sozplan.render.terminal import WIDTH, Page
from sozplan.render.views.names import Names

SYMBOLS = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.GREY: "○"}
_COLOURS = {Light.GREEN: "green", Light.YELLOW: "yellow", Light.RED: "red", Light.GREY: "dim"}

_STRATEGY = text(de="Ziele der ganzen Kommune", en="Goals of the whole municipality")
_HEADS = (
    text(de="Zielwert", en="Target"),
    text(de="Beginn", en="Start"),
    text(de="Ist", en="Actual"),
    text(de="Soll", en="Due"),
    text(de="Ziel", en="Target"),
    text(de="Z %", en="Z %"),
    text(de="Ampel", en="Light"),
)


def as_json(report: Report) -> str:
    """The contract of `status --format json`; numbers rounded once to nine significant digits."""
    document = {
        "version": 1,
        "as_of": report.as_of.isoformat(),
        "audience": report.audience.value,
        "targets": [_target(status) for status in report.targets],
        "aggregates": [_aggregate(aggregate) for aggregate in report.aggregates],
        "coarser": [{"indicator": id, "period": period.text} for id, period in report.coarse],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _target(status: TargetStatus) -> dict[str, Any]:
    return {
        "target": status.target,
        "goal": status.goal,
        "plan": status.plan,
        "area": status.area,
        "indicator": status.indicator,
        "kind": status.kind,
        "method": status.method.value,
        "baseline": _number(status.baseline),
        "baseline_period": _name(status.baseline_period),
        "target_value": _number(status.target_value),
        "target_period": _name(status.target_period),
        "lower": _number(status.lower),
        "upper": _number(status.upper),
        "actual": _number(status.actual),
        "actual_period": _name(status.actual_period),
        "reference": status.reference.isoformat() if status.reference else None,
        "quality": status.quality.value if status.quality else None,
        "expected": _number(status.expected),
        "attainment": _number(status.attainment),
        "fulfilment": _number(status.fulfilment),
        "light": status.light.value,
        "reason": status.reason.value if status.reason else None,
        "notes": [note.value for note in status.notes],
        "baseline_planned": _number(status.planned),
        "conversion": [_change(change) for change in status.conversion],
        "obstacle": status.obstacle.value if status.obstacle else None,
        **_outlook(status.outlook),
    }


def _change(change: Succession) -> dict[str, Any]:
    return {
        "old": change.old,
        "new": change.new,
        "date": change.date.isoformat(),
        "share": _number(change.share),
        "basis": change.basis,
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    trend, outcome, progress, pool = outlook.trend, outlook.outcome, outlook.progress, outlook.pool
    low, high = outlook.chance or (None, None)
    pooled_low, pooled_high = pool.chance if pool else (None, None)
    return {
        "forecast": _number(trend.value if trend else None),
        "forecast_low": _number(trend.low if trend else None),
        "forecast_high": _number(trend.high if trend else None),
        "forecast_points": len(trend.points) if trend else None,
        "weather": outcome.weather.value if outcome else None,
        "progress": _number(progress.ratio if progress else None),
        "pace_so_far": _number(outlook.pace_so_far),
        "pace_needed": _number(outlook.pace_needed),
        "chance_low": _number(low),
        "chance_high": _number(high),
        "pooled": _number(pool.value if pool else None),
        "pooled_from": _name(pool.first if pool else None),
        "pooled_low": _number(pooled_low),
        "pooled_high": _number(pooled_high),
        "revised_from": _number(outlook.revised_from),
    }


def _aggregate(aggregate: Aggregate) -> dict[str, Any]:
    return {
        "scope": aggregate.scope,
        "attainment": _number(aggregate.attainment),
        "coverage": _number(aggregate.coverage),
        "lights": {light.value: aggregate.lights.get(light, 0) for light in Light},
        "worsened": aggregate.worsened,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(rounded(value))


def _name(value: object) -> str | None:
    return None if value is None else str(value)


def as_csv(report: Report, lang: Lang) -> str:
    """A row a target; German spreadsheets get semicolon and comma. Each row of an internal table says so."""
    marks = (INTERNAL.say(lang),) if report.audience is Audience.INTERNAL else ()
    rows = (_target(status) for status in report.targets)
    head = (*_FIELDS, *("audience" for _ in marks))
    return written(head, ([*(row[name] for name in _FIELDS), *marks] for row in rows), lang)


_FIELDS = (
    "target", "goal", "plan", "area", "indicator", "kind", "method", "baseline", "baseline_period", "target_value",
    "target_period", "lower", "upper", "actual", "actual_period", "reference", "quality", "expected", "attainment",
    "fulfilment", "light", "reason", "notes", "forecast", "forecast_low", "forecast_high", "forecast_points", "weather",
    "progress", "pace_so_far", "pace_needed", "chance_low", "chance_high", "pooled", "pooled_from", "pooled_low",
    "pooled_high", "revised_from",
)  # fmt: skip


def as_text(plan: Plan, report: Report, lang: Lang, *, colour: bool = False, width: int = WIDTH) -> str:
    """Tables by plan, what the lights mean, and the totals."""
    page = Page(colour=colour, width=width)
    console = page.console
    if report.audience is Audience.INTERNAL:
        console.print(INTERNAL.say(lang))
    marks = _marks(report)
    for scope, rows in _by_plan(plan, report):
        console.print(_table(plan, scope, rows, marks, lang))
        if total := next((a for a in report.aggregates if scope and a.scope == scope.id), None):
            console.print(f" {_total(total, lang)}\n")
    for line in _legend(plan, report, marks, lang):
        console.print(line)
    return page.text


def headline(case: Case, status: TargetStatus, audience: Audience, lang: Lang) -> list[str]:
    """What a derivation speaks of: the target, its indicator and area, and the day."""
    names = Names(case.plan)
    about = [names.short(id) for id in (status.indicator, status.area) if id is not None]
    head = [INTERNAL.say(lang)] if audience is Audience.INTERNAL else []
    as_of = text(de=f"Stand {day(case.as_of, lang)}", en=f"As of {day(case.as_of, lang)}").say(lang)
    return [*head, f"{status.target}: {', '.join(about)}", f"{names.full(status.goal)}. {as_of}."]


def _by_plan(plan: Plan, report: Report) -> Iterator[tuple[AreaPlan | None, list[TargetStatus]]]:
    scopes: list[AreaPlan | None] = [None, *plan.area_plans]
    for scope in scopes:
        rows = [status for status in report.targets if status.plan == (scope.id if scope else None)]
        if rows:
            yield scope, rows


_Marks = Mapping[Note, str]
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _marks(report: Report) -> _Marks:
    """A raised number for each note, explained once below the tables."""
    present = {note for status in report.targets for note in status.notes}
    notes = [note for note in Note if note in present]
    return {note: str(i).translate(_SUPERSCRIPT) for i, note in enumerate(notes, start=1)}


def _table(plan: Plan, scope: AreaPlan | None, rows: Sequence[TargetStatus], marks: _Marks, lang: Lang) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Rich

    title = scope.title if scope else _STRATEGY.say(lang)
    table = Table(title=Rich(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    cells = [_cells(plan, status, lang) for status in rows]
    for head, widest in zip(_HEADS, _WIDEST, strict=True):
        justify: Literal["left", "right"] = "left" if head in (_HEADS[0], _HEADS[-1]) else "right"
        width = min(widest, _longest_word(head.say(lang), *(row[0] for row in cells))) if head is _HEADS[0] else None
        figure = justify == "right"
        table.add_column(
            head.say(lang), justify=justify, width=width, max_width=widest, no_wrap=figure, overflow="fold"
        )
    for status, row in zip(rows, cells, strict=True):
        sheet = plan.find(status.indicator, Indicator)
        places = sheet.decimals if sheet else 0
        table.add_row(*(Rich(cell) for cell in row), _light(status, places, marks, lang))
    return table


_WIDEST = (23, 9, 9, 9, 9, 6, 15)


def _longest_word(*texts: str) -> int:
    """Ids must stay in one piece: they are copied."""
    return max(len(word) for each in texts for word in each.split())


def _cells(plan: Plan, status: TargetStatus, lang: Lang) -> tuple[str, ...]:
    sheet = plan.find(status.indicator, Indicator)
    places = sheet.decimals if sheet else 0
    goal = plan.find(status.goal, AreaGoal) or plan.find(status.goal, Goal)
    name = (sheet.short or sheet.name) if sheet else (goal.name if goal else status.goal)
    return (
        f"{status.target}\n{name}",
        _dated(status.baseline, status.baseline_period, places, lang),
        _dated(status.actual, status.actual_period, places, lang),
        _value(status.expected, places, lang),
        _aim(status, places, lang),
        _value(status.attainment, 0, lang),
    )


def _aim(status: TargetStatus, places: int, lang: Lang) -> str:
    """The target value, or the bounds of what is to be held."""
    if status.target_value is not None:
        return _dated(status.target_value, status.target_period, places, lang)
    low = "" if status.lower is None else f"≥ {_value(status.lower, places, lang)}"
    high = "" if status.upper is None else f"≤ {_value(status.upper, places, lang)}"
    return "\n".join(bound for bound in (low, high) if bound) or "–"


def _dated(value: Decimal | None, when: object, places: int, lang: Lang) -> str:
    if value is None:
        return "–"
    return _value(value, places, lang) + (f"\n{when}" if when is not None else "")


def _value(value: Decimal | None, places: int, lang: Lang) -> str:
    return "–" if value is None else number(value, lang, places=places)


def _light(status: TargetStatus, places: int, marks: _Marks, lang: Lang) -> Any:
    from rich.text import Text as Rich

    light = status.light
    said = Rich(f"{SYMBOLS[light]} {light.label.say(lang)}", style=_COLOURS[light])
    for note in sorted(status.notes, key=list(marks).index):
        said.append(f" {marks[note]}", style="default")
    if status.why:
        said.append(f"\n{status.why.say(lang)}", style="default")
    if ahead := _ahead(status.outlook, places, lang):
        said.append(f"\n{ahead}", style="default")
    return said


def _ahead(outlook: Outlook, places: int, lang: Lang) -> str:
    """Where the trend leads by the deadline, and the weather: `↗ 91,6 Sonne`."""
    trend, outcome = outlook.trend, outlook.outcome
    said = [ARROWS[trend.direction], number(trend.value, lang, places=places)] if trend else []
    return " ".join([*said, outcome.weather.label.say(lang)] if outcome else said)


def _total(total: Aggregate, lang: Lang) -> str:
    lights = ", ".join(f"{SYMBOLS[light]} {total.lights.get(light, 0)}" for light in Light)
    coverage = number(total.coverage, lang, places=0)
    if total.attainment is None:
        de = f"Zusammen: keine Zahl, nur {coverage} % der Gewichte bewertbar · {lights}"
        en = f"Together: no number, only {coverage}% of the weights ratable · {lights}"
    else:
        share = number(total.attainment, lang, places=0)
        de = f"Zusammen: {share} % erreicht, {coverage} % der Gewichte bewertbar · {lights}"
        en = f"Together: {share}% attained, {coverage}% of the weights ratable · {lights}"
    return Text(de, en).say(lang)


def _legend(plan: Plan, report: Report, marks: _Marks, lang: Lang) -> Iterator[str]:
    lights = plan.settings.lights
    green, yellow = (number(limit, lang, places=0) for limit in (lights.green, lights.yellow))
    yield text(
        de=f"Z: erreichter Teil des Weges. Soll: am Stichtag der Daten zu erwarten. "
        f"● ab {green} % des Solls, ▲ ab {yellow} %, ■ darunter, ○ nicht bewertbar. "
        f"Stand {day(report.as_of, lang)}.",
        en=f"Z: part of the way attained. Due: expected at the data's reference date. "
        f"● from {green}% of what is due, ▲ from {yellow}%, ■ below, ○ not ratable. "
        f"As of {day(report.as_of, lang)}.",
    ).say(lang)
    if marks:
        yield ", ".join(f"{mark} {note.label.say(lang)}" for note, mark in marks.items()) + "."
    if any(status.outlook.trend or status.outlook.outcome for status in report.targets):
        yield _AHEAD.say(lang)
    if report.coarse:
        names = Names(plan)
        told = ", ".join(f"{names.short(id)} {period}" for id, period in report.coarse)
        yield COARSER.say(lang).format(told=told)


_AHEAD = text(
    de="↗ → ↘ mit Zahl: Trendfortschreibung bis zur Frist (keine Vorhersage). Sonne, leicht bewölkt, Wolke, Blitz: "
    "Urteil nach der Deutschen Nachhaltigkeitsstrategie. Herleitung: --explain ZIELWERT.",
    en="↗ → ↘ with a number: the trend continued to the deadline (no prediction). Sun, partly cloudy, cloud, storm: "
    "judged by the German Sustainability Strategy. Derivation: --explain TARGET.",
)
