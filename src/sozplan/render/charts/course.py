"""The way of a target: what is expected from baseline to target, what came, and where it leads if it goes on so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import SMALL, width
from sozplan.render.charts.palette import FAINT, GREY, INK, PAPER, marked, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture, rounded
from sozplan.render.charts.scales import Scale, apart, decimals, domain, fitting, ticks
from sozplan.render.charts.series import Mark
from sozplan.render.charts.sketch import DASHED, DOTTED, Spot, box, moved, patch, stroke, symbol, word
from sozplan.render.colours import Design, tint
from sozplan.render.numbers import NBSP, number, percent

HALF = (WIDTH - 12) / 2
_HEIGHT = 92.0
_HEAD, _FOOT, _ROW = 9.0, 16.0, 12.0
_SAMPLE = 16.0
_LEGEND = {
    "actual": text(de="Ist", en="actual"),
    "way": text(de="erwarteter Weg", en="expected way"),
    "trend": text(de="Trend mit Spanne", en="trend with range"),
    "band": text(de="vereinbarter Bereich", en="agreed range"),
}
_READING = text(
    de="Linien: Ist-Werte durchgezogen, erwarteter Weg gestrichelt, Trend gepunktet; hohle Zeichen: keine endgültigen "
    "Werte.",
    en="Lines: actual values solid, expected way dashed, trend dotted; hollow signs: no final values.",
)
Dated = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A value that may be shown, on the day that it speaks of."""

    day: date
    value: float
    name: str
    """Of its period, short: `2024/25`."""
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Continued:
    """Where the values so far lead."""

    until: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that is drawn of a target; there is nothing else that scales could know of."""

    finding: str
    dots: tuple[Dot, ...] = ()
    runs: tuple[tuple[Dated, ...], ...] = ()
    """What lines join: of one era, without gaps."""
    way: tuple[Dated, ...] = ()
    """From the baseline to the target."""
    until: tuple[date, str] | None = None
    """The target's day and the name of its period."""
    band: tuple[float | None, float | None] | None = None
    """Of what is to be held: at least, at most."""
    trend: Continued | None = None
    unit: str = ""
    places: int = 1
    signed: bool = False
    """Differences, which have a sign."""


@dataclass(frozen=True, slots=True)
class _Plot:
    of: Course
    x: Scale
    y: Scale
    wide: float
    lang: Lang
    design: Design = field(default_factory=Design)

    def spot(self, at: Dated) -> Spot:
        return self.x(at[0].toordinal()), self.y(at[1])

    @property
    def dark(self) -> str:
        return ramp(self.design, 4)[3]


def course(of: Course, lang: Lang, *, wide: float = HALF, design: Design | None = None) -> Picture:
    values, days = list(_values(of)), list(_days(of))
    low, high = domain(values)
    grid = ticks(low, high, 4)
    names = [_said(of, value, decimals(grid), lang) for value in grid]
    left = max(width(name, SMALL) for name in names) + 5
    ends = _ends(of, lang)
    right = max((width(words, SMALL, bold=True) for _, words, _ in ends), default=0) + 9
    room = wide - left - right
    x = Scale(min(days).toordinal(), max(max(days).toordinal(), min(days).toordinal() + 1), room)
    plot = _Plot(of, x, Scale(low, high, -_HEIGHT), room, lang, design or Design())
    marks = [*_grid(plot, zip(grid, names, strict=True)), *_ground(plot), *_lines(plot), *_dots(plot)]
    marks += [*_newest(plot), *_labels(plot, ends), *_axis(plot)]
    key, rows = _legend(plot, wide)
    height = _HEAD + _HEIGHT + _FOOT + _ROW * rows
    content = moved(marks, left, _HEAD) + moved(key, 0, _HEAD + _HEIGHT + _FOOT)
    columns, table = _table(of, lang)
    alt = f"{of.finding} {_in_words(of, lang)}"
    svg = framed(content, wide, height, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, of.finding, alt, columns, table, lang, wide=wide)


def _values(of: Course) -> Iterator[float]:
    yield from (dot.value for dot in of.dots)
    yield from (value for run in (*of.runs, of.way) for _, value in run)
    yield from (bound for bound in of.band or () if bound is not None)
    if of.trend:
        yield from (of.trend.value, of.trend.low, of.trend.high)


def _days(of: Course) -> Iterator[date]:
    yield from (dot.day for dot in of.dots)
    yield from (day for run in (*of.runs, of.way) for day, _ in run)
    yield from ([of.until[0]] if of.until else [])
    yield from ([of.trend.until] if of.trend else [])


def _said(of: Course, value: float, places: int, lang: Lang) -> str:
    if of.unit == "%":
        return percent(rounded(value, places), lang, places=places)
    said = number(rounded(value, places), lang, places=places, signed=of.signed)
    return f"{said}{NBSP}{of.unit}" if of.unit else said


def _grid(plot: _Plot, lines: Iterator[tuple[float, str]]) -> Iterator[str]:
    for value, name in lines:
        y = plot.y(value)
        yield stroke([(0, y), (plot.wide, y)], ink=GREY if value == 0 else FAINT, wide=0.5)
        yield word(-4, y + 2.8, name, ink=GREY, anchor="end")


def _ground(plot: _Plot) -> Iterator[str]:
    """What lies below the lines: the range to be held, and that of the trend."""
    of = plot.of
    if of.band:
        low, high = of.band
        top = 0 if high is None else plot.y(high)
        bottom = _HEIGHT if low is None else plot.y(low)
        yield box(0, top, plot.wide, bottom - top, tint(plot.design.primary, 0.12))
        for bound in (each for each in of.band if each is not None):
            yield stroke([(0, plot.y(bound)), (plot.wide, plot.y(bound))], ink=GREY, wide=1.1, dash=DASHED)
    if of.trend and of.dots:
        start = plot.spot((of.dots[-1].day, of.dots[-1].value))
        low_end, high_end = (plot.spot((of.trend.until, each)) for each in (of.trend.low, of.trend.high))
        yield patch([start, high_end, low_end], tint(plot.design.accent, 0.22))


def _lines(plot: _Plot) -> Iterator[str]:
    of = plot.of
    if len(of.way) > 1:
        yield stroke([plot.spot(at) for at in of.way], ink=GREY, wide=1.2, dash=DASHED)
        yield symbol("diamond", *plot.spot(of.way[-1]), 3, fill=GREY, ink=GREY)
    if of.trend and of.dots:
        spots = [plot.spot((of.dots[-1].day, of.dots[-1].value)), plot.spot((of.trend.until, of.trend.value))]
        yield stroke(spots, ink=marked(plot.design), wide=1.3, dash=DOTTED)
    for run in of.runs:
        if len(run) > 1:
            yield stroke([plot.spot(at) for at in run], ink=plot.dark, wide=1.8)


def _dots(plot: _Plot) -> Iterator[str]:
    for dot in plot.of.dots:
        x, y = plot.spot((dot.day, dot.value))
        yield _dot(dot.mark, x, y, plot.dark)


def _newest(plot: _Plot) -> Iterator[str]:
    """The figure of the newest value, where it covers least of the lines."""
    for last in plot.of.dots[-1:]:
        x, y = plot.spot((last.day, last.value))
        said = _said(plot.of, last.value, plot.of.places, plot.lang)
        wide = width(said, SMALL, bold=True)
        corners = [(at, base) for base in (y - 5, y + 12) for at in (x - wide / 2, x - 2, x - wide + 2)]
        inside = [(min(max(at, 0), plot.wide - wide), min(max(base, 2), _HEIGHT - 2)) for at, base in corners]
        left, base = min(inside, key=lambda corner: _covered(plot, corner, wide))
        yield word(left, base, said, bold=True, ink=plot.dark)


def _covered(plot: _Plot, corner: Spot, wide: float) -> int:
    """How many points of lines lie below a word there."""
    x, y = corner
    return sum(x - 2 <= a <= x + wide + 2 and y - 7.5 <= b <= y + 2 for a, b in _inked(plot))


def _inked(plot: _Plot) -> Iterator[Spot]:
    """The lines, point by point."""
    of = plot.of
    lines = [*of.runs, of.way]
    if of.trend and of.dots:
        lines.append(((of.dots[-1].day, of.dots[-1].value), (of.trend.until, of.trend.value)))
    for line in lines:
        for (x, y), (x2, y2) in pairwise(plot.spot(at) for at in line):
            steps = int(abs(x2 - x) + abs(y2 - y)) + 1
            yield from ((x + (x2 - x) * at / steps, y + (y2 - y) * at / steps) for at in range(steps + 1))


def _dot(mark: Mark, x: float, y: float, ink: str) -> str:
    """Full for plain values, hollow for all others."""
    if mark is Mark.PLAIN:
        return symbol("circle", x, y, 2, fill=ink, ink=ink)
    shape = {"circle": "circle", "diamond": "diamond"}.get(mark.value[0], "square")
    return symbol(shape, x, y, 2.6, fill=PAPER, ink=ink)  # type: ignore[arg-type]


def _ends(of: Course, lang: Lang) -> list[tuple[float, str, str]]:
    """Values, words and colours of what stands to the right of the plot."""
    ends: list[tuple[float, str, str]] = []
    if len(of.way) > 1:
        aim = of.way[-1][1]
        said = text(de="Ziel {}", en="target {}").say(lang).format(_said(of, aim, of.places, lang))
        ends.append((aim, said, INK))
    for bound, words in zip(of.band or (), (text(de="mind. {}", en="min. {}"), text(de="höchst. {}", en="max. {}")),
                            strict=False):  # fmt: skip
        if bound is not None:
            ends.append((bound, words.say(lang).format(_said(of, bound, of.places, lang)), INK))
    if of.trend:
        said = text(de="Trend {}", en="trend {}").say(lang).format(_said(of, of.trend.value, of.places, lang))
        ends.append((of.trend.value, said, GREY))
    return ends


def _labels(plot: _Plot, ends: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    places = apart([plot.y(value) + 2.8 for value, _, _ in ends], 10, 2, _HEIGHT)
    for y, (_, words, ink) in zip(places, ends, strict=True):
        yield word(plot.wide + 7, y, words, ink=ink, bold=ink == INK)


def _axis(plot: _Plot) -> Iterator[str]:
    """Names of the target's period first, then those of the newest and the oldest value, then what has room."""
    of = plot.of
    yield stroke([(0, _HEIGHT), (plot.wide, _HEIGHT)], ink=GREY, wide=0.5)
    dots = [(dot.day, dot.name) for dot in of.dots]
    named = [*([of.until] if of.until else []), *dots[-1:], *dots[:1], *reversed(dots[1:-1])]
    for day in dict.fromkeys(day for day, _ in named):
        x = plot.x(day.toordinal())
        yield stroke([(x, _HEIGHT), (x, _HEIGHT + 3)], ink=GREY, wide=0.5)
    for x, name in fitting([(plot.x(day.toordinal()), name) for day, name in named], -12, plot.wide + 12):
        yield word(x, _HEIGHT + 12, name, ink=GREY, anchor="middle")


def _legend(plot: _Plot, room: float) -> tuple[list[str], int]:
    """What is there, in as many rows as it takes."""
    of, lang = plot.of, plot.lang
    there = {"actual": bool(of.dots), "way": len(of.way) > 1, "trend": bool(of.trend and of.dots),
             "band": bool(of.band)}  # fmt: skip
    entries = [(name, _LEGEND[name].say(lang)) for name, holds in there.items() if holds]
    used = [mark for mark in Mark if mark is not Mark.PLAIN and any(dot.mark is mark for dot in of.dots)]
    marks: list[str] = []
    x, row = 0.0, 0
    for name, words in [*entries, *((mark.name, mark.value[1].say(lang)) for mark in used)]:
        sample = 7.0 if name.isupper() else _SAMPLE
        wide = sample + 4 + width(words, SMALL)
        if x and x + wide > room:
            x, row = 0.0, row + 1
        marks += [_sample(plot, name, x, row * _ROW + 6), word(x + sample + 4, row * _ROW + 8.8, words)]
        x += wide + 10
    return marks, row + 1


def _sample(plot: _Plot, name: str, x: float, y: float) -> str:
    line = [(x, y), (x + _SAMPLE, y)]
    match name:
        case "actual":
            return stroke(line, ink=plot.dark, wide=1.8) + _dot(Mark.PLAIN, x + _SAMPLE / 2, y, plot.dark)
        case "way":
            return stroke(line, ink=GREY, wide=1.2, dash=DASHED)
        case "trend":
            ground = box(x, y - 3, _SAMPLE, 6, tint(plot.design.accent, 0.22))
            return ground + stroke(line, ink=marked(plot.design), wide=1.3, dash=DOTTED)
        case "band":
            return box(x, y - 3.5, _SAMPLE, 7, tint(plot.design.primary, 0.12), ink=GREY)
    return _dot(Mark[name], x + 3.5, y, plot.dark)


def _in_words(of: Course, lang: Lang) -> str:
    """The values in a row, for who can't see them."""
    said = ", ".join(f"{dot.name} {_said(of, dot.value, of.places, lang)}" for dot in of.dots)
    pieces = [f"{_LEGEND['actual'].say(lang)}: {said}."] if said else []
    if len(of.way) > 1 and of.until:
        first, last = of.way[0], of.way[-1]
        words = text(de="Weg von {} auf {} ({}).", en="Way from {} to {} ({}).").say(lang)
        pieces.append(words.format(*(_said(of, each[1], of.places, lang) for each in (first, last)), of.until[1]))
    if of.trend:
        words = text(de="Trend {} ({} bis {}).", en="Trend {} ({} to {}).").say(lang)
        shown = (_said(of, each, of.places, lang) for each in (of.trend.value, of.trend.low, of.trend.high))
        pieces.append(words.format(*shown))
    return " ".join(pieces)


def _table(of: Course, lang: Lang) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    heads = (
        text(de="Reihe", en="Series").say(lang), text(de="Zeitraum", en="Period").say(lang),
        text(de="Wert", en="Value").say(lang), text(de="Anmerkung", en="Remark").say(lang),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (_LEGEND["actual"].say(lang), dot.name, rounded(dot.value, of.places), dot.mark.value[1].say(lang))
        for dot in of.dots
    ]
    rows += [(_LEGEND["way"].say(lang), str(day), rounded(value, of.places), "") for day, value in of.way]
    if of.trend:
        trend = of.trend
        named = (("", trend.value), (text(de="untere Spanne", en="low").say(lang), trend.low),
                 (text(de="obere Spanne", en="high").say(lang), trend.high))  # fmt: skip
        rows += [("Trend", str(trend.until), rounded(value, of.places), said) for said, value in named]
    return heads, tuple(rows)
