"""Finds the command, runs it, and turns whatever happens into an exit code and one plain sentence."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from sozplan.cli import streams
from sozplan.cli.help import explain_usage, help_of
from sozplan.cli.options import Command, Refusal, hoist, language
from sozplan.diagnostics import Lang, Text, text

COMMANDS = (
    "check",
    "rules",
    "explain",
    "status",
    "index",
    "report",
    "handbook",
    "diff",
    "history",
    "thread",
    "resolve",
    "import",
)
"""In the order of the help; `sozplan.cli.<name>` holds each, imported only when it is called."""

_BUG = text(
    de="Das ist ein Fehler in sozplan, nicht in Ihrer Planung ({error}). "
    "Bitte melden Sie ihn; mit --debug steht dabei, wo.",
    en="This is a bug in sozplan, not in your planning ({error}). Please report it; --debug shows where.",
)
_MEMORY = text(de="Der Arbeitsspeicher reicht dafür nicht.", en="There is not enough memory for this.")
_WRITE = text(de="Die Ausgabe ließ sich nicht schreiben: {error}.", en="The output could not be written: {error}.")
_FILE = text(de="Datei oder Ordner nicht zugänglich: {error}.", en="File or folder not accessible: {error}.")


class Commands(TyperGroup):
    def list_commands(self, _ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: Any, name: str) -> Any:
        return command(name) if name in COMMANDS else None


def command(name: str) -> Any:
    """The command of that name, as typer makes it of the module's `run`."""
    module = import_module(f"sozplan.cli.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=getattr(module, "KIND", Command), help=module.HELP)(module.run)
    return typer.main.get_command(app)


def run(args: Sequence[str]) -> int:
    """The exit code of a command line, without the program's name."""
    streams.prepare()
    args = hoist(args)
    lang = language(args)
    try:
        return _dispatch(args, lang)
    except Refusal as refusal:
        return _complain(refusal.message, lang, refusal.code)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        streams.forget_stdout()
        return 141
    except OSError as error:
        streams.forget_stdout()
        return _complain(_refused(error), lang, 3)
    except MemoryError:
        return _complain(_MEMORY, lang, 3)
    except Exception as error:
        if "--debug" in args:
            traceback.print_exc()
        return _complain(Text(*(m.format(error=type(error).__name__) for m in _BUG)), lang, 4)


def _refused(error: OSError) -> Text:
    """What the system didn't let us do: a file is named, standard output has no name."""
    name = "" if error.filename is None else f" ({os.fsdecode(error.filename)})"
    message = _FILE if name else _WRITE
    return Text(*(m.format(error=f"{why}{name}") for m, why in zip(message, streams.reason(error), strict=True)))


def _dispatch(args: Sequence[str], lang: Lang) -> int:
    if args[:1] == ["help"] and args[1:2] and args[1] in COMMANDS:
        args = [args[1], "--help"]
    if not args or args[0] in ("--help", "-h", "help"):
        streams.say(help_of(lang, {name: import_module(f"sozplan.cli.{name}").HELP for name in COMMANDS}))
        return 0
    if args[0] == "--version":
        from sozplan import __version__

        streams.say(f"sozplan {__version__}\n")
        return 0
    if {"--help", "-h"}.intersection(args) and args[0] in COMMANDS:
        streams.say(help_of(lang, {}, args[0], command(args[0])))
        return 0
    if sys.stdout is None:
        streams.say("")  # before the work, not after it
    group = Commands(name="sozplan", rich_markup_mode=None)
    try:
        # not `main`: it would keep a broken pipe to itself
        with group.make_context("sozplan", list(args), obj=lang) as context:
            code = group.invoke(context)
    except typer.TyperException as error:
        return _complain(explain_usage(error, args, COMMANDS), lang, 2)
    except Exception as error:
        return _from_below(error, lang)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _from_below(error: Exception, lang: Lang) -> int:
    """Exceptions of ours that carry their own sentence; what didn't happen isn't imported to be told from."""
    said = getattr(error, "text", None)
    if isinstance(said, Text):
        return _complain(said, lang, _REFUSALS.get(type(error).__name__, 3))
    raise error


_REFUSALS = {"BadRevision": 2, "OutputRefused": 2, "TemplateRefused": 1, "ResourceRefused": 1}
"""Exit codes of exceptions with a sentence of their own; the others lie in the environment: 3."""


def _complain(message: Text, lang: Lang, code: int) -> int:
    try:
        sys.stderr.write(f"sozplan: {message.say(lang)}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody can be told
    return code
