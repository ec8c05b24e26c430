"""Classes stay apart for eyes of every kind; the matrices are those of Machado, Oliveira and Fernandes (2009)."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.render.charts.palette import PAPER, lab, marked, ramp
from sozplan.render.colours import Design, contrast, readable_on

Matrix = tuple[tuple[float, float, float], ...]
EYES: dict[str, Matrix] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "grey copy": ((0.2126, 0.7152, 0.0722),) * 3,
}
COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def seen(colour: str, eye: str) -> str:
    linear = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    through = [sum(m * v for m, v in zip(row, linear, strict=True)) for row in EYES[eye]]
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, value)))):02x}" for value in through)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def test_the_simulation_takes_red_and_green_for_one_another() -> None:
    red, green = "#b04030", "#707000"
    assert dist(lab(red), lab(green)) > 50
    assert dist(lab(seen(red, "deuteranopia")), lab(seen(green, "deuteranopia"))) < 15


def test_lab_is_cielab() -> None:
    """The primaries of sRGB under D65, as colour tables list them."""
    known = {"#ff0000": (53.24, 80.09, 67.20), "#00ff00": (87.73, -86.18, 83.18), "#0000ff": (32.30, 79.19, -107.86)}
    for colour, expected in known.items():
        assert lab(colour) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("eye", EYES)
@given(colour=COLOURS)
def test_four_classes_stay_apart_in_every_corporate_colour(colour: str, eye: str) -> None:
    shades = [lab(seen(shade, eye)) for shade in ramp(Design(primary=colour), 4)]
    assert min(dist(a, b) for a, b in pairwise(shades)) >= 15
    assert all(a[0] - b[0] >= 14 for a, b in pairwise(shades))


@given(colour=COLOURS, classes=st.integers(1, 10))
def test_every_shade_is_darker_than_the_one_before_and_carries_readable_words(colour: str, classes: int) -> None:
    shades = ramp(Design(primary=colour), classes)
    assert len(shades) == classes
    assert all(contrast(a, PAPER) < contrast(b, PAPER) for a, b in pairwise(shades))
    assert all(contrast(readable_on(shade), shade) >= 4.5 for shade in shades)


@given(colour=COLOURS)
def test_the_mark_is_readable_on_paper(colour: str) -> None:
    assert contrast(marked(Design(accent=colour)), PAPER) >= 4.5
