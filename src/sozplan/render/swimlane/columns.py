"""Columns: each link leads to a column further right, but for those that go back."""

from __future__ import annotations

from collections.abc import Sequence

from sozplan.render.swimlane.graph import Graph, Mark, following, starts
from sozplan.rules.proc.graph import returning


def columns(graph: Graph) -> tuple[list[int], frozenset[int]]:
    """The column of each node, from 0 without gaps, and the links that lead back."""
    leading_back = returning(starts(graph), following(graph))
    back = frozenset(at for at, link in enumerate(graph.links) if (link.source, link.target) in leading_back)
    ahead: list[list[int]] = [[] for _ in graph.nodes]
    coming = [0] * len(graph.nodes)
    for at, link in enumerate(graph.links):
        if at not in back:
            ahead[link.source].append(link.target)
            coming[link.target] += 1
    column = _longest(ahead, coming)
    for at, nexts in enumerate(ahead):  # a second beginning stands close to what it begins
        if nexts and not coming[at] and graph.nodes[at].mark is Mark.START:
            column[at] = max(0, min(column[to] for to in nexts) - 1)
    return column, back


def _longest(ahead: Sequence[Sequence[int]], coming: Sequence[int]) -> list[int]:
    """The length of the longest way to each node."""
    left = list(coming)
    column = [0] * len(left)
    ready = [at for at, count in enumerate(left) if not count]
    while ready:
        at = ready.pop()
        for to in ahead[at]:
            column[to] = max(column[to], column[at] + 1)
            left[to] -= 1
            if not left[to]:
                ready.append(to)
    return column
