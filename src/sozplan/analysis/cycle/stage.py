"""What proves a phase of the cycle, and what is missing where it isn't proven."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sozplan.diagnostics import Text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.organisation import Body
from sozplan.model.papers import Consultation
from sozplan.model.processes import Process
from sozplan.model.resolutions import Resolution
from sozplan.model.terms import CalendarKind, ConsultationRole, Phase, ProcessKind, ProcessState, Status, Term


class ProofKind(Term):
    """What something proves a phase by."""

    FIGURE = "figure", "Zahl", "figure"
    EXPERIENCE = "experience", "Erfahrungswissen", "local experience"
    GOAL = "goal", "Ziel mit Zielwert", "goal with a target"
    MEASURE = "measure", "Maßnahme mit Stelle und Mitteln", "measure with office and money"
    RESOLUTION = "resolution", "Beschluss", "resolution"
    BUDGET = "budget", "beschlossener Haushalt", "adopted budget"
    START = "start", "Beginn einer Maßnahme", "start of a measure"
    MILESTONE = "milestone", "erreichter Meilenstein", "milestone reached"
    SPENDING = "spending", "verausgabte Mittel", "money spent"
    REVIEW = "review", "Zwischenbericht", "review"
    NOTE = "note", "Beratung des Berichts", "consultation on the report"
    CONSEQUENCE = "consequence", "Folge aus dem Bericht", "consequence of the report"
    SUCCESSOR = "successor", "Fortschreibung", "plan that follows"


class GapKind(Term):
    """What is missing; `{}` stands for its day or year."""

    NO_NEED = "no-need", "Bedarf, aus dem der Plan folgt", "need from which the plan follows"
    NO_FIGURE = "no-figure", "Zahl, die einen Bedarf belegt", "figure that proves a need"
    NO_EXPERIENCE = "no-experience", "Erfahrungswissen, das einen Bedarf belegt", "local experience that proves a need"
    OLD_FIGURE = "old-figure", "neuere Zahl zu einem Bedarf als die vom {}", "newer figure for a need than that of {}"
    OLD_EXPERIENCE = (
        "old-experience",
        "neueres Erfahrungswissen zu einem Bedarf als das vom {}",
        "newer local experience of a need than that of {}",
    )
    NO_GOAL = "no-goal", "Ziel zu einem Bedarf", "goal for a need"
    NO_TARGET = "no-target", "vollständiger Zielwert zu einem Ziel", "complete target of a goal"
    NO_MEASURE = "no-measure", "Maßnahme zu einem Ziel", "measure for a goal"
    NOBODY = "nobody-responsible", "verantwortliche Stelle einer Maßnahme", "responsible office of a measure"
    NO_MONEY = "no-money", "Mittel für eine Maßnahme", "money for a measure"
    NO_RESOLUTION = "no-resolution", "Beschluss über den Plan", "resolution on the plan"
    NO_BUDGET = "no-budget", "beschlossener Haushalt {}", "adopted budget {}"
    NO_START = "no-start", "Beleg, dass eine Maßnahme begonnen hat", "proof that a measure has begun"
    NO_REVIEW = "no-review", "Zwischenbericht zum {}", "review as of {}"
    NO_RHYTHM = "no-rhythm", "Zwischenbericht und vereinbarter Rhythmus", "review, and a rhythm agreed for it"
    NOT_NOTED = "not-noted", "Beratung des Zwischenberichts in einem Gremium", "consultation of a body on the review"
    NO_CONSEQUENCE = "no-consequence", "Folge aus einer roten Ampel", "consequence of a red light"
    UNDECIDED = "undecided", "Entscheidung, die ein Bericht verlangt", "decision that a review asks for"
    NOT_DONE = "not-done", "Gegenmaßnahme, deren Termin verstrichen ist", "countermeasure whose date has passed"
    NO_SUCCESSOR = "no-successor", "Fortschreibung oder Beendigung", "plan that follows, or the end of this one"


class StepKind(Term):
    """What is to be done next."""

    SAY_NEED = "say-need", "Bedarfe des Gebiets feststellen", "state the needs of the area"
    PROVE_NEED = "prove-need", "Bedarf mit Zahl und Erfahrungswissen belegen", "prove the need by figure and experience"
    SET_GOAL = "set-goal", "Ziel mit messbarem Zielwert setzen", "set a goal with a measurable target"
    PLAN_MEASURE = "plan-measure", "Maßnahme mit Stelle und Mitteln planen", "plan a measure with office and money"
    DECIDE = "decide", "Beschluss über den Plan einholen", "obtain the resolution on the plan"
    ADOPT_BUDGET = "adopt-budget", "Beschluss über den Haushalt einholen", "obtain the resolution on the budget"
    BEGIN = "begin", "Maßnahme beginnen und den Beginn eintragen", "begin a measure and record its start"
    REPORT = "report", "Zwischenbericht zum {} vorlegen", "present the review as of {}"
    AGREE_RHYTHM = "agree-rhythm", "Rhythmus vereinbaren und berichten", "agree on a rhythm and report"
    CONSULT = "consult", "Zwischenbericht in das Gremium bringen", "bring the review before the body"
    ANSWER = "answer", "Gegenmaßnahme festlegen", "settle on a countermeasure"
    OBTAIN_DECISION = "obtain-decision", "Entscheidung herbeiführen", "obtain the decision"
    COUNTERMEASURE = "countermeasure", "Gegenmaßnahme abschließen", "finish the countermeasure"
    SUCCEED = "succeed", "Über Fortschreibung oder Ende beschließen", "decide on a plan that follows, or on the end"


STEPS = {
    GapKind.NO_NEED: StepKind.SAY_NEED,
    GapKind.NO_FIGURE: StepKind.PROVE_NEED,
    GapKind.NO_EXPERIENCE: StepKind.PROVE_NEED,
    GapKind.OLD_FIGURE: StepKind.PROVE_NEED,
    GapKind.OLD_EXPERIENCE: StepKind.PROVE_NEED,
    GapKind.NO_GOAL: StepKind.SET_GOAL,
    GapKind.NO_TARGET: StepKind.SET_GOAL,
    GapKind.NO_MEASURE: StepKind.PLAN_MEASURE,
    GapKind.NOBODY: StepKind.PLAN_MEASURE,
    GapKind.NO_MONEY: StepKind.PLAN_MEASURE,
    GapKind.NO_RESOLUTION: StepKind.DECIDE,
    GapKind.NO_BUDGET: StepKind.ADOPT_BUDGET,
    GapKind.NO_START: StepKind.BEGIN,
    GapKind.NO_REVIEW: StepKind.REPORT,
    GapKind.NO_RHYTHM: StepKind.AGREE_RHYTHM,
    GapKind.NOT_NOTED: StepKind.CONSULT,
    GapKind.NO_CONSEQUENCE: StepKind.ANSWER,
    GapKind.UNDECIDED: StepKind.OBTAIN_DECISION,
    GapKind.NOT_DONE: StepKind.COUNTERMEASURE,
    GapKind.NO_SUCCESSOR: StepKind.SUCCEED,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """Something of the planning that proves a phase; of what has no day of its own there is none."""

    kind: ProofKind
    place: Place
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A proof that is missing: where it belongs, who owes it, by when; `about` is a day or a year of it."""

    kind: GapKind
    place: Place
    office: str | None
    until: date | None = None
    about: date | int | None = None
    detail: str | None = None
    """In the words of the planning."""


class State(Term):
    PROVEN = "proven", "belegt", "proven"
    MISSING = "missing", "Beleg fehlt", "proof is missing"
    AHEAD = "ahead", "steht noch bevor", "still ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase with what proves it; `since` is the day from which it had to be proven, where that is known."""

    phase: Phase
    proofs: tuple[Proof, ...]
    gaps: tuple[Gap, ...]
    since: date | None = None

    @property
    def state(self) -> State:
        if self.gaps:
            return State.MISSING
        return State.PROVEN if self.proofs else State.AHEAD

    @property
    def day(self) -> date | None:
        """Of the newest proof."""
        return newest(proof.day for proof in self.proofs)


def newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def in_force(case: Case, plan: AreaPlan) -> bool:
    """Whether it says that it is, and no resolution says that it came later."""
    resolution = case.plan.find(plan.resolution, Resolution)
    return plan.status in (Status.RESOLVED, Status.ENDED) and (resolution is None or resolution.date <= case.as_of)


def office(case: Case, plan: AreaPlan, phase: Phase) -> str | None:
    """Who owes what nobody else is named for: the office of the plan's paper, else the owner of the process."""
    if plan.paper is not None and plan.paper.office is not None:
        return plan.paper.office
    found = process(case, phase)
    return found.owner if found else None


_RANK = {ProcessKind.CORE: 0, ProcessKind.LEAD: 1, ProcessKind.SUPPORT: 2}


def process(case: Case, phase: Phase) -> Process | None:
    """The process as it shall run that covers a phase: a core process before one that leads or supports."""
    live = [
        each
        for each in case.plan.processes
        if each.state is ProcessState.TARGET
        and (each.status or case.plan.status(each.origin.file)) is not Status.ENDED
        and each.in_force(case.as_of)
        and phase in each.phases
    ]
    return min(live, key=lambda each: (_RANK[each.kind], each.id), default=None)


def deciding(plan: AreaPlan) -> Consultation | None:
    """Where the paper on the plan is to be decided on."""
    stops = plan.paper.consultations if plan.paper is not None else ()
    return next((stop for stop in stops if stop.role is ConsultationRole.DECISION), None)


def session(case: Case, plan: AreaPlan, *, last_before: date | None = None) -> date | None:
    """The next session of the body that decides on the plan, or the last one up to a day."""
    stop = deciding(plan)
    body = stop.body if stop is not None else None
    ahead = [day for day in _sessions(case, body) if day >= case.as_of]
    if last_before is not None:
        return max((day for day in ahead if day <= last_before), default=None)
    return min(ahead, default=None)


def _sessions(case: Case, body: str | None) -> list[date]:
    """As charter and calendar have them."""
    found = case.plan.find(body, Body)
    called = [
        each.date
        for each in case.plan.calendar.appointments
        if body is not None and each.kind is CalendarKind.SESSION and each.body == body
    ]
    return [*(found.sessions if found else ()), *called]


def said(kind: Term, about: Text) -> Text:
    """The words of a gap or a step, with its day or year in them."""
    return Text(kind.label.de.replace("{}", about.de), kind.label.en.replace("{}", about.en))
