"""The steps of a derivation: what is computed in each, and the cells that its numbers stand in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import rounded
from sozplan.diagnostics import Lang, Location, Text, text
from sozplan.model.indicators import Indicator
from sozplan.model.periods import Period
from sozplan.render import numbers

Commits = Mapping[Location, str | None]
"""Place → the commit that brought it, None where it isn't committed."""
_EXTRA = 3
"""Decimals beyond those of the indicator, so that a step can be computed again by hand."""
_ABBREVIATED = 10

NOT_COMMITTED = text(de="noch in keinem Commit", en="in no commit yet")


@dataclass(frozen=True, slots=True)
class Step:
    """`lines` are whole sentences or formulas with their numbers; `at` is where those stand."""

    title: Text
    lines: tuple[Text, ...]
    at: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """Numbers of one indicator, in both languages; of a gap every value is a difference."""

    sheet: Indicator | None
    gap: bool = False

    def value(self, value: Decimal) -> Text:
        return self.difference(value) if self.gap else self._in_unit(value)

    def _in_unit(self, value: Decimal, *, signed: bool = False) -> Text:
        unit = self.sheet.unit if self.sheet else "%"
        return _each(lambda lang: _with_unit(self.bare(value, signed=signed).say(lang), unit, lang))

    def difference(self, value: Decimal) -> Text:
        if self.sheet is None or self.sheet.unit != "%":
            return self._in_unit(value, signed=True)
        return _each(lambda lang: numbers.points(rounded(value), lang, places=self._places(value), short=True))

    def bare(self, value: Decimal, *, signed: bool = False) -> Text:
        places = self._places(value)
        return _each(lambda lang: numbers.number(rounded(value), lang, places=places, signed=signed))

    def factor(self, value: Decimal) -> Text:
        """In a formula, where a negative number needs brackets."""
        shown = self.bare(value)
        return Text(*(f"({each})" for each in shown)) if value < 0 else shown

    def dated(self, value: Decimal, when: Period | None) -> Text:
        shown = self.value(value)
        return shown if when is None else _each(lambda lang: f"{shown.say(lang)} ({numbers.period(when, lang)})")

    def _places(self, value: Decimal) -> int:
        least = self.sheet.decimals if self.sheet else 0
        return min(max(least, -int(rounded(value).normalize().as_tuple().exponent)), least + _EXTRA)


def percent(value: Decimal, places: int = 1) -> Text:
    return _each(lambda lang: numbers.percent(rounded(value), lang, places=places))


def plain(value: Decimal, places: int = 2) -> Text:
    return _each(lambda lang: numbers.number(rounded(value), lang, places=places))


def says(de: str, en: str, **values: Text | str) -> Text:
    """A sentence with each value in its language."""
    german, english = ({k: v if isinstance(v, str) else v.say(lang) for k, v in values.items()} for lang in _LANGS)
    return Text(de.format(**german), en.format(**english))


_LANGS: tuple[Lang, Lang] = ("de", "en")


def _each(say: Callable[[Lang], str]) -> Text:
    return Text(say("de"), say("en"))


def _with_unit(number: str, unit: str, lang: Lang) -> str:
    return f"{number}%" if unit == "%" and lang == "en" else f"{number}{numbers.NBSP}{unit}"


def as_text(head: Sequence[str], steps: Sequence[Step], commits: Commits | None, lang: Lang) -> str:
    lines = [*head]
    for number, step in enumerate(steps, 1):
        lines += ["", f"{number}. {step.title.say(lang)}"]
        lines += [f"   {line.say(lang)}" for line in step.lines]
        lines += [f"   ← {source}" for source in _sources(step.at, commits, lang)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _sources(places: Sequence[Location], commits: Commits | None, lang: Lang) -> Iterator[str]:
    """A line a file and commit: `plans/areas/hafen.yaml:35 (3f2a91c0de)`."""
    where = [(place.file, _commit(place, commits, lang), place.line) for place in places]
    for (file, commit), some in groupby(sorted(set(where)), key=lambda each: each[:2]):
        yield f"{file}:{_ranges([line for _, _, line in some])}{f' ({commit})' if commit else ''}"


def _ranges(lines: Sequence[int]) -> str:
    """Ascending line numbers, neighbours as `12-15`."""
    runs = [list(run) for _, run in groupby(enumerate(lines), key=lambda each: each[1] - each[0])]
    return ",".join(str(run[0][1]) if len(run) == 1 else f"{run[0][1]}-{run[-1][1]}" for run in runs)


def _commit(place: Location, commits: Commits | None, lang: Lang) -> str:
    if commits is None:
        return ""
    commit = commits.get(place)
    return NOT_COMMITTED.say(lang) if commit is None else commit[:_ABBREVIATED]


def as_json(
    target: str, as_of: str, audience: Audience, steps: Sequence[Step], commits: Commits | None, lang: Lang
) -> str:
    listed = [
        {
            "step": number,
            "title": step.title.say(lang),
            "lines": [line.say(lang) for line in step.lines],
            "cells": [
                {"file": place.file, "line": place.line, "commit": (commits or {}).get(place)}
                for place in sorted(set(step.at))
            ],
        }
        for number, step in enumerate(steps, 1)
    ]
    document = {"version": 1, "target": target, "as_of": as_of, "audience": audience.value, "steps": listed}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
