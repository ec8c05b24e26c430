"""Rules of figures: sheets that say what is counted, numbers that agree, series that can be compared."""

from __future__ import annotations

from sozplan.rules.ind import cells, comparison, indices, outliers, releases, sheets, sources, sums

RULES = (
    *sheets.RULES,
    *sources.RULES,
    *releases.RULES,
    *cells.RULES,
    *sums.RULES,
    *comparison.RULES,
    *outliers.RULES,
    *indices.RULES,
)
