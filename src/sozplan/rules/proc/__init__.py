"""Rules of processes: the way through them, the work in them, and the calendars they live in."""

from __future__ import annotations

from sozplan.rules.proc import cycle, deadlines, deciding, schedule, way, work

RULES = (*way.RULES, *work.RULES, *cycle.RULES, *deadlines.RULES, *deciding.RULES, *schedule.RULES)
