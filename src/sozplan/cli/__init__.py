"""The command line; `main` answers `--version` before it imports anything."""

from __future__ import annotations

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
    from sozplan.cli.app import run

    return run(sys.argv[1:])
