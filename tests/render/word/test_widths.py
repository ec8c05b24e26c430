from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozplan.render.word.widths import Column, widths

TOTAL = 9355


def test_a_column_of_figures_is_as_wide_as_its_longest_figure_and_the_text_gets_the_rest() -> None:
    text, figure = widths(
        [Column(["Aufwand", "Eine Maßnahme " * 8]), Column(["2026", "1.577.551,00"], fixed=True)], TOTAL
    )
    assert text + figure == TOTAL
    assert 1000 < figure < 1700


def test_what_the_author_says_holds_where_the_words_fit() -> None:
    narrow, wide = widths([Column(["Nr.", "1"], 0.06), Column(["Text " * 50])], TOTAL)
    assert narrow == round(TOTAL * 0.06)
    assert wide == TOTAL - narrow
    broad, _ = widths([Column(["Haushaltsvorbehalt"], 0.06), Column(["Text " * 50])], TOTAL)
    assert broad > TOTAL * 0.15


def test_long_words_are_broken_only_where_there_is_no_room() -> None:
    word = "Grundsicherungsempfängerinnen"
    fits = widths([Column([word]), Column(["kurz"])], TOTAL)
    assert fits[0] > 3000
    crowded = widths([Column([word])] * 6, TOTAL)
    assert max(crowded) - min(crowded) <= 6
    assert sum(crowded) == TOTAL


def test_a_picture_has_its_room() -> None:
    picture, _ = widths([Column([""], pictures=2000), Column(["Text " * 50])], TOTAL)
    assert picture >= 2000


@given(st.lists(st.builds(Column, st.lists(st.text(max_size=60), max_size=4), st.none() | st.floats(0.01, 0.9),
                          st.booleans(), st.floats(0, 4000)), min_size=1, max_size=9))  # fmt: skip
def test_all_columns_together_reach_from_margin_to_margin(columns: list[Column]) -> None:
    found = widths(columns, TOTAL)
    assert sum(found) == TOTAL
    assert all(width > 0 for width in found)
