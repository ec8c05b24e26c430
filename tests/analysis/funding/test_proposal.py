"""The proposal against brute force that knows nothing of it, and against the rules of `check`.

Sums are a few cents, so that every way to share them out can be tried and rounding decides much.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

import pytest

from sozplan.analysis.funding.proposal import Proposal, propose, room_of
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.rules.fin import cumulation, rates
from sozplan.rules.rule import run
from tests.analysis.funding.sample import case_of, euro

CASES = 500
MOST = 4_000
RULES = (*rates.RULES, *cumulation.RULES)
Amounts = dict[tuple[str, str, int], int]
"""Cents by measure, programme and budget line."""


def drawn(chance: random.Random) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Measures, programmes and applications of a small case."""
    programmes = [_programme(chance, name) for name in "pqr"[: chance.choice((1, 2, 2, 3))]]
    names = [each["id"] for each in programmes]
    for each in programmes:
        each["excludes"] = [other for other in names if other != each["id"] and chance.random() < 0.3]
    measures = [_measure(chance, f"m{i}", len(programmes)) for i in range(chance.choice((1, 1, 1, 2)))]
    applications = []
    if chance.random() < 0.5:
        programmes.append(_programme(chance, "firm") | {"excludes": [n for n in names if chance.random() < 0.3]})
        applications.append(_applied(chance, measures))
    return measures, {"programmes": programmes, "applications": applications}


def _programme(chance: random.Random, name: str) -> dict[str, Any]:
    rate = chance.choice((30, 50, 66.67, 70, 80, 90, 100))
    found: dict[str, Any] = {
        "id": name, "name": name, "level": "land", "provider": "L",
        "guideline": {"title": "R", "date": date(2025, 1, 1)},
        "rate_max": rate, "financing": chance.choice(("share", "share", "deficit", "fixed-sum")),
        "subsidiary": chance.random() < 0.1, "third_party_as_own": chance.random() < 0.3,
    }  # fmt: skip
    if chance.random() < 0.7:
        found["own_share_min"] = chance.choice((10, 20, 33.33, 50))
    for key in ("total_cost_min", "total_cost_max", "grant_max"):
        if chance.random() < 0.2:
            found[key] = euro(chance.randint(1, 8))
    if chance.random() < 0.3:
        found["cost_types"] = chance.choice((["a"], ["b"], ["a", "b"]))
    if chance.random() < 0.2:
        funded = chance.choice((2027, 2028))
        window = {"closes": date(2026, 12, 1), "funds": {"from": date(funded, 1, 1), "to": date(2028, 12, 31)}}
        found["windows"] = [window]
    return found


def _measure(chance: random.Random, name: str, programmes: int) -> dict[str, Any]:
    many = 3 if programmes < 3 else 2
    years = sorted(chance.choices((2027, 2028, 2029), k=chance.randint(1, many)))
    budget = []
    for year in years:
        cost = chance.randint(1, 6 if programmes < 3 else 4)
        third = chance.choice((0, 0, 1)) if cost > 1 else 0
        line: dict[str, Any] = {"year": year, "planned": euro(cost)}
        line["financing"] = {"own": euro(cost - third), "third-party": euro(third)}
        if chance.random() < 0.4:
            line["cost_type"] = chance.choice(("a", "b"))
        budget.append(line)
    return {
        "id": name, "title": name, "goals": ["hafen-g1"], "commitment": "intended", "budget_reservation": False,
        "responsible": "amt-51", "planned": {"from": date(2027, 1, 1), "to": date(2029, 12, 31)}, "budget": budget,
    }  # fmt: skip


def _applied(chance: random.Random, measures: list[dict[str, Any]]) -> dict[str, Any]:
    for measure in measures:
        for line in measure["budget"]:
            if line["financing"]["own"] >= euro(2) / 100 and chance.random() < 0.6:
                line["financing"]["firm"] = euro(1)
                line["financing"]["own"] -= euro(1)
    ids = [each["id"] for each in measures]
    end = date(chance.choice((2027, 2028)), 12, 31)
    stages = [{"state": "notice", "date": date(2026, 9, 1)}]
    return {"id": "antrag", "title": "A", "programme": "firm", "measures": ids, "grant_end": end, "stages": stages}


# Brute force: every way to share out the cents, judged by a plain reading of the guideline


def brute(case: Case) -> int | None:
    """The most cents; None where there are too many ways to try."""
    ways = _ways(case)
    if prod(len(each) for each in ways) > MOST:
        return None
    shared = ({key: cents for part in chosen for key, cents in part.items()} for chosen in product(*ways))
    return max((sum(each.values()) for each in shared if _is_admissible(case, each)), default=0)


def _ways(case: Case) -> list[list[Amounts]]:
    """Line by line."""
    cells = [(m, i) for m in case.plan.measures for i in range(len(m.budget))]
    names = [each.id for each in case.plan.roots["plans/funding/foerderung.yaml"].programmes if each.id != "firm"]  # type: ignore[attr-defined]
    ways = []
    for measure, i in cells:
        line = measure.budget[i]
        room = int((line.planned - line.financing.get("third-party", 0) - line.financing.get("firm", 0)) * 100)
        splits = (split for split in product(range(room + 1), repeat=len(names)) if sum(split) <= room)
        ways.append([{(measure.id, n, i): c for n, c in zip(names, s, strict=True) if c} for s in splits])
    return ways


def _is_admissible(case: Case, amounts: Amounts) -> bool:
    funding: Any = case.plan.roots["plans/funding/foerderung.yaml"]
    programmes = {each.id: each for each in funding.programmes}
    paid: dict[tuple[str, str], dict[int, int]] = {}
    for (m, p, i), cents in amounts.items():
        measure: Any = case.plan.get(m)
        line = measure.budget[i]
        types = programmes[p].cost_types
        if types and line.cost_type and line.cost_type not in types:
            return False
        years = paid.setdefault((m, p), {})
        years[line.year] = years.get(line.year, 0) + cents
    if not all(_is_within(programmes[p], case.plan.get(m), years, amounts) for (m, p), years in paid.items()):
        return False
    return _are_together(case, programmes, paid, funding) and _leaves_firm(case, programmes, funding, amounts)


def _is_within(programme: Any, measure: Any, years: dict[int, int], amounts: Amounts) -> bool:
    costing = sorted({line.year for line in measure.budget})
    first, last = costing.index(min(years)), costing.index(max(years))
    if set(costing[first : last + 1]) != set(years):
        return False
    funds = [window.funds for window in programme.windows]
    if funds and any(not funds[0].start.year <= year <= funds[0].end.year for year in years):
        return False
    parts = [{year} for year in years] if programme.financing == "share" else [set(years)]
    for part in parts:
        lines = [(i, line) for i, line in enumerate(measure.budget) if line.year in part]
        cost = sum(line.planned for _, line in lines) * 100
        types = programme.cost_types
        able = sum(n.planned for _, n in lines if not (types and n.cost_type and n.cost_type not in types)) * 100
        if sum(years[year] for year in part) * 100 > programme.rate_max * able:
            return False
        own = sum(_own(measure, i, amounts, with_third=programme.third_party_as_own) for i, _ in lines)
        if own * 100 < (programme.own_share_min or 0) * cost:
            return False
    whole = sum(line.planned for line in measure.budget if line.year in years)
    total = euro(sum(years.values()))
    if programme.total_cost_min is not None and whole < programme.total_cost_min:
        return False
    if programme.total_cost_max is not None and total * 100 > programme.rate_max * programme.total_cost_max:
        return False
    return programme.grant_max is None or total <= programme.grant_max


def _own(measure: Measure, i: int, amounts: Amounts, *, with_third: bool) -> Decimal:
    line = measure.budget[i]
    others = line.financing.get("firm", 0) + (0 if with_third else line.financing.get("third-party", 0))
    given = sum(cents for (m, _, n), cents in amounts.items() if (m, n) == (measure.id, i))
    return (line.planned - others) * 100 - given


def _clash(one: Any, other: Any) -> bool:
    return other.id in one.excludes or one.id in other.excludes or one.subsidiary or other.subsidiary


def _are_together(case: Case, programmes: Any, paid: Mapping[tuple[str, str], dict[int, int]], funding: Any) -> bool:
    for (m, p), years in paid.items():
        for (n, q), others in paid.items():
            if m == n and p < q and years.keys() & others.keys() and _clash(programmes[p], programmes[q]):
                return False
        for each in funding.applications:
            firm = [line.year for line in case.plan.get(m).budget if line.financing.get("firm", 0)]  # type: ignore[union-attr]
            taken = range(min(firm, default=0), max([*firm, each.grant_end.year]) + 1)
            if m in each.measures and _clash(programmes[p], programmes["firm"]) and set(taken) & years.keys():
                return False
    return True


def _leaves_firm(case: Case, programmes: Any, funding: Any, amounts: Amounts) -> bool:
    """What the notice asks of own money is still there."""
    if not funding.applications:
        return True
    firm = programmes["firm"]
    lines = []
    for m in funding.applications[0].measures:
        measure: Any = case.plan.get(m)
        years = {line.year for line in measure.budget if line.financing.get("firm", 0)}
        lines += [(measure, i, line) for i, line in enumerate(measure.budget) if line.year in years]
    keys = {(m.id, line.year) for m, _, line in lines}
    parts = (
        [[e for e in lines if (e[0].id, e[2].year) == key] for key in keys] if firm.financing == "share" else [lines]
    )
    for part in parts:
        own = sum(_own(m, i, amounts, with_third=firm.third_party_as_own) for m, i, _ in part)
        if own < (firm.own_share_min or 0) * sum(line.planned for *_, line in part):
            return False
    return True


def applied(case: Case, proposal: Proposal) -> Case:
    """The planning as the proposal would have it."""
    roots: dict[str, Any] = {}
    for path, root in case.plan.roots.items():
        if isinstance(root, AreaPlan):
            financed = tuple(_financed(case, each, proposal) for each in root.measures)
            roots[path] = root.model_copy(update={"measures": financed})
        else:
            roots[path] = root
    return replace(case, plan=Plan(case.plan.settings, roots))


def _financed(case: Case, measure: Measure, proposal: Proposal) -> Measure:
    if measure not in proposal.measures or measure in proposal.faulty:
        return measure
    awards = [each for each in proposal.awards if each.measure.id == measure.id]
    kept = {each.programme.id for each in proposal.kept if each.measure.id == measure.id}
    lines = []
    for i, line in enumerate(measure.budget):
        if line.year < case.as_of.year:
            lines.append(line)
            continue
        given = {each.programme.id: each.lines[i] for each in awards if i in each.lines}
        stays = {source: paid for source, paid in line.financing.items() if source in kept | {"third-party"}}
        own = room_of(case, measure, i) - sum(given.values())
        assert own >= 0
        lines.append(line.model_copy(update={"financing": {"own": own, **stays, **given}}))
    return measure.model_copy(update={"budget": tuple(lines)})


def fired(case: Case) -> list[str]:
    return [f"{each.code.id} {each.args}" for each in run(case, RULES)]


@pytest.mark.parametrize("part", range(5))
def test_no_way_to_share_out_the_money_brings_more(part: int) -> None:
    counted = 0
    for seed in range(part, CASES * 3, 5):
        case = case_of(*drawn(random.Random(seed)))
        proposal = propose(case, case.plan.measures)
        most = brute(case)
        if proposal.faulty or most is None:
            continue
        counted += 1
        assert proposal.exact
        assert proposal.own_firm - proposal.own == euro(most), seed
        assert fired(applied(case, proposal)) == [], seed
        if counted == CASES // 5:
            break
    assert counted == CASES // 5
