"""Counts over many runs: how often each area kept its class, and the span of its ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sozplan.analysis.index.assemble import usable
from sozplan.analysis.index.classes import classify, ranks
from sozplan.analysis.index.rating import Floats
from sozplan.analysis.index.result import IndexResult
from sozplan.diagnostics import Text
from sozplan.model.terms import Term

Whole = NDArray[np.int64]


class Kind(Term):
    LEFT_OUT = "left-out", "eine Komponente weggelassen", "one component left out"
    WEIGHTS = "weights", "andere Gewichte", "other weights"
    STANDARDISATION = "standardisation", "andere Standardisierung", "another standardisation"
    POOLED = "pooled", "mehrere Jahre zusammengefasst", "several years pooled"


class Variation(NamedTuple):
    """Runs of one kind: what was changed, how many of them, and the share of areas that kept their class."""

    kind: Kind
    label: Text
    runs: int
    kept: float | None


class Firmness(NamedTuple):
    """How an area fared: share of all runs in its class, and the best and worst rank among them and the result."""

    unit: str
    share: float | None
    shares: dict[Kind, float]
    most_burdened_rank: int
    least_burdened_rank: int


@dataclass(frozen=True, slots=True)
class Variations:
    """`areas` in the order of the result's; what couldn't be run is said in `notes`."""

    areas: tuple[Firmness, ...]
    variations: tuple[Variation, ...]
    runs: int
    notes: tuple[Text, ...]


class Runs(NamedTuple):
    """Scores of the rated areas, run by run."""

    kind: Kind
    label: Text
    scores: Floats


class Tally:
    """Counts, per area, the runs in its class and the ranks it had, a block of runs at a time."""

    def __init__(self, given: IndexResult) -> None:
        rating, method = given.rating, given.method
        scores = rating.scores[rating.rated][None, :]
        self.given, self.classes = given, usable(method.classes, method, rating.recipe, rating)
        self.own = None if self.classes is None else classify(self.classes, scores)
        self.best = self.worst = ranks(scores)[0]
        self.kept: dict[Kind, Whole] = {}
        self.runs: dict[Kind, int] = {}
        self.variations: dict[tuple[Kind, Text], tuple[int, int]] = {}

    def add(self, some: Runs) -> None:
        found = ranks(some.scores)
        self.best = np.minimum(self.best, found.min(axis=0))
        self.worst = np.maximum(self.worst, found.max(axis=0))
        self.runs[some.kind] = self.runs.get(some.kind, 0) + len(found)
        runs, kept = self.variations.get(some[:2], (0, 0))
        if self.classes is not None:
            same: Whole = np.count_nonzero(classify(self.classes, some.scores) == self.own, axis=0)
            self.kept[some.kind] = self.kept[some.kind] + same if some.kind in self.kept else same
            kept += int(same.sum())
        self.variations[some[:2]] = (runs + len(found), kept)

    def result(self, notes: tuple[Text, ...]) -> Variations:
        total = sum(self.runs.values())
        areas = len(self.given.areas)
        variations = tuple(
            Variation(kind, label, runs, None if self.classes is None else kept / (runs * areas))
            for (kind, label), (runs, kept) in self.variations.items()
        )
        return Variations(tuple(self._firmness(total)), variations, total, notes)

    def _firmness(self, total: int) -> Iterator[Firmness]:
        kept = {kind: counts.tolist() for kind, counts in self.kept.items()}
        best, worst = self.best.tolist(), self.worst.tolist()
        for i, area in enumerate(self.given.areas):
            shares = {kind: counts[i] / self.runs[kind] for kind, counts in kept.items()}
            share = sum(counts[i] for counts in kept.values()) / total if kept else None
            yield Firmness(area.unit, share, shares, best[i], worst[i])
