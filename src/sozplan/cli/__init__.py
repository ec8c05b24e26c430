"""The command line; `main` answers `--version` before it imports anything."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script."""
    args = sys.argv[1:]
    if args == ["--version"]:
        from sozplan import __version__

        sys.stdout.write(f"sozplan {__version__}\n")
        sys.exit(0)
    from sozplan.cli.app import run

    sys.exit(run(args))
