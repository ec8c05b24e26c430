"""How the lights of several plans are shared out: a symbol for each target, with word and number for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.terms import Light
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, lines, width
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.sketch import Shape, symbol, word
from sozplan.render.numbers import number

_LOOKS: Mapping[Light, tuple[Shape, str, str]] = {
    Light.GREEN: ("circle", "#1b6b3a", "#1b6b3a"),
    Light.YELLOW: ("triangle", "#d99a00", "#7a5600"),
    Light.RED: ("square", "#a3201d", "#a3201d"),
    Light.GREY: ("circle", "#ffffff", "#595959"),
}
"""Shape, fill and line: no two have the same shape and fill, so that no colour is needed."""
_NAMES, _ROW, _HEAD = 128.0, 17.0, 16.0
_PITCH, _APART = 10.0, 12.0
_READING = text(
    de="Je Zielwert ein Zeichen; die Zahl dahinter sagt, wie viele es sind.",
    en="A sign for each target; the number behind them says how many there are.",
)


@dataclass(frozen=True, slots=True)
class Shared:
    """A plan and how many of its targets have which light."""

    name: str
    lights: Mapping[Light, int]


def lights(rows: Sequence[Shared], finding: str, words: Mapping[Light, Text], lang: Lang) -> Picture:
    named = {light: said.say(lang) for light, said in words.items()}
    pitch = min(_PITCH, *(_room(row, lang) for row in rows))
    marks = [*_legend(named), *(mark for at, row in enumerate(rows) for mark in _row(row, at, pitch, lang))]
    height = _HEAD + _ROW * len(rows)
    columns = (text(de="Gebiet", en="Area").say(lang), *(named[light] for light in Light))
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (row.name, *(row.lights.get(light, 0) for light in Light)) for row in rows
    )
    said = "; ".join(
        f"{row.name}: " + ", ".join(f"{named[light]} {row.lights[light]}" for light in Light if row.lights.get(light))
        for row in rows
    )
    alt = f"{finding} {said}."
    svg = framed("".join(marks), WIDTH, height, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, finding, alt, columns, table, lang)


def _room(row: Shared, lang: Lang) -> float:
    """What there is for each sign."""
    there = [much for much in row.lights.values() if much]
    numbers = sum(width(number(much, lang), PLAIN, bold=True) + _APART for much in there)
    return (WIDTH - _NAMES - numbers) / max(1, sum(there))


def _legend(named: Mapping[Light, str]) -> Iterator[str]:
    x = _NAMES
    for light in Light:
        yield _sign(light, x + 3.5, 6)
        yield word(x + 11, 9, named[light])
        x += 11 + width(named[light], PLAIN) + 14


def _row(row: Shared, at: int, pitch: float, lang: Lang) -> Iterator[str]:
    y = _HEAD + _ROW * (at + 0.5)
    yield word(0, y + 3, lines(row.name, _NAMES - 8, PLAIN, most=1)[0], size=PLAIN)
    x = _NAMES
    for light in Light:
        much = row.lights.get(light, 0)
        if not much:
            continue
        yield from (_sign(light, x + 3.5 + each * pitch, y) for each in range(much))
        x += much * pitch + 1
        said = number(much, lang)
        yield word(x, y + 3, said, size=PLAIN, bold=True)
        x += width(said, PLAIN, bold=True) + _APART - 1


def _sign(light: Light, x: float, y: float) -> str:
    shape, fill, ink = _LOOKS[light]
    return symbol(shape, x, y, 3.2, fill=fill, ink=ink)
