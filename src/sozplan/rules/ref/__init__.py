"""Rules of references: ids, the golden thread, and the territory."""

from __future__ import annotations

from sozplan.rules.ref import goals, ids, overlap, partition, validity

RULES = (*ids.RULES, *goals.RULES, *validity.RULES, *overlap.RULES, *partition.RULES)
