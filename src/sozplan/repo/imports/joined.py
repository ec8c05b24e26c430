"""Joined cells of a workbook: only their first one holds what they all say."""

from __future__ import annotations

from collections.abc import Sequence

from sozplan.repo.imports.rows import Cell, Row
from sozplan.repo.imports.workbook import Joined
from sozplan.repo.limits import Limits

_NOTHING = Cell()


class Spread:
    """What is joined over several rows in a column that says what a row is about holds for all of them."""

    def __init__(self, columns: set[int], joined: Sequence[Joined]) -> None:
        self._starts: dict[int, list[Joined]] = {}
        for each in joined:
            if each.left in columns and each.bottom > each.top:
                self._starts.setdefault(each.top, []).append(each)
        self._held: dict[int, tuple[int, Cell]] = {}

    def filled(self, row: Row) -> Row:
        for each in self._starts.get(row.number, ()):
            self._held[each.left] = (each.bottom, row.cell(each.left))
        given = {column: cell for column, (bottom, cell) in self._held.items() if row.number <= bottom}
        if not given:
            return row
        width = max(len(row.cells), max(given) + 1)
        return row._replace(cells=tuple(given.get(i) or row.cell(i) for i in range(width)))


def joined_header(header: Sequence[Row], joined: Sequence[Joined], limits: Limits) -> list[Row]:
    """Header rows in which each part of a joined cell says what the whole says."""
    by_number = {row.number: list(row.cells) for row in header}
    done: set[tuple[int, int]] = set()
    for each in joined:
        if each.top not in by_number or each.right >= limits.import_columns:
            continue
        said = next(row.cell(each.left) for row in header if row.number == each.top)
        numbers = [number for number in by_number if each.top <= number <= each.bottom]
        inside = {(number, i) for number in numbers for i in range(each.left, each.right + 1)}
        if not done.isdisjoint(inside):  # no program writes that, and it could be made to take for ever
            break
        done |= inside
        for number, i in inside:
            cells = by_number[number]
            cells += [_NOTHING] * (i + 1 - len(cells))
            cells[i] = said
    return [row._replace(cells=tuple(by_number[row.number])) for row in header]
