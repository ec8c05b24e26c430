"""Figures, money, shares and dates as the reader of a German or English paper writes them.

Values come in as `Decimal` or `int`, never as binary floats: 0.1 + 0.2 must not reach paper.
Rounding is half away from zero ("kaufmännisch"), as official statistics round, not Babel's half to even.
The minus sign is U+2212, as wide as a digit, and every blank inside a figure is a no-break space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from babel.core import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from sozplan.diagnostics import Lang, Text, text

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
_DIGITS = 999
"""So that even absurd numbers have room for their decimals."""
_LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}


def number(value: Decimal | int, lang: Lang, *, places: int | None = None, signed: bool = False) -> str:
    """`places` decimals exactly, or without it those that the value itself has; `signed` writes + and ± too."""
    exact = _exact(value)
    if places is None:
        places = max(0, -int(exact.normalize().as_tuple().exponent))
    with localcontext(prec=_DIGITS):
        rounded = _rounded(exact, places)
        digits = format_decimal(abs(rounded), f"#,##0.{'0' * places}" if places else "#,##0", _LOCALES[lang])
    return _sign(rounded, signed=signed) + digits


def percent(value: Decimal | int, lang: Lang, *, places: int = 1) -> str:
    """A share that is already in percent: 23.5 gives `23,5 %` in German and `23.5%` in English."""
    return number(value, lang, places=places) + (f"{NBSP}%" if lang == "de" else "%")


def points(value: Decimal | int, lang: Lang, *, places: int = 1, short: bool = False) -> str:
    """A difference of two shares, with its sign."""
    unit = _POINTS_SHORT if short else _POINTS
    return f"{number(value, lang, places=places, signed=True)}{NBSP}{unit.say(lang)}"


def money(value: Decimal | int, lang: Lang, *, places: int | None = None, signed: bool = False) -> str:
    """Euro; cents only where there are any, unless `places` makes a column uniform."""
    exact = _exact(value)
    if places is None:
        places = 0 if exact == exact.to_integral_value() else 2
    amount = number(exact, lang, places=places, signed=signed)
    if lang == "de":
        return f"{amount}{NBSP}€"
    sign, digits = re.fullmatch(rf"([{MINUS}+±]?)(.*)", amount).groups()  # type: ignore[union-attr]
    return f"{sign}€{digits}"


def day(value: date, lang: Lang, *, long: bool = False) -> str:
    """`31.12.2025` or `31. Dezember 2025`; in English the month is always a word, since 03/04 is two days."""
    if lang == "de" and not long:
        return format_date(value, "dd.MM.yyyy", locale=_LOCALES[lang])
    pattern = {"de": "d. MMMM yyyy", "en": "d MMMM yyyy" if long else "d MMM yyyy"}[lang]
    return format_date(value, pattern, locale=_LOCALES[lang]).replace(" ", NBSP)


def period(value: object, lang: Lang) -> str:
    """A period in words, from its canonical form (`2023`, `2023-H1`, `2023-Q2`, `2023-06`, `2023-06-30`, `2023/24`)."""
    canonical = str(value)
    for shape, say in _PERIODS:
        if match := shape.fullmatch(canonical):
            return say(match, lang)
    raise ValueError(f"not a period: {canonical!r}")


def _exact(value: Decimal | int) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"only Decimal and int are formatted, not {type(value).__name__}")
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"not a figure: {value}")
    return exact


def _rounded(value: Decimal, places: int) -> Decimal:
    """Without the minus of a value that rounds to zero."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def _sign(value: Decimal, *, signed: bool) -> str:
    if value < 0:
        return MINUS
    if not signed:
        return ""
    return "+" if value > 0 else "±"


_POINTS = text(de="Prozentpunkte", en="percentage points")
_POINTS_SHORT = text(de="PP", en="pp")
_HALVES = (text(de="1. Halbjahr", en="first half of"), text(de="2. Halbjahr", en="second half of"))


def _words(template: Text) -> Callable[[re.Match[str], Lang], str]:
    return lambda match, lang: template.say(lang).format(*match.groups()).replace(" ", NBSP)


def _half(match: re.Match[str], lang: Lang) -> str:
    return f"{_HALVES[int(match[2]) - 1].say(lang)} {match[1]}".replace(" ", NBSP)


def _month(match: re.Match[str], lang: Lang) -> str:
    return f"{get_month_names('wide', locale=_LOCALES[lang])[int(match[2])]}{NBSP}{match[1]}"


def _day(match: re.Match[str], lang: Lang) -> str:
    return day(date.fromisoformat(match[0]), lang)


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Lang], str]], ...] = (
    (re.compile(r"(\d{4})"), _words(text(de="{0}", en="{0}"))),
    (re.compile(r"(\d{4})-H([12])"), _half),
    (re.compile(r"(\d{4})-Q([1-4])"), _words(text(de="{1}. Quartal {0}", en="Q{1} {0}"))),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), _month),
    (re.compile(r"\d{4}-\d\d-\d\d"), _day),
    (re.compile(r"(\d{4}/\d\d)"), _words(text(de="Schuljahr {0}", en="school year {0}"))),
)
