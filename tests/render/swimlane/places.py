"""What is wrong with the places of a picture, found by looking at its rectangles and lines alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from sozplan.render.swimlane.graph import Mark
from sozplan.render.swimlane.places import Box, Layout, Spot

Segment = tuple[Spot, Spot]


def boxes(layout: Layout) -> Iterator[tuple[str, Box]]:
    """Shapes, and words that stand outside of them."""
    for shape in layout.shapes:
        yield shape.node.id, shape.box
        if shape.label and shape.node.mark is not Mark.TASK:
            yield f"words of {shape.node.id}", shape.label.box
    for line in layout.lines:
        if line.label:
            yield f"answer {line.link}", line.label.box


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    """Of shapes and words with each other."""
    return [(a, b) for (a, one), (b, other) in combinations(boxes(layout), 2) if _overlap(one, other)]


def astray(layout: Layout) -> list[str]:
    """What stands outside of its lane, or of its shape."""
    lanes = {lane.holder: lane.box for lane in layout.lanes}
    found = [s.node.id for s in layout.shapes if not _inside(s.box, lanes[s.node.lane])]
    for shape in layout.shapes:
        if shape.label:
            around = shape.box if shape.node.mark is Mark.TASK else lanes[shape.node.lane]
            found += [] if _inside(shape.label.box, around) else [f"words of {shape.node.id}"]
    return found + [f"{line.link}" for line in layout.lines if not all(_holds(layout.box, spot) for spot in line.spots)]


def pierced(layout: Layout) -> list[tuple[str, str]]:
    """Lines through shapes or words; a line may touch the shapes it joins."""
    found = []
    for line in layout.lines:
        ends = {layout.shapes[line.link.source].node.id, layout.shapes[line.link.target].node.id}
        for name, box in boxes(layout):
            through = [each for each in pairwise(line.spots) if _through(each, box)]
            if through and not (
                name in ends and all(each[0] == line.spots[0] or each[1] == line.spots[-1] for each in through)
            ):
                found.append((f"{line.link}", name))
    return found


def slanted(layout: Layout) -> list[str]:
    return [
        f"{line.link}" for line in layout.lines if any(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(line.spots))
    ]


def merged(layout: Layout) -> list[tuple[str, str]]:
    """Lines that run along each other on the same place."""
    return [
        (f"{a}", f"{b}") for (a, one), (b, other) in combinations(_segments(layout), 2) if a != b and _along(one, other)
    ]


def crossings(layout: Layout) -> int:
    pairs = ((a, one, b, other) for (a, one), (b, other) in combinations(_segments(layout), 2))
    return sum(a != b and _crosses(one, other) for a, one, b, other in pairs)


def _segments(layout: Layout) -> list[tuple[int, Segment]]:
    return [(at, segment) for at, line in enumerate(layout.lines) for segment in pairwise(line.spots)]


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _inside(box: Box, around: Box) -> bool:
    return around.x <= box.x and box.right <= around.right and around.y <= box.y and box.bottom <= around.bottom


def _holds(box: Box, spot: Spot) -> bool:
    return box.x <= spot[0] <= box.right and box.y <= spot[1] <= box.bottom


def _through(segment: Segment, box: Box) -> bool:
    (x1, y1), (x2, y2) = segment
    across = min(x1, x2) < box.right - 0.01 and max(x1, x2) > box.x + 0.01
    return across and min(y1, y2) < box.bottom - 0.01 and max(y1, y2) > box.y + 0.01


def _along(one: Segment, other: Segment) -> bool:
    for axis in (0, 1):
        if one[0][axis] == one[1][axis] == other[0][axis] == other[1][axis]:
            a, b = sorted(spot[1 - axis] for spot in one)
            c, d = sorted(spot[1 - axis] for spot in other)
            return a < d and c < b
    return False


def _crosses(one: Segment, other: Segment) -> bool:
    flat, steep = (one, other) if one[0][1] == one[1][1] else (other, one)
    if flat[0][1] != flat[1][1] or steep[0][0] != steep[1][0]:
        return False
    left, right = sorted(spot[0] for spot in flat)
    top, bottom = sorted(spot[1] for spot in steep)
    return left < steep[0][0] < right and top < flat[0][1] < bottom
