"""Plans made of a few measures and programmes, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.funding import Funding
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.repo import WorkTree, load
from tests.cli.repository import EXAMPLE

AS_OF = date(2026, 10, 1)


@cache
def base() -> Case:
    with WorkTree(EXAMPLE) as tree:
        loaded = load(tree)
    return Case(loaded.plan, loaded.figures, AS_OF)


def case_of(measures: Sequence[dict[str, Any]], funding: Mapping[str, Any]) -> Case:
    """The base example with these measures and programmes and no others."""
    plan = base().plan
    roots: dict[str, Any] = {}
    for path, root in plan.roots.items():
        if isinstance(root, AreaPlan):
            found = tuple(Measure.model_validate(each) for each in measures)
            roots[path] = root.model_copy(update={"measures": found, "reviews": ()})
        elif not isinstance(root, Funding):
            roots[path] = root
    roots["plans/funding/foerderung.yaml"] = Funding.model_validate(funding)
    return Case(Plan(plan.settings, roots), base().figures, AS_OF)


def euro(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
