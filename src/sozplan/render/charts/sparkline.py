"""A series as small as a word, for tables: where it went, not how much it was; drawn by `charts.html.j2`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.picture import rounded
from sozplan.render.numbers import number

WIDTH, HEIGHT = 48, 11
_INSET = 2.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Lines and single points in points of the drawing, ready for SVG."""

    runs: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    """Values between gaps, and the last one."""
    title: str


def sparkline(values: Sequence[float | None], lang: Lang, *, places: int = 1) -> Sparkline:
    """One value a period in their order; None where there is nothing to show."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    spots = [None if value is None else _spot(at, value, len(values), low, high) for at, value in enumerate(values)]
    runs = _runs(spots)
    dots = [run[0] for run in runs if len(run) == 1]
    dots += [runs[-1][-1]] if runs and len(runs[-1]) > 1 else []
    return Sparkline(
        tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        tuple(dots),
        _title(known, places, lang),
    )


def _spot(at: int, value: float, length: int, low: float, high: float) -> tuple[str, str]:
    x = _INSET + (WIDTH - 2 * _INSET) * (at / (length - 1) if length > 1 else 0.5)
    y = _INSET + (HEIGHT - 2 * _INSET) * ((high - value) / (high - low) if high > low else 0.5)
    return f"{x:.1f}", f"{y:.1f}"


def _runs(spots: Sequence[tuple[str, str] | None]) -> list[list[tuple[str, str]]]:
    runs: list[list[tuple[str, str]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if run]


def _title(known: Sequence[float], places: int, lang: Lang) -> str:
    if len(known) < 2:
        return text(de="zu wenige Werte für einen Verlauf", en="too few figures for a course").say(lang)
    first, last = (rounded(value, places) for value in (known[0], known[-1]))
    way = text(de="gestiegen", en="risen") if last > first else text(de="gesunken", en="fallen")
    way = text(de="gleich geblieben", en="unchanged") if last == first else way
    words = text(de="Verlauf: von {} auf {} {}", en="course: from {} to {}, {}")
    shown = [number(value, lang, places=places) for value in (first, last)]
    return words.say(lang).format(*shown, way.say(lang))
