"""The annexes of a paper: what its text leaves to look up, numbered in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sozplan.diagnostics import Text, text


class Annex(NamedTuple):
    number: int
    title: Text


AREA, NEEDS, GOALS, MEASURES, MONEY, VOICES, SOURCES = (
    "area", "needs", "goals", "measures", "money", "voices", "sources",
)  # fmt: skip
_TITLES = {
    AREA: text(de="Gebietsprofil", en="Profile of the area"),
    NEEDS: text(de="Handlungsbedarfe und ihre Belege", en="Needs and their evidence"),
    GOALS: text(de="Ziele im Einzelnen", en="Goals in detail"),
    MEASURES: text(de="Maßnahmen im Einzelnen", en="Measures in detail"),
    MONEY: text(de="Finanzen im Einzelnen", en="Finances in detail"),
    VOICES: text(de="Beteiligung im Einzelnen", en="Participation in detail"),
    SOURCES: text(de="Quellen und Zahlen", en="Sources and figures"),
}


def annexes(filled: Iterable[str]) -> Mapping[str, Annex]:
    """Only those that there is something for."""
    kept = set(filled)
    names = (name for name in _TITLES if name in kept)
    return {name: Annex(number, _TITLES[name]) for number, name in enumerate(names, 1)}
