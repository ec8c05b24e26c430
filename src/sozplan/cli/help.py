"""Help and usage errors in the user's language; the library's own words are English only."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any, get_args

from sozplan.cli.options import pick
from sozplan.diagnostics import Lang, Text, text

_WIDTH = 80
_INDENT = 26
_ABOUT = text(
    de="sozplan hält kommunale Sozialplanung als geprüfte YAML-Dateien in git zusammen.",
    en="sozplan keeps municipal social planning together as validated YAML in git.",
)
_USAGE = text(de="Aufruf", en="Usage")
_COMMAND = text(de="BEFEHL [OPTIONEN]", en="COMMAND [OPTIONS]")
_COMMANDS = text(de="Befehle", en="Commands")
_OPTIONS = text(de="Optionen", en="Options")
_MORE = text(de="„sozplan BEFEHL --help“ erklärt einen Befehl.", en="“sozplan COMMAND --help” explains a command.")
_EXIT = text(
    de="Rückgabe: 0 ohne Fehler, 1 Befunde im Inhalt, 2 falscher Aufruf, 3 Umgebung, 4 Fehler in sozplan.",
    en="Exit status: 0 no errors, 1 findings in the content, 2 usage, 3 environment, 4 bug in sozplan.",
)
_SHOW_HELP = text(de="diese Hilfe", en="this help")


def help_of(lang: Lang, summaries: Mapping[str, str], name: str | None = None, command: Any = None) -> str:
    """The help of the program, or of one command."""
    if command is None:
        rows = [(each, _first_sentence(pick(summary, lang))) for each, summary in summaries.items()]
        head = f"{_USAGE.say(lang)}: sozplan {_COMMAND.say(lang)}\n\n{_fill(_ABOUT.say(lang))}\n"
        return f"{head}\n{_COMMANDS.say(lang)}:\n{_rows(rows)}\n{_MORE.say(lang)}\n{_fill(_EXIT.say(lang))}\n"
    arguments = " ".join(_metavar(p) for p in command.params if p.param_type_name == "argument")
    head = " ".join(filter(None, ("sozplan", name, f"[{_OPTIONS.say(lang).upper()}]", arguments)))
    body = _fill(pick(command.help, lang))
    rows = [(_signature(p), _described(p, lang)) for p in command.params if p.name != "help"]
    rows.append(("--help", _SHOW_HELP.say(lang)))
    return f"{_USAGE.say(lang)}: {head}\n\n{body}\n\n{_OPTIONS.say(lang)}:\n{_rows(rows)}"


def explain_usage(error: Any, args: Sequence[str], commands: Sequence[str]) -> Text:
    """What was wrong with the call, and how to find the right one."""
    kind = type(error).__name__
    more = text(de="Hilfe: sozplan --help", en="Help: sozplan --help")
    if args and args[0] in commands:
        more = text(de=f"Hilfe: sozplan {args[0]} --help", en=f"Help: sozplan {args[0]} --help")
    said = _usage_sentence(kind, error, args, commands)
    return Text(*(f"{sentence} {hint}" for sentence, hint in zip(said, more, strict=True)))


def _usage_sentence(kind: str, error: Any, args: Sequence[str], commands: Sequence[str]) -> Text:
    if args and args[0] not in commands and kind in ("UsageError", "NoArgsIsHelpError"):
        near = get_close_matches(args[0], commands, 1)
        return text(
            de=f"Den Befehl „{args[0]}“ gibt es nicht.{f' Meinten Sie „{near[0]}“?' if near else ''}",
            en=f"There is no command “{args[0]}”.{f' Did you mean “{near[0]}”?' if near else ''}",
        )
    if kind == "NoSuchOption":
        near = _near_option(error.option_name, error.possibilities or ())
        return text(
            de=f"Die Option „{error.option_name}“ gibt es nicht.{f' Meinten Sie „{near[0]}“?' if near else ''}",
            en=f"There is no option “{error.option_name}”.{f' Did you mean “{near[0]}”?' if near else ''}",
        )
    if kind == "MissingParameter" and error.param is not None:
        name = _signature(error.param).rstrip("…")
        de, en = (_first_sentence(_described(error.param, lang)) for lang in get_args(Lang))
        return text(de=f"Es fehlt {name}: {de}.", en=f"{name} is missing: {en}.")
    if kind == "BadParameter" and error.param is not None:
        is_argument = error.param.param_type_name == "argument"
        name, choices = error.param.metavar if is_argument else error.param.opts[0], _choices(error.param)
        allowed_de = f" Möglich sind: {choices}." if choices else ""
        allowed_en = f" Possible are: {choices}." if choices else ""
        return text(
            de=f"Der Wert von „{name}“ passt nicht.{allowed_de}", en=f"The value of “{name}” doesn't fit.{allowed_en}"
        )
    if kind == "BadOptionUsage":
        return text(
            de=f"Hinter „{error.option_name}“ fehlt der Wert.", en=f"The value behind “{error.option_name}” is missing."
        )
    if extra := _EXTRA.search(str(getattr(error, "message", ""))):
        return text(de=f"„{extra[1]}“ gehört nicht hierher.", en=f"“{extra[1]}” doesn't belong here.")
    return text(de="Der Aufruf ist nicht verständlich.", en="The call can't be understood.")


_EXTRA = re.compile(r"unexpected extra argument\(?s?\)? \((.*)\)")


def _near_option(name: str, possible: Sequence[str]) -> list[str]:
    """By the words alone: two dashes make all options alike."""
    words = {each.lstrip("-"): each for each in possible}
    return [words[near] for near in get_close_matches(name.lstrip("-"), words, 1)]


def _signature(param: Any) -> str:
    if param.param_type_name == "argument":
        return _metavar(param)
    names = ", ".join(param.opts)
    if getattr(param, "is_flag", False):
        return names
    return f"{names} {param.metavar or _choices(param) or (param.name or '').upper()}"


def _metavar(param: Any) -> str:
    name = param.metavar or (param.name or "").upper()
    name = f"{name}…" if param.nargs == -1 else name
    return name if param.required else f"[{name}]"


def _choices(param: Any) -> str:
    """The values of an option that takes one of a few."""
    annotation = param.type_descriptor.annotation
    members = [a for a in (annotation, *get_args(annotation)) if isinstance(a, type) and issubclass(a, Enum)]
    return "|".join(term.value for term in members[0]) if members else ""


def _described(param: Any, lang: Lang) -> str:
    return pick(param.help, lang)


def _first_sentence(help: str) -> str:
    return help.split(".\n")[0].split(". ")[0].rstrip(".")


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{_row(left, right)}\n" for left, right in rows)


def _row(left: str, right: str) -> str:
    lines = textwrap.wrap(right, _WIDTH - _INDENT) or [""]
    rest = f"\n{' ' * _INDENT}".join(lines)
    first = f"  {left}"
    return f"{first:<{_INDENT}}{rest}" if len(first) < _INDENT - 1 else f"{first}\n{' ' * _INDENT}{rest}"


def _fill(paragraph: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(p.split()), _WIDTH) for p in paragraph.split("\n\n"))
