"""The chart of an organisation: every box whole, no box on another, whatever the depth and the width."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from sozplan.diagnostics import text
from sozplan.render.charts.organigram import TALLEST, Band, Chart, Node, organigram
from sozplan.render.charts.picture import WIDTH, Picture
from tests.render.charts.words import words

READING = text(de="Kästen.", en="Boxes.")


def tree(depth: int, wide: int, name: str = "A") -> Node:
    below = tuple(tree(depth - 1, wide, f"{name}{at}") for at in range(wide)) if depth else ()
    return Node(name, f"Amt für {name} und Weiteres", below, (name,), strong=depth > 1)


def drawn(*trees: Node, bands: tuple[Band, ...] = ()) -> tuple[Picture, ...]:
    return organigram(Chart(trees, bands, ("Stelle",)), "Das Haus.", READING, "de")


Box = tuple[float, float, float, float]


def boxes(svg: str) -> list[Box]:
    """Closed outlines of four corners."""
    found = []
    for path in re.findall(r'<path d="M([^"]+)" fill="none"', svg):
        spots = [tuple(map(float, spot.split(","))) for spot in path.split("L")]
        if len(spots) == 5:
            found.append((spots[0][0], spots[0][1], spots[2][0], spots[2][1]))
    return found


def overlap(one: Box, two: Box) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    return across > 0.1 and min(one[3], two[3]) - max(one[1], two[1]) > 0.1


SHAPES = [(1, 1), (1, 3), (1, 30), (2, 2), (2, 7), (3, 3), (6, 1), (9, 1), (4, 2)]


@pytest.mark.parametrize(("depth", "wide"), SHAPES)
def test_boxes_stand_apart_on_the_sheet_and_hold_their_words(depth: int, wide: int) -> None:
    for picture in drawn(tree(depth, wide)):
        height = float(re.findall(r'viewBox="0 0 453 ([\d.]+)"', picture.svg)[0])
        found = boxes(picture.svg)
        assert height <= TALLEST + 2
        assert [pair for pair in combinations(found, 2) if overlap(*pair)] == []
        assert [box for box in found if box[0] < 0 or box[1] < 0 or box[2] > WIDTH + 0.1 or box[3] > height] == []
        outside = [
            each.text for each in words(picture.svg)
            if not any(b[0] <= each.left and each.right <= b[2] + 0.1 and b[1] <= each.top and each.bottom <= b[3]
                       for b in found)
        ]  # fmt: skip
        assert outside == []


@pytest.mark.parametrize(("depth", "wide"), SHAPES)
def test_each_node_has_its_box_and_its_row(depth: int, wide: int) -> None:
    """Over all drawings; heads of parts stand in the first as well."""
    pictures = drawn(tree(depth, wide))
    names = {row[0] for picture in pictures for row in picture.rows}
    count = sum(wide**level for level in range(depth + 1))
    assert len(names) == count
    assert all(len(boxes(picture.svg)) == len(picture.rows) for picture in pictures)


def test_what_fits_is_one_drawing_and_what_does_not_is_split_by_branches() -> None:
    small, large = drawn(tree(2, 3)), drawn(tree(3, 4))
    assert [picture.title for picture in small] == ["Das Haus."]
    assert [picture.title for picture in large] == [
        "Das Haus.", "Amt für A0 und Weiteres.", "Amt für A1 und Weiteres.", "Amt für A2 und Weiteres.",
        "Amt für A3 und Weiteres.",
    ]  # fmt: skip


def test_the_drawing_in_sentences() -> None:
    bands = (Band("Draußen", (Node("Träger", "Vertrag mit Amt 50", dashed=True, row=("Träger",)), Node("Verein"))),)
    (picture,) = drawn(tree(2, 2), bands=bands)
    assert picture.alt == "Das Haus. A: A0 (A00, A01), A1 (A10, A11). Draußen: Träger (Vertrag mit Amt 50), Verein."


def test_who_stands_outside_is_dashed() -> None:
    bands = (Band("Draußen", (Node("Träger", dashed=True, row=("Träger",)),)),)
    (picture,) = drawn(tree(1, 1), bands=bands)
    dashed = re.findall(r'stroke="#595959" stroke-width="0\.8" stroke-dasharray="4 2\.5"', picture.svg)
    assert len(dashed) == 1


def test_many_partners_go_on_in_a_further_drawing() -> None:
    band = Band("Draußen", tuple(Node(f"Träger {at}", "Vertrag mit Amt 50", row=(str(at),)) for at in range(200)))
    pictures = drawn(tree(1, 2), bands=(band,))
    assert sum(len(picture.rows) for picture in pictures) == 203
    assert all(float(re.findall(r'0 0 453 ([\d.]+)"', picture.svg)[0]) <= TALLEST + 2 for picture in pictures)
