"""The process map: lead processes above, core processes in the order of the cycle, support processes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.terms import ProcessKind
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, SMALL, lines
from sozplan.render.charts.palette import GREY, INK, PAPER
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.charts.sketch import box, number, word
from sozplan.render.charts.wording import count
from sozplan.render.colours import Design

_IN_ROW = 3
_NAMES = 74.0
"""The kind of process, left of its boxes."""
_PAD, _GAP, _TIP = 8.0, 8.0, 11.0
_LEAD = PLAIN * 1.2
_READING = text(
    de="Oben Führungsprozesse, in der Mitte Kernprozesse als Pfeile in der Reihenfolge des Steuerungskreislaufs, unten "
    "Unterstützungsprozesse.",
    en="Lead processes above, core processes in the middle as arrows in the order of the cycle, support processes "
    "below.",
)
_KINDS = {
    ProcessKind.LEAD: text(de="Führung", en="Lead"),
    ProcessKind.CORE: text(de="Kern", en="Core"),
    ProcessKind.SUPPORT: text(de="Unterstützung", en="Support"),
}
_COUNTED = {
    ProcessKind.LEAD: (
        text(de="ein Führungsprozess", en="one lead process"),
        text(de="Führungsprozesse", en="lead processes"),
    ),
    ProcessKind.CORE: (
        text(de="ein Kernprozess", en="one core process"),
        text(de="Kernprozesse", en="core processes"),
    ),
    ProcessKind.SUPPORT: (
        text(de="ein Unterstützungsprozess", en="one support process"),
        text(de="Unterstützungsprozesse", en="support processes"),
    ),
}


class Station(NamedTuple):
    """A process on the map; of core processes `phases` give the order."""

    number: str
    name: str
    kind: ProcessKind
    phases: tuple[Text, ...]


def process_map(stations: Sequence[Station], lang: Lang, *, design: Design | None = None) -> Picture:
    """`stations` in the order of the cycle; kinds without a process are left out."""
    colours = (design or Design()).properties
    marks: list[str] = []
    y = 0.0
    for kind in ProcessKind:
        band = [station for station in stations if station.kind is kind]
        if band:
            drawn, high = _band(band, y, colours["wash"], colours["primary-text"], colours["accent-text"], lang)
            marks += drawn
            y += high + _GAP
    title = _title(stations, lang)
    alt = f"{title} {_listed(stations, lang)}"
    svg = framed("".join(marks), WIDTH, max(1.0, y - _GAP), alt=alt, reading=_READING.say(lang), lang=lang)
    heads = (text(de="Nr.", en="No."), text(de="Prozess", en="Process"), text(de="Art", en="Kind"))
    rows = tuple((each.number, each.name, each.kind.label.say(lang)) for each in stations)
    return Picture(svg, title, alt, tuple(head.say(lang) for head in heads), rows, lang)


def _band(band: Sequence[Station], top: float, wash: str, ink: str, accent: str, lang: Lang) -> tuple[list[str], float]:
    is_core = band[0].kind is ProcessKind.CORE
    beside = min(_IN_ROW, len(band))
    wide = (WIDTH - _NAMES - _PAD - _GAP * (beside - 1)) / beside
    rows = [band[at : at + beside] for at in range(0, len(band), beside)]
    marks: list[str] = []
    y = top + _PAD
    for row in rows:
        high = max(_high(station, wide, is_core, lang) for station in row)
        for place, station in enumerate(row):
            x = _NAMES + place * (wide + _GAP)
            marks += _station(station, x, y, wide, high, accent if is_core else ink, lang, is_core=is_core)
        y += high + _GAP
    high = y - _GAP + _PAD - top
    names = [
        word(8, top + high / 2 + 3 + place * _LEAD, words, size=PLAIN, bold=True, ink=ink)
        for place, words in enumerate(lines(_KINDS[band[0].kind].say(lang), _NAMES - 12, PLAIN, bold=True))
    ]
    ground = [box(0, top, WIDTH, high, wash), box(0, top, 2.4, high, accent if is_core else ink)]
    return [*ground, *names, *marks], high


def _name(station: Station, wide: float, is_core: bool) -> list[str]:
    room = wide - (2 * _TIP + 8 if is_core else 16)
    return lines(f"{station.number}\N{EN SPACE}{station.name}", room, PLAIN, most=6, bold=True)


def _phases(station: Station, wide: float, is_core: bool, lang: Lang) -> list[str]:
    """Which phases of the cycle a core process carries."""
    if not is_core:
        return []
    said = ", ".join(phase.say(lang) for phase in station.phases)
    return lines(said, wide - 2 * _TIP - 8, SMALL, most=6)


def _high(station: Station, wide: float, is_core: bool, lang: Lang) -> float:
    return len(_name(station, wide, is_core)) * _LEAD + len(_phases(station, wide, is_core, lang)) * SMALL * 1.2 + 14


def _station(
    station: Station, x: float, y: float, wide: float, high: float, ink: str, lang: Lang, *, is_core: bool
) -> Iterator[str]:
    tip = _TIP if is_core else 0.0
    corners = [(x, y), (x + wide - tip, y), (x + wide, y + high / 2), (x + wide - tip, y + high), (x, y + high)]
    if is_core:
        corners.append((x + tip, y + high / 2))
    path = "L".join(f"{number(a)},{number(b)}" for a, b in corners)
    yield f'<path d="M{path}Z" fill="{PAPER}" stroke="{ink}" stroke-width="0.9"/>'
    name, phases = _name(station, wide, is_core), _phases(station, wide, is_core, lang)
    used = len(name) * _LEAD + len(phases) * SMALL * 1.2
    left, down = x + (tip + 5 if is_core else 8), y + (high - used) / 2 + PLAIN * 0.85
    for place, words in enumerate(name):
        yield word(left, down + place * _LEAD, words, size=PLAIN, bold=True, ink=INK)
    down += len(name) * _LEAD
    for place, words in enumerate(phases):
        yield word(left, down + place * SMALL * 1.2, words, ink=GREY)


def _title(stations: Sequence[Station], lang: Lang) -> str:
    parts = []
    for kind in ProcessKind:
        found = sum(station.kind is kind for station in stations)
        one, many = _COUNTED[kind]
        if found:
            parts.append(one.say(lang) if found == 1 else f"{count(found, lang)} {many.say(lang)}")
    *first, last = parts or [text(de="kein Prozess", en="no process").say(lang)]
    joined = f"{', '.join(first)}{text(de=' und ', en=' and ').say(lang)}{last}" if first else last
    return text(de=f"Prozesslandkarte: {joined}.", en=f"Process map: {joined}.").say(lang)


def _listed(stations: Sequence[Station], lang: Lang) -> str:
    bands = []
    for kind in ProcessKind:
        band = [f"{station.number} {station.name}" for station in stations if station.kind is kind]
        if band:
            bands.append(f"{_KINDS[kind].say(lang)}: {', '.join(band)}")
    return "; ".join(bands) + "." if bands else ""
