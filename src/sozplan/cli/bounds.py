"""Work of our own process within bounds of time and memory: templates that a town trusts may still hold a slip.

Where the system knows neither alarms nor limits, as Windows, the work is waited for.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn, TypeVar

from sozplan.diagnostics import Text, text
from sozplan.repo.limits import MB, Limits

T = TypeVar("T")


class OutOfBounds(Exception):
    """The work was stopped; `text` says at which limit."""

    code = 1

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.de)
        self.text = reason


def within(limits: Limits, work: Callable[[], T]) -> T:
    """The result of filling in a document; raises OutOfBounds where it takes too long or too much."""
    try:
        with _alarm(limits.paper_seconds), _ceiling(limits.paper_bytes):
            return work()
    except MemoryError:
        raise OutOfBounds(_too_large(limits.paper_bytes)) from None


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if sys.platform == "win32" or not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> NoReturn:
        raise OutOfBounds(_too_slow(seconds))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _ceiling(more: int) -> Iterator[None]:
    """At most so much memory beyond what is held already."""
    if sys.platform == "win32":
        yield
        return
    try:
        import resource

        held = int(Path("/proc/self/statm").read_bytes().split()[5]) * os.sysconf("SC_PAGE_SIZE")
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (held + more, hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _too_slow(seconds: float) -> Text:
    return text(
        de=f"Das Ausfüllen der Vorlage dauert länger als {seconds:g} Sekunden und wurde abgebrochen.",
        en=f"Filling in the template takes longer than {seconds:g} seconds and was stopped.",
    )


def _too_large(limit: int) -> Text:
    return text(
        de=f"Das Ausfüllen der Vorlage braucht mehr als {limit // MB} MB Arbeitsspeicher und wurde abgebrochen.",
        en=f"Filling in the template needs more than {limit // MB} MB of memory and was stopped.",
    )
