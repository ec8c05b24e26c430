"""`sozplan schema`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from sozplan.cli.options import Anywhere, Request, both
from sozplan.diagnostics import Lang, text

KIND = Anywhere
HELP = both(
    "Schreibt Schemas, Einstellungen und Textbausteine für VS Code: Vorschläge, Erklärungen, Fehler beim Tippen.",
    "Writes schemas, settings and snippets for VS Code: proposals, explanations, faults while typing.",
)
_SETTINGS, _TASKS = "settings.json", "tasks.json"


def run(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help=both("Ordner, meist .vscode im Planungsrepository.", "Folder, mostly .vscode in the repository."),
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help=both("Fremde Dateien ersetzen.", "Replace files of others."))
    ] = False,
) -> int:
    from sozplan.repo.output import OutputRefused, write

    request: Request = ctx.obj
    places = places_of(out, request.root)
    for each in files_of(places, request.lang):
        place = out / each.name
        try:
            write(place, each.content.encode(), root=request.root, force=force, like=each.like.encode())
        except OutputRefused:
            if each.name not in (_SETTINGS, _TASKS) or not place.is_file():
                raise
            sys.stdout.write(_kept(place, each, request.lang))
    sys.stdout.write(_told(out, places, request.lang))
    return 0


class File(NamedTuple):
    name: str
    content: str
    like: str
    """How it begins, whichever version wrote it."""


def places_of(out: Path, root: Path) -> dict[str, str]:
    """Where the schema of each kind of planning file lies, as seen from the repository."""
    from sozplan.render.editor.settings import file_name
    from sozplan.repo.load import KINDS

    folder, home = out.resolve() / "schemas", root.resolve()
    inside = folder.is_relative_to(home)
    base = f"./{folder.relative_to(home).as_posix()}" if inside else folder.as_posix()
    return {pattern: f"{base}/{file_name(pattern)}" for pattern in KINDS}


def files_of(places: dict[str, str], lang: Lang) -> Iterator[File]:
    """All that an editor is set up by, schemas first."""
    from sozplan.render.editor.schema import HEAD, schema
    from sozplan.render.editor.settings import EXTENSION, OURS, settings
    from sozplan.render.editor.snippets import snippets
    from sozplan.render.editor.tasks import tasks
    from sozplan.repo.load import KINDS

    for pattern, cls in KINDS.items():
        yield File(f"schemas/{Path(places[pattern]).name}", _json(schema(cls, lang)), _json(HEAD).rstrip("\n}"))
    yield File("sozplan.code-snippets", OURS + _json(snippets(lang)), OURS)
    yield File("extensions.json", OURS + _json({"recommendations": [EXTENSION]}), OURS)
    yield File(_TASKS, OURS + _json(tasks(lang)), OURS)
    yield File(_SETTINGS, OURS + _json(settings(places)), OURS)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _kept(place: Path, file: File, lang: Lang) -> str:
    head = text(
        de=f"„{place}“ haben Sie selbst eingerichtet und bleibt, wie es ist. Ergänzen Sie darin:\n",
        en=f"“{place}” is of your own making and stays as it is. Add to it:\n",
    )
    return head.say(lang) + file.content.removeprefix(file.like) + "\n"


def _told(out: Path, places: dict[str, str], lang: Lang) -> str:
    from sozplan.render.editor.settings import told

    head = text(
        de=f"{len(places)} Schemas, Einstellungen und Textbausteine liegen in {out}.\n",
        en=f"{len(places)} schemas, settings and snippets are in {out}.\n",
    )
    return head.say(lang) + told(places, lang)
