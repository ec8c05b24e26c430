"""A year at a glance: dates and spans in lines over twelve months, with the times in which the budget binds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, SMALL, lines
from sozplan.render.charts.palette import FAINT, GREY, marked, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.sketch import DASHED, Shape, box, stroke, symbol, word
from sozplan.render.colours import Design
from sozplan.render.numbers import day as said_day

_NAMES, _ROW, _HEAD, _GROUP = 176.0, 11.5, 13.0, 15.0
_SHORT = {
    "de": ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_READING = text(
    de="Je Zeile ein Termin oder ein Gremium, von links nach rechts die Monate: Balken sind Zeiträume, Rauten einzelne "
    "Termine, Punkte Sitzungen; grau hinterlegt ist die Zeit, in der der Haushalt bindet.",
    en="A line for each date or body, the months from left to right: bars are spans, diamonds single dates, dots "
    "sessions; grey behind them is the time in which the budget binds.",
)
_BOUND = "#f0f0f0"
Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Line:
    """Days are single marks, spans bars."""

    name: str
    days: tuple[date, ...] = ()
    spans: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]
    shape: Shape = "diamond"


@dataclass(frozen=True, slots=True)
class Planner:
    """`bound` are the times in which the budget binds, `today` a line where it lies in the year."""

    year: int
    groups: tuple[Group, ...]
    bound: tuple[Stretch, ...] = ()
    today: date | None = None


def planner(of: Planner, finding: str, lang: Lang, *, design: Design | None = None) -> Picture:
    height = _HEAD + sum(_GROUP + _ROW * len(group.lines) for group in of.groups) + 2
    marks = [*_ground(of, height, lang)]
    y = _HEAD
    for group in of.groups:
        marks.append(word(0, y + 10, group.title, size=PLAIN, bold=True))
        y += _GROUP
        for line in group.lines:
            marks += _line(line, group.shape, y, of.year, design or Design())
            y += _ROW
    columns = ("Termin", "Tage") if lang == "de" else ("Date", "Days")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.name, _told(line, lang)) for group in of.groups for line in group.lines
    )
    alt = f"{finding} " + " ".join(
        f"{group.title}: " + "; ".join(f"{line.name} {_told(line, lang)}" for line in group.lines) + "."
        for group in of.groups
    )
    svg = framed("".join(marks), WIDTH, height, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, finding, alt, columns, rows, lang)


def _told(line: Line, lang: Lang) -> str:
    spans = [f"{said_day(start, lang)}–{said_day(end, lang)}" for start, end in line.spans]
    return ", ".join([*spans, *(said_day(each, lang) for each in line.days)])


def _ground(of: Planner, height: float, lang: Lang) -> Iterator[str]:
    for start, end in of.bound:
        left, right = _x(start, of.year), _x(end, of.year, end=True)
        if right > left:
            yield box(left, _HEAD, right - left, height - _HEAD, _BOUND)
    for month in range(1, 13):
        x = _x(date(of.year, month, 1), of.year)
        yield stroke([(x, _HEAD - 3), (x, height)], ink=FAINT, wide=0.5)
        yield word(x + 2, 8.5, _SHORT[lang][month - 1], ink=GREY)
    if of.today is not None and of.today.year == of.year:
        x = _x(of.today, of.year)
        yield stroke([(x, _HEAD - 3), (x, height)], ink=GREY, wide=0.8, dash=DASHED)


def _line(line: Line, shape: Shape, y: float, year: int, design: Design) -> Iterator[str]:
    yield word(0, y + 7.5, lines(line.name, _NAMES - 6, SMALL, most=1)[0])
    fill = ramp(design, 4)[2]
    for start, end in line.spans:
        left, right = _x(start, year), _x(end, year, end=True)
        yield box(left, y + 1.8, max(2.5, right - left), _ROW - 4.6, fill)
    for each in line.days:
        ink = fill if shape == "circle" else marked(design)
        yield symbol(shape, _x(each, year) + 0.5, y + 4.6, 2.3, fill=ink, ink=ink)


def _x(day: date, year: int, *, end: bool = False) -> float:
    """Where a day begins, or ends; what lies outside the year stands at its edge."""
    month = (WIDTH - _NAMES) / 12
    if day.year != year:
        return _NAMES if day.year < year else WIDTH
    return _NAMES + month * (day.month - 1 + (day.day - (0 if end else 1)) / monthrange(day.year, day.month)[1])


def fits(groups: Sequence[Group], height: float) -> bool:
    """Whether a page holds them."""
    return _HEAD + sum(_GROUP + _ROW * len(group.lines) for group in groups) <= height
