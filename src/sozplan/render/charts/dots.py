"""An area beside the whole municipality, share by share on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import SMALL, lines, width
from sozplan.render.charts.palette import FAINT, GREY, INK, PAPER, ramp
from sozplan.render.charts.picture import Picture, rounded
from sozplan.render.charts.scales import Scale, decimals, ticks
from sozplan.render.charts.sketch import moved, stroke, symbol, word
from sozplan.render.colours import Design
from sozplan.render.numbers import percent

WIDE = 268.0
_NAMES, _ROW, _HEAD, _FOOT = 108.0, 14.0, 18.0, 15.0
_LINE = SMALL * 1.12
_READING = text(
    de="Voller Punkt: das Gebiet; hohler Punkt: die ganze Kommune; der Strich dazwischen ist der Abstand.",
    en="Full dot: the area; hollow dot: the whole municipality; the line between them is the gap.",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A share of the area and of the whole, both published; numbers in per cent, words as they are printed."""

    name: str
    area: float
    whole: float
    said: tuple[str, str, str]
    """Area, whole, gap."""


def dots(
    area: str, whole: str, rows: Sequence[Compared], finding: str, lang: Lang, *, design: Design | None = None
) -> Picture:
    names = [lines(row.name, _NAMES - 8, SMALL) for row in rows]
    heights = [_ROW + (len(name) - 1) * _LINE for name in names]
    gaps = max(width(row.said[2], SMALL) for row in rows) + 6
    room = WIDE - _NAMES - gaps
    top = max(max(row.area, row.whole) for row in rows)
    grid = ticks(0, top * 1.04, 4)
    scale = Scale(0, max(top * 1.04, grid[-1]), room)
    dark, end = ramp(design or Design(), 4)[3], _HEAD + sum(heights)
    marks = [moved(_axis(grid, scale, end - _HEAD, lang), _NAMES, _HEAD), *_legend(area, whole, dark)]
    y = _HEAD
    for row, name, high in zip(rows, names, heights, strict=True):
        marks += _row(row, name, y + high / 2, scale, dark)
        y += high
    columns = (text(de="Kennzahl", en="Indicator").say(lang), area, whole, text(de="Abstand", en="Gap").say(lang))
    table = tuple((row.name, *map(str, row.said)) for row in rows)
    alt = f"{finding} " + "; ".join(f"{row.name}: {row.said[0]} / {row.said[1]}" for row in rows) + "."
    svg = framed("".join(marks), WIDE, end + _FOOT, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, finding, alt, columns, table, lang, wide=WIDE)


def _axis(grid: Sequence[float], scale: Scale, high: float, lang: Lang) -> Iterator[str]:
    for value in grid:
        x = scale(value)
        yield stroke([(x, 0), (x, high)], ink=FAINT if value else GREY, wide=0.5)
        yield word(
            x,
            high + 10,
            percent(rounded(value, decimals(grid)), lang, places=decimals(grid)),
            ink=GREY,
            anchor="middle",
        )


def _legend(area: str, whole: str, dark: str) -> Iterator[str]:
    x = 0.0
    for name, fill in ((area, dark), (whole, PAPER)):
        yield symbol("circle", x + 3.5, 6, 2.8, fill=fill, ink=dark if fill == dark else GREY)
        yield word(x + 10, 8.8, name, bold=fill == dark)
        x += 10 + width(name, SMALL, bold=fill == dark) + 14


def _row(row: Compared, name: Sequence[str], y: float, scale: Scale, dark: str) -> Iterator[str]:
    for at, line in enumerate(name):
        yield word(0, y + 2.8 + (at - (len(name) - 1) / 2) * _LINE, line)
    x, other = _NAMES + scale(row.area), _NAMES + scale(row.whole)
    yield stroke([(x, y), (other, y)], ink=GREY, wide=1)
    yield symbol("circle", other, y, 2.8, fill=PAPER, ink=GREY)
    yield symbol("circle", x, y, 2.8, fill=dark, ink=dark)
    yield word(WIDE, y + 2.8, row.said[2], ink=INK, anchor="end")
