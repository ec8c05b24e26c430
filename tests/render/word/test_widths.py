from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozplan.render.word.widths import Column, widths

TOTAL = 9355


def column(texts: list[str], share: float | None = None, *, fixed: bool = False, pictures: float = 0) -> Column:
    return Column([[(text, 1.0)] for text in texts], share, fixed, pictures)


def test_a_column_of_figures_is_as_wide_as_its_longest_figure_and_the_text_gets_the_rest() -> None:
    text, figure = widths(
        [column(["Aufwand", "Eine Maßnahme " * 8]), column(["2026", "1.577.551,00"], fixed=True)], TOTAL
    )
    assert text + figure == TOTAL
    assert 1000 < figure < 1700


def test_what_the_author_says_holds_where_the_words_fit() -> None:
    narrow, wide = widths([column(["Nr.", "1"], 0.06), column(["Text " * 50])], TOTAL)
    assert narrow == round(TOTAL * 0.06)
    assert wide == TOTAL - narrow
    broad, _ = widths([column(["Haushaltsvorbehalt"], 0.06), column(["Text " * 50])], TOTAL)
    assert broad > TOTAL * 0.15


def test_wishes_that_are_too_much_give_way_to_the_words() -> None:
    figures = [column(["Nordhafen", "12,2 %"], fixed=True)] * 4
    wishing = widths([column(["Kennzahl " * 9], 0.6), column(["Stand"], 0.3), *figures], TOTAL)
    modest = widths([column(["Kennzahl " * 9]), *figures], TOTAL)
    assert wishing[2:] == modest[1:]
    assert wishing[0] > wishing[1]


def test_smaller_text_takes_less_room() -> None:
    small, large = (
        widths([Column([[("12.345,67", size)]], fixed=True), column(["Text " * 50])], TOTAL)[0] for size in (0.5, 1)
    )
    assert small < large


def test_long_words_are_broken_only_where_there_is_no_room() -> None:
    word = "Grundsicherungsempfängerinnen"
    fits = widths([column([word]), column(["kurz"])], TOTAL)
    assert fits[0] > 3000
    crowded = widths([column([word])] * 6, TOTAL)
    assert max(crowded) - min(crowded) <= 6
    assert sum(crowded) == TOTAL


def test_a_picture_has_its_room() -> None:
    picture, _ = widths([column([""], pictures=2000), column(["Text " * 50])], TOTAL)
    assert picture >= 2000


_LINES = st.lists(st.lists(st.tuples(st.text(max_size=60), st.floats(0.5, 1)), max_size=3), max_size=4)
_COLUMN = st.builds(Column, _LINES, st.none() | st.floats(0.01, 0.9), st.booleans(), st.floats(0, 4000))


@given(st.lists(_COLUMN, min_size=1, max_size=9))
def test_all_columns_together_reach_from_margin_to_margin(columns: list[Column]) -> None:
    found = widths(columns, TOTAL)
    assert sum(found) == TOTAL
    assert all(width > 0 for width in found)
