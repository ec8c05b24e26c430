"""Planning repositories with as many areas as an index rates: a large city's, and all small areas of a country."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PERIOD = 2025
INDEX = "sozialindex"
LEVEL = "raum"
PER_DISTRICT = 40


@dataclass(frozen=True)
class Areas:
    """So many areas, components and years; as counts with their share, none of them small."""

    name: str
    areas: int
    components: int
    years: int


CITY = Areas("city", 542, 8, 3)
COUNTRY = Areas("country", 33_000, 7, 1)


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
    for c in range(areas.components):
        files[f"indicators/catalogue/anteil-{c}.yaml"] = _sheet(c)
    for n, some in enumerate(_portions(areas)):
        files[f"plans/territory/raeume-{n}.yaml"] = "units:\n" + "".join(map(_unit, some))
    return files


def _portions(areas: Areas) -> Iterator[range]:
    """A file of territory may not be larger than 2 MB."""
    most = 15_000
    for start in range(0, areas.areas, most):
        yield range(start, min(start + most, areas.areas))


def _districts(areas: Areas) -> Iterator[str]:
    yield '  - {id: messland, key: "11", name: Messland, level: land}\n'
    for n in range(-(-areas.areas // PER_DISTRICT)):
        yield f'  - {{id: bezirk-{n}, key: "{n:04}", name: Bezirk {n}, level: bezirk, parent: messland}}\n'


def _unit(n: int) -> str:
    return f"""\
  - id: raum-{n}
    key: "{n:08}"
    name: Planungsraum {n}
    level: {LEVEL}
    parent: bezirk-{n // PER_DISTRICT}
"""


def _rows(areas: Areas) -> Iterator[str]:
    chance = random.Random(areas.name)
    for c in range(areas.components):
        for n in range(areas.areas):
            for year in range(PERIOD + 1 - areas.years, PERIOD + 1):
                base = chance.randrange(800, 3_000)
                cases = chance.randrange(30, base // 2)
                share = f"{cases / base * 100:.2f}".replace(".", ",")
                yield f"anteil-{c};{n:08};{year};{cases};{base};{share};;final;{year + 1}-03-01\n"


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
