"""What of a document depends on how many pages it takes: a table of contents, and a sheet's one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from sozplan.render.contents import PAGES, has_contents, without_contents

SHEET = '<div class="sheet one-page">'
"""Opens what has to stand on a single page."""
_TIGHTER = ("tight", "tight tighter", "tight tighter tightest")


class Pages(Protocol):
    @property
    def pages(self) -> list[object]: ...


P = TypeVar("P", bound=Pages)


def fitted(source: str, lay_out: Callable[[str], P]) -> P:
    """Laid out once where that will do: again only without the contents of a short paper, or tighter where too full."""
    document = lay_out(source)
    if has_contents(source) and len(document.pages) < PAGES:
        return lay_out(without_contents(source))
    for tighter in _tighter(source):
        if len(document.pages) == 1:
            break
        document = lay_out(tighter)
    return document


def _tighter(source: str) -> Iterator[str]:
    if SHEET in source:
        yield from (source.replace(SHEET, f'<div class="sheet {names}">', 1) for names in _TIGHTER)
