"""The kinds of papers, and which of a plan's papers says what its head needs."""

from __future__ import annotations

from datetime import date

from sozplan.model.areas import AreaPlan
from sozplan.model.papers import FurtherPaper, Paper
from sozplan.model.terms import Term


class Kind(Term):
    DECISION = "decision", "Beschlussvorlage", "Council paper"
    INFORMATION = "information", "Mitteilungsvorlage", "Information paper"
    PROGRESS = "progress", "Sachstandsbericht", "Progress report"
    AREA_SHEET = "area-sheet", "Gebietsblatt", "Area sheet"
    COOPERATION = "cooperation", "Kooperationsblatt", "Cooperation sheet"
    SUMMARY = "summary", "Gesamtübersicht", "Summary"
    INVENTORY = "inventory", "Bestandsaufnahme", "Inventory"
    FUNDING = "funding", "Förderbericht", "Funding report"

    @property
    def decides(self) -> bool:
        return self is Kind.DECISION

    @property
    def has_head(self) -> bool:
        """Whether it may go through the bodies under a number of its own."""
        return self is not Kind.AREA_SHEET

    @property
    def of_all(self) -> bool:
        """Whether it is about the whole municipality instead of a plan."""
        return self in {Kind.SUMMARY, Kind.INVENTORY, Kind.FUNDING}

    def file_name(self, plan: AreaPlan | None) -> str:
        """Without ending; what is about all is about no single plan."""
        if plan is None:
            return self.value
        return plan.id if self is Kind.DECISION else f"{plan.id}-{self.value}"


def said_by(plan: AreaPlan, kind: Kind, day: date) -> Paper:
    """What the paper says of itself: of several of a kind the newest on the day.

    Where none is written yet, the department and the office are those of the paper for decision.
    """
    if kind is Kind.DECISION:
        return plan.paper or Paper()
    own = further(plan, kind)
    if known := [each for each in own if each.date is None or each.date <= day] or own[:1]:
        return known[-1]
    first = plan.paper
    return Paper(department=first.department, office=first.office) if first else Paper()


def further(plan: AreaPlan, kind: Kind) -> list[FurtherPaper]:
    return [each for each in plan.papers if each.kind.value == kind.value]
