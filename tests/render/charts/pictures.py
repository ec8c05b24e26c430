"""Every kind of picture, made of the town; the numbers are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from sozplan.diagnostics import Lang, text
from sozplan.model.periods import period
from sozplan.render.charts.grid import matrix
from sozplan.render.charts.maps import choropleth, matrix_map
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.profile import Component, profile
from sozplan.render.charts.ranks import Ranked, ranks
from sozplan.render.charts.series import Mark, Point, Trend
from sozplan.render.charts.trends import trends
from tests.render.charts.town import DYNAMICS, NAMES, OUTLINES, STATUS, areas, atlas

DISTRICTS = text(de="Bezirke", en="districts")
COMPONENTS = (
    Component("Arbeitslosigkeit (15 bis unter 65 Jahre)", 1.841, "Teilhabe", "12,4 %", "7,1 %"),
    Component("Kinder unter 15 in Bedarfsgemeinschaften nach SGB II", 2.309, "Teilhabe", "41,3 %", "19,2 %"),
    Component("Grundsicherung im Alter", -0.42, "Alter", "4,1 %", "4,9 %"),
    Component("Übergang auf Schulen mit Oberstufe", 0.9649, "Bildung", "29,3 %", "41,2 %"),
    Component("Sprachförderbedarf bei der Schuleingangsuntersuchung", None, "Bildung"),
    Component("Wahlbeteiligung", -1.2, "Teilhabe", "63,0 %", "51,2 %"),
)
TRANSITION = Trend(
    "Übergang auf Schulen mit Oberstufe",
    (
        Point(period("2018/19"), 24.13), Point(period("2019/20"), 25.0, Mark.CONVERTED),
        Point(period("2021/22"), 26.2), Point(period("2022/23"), 27.7),
        Point(period("2023/24"), 29.3, Mark.PROVISIONAL),
    ),
    tuple(Point(period(f"{year}/{year - 1999}"), 41 + (year - 2018) / 10) for year in range(2018, 2024)),
    "%",
)  # fmt: skip
VISITS = Trend(
    "Besuche im Quartierstreff",
    tuple(
        Point(period(str(2019 + at)), 1200.0 + 137 * at, Mark.ESTIMATED if at == 3 else Mark.PLAIN) for at in range(6)
    ),
    (),
    "",
    0,
)


def ranked(much: int) -> list[Ranked]:
    """A tenth is in the highest class, a tenth in the next, a fifth in the lowest."""
    random = Random(4)
    names = NAMES if much <= len(NAMES) else [f"Planungsraum {at:03}" for at in range(much)]
    found = []
    for at in range(much):
        place = 3 if at < much * 0.1 else 2 if at < much * 0.2 else 1 if at < much * 0.8 else 0
        reach = random.randint(0, max(2, much // 12))
        found.append(
            Ranked(f"u{at:03}", names[at], at + 1, place, max(1, at + 1 - reach), min(much, at + 1 + reach // 2))
        )
    return found


def mixed(things: Sequence[Any]) -> list[Any]:
    found = list(things)
    Random(7).shuffle(found)
    return found


def as_given(things: Sequence[Any]) -> Sequence[Any]:
    return things


def all_pictures(lang: Lang = "de", order: Callable[[Sequence[Any]], Sequence[Any]] = as_given) -> dict[str, Picture]:
    """`order` is what a picture must not depend on: areas, shapes, outlines, points; not components and series."""
    shapes = replace(atlas(), shapes=tuple(order(atlas().shapes)))
    series = [
        replace(trend, area=tuple(order(trend.area)), whole=tuple(order(trend.whole))) for trend in (TRANSITION, VISITS)
    ]
    town, outlines = order(areas()), order(OUTLINES)
    return {
        "map": choropleth(shapes, town, STATUS, lang, outlines=outlines, units=DISTRICTS),
        "matrix-map": matrix_map(shapes, town, STATUS, DYNAMICS, lang, outlines=outlines, units=DISTRICTS),
        "matrix": matrix(town, STATUS, DYNAMICS, lang, units=DISTRICTS),
        "profile": profile("Nordhafen", COMPONENTS, lang, whole="Stadt"),
        "ranks": ranks(order(ranked(24)), STATUS, lang, chosen={"u002"}, runs=1000, units=DISTRICTS),
        "neighbours": ranks(order(ranked(542)), STATUS, lang, chosen={"u047", "u300"}, runs=1000, units=DISTRICTS),
        "trend": trends("Nordhafen", series[:1], lang, whole="Stadt"),
        "trends": trends("Nordhafen", series, lang, whole="Stadt"),
    }
