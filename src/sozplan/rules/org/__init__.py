"""Rules of the organisation: responsibility, bodies, participation and the protection of persons."""

from __future__ import annotations

from sozplan.rules.org import binding, bodies, charter, fate, mandate, persons, responsibility, voice

RULES = (
    *responsibility.RULES,
    *charter.RULES,
    *bodies.RULES,
    *mandate.RULES,
    *voice.RULES,
    *binding.RULES,
    *fate.RULES,
    *persons.RULES,
)
