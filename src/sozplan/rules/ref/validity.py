"""Rules of the boundary date: what is named of the territory exists on the day it is named for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.areas import AreaPlan, FigureEvidence
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.inventory import InventoryItem
from sozplan.model.organisation import Body
from sozplan.model.plan import Plan
from sozplan.model.territory import Part, SocialArea, Succession, Unit
from sozplan.rules.ref.keys import keys_outside_their_time
from sozplan.rules.rule import Finding, Spot, rule
from sozplan.rules.words import brief, day, quoted, span

_DAY = timedelta(days=1)


@rule(
    "ref.unit-unknown",
    Severity.ERROR,
    de="{unit} {fault}.{hint}",
    en="{unit} {fault}.{hint}",
    by_plan=True,
)
def unit_outside_its_time(case: Case) -> Iterator[Finding]:
    """Eine Gebietseinheit wird nur für Tage genannt, an denen es sie gibt

    Nach einer Teilung kann derselbe Schlüssel ein anderes Gebiet bezeichnen.
    Gehört ein Gebiet noch zum alten Zuschnitt, oder steht eine Zahl unter einem Schlüssel, den es an ihrem Stichtag
    nicht gab, so beschreibt sie Menschen, die dort nicht wohnen.
    Geprüft werden die Zusammensetzung der Sozialraumgebiete, Gebietsänderungen, Belege, Standorte und die
    Gebietsschlüssel der Datenzeilen (zum Gebietsstand der Datei, sonst zum Stichtag der Zeile).

    English:
        A territorial unit is named only for days on which it exists

        After a split the same key can name another territory.
        If an area still belongs to the old borders, or a figure stands under a key that didn't exist on its
        reference date, it describes people who don't live there.
        Checked are the parts of social areas, successions, evidence, sites and the area keys of data rows
        (at the file's boundary date, else at the row's reference date).

    Bad:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt, valid_to: 2025-12-31}
          - {id: bezirk-01-neu, key: "01", name: Hafen, level: bezirk, parent: beispielstadt, valid_from: 2026-01-01}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
        successions:
          - {old: bezirk-01, new: bezirk-01-neu, date: 2026-01-01, share: 1}
        social_areas:
          - id: hafen
            name: Hafen
            parts:
              - {unit: bezirk-01}  # <- ref.unit-unknown
              - {unit: bezirk-02}

    Good:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt, valid_to: 2025-12-31}
          - {id: bezirk-01-neu, key: "01", name: Hafen, level: bezirk, parent: beispielstadt, valid_from: 2026-01-01}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
        successions:
          - {old: bezirk-01, new: bezirk-01-neu, date: 2026-01-01, share: 1}
        social_areas:
          - id: hafen
            name: Hafen
            parts:
              - {unit: bezirk-01, to: 2025-12-31}
              - {unit: bezirk-01-neu, from: 2026-01-01}
              - {unit: bezirk-02}
    """
    plan = case.plan
    for area in plan.social_areas:
        for i, part in enumerate(area.parts):
            yield from _part(plan, area, i, part)
    for change in plan.successions:
        yield from _succession(plan, change)
    for unit in plan.units:
        yield from _parent(plan, unit)
    yield from _named_for_a_day(case)
    yield from keys_outside_their_time(case)


def _part(plan: Plan, area: SocialArea, index: int, part: Part) -> Iterator[Finding]:
    unit = plan.find(part.unit, Unit)
    if unit is None:
        return
    start, end = part.start or area.valid_from, part.end or area.valid_to
    if unit.valid_from is not None and start is not None and start < unit.valid_from:
        key = "from" if part.start else "unit"
        hint = text(de=f" Tragen Sie „from: {unit.valid_from}“ ein.", en=f" Enter “from: {unit.valid_from}”.")
        yield _absent(area.at("parts", index, key), unit, _part_of(area, day(start)), hint)
    elif unit.valid_to is not None and (end is None or end > unit.valid_to):
        key = "to" if part.end else "unit"
        day_after = day(unit.valid_to + _DAY)
        yield _absent(area.at("parts", index, key), unit, _part_of(area, day_after), _ending(plan, unit))


def _part_of(area: SocialArea, since: Text) -> Text:
    return text(
        de=f"gehört hier auch am {since.de} zum Gebiet „{area.id}“",
        en=f"belongs to the area “{area.id}” on {since.en} as well here",
    )


def _ending(plan: Plan, unit: Unit) -> Text:
    """What to write instead of a unit that has ended."""
    after = quoted(s.new for s in plan.successions if s.old == unit.id)
    end = unit.valid_to
    if not after.de:
        return text(de=f" Ergänzen Sie „to: {end}“.", en=f" Add “to: {end}”.")
    return text(
        de=f" Ergänzen Sie „to: {end}“ und als weiteren Teil die Nachfolge {after.de}.",
        en=f" Add “to: {end}” and as a further part the successor {after.en}.",
    )


def _instead(plan: Plan, unit: Unit) -> Text:
    after = quoted(s.new for s in plan.successions if s.old == unit.id)
    if not after.de:
        return text(de=" Nennen Sie eine, die es dann gibt.", en=" Name one that exists then.")
    return text(de=f" An ihre Stelle trat {after.de}.", en=f" Its place was taken by {after.en}.")


_OTHER_DATE = text(de=" Berichtigen Sie das Datum.", en=" Correct the date.")


def _absent(place: Place, unit: Unit, claim: Text, hint: Text) -> Finding:
    """What is claimed of a unit for a day on which it doesn't exist."""
    valid = span(unit.valid_from, unit.valid_to)
    fault = text(de=f"{claim.de}, besteht aber nur {valid.de}", en=f"{claim.en}, but exists only {valid.en}")
    return _finding(place, unit, fault, hint)


def _finding(place: Place, unit: Unit, fault: Text, hint: Text) -> Finding:
    name = brief(unit.name)
    who = Text(f"„{unit.id}“ ({name})", f"“{unit.id}” ({name})")
    return Finding(place, {"unit": who, "fault": fault, "hint": hint})


def _succession(plan: Plan, change: Succession) -> Iterator[Finding]:
    """The old unit ends on the eve of the change, the new one exists from that day."""
    old, new = plan.find(change.old, Unit), plan.find(change.new, Unit)
    place = Place(change.at("date").location, change.old)
    eve = day(change.date - _DAY)
    if old is not None and old.valid_to != change.date - _DAY:
        end = day(old.valid_to) if old.valid_to else None
        fault = text(
            de=f"geht am {day(change.date).de} in „{change.new}“ auf, endet aber {f'am {end.de}' if end else 'nicht'}",
            en=f"becomes “{change.new}” on {day(change.date).en}, but {f'ends on {end.en}' if end else 'has no end'}",
        )
        hint = text(
            de=f" Tragen Sie bei ihr „valid_to: {eve.en}“ ein, oder berichtigen Sie dieses Datum.",
            en=f" Enter “valid_to: {eve.en}” for it, or correct this date.",
        )
        yield _finding(place, old, fault, hint)
    elif new is not None and not new.in_force(change.date):
        claim = text(
            de=f"folgt am {day(change.date).de} auf „{change.old}“",
            en=f"follows “{change.old}” on {day(change.date).en}",
        )
        yield _absent(place, new, claim, _OTHER_DATE)


def _parent(plan: Plan, unit: Unit) -> Iterator[Finding]:
    above = plan.find(unit.parent, Unit)
    if above is None:
        return
    if above.valid_from is not None and unit.valid_from is not None and unit.valid_from < above.valid_from:
        on = unit.valid_from
    elif above.valid_to is not None and (unit.valid_to is None or unit.valid_to > above.valid_to):
        on = above.valid_to + _DAY
    else:
        return
    claim = text(
        de=f"steht auch für den {day(on).de} als oberes Gebiet von „{unit.id}“",
        en=f"stands as the parent of “{unit.id}” for {day(on).en} as well",
    )
    yield _absent(unit.at("parent"), above, claim, _instead(plan, above))


class _Use(NamedTuple):
    """That something names a unit for a day."""

    spot: Spot
    unit: str
    day: date


def _named_for_a_day(case: Case) -> Iterator[Finding]:
    for use in _uses(case):
        unit = case.plan.find(use.unit, Unit)
        if unit is not None and not unit.in_force(use.day):
            on = day(use.day)
            claim = text(de=f"wird hier für den {on.de} genannt", en=f"is named here for {on.en}")
            yield _absent(use.spot.place, unit, claim, _instead(case.plan, unit))


def _uses(case: Case) -> Iterator[_Use]:
    plan = case.plan
    for entity, owner in plan.placed_as(FigureEvidence, InventoryItem, Body):
        if isinstance(entity, FigureEvidence) and entity.area is not None:
            yield _Use(Spot(entity, ("area",), owner), entity.area, entity.period.end)
        elif isinstance(entity, InventoryItem) and entity.site is not None:
            yield _Use(Spot(entity, ("site",), entity.id), entity.site, _last_day(entity.valid_to, case))
        elif isinstance(entity, Body) and entity.unit is not None:
            yield _Use(Spot(entity, ("unit",), entity.id), entity.unit, _last_day(entity.valid_to, case))
    for area_plan in plan.area_plans:
        yield from _measured_in(area_plan)


def _measured_in(plan: AreaPlan) -> Iterator[_Use]:
    for goal in plan.goals:
        for target in goal.targets:
            if target.area is not None:
                yield _Use(Spot(target, ("area",), target.id), target.area, plan.period.start)


def _last_day(end: date | None, case: Case) -> date:
    return min(end, case.as_of) if end else case.as_of


RULES = (unit_outside_its_time,)
