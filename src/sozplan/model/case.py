"""All that a rule may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sozplan.model.figures import Figures
from sozplan.model.plan import Plan


@dataclass(frozen=True)
class Case:
    """A plan at a day, with the figures known then.

    `documents` maps the paths that the plan names as proof to the SHA-256 of their bytes,
    or None where there is no such file; line ends of text count as LF.
    """

    plan: Plan
    figures: Figures
    as_of: date
    documents: Mapping[str, str | None] = field(default_factory=dict)
