"""How much it may cost to look for few cells and to prove what they do: counted, since time isn't the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass
class Effort:
    """What is left of it, in units that take about two microseconds: the same work is the same count on any machine."""

    left: float

    @classmethod
    def of_seeking(cls) -> Effort:
        """For few cells of an indicator and period in one edition."""
        return cls(1_500_000)

    @classmethod
    def of_proving(cls) -> Effort:
        """That whole levels do."""
        return cls(1_500_000)

    @classmethod
    def unlimited(cls) -> Effort:
        return cls(inf)

    @property
    def is_spent(self) -> bool:
        return self.left <= 0

    def spend(self, work: int) -> None:
        self.left -= work
