"""Rules of time: dates in order, plans without gaps, figures recent enough, reports made."""

from __future__ import annotations

from sozplan.rules.time import deadlines, figures, order, plans, reviews, status

RULES = (*order.RULES, *plans.RULES, *status.RULES, *figures.RULES, *deadlines.RULES, *reviews.RULES)
