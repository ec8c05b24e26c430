"""Edition by edition: at each day on which some of the cells became known.

What an earlier one published can't be taken back, and together with it the next must give nothing away. So a number
that was revised protects no less than one that wasn't.

No territory is looked at but those in which something may be small or isn't shown, and those that go into a sum with
them: all others are shown, and no sum of shown numbers tells anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple

from sozplan.analysis.delivered import known_from
from sozplan.analysis.ground import territory
from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.neighbours import below, wholes
from sozplan.analysis.protection.problem import Problem, sound
from sozplan.analysis.protection.relations import Node
from sozplan.analysis.protection.sheets import Edition, Sheet
from sozplan.analysis.protection.suppress import Choice, coarsely, lead, seek
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Figures
from sozplan.model.indicators import Indicator
from sozplan.model.territory import SocialArea, Unit

Seeds = Mapping[str, date]
"""Where to begin to look, and since when."""


class Told(NamedTuple):
    """Territory and period of what the last edition withholds besides."""

    withheld: frozenset[tuple[str, str]]
    is_coarse: bool


@dataclass(frozen=True, kw_only=True)
class Window(Figures):
    """Of other figures what speaks of some periods of an indicator and is known at a day."""

    whole: Figures
    sheet: Indicator
    texts: frozenset[str]
    as_of: date

    def vintages(self, indicator: str, area: str) -> tuple[Cell, ...]:
        found = self.whole.vintages(indicator, area) if indicator == self.sheet.id else ()
        return tuple(c for c in found if c.period.text in self.texts and known_from(self.sheet, c) <= self.as_of)


class _View(Enum):
    """How much is in sight before cells are chosen.

    The fewest are sought among the sums of what may be small, since most regions are. Where these grow into each other,
    further sums would undo one choice after the other: then all that has to do with anything in sight comes first.
    """

    NEAR = auto()
    AROUND = auto()
    EVERYWHERE = auto()


class Editions:
    """Of periods that hang together."""

    def __init__(self, case: Case, sheet: Indicator, texts: frozenset[str]) -> None:
        self._case, self._indicator = case, sheet
        self._periods = frozenset(each for each in case.figures.periods(sheet.id) if each.text in texts)
        self._figures = Window(
            resources=case.figures.resources, whole=case.figures, sheet=sheet, texts=texts, as_of=case.as_of
        )
        self._sheet = Sheet(case, sheet)
        self._editions: dict[date, Edition] = {}
        self._entered: dict[str, None] = {}
        self._followed: set[str] = set()
        """Of these all days are among them."""
        self._days: set[date] = set()
        self._settled = frozenset[Node]()
        self._kept = frozenset[Node]()
        """Withheld by an edition, and by all since."""

    def last(self, seeds: Seeds) -> Told:
        """What the last edition says, after all before."""
        choice, day = Choice(frozenset(), False), date.min
        self._days.update(seeds.values())
        while later := [each for each in self._days if each > day]:
            day = min(later)
            for place in self._entered:
                self._enter(place, day)
            self._look_at(sorted(id for id, since in seeds.items() if since <= day), day)
            choice = self._choose(day)
        open = self._edition(day).open.keys() if self._days else frozenset[Node]()
        return Told(frozenset((node.place, node.period) for node in open & choice.withheld), choice.is_coarse)

    def _choose(self, day: date) -> Choice:
        """Few cells if they can be found, else whole levels."""
        leading = Effort.of_leading()
        for view in _View:
            found = self._seek(day, view, Effort.of_seeking() if view is _View.NEAR else leading)
            if found is not None:
                return self._publish(day, Choice(found, False))
        return self._publish(day, coarsely(self._problem(day, Effort.of_proving())))

    def _seek(self, day: date, view: _View, effort: Effort) -> frozenset[Node] | None:
        """Withholding a number brings in the sums that it goes into."""
        ready = self._ready(day, view)
        while True:
            known = self._sight()
            problem = self._problem(day, effort)
            found = seek(problem) if view is _View.NEAR else lead(_among(problem, ready))
            if found is None:
                return None
            self._look_at(self._hidden(problem.settled.union(problem.open) - found), day)
            if known == self._sight():
                return found

    def _ready(self, day: date, view: _View) -> Set[str]:
        """Territories all of whose sums are in sight."""
        if view is not _View.NEAR:
            some = {node.place for node in self._sheet.cases} if view is _View.AROUND else self._everywhere()
            self._look_at(sorted(some), day)
        return frozenset(self._entered)

    def _problem(self, day: date, effort: Effort) -> Problem:
        edition = self._edition(day)
        self._settled |= edition.told.keys()
        levels = _levels(self._case, edition.open.keys() - self._settled)
        return sound(Problem(self._sheet.tables(), self._settled, levels, effort))

    def _publish(self, day: date, choice: Choice) -> Choice:
        open = self._edition(day).open.keys() - self._settled
        self._settled |= open - choice.withheld
        self._kept = (self._kept | choice.withheld) - self._settled
        return choice

    def _sight(self) -> tuple[int, ...]:
        return len(self._sheet.sums), len(self._sheet.base_sums), len(self._days)

    def _hidden(self, shown: frozenset[Node]) -> list[str]:
        """The territories of which some number isn't shown."""
        counts = self._sheet.cases.items()
        return sorted({node.place for node, count in counts if node not in shown or count.number is None})

    def _everywhere(self) -> set[str]:
        return {place.id for place in (*self._case.plan.units, *self._case.plan.social_areas)}

    def _look_at(self, places: Iterable[str], day: date) -> None:
        """As all editions so far told of them; what these published without being looked at, they published."""
        for place in places:
            if place in self._entered or territory(self._case.plan, place) is None:
                continue
            self._entered[place] = None
            self._days |= self._known(place)
            if self._days:
                self._days |= {each for each in _changes(self._case) if min(self._days) < each <= self._case.as_of}
            for each in sorted(some for some in self._days if some <= day):
                self._enter(place, each)
                if each < day:
                    edition = self._edition(each)
                    self._settled |= (edition.open.keys() | edition.told.keys()) - self._kept

    def _enter(self, place: str, day: date) -> None:
        self._sheet.enter(self._edition(day), place)

    def _edition(self, day: date) -> Edition:
        if day not in self._editions:
            case = replace(self._case, figures=replace(self._figures, as_of=day), as_of=day)
            self._editions[day] = Edition(case, self._indicator.id, self._periods)
        return self._editions[day]

    def _known(self, place: str) -> set[date]:
        """The days on which anything became known of what goes into its sums."""
        found, waiting = set[date](), list(wholes(self._case.plan, place))
        while waiting:
            here = waiting.pop()
            if here not in self._followed:
                self._followed.add(here)
                found |= self._own_days(here)
                waiting.extend(below(self._case.plan, here))
        return found

    def _own_days(self, id: str) -> set[date]:
        place = territory(self._case.plan, id)
        if place is None or place.key is None:
            return set()
        return {known_from(self._indicator, each) for each in self._figures.vintages(self._indicator.id, place.key)}


def _among(problem: Problem, places: Set[str]) -> Problem:
    return problem.among(frozenset(node for node in problem.open if node.place in places))


_DAY = timedelta(days=1)


def _changes(case: Case) -> set[date]:
    """On which the same cells come to something else: on the ground that changed."""
    changes = {each.date for each in case.plan.successions}
    if changes:
        parts = [part for area in case.plan.social_areas for part in area.parts]
        changes |= {part.start for part in parts if part.start} | {part.end + _DAY for part in parts if part.end}
    return changes


def _levels(case: Case, nodes: Iterable[Node]) -> tuple[tuple[Node, ...], ...]:
    """By how high the territory lies, social areas above the lowest units; within a level by key."""
    names = [level.id for level in case.plan.settings.levels]
    found: dict[float, list[tuple[str, Node]]] = {}
    for node in nodes:
        place = case.plan.get(node.place)
        if isinstance(place, Unit):
            found.setdefault(len(names) - names.index(place.level), []).append((place.key, node))
        elif isinstance(place, SocialArea):
            found.setdefault(1.5, []).append((place.key or place.id, node))
    return tuple(tuple(node for _, node in sorted(found[height])) for height in sorted(found))
