"""What a reader hands on: one value cell with all that says what it is."""

from __future__ import annotations

from typing import NamedTuple

from sozplan.model.periods import Period
from sozplan.model.profiles import ProfileColumn
from sozplan.repo.imports.rows import Cell


class Item(NamedTuple):
    rule: ProfileColumn
    raw: str
    """The area key that sums are checked by: ours, else the supplier's."""
    key: str | None
    """Ours; none where the territory hasn't got the area."""
    period: Period
    cell: Cell
    mark: str
    """The sign in a column of its own."""
    place: str
