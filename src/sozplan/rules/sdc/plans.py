"""Rules on what plans and tables say although somebody else withheld it."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.subject import place_of, series_of
from sozplan.diagnostics import Severity, text
from sozplan.model.case import Case
from sozplan.model.figures import Cell, Quality
from sozplan.model.targets import Change, Gap, Maintain
from sozplan.model.terms import Publication
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sdc.seen import HIDDEN, Seen, public_cells
from sozplan.rules.target.living import name, sheet_of, targets


@rule(
    "sdc.class",
    Severity.ERROR,
    de="Zielwert „{target}“: „{indicator}“ ist als „{publication}“ eingestuft, der Wert steht aber in einem"
    " öffentlichen"
    " Plan. Nehmen Sie eine öffentliche Kennzahl, oder lassen Sie die Einstufung im Steckbrief (publication) ändern.",
    en="Target “{target}”: “{indicator}” is classed as “{publication}”, but the value stands in a public plan. Take a"
    " public indicator, or have the class in the sheet (publication) changed.",
    by_plan=True,
)
def internal_value_in_public_plan(case: Case) -> Iterator[Finding]:
    """Öffentliche Pläne nennen nur öffentliche Kennzahlen

    Was die Statistik nur der Verwaltung zur Verfügung stellt, darf nicht als Ausgangs- oder Zwischenwert in der Vorlage
    stehen. Beobachtete Werte hält das Programm selbst zurück; was jemand in den Plan schreibt, druckt es.

    English:
        Public plans name public indicators only

        What the statistics office gives to the administration alone must not stand in the paper as baseline or value on
        the way. Observed values the program withholds by itself; what somebody writes into the plan it prints.

    Bad:
        # indicators/catalogue/kita-quote.yaml
        publication: internal
        # plans/areas/hafen.yaml
        goals:
          - id: hafen-g1
            statement: Neun von zehn Kindern im Hafen besuchen eine Kita.
            serves: frueh-foerdern
            needs: [hafen-n1]
            owner: amt-51
            targets:
              - id: hafen-g1-t1
                indicator: kita-quote
                kind: change
                baseline: {period: 2024, value: 82.0}  # <- sdc.class
                target: {period: 2028, value: 90.0}

    Good:
        # indicators/catalogue/kita-quote.yaml
        publication: public
    """
    for target in targets(case):
        sheet = sheet_of(case, target)
        if sheet is None or sheet.publication is Publication.PUBLIC or _is_not_public(case, target.id):
            continue
        if isinstance(target, Change | Maintain | Gap) and target.baseline is not None:
            args = {"target": target.id, "indicator": name(sheet), "publication": sheet.publication.label}
            yield Finding(target.at("baseline"), args)


def _is_not_public(case: Case, target: str) -> bool:
    plan = case.plan.owner(target)
    return plan is not None and plan.paper is not None and not plan.paper.public


@rule(
    "sdc.backfill",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: {what}. Löschen Sie die Angabe, oder lassen Sie den Wert von der Stelle"
    " freigeben, die ihn zurückgehalten hat.",
    en="{indicator}, area {area}, {period}: {what}. Delete it, or have the value cleared by the office that withheld"
    " it.",
    by_plan=True,
)
def hidden_value_written_elsewhere(case: Case) -> Iterator[Finding]:
    """Was der Lieferant sperrt, trägt niemand nach

    Wer eine gesperrte Zelle aus eigenen Listen, als Schätzung oder aus einer anderen Lieferung ergänzt, hebt die
    Geheimhaltung auf. Gemeldet werden Anzahlen in einer Zeile, deren Zeichen „nicht vorhanden“ sagt, ein Wert derselben
    Zelle aus einer anderen Datei, einem nicht neueren Datenstand oder als Schätzung, und Ausgangswerte in Plänen.

    English:
        What the supplier hides nobody fills in

        Whoever completes a hidden cell from lists of their own, by an estimate or from another delivery undoes its
        protection. It is reported where counts stand in a row whose sign says there is none, where a value of the same
        cell comes from another file, a vintage not newer, or as an estimate, and where a plan gives it as a baseline.

    Bad:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;;*;final;2026-06-30
        kinderarmut;01;2025;1140;4000;28,5;;estimated;2026-07-15  # <- sdc.backfill
        kinderarmut;02;2025;;;;*;final;2026-06-30
        kinderarmut;03;2025;;;;*;final;2026-06-30

    Good:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;;*;final;2026-06-30
        kinderarmut;02;2025;;;;*;final;2026-06-30
    """
    hidden: dict[tuple[str, str, str], Cell] = {}
    for seen in public_cells(case):
        if seen.cell.missing in HIDDEN:
            hidden[_key(seen.cell)] = seen.cell
            if seen.cell.numerator is not None:
                yield Finding(seen.place, {**seen.names, "what": _BESIDE})
    if hidden:
        yield from (_finding(s) for s in public_cells(case) if (cell := hidden.get(_key(s.cell))) and _fills(cell, s))
        yield from _baselines(case, hidden)


_BESIDE = text(
    de="Der Wert ist gesperrt, aber die Anzahl steht daneben",
    en="the value is hidden, but the count stands beside it",
)
_AGAIN = text(
    de="Der Lieferant hat die Zelle gesperrt, hier steht ein Wert dafür",
    en="the supplier has hidden the cell; here stands a value for it",
)
_IN_PLAN = text(
    de="Der Ausgangswert nennt, was der Lieferant gesperrt hat",
    en="the baseline gives what the supplier has hidden",
)


def _key(cell: Cell) -> tuple[str, str, str]:
    return cell.indicator, cell.area, cell.period.text


def _fills(hidden: Cell, seen: Seen) -> bool:
    """A newer delivery of the same supplier may say more; nothing else may."""
    cell = seen.cell
    if cell.missing is not None or (cell.value is None and cell.numerator is None):
        return False
    newer = cell.vintage is not None and hidden.vintage is not None and cell.vintage > hidden.vintage
    return cell.quality is Quality.ESTIMATED or cell.resource != hidden.resource or not newer


def _finding(seen: Seen) -> Finding:
    return Finding(seen.place, {**seen.names, "what": _AGAIN})


def _baselines(case: Case, hidden: dict[tuple[str, str, str], Cell]) -> Iterator[Finding]:
    indicators = {indicator for indicator, _, _ in hidden}
    for target in targets(case):
        sheet = sheet_of(case, target)
        if sheet is None or sheet.id not in indicators or not isinstance(target, Change | Maintain | Gap):
            continue
        point = target.baseline
        figure = point and next((f for f in series_of(case, target) if f.period == point.period), None)
        if point and figure and figure.withheld in HIDDEN:
            names = {"indicator": name(sheet), "area": place_of(case, target) or "", "period": point.period.text}
            yield Finding(target.at("baseline"), {**names, "what": _IN_PLAN})
