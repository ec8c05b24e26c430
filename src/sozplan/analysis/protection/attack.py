"""What anybody can work out: the range of each withheld number that all sums leave open.

Where the sums hang together like a tree, passing ranges along it gives exactly that range; elsewhere a linear program
does, twice for each number. Only the latter needs SciPy, which takes longer to import than most tables to attack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from sozplan.analysis.protection.effort import Effort
from sozplan.analysis.protection.relations import ZERO, Node, Range, Sum


class Contradiction(Exception):
    """No numbers fulfil all sums: what was delivered doesn't add up."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What makes an attack shorter: whether a number can take all values of its goal is enough to know.

    For an `exact` one that can't, its range must be known nonetheless. `true` is a table that nobody can rule out, as
    far as it is known.
    """

    goals: Mapping[Node, Range] = field(default_factory=dict)
    exact: Set[Node] = frozenset()
    true: Mapping[Node, Decimal] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort.unlimited)


def ranges(
    unknown: Mapping[Node, Range], sums: Sequence[Sum], wanted: Collection[Node], proof: Proof | None = None
) -> dict[Node, Range]:
    """The ranges of the wanted nodes, or goals that lie in them; the sums speak of unknown nodes only."""
    found = dict(unknown)
    for some in components(_needed(sums, unknown, frozenset(wanted))):
        order, is_tree = _walk(some)
        for each in (*reversed(order), *order):
            _narrow(each, found)
        if not is_tree:
            _solve(some, found, wanted, proof or Proof())
    return {node: found[node] for node in wanted}


def adding_up(unknown: Mapping[Node, Range], sums: Sequence[Sum]) -> list[bool]:
    """Which sums can hold; of those that contradict each other the later ones can't."""
    holds = [_is_possible(each, unknown) for each in sums]
    held: list[Sum] = []
    for i, each in enumerate(sums):
        if holds[i]:
            holds[i] = adds_up(unknown, [*_near(each, held), each])
            held.extend([each] if holds[i] else [])
    return holds


def _near(new: Sum, held: Sequence[Sum]) -> list[Sum]:
    nodes = {node for node, _ in new.terms}
    return [each for each in held if any(node in nodes for node, _ in each.terms)]


def adds_up(unknown: Mapping[Node, Range], sums: Sequence[Sum]) -> bool:
    """As far as passing ranges along shows."""
    found = dict(unknown)
    try:
        for each in (*sums, *reversed(sums)):
            _narrow(each, found)
    except Contradiction:
        return False
    return True


def _is_possible(each: Sum, found: Mapping[Node, Range]) -> bool:
    return adds_up({node: found[node] for node, _ in each.terms}, [each])


def _needed(sums: Sequence[Sum], unknown: Mapping[Node, Range], wanted: frozenset[Node]) -> list[Sum]:
    """Without those that only say what an otherwise free number is."""
    left = dict(enumerate(sums))
    holding: dict[Node, set[int]] = {}
    for i, each in left.items():
        for node, _ in each.terms:
            holding.setdefault(node, set()).add(i)
    ready = list(left)
    while ready:
        i = ready.pop()
        if i in left and any(_is_free(n, left[i], unknown) for n in _loose(left[i], holding, wanted)):
            for node, _ in left.pop(i).terms:
                holding[node].discard(i)
                ready.extend(holding[node])
    return list(left.values())


def _loose(each: Sum, holding: Mapping[Node, set[int]], wanted: frozenset[Node]) -> Iterator[Node]:
    return (node for node, _ in each.terms if node not in wanted and len(holding[node]) == 1)


def _is_free(node: Node, each: Sum, unknown: Mapping[Node, Range]) -> bool:
    """Whatever the others are, this one can be what the sum asks for."""
    own, implied = unknown[node], _implied(node, each, unknown)
    if implied is None or implied.low < own.low:
        return False
    return own.high is None or (implied.high is not None and implied.high <= own.high)


def _implied(node: Node, each: Sum, found: Mapping[Node, Range]) -> Range | None:
    """The range that the others leave to a number of the sum; None where it is open below."""
    by = next(by for other, by in each.terms if other == node)
    low: Decimal | None = each.total
    high: Decimal | None = each.total
    for other, factor in each.terms:
        if other != node:
            part = _times(found[other], factor)
            low = None if low is None or part[1] is None else low - part[1]
            high = None if high is None or part[0] is None else high - part[0]
    low, high = (low, high) if by > 0 else (high, low)
    return None if low is None else Range(low / by, None if high is None else high / by)


_Open = tuple[Decimal | None, Decimal | None]


def _times(each: Range, by: Decimal) -> _Open:
    high = None if each.high is None else each.high * by
    return (each.low * by, high) if by > 0 else (high, each.low * by)


def _narrow(each: Sum, found: dict[Node, Range]) -> None:
    """Takes from each number's range what the others make impossible."""
    parts = [_times(found[node], by) for node, by in each.terms]
    low, high = _Total(part[0] for part in parts), _Total(part[1] for part in parts)
    for (node, by), part in zip(each.terms, parts, strict=True):
        most, least = high.without(part[1]), low.without(part[0])
        ends = None if most is None else each.total - most, None if least is None else each.total - least
        found[node] = _both(found[node], ends if by > 0 else (ends[1], ends[0]), by)


class _Total:
    """A sum of bounds of which some are open."""

    def __init__(self, bounds: Iterable[Decimal | None]) -> None:
        closed = list(bounds)
        self.open = closed.count(None)
        self.sum = sum((bound for bound in closed if bound is not None), ZERO)

    def without(self, bound: Decimal | None) -> Decimal | None:
        if bound is None:
            return self.sum if self.open == 1 else None
        return self.sum - bound if self.open == 0 else None


_ROUNDING = Decimal("1e-9")


def _both(own: Range, ends: _Open, by: Decimal) -> Range:
    low = own.low if ends[0] is None else max(own.low, ends[0] / by)
    high = own.high if ends[1] is None else ends[1] / by if own.high is None else min(own.high, ends[1] / by)
    if high is not None and low > high:
        if low - high > _ROUNDING + _ROUNDING * abs(low):
            raise Contradiction
        high = low
    return Range(low, high)


def components(sums: Sequence[Sum]) -> Iterator[list[Sum]]:
    """Sums that share unknown numbers, in the order given."""
    holding: dict[Node, list[int]] = {}
    for i, each in enumerate(sums):
        for node, _ in each.terms:
            holding.setdefault(node, []).append(i)
    seen: set[int] = set()
    for start in range(len(sums)):
        if start not in seen:
            found, queue = {start}, [start]
            while queue:
                near = {i for node, _ in sums[queue.pop()].terms for i in holding[node]} - found
                found |= near
                queue.extend(near)
            seen |= found
            yield [sums[i] for i in sorted(found)]


def _walk(sums: Sequence[Sum]) -> tuple[list[Sum], bool]:
    """A component from one sum outwards, and whether it hangs together like a tree: no way leads back."""
    holding: dict[Node, list[int]] = {}
    for i, each in enumerate(sums):
        for node, _ in each.terms:
            holding.setdefault(node, []).append(i)
    order, seen = [0], {0}
    for i in order:
        near = sorted({other for node, _ in sums[i].terms for other in holding[node]} - seen)
        order.extend(near)
        seen.update(near)
    links = sum(len(each.terms) for each in sums)
    return [sums[i] for i in order], links == len(holding) + len(sums) - 1


def is_tree(sums: Sequence[Sum]) -> bool:
    """Whatever of them isn't shown, no way leads back."""
    return all(_walk(some)[1] for some in components(sums))


def _solve(sums: Sequence[Sum], found: dict[Node, Range], wanted: Collection[Node], proof: Proof) -> None:
    """By linear programs: a few for many that have goals, and two for each of the rest."""
    from sozplan.analysis.protection.linear import Tables

    nodes = sorted({node for each in sums for node, _ in each.terms})
    asked = [node for node in nodes if node in wanted and not found[node].is_point]
    tables = Tables(sums, {node: found[node] for node in nodes}, proof.effort)
    goals = {node: proof.goals[node] for node in asked if node in proof.goals}
    open = {node: goal for node, goal in goals.items() if found[node].holds(goal)}
    found.update(tables.reach(open, {node: proof.true[node] for node in nodes if node in proof.true}))
    unclear = (n for n in asked if n not in goals or (n in proof.exact and not found[n].holds(goals[n])))
    found.update(tables.extremes(unclear))
