"""What an office changed in a sheet, and whether the planning was changed at the same place meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sozplan.model.sheets import Cells, Change, Comparison

if TYPE_CHECKING:
    from pandas import DataFrame

Lines = Mapping[str, Cells]


def compare(made: Lines, returned: Lines, now: Lines, columns: Sequence[str]) -> Comparison:
    """Cell by cell: as the sheet was made, as it came back, and as the planning is now.

    Lines that didn't come back are left alone; what both sides changed to the same is no change any more.
    """
    keys = [key for key in made if key in returned]
    before, wanted, present = (_frame(each, keys, columns) for each in (made, returned, now))
    alive = [key in now for key in keys]
    touched = wanted.ne(before)
    open_ = touched & wanted.ne(present)
    moved = present.ne(before)

    def changes(mask: DataFrame) -> tuple[Change, ...]:
        return tuple(
            Change(key, column, *(str(each.at[key, column]) for each in (before, wanted, present)))
            for key, column in _places(mask)
        )

    living, dead = open_.mul(alive, axis="index"), touched.mul([not each for each in alive], axis="index")
    return Comparison(changes(living & ~moved), changes(living & moved), changes(dead))


def _frame(lines: Lines, keys: Sequence[str], columns: Sequence[str]) -> DataFrame:
    import pandas as pd

    rows = [[lines.get(key, {}).get(column, "") for column in columns] for key in keys]
    return pd.DataFrame(rows, index=list(keys), columns=list(columns), dtype=object)


def _places(mask: DataFrame) -> Iterator[tuple[str, str]]:
    """Line by line, in the order of the columns."""
    rows, columns = mask.to_numpy(dtype=bool).nonzero()
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        yield str(mask.index[row]), str(mask.columns[column])


def unbalanced(lines: Lines, measure: str, paid: Sequence[str]) -> Mapping[tuple[str, str], Decimal]:
    """Measures and years in which what finances them isn't what is planned, to the cent, and by how much.

    `measure` is the column that names the measure, `paid` those of the sources.
    """
    import pandas as pd

    if not lines:
        return {}
    amounts = pd.DataFrame(
        [[Decimal(cells.get(column) or 0) for column in ("planned", *paid)] for cells in lines.values()],
        columns=["planned", *paid],
        dtype=object,
    )
    amounts["left"] = amounts["planned"] - amounts[list(paid)].sum(axis="columns")
    amounts["which"] = [(cells.get(measure, ""), cells.get("year", "")) for cells in lines.values()]
    sums = amounts.groupby("which")["left"].sum()
    return {which: gap for which, gap in zip(sums.index.tolist(), sums.tolist(), strict=True) if gap}
