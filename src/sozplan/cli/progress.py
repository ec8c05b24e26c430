"""A bar that shows how far a longer piece of work is, on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str], None]


@contextmanager
def progress(total: int) -> Iterator[Step]:
    """Gives a function that is told the name of each thing that is done; one alone needs no bar."""
    if total < 2 or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)
    shared = sys.stdout.isatty()  # then lines have to be put above the bar, else they go where they were sent
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, redirect_stdout=shared, redirect_stderr=False) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)
