"""The signs of German official statistics (DIN 55301 and the Federal Employment Agency) and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from sozplan.diagnostics import Text, text

SIGNS = MappingProxyType(
    {
        "-": text(de="nichts vorhanden (genau null)", en="nothing (exactly zero)"),
        "0": text(
            de="weniger als die Hälfte von 1 in der letzten besetzten Stelle, jedoch mehr als nichts",
            en="less than half of 1 in the last digit shown, but more than nothing",
        ),
        ".": text(de="Zahlenwert unbekannt oder geheim zu halten", en="figure unknown or confidential"),
        "...": text(de="Angabe fällt später an", en="figure available later"),
        "/": text(
            de="keine Angabe, da Zahlenwert nicht sicher genug", en="no figure, since the value is too unreliable"
        ),
        "()": text(de="Aussagewert eingeschränkt", en="of limited reliability"),
        "x": text(de="Angabe nicht sinnvoll", en="figure not meaningful"),
        "|": text(de="Bruch in der Zeitreihe", en="break in the series"),
        "p": text(de="vorläufige Zahl", en="provisional figure"),
        "r": text(de="berichtigte Zahl", en="revised figure"),
        "s": text(de="geschätzte Zahl", en="estimated figure"),
        "e": text(de="endgültige Zahl", en="final figure"),
        "*": text(de="von der Bundesagentur für Arbeit gesperrt", en="suppressed by the Federal Employment Agency"),
    }
)
_PRINTED = {"-": "\N{EN DASH}", "...": "\N{HORIZONTAL ELLIPSIS}"}


def printed(sign: str) -> str:
    """The sign as typeset: a dash for `-`, one character for `...`."""
    return _PRINTED.get(sign, sign)


def legend(signs: Iterable[str]) -> tuple[tuple[str, Text], ...]:
    """The signs that a table uses with their meanings, each once and in the order of the norm."""
    used = set(signs)
    if unknown := used - SIGNS.keys():
        raise ValueError(f"unknown signs: {sorted(unknown)}")
    return tuple((printed(sign), meaning) for sign, meaning in SIGNS.items() if sign in used)
