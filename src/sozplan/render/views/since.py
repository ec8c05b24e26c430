"""What is otherwise than in the last paper: new, changed, dropped, achieved, worsened, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sozplan.analysis.changes import Change, Verb, changes
from sozplan.analysis.disclosure import Audience, keeps_back, published
from sozplan.analysis.movement import Move, Turn, moves
from sozplan.analysis.verdict import Report, TargetStatus
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.areas import AreaGoal, AreaPlan, Need
from sozplan.model.authorities import KINDS, Authorities, Authority
from sozplan.model.case import Case
from sozplan.model.indicators import Indicator
from sozplan.model.measures import Measure
from sozplan.model.plan import Plan
from sozplan.model.strategy import Goal
from sozplan.model.targets import Milestone, TargetFields
from sozplan.model.terms import Light, MeasureStatus, Publication
from sozplan.render.cited import Quantity, Worded
from sozplan.render.sentences import Sentences
from sozplan.render.views.names import Names
from sozplan.render.views.targets import actual_of, name_of_target


@dataclass(frozen=True, slots=True)
class Earlier:
    """The state that a paper is compared with: how it is called, its day, its plan and what was known then.

    Without a `plan` there is none of that day; then only the figures of that day are compared.
    """

    label: Text
    day: date
    plan: Plan | None
    assessment: Report
    unread: frozenset[str] = frozenset()
    """Files that were faulty in that state: nothing is claimed of them."""
    commit: str | None = None
    """Abbreviated."""

    @property
    def state(self) -> str:
        """As in references."""
        return f"{self.commit}:{self.day}" if self.commit else str(self.day)

    def holds(self, area_plan: AreaPlan | None) -> bool:
        """Whether the planning of that state can be compared, or that of one plan."""
        return self.plan is not None and (area_plan is None or area_plan.origin.file not in self.unread)


@dataclass(frozen=True, slots=True)
class MoveRow:
    name: str
    old: str
    new: str
    old_way: Quantity | None
    """Attainment in per cent."""
    new_way: Quantity | None
    old_light: Light
    new_light: Light
    turn: Turn


@dataclass(frozen=True, slots=True)
class Since:
    """Sentences by what happened, and the targets that moved."""

    label: Text
    day: date
    whole: bool
    """Whether the plan itself could be compared."""
    new: tuple[str, ...]
    changed: tuple[str, ...]
    dropped: tuple[str, ...]
    achieved: tuple[str, ...]
    worsened: tuple[str, ...]
    better: tuple[str, ...]
    """Targets that came closer, the farthest first; their table says the same."""
    moves: tuple[MoveRow, ...]

    @property
    def groups(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        listed = (self.worsened, self.achieved, self.new, self.changed, self.dropped)
        return tuple((title, said) for title, said in zip(_TITLES, listed, strict=True) if said)

    @property
    def first(self) -> tuple[str, ...]:
        """The three that matter most: what got worse, is achieved, is dropped or new, came closer or is changed."""
        order = (self.worsened, self.achieved, self.dropped, self.new, self.better, self.changed)
        one_each = [said[0] for said in order if said]
        rest = [each for said in order for each in said[1:]]
        return tuple([*one_each, *rest][:MOST])


MOST = 3
_TITLES = (
    text(de="Verschlechtert", en="Worsened"),
    text(de="Erreicht", en="Achieved"),
    text(de="Neu", en="New"),
    text(de="Geändert", en="Changed"),
    text(de="Entfallen", en="Dropped"),
)


def since(
    case: Case, assessment: Report, earlier: Earlier, area_plan: AreaPlan | None, audience: Audience, lang: Lang
) -> Since:
    """Of one plan, or without one of the strategic goals and all plans together."""
    told = _Told(case, assessment, earlier, audience, lang, names_areas=area_plan is None)
    found = told.changes(area_plan)
    moved = [*told.moves(area_plan.id)] if area_plan else [move for id in told.scopes() for move in told.moves(id)]
    return Since(
        label=earlier.label,
        day=earlier.day,
        whole=earlier.holds(area_plan),
        new=tuple(told.sentence(each) for each in found if each.verb is Verb.ADDED),
        changed=tuple(told.sentence(each) for each in found if each.verb is Verb.CHANGED and not _is_done(each)),
        dropped=tuple(told.sentence(each) for each in found if each.verb is Verb.REMOVED),
        achieved=(
            *(told.moved(each) for each in moved if each.turn is Turn.ACHIEVED),
            *(told.done(each) for each in found if _is_done(each)),
        ),
        worsened=tuple(told.moved(each) for each in moved if each.turn is Turn.WORSE),
        better=tuple(told.moved(each) for each in sorted(moved, key=_gain) if each.turn is Turn.BETTER),
        moves=tuple(told.row(each) for each in moved),
    )


_SPOKEN_OF = (Need, AreaGoal, Goal, TargetFields, Measure, Milestone, AreaPlan)
"""What a reader of the paper is told of; reviews and participation have sections of their own."""
_OWN_BUSINESS = frozenset({"resolution", "predecessor", "reporting"})
"""Decided fields that the paper's head says already."""


class _Told:
    def __init__(
        self, case: Case, assessment: Report, earlier: Earlier, audience: Audience, lang: Lang, *, names_areas: bool
    ) -> None:
        self._case, self._assessment, self._earlier = case, assessment, earlier
        self._audience, self._lang, self._names_areas = audience, lang, names_areas
        self._sentences = Sentences(earlier.plan or case.plan, case.plan, lang, since=earlier.state)

    def scopes(self) -> Iterator[str | None]:
        yield None
        yield from (each.id for each in self._case.plan.area_plans)

    def changes(self, area_plan: AreaPlan | None) -> tuple[Change, ...]:
        if self._earlier.plan is None or not self._earlier.holds(area_plan):
            return ()
        found = changes(self._earlier.plan, self._case.plan, self._earlier.unread)
        authorities = self._case.plan.settings.authorities
        return tuple(each for each in found if self._is_about(each, area_plan) and _matters(each, authorities))

    def _is_about(self, change: Change, area_plan: AreaPlan | None) -> bool:
        if area_plan is None:
            return isinstance(change.entity, Goal | AreaPlan | Measure) and change.verb is not Verb.CHANGED
        return change.plan == area_plan.id

    def sentence(self, change: Change) -> str:
        """Of a target whose figures this reader may not see only that it changed."""
        if isinstance(change.entity, TargetFields) and change.verb is Verb.CHANGED and not self._may_see(change.entity):
            subject = self._sentences.named(change.entity)
            return text(de=f"{subject}: Angaben geändert", en=f"{subject}: statements changed").say(self._lang)
        if change.verb is Verb.CHANGED:
            return self._sentences.sentence(change)
        return self._sentences.subject(change)

    def done(self, change: Change) -> str:
        subject = self._sentences.named(change.entity)
        if isinstance(change.entity, Measure):
            return text(de=f"{subject} ist abgeschlossen", en=f"{subject} is completed").say(self._lang)
        return text(de=f"{subject} ist erreicht", en=f"{subject} is reached").say(self._lang)

    def moves(self, scope: str | None) -> tuple[Move, ...]:
        return moves(self._earlier.assessment, self._assessment, scope, self._may_tell)

    def _may_see(self, target: TargetFields) -> bool:
        """Only what is publishable and not held back today, at either end."""
        now = next((s for s in self._assessment.targets if s.target == target.id), None)
        then = next((s for s in self._earlier.assessment.targets if s.target == target.id), None)
        return all(self._may_tell(each) and not _is_secret(each) for each in (now, then) if each)

    def _may_tell(self, status: TargetStatus) -> bool:
        """Whether today's gate lets the earlier figures through: it may have been closed since."""
        sheet = self._case.plan.find(status.indicator, Indicator)
        if status.indicator is None:
            return True
        if sheet is None or (sheet.publication is not Publication.PUBLIC and self._audience is Audience.PUBLIC):
            return False
        figures = published(self._case, sheet.id, status.area, self._audience) if status.area else ()
        periods = (each for each in (status.actual_period, status.baseline_period) if each)
        return not any(keeps_back(self._case, sheet.id, figures, each, self._audience) for each in periods)

    def moved(self, move: Move) -> str:
        """`Kita-Quote: 81,7 % (2024) → 84,0 % (2025), gelb → rot`."""
        plan = self._case.plan
        old, new = (actual_of(plan, each, self._lang) for each in (self._then(move.old), move.new))
        values = Worded(old, " → ", new) if old != new else new
        lights = "" if move.old.light is move.new.light else self._lights(move)
        return Worded(f"{self._name(move)}: ", values, lights)

    def _lights(self, move: Move) -> str:
        old, new = (each.light.label.say(self._lang) for each in (move.old, move.new))
        return text(de=f", Ampel von {old} auf {new}", en=f", light from {old} to {new}").say(self._lang)

    def row(self, move: Move) -> MoveRow:
        plan = self._case.plan
        both = self._then(move.old), move.new
        old, new = (actual_of(plan, each, self._lang) for each in both)
        before, now = (
            None if each.attainment is None else Quantity(each.attainment, f"{each.target}#attainment") for each in both
        )
        return MoveRow(self._name(move), old, new, before, now, move.old.light, move.new.light, move.turn)

    def _then(self, status: TargetStatus) -> TargetStatus:
        """Cited as of that state: `hafen-g1-t1@1a2b3c4d5e:2026-06-30#actual`."""
        return replace(status, target=f"{status.target}@{self._earlier.state}")

    def _name(self, move: Move) -> str:
        """With the area where several are spoken of."""
        plan = self._case.plan
        target = plan.find(move.new.target, TargetFields)
        name = name_of_target(plan, target, move.new).say(self._lang) if target else move.new.target
        return f"{name}, {Names(plan).short(move.new.area)}" if self._names_areas and move.new.area else name


def _gain(move: Move) -> Decimal:
    """The larger gain sorts first."""
    return (move.old.attainment or Decimal(0)) - (move.new.attainment or Decimal(0))


def _is_secret(status: TargetStatus) -> bool:
    return status.reason is not None and status.reason.value == "suppressed"


def _matters(change: Change, authorities: Authorities) -> bool:
    """Of what stays, only what somebody decides, and how it goes; reworded evidence is no news to a council."""
    if not isinstance(change.entity, _SPOKEN_OF):
        return False
    shift = change.shift
    if shift is None or not shift.path:
        return True
    kind, field = KINDS.get(type(change.entity)), shift.path[0]
    if field in _COURSE or kind is None:
        return True
    return field not in _OWN_BUSINESS and authorities.of(kind, field) is not Authority.NOBODY


_COURSE = frozenset({"budget", "progress", "forecast", "status", "due", "done"})
"""How it goes; what it costs is a part of the budget."""


def _is_done(change: Change) -> bool:
    """A milestone got its day, or a measure is completed."""
    shift = change.shift
    if shift is None:
        return False
    if shift.field == "done" and shift.old is None:
        return isinstance(change.entity, Milestone)
    return isinstance(change.entity, Measure) and shift.field == "progress" and shift.new is MeasureStatus.COMPLETED
