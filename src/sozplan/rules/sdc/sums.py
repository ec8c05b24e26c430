"""Rules on what sums give away: a hidden cell that the cells around it tell.

Each sum is an equation between cells: a unit is its parts, a social area its units, the old units the new ones, a year
its quarters. An equation with one unknown gives it away, which may leave another with one unknown. Every equation is
touched once for each of its cells, so that the work grows with the table and no faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.ground import WHOLE
from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.periods import Period, PeriodKind
from sozplan.model.terms import Timing
from sozplan.model.territory import SocialArea, Unit
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sdc.seen import HIDDEN, Seen, count, is_small, public_cells


class Name(NamedTuple):
    """A cell of the table: a territory, or a nameless piece of one, in a period."""

    place: str
    period: str


class Sum(NamedTuple):
    """What both sides of an equation hold; the first on the left is the one that a message names."""

    whole: tuple[Name, ...]
    parts: tuple[Name, ...]


class _Answer(NamedTuple):
    number: Decimal
    via: Sum


@dataclass
class Table:
    """The newest cells of an indicator, by territory and period."""

    cells: dict[Name, Seen] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    """The reference date of each period."""
    has_hidden: set[str] = field(default_factory=set)
    """Periods in which a cell is hidden."""
    has_area: set[str] = field(default_factory=set)
    """Periods in which a social area has a cell of its own."""


_HIDDEN = text(de="Der gesperrte Wert", en="the hidden value")
_PIECE = text(
    de="Eine Anzahl unter der Mindestfallzahl für einen Teil davon",
    en="a count below the minimum of cases for a part of it",
)


@rule(
    "sdc.secondary",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: {what} ergibt sich aus der Summe und den übrigen Gebieten. Lassen Sie in"
    " derselben Summe eine weitere Zelle oder die Summe selbst sperren.",
    en="{indicator}, area {area}, {period}: {what} follows from the sum and the other areas. Have a further cell of the"
    " same sum suppressed, or the sum itself.",
)
def hidden_cell_from_total(case: Case) -> Iterator[Finding]:
    """Eine gesperrte Zelle folgt nicht aus der Summe

    Wird in einer Summe nur eine Zelle gesperrt, rechnet sie jeder aus: Stadt minus die übrigen Bezirke. Geprüft wird
    über alle Ebenen der Gebietsgliederung, auch in mehreren Schritten. Gerundet oder überlagert gelieferte Zahlen sind
    nicht additiv und bleiben außer Betracht.

    English:
        A hidden cell doesn't follow from the sum

        Where only one cell of a sum is hidden everybody works it out: city minus the other districts. It is checked
        over all levels of the territory, in several steps too. Numbers delivered rounded or perturbed aren't additive
        and are left out.

    Bad:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;;.;final;2026-06-30  # <- sdc.secondary

    Good:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;;.;final;2026-06-30
        kinderarmut;02;2025;;;;.;final;2026-06-30
    """
    for table in _tables(case):
        yield from _given_away(table, _solve(table, _levels(case, table)), {})


@rule(
    "sdc.difference",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: {what} ergibt sich, wenn man überlappende Gebiete, alte und neue Grenzen"
    " oder Teile des Jahres voneinander abzieht. Lassen Sie eine der beteiligten Zellen sperren.",
    en="{indicator}, area {area}, {period}: {what} follows by subtracting overlapping areas, old and new borders, or"
    " parts of the year. Have one of the cells involved suppressed.",
)
def hidden_cell_from_overlap(case: Case) -> Iterator[Finding]:
    """Auch Überschneidungen verraten keine kleine Anzahl

    Zwei Tabellen, jede für sich sicher, können zusammen eine Zelle verraten: Sozialraumgebiet minus seine Bezirke,
    alter Bezirk minus seine Nachfolger, Jahr minus seine Quartale. Gemeldet wird, wenn so ein gesperrter Wert folgt
    oder eine Anzahl unter der Mindestfallzahl für ein Stück, das keine eigene Zelle hat.

    English:
        Overlaps give away no small count either

        Two tables, each safe by itself, can give away a cell together: social area minus its districts, old district
        minus its successors, year minus its quarters. It is reported where a hidden value follows in that way, or a
        count below the minimum of cases for a piece that has no cell of its own.

    Bad:
        # plans/territory/gebiete.yaml
        social_areas:
          - {id: hafen, name: Hafen, key: "H1", parts: [{unit: bezirk-01}, {unit: bezirk-02}]}
        # indicators/data/kennzahlen.csv
        kinderarmut;H1;2025;2825;9000;31,4;;final;2026-06-30
        kinderarmut;01;2025;;;;.;final;2026-06-30  # <- sdc.difference
        kinderarmut;03;2025;;;;.;final;2026-06-30  # <- sdc.difference

    Good:
        # plans/territory/gebiete.yaml
        social_areas:
          - {id: hafen, name: Hafen, key: "H1", parts: [{unit: bezirk-01}, {unit: bezirk-02}]}
        # indicators/data/kennzahlen.csv
        kinderarmut;H1;2025;2825;9000;31,4;;final;2026-06-30
        kinderarmut;01;2025;;;;.;final;2026-06-30
        kinderarmut;02;2025;;;;.;final;2026-06-30
    """
    for table in _tables(case):
        levels = _levels(case, table)
        others = [*_areas(case, table), *_borders(case, table), *_times(table)]
        if others:
            yield from _given_away(table, _solve(table, [*levels, *others]), _solve(table, levels))


def _given_away(table: Table, found: Mapping[Name, _Answer], known: Mapping[Name, _Answer]) -> Iterator[Finding]:
    """What can be worked out now and couldn't before: hidden cells, and small pieces without a cell."""
    for name, (number, via) in found.items():
        if name in known:
            continue
        own = table.cells.get(name)
        if own is not None and own.cell.missing in HIDDEN:
            yield Finding(own.place, {**own.names, "what": _HIDDEN})
        elif own is None and (shown := table.cells.get(via.whole[0])) is not None and is_small(number, shown.least):
            yield Finding(shown.place, {**shown.names, "what": _PIECE})


def _tables(case: Case) -> Iterator[Table]:
    """Indicators that add up and where there is something to give away."""
    tables: dict[str, Table] = {}
    for seen in public_cells(case):
        if seen.sheet.additive and not seen.sheet.perturbed:
            _enter(case, tables.setdefault(seen.sheet.id, Table()), seen)
    yield from (table for table in tables.values() if table.has_hidden or table.has_area)


def _enter(case: Case, table: Table, seen: Seen) -> None:
    """The newest vintage of a cell stands; what was delivered before is another rule's."""
    territory = _territory(case, seen)
    if territory is None:
        return
    name = Name(territory.id, seen.cell.period.text)
    former = table.cells.get(name)
    if former is not None and _vintage(former) > _vintage(seen):
        return
    table.cells[name] = seen
    table.periods[name.period] = seen.cell.period
    table.days[name.period] = reference_date(seen.sheet, seen.cell.period)
    if seen.cell.missing in HIDDEN:
        table.has_hidden.add(name.period)
    if isinstance(territory, SocialArea):
        table.has_area.add(name.period)


def _vintage(seen: Seen) -> str:
    return str(seen.cell.vintage or "")


def _territory(case: Case, seen: Seen) -> Unit | SocialArea | None:
    """Whom the key meant on the day whose boundaries it follows."""
    resource = (case.figures.resources or {}).get(seen.cell.resource)
    day = (resource.boundary if resource else None) or reference_date(seen.sheet, seen.cell.period)
    unit = next(iter(case.plan.units_of_key(seen.cell.area, day)), None)
    return unit or case.plan.area_of_key(seen.cell.area)


def _levels(case: Case, table: Table) -> list[Sum]:
    """Each unit that has units below it, in the periods in which a cell is hidden.

    A level without cells of its own still counts: through it the levels above and below add up.
    """
    found = []
    measured = _with_all_above(case, {name.place for name in table.cells})
    for parent in case.plan.parents:
        below = case.plan.units_below(parent)
        for period in table.has_hidden:
            day = table.days[period]
            parts = tuple(Name(unit.id, period) for unit in below if unit.in_force(day))
            if any(part.place in measured for part in parts):
                found.append(Sum((Name(parent, period),), parts))
    return found


def _with_all_above(case: Case, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for id in ids:
        unit = case.plan.find(id, Unit)
        while unit is not None and unit.id not in found:
            found.add(unit.id)
            unit = case.plan.find(unit.parent, Unit)
    return found


def _areas(case: Case, table: Table) -> list[Sum]:
    """A social area with cells of its own is its units; of a unit in part, two nameless pieces."""
    found = []
    for area in case.plan.social_areas:
        for period in table.has_area:
            whole = Name(area.id, period)
            if whole not in table.cells:
                continue
            day = table.days[period]
            parts = []
            for part in area.parts:
                if (part.start is not None and day < part.start) or (part.end is not None and part.end < day):
                    continue
                name = Name(part.unit, period)
                if part.share != WHOLE:
                    inside, outside = Name(f"{area.id}/{part.unit}", period), Name(f"{part.unit}/{area.id}", period)
                    found.append(Sum((name,), (inside, outside)))
                    name = inside
                parts.append(name)
            found.append(Sum((whole,), tuple(parts)))
    return found


def _borders(case: Case, table: Table) -> list[Sum]:
    """What old units were together, the new ones are."""
    return [
        Sum(tuple(Name(id, period) for id in sorted(old)), tuple(Name(id, period) for id in new))
        for old, new in case.plan.boundary_changes
        for period in table.has_hidden
    ]


def _times(table: Table) -> list[Sum]:
    """A sum over a year is the sum of its parts of one length, where the table has both."""
    if not any(seen.sheet.timing is Timing.SUM for seen in table.cells.values()):
        return []
    tiled = {text: _tiles(period, table.periods.values()) for text, period in table.periods.items()}
    return [
        Sum((name,), tuple(Name(name.place, part) for part in parts))
        for name in table.cells
        for parts in tiled[name.period]
    ]


def _tiles(whole: Period, periods: Iterable[Period]) -> list[tuple[str, ...]]:
    """The periods of one kind that cover exactly this one."""
    kinds: dict[PeriodKind, list[Period]] = {}
    for each in periods:
        if each.text != whole.text and whole.start <= each.start and each.end <= whole.end:
            kinds.setdefault(each.kind, []).append(each)
    return [tuple(p.text for p in cover) for cover in (_in_order(k) for k in kinds.values()) if _covers(whole, cover)]


def _in_order(periods: list[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: period.start)


def _covers(whole: Period, parts: list[Period]) -> bool:
    day = whole.start
    for part in parts:
        if part.start != day:
            return False
        day = part.end + timedelta(days=1)
    return day == whole.end + timedelta(days=1)


def _solve(table: Table, sums: list[Sum]) -> dict[Name, _Answer]:
    """What follows step by step from sums with a single unknown."""
    known = {name: number for name, seen in table.cells.items() if (number := _number(seen)) is not None}
    holding: dict[Name, list[int]] = {}
    missing = [0] * len(sums)
    for i, each in enumerate(sums):
        for name in (*each.whole, *each.parts):
            if name not in known:
                holding.setdefault(name, []).append(i)
                missing[i] += 1
    ready = [i for i, many in enumerate(missing) if many == 1]
    found: dict[Name, _Answer] = {}
    while ready:
        each = sums[ready.pop()]
        unknown = next((n for n in (*each.whole, *each.parts) if n not in known), None)
        if unknown is None:
            continue
        known[unknown] = _missing_number(each, unknown, known)
        found[unknown] = _Answer(known[unknown], each)
        for i in holding[unknown]:
            missing[i] -= 1
            if missing[i] == 1:
                ready.append(i)
    return found


def _missing_number(each: Sum, name: Name, known: Mapping[Name, Decimal]) -> Decimal:
    left = sum((known[n] for n in each.whole if n != name), Decimal(0))
    right = sum((known[n] for n in each.parts if n != name), Decimal(0))
    return left - right if name in each.parts else right - left


def _number(seen: Seen) -> Decimal | None:
    return None if seen.cell.missing in HIDDEN else count(seen)
