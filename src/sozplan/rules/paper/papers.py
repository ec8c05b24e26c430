"""The papers that there are, with the place that each stands at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.papers import FurtherPaper, Paper
from sozplan.model.terms import Status


class Written(NamedTuple):
    """A paper of a plan and the keys that lead to it."""

    plan: AreaPlan
    paper: Paper
    path: tuple[str | int, ...]

    @property
    def kind(self) -> Text:
        return self.paper.kind.label if isinstance(self.paper, FurtherPaper) else _DECISION

    @property
    def is_further(self) -> bool:
        """Whether the council is only informed."""
        return isinstance(self.paper, FurtherPaper)

    def at(self, *keys: str | int) -> Place:
        """The key, or the paper itself where it lacks that."""
        return self.plan.at(*self.path, *keys)


_DECISION = text(de="Beschlussvorlage", en="council paper")


def written(case: Case, *, drafts: bool = True) -> Iterator[Written]:
    """Of every plan that hasn't ended; a draft's paper is still being written."""
    for plan in case.plan.area_plans:
        if plan.status is Status.ENDED or (plan.status is Status.DRAFT and not drafts):
            continue
        if plan.paper is not None:
            yield Written(plan, plan.paper, ("paper",))
        yield from (Written(plan, each, ("papers", i)) for i, each in enumerate(plan.papers))


def decisive(case: Case, *, drafts: bool = True) -> Iterator[Written]:
    """Those on which somebody decides."""
    return (each for each in written(case, drafts=drafts) if not each.is_further)
