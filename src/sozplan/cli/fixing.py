"""What `check --fix` does before it checks."""

from __future__ import annotations

from collections.abc import Container, Iterable

from sozplan.cli.bench import Bench, Wishes, editing
from sozplan.cli.options import Request
from sozplan.diagnostics import Diagnostic, text
from sozplan.repo import load
from sozplan.repo.edit.edited import EditedTree
from sozplan.repo.edit.fixes import mend
from sozplan.repo.edit.refusal import EditRefused
from sozplan.rules import check

_ROUNDS = 4
"""What a file says is checked only once it can be read, so one round may bring up the faults of the next."""


def fix_all(request: Request, wanted: Container[str], *, dry_run: bool) -> None:
    """Puts right what has one right answer, and shows it; what the planning says isn't changed by it otherwise."""
    with editing(request) as bench:
        bench.aside = True
        found: Iterable[Diagnostic] = check(bench.case, bench.loaded.diagnostics).open
        for _ in range(_ROUNDS):
            before = bench.contents
            _mend(bench, [each for each in found if each.code.id in wanted])
            if bench.contents == before:
                break
            found = _found(bench)
        if bench.contents:
            bench.settle(Wishes(dry_run, force=True), text(de="Berichtigt.", en="Put right."))
        else:
            bench.say(
                text(de="Von selbst lässt sich nichts berichtigen.\n", en="Nothing can be put right by itself.\n")
            )


def _mend(bench: Bench, found: Iterable[Diagnostic]) -> None:
    by_file: dict[str, list[Diagnostic]] = {}
    for each in found:
        if each.at.file.endswith((".yaml", ".yml")):
            by_file.setdefault(each.at.file, []).append(each)
    for file, faults in by_file.items():
        try:
            page = bench.page(file)
        except EditRefused:
            continue  # what can't be read is told by the check that follows
        mend(page, faults)


def _found(bench: Bench) -> tuple[Diagnostic, ...]:
    with EditedTree(bench.request.root, bench.contents) as tree:
        loaded = load(tree, as_of=bench.request.as_of, access=bench.request.access)
        return check(bench.request.case_of(loaded), tuple(loaded.faults)).open
