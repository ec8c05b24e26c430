"""Which cell of a returned sheet belongs to which entry and field: by headings and ids, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sozplan.diagnostics import Text, text
from sozplan.model.sheets import Cells, Column, Fresh, Line, Remarks, Returned, Sheet
from sozplan.repo.imports.rows import letters, tidy
from sozplan.repo.sheets.cells import NotAValue, read
from sozplan.repo.sheets.returned import NOTHING, Book, Given, GivenRow, Memory
from sozplan.repo.shown import shown

_HABITUAL = ("commitment", "budget_reservation")
"""What goes without saying of a new measure."""
_ABOVE = 20
"""Rows that somebody may have put above the headings."""


def match(book: Book, code: str, columns: Sequence[Column], remarks: Remarks) -> Returned | None:
    """The lines that came back, read; none where the sheet can't be understood, which is said in the remarks."""
    memory = book.memories[code]
    rows = book.sheets.get(memory.title)
    if rows is None:
        remarks.faults.append((book.file, _no_sheet(memory.title)))
        return None
    page = _Page(book, memory, columns, remarks)
    header = page.header(rows)
    if header is None:
        return None
    lines = tuple(Line(key, cells, frozenset(memory.shut.get(key, ()))) for key, cells in memory.lines.items())
    page.read([row for row in rows if row.number > header])
    return Returned(
        Sheet(code, memory.title, tuple(columns), lines),
        page.lines,
        page.fresh,
        [key for key in memory.lines if key not in page.numbers],
        page.numbers,
        {key: letters(index) for key, index in page.index.items()},
        book.file,
    )


@dataclass(slots=True)
class _Page:
    book: Book
    memory: Memory
    columns: Sequence[Column]
    remarks: Remarks
    index: dict[str, int] = field(default_factory=dict)
    """Where each column stands, from 0, by its key."""
    numbers: dict[str, int] = field(default_factory=dict)
    lines: dict[str, Cells] = field(default_factory=dict)
    fresh: list[Fresh] = field(default_factory=list)

    def place(self, number: int, index: int = 0) -> str:
        return f"{self.book.file}:{shown(self.memory.title)}!{letters(index)}{number}"

    def fault(self, place: str, said: Text) -> None:
        self.remarks.faults.append((place, said))

    def note(self, place: str, said: Text) -> None:
        self.remarks.notes.append((place, said))

    # Headings

    def header(self, rows: Sequence[GivenRow]) -> int | None:
        """The number of the row of headings; none where one of them is missing or stands there twice."""
        heads = {_head(said): key for key, said in self.memory.heads.items()}
        best = max(rows[:_ABOVE], key=lambda row: len(heads.keys() & _heads(row)), default=None)
        if best is None or not heads.keys() & _heads(best):
            self.fault(self.place(1), _NO_HEADINGS)
            return None
        sound = self._locate(best, heads)
        for key, said in self.memory.heads.items():
            if key not in self.index:
                self.fault(self.place(best.number), _no_column(said))
                sound = False
        joined = [each for each in self.book.joined[self.memory.title] if each.bottom >= best.number]
        for each in joined:
            self.fault(self.place(each.top, each.left), _JOINED)
        return best.number if sound and not joined else None

    def _locate(self, row: GivenRow, heads: Mapping[str, str]) -> bool:
        sound = True
        for index, given in enumerate(row.cells):
            key = heads.get(_head(given.cell.text))
            if key in self.index:
                self.fault(self.place(row.number, index), _twice(given.cell.plain))
                sound = False
            elif key is not None:
                self.index[key] = index
            elif not given.is_empty:
                self.note(self.place(row.number, index), _foreign(shown(given.cell.plain)))
        return sound

    # Lines

    def read(self, rows: Iterable[GivenRow]) -> None:
        for row in rows:
            given = {column.key: self._given(row, column.key) for column in self.columns}
            id = given["id"].cell.plain
            if id or given["id"].is_formula:
                self._known(row.number, id, given)
            elif any(not given[each.key].is_empty for each in self.columns if not each.locked):
                self.fresh += self._new(row.number, given)

    def _given(self, row: GivenRow, key: str) -> Given:
        index = self.index[key]
        return row.cells[index] if index < len(row.cells) else NOTHING

    def _known(self, number: int, id: str, given: Mapping[str, Given]) -> None:
        if id not in self.memory.lines:
            self.fault(self.place(number, self.index["id"]), _unknown(shown(id)))
        elif id in self.numbers:
            self.fault(self.place(number, self.index["id"]), _repeated(shown(id), self.numbers[id]))
        else:
            self.numbers[id] = number
            self.lines[id] = self._line(number, id, given)

    def _line(self, number: int, id: str, given: Mapping[str, Given]) -> Cells:
        before, shut = self.memory.lines[id], self.memory.shut.get(id, set())
        found: dict[str, str] = {}
        for column in self.columns:
            former = before.get(column.key, "")
            if column.locked or column.is_placed:
                self._note_untaken(number, column, given[column.key], former)
            elif column.key in shut:
                if not given[column.key].is_empty:
                    self.fault(self.place(number, self.index[column.key]), _SHUT)
            else:
                found[column.key] = self._value(number, column, given[column.key], former)
        self._demand(number, found, before)
        return {key: said for key, said in found.items() if said}

    def _value(self, number: int, column: Column, given: Given, former: str) -> str:
        """What can't be read is told and stays what it was."""
        try:
            return read(given, column, self.book.origin.lang, former)
        except NotAValue as wrong:
            self.fault(self.place(number, self.index[column.key]), wrong.text)
            return former

    def _note_untaken(self, number: int, column: Column, given: Given, former: str) -> None:
        if column.key == "id":
            return
        try:
            same = read(given, column, self.book.origin.lang, former) == former
        except NotAValue:
            same = False
        if not same:
            said = _MOVED if column.is_placed else _COMPUTED
            self.note(self.place(number, self.index[column.key]), said)

    def _demand(self, number: int, found: dict[str, str], before: Cells) -> None:
        """What must be filled in: by itself, or since something else of its section is."""
        for column in list(self._lacking(found)):
            around = [each.key for each in self.columns if each.section == column.section and each.key in found]
            touched = [column.key] if not column.section else around
            if any(found[key] != before.get(key, "") for key in touched):
                self.fault(self.place(number, self.index[column.key]), _needed(column))
                found |= {key: before.get(key, "") for key in touched}

    def _lacking(self, found: Cells) -> Iterator[Column]:
        for column in self.columns:
            if column.required and column.key in found and not found[column.key]:
                others = (said for key, said in found.items() if key.startswith(f"{column.section}."))
                if not column.section or any(others):
                    yield column

    def _new(self, number: int, given: Mapping[str, Given]) -> list[Fresh]:
        """A line for a new entry, if all that it must have can be read."""
        count = len(self.remarks.faults)
        found = {
            column.key: self._value(number, column, given[column.key], "")
            for column in self.columns
            if not column.locked
        }
        if len(self.remarks.faults) == count:
            for column in self._lacking(found):
                if column.key not in _HABITUAL:
                    self.fault(self.place(number, self.index[column.key]), _needed(column))
        cells = {key: said for key, said in found.items() if said}
        return [Fresh(number, cells)] if len(self.remarks.faults) == count else []


def _head(said: str) -> str:
    return tidy(said).rstrip("*").rstrip().casefold()


def _heads(row: GivenRow) -> set[str]:
    return {_head(given.cell.text) for given in row.cells if not given.is_empty}


def _no_sheet(title: str) -> Text:
    return text(
        de=f"Das Blatt „{shown(title)}“ fehlt oder heißt anders. Geben Sie ihm seinen Namen zurück.",
        en=f"The sheet “{shown(title)}” is missing or has another name. Give its name back to it.",
    )


def _no_column(head: str) -> Text:
    head = shown(head.removesuffix(" *"))
    return text(
        de=f"Die Spalte „{head}“ fehlt, oder ihre Überschrift heißt anders. Fügen Sie sie wieder ein.",
        en=f"The column “{head}” is missing, or its heading is another. Put it in again.",
    )


def _twice(head: str) -> Text:
    return text(
        de=f"Die Überschrift „{shown(head)}“ steht zweimal da. Benennen Sie die eigene Spalte um.",
        en=f"The heading “{shown(head)}” stands there twice. Rename the column of your own.",
    )


def _foreign(head: str) -> Text:
    return text(
        de=f"Die eigene Spalte „{head}“ wird nicht übernommen.",
        en=f"The column of your own “{head}” is not taken over.",
    )


def _unknown(id: str) -> Text:
    return text(
        de=f"Die Kennung „{id}“ stand nicht in der Tabelle. Für einen neuen Eintrag lassen Sie die Zelle leer; sonst "
        "stellen Sie die alte Kennung wieder her.",
        en=f"The id “{id}” was not in the table. Leave the cell empty for a new entry; else restore the old id.",
    )


def _repeated(id: str, row: int) -> Text:
    return text(
        de=f"Die Kennung „{id}“ steht schon in Zeile {row}. Ist das ein neuer Eintrag, leeren Sie diese Zelle.",
        en=f"The id “{id}” stands in row {row} already. If this is a new entry, empty this cell.",
    )


def _needed(column: Column) -> Text:
    return text(de=f"„{column.head}“ darf nicht leer sein.", en=f"“{column.head}” must not be empty.")


_NO_HEADINGS = text(
    de="Die Überschriften fehlen. Sie müssen über der Tabelle stehen, wie sie waren.",
    en="The headings are missing. They must stand above the table as they were.",
)
_JOINED = text(
    de="Hier sind Zellen verbunden; was in den verdeckten stand, ist verloren. Heben Sie die Verbindung auf, und "
    "füllen Sie die Zellen wieder aus.",
    en="Cells are merged here; what stood in the covered ones is lost. Unmerge them, and fill in the cells again.",
)
_SHUT = text(
    de="Diese Angabe gibt es bei diesem Eintrag nicht; leeren Sie die Zelle.",
    en="This entry has no such field; empty the cell.",
)
_MOVED = text(
    de="Wohin ein Eintrag gehört, wird hier nicht geändert; das geht mit „sozplan move“.",
    en="Where an entry belongs isn't changed here; “sozplan move” does that.",
)
_COMPUTED = text(
    de="Diese Zelle wird berechnet; was darin geändert wurde, wird nicht übernommen.",
    en="This cell is computed; what was changed in it is not taken over.",
)
