"""An area among the others of its level: indicator by indicator on one scale, where it is and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import SMALL, lines, width
from sozplan.render.charts.palette import FAINT, GREY, INK, PAPER, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture, rounded
from sozplan.render.charts.scales import Scale
from sozplan.render.charts.sketch import DASHED, moved, stroke, symbol, word
from sozplan.render.colours import Design
from sozplan.render.numbers import NBSP, number

_NAMES, _FIGURE, _SIGMA, _ROW, _HEAD, _FOOT, _EDGE = 116.0, 54.0, 44.0, 15.0, 34.0, 28.0, 8.0
_LINE = SMALL * 1.12
_MOST_TICKS = 9
_READING = text(
    de="Voller Punkt: das Gebiet heute; hohler Punkt: der frühere Wert; Raute: die ganze Kommune. Null ist der "
    "Durchschnitt, nach rechts belasteter; gestrichelt eine Standardabweichung.",
    en="Full dot: the area today; hollow dot: the earlier value; diamond: the whole municipality. Zero is the average, "
    "more burdened to the right; dashed is one standard deviation.",
)


@dataclass(frozen=True, slots=True)
class Away:
    """An indicator in standard deviations from the average, positive where burdened; words as they are printed."""

    name: str
    now: float
    then: float | None
    whole: float | None
    said: tuple[str, str]
    """Area and whole."""
    since: str = ""
    """The earlier period."""


def distances(
    area: str, whole: str, rows: Sequence[Away], finding: str, lang: Lang, *, design: Design | None = None
) -> Picture:
    names = [lines(row.name, _NAMES - 6, SMALL) for row in rows]
    heights = [_ROW + (len(name) - 1) * _LINE for name in names]
    room = WIDTH - _NAMES - 2 * _FIGURE - _SIGMA - 2 * _EDGE
    scale = _scale(rows, room)
    left, end, dark = _NAMES + 2 * _FIGURE + _EDGE, _HEAD + sum(heights), ramp(design or Design(), 4)[3]
    marks = [moved(_axis(scale, end - _HEAD, lang), left, _HEAD), *_heads(area, whole, dark, lang)]
    y = _HEAD
    for row, name, high in zip(rows, names, heights, strict=True):
        marks += _row(row, name, y + high / 2, scale, left, dark, lang)
        y += high
    said = "; ".join(f"{row.name}: {_told(row, lang)}" for row in rows)
    alt = f"{finding} {said}."
    columns, table = _table(rows, area, whole, lang)
    svg = framed("".join(marks), WIDTH, end + _FOOT, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, finding, alt, columns, table, lang)


def sigmas(value: float, lang: Lang) -> str:
    return f"{number(rounded(value, 1), lang, places=1, signed=True)}{NBSP}σ"


def _scale(rows: Sequence[Away], room: float) -> Scale:
    values = [each for row in rows for each in (row.now, row.then, row.whole) if each is not None]
    return Scale(min(-1, floor(min(values))), max(2, ceil(max(values))), room)


def _axis(scale: Scale, high: float, lang: Lang) -> Iterator[str]:
    low, top = int(scale.low), int(scale.high)
    step = -(-(top - low) // _MOST_TICKS)
    for at in range(low, top + 1):
        x = scale(at)
        if at % step == 0:
            yield stroke([(x, 0), (x, high)], ink=FAINT, wide=0.5)
            yield word(x, high + 10, number(at, lang, signed=True) if at else "0", ink=GREY, anchor="middle")
    yield stroke([(scale(0), 0), (scale(0), high)], ink=INK, wide=0.8)
    yield stroke([(scale(1), 0), (scale(1), high)], ink=GREY, wide=0.7, dash=DASHED)
    yield word(0, high + 21, text(de="← günstiger", en="← better").say(lang), ink=GREY)
    yield word(scale.reach, high + 21, text(de="belasteter →", en="more burdened →").say(lang), ink=GREY, anchor="end")


def _heads(area: str, whole: str, dark: str, lang: Lang) -> Iterator[str]:
    """The legend, and below it the heads of the columns."""
    earlier = text(de="{}, früherer Wert", en="{}, earlier value").say(lang).format(area)
    x = 0.0
    for shape, name, fill, ink in (
        ("circle", area, dark, dark), ("circle", earlier, PAPER, dark), ("diamond", whole, PAPER, GREY),
    ):  # fmt: skip
        yield symbol(shape, x + 3.5, 6, 2.8, fill=fill, ink=ink)  # type: ignore[arg-type]
        yield word(x + 10, 8.8, name, bold=fill == dark)
        x += 10 + width(name, SMALL, bold=fill == dark) + 14
    for at, words in ((_NAMES + _FIGURE, area), (_NAMES + 2 * _FIGURE, whole)):
        broken = lines(words, _FIGURE - 4, SMALL, bold=True)
        for line, part in enumerate(broken):
            yield word(at, _HEAD - 4 - _LINE * (len(broken) - 1 - line), part, bold=True, anchor="end")
    yield word(WIDTH, _HEAD - 4, text(de="Abstand", en="Distance").say(lang), bold=True, anchor="end")


def _row(row: Away, name: Sequence[str], y: float, scale: Scale, left: float, dark: str, lang: Lang) -> Iterator[str]:
    for at, line in enumerate(name):
        yield word(0, y + 2.8 + (at - (len(name) - 1) / 2) * _LINE, line)
    for end, words in ((_NAMES + _FIGURE, row.said[0]), (_NAMES + 2 * _FIGURE, row.said[1])):
        yield word(end, y + 2.8, words, anchor="end")
    if row.whole is not None:
        yield symbol("diamond", left + scale(row.whole), y, 2.4, fill=PAPER, ink=GREY)
    if row.then is not None:
        yield stroke([(left + scale(row.then), y), (left + scale(row.now), y)], ink=dark, wide=1)
        yield symbol("circle", left + scale(row.then), y, 2.2, fill=PAPER, ink=dark)
    yield symbol("circle", left + scale(row.now), y, 3, fill=dark, ink=dark)
    yield word(WIDTH, y + 2.8, sigmas(row.now, lang), bold=row.now >= 1, anchor="end")


def _told(row: Away, lang: Lang) -> str:
    return sigmas(row.now, lang) + ("" if row.then is None else f" ({row.since}: {sigmas(row.then, lang)})")


def _table(
    rows: Sequence[Away], area: str, whole: str, lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        text(de="Kennzahl", en="Indicator").say(lang),
        area,
        whole,
        text(de="Abstand in σ", en="Distance in σ").say(lang),
        text(de="früher", en="earlier").say(lang),
        text(de="Zeitraum", en="Period").say(lang),
    )
    return columns, tuple(
        (row.name, str(row.said[0]), str(row.said[1]), rounded(row.now, 1),
         None if row.then is None else rounded(row.then, 1), row.since)
        for row in rows
    )  # fmt: skip
