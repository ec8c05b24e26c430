"""What a rule says of one area plan doesn't follow from another, where it says so of itself: else a run that passes
over plans which had no findings would say something else than one that looks at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

from sozplan.diagnostics import Diagnostic
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import id_of, walk
from sozplan.model.plan import Plan
from sozplan.rules import BY_PLAN, RULES
from sozplan.rules.rule import Finding, Rule, rule, run
from tests.rules.harness import AS_OF, Files, base, case_of, overlay, unmark, write
from tests.rules.test_cases import cases
from tests.rules.test_rule import PAGE

ROOT = Path(__file__).resolve().parents[2]
ASKED = tuple(each for each in RULES if each.id in BY_PLAN)


def with_twins(files: Files, plan: Plan) -> dict[str, str]:
    """Beside each area plan another one that says the same under other ids, of the same area and the same money."""
    laid = dict(files)
    for path, root in plan.roots.items():
        if isinstance(root, AreaPlan):
            ids = {id for id in map(id_of, walk(root)) if id is not None}
            own = re.compile(rf"(?<![\w-])({'|'.join(sorted(map(re.escape, ids), key=len, reverse=True))})(?![\w-])")
            laid[path.replace(".yaml", "-zwilling.yaml")] = own.sub(r"z-\1", files[path])
    return laid


def told(found: Iterable[Diagnostic], without: Iterable[str] = ()) -> list[tuple[Any, ...]]:
    left_out = frozenset(without)
    kept = sorted((d for d in found if d.at.file not in left_out), key=lambda d: d.order)
    return [(d.at, d.code.id, d.entity, d.severity, d.say("de"), d.say("en")) for d in kept]


def assert_each_by_itself(case: Case, asked: Iterable[Rule] = ASKED) -> None:
    """Whichever area plans are passed over, the others are told the same of."""
    rules = tuple(asked)
    every = list(run(case, rules))
    free = [each.origin.file for each in case.plan.area_plans if each.origin.file not in case.plan.knotted]
    some = chain(((each,) for each in free), combinations(free, 2), [free]) if len(free) < 7 else [free[::2], free]
    for passed_over in some:
        loud = case.plan.without(passed_over)
        assert told(run(case, rules, loud)) == told(every, passed_over), passed_over


def twins(root: Path, files: Files, as_of: date = AS_OF) -> Case:
    case, _ = case_of(write(root / "one", files), as_of)
    both, _ = case_of(write(root / "two", with_twins(files, case.plan)), as_of)
    return both


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_on_the_pages_of_all_rules(each: Rule, tmp_path: Path) -> None:
    files, _ = unmark(overlay(base(), each.code.bad))
    case = twins(tmp_path, files)
    assert len(case.plan.area_plans) > 1
    assert_each_by_itself(case)


@pytest.mark.parametrize(("_rule", "case"), cases())
def test_on_the_edges_of_all_rules(_rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    files, _ = unmark(overlay(base(), case["excerpt"])) if "excerpt" in case else (base(), [])
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
    assert_each_by_itself(twins(tmp_path, files, as_of))


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests/examples/kreis"], ids=["town", "kreis"])
def test_on_whole_examples(folder: Path, tmp_path: Path) -> None:
    places = [
        place
        for place in (
            folder / "sozplan.yaml",
            *(p for n in ("plans", "indicators", "handbook") for p in (folder / n).rglob("*")),
        )
        if place.suffix in (".yaml", ".csv", ".md")
    ]
    case = twins(tmp_path, {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in places})
    assert list(run(case, ASKED))
    assert_each_by_itself(case)


def test_a_rule_that_compares_plans_is_found_out(tmp_path: Path) -> None:
    def twice(case: Case) -> Any:
        seen = set[str]()
        for plan in case.plan.area_plans:
            if plan.title in seen:
                yield Finding(plan.at("id"), {"id": plan.id})
            seen.add(plan.title)

    twice.__doc__ = PAGE
    wrong = rule("test.fault", RULES[0].code.severity, de="{id}", en="{id}", by_plan=True)(twice)
    case = twins(tmp_path, base())
    with pytest.raises(AssertionError):
        assert_each_by_itself(case, [wrong])


def test_ids_still_lead_to_what_is_passed_over(tmp_path: Path) -> None:
    case, _ = case_of(write(tmp_path, base()))
    plan, *_ = case.plan.area_plans
    part = case.plan.without({plan.origin.file})
    assert part.area_plans == ()
    assert part.get(plan.id) is plan
    assert part.owner(plan.goals[0].id) is plan
    assert part.status(plan.origin.file) is plan.status
    assert part.indicators == case.plan.indicators


def test_plans_that_name_one_another_are_knotted(tmp_path: Path) -> None:
    files = base()
    case, _ = case_of(write(tmp_path / "one", files))
    plan, *_ = case.plan.area_plans
    both = with_twins(files, case.plan)
    path = plan.origin.file
    twin = path.replace(".yaml", "-zwilling.yaml")
    assert case_of(write(tmp_path / "two", both))[0].plan.knotted == frozenset()
    goal = plan.goals[0].id
    both[twin] = re.sub(rf"goals: \[z-{goal}\]", f"goals: [{goal}]", both[twin])
    assert case_of(write(tmp_path / "three", both))[0].plan.knotted == {path, twin}
    both[twin] = re.sub(rf"goals: \[{goal}\]", "goals: [gibt-es-nicht]", both[twin])
    assert case_of(write(tmp_path / "four", both))[0].plan.knotted == {twin}
