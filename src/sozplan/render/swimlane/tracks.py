"""Tracks: where between two columns each wire runs up or down; none lies on another, none crosses without need."""

from __future__ import annotations

from collections.abc import Sequence

from sozplan.render.swimlane.wires import Way, Wire

_APART = 3.0
"""Two wires on one track stay so far from each other."""


def tracks(wires: Sequence[Wire]) -> dict[int, int]:
    """The track of each link, counted from the left; what goes straight through needs none.

    Ways back that begin here turn first, the shorter ones inside; those that end here turn last,
    right of all others, so that a picture can be cut before them.
    Of two that go down the lower one turns first, of two that go up the upper one.
    """
    found: dict[int, int] = {}
    placed: list[tuple[Wire, int]] = []
    for wire in sorted((each for each in wires if each.a != each.b), key=_turn):
        least = 0 if wire.way != Way.RIGHT else max((t + 1 for each, t in placed if each.way != Way.RIGHT), default=0)
        taken = set()
        for other, track in placed:
            if not _overlap(wire, other):
                continue
            taken.add(track)
            if _must_follow(wire, other):
                least = max(least, track + 1)
        while least in taken:
            least += 1
        found[wire.link] = least
        placed.append((wire, least))
    return found


def _turn(wire: Wire) -> tuple[int, int, float, int]:
    if wire.way == Way.LEFT:
        return 0, 0, wire.high - wire.low, wire.link
    if wire.way == Way.RIGHT:
        return 2, 0, wire.low - wire.high, wire.link
    is_down = wire.b > wire.a
    return 1, not is_down, -wire.a if is_down else wire.a, wire.link


def _must_follow(wire: Wire, earlier: Wire) -> bool:
    """Whether turning before the earlier one would make them cross, or touch."""
    if wire.way != earlier.way or wire.way != Way.ACROSS:
        return True
    return (wire.b > wire.a) == (earlier.b > earlier.a)


def _overlap(one: Wire, other: Wire) -> bool:
    return one.low < other.high + _APART and other.low < one.high + _APART
