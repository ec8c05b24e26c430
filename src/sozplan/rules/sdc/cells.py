"""Rules on single cells: what a row gives away by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sozplan.analysis.disclosure import Withheld
from sozplan.analysis.primary import zero_is_public
from sozplan.analysis.subject import series_of
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.targets import Change, Gap, Maintain
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sdc.seen import Seen, count, is_small, number, public_cells
from sozplan.rules.target.living import name, sheet_of, targets


@rule(
    "sdc.min-cell",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: Hier {what} unter der Mindestfallzahl {least}. Lassen Sie die Zelle von"
    " der Statistikstelle sperren: Zahlen leeren, „.“ nach „sign“; dazu eine zweite Zelle derselben Summe.",
    en="{indicator}, area {area}, {period}: {what} below the minimum of {least} cases. Have the statistics office"
    " suppress the cell: empty the numbers, “.” into “sign”; and a second cell of the same sum.",
)
def count_below_threshold(case: Case) -> Iterator[Finding]:
    """Keine Anzahl liegt zwischen null und der Mindestfallzahl

    Wer weiß, dass es im Bezirk zwei Fälle gibt, und selbst einer ist, kennt den anderen. Es gilt die größte der
    Mindestfallzahlen aus Datenvertrag („threshold“), Steckbrief („min_cases“) und sozplan.yaml, nie weniger als drei.
    Geprüft werden der Zähler und, bei Anteilen, der Rest bis zum Nenner; gerundet oder überlagert gelieferte Zahlen
    („perturbed“) sind schon geschützt. Die Meldung nennt die Zahl nicht.

    English:
        No count lies between zero and the minimum of cases

        Whoever knows that there are two cases in the district and is one of them knows the other. The largest of the
        minima of the data contract (“threshold”), the sheet (“min_cases”) and sozplan.yaml holds, never less than
        three. The numerator is looked at and, for shares, the rest up to the denominator; numbers delivered rounded or
        perturbed (“perturbed”) are protected already. The message doesn't say the number.

    Bad:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;4;4000;0,1;;final;2026-06-30  # <- sdc.min-cell

    Good:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;;.;final;2026-06-30
        kinderarmut;02;2025;;;;.;final;2026-06-30
    """
    for seen in public_cells(case):
        cases = count(seen)
        if cases is None or seen.sheet.perturbed:
            continue
        base = number(seen.cell.denominator)
        if is_small(cases, seen.least):
            yield _finding(seen, _COUNT, least=seen.least)
        elif base is not None and is_small(base - cases, seen.least):
            yield _finding(seen, _REST, least=seen.least)


_COUNT = text(de="steht eine Anzahl", en="a count stands here")
_REST = text(de="liegt der Rest bis zum Nenner", en="the rest up to the denominator lies")


def _finding(seen: Seen, what: Text, **more: object) -> Finding:
    return Finding(seen.place, {**seen.names, "what": what, **more})


@rule(
    "sdc.small-base",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: Der Nenner liegt unter {least}, darunter wird keine Quote gebildet."
    " Leeren"
    " Sie „value“, fassen Sie Gebiete oder Jahre zusammen, oder lassen Sie die Zelle sperren.",
    en="{indicator}, area {area}, {period}: the denominator lies below {least}; no rate is made below that. Empty"
    " “value”, merge areas or years, or have the cell suppressed.",
)
def base_too_small(case: Case) -> Iterator[Finding]:
    """Quoten stehen auf einer ausreichenden Grundgesamtheit

    Eine Quote aus zwanzig Kindern springt mit jedem Kind um fünf Punkte und sagt mehr über Einzelne als über das
    Gebiet. Es gilt „min_base“ des Steckbriefs; ein Nenner unter der Mindestfallzahl ist auch ohne Quote zu klein. Wo
    nur die Anzahlen stehen, können sie noch zu größeren Gebieten zusammengefasst werden.

    English:
        Rates rest on a sufficient base

        A rate of twenty children jumps by five points with each child and says more of single people than of the area.
        “min_base” of the sheet holds; a denominator below the minimum of cases is too small even without a rate. Where
        only the counts stand they can still be merged into larger areas.

    Bad:
        # indicators/catalogue/kita-quote.yaml
        min_base: 30
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;18;25;72,0;;final;2026-06-30  # <- sdc.small-base

    Good:
        # indicators/catalogue/kita-quote.yaml
        min_base: 30
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;18;25;;;final;2026-06-30
    """
    for seen in public_cells(case):
        base = number(seen.cell.denominator)
        if base is None or base <= 0:
            continue
        least = seen.least if seen.cell.value is None else max(seen.least, seen.sheet.min_base or 0)
        if base < least:
            yield Finding(seen.place, {**seen.names, "least": least})


@rule(
    "sdc.rate",
    Severity.ERROR,
    de="{indicator}, Gebiet {area}, {period}: {what} lässt sich eine Anzahl unter der Mindestfallzahl {least}"
    " ausrechnen. {advice}",
    en="{indicator}, area {area}, {period}: {what} a count below the minimum of {least} cases can be worked out."
    " {advice}",
    by_plan=True,
)
def count_behind_rate(case: Case) -> Iterator[Finding]:
    """Aus Quote und Grundgesamtheit folgt keine kleine Anzahl

    Wer die Quote und den Nenner kennt, kennt den Zähler; wer die Quote und den Zähler kennt, kennt den Nenner. Ebenso
    verraten Ausgangswert, Zielwert und Zielerreichungsgrad den Istwert: Deshalb darf ein Ausgangswert nicht aus einer
    Periode stammen, deren Wert wegen zu weniger Fälle zurückgehalten wird.

    English:
        No small count follows from rate and base

        Whoever knows the rate and the denominator knows the numerator; whoever knows the rate and the numerator knows
        the denominator. In the same way baseline, target and attainment give away the actual value: so a baseline must
        not come from a period whose value is withheld for too few cases.

    Bad:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;4000;0,1;;final;2026-06-30  # <- sdc.rate

    Good:
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2025;;;0,1;;final;2026-06-30
    """
    for seen in public_cells(case):
        hidden = _other_count(seen)
        if hidden is not None and not seen.sheet.perturbed and is_small(hidden, seen.least):
            yield _finding(seen, _FROM_ROW, least=seen.least, advice=_EMPTY_ONE)
    yield from _baselines(case)


_FROM_ROW = text(de="Aus der Quote und der Anzahl daneben", en="from the rate and the count beside it")
_EMPTY_ONE = text(
    de="Lassen Sie die ganze Zelle sperren, oder leeren Sie die Anzahl.",
    en="Have the whole cell suppressed, or empty the count.",
)
_FROM_TARGET = text(de="Aus Ausgangswert, Ziel und Zielerreichung", en="from baseline, target and attainment")
_TAKE_OTHER = text(
    de="Nehmen Sie einen Ausgangswert mit mehr Fällen: ein größeres Gebiet oder mehrere Jahre zusammen.",
    en="Take a baseline with more cases: a larger area, or several years together.",
)


def _other_count(seen: Seen) -> Decimal | None:
    """The count that stands empty beside a rate and the other count; to the nearest case."""
    value, cases, base = (number(n) for n in (seen.cell.value, seen.cell.numerator, seen.cell.denominator))
    if value is None or seen.sheet.denominator is None or (cases is None) == (base is None) or not value:
        return None
    exact = value * base / seen.sheet.factor if base is not None else (cases or 0) * seen.sheet.factor / value
    return max(exact.to_integral_value(), Decimal(1)) if exact > 0 else None


def _baselines(case: Case) -> Iterator[Finding]:
    for target in targets(case):
        if not isinstance(target, Change | Maintain | Gap) or target.baseline is None:
            continue
        figure = next((f for f in series_of(case, target) if f.period == target.baseline.period), None)
        sheet = sheet_of(case, target)
        if figure is not None and sheet is not None and figure.withheld is Withheld.CASES:
            names = {"indicator": name(sheet), "area": figure.territory, "period": figure.period.text}
            least = max(case.plan.settings.disclosure.threshold, sheet.min_cases or 0)
            more = {"what": _FROM_TARGET, "least": least, "advice": _TAKE_OTHER}
            yield Finding(target.at("baseline"), {**names, **more})


@rule(
    "sdc.homogeneous",
    Severity.WARNING,
    de="{indicator}, Gebiet {area}, {period}: {what}. Damit ist jede Person der Gruppe bekannt. Lassen Sie die Zelle"
    " sperren, oder fassen Sie Gebiete zusammen.",
    en="{indicator}, area {area}, {period}: {what}. So every person of the group is known. Have the cell suppressed, or"
    " merge areas.",
)
def everybody_or_nobody(case: Case) -> Iterator[Finding]:
    """Kein Anteil ist genau 0 oder 100 Prozent

    Wenn alle Kinder eines Bezirks Leistungen beziehen, weiß man es von jedem einzelnen, wie groß der Bezirk auch ist.
    Ob gesagt werden darf, dass es niemanden gibt, steht in sozplan.yaml („zero_is_public“).
    Geprüft werden Zellen mit Zähler und Nenner; eine bloße Quote sagt nicht, wie viele Menschen sie meint.

    English:
        No share is exactly 0 or 100 per cent

        If all children of a district receive benefits, one knows it of each of them, however large the district is.
        Whether it may be said that there is nobody stands in sozplan.yaml (“zero_is_public”).
        Cells with numerator and denominator are checked; a bare rate doesn't say how many people it means.

    Bad:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;2000;2000;100,0;;final;2026-06-30  # <- sdc.homogeneous

    Good:
        # indicators/data/kennzahlen.csv
        kita-quote;01;2025;1696;2000;84,8;;final;2026-06-30
    """
    for seen in public_cells(case):
        cases, base = number(seen.cell.numerator), number(seen.cell.denominator)
        if cases is None or not base or seen.sheet.perturbed or seen.sheet.highest != seen.sheet.factor:
            continue
        if cases == base:
            yield _finding(seen, _EVERYBODY)
        elif cases == 0 and not zero_is_public(case, seen.sheet):
            yield _finding(seen, _NOBODY)


_EVERYBODY = text(de="Es sind alle", en="it is everybody")
_NOBODY = text(de="Es ist niemand", en="it is nobody")
