"""Rules of references: ids, the golden thread, and the territory."""

from __future__ import annotations

from sozplan.rules.ref import cycle, documents, ids, overlap, partition, thread, tree, validity

RULES = (
    *ids.RULES,
    *tree.RULES,
    *cycle.RULES,
    *thread.RULES,
    *validity.RULES,
    *overlap.RULES,
    *partition.RULES,
    *documents.RULES,
)
