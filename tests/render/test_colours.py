from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.render.colours import READABLE, Design, contrast, darkened, readable_on

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_as_published_for_wcag(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == contrast(b, a)
    assert round(contrast(a, b), 2) == ratio


@given(colours)
def test_text_is_readable_on_and_in_every_colour(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= READABLE
    assert contrast(darkened(colour), "#ffffff") >= READABLE


@given(colours, colours)
def test_every_corporate_design_is_readable(primary: str, accent: str) -> None:
    found = Design(primary, accent).properties
    assert contrast(found["on-primary"], found["primary"]) >= READABLE
    for text in ("primary-text", "accent-text"):
        assert contrast(found[text], "#ffffff") >= READABLE
        assert contrast(found[text], found["wash"]) >= READABLE


def test_a_readable_colour_stays_as_it_is() -> None:
    assert darkened("#1d4e6b") == "#1d4e6b"


@pytest.mark.parametrize("fault", ["red", "#fff", "#12345g", "#123456;}", ""])
def test_other_notations_are_refused(fault: str) -> None:
    with pytest.raises(ValueError, match="not a colour of the form #rrggbb"):
        Design(primary=fault)
