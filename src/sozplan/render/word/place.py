"""Where a block stands in a document, and what that means for it."""

from __future__ import annotations

from dataclasses import dataclass

from sozplan.render.word.look import PLAIN, Look
from sozplan.render.word.markup import Element


@dataclass(frozen=True, slots=True)
class Place:
    width: int
    """Twips."""
    style: str = "text"
    look: Look = PLAIN
    level: int = -1
    """Of the list that it stands in."""
    whole: bool = False
    """Tables are never torn."""
    align: str | None = None
    section: Element | None = None
    """Its properties, where the text itself stands in it and may begin another one; none in a cell."""
    taken: int = 0
    """Twips of the page that the office's own text needs."""
