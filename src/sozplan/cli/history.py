"""`sozplan history`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from sozplan.analysis.history import history
from sozplan.cli.options import Refusal, Request, both, did_you_mean
from sozplan.diagnostics import text
from sozplan.model.moment import Moment, decided, hold, stamps_of
from sozplan.model.plan import Plan
from sozplan.render.history import Life, as_json, as_text

HELP = both(
    "Erzählt das Leben eines Eintrags: was darüber beschlossen wurde und welcher Commit was eingetragen hat.",
    "Tells the life of an entry: what was decided about it, and which commit recorded what.",
)


class Format(StrEnum):
    text = "text"
    json = "json"


def run(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=both("Kennung des Eintrags.", "Id of the entry."))],
    format: Annotated[Format, typer.Option(help=both("Ausgabeform.", "Output format."))] = Format.text,
) -> int:
    from sozplan.repo.git import resolve
    from sozplan.repo.log import is_shallow, moments

    request: Request = ctx.obj
    commit = resolve(request.root, request.rev or "HEAD", os.environ)
    case, loaded = request.case()
    names = case.plan.names(id)
    id = names[0]
    told = [*moments(request.root, commit, names, os.environ)]
    told += [] if request.rev else _uncommitted(case.plan, id, told)
    found = history(names, told)
    if found is None:
        hint = did_you_mean(id, case.plan.ids)
        raise Refusal(
            text(
                de=f"Die Kennung „{id}“ gibt es nicht, auch in keinem früheren Stand.{hint.de}",
                en=f"There is no id “{id}”, nor was there in any earlier state.{hint.en}",
            ),
            code=2,
        )
    life = Life(found, case.plan, complete=not is_shallow(request.root, os.environ))
    sys.stdout.write(as_json(life, request.lang) if format is Format.json else as_text(life, request.lang))
    return request.unread(loaded)


def _uncommitted(plan: Plan, id: str, told: list[Moment]) -> Iterator[Moment]:
    """What the work tree says beyond the last commit."""
    known = {each.id: each.model_dump() for moment in told for each in moment.resolutions}
    fresh = tuple(each for each in plan.resolutions if known.get(each.id) != each.model_dump())
    entity = plan.get(id)
    file = entity.origin.file if entity else ""
    after = hold(plan.roots[file], (id,), file) if entity else None
    known_stamps = {name: decided(stamp) for moment in told for name, stamp in moment.stamps}
    found = (pair for root in plan.roots.values() for pair in stamps_of(root, (id,)))
    stamps = tuple((name, stamp) for name, stamp in found if known_stamps.get(name) != decided(stamp))
    before = told[-1].after if told else None
    if after is None and id in plan.muted:
        after = before
    if before or after:
        yield Moment(None, None, before, after, fresh, (), stamps)
