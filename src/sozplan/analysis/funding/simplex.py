"""Linear programs in whole numbers: exact, and the same on every machine.

The tableau holds integers over one common denominator, so nothing is ever rounded; entering and leaving variables are
those of the least number (Bland), so it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction


class TooMuch(Exception):
    """The effort that was granted is used up."""


@dataclass
class Effort:
    """Steps, never seconds: so that no machine sees more than another."""

    left: int

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True)
class Row:
    """That the sum of some variables is at most `bound`; `sign` −1 turns it into “at least −bound”."""

    variables: frozenset[int]
    bound: int
    sign: int = 1


def best(count: int, rows: Sequence[Row], weights: Sequence[int], effort: Effort) -> list[int] | None:
    """Whole numbers ≥ 0 for the variables that weigh the most; None where the rows can't be met.

    Branches where the exact solution isn't whole, which chains of overlapping sums rarely bring about.
    """
    found: list[int] | None = None
    record = -1
    stack: list[tuple[Row, ...]] = [()]
    while stack:
        extra = stack.pop()
        solution = _Tableau(count, [*rows, *extra], weights, effort).solved()
        if solution is None:
            continue
        value = sum((weight * each for weight, each in zip(weights, solution, strict=True)), Fraction(0))
        if value <= record:
            continue
        broken = next((i for i, each in enumerate(solution) if each.denominator != 1), None)
        if broken is None:
            record, found = int(value), [int(each) for each in solution]
            continue
        below = solution[broken].__floor__()
        one = frozenset((broken,))
        stack += [(*extra, Row(one, -below - 1, -1)), (*extra, Row(one, below))]
    return found


@dataclass
class _Tableau:
    """Basic variables by nonbasic ones; `denominator` is under every entry."""

    count: int
    constraints: Sequence[Row]
    weights: Sequence[int]
    effort: Effort
    rows: list[list[int]] = field(init=False)
    basic: list[int] = field(init=False)
    free: list[int] = field(init=False)
    denominator: int = field(init=False, default=1)

    def __post_init__(self) -> None:
        n, m = self.count, len(self.constraints)
        self.rows = [[each.sign * (j in each.variables) for j in range(n)] + [each.bound] for each in self.constraints]
        self.free, self.basic = list(range(n)), list(range(n, n + m))

    def solved(self) -> list[Fraction] | None:
        if any(row[-1] < 0 for row in self.rows) and not self._made_feasible():
            return None
        goal = [0] * (len(self.free) + 1)
        for j, variable in enumerate(self.free):
            if variable < self.count:
                goal[j] = -self.weights[variable] * self.denominator
        for i, variable in enumerate(self.basic):
            if variable < self.count:
                goal = [g + self.weights[variable] * each for g, each in zip(goal, self.rows[i], strict=True)]
        self.rows.append(goal)
        self._climb()
        values = [Fraction(0)] * self.count
        for i, variable in enumerate(self.basic):
            if variable < self.count:
                values[variable] = Fraction(self.rows[i][-1], self.denominator)
        return values

    def _made_feasible(self) -> bool:
        """A helper that loosens every row, then is driven out."""
        helper = self.count + len(self.basic)
        for row in self.rows:
            row.insert(-1, -1)
        self.free.append(helper)
        self.rows.append([0] * (len(self.free) - 1) + [1, 0])
        worst = min(range(len(self.basic)), key=lambda i: (self.rows[i][-1], self.basic[i]))
        self._pivot(worst, len(self.free) - 1)
        self._climb()
        if self.rows[-1][-1] != 0:
            return False
        self.rows.pop()
        if helper in self.basic:
            place = self.basic.index(helper)
            column = next((j for j in range(len(self.free)) if self.rows[place][j] != 0), None)
            if column is None:
                del self.rows[place], self.basic[place]
                return True
            self._pivot(place, column)
        gone = self.free.index(helper)
        del self.free[gone]
        for row in self.rows:
            del row[gone]
        return True

    def _climb(self) -> None:
        while True:
            goal = self.rows[-1]
            rising = [(variable, j) for j, variable in enumerate(self.free) if goal[j] < 0]
            if not rising:
                return
            column = min(rising)[1]
            able = [i for i in range(len(self.basic)) if self.rows[i][column] > 0]
            row = min(able, key=lambda i: (Fraction(self.rows[i][-1], self.rows[i][column]), self.basic[i]))
            self._pivot(row, column)

    def _pivot(self, row: int, column: int) -> None:
        self.effort.spend()
        rows, chosen = self.rows, self.rows[row]
        pivot, old = chosen[column], self.denominator
        for i, other in enumerate(rows):
            if i != row:
                factor = other[column]
                rows[i] = [
                    -factor if j == column else (each * pivot - factor * chosen[j]) // old
                    for j, each in enumerate(other)
                ]
        chosen[column] = old
        if pivot < 0:
            self.rows[:] = [[-each for each in other] for other in rows]
        self.denominator = abs(pivot)
        self.basic[row], self.free[column] = self.free[column], self.basic[row]
