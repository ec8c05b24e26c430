"""Rules of decisions: who resolved what, whether it still stands so, and on what it rests."""

from __future__ import annotations

from sozplan.rules.dec import changed, course, evidence, resolutions

RULES = (*resolutions.RULES, *changed.RULES, *course.RULES, *evidence.RULES)
