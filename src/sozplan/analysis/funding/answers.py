"""What a programme asks for, and whether a measure meets it: yes, no or to be checked, never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.analysis.funding.grants import Grant, is_filed
from sozplan.diagnostics import Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity, note
from sozplan.model.funding import Application, Programme
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.terms import ApplicationState, Criterion, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one criterion; `change` says what would have to be otherwise, or which key says it."""

    criterion: Criterion
    verdict: Verdict
    reason: Text
    change: Text | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure and a programme that may pay for it; `grant` where budget or application say that it does."""

    case: Case
    measure: Measure
    programme: Programme
    years: tuple[int, ...]
    """Budget years that the programme can still pay for."""
    grant: Grant | None
    others: tuple[Grant, ...]
    """Of other programmes for the same measure."""

    @property
    def plan(self) -> Plan:
        return self.case.plan

    @property
    def as_of(self) -> date:
        return self.case.as_of

    @property
    def filed(self) -> tuple[Application, ...]:
        """Applications that went out and weren't refused."""
        return tuple(each for each in self.grant.applications if is_filed(each)) if self.grant else ()


def yes(criterion: Criterion, de: str, en: str) -> Answer:
    return Answer(criterion, Verdict.YES, text(de=de, en=en))


def no(criterion: Criterion, reason: Text, change: Text) -> Answer:
    return Answer(criterion, Verdict.NO, reason, change)


def check(criterion: Criterion, reason: Text, change: Text) -> Answer:
    return Answer(criterion, Verdict.CHECK, reason, change)


def unsaid(criterion: Criterion, entity: Entity, *fields: str) -> Answer:
    """To be checked, because the files don't say it; names the keys that would."""
    de = ", ".join(f"„{each}“" for each in fields)
    en = ", ".join(f"“{each}”" for each in fields)
    what = [found.label for each in fields if (found := note(type(entity).model_fields[each]))]
    whose_de = "beim Programm" if isinstance(entity, Programme) else "bei der Maßnahme"
    whose_en = "the programme" if isinstance(entity, Programme) else "the measure"
    names_de, names_en = ", ".join(each.de for each in what), ", ".join(each.en for each in what)
    return check(
        criterion,
        text(de=f"Nicht eingetragen ist {whose_de}: {names_de}.", en=f"Not entered of {whose_en}: {names_en}."),
        text(
            de=f"Ergänzen Sie {whose_de} {de}{_by_guideline(entity).de}.",
            en=f"Add {en} to {whose_en}{_by_guideline(entity).en}.",
        ),
    )


def _by_guideline(entity: Entity) -> Text:
    if isinstance(entity, Programme):
        return text(de=" nach der Richtlinie", en=" as the guideline says")
    return Text("", "")


def state(applications: Sequence[Application], as_of: date) -> tuple[ApplicationState, date] | None:
    """How far the applications have come by a day: the newest stage, of one day the last."""
    reached = [stage for each in applications for stage in each.stages if stage.date <= as_of]
    newest = max(enumerate(reached), key=lambda pair: (pair[1].date, pair[0]), default=None)
    return (newest[1].state, newest[1].date) if newest else None


def listed(words: Sequence[str]) -> str:
    return ", ".join(words)
