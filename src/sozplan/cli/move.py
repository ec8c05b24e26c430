"""`sozplan move`."""

from __future__ import annotations

from typing import Annotated

import typer

from sozplan.cli.add import append
from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.diagnostics import text
from sozplan.model.entity import Entity
from sozplan.repo.edit.moves import List, list_of, target

HELP = both(
    "Rückt einen Eintrag in einen anderen Plan, eine andere Datei oder an eine andere Stelle der Liste.\n\n"
    "Seine Zeilen bleiben, wie sie sind, samt dem Kommentar darüber; auch die Kennung bleibt.",
    "Moves an entry to another plan, another file or another place in the list.\n\n"
    "Its lines stay as they are, with the comment above; the id stays, too.",
)


def run(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=both("Kennung des Eintrags.", "Id of the entry."))],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="PLAN|FILE",
            help=both("Anderer Gebietsplan oder Datei, ans Ende der Liste.", "Other area plan or file, to the end."),
        ),
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="ID", help=both("Vor diesen Eintrag.", "Before this entry."))
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="ID", help=both("Hinter diesen Eintrag.", "Behind this entry."))
    ] = None,
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    request: Request = ctx.obj
    if sum(each is not None for each in (to, before, after)) != 1:
        raise Refusal(
            text(
                de="Nennen Sie das Ziel: --to, --before oder --after.", en="Name where to: --to, --before or --after."
            ),
            2,
        )
    with editing(request) as bench:
        source = list_of(bench.plan, bench.entity(id))
        beside = bench.entity(before or after or "") if to is None else None
        _move(bench, source, beside, to, behind=after is not None)
        done = text(de=f"„{id}“ versetzt.", en=f"“{id}” moved.")
        return bench.settle(Wishes(dry_run, force), done)


def _move(bench: Bench, source: List, beside: Entity | None, to: str | None, *, behind: bool) -> None:
    goal = list_of(bench.plan, beside) if beside is not None else target(bench.plan, source, to or "")
    if goal.path[-1] != source.path[-1]:
        raise Refusal(
            text(
                de=f"Dorthin passt der Eintrag nicht: Er gehört in eine Liste „{source.path[-1]}“.",
                en=f"The entry doesn't fit there: it belongs in a list “{source.path[-1]}”.",
            ),
            2,
        )
    if (goal.file, goal.path, goal.number) == (source.file, source.path, source.number) and beside is not None:
        return  # before or behind itself is where it is
    here, there = bench.page(source.file), bench.page(goal.file)
    said = here.value((*source.path, source.number))
    number = _number(source, goal, beside, behind=behind)
    lines = here.remove((*source.path, source.number))
    if there.value(goal.path):
        there.put_lines(goal.path, number, lines, said)
    else:
        append(there, str(goal.path[0]), said, goal.order)


def _number(source: List, goal: List, beside: Entity | None, *, behind: bool) -> int:
    """The place in the list as it is without the entry, if it is the same list."""
    number = goal.length if beside is None else goal.number + behind
    same = (source.file, source.path) == (goal.file, goal.path)
    return number - 1 if same and number > source.number else number
