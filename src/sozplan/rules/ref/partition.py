"""Rules of the map: units cover what they are part of without gap or overlap, and ended ones have successors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.model.territory import ROUNDING, Unit
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, span

_DAY = timedelta(days=1)


@rule(
    "ref.partition-gap",
    Severity.ERROR,
    de="„{unit}“ {fault}.",
    en="“{unit}” {fault}.",
)
def territory_uncovered(case: Case) -> Iterator[Finding]:
    """Die unteren Gebietseinheiten ergeben zusammen genau die obere

    Fehlt ein Teil oder kommt einer doppelt vor, stimmen Summen und Stadtwerte nicht mehr.
    Geprüft wird, was ohne Landkarte zu sehen ist: Jede Einheit einer Ebene hat ein oberes Gebiet und ist selbst
    untergliedert, wenn es ihre Geschwister sind; die Ebenen steigen ab; eine neue Einheit entsteht aus einer alten;
    und kein Schlüssel meint am selben Tag zwei Einheiten einer Ebene.

    English:
        The lower units together are exactly the upper one

        If a part is missing or occurs twice, sums and the municipality's values no longer fit.
        Checked is what can be seen without a map: each unit of a level has a parent and is itself subdivided
        if its siblings are; levels descend; a new unit comes from an old one; and no key means two units of a level
        on the same day.

    Bad:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk}  # <- ref.partition-gap

    Good:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
    """
    map_ = _Map(case.plan)
    for unit in case.plan.units:
        for key, fault in map_.faults(unit):
            yield Finding(unit.at(key), {"unit": unit.id, "fault": fault})


def doubles(plan: Plan) -> Iterator[tuple[Unit, Unit]]:
    """The units that have level, key and a day in common with another one, with that one, which comes before."""
    last: dict[tuple[str, str], Unit] = {}
    for unit in sorted(plan.units, key=lambda unit: unit.valid_from or date.min):
        before = last.setdefault((unit.level, unit.key), unit)
        if before is not unit and (unit.valid_from or date.min) <= (before.valid_to or date.max):
            yield unit, before
        if (before.valid_to or date.max) <= (unit.valid_to or date.max):
            last[unit.level, unit.key] = unit


class _Map:
    """The units by level, parent and succession."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.depth = {level.id: i for i, level in enumerate(plan.settings.levels)}
        self.names = {level.id: level.name for level in plan.settings.levels}

    @cached_property
    def children(self) -> Mapping[str, tuple[Unit, ...]]:
        """The parts of each unit, as far as their levels lie below it."""
        found: dict[str, list[Unit]] = {}
        for unit in self.plan.units:
            above = self.plan.find(unit.parent, Unit)
            if above is not None and self.is_below(unit, above):
                found.setdefault(above.id, []).append(unit)
        return {parent: tuple(units) for parent, units in found.items()}

    @cached_property
    def levels_with_parents(self) -> frozenset[str]:
        return frozenset(unit.level for units in self.children.values() for unit in units)

    @cached_property
    def levels_with_children(self) -> frozenset[str]:
        return frozenset(unit.level for unit in self.plan.units if unit.id in self.children)

    @cached_property
    def doubles(self) -> Mapping[str, Unit]:
        return {unit.id: before for unit, before in doubles(self.plan)}

    @cached_property
    def successors(self) -> frozenset[str]:
        return frozenset(change.new for change in self.plan.successions)

    def is_below(self, unit: Unit, above: Unit) -> bool:
        depth, limit = self.depth.get(unit.level), self.depth.get(above.level)
        return depth is None or limit is None or limit < depth

    def faults(self, unit: Unit) -> Iterator[tuple[str, Text]]:
        """What is wrong with the unit, with the key to show it at."""
        if unit.level not in self.depth:
            return
        if unit.parent is None and unit.level in self.levels_with_parents:
            yield "id", _orphan(self.names[unit.level])
        above = self.plan.find(unit.parent, Unit)
        if above is not None and not self.is_below(unit, above):
            yield "parent", _upside_down(self.names[unit.level], above.id, self.names[above.level])
            return
        if above is not None and unit.valid_from is not None and self._springs_up(unit, above, unit.valid_from):
            yield "valid_from", _from_nothing(above.id, unit.valid_from)
        if unit.level in self.levels_with_children and not self.plan.muted:
            yield from self._covered(unit)
        if (other := self.doubles.get(unit.id)) is not None:
            yield "key", _twice(unit.key, other.id)

    def _springs_up(self, unit: Unit, above: Unit, start: date) -> bool:
        """Appears within a territory that others already covered, and nobody gives anything up."""
        if unit.id in self.successors or not above.in_force(start - _DAY):
            return False
        return any(
            sibling.level == unit.level and sibling.in_force(start - _DAY) for sibling in self.children[above.id]
        )

    def _covered(self, unit: Unit) -> Iterator[tuple[str, Text]]:
        parts = self.children.get(unit.id, ())
        if not parts:
            yield "id", _bare(self.names[unit.level])
        elif (gap := _gap(unit, parts)) is not None:
            yield "id", _bare_for_a_time(span(*gap))


def _gap(unit: Unit, parts: tuple[Unit, ...]) -> tuple[date, date | None] | None:
    """The first days of a unit's life on which it has no part; a life without a beginning starts with the parts."""
    ordered = sorted(parts, key=lambda p: p.valid_from or date.min)
    reached = unit.valid_from or ordered[0].valid_from or date.min
    end = unit.valid_to or date.max
    for part in ordered:
        start = part.valid_from or date.min
        if start > reached:
            return reached, min(start - _DAY, end)
        if part.valid_to is None or part.valid_to >= end:
            return None
        reached = max(reached, part.valid_to + _DAY)
    return reached, unit.valid_to


def _twice(key: str, other: str) -> Text:
    return text(
        de=f"hat denselben Schlüssel „{key}“ wie „{other}“, und beide gelten zugleich: Seine Zahlen zählten doppelt. "
        "Berichtigen Sie Schlüssel oder Gültigkeit",
        en=f"has the same key “{key}” as “{other}”, and both are in force at once: its figures would count twice. "
        "Correct the key or the validity",
    )


def _orphan(level: str) -> Text:
    return text(
        de=f"hat kein oberes Gebiet, anders als die übrigen der Ebene „{level}“. Nennen Sie es unter „parent“",
        en=f"has no parent, unlike the others of the level “{level}”. Name it under “parent”",
    )


def _upside_down(level: str, above: str, above_level: str) -> Text:
    return text(
        de=f"(Ebene „{level}“) gehört zu „{above}“ (Ebene „{above_level}“), das nach sozplan.yaml nicht darüber liegt. "
        "Berichtigen Sie die Ebene oder das obere Gebiet",
        en=f"(level “{level}”) belongs to “{above}” (level “{above_level}”), which is not above it by sozplan.yaml. "
        "Correct the level or the parent",
    )


def _from_nothing(above: str, start: date) -> Text:
    on = day(start)
    return text(
        de=f"kommt am {on.de} zu „{above}“ hinzu, ohne dass eine andere Einheit etwas abgibt. "
        "Nennen Sie unter „successions“, woraus sie entstand",
        en=f"is added to “{above}” on {on.en} without any other unit giving something up. "
        "Say under “successions” what it came from",
    )


def _bare(level: str) -> Text:
    return text(
        de=f"hat keine untergeordneten Einheiten, andere der Ebene „{level}“ aber schon. Ergänzen Sie sie",
        en=f"has no units below it, but others of the level “{level}” have. Add them",
    )


def _bare_for_a_time(when: Text) -> Text:
    return text(
        de=f"hat {when.de} keine untergeordneten Einheiten. Ergänzen Sie sie, oder berichtigen Sie die Gültigkeit",
        en=f"has no units below it {when.en}. Add them, or correct the validity",
    )


@rule(
    "ref.successor-missing",
    Severity.ERROR,
    de="„{unit}“ endet am {end}, {fault}.",
    en="“{unit}” ends on {end}, {fault}.",
)
def unit_without_successor(case: Case) -> Iterator[Finding]:
    """Zu jeder beendeten Gebietseinheit steht, wohin ihre Bevölkerung gehört

    Nur mit Nachfolgern, deren Anteile zusammen 1 ergeben, lassen sich Zahlen vor und nach einer Gebietsänderung
    vergleichen.

    English:
        For each ended unit it is said where its population belongs

        Only with successors whose shares add up to 1 can figures before and after a change of borders be compared.

    Bad:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
          - {id: bezirk-04, key: "04", name: Aue, level: bezirk, parent: beispielstadt, valid_to: 2018-12-31}  # <- ref.successor-missing

    Good:
        # plans/territory/gebiete.yaml
        units:
          - {id: beispielstadt, key: "05998000", name: Beispielstadt, level: stadt}
          - {id: bezirk-01, key: "01", name: Hafenrand, level: bezirk, parent: beispielstadt}
          - {id: bezirk-02, key: "02", name: Speicherviertel, level: bezirk, parent: beispielstadt}
          - {id: bezirk-03, key: "03", name: Kernstadt, level: bezirk, parent: beispielstadt}
          - {id: bezirk-04, key: "04", name: Aue, level: bezirk, parent: beispielstadt, valid_to: 2018-12-31}
        successions:
          - {old: bezirk-04, new: bezirk-02, date: 2019-01-01, share: 0.3, basis: Einwohnermelderegister}
          - {old: bezirk-04, new: bezirk-03, date: 2019-01-01, share: 0.7, basis: Einwohnermelderegister}
    """  # noqa: E501 -- one unit a line, so that the mark stands at the fault
    shares: dict[str, Decimal] = {}
    for change in case.plan.successions:
        shares[change.old] = shares.get(change.old, Decimal(0)) + change.share
    for unit in case.plan.units:
        if unit.valid_to is not None and (fault := _share_fault(shares.get(unit.id))) is not None:
            yield Finding(unit.at("valid_to"), {"unit": unit.id, "end": day(unit.valid_to), "fault": fault})


def _share_fault(total: Decimal | None) -> Text | None:
    if total is None:
        return text(
            de="aber unter „successions“ steht nicht, welche Einheiten ihr folgen",
            en="but “successions” doesn't say which units follow it",
        )
    if abs(total - 1) <= ROUNDING:
        return None
    plain = f"{total.normalize():f}"
    return text(
        de=f"die Anteile ihrer Nachfolger ergeben aber {plain.replace('.', ',')} statt 1",
        en=f"but the shares of its successors add up to {plain} instead of 1",
    )


RULES = (territory_uncovered, unit_without_successor)
