"""How an inventory was marked: for each criterion a bar of all marks, from weak to strong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, SMALL, lines, width
from sozplan.render.charts.palette import GREY, INK, PAPER, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.sketch import box, word
from sozplan.render.colours import Design, readable_on
from sozplan.render.numbers import number

_NAMES, _ROW, _BAR, _HEAD = 120.0, 18.0, 12.0, 18.0
_READING = text(
    de="Je Kriterium ein Balken: wie viele Einträge jede Note haben, von 1 (schwach, dunkel) bis 5 (stark, hell).",
    en="A bar for each criterion: how many items have each mark, from 1 (weak, dark) to 5 (strong, light).",
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion and how often it got the marks from the lowest to the highest."""

    name: str
    counts: tuple[int, ...]


def marks(rows: Sequence[Marked], finding: str, lang: Lang, *, design: Design | None = None) -> Picture:
    shades = ramp(design or Design(), len(rows[0].counts))[::-1]
    scale = (WIDTH - _NAMES) / max(sum(row.counts) for row in rows)
    drawn = [*_legend(shades, lang)]
    for at, row in enumerate(rows):
        drawn += _bar(row, _HEAD + at * _ROW, scale, shades, lang)
    notes = [str(mark) for mark in range(1, len(shades) + 1)]
    columns = (text(de="Kriterium", en="Criterion").say(lang), *(_named(note, lang) for note in notes))
    table: tuple[tuple[Cell, ...], ...] = tuple((row.name, *row.counts) for row in rows)
    said = "; ".join(f"{row.name}: " + ", ".join(_told(row, lang)) for row in rows)
    svg = framed(
        "".join(drawn), WIDTH, _HEAD + _ROW * len(rows), alt=f"{finding} {said}.", reading=_READING.say(lang), lang=lang
    )
    return Picture(svg, finding, f"{finding} {said}.", columns, table, lang)


def _named(mark: str, lang: Lang) -> str:
    return text(de="Note {}", en="mark {}").say(lang).format(mark)


def _told(row: Marked, lang: Lang) -> Iterator[str]:
    for mark, count in enumerate(row.counts, 1):
        if count:
            yield f"{_named(str(mark), lang)} {number(count, lang)}"


def _legend(shades: Sequence[str], lang: Lang) -> Iterator[str]:
    ends = text(de="schwach", en="weak").say(lang), text(de="stark", en="strong").say(lang)
    yield word(_NAMES, 8.5, ends[0], ink=GREY)
    x = _NAMES + width(ends[0], SMALL) + 6
    for mark, shade in enumerate(shades, 1):
        yield box(x, 0.5, 16, 10, shade, ink=GREY)
        yield word(x + 8, 8.5, str(mark), ink=_ink(shade), anchor="middle")
        x += 16
    yield word(x + 6, 8.5, ends[1], ink=GREY)


def _bar(row: Marked, y: float, scale: float, shades: Sequence[str], lang: Lang) -> Iterator[str]:
    yield word(0, y + 9, lines(row.name, _NAMES - 8, PLAIN, most=1)[0], size=PLAIN)
    x = _NAMES
    for count, shade in zip(row.counts, shades, strict=True):
        if count:
            yield box(x, y, count * scale, _BAR, shade, ink=PAPER)
            said = number(count, lang)
            if width(said, SMALL) + 2 <= count * scale:
                yield word(x + count * scale / 2, y + 9, said, ink=_ink(shade), anchor="middle")
            x += count * scale


def _ink(shade: str) -> str:
    return INK if readable_on(shade) == "#000000" else PAPER
