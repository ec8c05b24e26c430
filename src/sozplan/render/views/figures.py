"""Published figures as they stand in a table: number with unit, sign where there is none, quality beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sozplan.analysis.disclosure import Figure, Withheld
from sozplan.diagnostics import Lang
from sozplan.model.figures import Missing, Quality
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.render import numbers, signs
from sozplan.render.cited import Cited, Quantity

_MISSING = {
    Missing.EMPTY: ".",
    Missing.UNKNOWN: ".",
    Missing.LATER: "...",
    Missing.UNRELIABLE: "/",
    Missing.MEANINGLESS: "x",
    Missing.SUPPRESSED: "*",
    Withheld.CASES: ".",
    Withheld.CLASS: ".",
}
_QUALITY = {Quality.PROVISIONAL: "p", Quality.REVISED: "r", Quality.ESTIMATED: "s"}
TRENDS = {1: "↑", 0: "→", -1: "↓"}
"""Which way a value goes; slanted arrows are not in the font of the papers."""
_PERCENT = frozenset({"%", "Prozent", "v. H.", "per cent", "percent"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: `text` is the number (`Cited`) or the sign that stands for it, `quality` the sign behind the number."""

    text: str
    quality: str | None = None
    period: Period | None = None
    used: frozenset[str] = frozenset()
    """The signs that need a legend."""


NOTHING = Shown("\N{EN DASH}")


def of_figure(figure: Figure, sheet: Indicator | None, lang: Lang) -> Shown:
    if figure.value is None or figure.withheld is not None:
        sign = _MISSING[figure.withheld or Missing.EMPTY]
        return Shown(signs.printed(sign), None, figure.period, frozenset({sign}))
    return of_number(Quantity(figure.value, reference(figure)), sheet, lang, figure.period, figure.quality)


def reference(figure: Figure, what: str = "value") -> str:
    """How a paper cites a published figure, or what is computed of it."""
    return f"{figure.indicator}/{figure.territory}/{figure.period.text}#{what}"


def of_number(
    value: Quantity, sheet: Indicator | None, lang: Lang, period: Period | None = None, quality: Quality | None = None
) -> Shown:
    sign = quality_sign(quality)
    said = Cited(written(value, sheet, lang), value, value.ref)
    return Shown(said, sign, period, frozenset({sign} if sign else ()))


def quality_sign(quality: Quality | None) -> str | None:
    return _QUALITY.get(quality) if quality else None


def written(value: Decimal, sheet: Indicator | None, lang: Lang) -> str:
    """With the sheet's decimals; only per cent is written behind the number, other units stand beside the name."""
    if sheet is None:
        return numbers.number(value, lang)
    if is_share(sheet):
        return numbers.percent(value, lang, places=sheet.decimals)
    return numbers.number(value, lang, places=sheet.decimals)


def apart(value: Decimal, sheet: Indicator | None, lang: Lang) -> str:
    """A difference of two values of the indicator."""
    if sheet is not None and is_share(sheet):
        return numbers.points(value, lang, places=sheet.decimals, short=True)
    return numbers.number(value, lang, places=sheet.decimals if sheet else None, signed=True)


def is_share(sheet: Indicator) -> bool:
    return sheet.unit in _PERCENT


def label(sheet: Indicator, *, short: bool = True) -> str:
    """The indicator's name, with its unit if the numbers don't carry it."""
    name = sheet.short if short and sheet.short else sheet.name
    return name if is_share(sheet) else f"{name} ({sheet.unit})"
