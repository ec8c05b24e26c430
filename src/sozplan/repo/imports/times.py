"""Periods as suppliers write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from sozplan.model.periods import Period, PeriodKind, period
from sozplan.repo.imports.rows import Cell, tidy

_MONTHS = (
    ("januar", "jan", "jän"), ("februar", "feb"), ("märz", "mrz", "mär", "maerz"), ("april", "apr"), ("mai",),
    ("juni", "jun"), ("juli", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("oktober", "okt"),
    ("november", "nov"), ("dezember", "dez"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))

_DAY = r"(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>[12]\d{3})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?P<y>[12]\d{3})(?:\.0)?"), lambda m: m["y"]),
    (re.compile(_DAY), lambda m: f"{m['y']}-{int(m['m']):02d}-{int(m['d']):02d}"),
    (re.compile(r"(?P<m>\d\d)/(?P<y>[12]\d{3})"), lambda m: f"{m['y']}-{m['m']}"),
    (re.compile(rf"(?P<n>{_NAMES})\.? (?P<y>[12]\d{{3}})"), lambda m: f"{m['y']}-{MONTHS[m['n']]:02d}"),
    (re.compile(r"(?P<q>[1-4])\. ?(?:quartal|vierteljahr) (?P<y>[12]\d{3})"), lambda m: f"{m['y']}-Q{m['q']}"),
    (re.compile(r"(?P<h>[12])\. ?halbjahr (?P<y>[12]\d{3})"), lambda m: f"{m['y']}-H{m['h']}"),
    (re.compile(r"(?:schuljahr )?(?P<y>[12]\d{3})/(?P<z>\d\d)"), lambda m: f"{m['y']}/{m['z']}"),
    (
        re.compile(r"(?:schuljahr )?(?P<y>[12]\d)(?P<e>\d\d)/(?P<c>[12]\d)(?P<z>\d\d)"),
        lambda m: f"{m['y']}{m['e']}/{m['z']}",
    ),
)
_INSIDE = (
    re.compile(rf"(?<!\d){_DAY}(?!\d)"),
    re.compile(rf"(?<!\w)(?:{_NAMES})\.? [12]\d{{3}}(?!\d)"),
    re.compile(r"(?<![\d./-])(?:19|20)\d{2}(?![\d./-])"),
)


_OTHER_DAYS = re.compile(r"\b(?:datenstand|gebietsstand|erstellungsdatum|redaktionsschluss)\b[^,;)]*")


def read_period(cell: Cell) -> Period | None:
    """None where it is no period that is known."""
    if cell.day is not None:
        return period(cell.day.isoformat())
    return parse_period(cell.text)


@lru_cache(maxsize=10_000)
def parse_period(raw: str) -> Period | None:
    plain = tidy(raw).casefold()
    try:
        return period(plain.upper() if "-" in plain else plain)
    except ValueError:
        pass
    for form, write in _FORMS:
        if (match := form.fullmatch(plain)) is not None:
            try:
                return period(write(match))
            except ValueError:
                return None
    return None


def find_periods(raw: str) -> list[Period]:
    """The periods of the most exact kind that a line of text names, but not since when something holds or is known."""
    plain = _OTHER_DAYS.sub("", tidy(raw).casefold())
    for form in _INSIDE:
        found = [each for match in form.finditer(plain) if (each := parse_period(match[0])) is not None]
        if found:
            return found
    return []


_PARTS = (
    (re.compile(r"MONAT(\d\d)"), "{year}-{part}"),
    (re.compile(r"QUART(\d)"), "{year}-Q{part}"),
    (re.compile(r"HALB(?:J|JAHR)?(\d)"), "{year}-H{part}"),
)


def part_of_year(year: str, code: str) -> Period | None:
    """A flat file names months and quarters as attributes beside the year."""
    for form, written in _PARTS:
        if (match := form.fullmatch(code)) is not None:
            try:
                return period(written.format(year=year, part=match[1]))
            except ValueError:
                return None
    return None


def as_year(found: Period) -> Period:
    """The year that a day stands for; longer periods stay what they are."""
    return period(str(found.end.year)) if found.kind is PeriodKind.DAY else found


STAND = re.compile(r"Stand: *(\d\d)\.(\d\d)\.(\d{4})")


def stand(notes: list[str]) -> date | None:
    """The day of the export, which GENESIS writes below its tables."""
    for line in notes:
        if (match := STAND.match(line)) is not None:
            try:
                return date(int(match[3]), int(match[2]), int(match[1]))
            except ValueError:
                return None
    return None
