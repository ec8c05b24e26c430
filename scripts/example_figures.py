#!/usr/bin/env python3
"""Makes the fictive figures of Stadt Mühlbrücken in indicators/data from example_figures.toml.

The figures are invented. They are committed as data; this script is kept so that everybody can see how they came
about and that nobody's data stand behind them. Same script, same bytes.
"""

from __future__ import annotations

import csv
import math
import random
import sys
import tomllib
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

CITY = "05999000"
FIRST, LAST = 2015, 2025
SPLIT = 2024
THRESHOLD = 3
SEED = 340
"""Chosen so that the example shows every light."""
HEADER = ("indicator", "area", "period", "numerator", "denominator", "value", "sign", "status", "vintage")

QUARTER, QUARTER_WHOLE, QUARTER_PART, PART = "BV01", "0201", "0202", 0.45
"""The Altes Bahnviertel: one district and, counted by blocks, part of another."""

AREAS = {"nordhafen": ("0103", "0104"), "weststadt": ("0402", "0403", "0404", "0405"), "bahnviertel": ("0201", "0202")}

FIXED = {
    ("u8-teilnahme", "0202", 2024): 50,
    ("u8-teilnahme", "0202", 2025): 50,
    ("abgaenge-ohne-abschluss", "0103", 2023): 6,
    ("abgaenge-ohne-abschluss", "0104", 2023): 5,
    ("abgaenge-ohne-abschluss", "0103", 2024): 5,
    ("abgaenge-ohne-abschluss", "0104", 2024): 2,
}
"""Counts that the story needs; the last one is hidden in the file."""

ARRIVALS = {2016: 0.006, 2022: 0.008}
"""Years in which people who had fled arrived, as part of the residents."""

REVISED = {("kita-quote-3-6", key, 2022): 9 for key in ("0103", CITY)}
"""Delivered first with so many children too many, in the district and so in the city; both vintages are kept."""

with Path(__file__).with_suffix(".toml").open("rb") as _file:
    TOWN: dict[str, Any] = tomllib.load(_file)

District = dict[str, float]
Series = dict[str, Any]
Row = tuple[str, ...]


class Count(NamedTuple):
    numerator: int
    denominator: int


def children(d: District) -> float:
    return 0.11 + 0.08 * d["families"]


def working_age(d: District) -> float:
    return 0.665 - 0.08 * d["age"] - 0.02 * d["families"]


def older(d: District) -> float:
    return 1 - children(d) - working_age(d)


BASES: dict[str, Callable[[District], float]] = {
    "all": lambda d: 1.0,  # noqa: ARG005 -- one shape for all
    "children": children,
    "cohort": lambda d: children(d) / 15,
    "nursery": lambda d: 3 * children(d) / 15,
    "fourth-form": lambda d: 0.98 * children(d) / 15,
    "leavers": lambda d: 0.95 * children(d) / 15,
    "primary": lambda d: 3.9 * children(d) / 15,
    "working-age": working_age,
    "unemployed": lambda d: working_age(d) * (0.02 + 0.22 * d["burden"]),
    "older": older,
    "very-old": lambda d: 0.31 * older(d),
    "learners": lambda d: 0.004 + 0.012 * d["burden"],
}
"""What part of the residents an indicator is counted on."""


def chance(*seed: str | int) -> float:
    """A normal deviate that depends on the seed alone."""
    return random.Random("/".join(map(str, (SEED, *seed)))).gauss(0, 1)  # noqa: S311 -- invented figures, no secrets


def district(key: str, year: int) -> District:
    found: District = TOWN["districts"]["0404-old" if key == "0404" and year < SPLIT else key]
    return found


def keys(year: int) -> list[str]:
    return [key for key in TOWN["districts"] if len(key) == 4 and (key != "0405" or year >= SPLIT)]


def residents(key: str, year: int) -> int:
    d = district(key, year)
    arrived = sum(part for when, part in ARRIVALS.items() if year < when)
    noise = chance("residents", key, year) * 0.001 if year < max(ARRIVALS) else 0.0
    return round(d["residents"] * (1 + d["growth"] * (year - 2024) - arrived + noise))


def boundary_year(series: Series, year: int) -> int:
    """A school year speaks of the day it ends."""
    return year + 1 if "school-year" in series else year


def rate(series: Series, key: str, year: int, base: int) -> float:
    for area, path in series.get("paths", {}).items():
        if key in AREAS[area]:
            first = int(min(path))
            if year >= first:
                return float(path[str(year)])
            level = path[str(first)] + series["trend"] * (year - first)
            return float(level + noise(series, key, year, level, base))
    start, d = series["level"], district(key, boundary_year(series, year))
    own = chance(series["name"], key) * series["spread"]
    level = float(start["start"]) + start["burden"] * d["burden"] + start["age"] * d["age"] + own
    level += series["trend"] * (year - 2023)
    return float(level + noise(series, key, year, level, base))


def noise(series: Series, key: str, year: int, level: float, base: int) -> float:
    """Small groups move more than large ones, as they would by chance."""
    sampling: float = math.sqrt(max(0.0, level * (1 - level)) / base) if "factor" not in series else 0.0
    return chance(series["name"], key, year) * max(float(series["spread"]) / 2, 0.6 * sampling)


def measure(series: Series, key: str, year: int) -> Count:
    day = boundary_year(series, year)
    base = max(8, round(residents(key, day) * BASES[series["base"]](district(key, day))))
    part = FIXED.get((series["name"], key, year), round(base * rate(series, key, year, base)))
    if "hide-small" in series:
        return Count(max(0, part), base)
    upper = sys.maxsize if "factor" in series else base - THRESHOLD
    return Count(min(max(part, THRESHOLD), upper), base)


def counts(series: Series, year: int) -> dict[str, Count]:
    """All districts, the quarter and the city, which is exactly the sum of the districts."""
    found = {key: measure(series, key, year) for key in keys(boundary_year(series, year))}
    total = Count(sum(c.numerator for c in found.values()), sum(c.denominator for c in found.values()))
    if "hide-small" not in series:
        whole, part = found[QUARTER_WHOLE], inside(series, found[QUARTER_PART])
        found[QUARTER] = Count(*(w + p for w, p in zip(whole, part, strict=True)))
    return {CITY: total, **found}


def inside(series: Series, unit: Count) -> Count:
    """The piece of a district that lies in the quarter: neither there nor in the rest may there be hardly anybody."""
    part, base = (round(PART * number) for number in unit)
    if "factor" not in series:
        rest = unit.denominator - base
        part = max(part, unit.numerator - (rest - THRESHOLD))
        part = min(part, base - THRESHOLD)
    return Count(part, base)


def hidden(series: Series, found: dict[str, Count]) -> set[str]:
    """Cells below the threshold and, so that no sum gives one away, at least one more."""
    if "hide-small" not in series:
        return set()
    small = {key for key, c in found.items() if key != CITY and c.numerator < THRESHOLD}
    if len(small) == 1:
        rest = (key for key in found if key not in {CITY, *small})
        small.add(min(rest, key=lambda key: (found[key].numerator, key)))
    return small


def delivery(series: Series, year: int) -> tuple[str, str]:
    """Status and day."""
    if "school-year" in series:
        return "final", f"{year + 1}-11-14"
    if year == LAST and "provisional" in series:
        return "provisional", f"{year + 1}-05-15"
    return "final", f"{year + 1}-06-30"


def rows(series: Series) -> Iterator[Row]:
    shift = 1 if "school-year" in series else 0
    for year in range(FIRST - shift, LAST + 1 - shift):
        found = counts(series, year)
        gone = hidden(series, found)
        for key, count in found.items():
            yield from deliveries(series, key, year, None if key in gone else count)


def deliveries(series: Series, key: str, year: int, count: Count | None) -> Iterator[Row]:
    state, day = delivery(series, year)
    surplus = REVISED.get((series["name"], key, year))
    if surplus and count:
        yield row(series, key, year, Count(count.numerator + surplus, count.denominator), state, day)
        state, day = "revised", f"{year + 2}-03-29"
    yield row(series, key, year, count, "estimated" if key == QUARTER else state, day)


def row(series: Series, key: str, year: int, count: Count | None, state: str, day: str) -> Row:
    """On a base below the sheet's minimum only the counts stand: they go into larger areas, a rate isn't made."""
    period = f"{year}/{(year + 1) % 100:02d}" if "school-year" in series else str(year)
    where = (series["name"], key, period)
    if count is None:
        return (*where, "", "", "", ".", state, day)
    if count.denominator < series.get("min-base", 0):
        return (*where, str(count.numerator), str(count.denominator), "", "", state, day)
    value = Decimal(count.numerator) / count.denominator * series.get("factor", 100)
    rounded = str(value.quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")
    return (*where, str(count.numerator), str(count.denominator), rounded, "", state, day)


def plain(name: str, number: Callable[[str, int], int], part: float = PART) -> Iterator[Row]:
    """Counts without a base; `part` of the second district goes to the quarter."""
    for year in range(FIRST, LAST + 1):
        found = {key: number(key, year) for key in keys(year)}
        total = sum(found.values())
        found[QUARTER] = found[QUARTER_WHOLE] + round(part * found[QUARTER_PART])
        for key, value in {CITY: total, **found}.items():
            state = "estimated" if key == QUARTER and part else "final"
            yield name, key, str(year), str(value), "", str(value), "" if value else "-", state, f"{year + 1}-02-27"


def visits(key: str, year: int) -> int:
    path: dict[int, int] = {int(y): n for y, n in TOWN["visits"].get(key, {FIRST: 0, LAST: 0}).items()}
    before, after = max(y for y in path if y <= year), min(y for y in path if y >= year)
    even = path[before] + (path[after] - path[before]) * (year - before) / max(1, after - before)
    return round(even * (1 + (0.0 if year in path else chance("visits", key, year) * 0.04)))


def bound_dwellings(key: str, year: int) -> int:
    """Dwellings with a rent and occupancy commitment, of which some lapse each year."""
    d = district(key, year)
    return round(d["residents"] * (0.012 + 0.075 * d["burden"]) * (1 - 0.011 * (year - 2023)))


PLAIN: dict[str, Callable[[], Iterator[Row]]] = {
    "bevoelkerung": lambda: plain("einwohner", residents),
    "umfeld": lambda: plain("bindungswohnungen", bound_dwellings),
    "quartier": lambda: plain("besuche-quartierstreff", visits, part=0),
}


def place(row: Row) -> Row:
    return row[0], row[1], row[2], row[8]


def write(folder: Path) -> None:
    for name in sorted({series["file"] for series in TOWN["series"]}):
        found: list[Row] = [r for series in TOWN["series"] if series["file"] == name for r in rows(series)]
        found += PLAIN[name]() if name in PLAIN else ()
        found.sort(key=place)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, delimiter=";", lineterminator="\n")
            out.writerow(HEADER)
            out.writerows(found)


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent / "indicators" / "data")
