"""Status × dynamics as numbers: one field a group, shaded like the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sozplan.diagnostics import Lang, Text, text
from sozplan.render.charts.classes import Area, Scale, rated
from sozplan.render.charts.drawing import Layer, Panel, drawing, rects, texts
from sozplan.render.charts.lettering import PLAIN
from sozplan.render.charts.palette import GREY, INK, PAPER, ramp
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.charts.wording import AREAS, capital, count, quoted
from sozplan.render.colours import Design, readable_on
from sozplan.render.numbers import number

_NAMES = 110.0
_SUM = 52.0
_ROW = 24.0
_HEAD = 32.0
_READING = text(
    de="Tafel: Zeilen sind Klassen von {}, Spalten Klassen von {}; in jedem Feld steht, wie viele Gebiete es sind.",
    en="Grid: rows are classes of {}, columns classes of {}; each field holds its number of areas.",
)
Counts = tuple[tuple[int, ...], ...]


def matrix(
    areas: Iterable[Area],
    status: Scale,
    dynamics: Scale,
    lang: Lang,
    *,
    design: Design | None = None,
    units: Text = AREAS,
) -> Picture:
    """How many areas are in each group; those rated in one of both only are left out."""
    both = [area for area in areas if area.place is not None and area.move is not None]
    counts = _counts(both, status, dynamics)
    title = _finding(counts, status, dynamics, rated(both), units, lang)
    columns, rows = _table(counts, status, dynamics, lang)
    alt = f"{title} " + "; ".join(_row_in_words(row) for row in rows[:-1]) + "."
    height = _HEAD + _ROW * (len(counts) + 1)
    layers = _layers(counts, status, dynamics, design or Design(), lang)
    reading = _READING.say(lang).format(status.name, dynamics.name)
    svg = drawing([Panel(layers, WIDTH, height)], WIDTH, height, alt=alt, reading=reading, lang=lang)
    return Picture(svg, title, alt, columns, rows, lang)


def _counts(areas: Iterable[Area], status: Scale, dynamics: Scale) -> Counts:
    found = Counter((area.place, area.move) for area in areas)
    return tuple(
        tuple(found[row, column] for column in range(len(dynamics.classes))) for row in range(len(status.classes))
    )


def _layers(counts: Counts, status: Scale, dynamics: Scale, design: Design, lang: Lang) -> list[Layer]:
    colours = ramp(design, len(counts))
    wide = (WIDTH - _NAMES - _SUM) / len(dynamics.classes)
    fields = [
        {"x": _NAMES + wide * column, "x2": _NAMES + wide * (column + 1) - 1.5, "y": _top(row),
         "y2": _top(row) + _ROW - 1.5, "fill": colours[row]}
        for row in range(len(counts)) for column in range(len(dynamics.classes))
    ]  # fmt: skip
    layers = [rects(fields), *_heads(status, dynamics, wide, lang)]
    for row, numbers in enumerate(counts):
        ink = INK if readable_on(colours[row]) == "#000000" else PAPER
        shown = [
            {"x": _NAMES + wide * (at + 0.5), "y": _base(row), "text": number(n, lang)} for at, n in enumerate(numbers)
        ]
        layers.append(texts(shown, align="center", fontSize=11, fontWeight=600, fill=ink))
    return [*layers, texts(_sums(counts, wide, lang), align="center", fill=GREY)]


def _top(row: int) -> float:
    return _HEAD + _ROW * row


def _base(row: int) -> float:
    return _top(row) + _ROW / 2 + 3


def _heads(status: Scale, dynamics: Scale, wide: float, lang: Lang) -> list[Layer]:
    middle = _NAMES + wide * len(dynamics.classes) / 2
    subjects = [{"x": middle, "y": 10.0, "text": dynamics.name}]
    columns = [{"x": _NAMES + wide * (at + 0.5), "y": 25.0, "text": name} for at, name in enumerate(dynamics.classes)]
    columns.append({"x": WIDTH - _SUM / 2, "y": 25.0, "text": _total(lang)})
    names = [{"x": _NAMES - 8, "y": _base(row), "text": name} for row, name in enumerate(status.classes)]
    names.append({"x": _NAMES - 8, "y": _base(len(status.classes)), "text": _total(lang)})
    return [
        texts(subjects, align="center", fontWeight=600),
        texts([{"x": _NAMES - 8, "y": 25.0, "text": status.name}], align="right", fontWeight=600),
        texts(columns, align="center", fontSize=PLAIN),
        texts(names, align="right", fontSize=PLAIN),
    ]


def _sums(counts: Counts, wide: float, lang: Lang) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"x": WIDTH - _SUM / 2, "y": _base(row), "text": number(sum(numbers), lang)}
        for row, numbers in enumerate(counts)
    ]
    last = len(counts)
    rows += [
        {"x": _NAMES + wide * (at + 0.5), "y": _base(last), "text": number(sum(column), lang)}
        for at, column in enumerate(zip(*counts, strict=True))
    ]
    return [*rows, {"x": WIDTH - _SUM / 2, "y": _base(last), "text": number(sum(map(sum, counts)), lang)}]


def _table(
    counts: Counts, status: Scale, dynamics: Scale, lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[str | int, ...], ...]]:
    columns = (status.name, *(f"{dynamics.name} {name}" for name in dynamics.classes), _total(lang))
    rows: list[tuple[str | int, ...]] = [
        (name, *numbers, sum(numbers)) for name, numbers in zip(status.classes, counts, strict=True)
    ]
    rows.append((_total(lang), *(sum(column) for column in zip(*counts, strict=True)), sum(map(sum, counts))))
    return columns, tuple(rows)


def _row_in_words(row: Sequence[str | int]) -> str:
    return f"{row[0]}: " + ", ".join(str(cell) for cell in row[1:-1])


def _total(lang: Lang) -> str:
    return text(de="zusammen", en="together").say(lang)


def _finding(counts: Counts, status: Scale, dynamics: Scale, total: int, units: Text, lang: Lang) -> str:
    much = counts[-1][-1]
    name = quoted(f"{status.name} {status.classes[-1]}, {dynamics.name} {dynamics.classes[-1]}", lang)
    if not much:
        words = text(de="Die Gruppe {name} kommt nicht vor; {total} {units} bewertet.",
                     en="The group {name} doesn't occur; {total} {units} rated.")  # fmt: skip
    elif much == 1:
        words = text(de="{much} der {total} bewerteten {units} gehört zur Gruppe {name}.",
                     en="{much} of {total} rated {units} belongs to the group {name}.")  # fmt: skip
    else:
        words = text(de="{much} der {total} bewerteten {units} gehören zur Gruppe {name}.",
                     en="{much} of {total} rated {units} belong to the group {name}.")  # fmt: skip
    shown = count(much, lang) if much else ""
    return capital(words.say(lang).format(much=shown, total=number(total, lang), units=units.say(lang), name=name))
