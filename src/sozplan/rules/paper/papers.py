"""The papers that there are, with the place that each stands at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.papers import FurtherPaper, Paper
from sozplan.model.strategy import Strategy
from sozplan.model.terms import Status


class Written(NamedTuple):
    """A paper, the plan or the strategy that it stands in, and the keys that lead to it."""

    owner: AreaPlan | Strategy
    paper: Paper
    path: tuple[str | int, ...]

    @property
    def name(self) -> Text:
        """What people call it."""
        if isinstance(self.owner, Strategy):
            return text(de="Gesamtübersicht", en="Summary")
        kind = self.paper.kind.label if isinstance(self.paper, FurtherPaper) else _DECISION
        return text(de=f"{kind.de} zu „{self.owner.id}“", en=f"{kind.en} on “{self.owner.id}”")

    @property
    def decides(self) -> bool:
        """Whether somebody decides on it; else it is only taken note of."""
        return isinstance(self.owner, AreaPlan) and not isinstance(self.paper, FurtherPaper)

    def at(self, *keys: str | int) -> Place:
        """The key, or the paper itself where it lacks that."""
        return self.owner.at(*self.path, *keys)


_DECISION = text(de="Beschlussvorlage", en="Council paper")


def written(case: Case, *, drafts: bool = True) -> Iterator[Written]:
    """Of the strategy and of every plan that hasn't ended; a draft's paper is still being written."""
    for root in case.plan.all(Strategy):
        if root.paper is not None:
            yield Written(root, root.paper, ("paper",))
    for plan in case.plan.area_plans:
        if plan.status is Status.ENDED or (plan.status is Status.DRAFT and not drafts):
            continue
        if plan.paper is not None:
            yield Written(plan, plan.paper, ("paper",))
        yield from (Written(plan, each, ("papers", i)) for i, each in enumerate(plan.papers))


def consulted(case: Case) -> Iterator[Written]:
    """Those that go through the bodies: a summary may do without."""
    return (e for e in written(case, drafts=False) if isinstance(e.owner, AreaPlan) or e.paper.consultations)


def decisive(case: Case, *, drafts: bool = True) -> Iterator[Written]:
    """Those on which somebody decides."""
    return (each for each in written(case, drafts=drafts) if each.decides)
