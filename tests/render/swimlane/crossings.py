"""The fewest crossings of a process, found by trying every order of lanes, and of nodes in each column.

Nothing here knows how the pictures are made: links are followed column by column as straight lines, as in textbooks on
drawing graphs in layers; those that lead back are taken the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from sozplan.render.swimlane.graph import Graph

Layer = tuple[int, ...]
"""Nodes by their number, and places where a link passes, by numbers below zero."""


def fewest(graph: Graph, columns: Sequence[int], *, enough: int = 0) -> int:
    """Stops where an order is found with `enough` crossings or fewer."""
    layers, edges = _layered(graph, columns)
    best = 10**9
    for lanes in permutations(graph.lanes):
        rank = {lane: place for place, lane in enumerate(lanes)}
        lane_of = {at: rank[node.lane] for at, node in enumerate(graph.nodes)}
        best = min(best, _least(layers, edges, lane_of))
        if best <= enough:
            break
    return best


def _layered(graph: Graph, columns: Sequence[int]) -> tuple[list[list[int]], list[list[tuple[int, int]]]]:
    layers: list[list[int]] = [[] for _ in range(max(columns) + 1)]
    for at, column in enumerate(columns):
        layers[column].append(at)
    edges: list[list[tuple[int, int]]] = [[] for _ in layers]
    passing = 0
    for link in graph.links:
        first, last = sorted((link.source, link.target), key=lambda at: columns[at])
        previous = first
        for column in range(columns[first] + 1, columns[last] + 1):
            here = last
            if column < columns[last]:
                passing -= 1
                here = passing
                layers[column].append(here)
            edges[column].append((previous, here))
            previous = here
    return layers, edges


def _least(layers: Sequence[Sequence[int]], edges: Sequence[Sequence[tuple[int, int]]], lane_of: dict[int, int]) -> int:
    """The least sum over all orders, column by column."""
    known: dict[Layer, int] = dict.fromkeys(_orders(layers[0], lane_of), 0)
    for layer, between in zip(layers[1:], edges[1:], strict=True):
        found: dict[Layer, int] = {}
        for order in _orders(layer, lane_of):
            below = {at: place for place, at in enumerate(order)}
            found[order] = min(sofar + _crossed(left, below, between) for left, sofar in known.items())
        known = found
    return min(known.values())


def _orders(layer: Sequence[int], lane_of: dict[int, int]) -> Iterator[Layer]:
    """Steps in the order of their lanes; what passes is anywhere."""
    for order in permutations(layer):
        lanes = [lane_of[at] for at in order if at >= 0]
        if lanes == sorted(lanes):
            yield order


def _crossed(left: Layer, right: dict[int, int], between: Sequence[tuple[int, int]]) -> int:
    places = {at: place for place, at in enumerate(left)}
    ends = [(places[a], right[b]) for a, b in between]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
