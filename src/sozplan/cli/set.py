"""`sozplan set`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import text
from sozplan.model.entity import Entity
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.sections import assignments, built, member
from sozplan.repo.edit.spots import Spot, item_number, put, spot

HELP = both(
    "Ändert eine Angabe: nur ihre Zeile, alles andere in der Datei bleibt.\n\n"
    "FIELD ist der Schlüssel, mit Punkten nach innen: „target.value“, „budget.2027.planned“. Ohne VALUE zeigt der "
    "Befehl, was dort steht und was möglich ist. Deutsche Zahlen, Tage und Wörter werden verstanden: 24,5, 31.03.2027, "
    "hoch, ja.",
    "Changes a field: only its line, all else in the file stays.\n\n"
    "FIELD is the key, with points inwards: “target.value”, “budget.2027.planned”. Without VALUE the command shows "
    "what stands there and what is possible.",
)


def run(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=both("Kennung des Eintrags.", "Id of the entry."))],
    field: Annotated[str, typer.Argument(metavar="FIELD", help=both("Angabe.", "Field."))],
    value: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VALUE",
            help=both("Neuer Wert; bei Listen alle Einträge.", "New value; all items of a list."),
        ),
    ] = None,
    add: Annotated[
        bool,
        typer.Option(
            "--add",
            help=both(
                "Zur Liste hinzufügen; einen Abschnitt als SCHLÜSSEL=WERT.", "Add to the list; a section as KEY=VALUE."
            ),
        ),
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help=both("Aus der Liste nehmen.", "Take from the list."))
    ] = False,
    delete: Annotated[bool, typer.Option("--delete", help=both("Die Angabe streichen.", "Delete the field."))] = False,
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    request: Request = ctx.obj
    if add + remove + delete > 1 or (delete and value) or ((add or remove) and not value):
        raise Refusal(
            text(
                de="Entweder ein neuer Wert, oder --add, --remove mit Werten, oder --delete ohne.",
                en="Either a new value, or --add, --remove with values, or --delete without.",
            ),
            2,
        )
    with editing(request) as bench:
        entity = bench.entity(id)
        file = entity.origin.file
        found = spot(bench.plan.roots[file], entity, field)
        if not value and not delete:
            return _offer(bench, found)
        page = bench.page(file)
        if delete:
            _delete(page, found)
        else:
            _change(page, found, value or [], add=add, remove=remove)
        label = found.kind.label
        done = text(de=f"„{id}“: „{label.de}“ ist geändert.", en=f"“{id}”: “{label.en}” is changed.")
        return bench.settle(Wishes(dry_run, force), done)


def _delete(page: Page, found: Spot) -> None:
    if page.at(found.path) is not None:
        page.remove(found.path)


def _change(page: Page, found: Spot, value: list[str], *, add: bool, remove: bool) -> None:
    kind = found.kind
    if not kind.is_list:
        if add or remove:
            raise Refusal(
                text(
                    de=f"„{kind.label.de}“ ist keine Liste; --add und --remove gelten nur für Listen.",
                    en=f"“{kind.label.en}” is no list; --add and --remove are for lists only.",
                ),
                2,
            )
        put(page, found, kind.read(" ".join(value)))
    elif remove:
        _remove(page, found, value)
    elif add:
        _add(page, found, value)
    else:
        put(page, found, [kind.item.read(each) for each in _items(found, value)])


def _items(found: Spot, value: list[str]) -> list[str]:
    """Ids may be listed with commas; texts have commas of their own."""
    if found.kind.is_text:
        return value
    return [item for each in value for item in (part.strip() for part in each.split(",")) if item]


def _add(page: Page, found: Spot, value: list[str]) -> None:
    cls = member(found.kind, value)
    new = [built(cls, assignments(value))] if cls else [found.kind.item.read(each) for each in _items(found, value)]
    if page.value(found.path) is None:
        put(page, found, new)
        return
    for each in new:
        if each not in (page.value(found.path) or ()):
            page.append(found.path, each)


def _remove(page: Page, found: Spot, value: list[str]) -> None:
    items: list[Entity | str] = list(found.value or ())
    for each in _items(found, value):
        number = item_number(items, each)
        page.remove((*found.path, number))
        del items[number]


def _offer(bench: Bench, found: Spot) -> int:
    from sozplan.render.offers import described

    sys.stdout.write(described(bench.plan, found.owner, found.key, found.value, found.kind.choices, bench.request.lang))
    return 0
