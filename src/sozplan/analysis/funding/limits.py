"""How much a programme pays at most, and how much has to be own money: the numbers behind `fin.*` and proposals."""

from __future__ import annotations

from decimal import Decimal

from sozplan.analysis.money import HUNDRED, at_least, at_most, exceeds
from sozplan.model.funding import Programme


def most_of(programme: Programme, cost: Decimal) -> Decimal | None:
    """What the rate allows of a cost; None where the programme names no rate."""
    return None if programme.rate_max is None else at_most(programme.rate_max, cost)


def most_in_all(programme: Programme) -> Decimal | None:
    """What one application brings at most, whatever the project costs; None where nothing limits it."""
    bounds = [each for each in (programme.grant_max, most_of_highest(programme)) if each is not None]
    return min(bounds, default=None)


def most_of_highest(programme: Programme) -> Decimal | None:
    """What the rate allows of the highest cost that is funded."""
    if programme.total_cost_max is None:
        return None
    return at_most(HUNDRED if programme.rate_max is None else programme.rate_max, programme.total_cost_max)


def least_own(programme: Programme, cost: Decimal) -> Decimal:
    """What has to be own money of a cost; nothing where the programme doesn't say."""
    return Decimal(0) if programme.own_share_min is None else at_least(programme.own_share_min, cost)


def is_too_small(programme: Programme, cost: Decimal) -> bool:
    """Whether the project costs less than the programme funds at all."""
    return programme.total_cost_min is not None and exceeds(programme.total_cost_min, cost)
