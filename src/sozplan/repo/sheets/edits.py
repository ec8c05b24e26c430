"""Changed cells and new lines, as edits of the planning files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity
from sozplan.model.measures import BudgetLine, Measure
from sozplan.model.plan import Plan
from sozplan.model.sheets import Cells, Change, Returned
from sozplan.repo import advice
from sozplan.repo.edit.blocks import New, plain_of
from sozplan.repo.edit.nodes import Path
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.sections import built, order
from sozplan.repo.edit.spots import Spot, path_of, put, spot
from sozplan.repo.edit.typed import kind_of
from sozplan.repo.shape import field_of
from sozplan.repo.sheets.layouts import MEASURE

Pages = Callable[[str], Page]
Fault = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class _Edit:
    """`new` is None where the field goes."""

    place: str
    file: str
    found: Spot
    new: New | None


def carry(
    plan: Plan, entries: Mapping[str, Entity], came: Returned, changes: Sequence[Change], pages: Pages
) -> Iterator[Fault]:
    """Makes the changes in the pages; what can't be made is told with its cell."""
    edits: list[_Edit] = []
    for change in _without_sections(came, changes):
        place = came.place(change.key, change.column)
        try:
            edits.append(_edit(plan, entries[change.key], change, place))
        except EditRefused as refused:
            yield place, refused.text
    for file in dict.fromkeys(edit.file for edit in edits):
        yield from _in_file([edit for edit in edits if edit.file == file], pages(file))


def _without_sections(came: Returned, changes: Iterable[Change]) -> Iterator[Change]:
    """A section of which nothing is left goes as a whole, not key by key."""
    gone: set[tuple[str, str]] = set()
    columns = {column.key: column for column in came.sheet.columns}
    for change in changes:
        section = columns[change.column].section
        left = any(key.startswith(f"{section}.") for key in came.lines[change.key]) if section else True
        if left or change.wanted:
            yield change
        elif (change.key, section) not in gone:
            gone.add((change.key, section))
            yield change._replace(column=section)


def _edit(plan: Plan, entity: Entity, change: Change, place: str) -> _Edit:
    file = entity.origin.file
    found = spot(plan.roots[file], entity, change.column)
    return _Edit(place, file, found, _new(found, change.wanted) if change.wanted else None)


def _new(found: Spot, wanted: str) -> New:
    kind = found.kind
    new: New = [kind.item.read(each) for each in wanted.split("\n")] if kind.is_list else kind.read(wanted)
    if isinstance(found.value, str) and found.value.endswith("\n") and isinstance(new, str):
        new = f"{new}\n"  # a block of lines ends with one
    _try(found, new)
    return new


def _try(found: Spot, new: New) -> None:
    """Refuses what the field itself wouldn't take: a year of five digits, a negative weight."""
    owner = found.owner
    field = field_of(owner, found.key) if owner else None
    kind: Any = Annotated[(field.annotation, *field.metadata)] if field and field.metadata else found.kind.annotation
    try:
        TypeAdapter(kind).validate_python(plain_of(new))
    except ValidationError as error:
        context = error.errors()[0].get("ctx") or {}
        raise EditRefused(_outside(context)) from None


def _outside(context: dict[str, Any]) -> Text:
    if {"ge", "gt", "le", "lt"} & context.keys():
        bound = advice.bound(context)
        return text(de=f"Der Wert muss {bound.de} sein.", en=f"The value must be {bound.en}.")
    return text(de="Diesen Wert nimmt die Angabe nicht.", en="The field doesn't take this value.")


def _in_file(edits: Sequence[_Edit], page: Page) -> Iterator[Fault]:
    """What merely takes the place of something else goes in at once; if that fails, one by one to find the cell."""
    there = [edit for edit in edits if edit.new is not None and page.at(edit.found.path) is not None]
    try:
        page.set_all({edit.found.path: edit.new for edit in there if edit.new is not None})
    except EditRefused:
        yield from _singly(there, page)
    done = {id(edit) for edit in there}
    yield from _singly([edit for edit in edits if id(edit) not in done], page)


def _singly(edits: Iterable[_Edit], page: Page) -> Iterator[Fault]:
    for edit in edits:
        try:
            if edit.new is not None:
                put(page, edit.found, edit.new)
            elif page.at(edit.found.path) is not None:
                page.remove(edit.found.path)
        except EditRefused as refused:
            yield edit.place, refused.text


def new_entry(cls: type[Entity], cells: Cells) -> dict[str, New]:
    """The fields of a new entry, as cells of a new line say them."""
    fields = {key: said for key, said in cells.items() if not key.startswith("@")}
    return built(cls, [(key, said.replace("\n", ",") if _is_list(cls, key) else said) for key, said in fields.items()])


def _is_list(cls: type[Entity], key: str) -> bool:
    return "." not in key and kind_of(cls, key).is_list


def add_budget(plan: Plan, cells: Cells, pages: Pages) -> None:
    """A new budget line at the end of those of its measure."""
    measure = plan.find(cells[MEASURE], Measure)
    if measure is None:
        raise EditRefused(
            text(
                de=f"Die Maßnahme „{cells[MEASURE]}“ gibt es nicht mehr.",
                en=f"There is no measure “{cells[MEASURE]}” any more.",
            )
        )
    file = measure.origin.file
    page = pages(file)
    path: Path = (*path_of(plan.roots[file], measure), "budget")
    made = new_entry(BudgetLine, cells)
    if page.at(path) is None:
        page.insert(path, [made], order(Measure))
    else:
        page.append(path, made)
