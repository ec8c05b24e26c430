"""The register of rights and duties, office by office: what do I have to do, and who owes me what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozplan.model.handbook import HandbookRule
from sozplan.model.organisation import Actor, Body, Duty
from sozplan.model.plan import Plan
from sozplan.model.shared import Record
from sozplan.model.terms import Status
from sozplan.render.views.rulebook import NumberedRule, chapters


@dataclass(frozen=True, slots=True)
class Entry:
    """An office or a body with what it owes, what it is owed, and the rules that are addressed to it.

    `alone` are rights that bind nobody in particular.
    """

    holder: str
    owes: tuple[Duty, ...]
    owed: tuple[Duty, ...]
    alone: tuple[Duty, ...]
    rules: tuple[NumberedRule, ...]


def register(plan: Plan, day: date) -> tuple[Entry, ...]:
    """In the order of the organisation's files; those that neither owe nor are owed anything are left out."""
    duties = [duty for duty in plan.duties if duty.in_force(day)]
    rules = [each for view in chapters(plan, day) for each in view.rules if _binds(each.rule, day)]
    holders: tuple[Record, ...] = (*plan.all(Actor), *plan.all(Body))
    found = (_entry(each.id, duties, rules) for each in holders)
    return tuple(each for each in found if each.owes or each.owed or each.alone)


def _binds(rule: HandbookRule, day: date) -> bool:
    return rule.status is not Status.ENDED and rule.in_force(day)


def _entry(holder: str, duties: list[Duty], rules: list[NumberedRule]) -> Entry:
    owed = [duty for duty in duties if duty.holder == holder]
    return Entry(
        holder,
        owes=tuple(duty for duty in duties if duty.counterparty == holder),
        owed=tuple(duty for duty in owed if duty.counterparty is not None),
        alone=tuple(duty for duty in owed if duty.counterparty is None),
        rules=tuple(each for each in rules if holder in each.rule.addressees),
    )
