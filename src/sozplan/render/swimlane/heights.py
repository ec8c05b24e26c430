"""Heights: lanes, rows and the levels between them, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sozplan.render.swimlane.lanes import Arrangement
from sozplan.render.swimlane.letters import LEAD, broken
from sozplan.render.swimlane.ports import Ports
from sozplan.render.swimlane.shapes import Measure

_GAP = 6.0
"""At least, above and below each row."""
_LEVEL = 6.0
"""From line to line in a gap."""
_NAME_LINES = 2


class Heights:
    """`rows` holds the middle of each row, `levels` the height of each run of a link between rows."""

    def __init__(
        self, found: Arrangement, measures: Sequence[Measure], ports: Ports, names: Mapping[str, str], lang: str
    ) -> None:
        self._board = found.board
        above, below = self._reach(measures, ports)
        stacked = self._stacked()
        self.rows: list[float] = []
        self.levels: dict[tuple[int, float], float] = {}
        self.lanes: list[tuple[float, float, tuple[str, ...]]] = []
        """Top, height and the name in lines."""
        y, row, gap = 0.0, 0, 0
        for lane, count in zip(found.lanes, found.rows, strict=True):
            needed = sum(above[row : row + count]) + sum(below[row : row + count])
            needed += sum(_high(stacked[each]) for each in range(gap, gap + count + 1))
            lines, high = _name(names[lane], needed, lang)
            top, y = y, y + float(round((high - needed) / 2))
            for _ in range(count):
                y = self._lay(stacked[gap], y) + above[row]
                self.rows.append(y)
                y += below[row]
                row, gap = row + 1, gap + 1
            y = self._lay(stacked[gap], y)
            gap += 1
            y = max(y, top + high)
            self.lanes.append((top, y - top, lines))
        self.bottom = y

    def _lay(self, stacked: Mapping[tuple[int, float], int], y: float) -> float:
        for run, place in stacked.items():
            self.levels[run] = y + _GAP + place * _LEVEL
        return y + _high(stacked)

    def _reach(self, measures: Sequence[Measure], ports: Ports) -> tuple[list[float], list[float]]:
        """How far shapes, their labels and the answers at them reach above and below the middle of each row."""
        above, below = [0.0] * len(self._board.rows), [0.0] * len(self._board.rows)
        for cell, measure in zip(self._board.cells, measures, strict=True):
            above[cell.row] = max(above[cell.row], measure.reach_y)
            below[cell.row] = max(below[cell.row], measure.below)
        for at, link in enumerate(self._board.links):
            row = self._board.cells[link.source].row
            above[row] = max(above[row], ports.label_high(at) + 1 - ports.out[at])
        return [float(round(each + 0.5)) for each in above], [float(round(each + 0.5)) for each in below]

    def _stacked(self) -> list[dict[tuple[int, float], int]]:
        """In each gap the links that run through it, with their place; those never beside each other share one."""
        board = self._board
        found: list[dict[tuple[int, float], int]] = [{} for _ in board.gaps]
        spans: list[list[tuple[int, int, int]]] = [[] for _ in board.gaps]
        heights = set(board.rows)
        runs = ((level, link, levels) for link, levels in board.levels.items() for level in dict.fromkeys(levels))
        for level, link, levels in sorted(runs):
            if level in heights:
                continue
            gap = board.gap_at(level)
            passed = board.passed(link)
            first = passed[levels.index(level)]
            last = passed[len(levels) - 1 - levels[::-1].index(level)] + 1
            place = max((p + 1 for s, e, p in spans[gap] if s <= last and first <= e), default=0)
            spans[gap].append((first, last, place))
            found[gap][link, level] = place
        return found


def _high(stacked: Mapping[tuple[int, float], int]) -> float:
    return _GAP + (max(stacked.values()) * _LEVEL + _GAP if stacked else 0)


def _name(name: str, needed: float, lang: str) -> tuple[tuple[str, ...], float]:
    """The name of a lane runs upwards, in two lines at most: where it needs more the lane grows."""
    high = max(needed, 30.0)
    while len(lines := broken(name, high - 6, lang)) > _NAME_LINES:
        high += LEAD
    return tuple(lines), float(round(high))
