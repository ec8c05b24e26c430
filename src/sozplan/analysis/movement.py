"""Which targets stand otherwise than on an earlier day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sozplan.analysis.verdict import Note, Reason, Report, TargetStatus
from sozplan.model.terms import Light, Term


class Turn(Term):
    """What became of a target, the gravest first."""

    WORSE = "worse", "schlechter", "worse"
    ACHIEVED = "achieved", "erreicht", "achieved"
    BETTER = "better", "besser", "better"
    UNRATED = "unrated", "nicht mehr bewertbar", "no longer ratable"
    RATED = "rated", "jetzt bewertbar", "now ratable"


@dataclass(frozen=True, slots=True)
class Move:
    old: TargetStatus
    new: TargetStatus
    turn: Turn


_RANKS = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
_REACHED = Decimal(100)


def moves(
    old: Report, new: Report, plan: str | None, may_tell: Callable[[TargetStatus], bool] = lambda _: True
) -> tuple[Move, ...]:
    """Targets of a plan whose light or attainment changed, in the order of the plan.

    Where today's reader may not learn the earlier value, or the value is secret now, nothing is said.
    """
    before = {status.target: status for status in old.targets}
    own = (status for status in new.targets if status.plan == plan and status.target in before)
    pairs = ((before[now.target], now) for now in own if now.reason is not Reason.SUPPRESSED)
    return tuple(
        Move(then, now, turn) for then, now in pairs if may_tell(then) and (turn := _turn(then, now)) is not None
    )


def _turn(then: TargetStatus, now: TargetStatus) -> Turn | None:
    if then.ratable and now.ratable:
        return _between(then, now)
    if then.light is now.light and then.attainment == now.attainment:
        return None
    if is_reached(now) and not is_reached(then):
        return Turn.ACHIEVED
    if now.ratable:
        return Turn.RATED
    return Turn.UNRATED if then.ratable else None


def _between(then: TargetStatus, now: TargetStatus) -> Turn | None:
    """The light first; within one light whole per cent of the way count."""
    if is_reached(now) and not is_reached(then):
        return Turn.ACHIEVED
    if then.light is not now.light:
        return Turn.WORSE if _RANKS[now.light] > _RANKS[then.light] else Turn.BETTER
    way, was = (_whole(each.attainment) for each in (now, then))
    if way == was:
        return None
    return Turn.WORSE if way < was else Turn.BETTER


def is_reached(status: TargetStatus) -> bool:
    """All of the way is gone, and the value didn't fall back."""
    done = status.attainment is not None and status.attainment >= _REACHED
    return done and Note.WORSENED not in status.notes


def _whole(share: Decimal | None) -> Decimal:
    return (share or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
