from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.render.word.metrics import measured, runs
from sozplan.render.word.widths import Column, Line, Part, broken_lines, widths

TOTAL = 9355


def line(text: str, size: float = 1.0) -> Line:
    return [Part(text, size)]


def column(texts: list[str], share: float | None = None, *, head: str = "", fixed: bool = False) -> Column:
    return Column([line(head)], [[line(text)] for text in texts], share, fixed)


def of(*columns: Column) -> list[int]:
    return widths(columns, TOTAL).twips


def test_letters_are_as_wide_as_in_arial() -> None:
    """Thousandths of the size from the font's own tables, which its maker publishes."""
    assert measured("Wi", 10) == pytest.approx((944 + 222) / 1000 * 10 * 20)
    assert measured("Wi", 10, bold=True) == pytest.approx((944 + 278) / 1000 * 10 * 20)
    assert measured("a\u00adb", 10) == measured("ab", 10)
    assert runs("Verdana") > runs("Arial") > runs("Calibri")


def test_a_column_of_figures_is_as_wide_as_its_longest_figure_and_the_text_gets_the_rest() -> None:
    text, figure = of(column(["Eine Maßnahme " * 8]), column(["1.577.551,00"], head="2026", fixed=True))
    assert text + figure == TOTAL
    assert 1000 < figure < 1700


def test_the_head_of_figures_may_be_broken_at_its_blanks() -> None:
    _, figure = of(column(["Text " * 80]), column(["12,2 %"], head="Stadt Mühlbrücken insgesamt", fixed=True))
    assert measured("Mühlbrücken", 8.5) < figure < measured("Stadt Mühlbrücken", 8.5)


def test_what_stands_below_a_figure_gives_way_to_a_text_that_would_be_long() -> None:
    below = Column([], [[line("24"), line("4. Quartal 2024")]] * 3, fixed=True)
    text, *figures = of(column(["Days until the first talk on debts"] * 3), *[below] * 6)
    assert text > 1500
    assert all(figure > measured("Quartal", 8.5) for figure in figures)


def test_a_bold_head_and_a_footnote_that_follows_a_word_have_their_room() -> None:
    light = Column([], [[[Part("▲\u00a0gefährdet", bold=True), Part("19 20", 0.65)]]])
    found, _ = of(light, column(["Text " * 200]))
    assert found > measured("▲\u00a0gefährdet", 8.5, bold=True) + measured("19", 8.5 * 0.65)


def test_what_the_author_says_holds_where_all_lines_fit() -> None:
    assert of(column(["kurz"], 0.3), column(["auch"])) == [2806, 6549]
    assert of(column(["Stelle"], 0.46), column([""], 0.22), column([""])) == [4303, 2058, 2994]


def test_where_they_do_not_fit_room_goes_by_the_text() -> None:
    short, long = of(column(["Wort " * 20] * 3, 0.7), column(["Wort " * 80] * 3, 0.3))
    assert long > 2.5 * short
    first, second = of(column(["Wort " * 50]), column(["Wort " * 50]))
    assert abs(first - second) <= 400


def test_columns_that_people_fill_in_keep_what_the_author_wants() -> None:
    _, empty = of(column(["Wort " * 90]), column([""], 0.3, head="Zeichen"))
    assert empty == round(TOTAL * 0.3)


def test_a_table_is_as_low_as_it_gets() -> None:
    """No other division into two is lower, tried one by one."""
    texts = (
        ["eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf " * n for n in (3, 2)],
        ["ein Wort " * 9] * 2,
    )
    left, right = (column(each) for each in texts)

    def lines(column: Column, width: int) -> list[int]:
        words = [[measured(word, 8.5) for word in cell[0][0].text.split()] for cell in column.cells]
        return [broken_lines(each, width - 200, measured(" ", 8.5)) for each in words]

    def whole(width: int) -> int:
        return sum(map(max, zip(lines(left, width), lines(right, TOTAL - width), strict=True)))

    assert whole(of(left, right)[0]) == min(whole(width) for width in range(1500, 8000, 50))


def test_smaller_text_takes_less_room() -> None:
    small, large = (
        of(Column([], [[line("12.345,67", size)]], fixed=True), column(["Text " * 50]))[0] for size in (0.5, 1)
    )
    assert small < large


def test_the_type_becomes_smaller_before_a_word_is_broken() -> None:
    words = ["Grundsicherung", "Gebietsübergreifend", "Weststadt", "Bahnviertel", "Maßnahmen", "Übergänge", "Leitziele"]
    found = widths([column([word * (1 + (word == "Leitziele"))]) for word in words], TOTAL - 1500)
    assert found.scale < 1
    assert all(wide > measured(word, 8.5 * found.scale) for word, wide in zip(words, found.twips, strict=True))


def test_long_words_are_broken_only_where_there_is_no_room() -> None:
    word = "Grundsicherungsempfängerinnen"
    assert of(column([word]), column(["kurz"]))[0] > 3000
    crowded = widths([column([word])] * 6, TOTAL)
    assert crowded.scale == pytest.approx(0.82)
    assert max(crowded.twips) - min(crowded.twips) <= 6
    assert sum(crowded.twips) == TOTAL


def test_a_picture_has_its_room() -> None:
    assert of(Column([], [[[Part("", twips=2000)]]]), column(["Text " * 50]))[0] >= 2000


_PART = st.builds(Part, st.text(max_size=60), st.floats(0.5, 1), st.booleans(), st.none() | st.floats(0, 4000))
_CELLS = st.lists(st.lists(st.lists(_PART, max_size=3), max_size=4), min_size=2, max_size=2)
_COLUMN = st.builds(
    Column, st.lists(st.lists(_PART, max_size=2), max_size=2), _CELLS, st.none() | st.floats(0.01, 0.9), st.booleans()
)


@given(st.lists(_COLUMN, min_size=1, max_size=9))
def test_all_columns_together_reach_from_margin_to_margin(columns: list[Column]) -> None:
    found = of(*columns)
    assert sum(found) == TOTAL
    assert all(width > 0 for width in found)


def test_words_of_a_list_have_room_beside_its_indent() -> None:
    word = "Grundsicherungsempfängerinnen"
    plain, indented = (Column([], [[[Part(word, indent=indent)]]]) for indent in (0, 340))
    assert indented.least(8.5, broken=False) == pytest.approx(plain.least(8.5, broken=False) + 340 * 1.02)


def test_what_stands_below_a_figure_is_not_broken_for_nothing() -> None:
    """The first column has three lines anyway, as wide or narrow as it is."""
    text = Column([], [[line("Fluktuation"), line("Korridor"), line("seit 2020")]] * 4)
    below = Column([], [[line("19,3 %"), line("18,5 bis 19,7 %")]] * 4, fixed=True)
    _, figure, _ = of(text, below, column(["Wort " * 40] * 4))
    assert figure > measured("18,5 bis 19,7 %", 8.5)
