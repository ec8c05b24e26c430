"""Rules on the handbook: is it in force, does it agree with the data, can everybody read it?"""

from __future__ import annotations

from sozplan.rules.hb import conflict, force, law, order, prose, terms

RULES = (
    force.handbook_without_force,
    force.rule_without_addressee,
    prose.text_beside_the_data,
    conflict.rules_that_disagree,
    force.version_without_change,
    order.version_without_order,
    order.rule_without_council,
    law.law_without_version,
    terms.term_without_definition,
    prose.figure_without_words,
)
