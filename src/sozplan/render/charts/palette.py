"""Colours of classes: one hue of the corporate design in equal steps of lightness.

Lightness alone tells the classes apart, so they stay apart for every kind of colour blindness and in a grey copy.
"""

from __future__ import annotations

from sozplan.render.colours import Design, darkened

INK = "#1a1a1a"
GREY = "#595959"
FAINT = "#d9d9d9"
PAPER = "#ffffff"
_LIGHTEST, _DARKEST = 93.0, 27.0
_CHROMA = (7.0, 46.0)
"""Of the lightest class and the most of a middle one."""
_WHITE = (0.95047, 1.0, 1.08883)
_TO_RGB = ((3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570))
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
Triple = tuple[float, float, float]


def ramp(design: Design, classes: int) -> tuple[str, ...]:
    """From the least to the most: light to dark in the hue of the municipality."""
    _, a, b = lab(design.primary)
    chroma = (a * a + b * b) ** 0.5
    hue = (a / chroma, b / chroma) if chroma > 1 else (0.0, 0.0)
    return tuple(_colour(share, hue, chroma) for share in _shares(classes))


def marked(design: Design) -> str:
    """What the reader's eye shall find: the accent, dark enough to be read."""
    return darkened(design.accent)


def lab(colour: str) -> Triple:
    """CIELAB (D65) of `#rrggbb`."""
    linear = tuple(_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    x, y, z = (_bent(value / white) for value, white in zip(_times(_TO_XYZ, linear), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _shares(classes: int) -> list[float]:
    return [place / (classes - 1) for place in range(classes)] if classes > 1 else [1.0]


def _colour(share: float, hue: tuple[float, float], chroma: float) -> str:
    """The most colourful shade of this lightness that screens and printers have."""
    lightness = _LIGHTEST + (_DARKEST - _LIGHTEST) * share
    wanted = min(max(chroma, 20.0), _CHROMA[1]) if chroma > 1 else 0.0
    strength = min(wanted, _CHROMA[0] + wanted * 1.6 * share)
    while (rgb := _rgb((lightness, hue[0] * strength, hue[1] * strength))) is None:
        strength -= 1
    return "#" + "".join(f"{channel:02x}" for channel in rgb)


def _rgb(colour: Triple) -> tuple[int, ...] | None:
    lightness, a, b = colour
    y = (lightness + 16) / 116
    xyz = tuple(_straight(v) * white for v, white in zip((y + a / 500, y, y - b / 200), _WHITE, strict=True))
    linear = _times(_TO_RGB, xyz)
    if min(linear) < -0.002 or max(linear) > 1.002:
        return None
    return tuple(round(255 * _gamma(min(1.0, max(0.0, value)))) for value in linear)


def _times(matrix: tuple[Triple, ...], vector: tuple[float, ...]) -> Triple:
    first, second, third = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> float:
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)


def _bent(value: float) -> float:
    return float(value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116)


def _straight(value: float) -> float:
    return float(value**3 if value**3 > 216 / 24389 else (116 * value - 16) / (24389 / 27))
