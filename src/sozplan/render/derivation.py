"""How a target's attainment and light come about, for somebody who wants to compute it again by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from sozplan.analysis.aggregate import weigh
from sozplan.analysis.disclosure import Audience, published
from sozplan.analysis.path import way
from sozplan.analysis.subject import comparison, place_of
from sozplan.analysis.verdict import TargetStatus, rounded
from sozplan.diagnostics import Location, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.figures import reference_date
from sozplan.model.indicators import Indicator
from sozplan.model.settings import Lights
from sozplan.model.targets import Change, Gap, Maintain, Milestones, TargetFields
from sozplan.render import conversions, numbers, opinions
from sozplan.render.steps import Step, Writer, percent, plain, says

HUNDRED = Decimal(100)


def derive(case: Case, target: TargetFields, status: TargetStatus, audience: Audience) -> tuple[Step, ...]:
    """Only what the status itself says: what was withheld of it has no step."""
    sheet = case.plan.find(status.indicator, Indicator)
    write = Writer(sheet, isinstance(target, Gap))
    return (
        *_ends(target, status, write),
        *conversions.steps(case.plan, status),
        *_actual(case, target, status, write, audience),
        *_way(target, status, write, sheet),
        *_light(case, status),
        *opinions.steps(status, write),
    )


def _ends(target: TargetFields, status: TargetStatus, write: Writer) -> Iterator[Step]:
    if status.baseline is not None:
        lines = [says("B = {b}", "B = {b}", b=write.dated(status.baseline, status.baseline_period))]
        if status.planned is not None:
            lines.append(says(
                "Umgerechnet auf heutige Gebietsgrenzen; im Plan steht {b} für die früheren",
                "Converted to present borders; the plan says {b} for the former ones", b=write.value(status.planned),
            ))  # fmt: skip
        yield Step(text(de="Ausgangswert", en="Baseline"), tuple(lines), _at(target, "baseline", "value"))
    if isinstance(target, Maintain):
        yield from _bounds(target, status, write)
    elif status.target_value is not None:
        said = says("T = {t}", "T = {t}", t=write.dated(status.target_value, status.target_period))
        yield Step(text(de="Zielwert", en="Target"), (said,), _at(target, "target", "value"))


def _bounds(target: Maintain, status: TargetStatus, write: Writer) -> Iterator[Step]:
    named = [(name, getattr(status, name)) for name in ("lower", "upper") if getattr(status, name) is not None]
    lines = [says(_BOUNDS[name].de, _BOUNDS[name].en, x=write.value(bound)) for name, bound in named]
    lines.append(says("Toleranz = {x}", "Tolerance = {x}", x=write.difference(target.tolerance)))
    fields = [name for name, _ in named] + (["tolerance"] if target.tolerance else [])
    places = tuple(place for name in fields for place in _at(target, name))
    yield Step(text(de="Grenzen", en="Bounds"), tuple(lines), places)


_BOUNDS = {
    "lower": text(de="Untergrenze L = {x}", en="Lower bound L = {x}"),
    "upper": text(de="Obergrenze U = {x}", en="Upper bound U = {x}"),
}


def _actual(
    case: Case, target: TargetFields, status: TargetStatus, write: Writer, audience: Audience
) -> Iterator[Step]:
    if isinstance(target, Milestones):
        yield _milestones(case, target, status)
        return
    title = text(de="Ist-Wert", en="Actual value")
    if status.actual is None or status.reference is None:
        if status.why is not None:
            yield Step(title, (status.why,))
        return
    lines = list(_sides(case, target, status, write, audience))
    if len(status.cells) > 1 and not isinstance(target, Gap):
        lines.append(_SUMMED)
    quality = status.quality.label if status.quality else Text("–", "–")
    dated = write.dated(status.actual, status.actual_period)
    lines.append(says("I = {i}, Stichtag {day}, {quality}", "I = {i}, reference date {day}, {quality}",
                      i=dated, day=_day(status.reference), quality=quality))  # fmt: skip
    if (before := status.outlook.revised_from) is not None:
        lines.append(says("Vor der Berichtigung: {x}", "Before the revision: {x}", x=write.value(before)))
    yield Step(title, tuple(lines), status.cells)


_SUMMED = text(
    de="Aus mehreren Zellen: Summe der Zähler durch Summe der Nenner",
    en="From several cells: sum of the numerators over sum of the denominators",
)


def _sides(case: Case, target: TargetFields, status: TargetStatus, write: Writer, audience: Audience) -> Iterator[Text]:
    """The two values that a gap lies between."""
    if not isinstance(target, Gap):
        return
    sides: list[Text] = []
    for place in (place_of(case, target), comparison(case, target)):
        figures = published(case, target.indicator, place or "", audience)
        sides += [write.bare(f.value) for f in figures if f.period == status.actual_period and f.value is not None]
    if len(sides) == 2:
        yield says("Gebiet {a}, Vergleich {b}: Abstand {a} − {b}", "Area {a}, reference {b}: gap {a} − {b}",
                   a=sides[0], b=sides[1])  # fmt: skip


def _milestones(case: Case, target: Milestones, status: TargetStatus) -> Step:
    weights = weigh([each.weight for each in target.milestones])
    lines = [
        says(
            "{w} · „{title}“, fällig {due}: {done}", "{w} · “{title}”, due {due}: {done}",
            w=plain(weight, 0), title=each.title, due=_day(each.due),
            done=_DONE if each.done and each.done <= case.as_of else _OPEN,
        )
        for weight, each in zip(weights, target.milestones, strict=True)
    ]  # fmt: skip
    if status.attainment is not None and status.expected is not None:
        lines.append(says("Z = erreichte : alle Gewichte = {z}", "Z = weights done : all = {z}",
                          z=percent(status.attainment)))  # fmt: skip
        lines.append(says("Soll = fällige : alle Gewichte = {s}", "Due = weights due : all = {s}",
                          s=percent(status.expected)))  # fmt: skip
    places = tuple(each.at("done" if each.done else "due").location for each in target.milestones)
    return Step(text(de="Meilensteine", en="Milestones"), tuple(lines), places)


_DONE = text(de="erreicht", en="done")
_OPEN = text(de="offen", en="open")


def _way(target: TargetFields, status: TargetStatus, write: Writer, sheet: Indicator | None) -> Iterator[Step]:
    if status.attainment is None or status.actual is None:
        return
    if isinstance(target, Maintain):
        yield Step(
            text(de="Zielerreichung", en="Attainment"),
            (
                text(de="e = Abstand des Ist-Werts außerhalb der Grenzen", en="e = distance outside the bounds"),
                says("Z = 100 · (1 − e : Toleranz), mindestens 0 = {z}", "Z = 100 · (1 − e : tolerance), least 0 = {z}",
                     z=percent(status.attainment)),
            ),
        )  # fmt: skip
    elif isinstance(target, Change | Gap) and sheet is not None:
        yield from _moved(target, status, write, sheet)


def _moved(target: Change | Gap, status: TargetStatus, write: Writer, sheet: Indicator) -> Iterator[Step]:
    start, end = target.baseline, target.target
    if start is None or end is None or status.expected is None or status.actual is None:
        return
    dated = [(reference_date(sheet, each.period), each.value) for each in (start, *target.path, end)]
    yield Step(
        text(de="Soll am Stichtag", en="Due at the reference date"),
        tuple(_due(way(dated[0], dated[1:-1], dated[-1]), status, write)),
        tuple(place for i in range(len(target.path)) for place in _at(target, "path", i, "value")),
    )
    b, i, t, s = (write.factor(each) for each in (start.value, status.actual, end.value, status.expected))
    yield Step(
        text(de="Zielerreichung", en="Attainment"),
        (_ratio("Z", "T", b, i, t, percent(status.attainment or Decimal(0))),),
    )
    if status.fulfilment is not None:
        yield Step(
            text(de="Planerfüllung", en="Fulfilment of the plan"),
            (_ratio("P", "S", b, i, s, percent(status.fulfilment)),),
        )


def _ratio(name: str, end: str, b: Text, i: Text, e: Text, result: Text) -> Text:
    formula = f"{name} = (I − B) : ({end} − B) · 100 = ({{i}} − {{b}}) : ({{e}} − {{b}}) · 100 = {{r}}"
    return says(formula, formula, b=b, i=i, e=e, r=result)


def _due(points: Sequence[tuple[date, Decimal]], status: TargetStatus, write: Writer) -> Iterator[Text]:
    day, due = status.reference, status.expected
    if day is None or due is None:
        return
    after = next((n for n, (then, _) in enumerate(points) if day < then), None)
    if after in (None, 0):
        yield says("S = {s} (außerhalb der Laufzeit gilt deren Ende)", "S = {s} (outside the term its end holds)",
                   s=write.value(due))  # fmt: skip
        return
    (start, low), (end, high) = points[(after or 1) - 1], points[after or 1]
    yield says(
        "S = {low} + ({high} − {low2}) · {gone} : {days} Tage = {s}",
        "S = {low} + ({high} − {low2}) · {gone} : {days} days = {s}",
        low=write.bare(low), low2=write.factor(low), high=write.bare(high),
        gone=str((day - start).days), days=str((end - start).days), s=write.value(due),
    )  # fmt: skip


def _light(case: Case, status: TargetStatus) -> Iterator[Step]:
    lights = case.plan.settings.lights
    lines = []
    if status.fulfilment is not None:
        lines.append(says(
            "{p} → {light} (grün ab {green}, gelb ab {yellow})",
            "{p} → {light} (green from {green}, yellow from {yellow})",
            p=percent(rounded(status.fulfilment)), light=status.light.label,
            green=percent(lights.green, 0), yellow=percent(lights.yellow, 0),
        ))  # fmt: skip
    if status.why is not None:
        lines.append(says("{light}: {reason}", "{light}: {reason}", light=status.light.label, reason=status.why))
    lines += [note.label for note in status.notes]
    yield Step(text(de="Ampel", en="Light"), tuple(lines), _thresholds(lights))


def _thresholds(lights: Lights) -> tuple[Location, ...]:
    """Where the municipality set them itself."""
    written = lights.origin.values
    return tuple(lights.at(name).location for name in ("green", "yellow", "too_early") if name in written)


def _at(entity: Entity, *path: str | int) -> tuple[Location, ...]:
    return (entity.at(*path).location,)


def _day(value: date) -> Text:
    return Text(numbers.day(value, "de"), numbers.day(value, "en"))
