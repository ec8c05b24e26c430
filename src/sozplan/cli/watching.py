"""`check --watch`: what `check` says, said anew after every change, until somebody stops it."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from sozplan.cli.failures import complain, failure_of
from sozplan.cli.options import Refusal, Request, is_terminal
from sozplan.diagnostics import Text, text
from sozplan.repo.shown import shown_path
from sozplan.repo.watched import GIT, Look, changed, look

_PAUSE = 0.5
"""Seconds between two looks at the files."""
_SHARE = 10
"""Looking takes at most that part of the time, however slow the drive is."""
_STILL = 0.3
"""Seconds for which nothing may change before it is checked: editors save in steps, git changes many files."""
_PATIENCE = 10.0
"""Seconds after which it is checked all the same."""
_WIDTH = 80
_CLEAR = "\x1b[2J\x1b[H"


def refuse(request: Request, *, fix: bool, is_text: bool) -> None:
    """What can't be watched, and why."""
    if request.rev is not None:
        raise Refusal(
            text(
                de="--watch und --rev gehen nicht zusammen: Eine Revision ändert sich nicht. Lassen Sie eines weg.",
                en="--watch and --rev don't go together: a revision doesn't change. Leave one of them out.",
            ),
            2,
        )
    if fix:
        raise Refusal(
            text(
                de="--watch und --fix gehen nicht zusammen: Während Sie schreiben, ändert sozplan nichts. Rufen Sie "
                "„sozplan check --fix“ für sich auf.",
                en="--watch and --fix don't go together: while you write, sozplan changes nothing. Call “sozplan check "
                "--fix” by itself.",
            ),
            2,
        )
    if not is_text:
        raise Refusal(
            text(
                de="--watch gibt es nur als Text; lassen Sie --format weg.",
                en="--watch is there as text only; leave out --format.",
            ),
            2,
        )


def watch(request: Request, said: Callable[[Request], str]) -> NoReturn:
    """Says it now and after each change; ends by Ctrl-C alone."""
    seen, news = look(request.root), list[str]()
    while True:
        _begin(request, news)
        report = _report(_today(request), said)
        _tell(request, report, again=bool(news))
        before = seen
        seen = _awaited(request.root, before)
        news = changed(before, seen)


def _today(request: Request) -> Request:
    """Of the day on which it is checked, not of that on which watching began."""
    return dataclasses.replace(request, as_of=date.today()) if request.is_today else request  # noqa: DTZ011


def _report(request: Request, said: Callable[[Request], str]) -> str | None:
    """None where it failed, which is said; the next change may put it right."""
    try:
        return said(request)
    except Exception as error:
        found = failure_of(error)
        complain(found.message, request.lang, found.code)
        return None


def _begin(request: Request, news: Sequence[str]) -> None:
    _write(_line(request, _BEGIN, f": {_named(request, news)}" if news else ""))


def _tell(request: Request, report: str | None, *, again: bool) -> None:
    """In place of what stood there before, where there is a screen; the last line says since when it holds."""
    clear = _CLEAR if again and report is not None and is_terminal() else ""
    _write(f"{clear}{report or ''}{_line(request, _END, '')}")


def _write(said: str) -> None:
    sys.stdout.write(said)
    sys.stdout.flush()


def _line(request: Request, words: Text, more: str) -> str:
    return f"[{datetime.now().astimezone():%H:%M:%S}] {words.say(request.lang)}{more}\n"


_BEGIN = text(de="Prüfung läuft", en="Checking")
_END = text(
    de="Geprüft. Nach der nächsten Änderung wieder; Strg-C beendet.",
    en="Checked. Again after the next change; Ctrl-C ends.",
)
_COMMIT = text(de="neuer Stand in git", en="new state in git")


def _named(request: Request, news: Sequence[str]) -> str:
    """What changed, on what is left of the line."""
    files = [path for path in news if not path.startswith(GIT)]
    if not files:
        return _COMMIT.say(request.lang)
    more = len(files) - 1
    rest = text(de=f" und {more} weitere", en=f" and {more} more").say(request.lang) if more else ""
    room = _WIDTH - len(f"[20:15:00] {_BEGIN.say(request.lang)}: {rest}")
    name = shown_path(files[0])
    return f"{name if len(name) <= room else '…' + name[1 - room :]}{rest}"


def _awaited(root: Path, before: Look) -> Look:
    """How the files are once something has changed and nothing changes any more."""
    while True:
        began = time.monotonic()
        now = look(root)
        if now != before and (now := _still(root, now)) != before:
            return now
        time.sleep(max(_PAUSE, _SHARE * (time.monotonic() - began)))


def _still(root: Path, now: Look) -> Look:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        time.sleep(_STILL)
        last, now = now, look(root)
        if now == last:
            break
    return now
