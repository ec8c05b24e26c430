"""`sozplan rename`."""

from __future__ import annotations

from typing import Annotated

import typer

from sozplan.analysis.renaming import restamped
from sozplan.cli.add import append, refuse_taken
from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Request, both
from sozplan.diagnostics import text
from sozplan.model.calendar import RetiredIds
from sozplan.model.entity import Entity
from sozplan.model.stamps import EvidenceFile, Stamps
from sozplan.repo.digest import digest_of
from sozplan.repo.edit.blocks import Entry, Name, mapping
from sozplan.repo.edit.renames import rename_in, rename_in_table, rename_in_text, tables
from sozplan.repo.edit.sections import order
from sozplan.repo.edit.spots import path_of
from sozplan.repo.store.question import Scope

HELP = both(
    "Ändert eine Kennung überall: am Eintrag, in allen Verweisen, Kapiteln, Zahlentabellen und Stempeln.\n\n"
    "Was beschlossen ist, bleibt beschlossen. Die alte Kennung kommt nach plans/retired.yaml und wird nicht wieder "
    "vergeben.",
    "Changes an id everywhere: at the entry, in all references, chapters, tables of figures and stamps.\n\n"
    "What is resolved stays resolved. The old id goes to plans/retired.yaml and is not used again.",
)
_RETIRED = "plans/retired.yaml"


def run(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="ID", help=both("Bisherige Kennung.", "Present id."))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=both("Neue Kennung.", "New id."))],
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    request: Request = ctx.obj
    with editing(request, Scope.ALL) as bench:
        entity = bench.entity(old)
        refuse_taken(bench.plan, new)
        _everywhere(bench, old, new)
        _restamp(bench, old, new)
        _retire(bench, entity, old, new)
        done = text(de=f"„{old}“ heißt jetzt „{new}“.", en=f"“{old}” is called “{new}” now.")
        return bench.settle(Wishes(dry_run, force, {old: new}, Scope.ALL), done)


def _everywhere(bench: Bench, old: str, new: str) -> None:
    """In the planning files, in the chapters, in the tables of figures."""
    mark = old.encode()
    for path, root in bench.plan.roots.items():
        if mark in (bench.read(path) or b""):
            rename_in(bench.page(path), root, old, new)
    for path in bench.plan.texts:
        data = bench.read(path) or b""
        if mark in data:
            bench.replace(path, rename_in_text(data.decode(), old, new).encode())
    for path, resource in tables(bench.plan, old).items():
        data = bench.read(path) or b""
        if mark in data:
            bench.replace(path, rename_in_table(path, resource, data, old, new))


def _restamp(bench: Bench, old: str, new: str) -> None:
    """Decisions and their evidence, by what the planning says after the change."""
    if not bench.plan.all(Stamps):
        return
    for each in restamped(bench.plan, bench.reread().plan, old, new):
        values = {path: Name(value) for path, value in each.values.items()}
        bench.page(each.file).set_all(values, each.keys)
    changed = {path: (bench.before[path] or b"", content) for path, content in bench.texts.items()}
    names = {f"indicators/{r.path}": r.name for package in bench.plan.packages for r in package.resources}
    digests = {
        (names[path], digest_of(before)): digest_of(after) for path, (before, after) in changed.items() if path in names
    }
    for file in bench.plan.all(EvidenceFile):
        now = digests.get((file.resource, file.sha256))
        if now is not None:
            root = bench.plan.roots[file.origin.file]
            bench.page(file.origin.file).set((*path_of(root, file), "sha256"), Name(now))


def _retire(bench: Bench, entity: Entity, old: str, new: str) -> None:
    from sozplan.rules.words import kind

    lang = bench.plan.settings.language
    reason = text(de=f"Umbenannt in {new}.", en=f"Renamed to {new}.").say(lang)
    day = Name(bench.request.as_of.isoformat())
    entry = Entry({"id": Name(old), "kind": kind(entity).say(lang), "date": day, "reason": reason, "became": Name(new)})
    if bench.read(_RETIRED) is None:
        bench.replace(_RETIRED, ("\n".join(mapping({"retired": [entry]}, 0)) + "\n").encode())
    else:
        append(bench.page(_RETIRED), "retired", entry, order(RetiredIds))
