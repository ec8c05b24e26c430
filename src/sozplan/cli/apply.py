"""`sozplan apply`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import Text, text
from sozplan.repo.edit.refusal import EditRefused

if TYPE_CHECKING:
    from sozplan.model.sheets import Cells, Column, Fresh, Returned
    from sozplan.repo.sheets.layouts import Layout
    from sozplan.repo.sheets.returned import Book

HELP = both(
    "Übernimmt, was in einer Arbeitsmappe von „sozplan table“ geändert wurde.\n\n"
    "Nur geänderte Zellen werden geschrieben. Was sich nicht lesen lässt und was in der Planung inzwischen auch "
    "geändert wurde, nennt der Befehl mit Blatt und Zelle; dann schreibt er nichts, außer mit --skip. Gelöschte Zeilen "
    "löschen nichts.",
    "Takes over what was changed in a workbook of “sozplan table”.\n\n"
    "Only changed cells are written. What can't be read, and what the planning has changed meanwhile as well, is named "
    "by sheet and cell; then nothing is written, except with --skip. Deleted rows delete nothing.",
)


def run(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=both("Ausgefüllte Arbeitsmappe.", "Workbook that was filled in."))
    ],
    skip: Annotated[
        bool,
        typer.Option(
            "--skip",
            help=both(
                "Fehlerhafte Zellen und Konflikte auslassen, alles andere übernehmen.",
                "Leave out faulty cells and conflicts, take over all else.",
            ),
        ),
    ] = False,
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    from sozplan.repo.imports.ledger import Unreadable
    from sozplan.repo.sheets.returned import read_book

    request: Request = ctx.obj
    try:
        book = read_book(file)
    except Unreadable as error:
        raise Refusal(_in(error.fault.place, error.fault.text), 1) from None
    with editing(request) as bench:
        return _Taking(bench, book).all(Wishes(dry_run, force), skip=skip)


class _Taking:
    """What a workbook brings, on its way into the pages of the bench."""

    def __init__(self, bench: Bench, book: Book) -> None:
        from sozplan.model.sheets import Remarks

        self.bench, self.book = bench, book
        self.remarks, self.conflicts = Remarks(), list[tuple[str, Text]]()
        self.cells = self.lines = 0
        self.names: set[str] = set()
        """Ids that new entries got."""

    def all(self, wishes: Wishes, *, skip: bool) -> int:
        from sozplan.render.sheets import account

        self._check_home()
        for layout in self._layouts():
            self._sheet(layout)
        remarks, lang = self.remarks, self.bench.request.lang
        for told, word in (
            (remarks.faults, account.FAULT),
            (self.conflicts, account.CONFLICT),
            (remarks.notes, account.NOTE),
        ):
            sys.stdout.write(account.as_text(told, word, lang))
        count = len(remarks.faults) + len(self.conflicts)
        if count and not skip:
            raise Refusal(account.refused(count), 1)
        if not self.cells and not self.lines:
            self.bench.say(text(de="Nichts zu übernehmen.\n", en="Nothing to take over.\n"))
            return int(bool(count))
        return max(self.bench.settle(wishes, account.taken(self.cells, self.lines)), int(bool(count)))

    def _check_home(self) -> None:
        """A workbook of another municipality would only look like a planning without its entries."""
        own, theirs = self.bench.plan.settings.municipality.name, self.book.origin.municipality
        if own != theirs:
            raise Refusal(
                text(
                    de=f"Die Tabelle ist von „{theirs}“, dieses Repository von „{own}“.",
                    en=f"The table is of “{theirs}”, this repository of “{own}”.",
                ),
                1,
            )

    def _layouts(self) -> list[Layout]:
        from sozplan.repo.sheets.layouts import LAYOUTS
        from sozplan.repo.sheets.returned import SPOILT

        found = [each for each in LAYOUTS.get(self.book.origin.kind, ()) if each.code in self.book.memories]
        if not found:
            raise Refusal(_in(self.book.file, SPOILT), 1)
        return found

    def _columns(self, layout: Layout) -> tuple[Column, ...]:
        """As they were when the workbook was made: those that it remembers."""
        from sozplan.render.sheets.computed import names_of
        from sozplan.repo.sheets.columns import Columns
        from sozplan.repo.sheets.returned import SPOILT

        known = self.book.memories[layout.code].heads
        sources = [key.partition(".")[2] for key in known if key.startswith("financing.")]
        plan, lang = self.bench.plan, self.book.origin.lang
        columns = Columns(plan, lang, names_of(plan, lang), sources).of(layout)
        if any(each.key not in known for each in columns if each.key != "=audience"):
            raise Refusal(_in(self.book.file, SPOILT), 1)
        return tuple(each for each in columns if each.key in known)

    def _sheet(self, layout: Layout) -> None:
        from sozplan.analysis.threeway import compare
        from sozplan.render.sheets import account
        from sozplan.repo.sheets.edits import carry
        from sozplan.repo.sheets.held import entries, line
        from sozplan.repo.sheets.match import match

        columns = self._columns(layout)
        came = match(self.book, layout.code, columns, self.remarks)
        if came is None:
            return
        held = entries(self.bench.plan, layout)
        now = {key: line(key, entity, above, columns).cells for key, (entity, above) in held.items()}
        made = {each.key: each.cells for each in came.sheet.lines}
        filled = [each.key for each in columns if not (each.locked or each.is_placed)]
        found = compare(made, came.lines, now, filled)
        self.conflicts += account.conflicts(came, found)
        self.remarks.notes += account.missing(came)
        count = len(self.remarks.faults)
        entities = {key: entity for key, (entity, _) in held.items()}
        self.remarks.faults += carry(self.bench.plan, entities, came, found.edits, self.bench.page)
        self.cells += len(found.edits) - (len(self.remarks.faults) - count)
        for fresh in came.fresh:
            self._add(layout, came, fresh)
        if layout.code == "budget":
            self._balance(came, now, {(each.key, each.column): each.wanted for each in found.edits})

    # New entries

    def _add(self, layout: Layout, came: Returned, fresh: Fresh) -> None:
        from sozplan.repo.sheets.edits import add_budget

        if layout.entry is None:
            self.remarks.faults.append((came.place(fresh.number), _no_new(layout)))
            return
        try:
            if layout.entry == "budget":
                add_budget(self.bench.plan, fresh.cells, self.bench.page)
            else:
                self._add_entry(layout.entry, fresh.cells)
            self.lines += 1
        except EditRefused as refused:
            self.remarks.faults.append((came.place(fresh.number), refused.text))

    def _add_entry(self, kind: str, cells: Cells) -> None:
        from sozplan.cli.add import put_entry
        from sozplan.repo.edit import entries
        from sozplan.repo.edit.blocks import Name
        from sozplan.repo.edit.sections import ordered
        from sozplan.repo.sheets.edits import new_entry

        where = entries.home(self.bench.plan, kind, cells["@plan"], {})
        made: dict[str, Any] = new_entry(where.cls, cells)
        id = entries.id_for(self.bench.plan, where, made, self.names)
        self.names.add(id)
        made["id"] = Name(id)
        put_entry(self.bench, where, ordered(entries.with_habits(self.bench.plan, where, made), where.cls))

    # Money

    def _balance(self, came: Returned, now: Mapping[str, Cells], edits: Mapping[tuple[str, str], str]) -> None:
        """Names the cells of what doesn't balance any more; whether that stops the change is for `check` to say."""
        from sozplan.analysis.threeway import unbalanced
        from sozplan.render.sheets import account

        after: dict[str, dict[str, str]] = {key: dict(cells) for key, cells in now.items()}
        for (key, column), wanted in edits.items():
            after[key][column] = wanted
        fresh = {f"\n{each.number}": each.cells for each in came.fresh}
        paid = [each.key for each in came.sheet.columns if each.section == "financing"]
        gaps = unbalanced({**after, **fresh}, "@measure", paid)
        told: set[tuple[str, str]] = set()
        for cells, place in self._touched(came, after, edits):
            which = (cells.get("@measure", ""), cells.get("year", ""))
            if which in gaps and which not in told:
                told.add(which)
                self.remarks.notes.append(account.unbalanced(place, *which, gaps[which]))

    def _touched(
        self, came: Returned, after: Mapping[str, Cells], edits: Mapping[tuple[str, str], str]
    ) -> Iterator[tuple[Cells, str]]:
        for key, column in edits:
            if column in ("planned", "year") or column.startswith("financing."):
                yield after[key], came.place(key, column)
        for each in came.fresh:
            yield each.cells, came.place(each.number, "planned")


def _in(place: str, said: Text) -> Text:
    return text(de=f"{place}: {said.de}", en=f"{place}: {said.en}")


def _no_new(layout: Layout) -> Text:
    title = layout.title
    return text(
        de=f"Auf dem Blatt „{title.de}“ lässt sich nichts Neues anlegen: Die Kennung fehlt. Stellen Sie sie wieder "
        "her, oder leeren Sie die Zeile; neue Ziele legt „sozplan add goal“ an, neue Zielwerte „sozplan set ZIEL "
        "targets --add“.",
        en=f"Nothing new can be made on the sheet “{title.en}”: the id is missing. Restore it, or empty the row; "
        "“sozplan add goal” makes new goals, “sozplan set GOAL targets --add” new targets.",
    )
