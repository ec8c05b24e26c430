"""How much it may cost to look for few cells and to prove what they do.

Counted, since time isn't the same everywhere: the same input must give the same output on every machine. The amounts
are for an indicator, a period and an edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass
class Effort:
    """What is left of it, in units that take about two microseconds: the same work is the same count on any machine."""

    left: float

    @classmethod
    def of_seeking(cls) -> Effort:
        """The fewest cells."""
        return cls(1_000_000)

    @classmethod
    def of_leading(cls) -> Effort:
        """Each number by itself."""
        return cls(3_000_000)

    @classmethod
    def of_proving(cls) -> Effort:
        """What whole levels do."""
        return cls(1_500_000)

    @classmethod
    def unlimited(cls) -> Effort:
        return cls(inf)

    @property
    def is_spent(self) -> bool:
        return self.left <= 0

    def spend(self, work: int) -> None:
        self.left -= work
