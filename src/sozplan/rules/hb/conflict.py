"""Rule on rules, duties and processes that settle the same thing in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.handbook import HandbookRule
from sozplan.model.organisation import Duty, RoleAssignment
from sozplan.model.processes import Process
from sozplan.model.shared import OfficeDeadline
from sozplan.model.terms import Status, Vdmi
from sozplan.rules.rule import Finding, rule, status_of


@rule(
    "hb.conflict",
    Severity.WARNING,
    de="Regel „{rule}“ und „{other}“ regeln dasselbe verschieden: {what}. Gleichen Sie sie an, oder beenden Sie eine.",
    en="Rule “{rule}” and “{other}” settle the same thing differently: {what}. Make them agree, or end one.",
)
def rules_that_disagree(case: Case) -> Iterator[Finding]:
    """Für dieselbe Sache gilt eine Frist und eine Stelle

    Zwei Regeln mit demselben „subject“ – einem Produkt, einem Prozess, einem Recht – sollen sich in Frist und
    verantwortlicher Stelle nicht widersprechen, auch nicht dem Prozess, der Pflicht oder der Zuständigkeit, um die es
    geht. Eine ersetzte Regel, die noch gilt, widerspricht ihrer Nachfolgerin.

    English:
        For one thing one deadline and one office hold

        Two rules with the same “subject” – a product, a process, a right – shall not contradict each other in deadline
        and office in charge, nor the process, duty or assignment that they are about. A superseded rule that still
        holds contradicts its successor.

    Bad:
        # handbook/rules/berichte.yaml
        rules:
          - id: regel-bericht
            chapter: kapitel-berichte
            force: should
            subject: gebietsbericht
            statement: Zwischenberichte kommen nach dem Stichtag.
            deadline: {days: 20, after: Berichtsstichtag}
            owner: sozialplanung
          - id: regel-frist
            chapter: kapitel-berichte
            force: should
            subject: gebietsbericht
            statement: Zwischenberichte kommen bald.
            deadline: {days: 30, after: Berichtsstichtag}  # <- hb.conflict
            owner: sozialplanung

    Good:
        # handbook/rules/berichte.yaml
        rules:
          - id: regel-bericht
            chapter: kapitel-berichte
            force: should
            subject: gebietsbericht
            statement: Zwischenberichte kommen nach dem Stichtag.
            deadline: {days: 20, after: Berichtsstichtag}
            owner: sozialplanung
    """
    first: dict[str, HandbookRule] = {}
    replaced = {each.supersedes: each for each in case.plan.handbook_rules if each.supersedes and _holds(case, each)}
    accountable = {a.subject: a.holder for a in case.plan.all(RoleAssignment) if a.part is Vdmi.ACCOUNTABLE}
    for each in case.plan.handbook_rules:
        if not _holds(case, each):
            continue
        if (successor := replaced.get(each.id)) is not None:
            if is_to_come(case, successor, each):
                continue
            yield Finding(successor.at("supersedes"), {"rule": successor.id, "other": each.id, "what": _BOTH})
        elif each.subject is not None:
            other = first.setdefault(each.subject, each)
            if other is not each and each.supersedes != other.id:
                yield from _differing(each, other.id, other.deadline, other.owner)
            yield from _beside_subject(case, each, accountable)


_BOTH = text(de="die ersetzte gilt noch", en="the superseded one still holds")


def _holds(case: Case, each: HandbookRule) -> bool:
    return each.in_force(case.as_of) and status_of(case.plan, each) is not Status.ENDED


def is_to_come(case: Case, successor: HandbookRule, former: HandbookRule) -> bool:
    """Whether it is still being prepared: until its day the former holds, and rightly so."""
    if successor.effective is not None and successor.effective > case.as_of:
        return True
    drafted = (Status.DRAFT, Status.PROPOSAL)
    return status_of(case.plan, successor) in drafted and status_of(case.plan, former) not in drafted


def _beside_subject(case: Case, each: HandbookRule, accountable: dict[str, str]) -> Iterator[Finding]:
    subject = case.plan.get(each.subject or "")
    if isinstance(subject, Duty):
        yield from _differing(each, subject.id, subject.deadline, None)
    elif isinstance(subject, Process):
        yield from _differing(each, subject.id, None, subject.owner)
    elif each.subject in accountable:
        yield from _differing(each, each.subject, None, accountable[each.subject])


def _differing(each: HandbookRule, other: str, due: OfficeDeadline | None, owner: str | None) -> Iterator[Finding]:
    if each.deadline is not None and due is not None and _key(each.deadline) != _key(due):
        what = Text(f"{_said(each.deadline).de} und {_said(due).de}", f"{_said(each.deadline).en} and {_said(due).en}")
        yield Finding(each.at("deadline"), {"rule": each.id, "other": other, "what": what})
    if each.owner is not None and owner is not None and each.owner != owner:
        what = Text(f"„{each.owner}“ und „{owner}“", f"“{each.owner}” and “{owner}”")
        yield Finding(each.at("owner"), {"rule": each.id, "other": other, "what": what})


def _key(deadline: OfficeDeadline) -> tuple[int, bool]:
    return deadline.days, deadline.working_days


def _said(deadline: OfficeDeadline) -> Text:
    if deadline.working_days:
        return text(de=f"{deadline.days} Werktage", en=f"{deadline.days} working days")
    return text(de=f"{deadline.days} Tage", en=f"{deadline.days} days")
