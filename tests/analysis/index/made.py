"""Small planning repositories for indices: areas of one level below a city, shares without counts, methods as YAML."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.components import method_of
from sozplan.analysis.index.evaluate import evaluate
from sozplan.analysis.index.result import IndexResult
from sozplan.model.case import Case
from sozplan.model.indices import Index
from sozplan.model.periods import period
from tests.rules.harness import case_of, write

CITY = "11"
Values = Mapping[str, Mapping[str, Sequence[float | int | None]]]
"""Indicator → period → a value for each area, and for the city where there is one more."""

_SETTINGS = """\
version: 1
municipality: {name: Probestadt, key: "11", kind: Stadt, land: BE}
levels:
  - {id: stadt, name: Stadt}
  - {id: quartier, name: Quartier}
"""
_PACKAGE = """\
name: probe
resources:
  - name: probe
    path: data/probe.csv
    schema:
      fields:
        - {name: indicator, type: string}
        - {name: area, type: string}
        - {name: period, type: string}
        - {name: value, type: number}
        - {name: sign, type: string}
"""
_SHEET = """\
id: {id}
name: {id}
definition: Anteil.
numerator: Fälle
denominator: Menschen
unit: "{unit}"
direction: {direction}
kind: context
steerability: none
timing: day
periodicity: yearly
minimum: -1000000
maximum: 1000000
"""


def key(area: int) -> str:
    return f"{area + 1:04d}"


def files(areas: int, values: Values, methods: str, **better: str) -> dict[str, str]:
    """`better` names the direction of sheets other than “lower is better”."""
    units = "".join(
        f'  - {{id: q-{key(i)}, key: "{key(i)}", name: Quartier {i + 1}, level: quartier, parent: stadt}}\n'
        for i in range(areas)
    )
    made = {
        "sozplan.yaml": _SETTINGS,
        "plans/strategy.yaml": "themes:\n  - {id: arbeit, name: Arbeit}\n  - {id: kinder, name: Kinder}\n",
        "plans/territory/units.yaml": f'units:\n  - {{id: stadt, key: "{CITY}", name: Stadt, level: stadt}}\n{units}',
        "indicators/datapackage.yaml": _PACKAGE,
        "indicators/data/probe.csv": _rows(areas, values),
        "indicators/indices/probe.yaml": "id: probe\nname: Probeindex\nlevel: quartier\nmethods:\n"
        + textwrap.indent(textwrap.dedent(methods).strip("\n"), "  ")
        + "\n",
    }
    for name in values:
        sheet = _SHEET.format(id=name, unit="%", direction=better.get(name.replace("-", "_"), "lower"))
        made[f"indicators/catalogue/{name}.yaml"] = sheet
    return made


def _rows(areas: int, values: Values) -> str:
    rows = ["indicator,area,period,value,sign"]
    places = [*(key(i) for i in range(areas)), CITY]
    for name, periods in values.items():
        for when, found in periods.items():
            for place, value in zip(places, found, strict=False):
                rows.append(f"{name},{place},{when},{'' if value is None else value},{'.' if value is None else ''}")
    return "\n".join(rows) + "\n"


def case(root: Path, made: Mapping[str, str]) -> Case:
    found, unread = case_of(write(root, made))
    assert [each.say("en") for each in unread] == []
    return found


def rated(found: Case, when: str = "2024", version: str | None = None) -> IndexResult:
    index = found.plan.find("probe", Index)
    assert index is not None
    asked = period(when)
    return evaluate(found, index, method_of(index, asked, version), asked, Audience.PUBLIC)


def scores(result: IndexResult) -> list[float]:
    return [area.score for area in result.areas]


def classes(result: IndexResult) -> list[str | None]:
    return [area.class_ for area in result.areas]
