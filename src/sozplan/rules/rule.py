"""What a rule is: a function from a case to findings, with its code and its page beside it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sozplan.diagnostics import Code, Diagnostic, Severity, Text
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place
from sozplan.model.plan import Plan
from sozplan.model.terms import Status


class Finding(NamedTuple):
    """A place and what the message needs; a `severity` of its own holds in drafts as well."""

    place: Place
    args: Mapping[str, object]
    severity: Severity | None = None


class Spot(NamedTuple):
    """A place that is looked up only where there is a finding."""

    entity: Entity
    path: tuple[str | int, ...]
    owner: str | None

    @property
    def place(self) -> Place:
        return Place(self.entity.origin.locate(*self.path), self.owner)


@dataclass(frozen=True, slots=True)
class Rule:
    """A consistency rule.

    `softens`: an error is a warning as long as its plan is a draft.
    `by_plan`: what it finds in an area plan follows from that plan, from what is named there and from what stands in
    no area plan; so a plan in which it found nothing needn't be looked through again.
    """

    code: Code
    find: Callable[[Case], Iterator[Finding]]
    softens: bool
    by_plan: bool

    @property
    def id(self) -> str:
        return self.code.id


def rule(
    id: str, severity: Severity, *, de: str, en: str, softens: bool = False, by_plan: bool = False
) -> Callable[[_Find], Rule]:
    """Makes a rule of a function; its docstring is the rule's page.

    The docstring: a German title, a German reason, `English:` with both again, `Bad:`, `Good:`.
    """

    def make(find: _Find) -> Rule:
        page = _page(id, inspect.getdoc(find) or "")
        return Rule(Code(id=id, severity=severity, message=Text(de, en), **page), find, softens, by_plan)

    return make


_Find = Callable[[Case], Iterator[Finding]]
_SECTION = re.compile(r"^(English|Bad|Good):[ \t]*\n?", re.MULTILINE)


def _page(id: str, doc: str) -> dict[str, Any]:
    german, *rest = _SECTION.split(doc)
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    if missing := {"English", "Bad", "Good"} - set(sections):
        raise ValueError(f"{id}: the docstring lacks {', '.join(sorted(missing))}")
    title_de, why_de = _title_and_why(id, german)
    title_en, why_en = _title_and_why(id, inspect.cleandoc(sections["English"]))
    bad, good = (inspect.cleandoc("\n" + sections[name]).strip("\n") for name in ("Bad", "Good"))
    return {"title": Text(title_de, title_en), "why": Text(why_de, why_en), "bad": bad, "good": good}


def _title_and_why(id: str, part: str) -> tuple[str, str]:
    title, _, why = part.strip().partition("\n\n")
    if not why:
        raise ValueError(f"{id}: a title and, after a blank line, the reason")
    return " ".join(title.split()), " ".join(why.split())


def gather(*groups: Iterable[Rule]) -> tuple[Rule, ...]:
    """The catalogue, in the order given; two rules of one name are an error of ours."""
    rules = tuple(rule for group in groups for rule in group)
    seen: set[str] = set()
    for each in rules:
        if each.id in seen:
            raise ValueError(f"two rules are called {each.id}")
        seen.add(each.id)
    return rules


def run(case: Case, rules: Iterable[Rule], loud: Plan | None = None) -> Iterator[Diagnostic]:
    """The findings of the rules as diagnostics; a draft's content errors are warnings.

    `loud` is what of the plan is gone through by the rules `by_plan`, which find nothing in the rest.
    """
    part = case if loud is None else replace(case, plan=loud)
    for each in rules:
        for finding in each.find(part if each.by_plan else case):
            place = finding.place
            severity = finding.severity or _severity(each, case, place)
            yield Diagnostic(place.location, each.code, finding.args, place.entity, severity)


def _severity(each: Rule, case: Case, place: Place) -> Severity:
    if each.softens and each.code.severity is Severity.ERROR and status(case.plan, place) is Status.DRAFT:
        return Severity.WARNING
    return each.code.severity


def status(plan: Plan, place: Place) -> Status:
    """The status of what stands there: its own, else that of the plan or handbook that it stands in."""
    own = getattr(plan.get(place.entity or ""), "status", None)
    return own if isinstance(own, Status) else plan.status(place.location.file)


def status_of(plan: Plan, entity: Entity) -> Status:
    """`status` of an entity that is at hand, without looking for its place."""
    own = getattr(entity, "status", None)
    return own if isinstance(own, Status) else plan.status(entity.origin.file)
