"""The rules that an index can be computed as it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.index.components import Fault, IndexFault
from sozplan.analysis.index.coverage import gaps
from sozplan.analysis.index.definition import faults
from sozplan.diagnostics import Diagnostic, Severity, diagnostic
from sozplan.model.case import Case
from sozplan.model.indices import Index
from sozplan.rules.rule import Finding, rule


@rule(
    "ind.index-definition",
    Severity.ERROR,
    de="Sozialindex „{index}“: {fault}",
    en="Social index “{index}”: {fault}",
)
def contradictory_index(case: Case) -> Iterator[Finding]:
    """Die Definition eines Sozialindex geht auf

    Ein Index ordnet Gebiete; jede Wahl dabei muss eindeutig sein und wirken.
    Ungeordnete Klassengrenzen, doppelte Komponenten, Gewichte, die zusammen 0 ergeben, oder Angaben, die beim gewählten
    Verfahren nichts bewirken, ergäben ein Ergebnis, das niemand so gemeint hat.

    English:
        The definition of a social index works out

        An index puts areas in order; each choice on the way must be clear and have an effect.
        Unordered class bounds, components named twice, weights that add up to 0, or keys without effect in the chosen
        method would give a result that nobody meant.

    Bad:
        # indicators/indices/sozialindex.yaml
        methods:
          - version: "2025-1"
            preset: z-equal
            components:
              - {indicator: kinderarmut, weight: 1}
              - {indicator: kita-quote, weight: 1}
            suggests: [hoch]
            classes:
              bounds:
                - {name: gering, to: 1}
                - {name: mittel, to: -1}  # <- ind.index-definition
                - {name: hoch}

    Good:
        # indicators/indices/sozialindex.yaml
        methods:
          - version: "2025-1"
            preset: z-equal
            components:
              - {indicator: kinderarmut, weight: 1}
              - {indicator: kita-quote, weight: 1}
            suggests: [hoch]
            classes:
              bounds:
                - {name: gering, to: -1, including: false}
                - {name: mittel, to: 1}
                - {name: hoch}
    """
    for index in case.plan.indices:
        yield from (_finding(index, fault) for fault in faults(case.plan, index))


@rule(
    "ind.index-values",
    Severity.ERROR,
    de="Sozialindex „{index}“: {fault}",
    en="Social index “{index}”: {fault}",
)
def index_without_values(case: Case) -> Iterator[Finding]:
    """Jede Komponente eines Sozialindex unterscheidet Gebiete

    Eine Kennzahl ohne Werte auf der Ebene des Index oder mit demselben Wert in allen Gebieten (σ = 0) lässt sich nicht
    standardisieren; der Index käme nicht zustande.
    Geprüft wird die neueste Methodenversion mit den neuesten Werten.

    English:
        Each component of a social index tells areas apart

        An indicator without values on the index's level, or with the same one in all areas (σ = 0), can't be
        standardised; there would be no index.
        Looked at is the newest version of the method with the newest values.

    Bad:
        # indicators/catalogue/wohngeld.yaml
        id: wohngeld
        name: Haushalte mit Wohngeld
        definition: Anteil der Haushalte, die Wohngeld beziehen.
        numerator: Haushalte mit Wohngeld
        denominator: Haushalte
        unit: "%"
        direction: lower
        kind: context
        steerability: none
        timing: sum
        periodicity: yearly
        lowest_level: bezirk
        responsible: statistikstelle
        source: Wohngeldstatistik
        licence: dl-de/by-2-0
        limits: Haushalte, die keinen Antrag stellen, sind nicht enthalten.
        # indicators/indices/sozialindex.yaml
        methods:
          - version: "2025-1"
            preset: z-equal
            components:
              - {indicator: kinderarmut}
              - {indicator: wohngeld}  # <- ind.index-values

    Good:
        # indicators/indices/sozialindex.yaml
        methods:
          - version: "2025-1"
            preset: z-equal
            components:
              - {indicator: kinderarmut}
              - {indicator: kita-quote}
    """
    for index in case.plan.indices:
        yield from (_finding(index, fault) for fault in gaps(case, index))


def _finding(index: Index, fault: Fault) -> Finding:
    return Finding(fault.place, {"index": index.name, "fault": fault.message})


def finding_of(fault: IndexFault) -> Diagnostic:
    """What stopped a computation, as `check` would say it."""
    code, place = index_without_values.code, fault.place
    return diagnostic(code, place.location, entity=place.entity, index=fault.index, fault=fault.message)


RULES = (contradictory_index, index_without_values)
