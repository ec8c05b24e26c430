"""How far a share moves by chance alone."""

from __future__ import annotations

from decimal import Decimal

Z95 = Decimal("1.959963984540054")
"""The 97.5 % quantile of the standard normal distribution."""


Interval = tuple[Decimal, Decimal]


def wilson(share: Decimal, base: Decimal) -> Interval:
    """The 95 % interval of a share (0 … 1) observed in `base` cases, after Wilson.

    For full counts a heuristic: it takes the people of a year for a sample of those who might have lived there.
    """
    spread = Z95 * Z95 / base
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * (share * (1 - share) / base + spread / (4 * base)).sqrt() / (1 + spread)
    return centre - half, centre + half


def apart(one: tuple[Decimal, Interval], other: tuple[Decimal, Interval]) -> Interval:
    """The 95 % interval of the difference of two shares from those of each (Newcombe 1998, method 10).

    A part of the other moves with it, so that for a district and its city the interval is rather too wide.
    """
    (p, (low_p, high_p)), (q, (low_q, high_q)) = one, other
    down = ((p - low_p) ** 2 + (high_q - q) ** 2).sqrt()
    up = ((high_p - p) ** 2 + (q - low_q) ** 2).sqrt()
    return p - q - down, p - q + up
