"""Rules on targets: is what a goal is measured by complete, possible, and worth the name?

What has ended is history: targets of ended plans and goals are left alone.
"""

from __future__ import annotations

from sozplan.rules.target import bounds, definition, direction, size, start, together

RULES = (
    definition.target_not_verifiable,
    direction.target_against_direction,
    direction.target_equal_to_baseline,
    start.target_met_at_start,
    bounds.impossible_value,
    direction.path_turning_back,
    definition.weights_not_100,
    size.change_below_chance,
    start.baseline_not_as_observed,
    size.pace_never_seen,
    together.contradicting_targets,
    together.goal_beyond_control,
)
