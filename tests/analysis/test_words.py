"""Days in words agree with the locale data that papers are set with."""

from __future__ import annotations

from datetime import date

import pytest

from sozplan.analysis.words import told_day
from sozplan.render.numbers import day


@pytest.mark.parametrize("month", range(1, 13))
def test_days_read_like_those_of_the_papers(month: int) -> None:
    when = date(2026, month, 3)
    assert (told_day(when).de, told_day(when).en) == (day(when, "de"), day(when, "en"))
