"""Rules on what sums give away: a hidden cell that the cells around it tell.

Each sum is an equation between cells: a unit is its parts, a social area its units, the old units the new ones, a year
its quarters. The engine that protects what is published attacks them here: it asks what everybody can work out who has
the files, and which of the counts below the minimum a hidden cell can't be any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sozplan.analysis.ground import WHOLE
from sozplan.analysis.primary import FLOOR
from sozplan.analysis.protection import relations as protection
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.periods import tiles
from sozplan.analysis.protection.problem import attacked, consistent, ruled_out
from sozplan.analysis.protection.relations import ONE, Count, Node, Range
from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.model.figures import reference_date
from sozplan.model.memory import once
from sozplan.model.periods import Period
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
_NARROW = text(
    de="Wie klein der gesperrte Wert nur sein kann,",
    en="how small the hidden value can only be",
)
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
        yield from _given_away(table, _work_out(table, _levels(case, table)), {})


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
            yield from _given_away(table, _work_out(table, [*levels, *others]), _work_out(table, levels))


class _Found(NamedTuple):
    """What can be worked out of a cell, and the sum that has to do with it."""

    range: Range
    via: Sum


def _given_away(table: Table, found: Mapping[Name, _Found], known: Mapping[Name, _Found]) -> Iterator[Finding]:
    """What can be worked out now and couldn't before: hidden cells, and small pieces without a cell."""
    for name, (seen, via) in found.items():
        if name in known and known[name].range == seen:
            continue
        own, shown = table.cells.get(name), table.cells.get(via.whole[0])
        if own is not None:
            yield Finding(own.place, {**own.names, "what": _HIDDEN if seen.is_point else _NARROW})
        elif shown is not None and seen.is_point and is_small(seen.low, shown.least):
            yield Finding(shown.place, {**shown.names, "what": _PIECE})


@once
def _tables(case: Case) -> tuple[Table, ...]:
    """Indicators that add up and where there is something to give away."""
    tables: dict[str, Table] = {}
    for seen in public_cells(case):
        if seen.sheet.additive and not seen.sheet.perturbed:
            _enter(case, tables.setdefault(seen.sheet.id, Table()), seen)
    return tuple(table for table in tables.values() if table.has_hidden or table.has_area)


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
    """What old units were together, the new ones are; where a period has cells of both."""
    found = []
    for old, new in case.plan.boundary_changes:
        for period in sorted(table.has_hidden):
            whole, parts = (tuple(Name(id, period) for id in some) for some in (sorted(old), new))
            if not table.cells.keys().isdisjoint(whole) and not table.cells.keys().isdisjoint(parts):
                found.append(Sum(whole, parts))
    return found


def _times(table: Table) -> list[Sum]:
    """A sum over a year is the sum of its parts of one length, where the table has both."""
    if not any(seen.sheet.timing is Timing.SUM for seen in table.cells.values()):
        return []
    tiled = {text: tiles(period, table.periods.values()) for text, period in table.periods.items()}
    return [
        Sum((name,), tuple(Name(name.place, part) for part in parts))
        for name in table.cells
        for parts in tiled[name.period]
    ]


def _work_out(table: Table, sums: list[Sum]) -> dict[Name, _Found]:
    """What everybody with the files can rule out; cells of which nothing follows are left out."""
    via: dict[Node, Sum] = {}
    for each in sums:
        for name in (*each.whole, *each.parts):
            via[_node(name)] = each
    counts = {node: _count(table, node) for node in via}
    shown = frozenset(node for node, count in counts.items() if count.number is not None)
    whole = consistent(protection.Table(counts, tuple(_equation(each) for each in sums)), shown)
    found = attacked(whole, shown, Effort.unlimited())
    return {
        Name(node.place, node.period): _Found(seen, via[node])
        for node, seen in found.items()
        if any(ruled_out(counts[node], seen))
    }


def _count(table: Table, node: Node) -> Count:
    own = table.cells.get(Name(node.place, node.period))
    least = FLOOR if own is None else own.least
    number = None if own is None else _number(own)
    return Count(number, least=least if number is None else None)


def _equation(each: Sum) -> protection.Sum:
    whole = ((_node(name), ONE) for name in each.whole)
    return protection.Sum((*whole, *((_node(name), -ONE) for name in each.parts)))


def _node(name: Name) -> Node:
    return Node(name.period, name.place)


def _number(seen: Seen) -> Decimal | None:
    return None if seen.cell.missing in HIDDEN else count(seen)
