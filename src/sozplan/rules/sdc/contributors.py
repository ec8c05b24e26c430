"""Rule on values that come from few facilities or providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.model.figures import Cell
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sdc.seen import number, public_cells, public_sheets


@rule(
    "sdc.dominance",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: {what}. Wer davon weiß, kennt die Zahl einer einzelnen Stelle. Lassen Sie"
    " die Zelle sperren, oder fassen Sie Gebiete zusammen.",
    en="{indicator}, area {area}, {period}: {what}. Whoever knows of it knows the number of a single contributor. Have"
    " the cell suppressed, or merge areas.",
)
def few_contributors(case: Case) -> Iterator[Finding]:
    """Kein Beitragender beherrscht einen Wert

    Stammt der Wert eines Bezirks aus einer einzigen Kita oder fast ganz von einem Träger, steht dort dessen
    Geschäftszahl. Der Steckbrief nennt mit „contributors“ die Kennzahl, die die Beitragenden zählt, und mit
    „largest_share“ die mit dem Anteil des größten; die Grenzen („min_contributors“, „dominance“) stehen in
    sozplan.yaml. Ohne diese Angaben lässt sich nichts prüfen.

    English:
        No contributor dominates a value

        If the value of a district comes from a single nursery or nearly all from one provider, that one's business
        figure stands there. The sheet names the indicator that counts contributors (“contributors”) and the one with
        the largest one's share (“largest_share”); the limits (“min_contributors”, “dominance”) stand in sozplan.yaml.
        Without them nothing can be checked.

    Bad:
        # indicators/catalogue/besuche-hafentreff.yaml
        contributors: treffs
        # indicators/catalogue/treffs.yaml
        id: treffs
        name: Offene Treffs
        definition: Zahl der Träger mit einem offenen Treff.
        factor: 1
        unit: Träger
        decimals: 0
        direction: neutral
        kind: input
        steerability: direct
        timing: day
        periodicity: yearly
        licence: dl-de/by-2-0
        responsible: amt-51
        lowest_level: bezirk
        source: Zählung des Amtes
        limits: Träger ohne Zuwendung sind nicht erfasst.
        publication: internal
        # indicators/data/kennzahlen.csv
        besuche-hafentreff;02;2025;8700;;8700;;final;2026-03-15  # <- sdc.dominance
        treffs;02;2025;2;;2;;final;2026-03-15

    Good:
        # indicators/catalogue/besuche-hafentreff.yaml
        contributors: treffs
        # indicators/catalogue/treffs.yaml
        id: treffs
        name: Offene Treffs
        definition: Zahl der Träger mit einem offenen Treff.
        factor: 1
        unit: Träger
        decimals: 0
        direction: neutral
        kind: input
        steerability: direct
        timing: day
        periodicity: yearly
        licence: dl-de/by-2-0
        responsible: amt-51
        lowest_level: bezirk
        source: Zählung des Amtes
        limits: Träger ohne Zuwendung sind nicht erfasst.
        publication: internal
        # indicators/data/kennzahlen.csv
        besuche-hafentreff;02;2025;8700;;8700;;final;2026-03-15
        treffs;02;2025;4;;4;;final;2026-03-15
    """
    watched = {s.id for s in public_sheets(case).values() if s.contributors or s.largest_share}
    if not watched:
        return
    policy = case.plan.settings.disclosure
    told = _values(case)
    for seen in public_cells(case):
        if seen.sheet.id not in watched or (seen.cell.value is None and seen.cell.numerator is None):
            continue
        where = seen.cell.area, seen.cell.period.text
        many = told.get((seen.sheet.contributors or "", *where))
        largest = told.get((seen.sheet.largest_share or "", *where))
        if many is not None and 0 < many < policy.min_contributors:
            yield Finding(seen.place, {**seen.names, "what": _FEW})
        elif largest is not None and largest > policy.dominance:
            yield Finding(seen.place, {**seen.names, "what": _ONE})


_FEW = text(de="Der Wert stammt aus zu wenigen Stellen", en="the value comes from too few contributors")
_ONE = text(de="Eine Stelle macht fast den ganzen Wert aus", en="one contributor makes up nearly all of the value")


def _values(case: Case) -> Mapping[tuple[str, str, str], Decimal]:
    """The numbers of the indicators that tell of contributors; the last vintage in the files stands."""
    telling = {n for s in case.plan.indicators for n in (s.contributors, s.largest_share) if n is not None}
    return {_key(cell): n for cell in case.figures.cells if cell.indicator in telling and (n := _of(cell)) is not None}


def _key(cell: Cell) -> tuple[str, str, str]:
    return cell.indicator, cell.area, cell.period.text


def _of(cell: Cell) -> Decimal | None:
    return number(cell.value) if cell.value is not None else number(cell.numerator)
