"""The rule that every proof is there."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.shared import Document
from sozplan.rules.rule import Finding, rule


@rule(
    "ref.evidence-missing",
    Severity.WARNING,
    de="Das Dokument „{path}“ {fault}.",
    en="The document “{path}” {fault}.",
)
def document_missing(case: Case) -> Iterator[Finding]:
    """Jedes genannte Dokument liegt vor, und zwar unverändert

    Wer den Beleg später nachschlägt, muss dieselbe Niederschrift finden, auf die sich der Plan gestützt hat.
    Mit der Prüfsumme fällt auf, wenn sie danach geändert wurde.

    English:
        Every document named is there, unchanged

        Whoever looks up the proof later must find the same minutes that the plan relied on.
        The checksum shows if they were changed afterwards.

    Bad:
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages: [{state: application, date: 2025-07-01}, {state: notice, date: 2025-12-01}]
            document:
              path: plans/documents/bescheid.pdf  # <- ref.evidence-missing

    Good:
        # plans/funding/foerderung.yaml
        applications:
          - id: antrag-kita-lotsen
            title: Kita-Lotsen im Hafen
            programme: land-kita
            measures: [hafen-m1]
            stages: [{state: application, date: 2025-07-01}, {state: notice, date: 2025-12-01}]
            document:
              path: plans/documents/hafenkonferenz-2025-03-12.md
    """
    for entity, owner in case.plan.placed_as(Document):
        digest = case.documents.get(entity.path)
        if digest is None:
            place = Place(entity.at("path").location, owner)
            yield Finding(place, {"path": entity.path, "fault": _ABSENT})
        elif entity.sha256 is not None and entity.sha256 != digest:
            place = Place(entity.at("sha256").location, owner)
            yield Finding(place, {"path": entity.path, "fault": _CHANGED})


_ABSENT = text(
    de="liegt nicht im Repository. Legen Sie es dort ab, oder berichtigen Sie den Pfad",
    en="is not in the repository. Put it there, or correct the path",
)
_CHANGED = text(
    de="wurde geändert, seit es hier als Beleg steht: Die Prüfsumme stimmt nicht mehr. "
    "Stellen Sie die alte Fassung wieder her, oder prüfen Sie die neue und tragen Sie ihre Prüfsumme ein",
    en="was changed since it was entered here as proof: the checksum no longer fits. "
    "Restore the old version, or look through the new one and enter its checksum",
)


RULES = (document_missing,)
