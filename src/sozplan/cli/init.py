"""`sozplan init`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from sozplan.cli.options import Anywhere, Refusal, Request, both
from sozplan.cli.questions import ABORTED, KEYS
from sozplan.cli.schema import files_of, places_of
from sozplan.diagnostics import Lang, Text, text
from sozplan.render.skeleton import CI_FILES, Municipality, Service, files, kind_of, land_of

KIND = Anywhere
HELP = both(
    "Legt ein neues Planungsrepository an, mit einem erklärten Beispiel von allem.",
    "Makes a new planning repository, with one commented example of everything.",
)


def run(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=both("Neuer oder leerer Ordner.", "New or empty folder."))
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help=both("Name der Kommune.", "Name of the municipality.")),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="AGS",
            help=both("Amtlicher Schlüssel: 8 Ziffern, bei Kreisen 5.", "Official key: 8 digits, 5 of a county."),
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="ART",
            help=both("Art der Kommune, z. B. Gemeinde.", "Kind of municipality, as papers name it."),
        ),
    ] = None,
    ci: Annotated[
        Service,
        typer.Option("--ci", help=both("Wo Änderungen geprüft werden.", "Where changes are checked.")),
    ] = Service.none,
    example: Annotated[
        bool,
        typer.Option("--example", help=both("Die ganze Beispielstadt anlegen.", "Make the whole example town.")),
    ] = False,
) -> int:
    request: Request = ctx.obj
    _require_room(folder)
    about = _NOBODY if example else _municipality(name, key, kind, request.lang)
    fresh = {name: content.encode() for name, content in files(about, request.lang, request.as_of)}
    content = dict(_example(fresh)) if example else fresh
    content |= dict(_around(folder, request.lang, ci))
    _write(folder, content)
    sys.stdout.write(_told(folder, request, content, is_example=example, has_git=_begin_history(folder)))
    return 0


def _require_room(directory: Path) -> None:
    """An existing repository is never mixed with a new one."""
    if directory.is_dir() and all(each.name == ".git" for each in directory.iterdir()):
        return
    if os.path.lexists(directory):
        raise Refusal(
            text(
                de=f"„{directory}“ gibt es schon und ist nicht leer. Nennen Sie einen neuen Ordner.",
                en=f"“{directory}” exists and isn't empty. Name a new folder.",
            )
        )


def _municipality(name: str | None, key: str | None, kind: str | None, lang: Lang) -> Municipality:
    """As told by the options; what they leave open is asked for, if anybody is there."""
    if (name is None or key is None) and not sys.stdin.isatty():
        raise Refusal(
            text(
                de="Wie heißt die Kommune, und welchen amtlichen Schlüssel hat sie? "
                "Zum Beispiel: --name Musterstadt --key 05123000. Mit --example entsteht die Beispielstadt.",
                en="What is the municipality called, and what is its official key? "
                "For example: --name Musterstadt --key 05123000. --example makes the example town.",
            ),
            2,
        )
    name = _asked(_NAME, _no_name, lang) if name is None else name
    if fault := _no_name(name) or (_no_key(key) if key is not None else None):
        raise Refusal(fault, 2)
    key = key or _asked(_KEY, _no_key, lang)
    return Municipality(name, key, kind or kind_of(key, lang), land_of(key) or "")


def _asked(question: Text, wrong: Callable[[str], Text | None], lang: Lang) -> str:
    """Asked again until it is right; nothing is made meanwhile."""
    while True:
        try:
            said: str = typer.prompt(question.say(lang), default="", show_default=False, prompt_suffix=" ").strip()
        except typer.Abort:
            sys.stderr.write(f"\n{ABORTED.say(lang)}\n")
            raise
        if (fault := wrong(said)) is None:
            return said
        sys.stdout.write(f"{fault.say(lang)}\n")


def _no_name(said: str) -> Text | None:
    if said.isprintable() and any(sign.isalpha() for sign in said):
        return None
    if not said.isprintable():
        return KEYS
    return text(
        de=f"„{said}“ ist kein Name. Schreiben Sie ihn so, wie er auf Vorlagen steht: Musterstadt zum Beispiel.",
        en=f"“{said}” is no name. Write it as papers show it: Musterstadt, say.",
    )


def _no_key(said: str) -> Text | None:
    if land_of(said) is not None:
        return None
    return text(
        de=f"„{said}“ ist kein amtlicher Schlüssel. Er hat 8 Ziffern, bei Kreisen 5, und beginnt mit dem Land, "
        f"01 bis 16: 05123000 zum Beispiel.{_counted(said).de}",
        en=f"“{said}” is no official key. It has 8 digits, 5 of a county, and begins with the Land, 01 to 16: "
        f"05123000 say.{_counted(said).en}",
    )


def _counted(said: str) -> Text:
    """The likely slip: the zero in front, which spreadsheets drop."""
    if land_of(f"0{said}") is not None:
        return text(de=f" Fehlt vorn die Null, 0{said}?", en=f" Does it lack the zero in front, 0{said}?")
    return text(de="", en="")


_NAME = text(de="Wie heißt die Kommune?", en="What is the municipality called?")
_KEY = text(
    de="Ihr amtlicher Schlüssel (AGS; 8 Ziffern, bei Kreisen 5)?", en="Its official key (8 digits, 5 of a county)?"
)


_NOBODY = Municipality("", "", "", "")


def _example(fresh: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The whole town, with the settings for git and editors that every repository gets."""
    from sozplan.repo.packaged import example

    yield from ((name, content) for name, content in fresh.items() if name.startswith("."))
    yield from example()


def _around(directory: Path, lang: Lang, ci: Service) -> Iterator[tuple[str, bytes]]:
    """What editors and build servers need."""
    from sozplan.repo.packaged import ci_file

    for each in files_of(places_of(directory / ".vscode", directory), lang):
        yield f".vscode/{each.name}", each.content.encode()
    if ci in CI_FILES:
        yield CI_FILES[ci], ci_file(ci.value)


def _write(directory: Path, content: Mapping[str, bytes]) -> None:
    """The settings come last: without them a folder that was half written is no planning repository."""
    from sozplan.repo.names import SETTINGS
    from sozplan.repo.whole import put_whole

    for name in sorted(content, key=lambda name: (name == SETTINGS, name)):
        place = directory / name
        place.parent.mkdir(parents=True, exist_ok=True)
        put_whole(place, content[name])


def _begin_history(directory: Path) -> bool:
    """Whether git keeps its history from now on: that of a folder around it, or one of its own."""
    from sozplan.repo.git import GitError, NotARepository, run

    try:
        run(directory, "rev-parse", "--git-dir", environ=os.environ)
    except NotARepository:
        try:
            run(directory, "init", "--quiet", "--initial-branch=main", environ=os.environ)
        except GitError:
            return False
    except GitError:
        return False
    return True


def _told(directory: Path, request: Request, content: Mapping[str, bytes], *, is_example: bool, has_git: bool) -> str:
    where = f" -C {directory}"
    when = " --as-of 2026-10-01" if is_example else ""
    lines = [
        text(
            de=f"{len(content)} Dateien in {directory} angelegt. Weiter geht es so:",
            en=f"{len(content)} files made in {directory}. Go on like this:",
        ),
        _step(f"sozplan check{where}{when}", "prüft alles", "checks it all"),
        _step(f"sozplan status{where}{when}", "zeigt, wie weit die Ziele sind", "shows how far the goals are"),
        _step(f"sozplan report{where}{when} --out build", "druckt die Vorlagen", "prints the papers"),
    ]
    if not is_example:
        lines.append(text(de="Was zu ersetzen ist, sagt README.md.", en="README.md says what to replace."))
    if not has_git:
        lines.append(
            text(
                de="Git fehlt oder lehnt den Ordner ab: Ohne es hat die Planung keine Geschichte.",
                en="Git is missing or refuses the folder: without it the planning has no history.",
            )
        )
    return "".join(f"{line.say(request.lang)}\n" for line in lines)


def _step(command: str, de: str, en: str) -> Text:
    return Text(f"  {command}\n      {de}", f"  {command}\n      {en}")
