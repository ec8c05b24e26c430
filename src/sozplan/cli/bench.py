"""Where edits are made: the planning read under the lock, the changed files checked, shown and put in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

import typer

from sozplan.cli.options import Refusal, Request, both, did_you_mean, is_terminal
from sozplan.diagnostics import Diagnostic, Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.plan import Plan
from sozplan.repo import Loaded, load
from sozplan.repo.edit.edited import EditedTree
from sozplan.repo.edit.page import Page
from sozplan.repo.planning import Rewrite, put_all, read_planning, writing
from sozplan.repo.store.question import Scope
from sozplan.rules import check
from sozplan.rules.since import Since, since

DRY_RUN = Annotated[
    bool, typer.Option("--dry-run", help=both("Nur zeigen, was geschähe.", "Only show what would happen."))
]
FORCE = Annotated[
    bool,
    typer.Option(
        "--force",
        help=both(
            "Auch schreiben, wenn dadurch neue Fehler entstehen, etwa vor dem Beschluss.",
            "Write even if new errors come of it, before the resolution say.",
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an edit is to be carried out."""

    dry_run: bool = False
    force: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The new id of what is called otherwise, by the old one."""
    scope: Scope = Scope.PLANNED


@dataclass(slots=True)
class Bench:
    """One edit: what was read, and the pages that change."""

    request: Request
    case: Case
    loaded: Loaded
    pages: dict[str, Page] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    """New contents of files that are no YAML."""
    before: dict[str, bytes | None] = field(default_factory=dict)
    aside: bool = False
    """What is told goes to the error output, as the output itself is a report."""

    @property
    def plan(self) -> Plan:
        return self.case.plan

    def entity(self, id: str) -> Entity:
        found = self.plan.get(id)
        if found is None:
            hint = did_you_mean(id, self.plan.ids)
            raise Refusal(
                text(
                    de=f"Die Kennung „{id}“ gibt es nicht (oder ihre Datei ist fehlerhaft: „sozplan check“).{hint.de}",
                    en=f"There is no id “{id}” (or its file is faulty: “sozplan check”).{hint.en}",
                ),
                2,
            )
        return found

    def page(self, path: str) -> Page:
        """The text of a planning file; of one that isn't there yet, none."""
        if path not in self.pages:
            self.pages[path] = Page(path, self.read(path) or b"")
        return self.pages[path]

    def read(self, path: str) -> bytes | None:
        if path not in self.before:
            self.before[path] = read_planning(self.request.root, path)
        return self.before[path]

    def replace(self, path: str, content: bytes) -> None:
        self.read(path)
        self.texts[path] = content

    @property
    def contents(self) -> dict[str, bytes]:
        """What the files shall say that say something else."""
        new = {path: page.data for path, page in self.pages.items()} | self.texts
        return {path: content for path, content in new.items() if content != self.before[path]}

    def settle(self, wishes: Wishes, done: Text) -> int:
        """Checks the result, shows it, and writes it unless it brings errors; the exit code."""
        if not self.contents:
            self.say(
                text(de="Das steht schon so da; nichts zu ändern.\n", en="It says so already; nothing to change.\n")
            )
            return 0
        found = self._since(wishes)
        errors = [each for each in found.brought if each.severity is Severity.ERROR]
        self._show(found)
        if wishes.dry_run:
            self.say(text(de="Nichts geschrieben (--dry-run).\n", en="Nothing written (--dry-run).\n"))
            return int(bool(errors))
        if errors and not wishes.force:
            raise Refusal(_refused(errors), 1)
        put_all(self.request.root, {p: Rewrite(self.before[p], content) for p, content in self.contents.items()})
        self.say(text(de=f"{done.de}\n", en=f"{done.en}\n"))
        return 0

    def reread(self) -> Loaded:
        """The planning as it would be."""
        with EditedTree(self.request.root, self.contents) as tree:
            return load(tree, as_of=self.request.as_of, access=self.request.access)

    def _since(self, wishes: Wishes) -> Since:
        with EditedTree(self.request.root, self.contents) as tree:
            loaded = load(tree, scope=wishes.scope, as_of=self.request.as_of, access=self.request.access)
            new = check(self.request.case_of(loaded), tuple(loaded.faults)).open
        old = check(self.case, self.loaded.diagnostics).open
        return since(old, new, renamed=wishes.renamed)

    def _show(self, found: Since) -> None:
        from sozplan.render.edits import differences, findings

        files = {
            path: ((self.before[path] or b"").decode("utf-8-sig", "replace"), content.decode("utf-8-sig", "replace"))
            for path, content in sorted(self.contents.items())
        }
        colour, lang = is_terminal(), self.request.lang
        self._write(differences(files, lang, colour=colour))
        if not self.aside:
            self._write(findings(found.brought, len(found.solved), lang, colour=colour))

    def say(self, said: Text) -> None:
        self._write(said.say(self.request.lang))

    def _write(self, said: str) -> None:
        (sys.stderr if self.aside else sys.stdout).write(said)


@contextmanager
def editing(request: Request, scope: Scope = Scope.PLANNED) -> Iterator[Bench]:
    """The planning, held against other writers for as long as it is worked on."""
    if request.rev is not None:
        raise Refusal(
            text(de="--rev: Geändert wird nur der Arbeitsstand.", en="--rev: only the work tree can be changed."), 2
        )
    with writing(request.root):
        case, loaded = request.case(scope)
        yield Bench(request, case, loaded)


def _refused(errors: list[Diagnostic]) -> Text:
    count = len(errors)
    return text(
        de=f"Nichts geschrieben, denn es entstünde{' ein neuer Fehler' if count == 1 else f'n {count} neue Fehler'}. "
        "Mit --force wird trotzdem geschrieben.",
        en=f"Nothing written: the change would bring {'a new error' if count == 1 else f'{count} new errors'}. "
        "With --force it is written nevertheless.",
    )
