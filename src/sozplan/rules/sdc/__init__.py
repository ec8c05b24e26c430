"""Rules on disclosure, as far as plan and tables show it: what stands in the repository stands there for ever.

They look at the cells of public indicators, whoever may read them today.
No message says a number: the place is enough to find it, and a message goes into build logs.
"""

from __future__ import annotations

from sozplan.rules.sdc import cells, contributors, narrative, plans, raw, sums

RULES = (
    cells.count_below_threshold,
    cells.base_too_small,
    sums.hidden_cell_from_total,
    cells.count_behind_rate,
    sums.hidden_cell_from_overlap,
    cells.everybody_or_nobody,
    contributors.few_contributors,
    plans.internal_value_in_public_plan,
    plans.hidden_value_written_elsewhere,
    raw.table_without_release,
    narrative.recognisable_person,
)
