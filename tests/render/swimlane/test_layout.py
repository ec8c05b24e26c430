"""Pictures of 200 processes made by chance: nothing overlaps, nothing is astray, and few lines cross."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sozplan.model.processes import Process
from sozplan.render.charts.lettering import width
from sozplan.render.swimlane.columns import columns
from sozplan.render.swimlane.graph import Link, Mark, graph
from sozplan.render.swimlane.lanes import arranged
from sozplan.render.swimlane.layout import layout
from sozplan.render.swimlane.letters import SIZE
from sozplan.render.swimlane.places import Layout, Shape
from tests.render.swimlane.crossings import fewest
from tests.render.swimlane.made import process, tangle
from tests.render.swimlane.places import astray, crossings, merged, overlaps, pierced, slanted

SEEDS = range(200)


def drawn(process: Process) -> Layout:
    return layout(graph(process), process.name, lambda holder: holder or "niemand", "de")


@pytest.fixture(scope="module")
def layouts() -> list[Layout]:
    return [drawn(process(seed)) for seed in SEEDS]


def test_they_have_3_to_60_steps_in_1_to_10_lanes_with_loops_and_branches(layouts: list[Layout]) -> None:
    processes = [process(seed) for seed in SEEDS]
    assert (min(len(p.steps) for p in processes), max(len(p.steps) for p in processes)) == (3, 60)
    assert max(len(each.lanes) for each in layouts) == 10
    marks = [{shape.node.mark for shape in each.shapes} for each in layouts]
    assert sum({Mark.FORK, Mark.JOIN} <= found for found in marks) > 100
    assert sum(any(a.box.x > b.box.x for a, b in ends(each)) for each in layouts) > 80  # ways back


def ends(found: Layout) -> list[tuple[Shape, Shape]]:
    return [(found.shapes[line.link.source], found.shapes[line.link.target]) for line in found.lines]


@pytest.mark.parametrize("fault", [overlaps, astray, pierced, slanted, merged])
def test_nothing_is_where_something_else_is(fault: Callable[[Layout], list[object]], layouts: list[Layout]) -> None:
    assert {at: found for at, each in enumerate(layouts) if (found := fault(each))} == {}


def test_words_fit_into_their_places(layouts: list[Layout]) -> None:
    for each in layouts:
        labels = [shape.label for shape in each.shapes] + [line.label for line in each.lines]
        for label in labels:
            if label is not None:
                assert max(width(line, SIZE) for line in label.lines) <= label.box.wide
                assert len(label.lines) * SIZE <= label.box.high
        for lane in each.lanes:
            assert max(width(line, SIZE) for line in lane.lines) <= lane.box.high


def test_no_word_is_lost(layouts: list[Layout]) -> None:
    for seed, each in enumerate(layouts):
        for step, shape in zip(process(seed).steps, each.shapes, strict=False):
            assert shape.label is not None
            letters = "".join(shape.label.lines).replace("-", "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
            assert letters.lstrip("0123456789") == step.name.replace(" ", "")


def test_what_follows_stands_further_right_but_for_ways_back(layouts: list[Layout]) -> None:
    for seed, each in enumerate(layouts):
        found = graph(process(seed))
        _, back = columns(found)
        for at, line in enumerate(each.lines):
            source, target = (each.shapes[end].box for end in (line.link.source, line.link.target))
            assert (source.right < target.x) is (at not in back)


def test_lines_cross_as_often_as_was_counted_before_they_had_places(layouts: list[Layout]) -> None:
    counted = []
    for seed in SEEDS:
        found = graph(process(seed))
        counted.append(arranged(found, *columns(found)).cost.crossings)
    assert [crossings(each) for each in layouts] == counted


def test_the_same_process_gives_the_same_picture() -> None:
    assert drawn(process(7)) == drawn(process(7))


def test_up_to_eight_steps_no_order_has_fewer_crossings() -> None:
    for seed in range(300):
        found = graph(process(seed, (3, 8)))
        column, back = columns(found)
        ours = arranged(found, column, back).cost.crossings
        assert ours == 0 or fewest(found, column, enough=ours - 1) == ours


def test_nor_in_a_tangle_of_eight_steps() -> None:
    """Links anywhere, back and forth: the numbers are those of the search through all orders, as long as it ends."""
    crossed = 0
    for seed in range(100):
        found = graph(tangle(seed))
        column, back = columns(found)
        ours = arranged(found, column, back).cost.crossings
        if ours and _is_small(found.links, column):
            crossed += 1
            assert fewest(found, column, enough=ours - 1) >= ours, seed
    assert crossed > 3


def _is_small(links: Sequence[Link], column: list[int]) -> bool:
    """Whether no column is passed and filled by so much that its orders can't be tried."""
    spans = [sorted((column[link.source], column[link.target])) for link in links]
    return all(column.count(at) + sum(a < at < b for a, b in spans) <= 5 for at in set(column))
