"""Series of an area beside those of the whole: the values, what they say together, and their table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from sozplan.diagnostics import Lang, text
from sozplan.model.periods import Period
from sozplan.render.charts.picture import Cell, rounded
from sozplan.render.charts.wording import capital, count, quoted
from sozplan.render.numbers import NBSP, number, period


class Mark(Enum):
    """What kind of value a point is, with the shape and the words for it."""

    PLAIN = ("circle", text(de="", en=""))
    PROVISIONAL = ("circle", text(de="vorläufig", en="provisional"))
    CONVERTED = ("diamond", text(de="auf den Gebietsstand umgerechnet", en="converted to the boundaries"))
    ESTIMATED = ("square", text(de="geschätzt", en="estimated"))


@dataclass(frozen=True, slots=True)
class Point:
    """A value that may be shown; periods without one have no point."""

    period: Period
    value: float
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator of an area and of the whole."""

    indicator: str
    area: tuple[Point, ...]
    whole: tuple[Point, ...]
    unit: str = ""
    """Behind the figure: `%`."""
    places: int = 1


def headed(trend: Trend) -> str:
    return f"{trend.indicator} ({trend.unit})" if trend.unit else trend.indicator


def day(point: Point) -> int:
    return (point.period.start.toordinal() + point.period.end.toordinal()) // 2


def in_time(points: Iterable[Point]) -> list[Point]:
    return sorted(points, key=day)


def figure(value: float, trend: Trend, lang: Lang) -> str:
    said = number(rounded(value, trend.places), lang, places=trend.places)
    return f"{said}{NBSP}{trend.unit}" if trend.unit and len(trend.unit) <= 2 else said


def _gaps(trend: Trend) -> tuple[float, float] | None:
    """The distance to the whole at the first and the last period that both have."""
    whole = {day(point): point.value for point in trend.whole}
    both = [(point.value - whole[day(point)]) for point in in_time(trend.area) if day(point) in whole]
    return (both[0], both[-1]) if len(both) > 1 else None


def finding(area: str, series: Sequence[Trend], lang: Lang) -> str:
    known = [(trend, gaps) for trend in series if (gaps := _gaps(trend))]
    closer = sum(abs(last) < abs(first) for _, (first, last) in known)
    if not known:
        return text(de="{}: Werte im Vergleich.", en="{}: figures compared.").say(lang).format(area)
    if len(known) == 1:
        return _one_gap(area, *known[0], lang)
    words = text(
        de="{area}: Bei {closer} von {all} Kennzahlen ist der Abstand zum Gesamtwert kleiner geworden.",
        en="{area}: for {closer} of {all} indicators the distance from the whole has become smaller.",
    )
    said = {0: text(de="keiner", en="none").say(lang), 1: text(de="einer", en="one").say(lang)}.get(closer)
    return words.say(lang).format(area=area, closer=said or count(closer, lang), all=count(len(known), lang))


def _one_gap(area: str, trend: Trend, gaps: tuple[float, float], lang: Lang) -> str:
    first, last = (rounded(abs(gap), trend.places) for gap in gaps)
    way = text(de="kleiner geworden", en="smaller") if last < first else text(de="größer geworden", en="larger")
    way = text(de="gleich geblieben", en="unchanged") if last == first else way
    words = text(
        de="{area}: Bei {name} ist der Abstand zum Gesamtwert {way}, von {first} auf {last}{unit}.",
        en="{area}: for {name} the distance from the whole is {way}, from {first} to {last}{unit}.",
    )
    unit = text(de=" Prozentpunkte", en=" percentage points").say(lang) if trend.unit == "%" else ""
    shown = [number(gap, lang, places=trend.places) for gap in (first, last)]
    return words.say(lang).format(
        area=area, name=quoted(trend.indicator, lang), way=way.say(lang), first=shown[0], last=shown[1], unit=unit
    )


def in_words(trend: Trend, area: str, whole: str, lang: Lang) -> str:
    said = [
        f"{name} {figure(last.value, trend, lang)} ({period(last.period, lang)})"
        for name, points in ((area, trend.area), (whole, trend.whole))
        for last in in_time(points)[-1:]
    ]
    return f"{capital(trend.indicator)}: {', '.join(said)}."


def table(
    series: Sequence[Trend], area: str, whole: str, lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    heads = (
        text(de="Kennzahl", en="Indicator").say(lang), text(de="Zeitraum", en="Period").say(lang), area, whole,
        text(de="Anmerkung", en="Remark").say(lang),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for trend in series:
        own = {day(point): point for point in trend.area}
        other = {day(point): point for point in trend.whole}
        for at in sorted(own | other):
            points = [own.get(at), other.get(at)]
            figures = [None if point is None else rounded(point.value, trend.places) for point in points]
            marks = dict.fromkeys(
                point.mark.value[1].say(lang) for point in points if point and point.mark is not Mark.PLAIN
            )
            shown = next(point.period for point in points if point)
            rows.append((headed(trend), period(shown, lang), *figures, ", ".join(marks)))
    return heads, tuple(rows)
