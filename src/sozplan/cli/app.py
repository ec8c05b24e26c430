"""Finds the command, runs it, and turns whatever happens into an exit code and one plain sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from sozplan.cli import streams
from sozplan.cli.failures import complain, failure_of
from sozplan.cli.help import explain_usage, help_of
from sozplan.cli.options import Command, hoist, language
from sozplan.diagnostics import Lang

COMMANDS = (
    "init",
    "check",
    "rules",
    "explain",
    "status",
    "index",
    "report",
    "handbook",
    "process",
    "diff",
    "history",
    "thread",
    "add",
    "set",
    "review",
    "rename",
    "move",
    "cycle",
    "due",
    "funding",
    "resolve",
    "import",
    "table",
    "apply",
    "schema",
)
"""In the order of the help; `sozplan.cli.<name>` holds each, imported only when it is called."""


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
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        streams.forget_stdout()
        return 141
    except Exception as error:
        if isinstance(error, OSError):
            streams.forget_stdout()
        found = failure_of(error)
        if found.trace and "--debug" in args:
            sys.stderr.write(found.trace)
        return complain(found.message, lang, found.code)


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
        return complain(explain_usage(error, args, COMMANDS), lang, 2)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0
