"""Which area keys of data rows name a territory on the day that the row speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Cell, reference_date
from sozplan.model.plan import Plan
from sozplan.model.territory import SocialArea, Unit
from sozplan.rules.rule import Finding
from sozplan.rules.words import NONE, day, span


class _Observed(NamedTuple):
    """Rows of one file that name one key in vain."""

    first: Cell
    rows: int


def keys_outside_their_time(case: Case) -> Iterator[Finding]:
    """One finding a file and key, at the first row, with the number of rows."""
    keys = _Keys(case)
    found: dict[tuple[str, str], _Observed] = {}
    for cell in case.figures.cells:
        if keys.miss(cell):
            group = (cell.at.file, cell.area)
            known = found.get(group)
            found[group] = _Observed(cell, 1) if known is None else known._replace(rows=known.rows + 1)
    for first, rows in found.values():
        yield Finding(Place(first.at, first.indicator), keys.describe(first, rows))


class _Keys:
    """Which key names a territory on which day; asked once a cell, so it remembers."""

    def __init__(self, case: Case) -> None:
        self.plan = case.plan
        self.sheets = {sheet.id: sheet for sheet in case.plan.indicators}
        self.resources = case.figures.resources or {}
        self.areas: dict[str, list[SocialArea]] = {}
        for area in case.plan.social_areas:
            if area.key is not None:
                self.areas.setdefault(area.key, []).append(area)
        self.units: dict[str, list[Unit]] = {}
        for unit in case.plan.units:
            self.units.setdefault(unit.key, []).append(unit)
        self.bare = {key.lstrip("0") for key in (*self.units, *self.areas)}
        self.is_whole = not _territory_unread(case.plan)
        self.answers: dict[tuple[str, date], bool] = {}

    def miss(self, cell: Cell) -> bool:
        question = (cell.area, self.day(cell))
        if question not in self.answers:
            self.answers[question] = self._miss(*question)
        return self.answers[question]

    def _miss(self, key: str, on: date) -> bool:
        named = (*self.units.get(key, ()), *self.areas.get(key, ()))
        if not named:
            # A key that only lost its zeros is reported by the reader of the file.
            return self.is_whole and key.lstrip("0") not in self.bare
        return not any(territory.in_force(on) for territory in named)

    def day(self, cell: Cell) -> date:
        resource = self.resources.get(cell.resource)
        if resource is not None and resource.boundary is not None:
            return resource.boundary
        sheet = self.sheets.get(cell.indicator)
        return reference_date(sheet, cell.period) if sheet else cell.period.end

    def describe(self, cell: Cell, rows: int) -> dict[str, object]:
        on = day(self.day(cell))
        unit = Text(f"Der Gebietsschlüssel „{cell.area}“", f"The area key “{cell.area}”")
        more = Text(f" Betroffen sind {rows} Zeilen.", f" {rows} rows are concerned.") if rows > 1 else NONE
        named = (*self.units.get(cell.area, ()), *self.areas.get(cell.area, ()))
        if not named:
            return {"unit": unit, "fault": _NO_SUCH_KEY, "hint": more}
        valid = span(named[0].valid_from, named[0].valid_to)
        fault = text(
            de=f"bezeichnet am {on.de} kein Gebiet; „{named[0].id}“ trägt ihn nur {valid.de}",
            en=f"names no territory on {on.en}; “{named[0].id}” has it only {valid.en}",
        )
        return {"unit": unit, "fault": fault, "hint": more}


_NO_SUCH_KEY = text(
    de="kommt in plans/territory nicht vor. Nehmen Sie das Gebiet dort auf, oder berichtigen Sie den Schlüssel",
    en="doesn't occur in plans/territory. Add the territory there, or correct the key",
)


def _territory_unread(plan: Plan) -> bool:
    """Whether units may be missing because their file could not be read."""
    if not plan.muted:
        return False
    named = [part.unit for area in plan.social_areas for part in area.parts]
    named += [unit.parent for unit in plan.units if unit.parent is not None]
    return not plan.units or not plan.social_areas or any(id in plan.muted for id in named)
