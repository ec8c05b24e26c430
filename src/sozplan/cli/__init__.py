"""The command line; `main` answers `--version` before it imports anything."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """The console script."""
    try:
        code = _version() if sys.argv[1:] == ["--version"] and sys.stdout else _run()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _version() -> int:
    from sozplan import __version__

    try:
        sys.stdout.write(f"sozplan {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return _run()  # which finds the words for it
    return 0


def _run() -> int:
    """Few numbers need no second thread, and what is read lives to the end: looking for garbage costs a tenth.

    While modules are imported there is none at all; the command turns the collector on.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(100_000)
    gc.disable()
    if "--debug" not in sys.argv:
        sys.unraisablehook = lambda _: None  # what libraries let drop when a write fails; the failure itself is told
    from sozplan.cli import caching

    found = caching.look(sys.argv[1:])
    if found.answer is not None and _say(found.answer.output):
        return found.answer.code
    from sozplan.cli.app import run

    return run(sys.argv[1:], found.tree)


def _say(output: str) -> bool:
    """An answer that still holds is given before the model is imported."""
    from sozplan.cli import streams

    streams.prepare()
    try:
        streams.say(output)
    except OSError:
        return False  # the command itself finds the words for it
    return True
