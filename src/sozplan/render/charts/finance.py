"""Money by year and source: bars that add up to what the year costs, and where a grant ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sozplan.diagnostics import Lang, text
from sozplan.render.charts.drawing import framed
from sozplan.render.charts.lettering import PLAIN, SMALL, lines, width
from sozplan.render.charts.palette import GREY, INK, PAPER, marked, ramp
from sozplan.render.charts.picture import WIDTH, Cell, Picture
from sozplan.render.charts.sketch import DASHED, box, stroke, word
from sozplan.render.colours import Design, readable_on
from sozplan.render.numbers import number

_SOURCES = (
    ("own", text(de="Eigenanteil", en="own share")),
    ("funding", text(de="Fördermittel", en="grants")),
    ("third", text(de="Drittmittel", en="third parties")),
    ("open", text(de="ungedeckt", en="not covered")),
)
_SHADES = {"own": 3, "funding": 1, "third": 2}
_YEAR, _ROW, _BAR, _HEAD = 30.0, 18.0, 12.0, 17.0
_AIR = 4.0
_READING = text(
    de="Balken: Aufwand je Jahr nach Quelle, rechts die Summe; unter einer gestrichelten Linie ist eine Förderung zu "
    "Ende.",
    en="Bars: cost by year and source, at the right the total; below a dashed line a grant has ended.",
)


@dataclass(frozen=True, slots=True)
class Year:
    """Euro by source; what none covers is `open`."""

    year: int
    own: Decimal
    funding: Decimal
    third: Decimal
    cost: Decimal
    ending: tuple[str, ...] = ()
    """Grants whose last money is this year's."""

    @property
    def open(self) -> Decimal:
        return max(Decimal(0), self.cost - self.own - self.funding - self.third)

    def of(self, source: str) -> Decimal:
        found: Decimal = getattr(self, source)
        return found


def finance(
    years: Sequence[Year], finding: str, lang: Lang, *, places: int = 0, design: Design | None = None
) -> Picture:
    """Amounts in the drawing are of whole euros, those of the table have as many `places` as it says."""
    there = [(name, said.say(lang)) for name, said in _SOURCES if any(year.of(name) for year in years)]
    plot = _Plot(dict(there), _scale(years, dict(there), lang), design or Design(), lang)
    marks, y = list(_legend(there, plot.design)), _HEAD
    for year in years:
        marks += _bar(year, y, plot)
        y += _ROW
        if year.ending:
            marks += _ending(year, y - 1, plot)
            y += _ROW - _AIR
    columns = (text(de="Jahr", en="Year").say(lang), *(said for _, said in there),
               text(de="Aufwand", en="Cost").say(lang))  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(year.year), *(+year.of(name) for name, _ in there), +year.cost) for year in years
    )
    said = "; ".join(
        f"{year.year}: " + ", ".join(f"{words} {number(year.of(name), lang, places=places)}" for name, words in there)
        for year in years
    )
    alt = f"{finding} {said}. {text(de='Angaben in Euro.', en='In euro.').say(lang)}"
    svg = framed("".join(marks), WIDTH, y + 1, alt=alt, reading=_READING.say(lang), lang=lang)
    return Picture(svg, finding, alt, columns, rows, lang)


@dataclass(frozen=True, slots=True)
class _Plot:
    there: Mapping[str, str]
    """Sources and their names."""
    scale: float
    """Points a euro."""
    design: Design
    lang: Lang


def _scale(years: Sequence[Year], there: Mapping[str, str], lang: Lang) -> float:
    """So that what stands behind each bar has room; what doesn't fit into a bar stands there too."""
    scale = (WIDTH - _YEAR) / max(float(_sum(year, there)) or 1.0 for year in years)
    for _ in range(3):
        scale = min(
            scale,
            *(
                (WIDTH - _YEAR - _behind(year, there, scale, lang)) / (float(_sum(year, there)) or 1.0)
                for year in years
            ),
        )
    return scale


def _sum(year: Year, there: Iterable[str]) -> Decimal:
    return sum((max(year.of(name), Decimal(0)) for name in there), Decimal(0))


def _behind(year: Year, there: Mapping[str, str], scale: float, lang: Lang) -> float:
    rest = width(_rest(year, there, scale, lang), SMALL)
    return 6 + width(_euro(year.cost, lang), SMALL, bold=True) + (rest and rest + 8)


def _rest(year: Year, there: Mapping[str, str], scale: float, lang: Lang) -> str:
    """The amounts whose part of the bar is too short for them."""
    small = [name for name in there if year.of(name) > 0 and not _fits(year.of(name), scale, lang)]
    return ", ".join(f"{there[name]} {_euro(year.of(name), lang)}" for name in small)


def _fits(amount: Decimal, scale: float, lang: Lang) -> bool:
    return width(_euro(amount, lang), SMALL) + 6 <= float(amount) * scale


def _euro(amount: Decimal, lang: Lang) -> str:
    return number(amount, lang, places=0)


def _legend(there: Sequence[tuple[str, str]], design: Design) -> Iterator[str]:
    x = _YEAR
    for name, said in there:
        fill, line = _looks(name, design)
        yield box(x, 1.5, 12, 8, fill, ink=line)
        yield word(x + 16, 8.5, said)
        x += 16 + width(said, SMALL) + 16


def _looks(name: str, design: Design) -> tuple[str, str]:
    """Fill and line: three shades that stay apart in grey, and what nobody pays is empty."""
    return (ramp(design, 4)[_SHADES[name]], PAPER) if name in _SHADES else (PAPER, marked(design))


def _bar(year: Year, y: float, plot: _Plot) -> Iterator[str]:
    yield word(0, y + 9, str(year.year), size=PLAIN)
    x = _YEAR
    for name in plot.there:
        amount = year.of(name)
        wide = float(amount) * plot.scale
        if amount <= 0:
            continue
        fill, line = _looks(name, plot.design)
        yield box(x, y, wide, _BAR, fill, ink=line)
        if _fits(amount, plot.scale, plot.lang):
            ink = INK if readable_on(fill) == "#000000" else PAPER
            yield word(x + wide / 2, y + 9, _euro(amount, plot.lang), ink=ink, anchor="middle")
        x += wide
    total = _euro(year.cost, plot.lang)
    yield word(x + 5, y + 9, total, bold=True)
    if rest := _rest(year, plot.there, plot.scale, plot.lang):
        yield word(x + 13 + width(total, SMALL, bold=True), y + 9, rest, ink=GREY)


def _ending(year: Year, y: float, plot: _Plot) -> Iterator[str]:
    words = text(de="Letztes Jahr der Förderung: {}", en="Last year of the grant: {}").say(plot.lang)
    shown = lines(words.format(", ".join(year.ending)), WIDTH - _YEAR, SMALL, most=1)[0]
    x = _YEAR + width(shown, SMALL) + 5
    ink = marked(plot.design)
    yield word(_YEAR, y + 6.5, shown, ink=ink)
    yield stroke([(0, y + 4), (_YEAR - 5, y + 4)], ink=ink, wide=0.8, dash=DASHED)
    if x < WIDTH:
        yield stroke([(x, y + 4), (WIDTH, y + 4)], ink=ink, wide=0.8, dash=DASHED)
