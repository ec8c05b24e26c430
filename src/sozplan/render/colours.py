"""The corporate design on paper: two colours and a logo, with contrasts that hold for every choice.

A municipality gives the colours of its manual; text in them is darkened until it is readable (WCAG 2: 4.5:1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
Rgb = tuple[int, int, int]


def contrast(a: str, b: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(_rgb(a)), _luminance(_rgb(b))))
    return (high + 0.05) / (low + 0.05)


def readable_on(background: str) -> str:
    """Black or white, whichever stands out more; the better of the two always reaches 4.5:1."""
    return max("#ffffff", "#000000", key=lambda colour: contrast(colour, background))


def darkened(colour: str, background: str = "#ffffff", ratio: float = READABLE) -> str:
    """The colour itself if it is readable on a light background, else the same hue darkened just enough."""
    for step in range(100, -1, -1):
        candidate = _mixed(colour, "#000000", step / 100)
        if contrast(candidate, background) >= ratio:
            return candidate
    raise ValueError(f"no shade of {colour} is readable on {background}")


def tint(colour: str, share: float) -> str:
    """The colour thinned with white, for grounds of boxes and heads of tables."""
    return _mixed(colour, "#ffffff", share)


@dataclass(frozen=True, slots=True)
class Design:
    """Colours as `#rrggbb`; `logo` names one of the resources given to the PDF engine."""

    primary: str = "#1d4e6b"
    accent: str = "#b4602a"
    logo: str | None = None

    def __post_init__(self) -> None:
        for colour in (self.primary, self.accent):
            _rgb(colour)

    @property
    def properties(self) -> dict[str, str]:
        """The custom properties that the style sheets are written against."""
        wash = tint(self.primary, 0.07)
        return {
            "primary": self.primary,
            "on-primary": readable_on(self.primary),
            "primary-text": darkened(self.primary, wash),
            "wash": wash,
            "rule": tint(self.primary, 0.28),
            "accent": self.accent,
            "accent-text": darkened(self.accent, wash),
        }


def _rgb(colour: str) -> Rgb:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, other: str, share: float) -> str:
    channels = (round(a * share + b * (1 - share)) for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)
