"""A page of text for the terminal: tables that fit, in colour only where somebody sees it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
"""Narrower pages aren't made, whatever the terminal says."""


class Page:
    """What is printed on `console` comes out by `text`, without blanks at the ends of lines."""

    def __init__(self, *, colour: bool = False, width: int = WIDTH) -> None:
        from rich.console import Console

        self._out = io.StringIO()
        self.console: Console = Console(
            file=self._out,
            width=max(width, WIDTH),
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )

    @property
    def text(self) -> str:
        return "".join(f"{line.rstrip()}\n" for line in self._out.getvalue().splitlines())
