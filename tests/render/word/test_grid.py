from __future__ import annotations

from xml.etree import ElementTree

from sozplan.render.word.grid import Grid, grid


def of(rows: str, part: str = "tbody") -> Grid:
    return grid(ElementTree.fromstring(f"<table><{part}>{rows}</{part}></table>"))  # noqa: S314 - written here


def places(found: Grid) -> list[list[tuple[int, int, int, str | None]]]:
    return [
        [(c.column, c.columns, c.rows, c.node.text if c.node is not None else None) for c in row.cells]
        for row in found.rows
    ]


def test_cells_over_columns_and_rows_keep_the_others_in_their_places() -> None:
    found = of(
        '<tr><td rowspan="2">a</td><td colspan="2">b</td></tr>'
        '<tr><td>c</td><td rowspan="2">d</td></tr><tr><td>e</td><td>f</td></tr>'
    )
    assert places(found) == [
        [(0, 1, 2, "a"), (1, 2, 1, "b")],
        [(0, 1, 1, None), (1, 1, 1, "c"), (2, 1, 2, "d")],
        [(0, 1, 1, "e"), (1, 1, 1, "f"), (2, 1, 1, None)],
    ]
    assert len(found.shares) == 3


def test_spans_that_are_no_numbers_or_too_large_do_no_harm() -> None:
    assert places(of('<tr><td colspan="0">a</td><td colspan="x">b</td></tr>')) == [[(0, 1, 1, "a"), (1, 1, 1, "b")]]
    assert len(of('<tr><td colspan="999999">a</td></tr>').shares) == 100


def test_a_width_counts_for_its_column_once() -> None:
    found = of(
        '<tr><th style="width: 12.5%">a</th><th>b</th></tr><tr><td style="width:90%">c</td><td>d</td></tr>', "thead"
    )
    assert found.shares == (0.125, None)
    assert found.head == 2


def test_a_table_has_row_heads_if_each_row_has_one() -> None:
    assert of("<tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr>").has_row_heads
    assert not of("<tr><th>a</th><td>1</td></tr><tr><td>b</td><td>2</td></tr>").has_row_heads
    assert not of("<tr><th>a</th></tr>", "thead").has_row_heads
