"""Planning repositories with as many areas as an index rates: a large city's, and all small areas of a country.

With small counts or without: in a city's smallest areas nearly every table has some.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PERIOD = 2025
INDEX = "sozialindex"
LEVEL = "raum"


@dataclass(frozen=True)
class Areas:
    """So many areas, components and years; as counts with their share.

    `small` is the part of the rows that count one or two persons; `totals`: districts and the whole are delivered too;
    `crossing`: social areas of five to fourteen areas from all over.
    """

    name: str
    areas: int
    components: int
    years: int
    per_district: int = 40
    small: float = 0
    totals: bool = False
    crossing: int = 0

    @property
    def districts(self) -> int:
        return -(-self.areas // self.per_district)


CITY = Areas("city", 542, 8, 3)
COUNTRY = Areas("country", 33_000, 7, 1)
SMALL_CITY = Areas("small-city", 542, 8, 10, per_district=46, small=0.03, totals=True)
CROSSING = Areas("crossing", 400, 1, 8, per_district=25, small=0.1, totals=True, crossing=60)
SMALL_COUNTRY = Areas("small-country", 33_000, 7, 1, small=0.0005)


def write(areas: Areas, root: Path) -> None:
    """Writes the repository below `root`, which must not exist."""
    for path, content in _files(areas).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode())


def _files(areas: Areas) -> dict[str, str]:
    files = {
        "sozplan.yaml": _SETTINGS,
        "plans/organisation/verwaltung.yaml": _ADMINISTRATION,
        "plans/territory/bezirke.yaml": "units:\n" + "".join(_districts(areas)),
        f"indicators/indices/{INDEX}.yaml": _index(areas),
        "indicators/datapackage.yaml": _PACKAGE,
        "indicators/data/werte.csv": _HEAD + "".join(_rows(areas)),
    }
    if areas.crossing:
        files["plans/territory/gebiete.yaml"] = "social_areas:\n" + "".join(_crossing(areas))
    for c in range(areas.components):
        files[f"indicators/catalogue/anteil-{c}.yaml"] = _sheet(c)
    for n, some in enumerate(_portions(areas)):
        files[f"plans/territory/raeume-{n}.yaml"] = "units:\n" + "".join(_unit(n, areas.per_district) for n in some)
    return files


def _portions(areas: Areas) -> Iterator[range]:
    """A file of territory may not be larger than 2 MB."""
    most = 15_000
    for start in range(0, areas.areas, most):
        yield range(start, min(start + most, areas.areas))


def _districts(areas: Areas) -> Iterator[str]:
    yield '  - {id: messland, key: "11", name: Messland, level: land}\n'
    for n in range(areas.districts):
        yield f'  - {{id: bezirk-{n}, key: "{n:04}", name: Bezirk {n}, level: bezirk, parent: messland}}\n'


def _unit(n: int, per_district: int) -> str:
    return f"""\
  - id: raum-{n}
    key: "{n:08}"
    name: Planungsraum {n}
    level: {LEVEL}
    parent: bezirk-{n // per_district}
"""


def _crossing(areas: Areas) -> Iterator[str]:
    chance = random.Random(f"{areas.name} crossing")
    for n in range(areas.crossing):
        some = sorted(chance.sample(range(areas.areas), chance.randrange(5, 15)))
        parts = ", ".join(f"{{unit: raum-{i}}}" for i in some)
        yield f"  - {{id: gebiet-{n}, name: Gebiet {n}, parts: [{parts}]}}\n"


def _rows(areas: Areas) -> Iterator[str]:
    chance = random.Random(areas.name)
    for c in range(areas.components):
        counted = {}
        for n in range(areas.areas):
            for year in range(PERIOD + 1 - areas.years, PERIOD + 1):
                base = chance.randrange(800, 3_000)
                cases = chance.randrange(30, base // 2)
                if areas.small and chance.random() < areas.small:
                    base, cases = chance.randrange(40, 300), chance.randrange(1, 3)
                counted[f"{n:08}", year] = cases, base
        if areas.totals:
            counted |= _totals(areas, counted)
        for (key, year), (cases, base) in counted.items():
            yield _row(c, key, year, cases, base)


def _totals(areas: Areas, counted: Mapping[tuple[str, int], tuple[int, int]]) -> dict[tuple[str, int], tuple[int, int]]:
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for (key, year), (cases, base) in counted.items():
        for whole in (f"{int(key) // areas.per_district:04}", "11"):
            before = found.get((whole, year), (0, 0))
            found[whole, year] = before[0] + cases, before[1] + base
    return found


def _row(component: int, key: str, year: int, cases: int, base: int) -> str:
    share = f"{cases / base * 100:.2f}".replace(".", ",")
    return f"anteil-{component};{key};{year};{cases};{base};{share};;final;{year + 1}-03-01\n"


def _index(areas: Areas) -> str:
    components = "".join(f"      - {{indicator: anteil-{c}}}\n" for c in range(areas.components))
    return f"""\
id: {INDEX}
name: Sozialindex
level: {LEVEL}
methods:
  - version: "1"
    preset: z-equal
    components:
{components}"""


def _sheet(n: int) -> str:
    return f"""\
id: anteil-{n}
name: Anteil der Menschen mit Leistung {n}
definition: Anteil der Menschen, die am Jahresende die Leistung {n} beziehen.
numerator: Menschen mit Leistung
denominator: Menschen
unit: "%"
direction: lower
kind: context
steerability: none
timing: day
reference_day: "12-31"
periodicity: yearly
lowest_level: {LEVEL}
responsible: amt
licence: dl-de/by-2-0
source: Statistikstelle
limits: Warum jemand die Leistung bezieht, sagt die Zahl nicht.
"""


_SETTINGS = """\
version: 1
municipality: {name: Messland, key: "11", kind: Land, land: BE}
levels:
  - {id: land, name: Land}
  - {id: bezirk, name: Bezirk}
  - {id: raum, name: Planungsraum}
"""
_ADMINISTRATION = """\
actors:
  - {id: leitung, name: Leitung, kind: head-of-administration}
  - {id: amt, name: Amt für Statistik, kind: office, part_of: leitung}
"""
_PACKAGE = """\
name: messdaten
resources:
  - name: werte
    path: data/werte.csv
    dialect: {delimiter: ";"}
    release: {office: amt, date: 2026-07-01}
    licenses: [{name: dl-de/by-2-0}]
    sources: [{title: Statistikstelle}]
    schema: {fields: [{name: value, type: number, decimalChar: ","}]}
"""
_HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage\n"
