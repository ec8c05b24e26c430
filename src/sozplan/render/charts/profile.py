"""One area against the others: each component in standard deviations from the mean of the rated areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import Layer, Panel, drawing, segments, texts
from sozplan.render.charts.lettering import PLAIN, SMALL, lines, width
from sozplan.render.charts.palette import GREY, INK, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture, rounded
from sozplan.render.charts.wording import count, quoted
from sozplan.render.colours import Design
from sozplan.render.numbers import NBSP, number

BURDENED = 1.0
"""Standard deviations from which a component counts as a burden."""
_NAMES = 152.0
_FIGURES = 46.0
"""Width of a column of values."""
_ROW = 17.0
_HEAD = 30.0
_FOOT = 30.0
_SIDE = 36.0
"""Room for figures beside the longest bars."""
_READING = text(
    de="Balken: Abstand zum Durchschnitt in Standardabweichungen (σ), nach rechts belasteter; dunkel ab 1 σ.",
    en="Bars: distance from the average in standard deviations (σ), more burdened to the right; dark from 1 σ.",
)
_ABSENT = text(de="keine Angabe", en="no figure")


@dataclass(frozen=True, slots=True)
class Component:
    """One indicator of an area; what may not be shown has neither score nor value."""

    name: str
    score: float | None
    """In standard deviations, positive where burdened."""
    theme: str = ""
    value: str = ""
    """As printed, with unit."""
    whole: str = ""
    """The whole town's, as printed."""


@dataclass(frozen=True, slots=True)
class _Row:
    component: Component
    top: float
    name: list[str]

    @property
    def middle(self) -> float:
        return self.top + _height(self.name) / 2


def profile(
    area: str, components: Sequence[Component], lang: Lang, *, whole: str, design: Design | None = None
) -> Picture:
    """`components` in the order they are declared; those of one theme stand together."""
    grouped = _grouped(components)
    headings, rows, height = _arranged(grouped)
    layers = _plot(rows, design or Design(), height, lang)
    figures = _columns(headings, rows, area, whole)
    title = _finding(area, grouped, lang)
    columns, table = _table(grouped, area, whole, lang)
    said = "; ".join(f"{c.name} {_sigma(c.score, lang) if c.score is not None else _ABSENT.say(lang)}" for c in grouped)
    alt = f"{title} {said}."
    panels = [
        Panel(figures, WIDTH, height),
        Panel(layers, _width(), height - _HEAD - _FOOT, _NAMES + 2 * _FIGURES + _SIDE, _HEAD),
    ]
    svg = drawing(panels, WIDTH, height, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, title, alt, columns, table, lang)


def _width() -> float:
    return WIDTH - _NAMES - 2 * _FIGURES - 2 * _SIDE


def _grouped(components: Sequence[Component]) -> list[Component]:
    themes = list(dict.fromkeys(component.theme for component in components))
    return sorted(components, key=lambda component: themes.index(component.theme))


def _arranged(components: Sequence[Component]) -> tuple[list[tuple[str, float]], list[_Row], float]:
    """Headings of themes and rows with their tops, and the height of all."""
    headings: list[tuple[str, float]] = []
    rows: list[_Row] = []
    y, theme = _HEAD, ""
    for component in components:
        if component.theme != theme:
            theme = component.theme
            headings.append((theme, y + _ROW * 0.72))
            y += _ROW
        name = lines(component.name, _NAMES - 8, PLAIN)
        rows.append(_Row(component, y, name))
        y += _height(name)
    return headings, rows, y + _FOOT


def _height(name: Sequence[str]) -> float:
    return _ROW + (len(name) - 1) * PLAIN * 1.15


def _columns(headings: Sequence[tuple[str, float]], rows: Sequence[_Row], area: str, whole: str) -> list[Layer]:
    names = [
        {"x": 0, "y": row.middle + 3 + (at - (len(row.name) - 1) / 2) * PLAIN * 1.15, "text": line}
        for row in rows
        for at, line in enumerate(row.name)
    ]
    ends = (_NAMES + _FIGURES - 6, _NAMES + 2 * _FIGURES - 6)
    values = [
        {"x": x, "y": row.middle + 3, "text": words}
        for row in rows
        for x, words in zip(ends, (row.component.value, row.component.whole), strict=True)
        if words
    ]
    layers = [texts(names), texts(values, align="right")]
    if values:
        heads = [
            {"x": x, "y": _HEAD - 6 - PLAIN * 1.1 * (len(broken) - 1 - at), "text": line}
            for x, words in zip(ends, (area, whole), strict=True)
            for broken in (lines(words, _FIGURES - 6, SMALL, bold=True),)
            for at, line in enumerate(broken)
        ]
        layers.append(texts(heads, align="right", fontSize=SMALL, fontWeight=600))
    if headings:
        layers.append(texts([{"x": 0, "y": y, "text": words} for words, y in headings], fontWeight=600, fill=GREY))
    return layers


def _plot(rows: Sequence[_Row], design: Design, height: float, lang: Lang) -> list[Layer]:
    low, high = _domain([row.component.score for row in rows if row.component.score is not None])
    colours = ramp(design, 4)
    end = height - _HEAD - _FOOT
    scale = {"domain": [low, high], "nice": False}
    step = -(-(high - low) // 8)
    axis = {
        "orient": "bottom", "values": [tick for tick in range(low, high + 1) if tick % step == 0],
        "labelExpr": "datum.value === 0 ? '0' : format(datum.value, '+d')", "grid": True, "domain": False,
        "title": None, "labelOverlap": False,
    }  # fmt: skip
    bars = [_bar(row, colours, lang) for row in rows if row.component.score is not None]
    x = {"field": "score", "type": "quantitative", "scale": scale, "axis": axis}
    span = {"y": {"field": "top", "type": "quantitative", "scale": None, "axis": None}, "y2": {"field": "end"}}
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    layers: list[Layer] = [
        {"data": {"values": bars}, "mark": {"type": "bar"}, "encoding": {"x": x, "x2": {"datum": 0}, **span, **fill}}
    ]
    zero = -low / (high - low) * _width()
    one = (BURDENED - low) / (high - low) * _width()
    layers.append(segments([{"x": zero, "x2": zero, "y": 0, "y2": end}], stroke=INK, strokeWidth=0.9))
    layers.append(segments([{"x": one, "x2": one, "y": 0, "y2": end}], stroke=GREY, strokeWidth=0.7, strokeDash=[3, 2]))
    layers += _figures(bars, x)
    layers += _captions(zero, one, end, lang)
    absent = [row for row in rows if row.component.score is None]
    blank = [{"x": one + 4, "y": row.middle - _HEAD + 3, "text": _ABSENT.say(lang)} for row in absent]
    return layers + ([texts(blank, fontStyle="italic", fill=GREY)] if blank else [])


def _domain(scores: Sequence[float]) -> tuple[int, int]:
    return -max(2, ceil(-min(scores, default=0))), max(2, ceil(max(scores, default=0)))


def _bar(row: _Row, colours: Sequence[str], lang: Lang) -> dict[str, object]:
    score = row.component.score or 0.0
    is_burden = score >= BURDENED
    return {
        "score": score, "top": row.middle - _HEAD - 4.5, "end": row.middle - _HEAD + 4.5, "at": row.middle - _HEAD + 3,
        "fill": colours[3] if is_burden else colours[1], "text": _sigma(score, lang), "burden": is_burden,
    }  # fmt: skip


def _figures(bars: Sequence[dict[str, object]], x: Layer) -> list[Layer]:
    """At the end of each bar, on the side it points to."""
    layers: list[Layer] = []
    for right in (True, False):
        for burden in (True, False):
            rows = [bar for bar in bars if (bar["score"] >= 0) is right and bar["burden"] is burden]  # type: ignore[operator]
            if not rows:
                continue
            looks = {
                "align": "left" if right else "right",
                "dx": 3 if right else -3,
                "fontWeight": 600 if burden else 400,
            }
            layers.append({
                "data": {"values": rows},
                "mark": {"type": "text", "fontSize": SMALL, **looks},
                "encoding": {
                    "x": x,
                    "y": {"field": "at", "type": "quantitative", "scale": None, "axis": None},
                    "text": {"field": "text", "type": "nominal"},
                },
            })  # fmt: skip
    return layers


def _captions(zero: float, one: float, end: float, lang: Lang) -> list[Layer]:
    left = text(de="← günstiger", en="← better").say(lang)
    right = text(de="belasteter →", en="more burdened →").say(lang)
    unit = text(de="Abstand in σ", en="distance in σ").say(lang)
    mark = f"1{NBSP}σ"
    name = text(de="Mittel", en="mean").say(lang)
    end_of_name = zero + min(width(name, SMALL) / 2, (one - zero) / 2)
    start_of_mark = max(one - width(mark, SMALL) / 2, end_of_name + 4)
    return [
        texts([{"x": -_SIDE, "y": end + 24, "text": left}], fontSize=SMALL, fill=GREY),
        texts([{"x": _width() + _SIDE, "y": end + 24, "text": right}], fontSize=SMALL, fill=GREY, align="right"),
        texts([{"x": _width() / 2, "y": end + 24, "text": unit}], fontSize=SMALL, fill=GREY, align="center"),
        texts([{"x": end_of_name, "y": -6, "text": name}], fontSize=SMALL, align="right"),
        texts([{"x": start_of_mark, "y": -6, "text": mark}], fontSize=SMALL),
    ]


def _sigma(score: float, lang: Lang) -> str:
    return f"{number(rounded(score, 2), lang, places=2, signed=True)}{NBSP}σ"


def _finding(area: str, components: Sequence[Component], lang: Lang) -> str:
    known = [component for component in components if component.score is not None]
    burdened = [component for component in known if (component.score or 0) >= BURDENED]
    if not known:
        return text(de=f"{area}: zu keiner Kennzahl gibt es eine Angabe.", en=f"{area}: no indicator has a value.").say(
            lang
        )
    if not burdened:
        words = text(de="{area}: keine von {all} Kennzahlen liegt um 1 σ oder mehr ungünstiger als der Durchschnitt.",
                     en="{area}: none of {all} indicators is worse than average by 1 σ or more.")  # fmt: skip
        return words.say(lang).format(area=area, all=count(len(known), lang))
    worst = max(burdened, key=lambda component: component.score or 0)
    one = len(burdened) == 1
    words = text(
        de="{area}: {much} von {all} Kennzahlen " + ("liegt" if one else "liegen")
        + " um 1 σ oder mehr ungünstiger als der Durchschnitt, am weitesten {worst} ({score}).",
        en="{area}: {much} of {all} indicators " + ("is" if one else "are")
        + " worse than average by 1 σ or more, farthest {worst} ({score}).",
    )  # fmt: skip
    much = text(de="eine", en="one").say(lang) if one else count(len(burdened), lang)
    return words.say(lang).format(
        area=area,
        much=much,
        all=count(len(known), lang),
        worst=quoted(worst.name, lang),
        score=_sigma(worst.score or 0, lang),
    )


def _table(
    components: Sequence[Component], area: str, whole: str, lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    columns = (
        text(de="Thema", en="Theme").say(lang),
        text(de="Kennzahl", en="Indicator").say(lang),
        area,
        whole,
        text(de="Abstand in σ", en="Distance in σ").say(lang),
        text(de="mindestens 1 σ", en="1 σ or more").say(lang),
    )
    yes, no = text(de="ja", en="yes").say(lang), text(de="nein", en="no").say(lang)
    rows = tuple(
        (c.theme, c.name, c.value, c.whole, None if c.score is None else rounded(c.score, 2),
         None if c.score is None else yes if c.score >= BURDENED else no)
        for c in components
    )  # fmt: skip
    return columns, rows
