"""What of a plan fits on one page: the first of everything, shortened where it must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozplan.model.areas import AreaPlan
from sozplan.render.views.course import LATE, Mark, MeasureRow
from sozplan.render.views.deviations import Deviation
from sozplan.render.views.profile import ProfileRow
from sozplan.render.views.targets import GoalRows, TargetRow

_TARGETS, _MEASURES, _FIGURES, _URGENT = 11, 12, 7, 2
_REST = 14
"""Lines that stand in the other column always."""
_PROFILE, _DEMAND = 420, 150
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")


@dataclass(frozen=True, slots=True)
class Sheet:
    profile: str
    targets: tuple[TargetRow, ...]
    more_targets: int
    measures: tuple[MeasureRow, ...]
    more_measures: int
    profile_rows: tuple[ProfileRow, ...]
    late: tuple[tuple[MeasureRow, Mark], ...]
    """Milestones that should have been reached."""
    needed: tuple[str, ...]
    """What somebody has to decide."""

    @property
    def has_room(self) -> bool:
        """Whether the column of goals and measures is the shorter one, so that a map fits below them."""
        beside = len(self.profile_rows) + 3 * (len(self.late) + len(self.needed)) + _REST
        return 2 * len(self.targets) + len(self.measures) < beside

    @property
    def used(self) -> frozenset[str]:
        """The signs that need a legend."""
        return frozenset().union(*(row.used for row in self.profile_rows), *(row.actual.used for row in self.targets))


def sheet(
    area_plan: AreaPlan,
    goals: Sequence[GoalRows],
    measures: Sequence[MeasureRow],
    profile: Sequence[ProfileRow],
    deviations: Sequence[Deviation],
) -> Sheet:
    targets = [row for block in goals for row in block.rows]
    late = [(row, mark) for row in measures for mark in row.marks if mark.state == LATE]
    needed = [d.review.decision_needed for d in deviations if d.review and d.review.decision_needed]
    return Sheet(
        profile=first_sentences(area_plan.profile or "", _PROFILE),
        targets=tuple(targets[:_TARGETS]),
        more_targets=max(0, len(targets) - _TARGETS),
        measures=tuple(measures[:_MEASURES]),
        more_measures=max(0, len(measures) - _MEASURES),
        profile_rows=tuple(profile[:_FIGURES]),
        late=tuple(late[:_URGENT]),
        needed=tuple(first_sentences(each, _DEMAND) for each in needed[:_URGENT]),
    )


def first_sentences(words: str, most: int) -> str:
    """As many whole sentences as there is room for; of a single one that is too long its beginning."""
    line = " ".join(words.split())
    kept = ""
    for sentence in _SENTENCE.split(line):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or (line if len(line) <= most else f"{line[: most - 1].rstrip()}…")
