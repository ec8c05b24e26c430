"""How far a share moves by chance alone."""

from __future__ import annotations

from decimal import Decimal

Z95 = Decimal("1.959963984540054")
"""The 97.5 % quantile of the standard normal distribution."""


def wilson(share: Decimal, base: Decimal) -> tuple[Decimal, Decimal]:
    """The 95 % interval of a share (0 … 1) observed in `base` cases, after Wilson.

    For full counts a heuristic: it takes the people of a year for a sample of those who might have lived there.
    """
    spread = Z95 * Z95 / base
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * (share * (1 - share) / base + spread / (4 * base)).sqrt() / (1 + spread)
    return centre - half, centre + half
