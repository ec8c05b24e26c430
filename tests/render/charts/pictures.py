"""Every kind of picture, made of the town; the numbers are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sozplan.diagnostics import Lang, text
from sozplan.model.geometry import Atlas
from sozplan.model.periods import period
from sozplan.model.terms import Light
from sozplan.render.charts.course import Continued, Course, Dot, course
from sozplan.render.charts.distances import Away, distances
from sozplan.render.charts.dots import Compared, dots
from sozplan.render.charts.finance import Year, finance
from sozplan.render.charts.grid import matrix
from sozplan.render.charts.lights import Shared, lights
from sozplan.render.charts.locator import locator
from sozplan.render.charts.maps import choropleth, matrix_map
from sozplan.render.charts.marks import Marked, marks
from sozplan.render.charts.organigram import Band, Chart, Node, organigram
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.planner import Group, Line, Planner, planner
from sozplan.render.charts.profile import Component, profile
from sozplan.render.charts.ranks import Ranked, ranks
from sozplan.render.charts.series import Mark, Point, Trend
from sozplan.render.charts.trends import trends
from sozplan.render.html import LIGHTS
from sozplan.render.numbers import percent, points
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
        "course": course(COURSE, lang),
        "held": course(HELD, lang, wide=453),
        "steps": course(STEPS, lang),
        "lights": lights(SHARED, "Alles im Plan.", LIGHTS, lang),
        **of_the_house(lang),
        "finance": finance(YEARS, "Das kostet es.", lang, places=2),
        "distances": distances("Nordhafen", "Stadt Mühlbrücken", away(lang), "Belastet.", lang),
        "dots": dots("Nordhafen", "Stadt Mühlbrücken", compared(lang), "Weit entfernt.", lang),
        "locator": located(shapes, lang),
    }


def of_the_house(lang: Lang) -> dict[str, Picture]:
    """The chart of an organisation, a year, and the marks of an inventory."""
    deep = Node("Abt. 1", "Abteilung für Grundsatzfragen der Donaudampfschifffahrt", row=("Abteilung",))
    for level in ("Amt 50", "Dez. III"):
        deep = Node(level, f"{level} – Soziales, Gesundheit und Teilhabe", (deep, deep), (level,))
    head = Node("OB-Amt", "Oberbürgermeisteramt", (*[deep] * 5, *[Node("Stab", row=("Stab",))] * 3), ("OB-Amt",))
    outside = Band(
        "Außerhalb", tuple(Node(f"Träger {i}", "Vertrag mit Amt 50", (), ("Träger",), True) for i in "abcde")
    )
    days = (date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31))
    lines = Line("Datenabruf", spans=((date(2025, 12, 1), date(2026, 5, 29)),)), Line("Bericht an den Rat", days)
    groups = Group("Analyse und Monitoring", lines), Group("Sitzungen", (Line("Rat", days),), "circle")
    bound = ((date(2026, 1, 1), date(2026, 4, 30)),)
    reading = text(de="Kästen hängen untereinander.", en="Boxes hang below each other.")
    counts = Marked("Abstimmung", (5, 9, 0, 6, 2)), Marked("Erreichbarkeit der Angebote im Quartier", (0, 0, 3, 1, 0))
    house = organigram(Chart((head,), (outside,), ("Stelle",)), "Wer zu wem gehört.", reading, lang)
    return {
        **{f"organigram-{at}": picture for at, picture in enumerate(house)},
        "planner": planner(Planner(2026, groups, bound, date(2026, 10, 1)), "Das Jahr.", lang),
        "marks": marks(counts, "Abstimmung ist schwach.", lang),
    }


def located(shapes: Atlas, lang: Lang) -> Picture:
    found = locator(shapes, OUTLINES[1], lang)
    assert found is not None
    return found


def compared(lang: Lang) -> list[Compared]:
    """The first and the last lie close together."""
    rows = (
        ("Kinder unter 15 in Bedarfsgemeinschaften nach SGB II", "41.3", "19.2"),
        ("Wahlbeteiligung", "63.0", "51.2"),
        ("Grundsicherung im Alter", "4.1", "4.2"),
    )
    return [
        Compared(name, float(one), float(other), (
            percent(Decimal(one), lang), percent(Decimal(other), lang),
            points(Decimal(one) - Decimal(other), lang, short=True)))
        for name, one, other in rows
    ]  # fmt: skip


COURSE = Course(
    finding="Z1 Übergang: über dem erwarteten Weg.",
    dots=tuple(
        Dot(date(2019 + at, 10, 15), value, f"{2019 + at}/{20 + at}", Mark.PROVISIONAL if at == 5 else Mark.PLAIN)
        for at, value in enumerate((24.13, 25.0, 23.1, 26.2, 27.7, 28.5714))
    ),
    runs=(
        tuple((date(2019 + at, 10, 15), value) for at, value in enumerate((24.13, 25.0, 23.1, 26.2, 27.7, 28.5714))),
    ),
    way=((date(2023, 10, 15), 23.9), (date(2026, 10, 15), 30.0), (date(2028, 10, 15), 40.0)),
    until=(date(2028, 10, 15), "2028/29"),
    trend=Continued(date(2028, 10, 15), 31.2, 27.0, 35.1),
    unit="%",
)
HELD = Course(
    finding="Z2 Fluktuation: im vereinbarten Bereich.",
    dots=tuple(
        Dot(date(2021 + at, 12, 31), value, str(2021 + at)) for at, value in enumerate((19.8, 19.1, 21.4, 18.6))
    ),
    runs=(((date(2021, 12, 31), 19.8), (date(2022, 12, 31), 19.1)), ((date(2024, 12, 31), 18.6),)),
    until=(date(2028, 12, 31), "2028"),
    band=(15.0, 20.0),
    trend=Continued(date(2028, 12, 31), 19.6, 17.0, 22.0),
    unit="%",
)
STEPS = Course(
    finding="Z3 Meilensteine: einer von zweien.",
    dots=(Dot(date(2026, 10, 1), 40.0, "2026"),),
    runs=(((date(2026, 1, 1), 0), (date(2026, 6, 1), 0), (date(2026, 6, 1), 40.0), (date(2026, 10, 1), 40.0)),),
    way=((date(2026, 1, 1), 0), (date(2026, 6, 1), 40.0), (date(2027, 12, 1), 40.0), (date(2027, 12, 1), 100.0)),
    until=(date(2027, 12, 1), "2027"),
    unit="%",
    places=0,
)
SHARED = (
    Shared("Nordhafen und alles, was dazugehört", {Light.GREEN: 7, Light.YELLOW: 3, Light.RED: 12, Light.GREY: 1}),
)
YEARS = (
    Year(2026, Decimal("1577551.50"), Decimal(510000), Decimal(0), Decimal("2087551.50")),
    Year(2027, Decimal(2493100), Decimal(429000), Decimal(80000), Decimal(3002100), ("Kinder stärken", "Ganztag")),
    Year(2028, Decimal(41900), Decimal(18000), Decimal(0), Decimal(69900)),
)


def away(lang: Lang) -> tuple[Away, ...]:
    """Three indicators, one without an earlier value."""
    pairs = [(Decimal(area), Decimal(whole)) for area, whole in (("42.5", "21.9"), ("55.9", "57.1"), ("94.0", "90.3"))]
    one, two, three = ((percent(area, lang, places=1), percent(whole, lang, places=1)) for area, whole in pairs)
    return (
        Away("Kinder unter 15 in Bedarfsgemeinschaften nach SGB II", 1.99, 2.24, 0.03, one, "2020"),
        Away("Ganztagsquote", 0.0, None, None, two),
        Away("Kita-Quote", -1.26, -0.4, 0.1, three, "2020"),
    )
