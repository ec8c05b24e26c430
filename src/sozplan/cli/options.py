"""The options that every command has, and what they amount to."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sozplan.analysis.disclosure import Audience
from sozplan.cli import streams
from sozplan.diagnostics import Lang, Location, Severity, Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.plan import Plan
from sozplan.repo import Loaded, Tree, WorkTree, load
from sozplan.repo.names import FOLDERS, SETTINGS
from sozplan.repo.store.access import Access
from sozplan.repo.store.question import OfImport, OfIndex, Scope
from sozplan.repo.tree import UnreadError

if TYPE_CHECKING:
    from sozplan.diagnostics import Diagnostic
    from sozplan.model.geometry import Atlas
    from sozplan.repo.both import Both
    from sozplan.repo.revision import RevisionTree

_BETWEEN = "\x1e"
_TOLD = 20


def both(de: str, en: str) -> str:
    """A help text in both languages; `Command` picks the one asked for."""
    return f"{de}{_BETWEEN}{en}"


def pick(help: str | None, lang: Lang) -> str:
    de, _, en = (help or "").partition(_BETWEEN)
    return (en or de) if lang == "en" else de


class Language(StrEnum):
    de = "de"
    en = "en"


class Refusal(Exception):
    """The command can't be carried out; `code` is 2 for usage, 3 for the environment."""

    def __init__(self, message: Text, code: int = 3) -> None:
        super().__init__(message.en)
        self.text, self.code = message, code


@dataclass(frozen=True, slots=True)
class Request:
    """What the common options say."""

    root: Path
    rev: str | None
    as_of: date
    lang: Lang
    audience: Audience
    debug: bool = False
    is_today: bool = False
    """Nobody named the day, so tomorrow it is another one."""

    @property
    def access(self) -> Access:
        """To a database, if the environment allows one."""
        return Access.of(os.environ)

    def case(self, scope: Scope | OfIndex | OfImport = Scope.PLANNED, located: bool = True) -> tuple[Case, Loaded]:
        """The repository, read as far as `scope` needs its figures; with git only where a revision is asked for."""
        with self._tree() as tree:
            loaded = load(tree, scope=scope, located=located, as_of=self.as_of, access=self.access)
        return self.case_of(loaded), loaded

    def case_of(self, loaded: Loaded, rev: str | None = None) -> Case:
        """What rules may know of a state that is that of a revision, else the one that is read."""
        from sozplan.repo.past import Past

        past = Past(self.root, loaded.plan, rev or self.rev or "HEAD", os.environ)
        return Case(loaded.plan, loaded.figures, self.as_of, loaded.documents, past)

    def _tree(self) -> AbstractContextManager[Tree]:
        return WorkTree(self.root) if self.rev is None else self.revision(self.rev)

    def revision(self, rev: str) -> RevisionTree:
        """Another state of the repository; git runs only where one is asked for."""
        from sozplan.repo.git import resolve
        from sozplan.repo.revision import RevisionTree

        return RevisionTree(self.root, resolve(self.root, rev, os.environ), os.environ)

    def against(self, rev: str) -> tuple[Both, tuple[str, str | None]]:
        """The state at a revision beside the one that is read, and the commits of both."""
        from sozplan.repo.both import load_both

        with self.revision(rev) as old, self._tree() as new:
            return load_both(old, new, as_of=self.as_of, access=self.access), (old.name, new.name)

    def commits_of(self, places: Sequence[Location]) -> Mapping[Location, str | None] | None:
        """The commit that brought each place; None where git doesn't know the repository."""
        from sozplan.repo.blame import commits_of
        from sozplan.repo.git import GitError, resolve

        try:
            commit = resolve(self.root, self.rev or "HEAD", os.environ)
            with self._tree() as tree:
                return commits_of(self.root, commit, tree, places, os.environ)
        except GitError:
            return None

    def unread(self, loaded: Loaded) -> int:
        """Says that something could not be read, and so is missing from what was made; the exit code."""
        errors = [d for d in loaded.faults if d.severity is Severity.ERROR]
        if not errors:
            return 0
        files = len({d.at.file for d in errors})
        said = text(
            de=f"{'Eine fehlerhafte Datei fehlt' if files == 1 else f'{files} fehlerhafte Dateien fehlen'} darin. "
            "„sozplan check“ nennt die Fehler.",
            en=f"{files} faulty {'file is' if files == 1 else 'files are'} left out of it. "
            "“sozplan check” names the faults.",
        )
        sys.stderr.write(f"sozplan: {said.say(self.lang)}\n")
        return 3 if any(d.code.environment for d in errors) else 1

    def atlas(self, plan: Plan, level: str, day: date | None = None) -> tuple[Atlas | None, int]:
        """The borders of a level on a day, read only here, and the exit code: what is wrong with them is told.

        Without a day, or where no file speaks of it, the newest that is not ahead of it, else the oldest. Borders that
        lie somewhere else in the world make no map.
        """
        from sozplan.repo.codes.geo import CRS
        from sozplan.repo.geo import atlas

        declared = sorted((each for each in plan.boundaries if each.level == level), key=lambda each: each.boundary)
        past = [each for each in declared if each.boundary <= (day or self.as_of)]
        if not declared:
            return None, 0
        with self._tree() as tree:
            found, told = atlas(tree, plan, (past or declared[:1])[-1])
        wrong = [each for each in told if each.severity is Severity.ERROR]
        self.tell(wrong)
        abroad = any(each.code is CRS for each in wrong)
        return (None if abroad else found), int(bool(wrong))

    def tell(self, found: Sequence[Diagnostic]) -> None:
        """On the error output, like `check`; only the first where there are many."""
        from sozplan.render.findings import line

        for each in found[:_TOLD]:
            sys.stderr.write(line(each, self.lang) + "\n")

    def file(self, path: str) -> bytes | None:
        """One file of the same tree, for templates and logos."""
        with self._tree() as tree:
            return _content(tree, path) if any(entry.path == path for entry in tree.files()) else None

    def folder(self, prefix: str) -> dict[str, bytes]:
        """The files of the same tree below a folder, by their path."""
        with self._tree() as tree:
            return {e.path: _content(tree, e.path) for e in tree.files() if e.path.startswith(prefix)}


def _content(tree: Tree, path: str) -> bytes:
    try:
        return tree.read(path)
    except UnreadError as error:
        said = error.diagnostic
        raise Refusal(text(de=f"{path}: {said.say('de')}", en=f"{path}: {said.say('en')}")) from None


def did_you_mean(id: str, known: Iterable[str]) -> Text:
    """„ Meinten Sie „…“?“, or nothing where no known id resembles it."""
    found = get_close_matches(id, known, 1, 0.75)
    return text(de=f" Meinten Sie „{found[0]}“?", en=f" Did you mean “{found[0]}”?") if found else Text("", "")


def chosen(plan: Plan, ids: Sequence[str] | None) -> tuple[AreaPlan, ...]:
    """The area plans of those ids, or all."""
    found = {each.id: each for each in plan.area_plans}
    for id in ids or ():
        if id not in found:
            known = ", ".join(found) or "–"
            raise Refusal(
                text(
                    de=f"Den Plan „{id}“ gibt es nicht. Es gibt: {known}.",
                    en=f"There is no plan “{id}”. There are: {known}.",
                ),
                code=2,
            )
    return tuple(found[id] for id in ids) if ids else plan.area_plans


def is_terminal() -> bool:
    """Whether colours can be seen and are wanted."""
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    return streams.obeys_colours()


def common(
    directory: Annotated[
        Path,
        typer.Option(
            "-C",
            "--directory",
            metavar="DIR",
            help=both("Planungsrepository, sonst das aktuelle.", "Planning repository, else the current one."),
        ),
    ] = Path(),
    rev: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help=both("Git-Revision statt des Arbeitsstands lesen.", "Read a git revision instead of the work tree."),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help=both("Stand, Jahr-Monat-Tag; sonst heute.", "As-of date, year-month-day; else today."),
        ),
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option(
            help=both("Sprache; sonst die aus sozplan.yaml.", "Language; else that of sozplan.yaml."),
        ),
    ] = None,
    audience: Annotated[
        Audience,
        typer.Option(
            help=both(
                "Für wen Zahlen gezeigt werden; „internal“ ist nie zur Weitergabe.",
                "For whom figures are shown; “internal” is never to be passed on.",
            )
        ),
    ] = Audience.PUBLIC,
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help=both("Nichts aus früheren Läufen verwenden.", "Use nothing of former runs.")),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help=both("Bei einem Fehler von sozplan die Spur zeigen.", "Show the trace of our bugs.")
        ),
    ] = False,
) -> None:
    """Only its parameters are used: every command gets them."""


VALUED = ("-C", "--directory", "--rev", "--as-of", "--lang", "--format", "--audience")
FLAGS = ("--no-cache", "--debug")


_SHORT = re.compile("-C.")
"""The short option with its value behind it, without a blank."""


def hoist(args: Sequence[str]) -> list[str]:
    """Moves common options from before the command to behind it, where the command reads them."""
    i = 0
    while i < len(args):
        name, equals, _ = args[i].partition("=")
        if name in VALUED:
            i += 1 if equals else 2
        elif name in FLAGS or _SHORT.match(name):
            i += 1
        else:
            break
    return [*args[i : i + 1], *args[:i], *args[i + 1 :]]


def value_of(args: Sequence[str], *names: str) -> str | None:
    """The last value given for an option, before anything is parsed."""
    found = None
    for i, arg in enumerate(args):
        name, equals, value = arg.partition("=")
        if _SHORT.match(arg) and "-C" in names:
            found = arg[2:]
        elif name in names:
            found = value if equals else next(iter(args[i + 1 : i + 2]), None)
    return found


_LANGUAGE = re.compile(rb"^language:[ \t]*[\"']?(de|en)\b", re.MULTILINE)


def language(args: Sequence[str]) -> Lang:
    """The language of everything said, help included: as asked for, else the repository's, else German."""
    asked = value_of(args, "--lang")
    if asked in ("de", "en"):
        return asked  # type: ignore[return-value]
    try:
        place = find_root(Path(value_of(args, "-C", "--directory") or ".")) / SETTINGS
        start = _start(place) if place.is_file() else b""  # a pipe would be waited for
    except (OSError, Refusal):
        return "de"
    match = _LANGUAGE.search(start)
    return "en" if match and match[1] == b"en" else "de"


def _start(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(10_000)


def find_root(start: Path) -> Path:
    """The nearest folder upwards that holds a planning repository, else the start itself."""
    try:
        start = start.absolute()
    except FileNotFoundError:
        raise Refusal(_GONE) from None
    return next((folder for folder in (start, *start.parents) if os.path.lexists(folder / SETTINGS)), start)


_GONE = text(
    de="Den aktuellen Ordner gibt es nicht mehr. Wechseln Sie in einen anderen oder nennen Sie ihn mit -C.",
    en="The current folder exists no more. Change to another one or name it with -C.",
)


class Command(TyperCommand):
    """A command with the common options, which it finds summed up in `ctx.obj`."""

    needs_repository = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {param.name for param in self.params}
        self.params += [param for param in _common_params() if param.name not in own]

    def invoke(self, ctx: Any) -> Any:
        given = {param.name: ctx.params.pop(param.name) for param in _common_params() if param.name is not None}
        ctx.obj = _request(given, ctx.obj, needs_repository=self.needs_repository)
        return super().invoke(ctx)


class Anywhere(Command):
    """A command that tells of the program and reads no planning."""

    needs_repository = False


def _common_params() -> list[Any]:
    app = typer.Typer(add_completion=False)
    app.command()(common)
    return [param for param in typer.main.get_command(app).params if param.name != "help"]


def _request(given: dict[str, Any], lang: Lang, *, needs_repository: bool) -> Request:
    as_of = _day(given["as_of"])
    directory = Path(given["directory"])
    if directory.exists() and not directory.is_dir():
        raise Refusal(text(de=f"„{directory}“ ist kein Ordner.", en=f"“{directory}” is no folder."))
    if not directory.is_dir():
        raise Refusal(text(de=f"Den Ordner „{directory}“ gibt es nicht.", en=f"There is no folder “{directory}”."))
    root = find_root(directory)
    if needs_repository and given["rev"] is None and not any(os.path.lexists(root / n) for n in (SETTINGS, *FOLDERS)):
        raise Refusal(
            text(
                de=f"In „{directory}“ liegt kein Planungsrepository: sozplan.yaml fehlt. Wechseln Sie den Ordner oder "
                "nennen Sie ihn mit -C.",
                en=f"There is no planning repository in “{directory}”: sozplan.yaml is missing. Change the folder or "
                "name it with -C.",
            )
        )
    return Request(root, given["rev"], as_of, lang, given["audience"], given["debug"], given["as_of"] is None)


def _day(asked: str | None) -> date:
    if asked is None:
        return date.today()  # noqa: DTZ011 -- the planner's day, wherever the town lies
    try:
        if len(asked) == 10 and asked[0] in "12":  # years 1000 to 2999, as in the planning itself
            return date.fromisoformat(asked)
    except ValueError:
        pass
    raise Refusal(
        text(
            de=f"--as-of: „{asked}“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31.",
            en=f"--as-of: “{asked}” is no day. Write year-month-day, 2026-03-31 say.",
        ),
        code=2,
    )
