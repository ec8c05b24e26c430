"""Rules of what may be compared: across no break of the series, and on the same ground."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sozplan.analysis.ground import is_steady, territory
from sozplan.analysis.series import breaks_of
from sozplan.analysis.subject import comparison, era_of, place_of, series_of
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.targets import Change, Gap, Point
from sozplan.model.territory import SocialArea, Unit
from sozplan.rules.ind.rows import boundaries, name, sheets_of
from sozplan.rules.ongoing import targets
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import brief, day, named


@rule(
    "ind.series-break",
    Severity.WARNING,
    de="Zielwert „{target}“: Ausgangswert ({baseline}) und Zielwert ({end}) liegen auf verschiedenen Seiten des "
    "Zeitreihenbruchs von „{indicator}“ ab {start} ({reason}). Nehmen Sie einen Ausgangswert nach dem Bruch, "
    "oder rechnen Sie ihn um.",
    en="Target “{target}”: baseline ({baseline}) and target ({end}) lie on different sides of the break of "
    "“{indicator}” from {start} ({reason}). Take a baseline after the break, or convert it.",
    by_plan=True,
)
def compared_across_break(case: Case) -> Iterator[Finding]:
    """Verglichen wird nicht über einen Zeitreihenbruch hinweg

    Nach einer geänderten Abgrenzung misst die Kennzahl etwas anderes; der Unterschied zum Ausgangswert ist dann zum
    Teil eine Änderung der Statistik.
    Die Brüche stehen im Steckbrief unter „breaks“, oder der Lieferant setzt neben den ersten neuen Wert das Zeichen
    „|“.

    English:
        Nothing is compared across a break of the series

        After a changed definition the indicator measures something else; the difference to the baseline is then partly
        a change of the statistics.
        The breaks stand in the sheet under “breaks”, or the supplier puts the sign “|” beside the first new value.

    Bad:
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
                baseline: {period: 2024, value: 82.0}  # <- ind.series-break
                target: {period: 2028, value: 90.0}
        # indicators/catalogue/kita-quote.yaml
        breaks: [{from: 2025, statement: Kindertagespflege wird mitgezählt}]

    Good:
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
                baseline: {period: 2025, value: 83.9}
                target: {period: 2028, value: 90.0}
        # indicators/catalogue/kita-quote.yaml
        breaks: [{from: 2025, statement: Kindertagespflege wird mitgezählt}]
    """
    sheets = sheets_of(case.plan)
    for target, start, end in _spans(case.plan):
        sheet = sheets.get(target.indicator)
        if sheet is None:
            continue
        since, reason = _crossed(sheet, start, end) or _marked(case, target, start, end) or (None, None)
        if since is not None:
            periods = {"baseline": named(start.period), "end": named(end.period), "start": since}
            args = {"target": target.id, "indicator": name(sheet), "reason": reason}
            yield Finding(target.at("baseline", "period"), {**args, **periods})


def _spans(plan: Plan) -> Iterator[tuple[Change | Gap, Point, Point]]:
    """Targets that compare two values, as far as they are still worked on."""
    for target, _ in targets(plan):
        if isinstance(target, Change | Gap) and target.baseline and target.target:
            yield target, target.baseline, target.target


def _crossed(sheet: Indicator, start: Point, end: Point) -> tuple[Text, Text] | None:
    """Since when, and why, by the sheet."""
    first, last = start.period.start, end.period.start
    crossed = next((each for each in sheet.breaks if first < each.start.start <= last), None)
    if crossed is None:
        return None
    reason = brief(crossed.statement).rstrip(".")
    return named(crossed.start), Text(reason, reason)


def _marked(case: Case, target: Change | Gap, start: Point, end: Point) -> tuple[Text, Text] | None:
    """Since when by the sign that a supplier put beside a value."""
    places = [place_of(case, target), *([comparison(case, target)] if isinstance(target, Gap) else ())]
    starts = sorted(day for place in places if place for day in breaks_of(case, target.indicator, place))
    crossed = next((on for on in starts if start.period.start < on <= end.period.start), None)
    return None if crossed is None else (day(crossed), _SIGNED)


_SIGNED = text(de="in der Zahlentabelle steht das Zeichen „|“", en="the table of figures has the sign “|”")


@rule(
    "ind.boundary-mixed",
    Severity.ERROR,
    de="{subject}: {fault}.",
    en="{subject}: {fault}.",
    by_plan=True,
)
def borders_mixed(case: Case) -> Iterator[Finding]:
    """Verglichen und summiert wird nur auf demselben Gebietsstand

    Nach einer Gebietsänderung meint derselbe Name oder Schlüssel andere Menschen.
    Ein Zielwert, dessen Gebiet sich zwischen Ausgangs- und Zielzeitpunkt ändert, misst deshalb auch die Grenze, und
    Zeilen derselben Kennzahl und Periode mit verschiedenem Gebietsstand ergeben keine Summe.
    Kein Fehler ist, was genau dasselbe Gebiet bleibt, weil alle betroffenen Einheiten dazugehören, und was in
    datapackage.yaml auf einen Gebietsstand („boundary“) umgerechnet ist.

    English:
        Comparing and adding is done on the same borders only

        After a change of borders the same name or key means other people.
        A target whose territory changes between baseline and target therefore measures the border as well, and rows of
        the same indicator and period with different boundary dates make no sum.
        It is no fault where the ground remains exactly the same because all units concerned belong to it, or where
        datapackage.yaml says that all is converted to one boundary date (“boundary”).

    Bad:
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
                baseline: {period: 2024, value: 83.0}  # <- ind.boundary-mixed
                target: {period: 2028, value: 90.0}
        # plans/territory/gebiete.yaml
        social_areas:
          - id: hafen
            name: Hafen
            parts:
              - {unit: bezirk-01}
              - {unit: bezirk-02, from: 2025-01-01}

    Good:
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
                baseline: {period: 2025, value: 83.9}
                target: {period: 2028, value: 90.0}
        # plans/territory/gebiete.yaml
        social_areas:
          - id: hafen
            name: Hafen
            parts:
              - {unit: bezirk-01}
              - {unit: bezirk-02, from: 2025-01-01}
    """
    if case.plan.muted and not case.plan.units:
        return
    yield from _targets_on_other_ground(case)
    yield from _files_on_other_ground(case)


def _targets_on_other_ground(case: Case) -> Iterator[Finding]:
    sheets = sheets_of(case.plan)
    for target, start, end in _spans(case.plan):
        sheet = sheets.get(target.indicator)
        if sheet is not None and _ground_differs(case, sheet, target, start, end):
            subject = Text(f"Zielwert „{target.id}“", f"Target “{target.id}”")
            fault = _other_ground(named(start.period), named(end.period))
            yield Finding(target.at("baseline", "period"), {"subject": subject, "fault": fault})


def _ground_differs(case: Case, sheet: Indicator, target: Change | Gap, start: Point, end: Point) -> bool:
    sides = (place_of(case, target), *((comparison(case, target),) if isinstance(target, Gap) else ()))
    places = [territory(case.plan, side) for side in sides]
    if all(place is None or is_steady(case.plan, place) for place in places):
        return False
    before, after = (era_of(case, sheet, target, point.period) for point in (start, end))
    if before is None or after is None or before.ground == after.ground or _is_torn(case, target):
        return False
    # Only now the costly question: perhaps the figures were converted to one boundary date.
    observed = next((f.era for f in series_of(case, target) if f.period == start.period), before)
    return observed.ground != after.ground


def _is_torn(case: Case, target: Change | Gap) -> bool:
    """Whether the area still names a unit that has ended, which `ref.unit-unknown` reports."""
    area = case.plan.find(place_of(case, target), SocialArea)
    for part in area.parts if area else ():
        unit, last = case.plan.find(part.unit, Unit), part.end or (area.valid_to if area else None)
        if unit is not None and unit.valid_to is not None and (last is None or last > unit.valid_to):
            return True
    return False


def _other_ground(start: Text, end: Text) -> Text:
    return text(
        de=f"Das Gebiet ist am Ausgangszeitpunkt ({start.de}) anders zugeschnitten als am Zielzeitpunkt ({end.de}). "
        "Nehmen Sie einen Ausgangswert für den neuen Zuschnitt, oder lassen Sie die Zahlen auf einen Gebietsstand "
        "umrechnen",
        en=f"the territory is cut differently at the baseline ({start.en}) and at the target ({end.en}). "
        "Take a baseline for the new borders, or have the figures converted to one boundary date",
    )


def _files_on_other_ground(case: Case) -> Iterator[Finding]:
    """Files that give the same indicator and period for other borders than an earlier file does."""
    sheets, boundary = sheets_of(case.plan), boundaries(case)
    changes = sorted({change.date for change in case.plan.successions})
    first: dict[tuple[str, str], tuple[date, Cell]] = {}
    told: set[tuple[str, str]] = set()
    for cell in case.figures.cells if changes else ():
        sheet = sheets.get(cell.indicator)
        if sheet is None:
            continue
        on = boundary(cell, sheet)
        since, other = first.setdefault((cell.indicator, cell.period.text), (on, cell))
        low, high = min(since, on), max(since, on)
        key = cell.resource, cell.indicator
        if low != high and key not in told and any(low < change <= high for change in changes):
            told.add(key)
            yield _mixed(sheet, cell, on, other, since)


def _mixed(sheet: Indicator, cell: Cell, on: date, other: Cell, since: date) -> Finding:
    subject = Text(f"{name(sheet)}, {cell.period.text}", f"{name(sheet)}, {cell.period.text}")
    fault = text(
        de=f"Diese Datei hat den Gebietsstand {day(on).de}, die Zeile in {other.at.file}:{other.at.line} den "
        f"{day(since).de}; dazwischen wurden Grenzen geändert. Liefern Sie beide auf einem Gebietsstand",
        en=f"this file has the boundary date {day(on).en}, the row in {other.at.file}:{other.at.line} has "
        f"{day(since).en}; borders were changed between. Deliver both for one boundary date",
    )
    return Finding(Place(cell.at, cell.indicator), {"subject": subject, "fault": fault})


RULES = (compared_across_break, borders_mixed)
