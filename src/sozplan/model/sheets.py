"""Sheets of a workbook that offices fill in, and what they brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from sozplan.diagnostics import Lang, Text

VERSION: Final = "1"
ORIGIN: Final = "sozplan"
"""The sheet that says what stood in the cells when the workbook was made."""

COMPUTED: Final = "="
PLACED: Final = "@"
"""Begin the keys of columns that sozplan works out, and of those that say where an entry belongs; no key of a planning
file begins so."""

LONGEST: Final = 32_000
"""Characters of a text that a cell may hold; spreadsheets cut off what is longer."""


class Form(Enum):
    """How the cells of a column are written and read."""

    TEXT = "text"
    CODE = "code"
    """Numbers of products and accounts, periods: text that a spreadsheet would like to take for a number or a day."""
    PERIOD = "period"
    DAY = "day"
    NUMBER = "number"
    WHOLE = "whole"
    MONEY = "money"
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` leads to the field, with points inwards; `head` is what people read."""

    key: str
    head: str
    form: Form
    choices: Mapping[str, str] = field(default_factory=dict)
    """What may stand in a cell: the value, and how the cell shows it."""
    required: bool = False
    locked: bool = False
    """Nobody fills it in: an id, or what sozplan works out."""

    @property
    def is_placed(self) -> bool:
        """Says where an entry belongs: filled in for new entries alone."""
        return self.key.startswith(PLACED)

    @property
    def is_computed(self) -> bool:
        return self.key.startswith(COMPUTED)

    @property
    def section(self) -> str:
        """The section that the field lies in, as `planned` of `planned.from`; empty for a field of its own."""
        return self.key.rpartition(".")[0]


Cells = Mapping[str, str]
"""By the key of the column, in the one form in which values are compared; what is missing is empty."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry: its key, what its cells say, and the columns that it hasn't."""

    key: str
    cells: Cells
    shut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`code` names it for sozplan, `title` for people; `spare` empty lines take new entries."""

    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    spare: int = 0

    def column(self, key: str) -> Column:
        return next(each for each in self.columns if each.key == key)


@dataclass(frozen=True, slots=True)
class Origin:
    """Of what a workbook was made."""

    kind: str
    lang: Lang
    municipality: str
    as_of: date
    commit: str | None
    modified: bool
    """The planning files differed from the commit."""
    audience: str
    plans: tuple[str, ...]
    """Those that were asked for; none means all."""
    version: str = VERSION


class Change(NamedTuple):
    """A cell that says something else than when the sheet was made; `now` is what the planning says today."""

    key: str
    column: str
    before: str
    wanted: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What becomes of the changed cells of a sheet."""

    edits: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    """The planning says something else since, too, and not the same."""
    gone: tuple[Change, ...]
    """The planning hasn't the entry any more."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A line that no entry belongs to yet: its number in the sheet, and what its cells say."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back on a sheet, with where everything stands in it."""

    sheet: Sheet
    """Its columns, and the lines as they were when it was made."""
    lines: Mapping[str, Cells]
    fresh: Sequence[Fresh]
    missing: Sequence[str]
    """Keys of lines that somebody deleted."""
    numbers: Mapping[str, int]
    """The number of each line, by its key."""
    letters: Mapping[str, str]
    """The letters of each column, by its key."""
    file: str

    def place(self, key: str | int, column: str | None = None) -> str:
        """`Massnahmen.xlsx:Maßnahmen!D7`."""
        number = key if isinstance(key, int) else self.numbers.get(key, 1)
        within = (said for name, said in self.letters.items() if column and name.startswith(f"{column}."))
        letters = self.letters.get(column or "") or next(within, "A")
        return f"{self.file}:{self.sheet.title}!{letters}{number}"


@dataclass(slots=True)
class Remarks:
    """What is to be put right before anything is written, and what is merely to be known; each with its place."""

    faults: list[tuple[str, Text]] = field(default_factory=list)
    notes: list[tuple[str, Text]] = field(default_factory=list)
