from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sozplan.analysis.disclosure import Figure, Withheld
from sozplan.analysis.series import Era
from sozplan.model.figures import Missing, Quality
from sozplan.model.indicators import Indicator
from sozplan.model.periods import period
from sozplan.render.views.figures import apart, label, of_figure

SHARE = Indicator.model_validate(
    {
        "id": "quote", "name": "Quote der Kinder", "short": "Quote", "definition": "D", "unit": "%",
        "direction": "higher", "kind": "outcome", "steerability": "direct", "periodicity": "yearly",
    }
)  # fmt: skip
COUNT = SHARE.model_copy(update={"unit": "Besuche", "decimals": 0})


def figure(value: str | None, withheld: Withheld | Missing | None = None, quality: Quality = Quality.FINAL) -> Figure:
    number = None if value is None else Decimal(value)
    return Figure(
        "quote", "hafen", period("2025"), date(2025, 12, 31), number, withheld, quality, Era(0, frozenset()), ()
    )


@pytest.mark.parametrize(
    ("withheld", "sign"),
    [
        (Missing.EMPTY, "."), (Missing.UNKNOWN, "."), (Missing.LATER, "…"), (Missing.UNRELIABLE, "/"),
        (Missing.MEANINGLESS, "x"), (Missing.SUPPRESSED, "*"), (Withheld.CASES, "."), (Withheld.CLASS, "."),
    ],
)  # fmt: skip
def test_what_is_withheld_stands_as_the_sign_of_official_statistics(withheld: Withheld | Missing, sign: str) -> None:
    shown = of_figure(figure(None, withheld), SHARE, "de")
    assert (shown.text, shown.quality) == (sign, None)
    assert len(shown.used) == 1


def test_every_reason_has_a_sign() -> None:
    for reason in (*Missing, *Withheld):
        assert of_figure(figure(None, reason), SHARE, "de").text


def test_zero_is_a_number_and_never_a_dash() -> None:
    assert of_figure(figure("0"), COUNT, "de").text == "0"


@pytest.mark.parametrize(
    ("quality", "sign"),
    [(Quality.FINAL, None), (Quality.PROVISIONAL, "p"), (Quality.REVISED, "r"), (Quality.ESTIMATED, "s")],
)
def test_quality_stands_behind_the_number(quality: Quality, sign: str | None) -> None:
    shown = of_figure(figure("23.46", None, quality), SHARE, "de")
    assert (shown.text, shown.quality, shown.used) == ("23,5\xa0%", sign, frozenset({sign} if sign else ()))


def test_units_stand_beside_the_name_where_the_number_does_not_carry_them() -> None:
    assert (label(SHARE), label(SHARE, short=False), label(COUNT)) == ("Quote", "Quote der Kinder", "Quote (Besuche)")
    assert (apart(Decimal("-3.25"), SHARE, "en"), apart(Decimal(12), COUNT, "de")) == ("−3.3\xa0pp", "+12")
