"""The process map: lead above, core in the order given, support below."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from sozplan.model.terms import Phase, ProcessKind
from sozplan.render.charts.picture import WIDTH
from sozplan.render.charts.process_map import Station, process_map

STATIONS = [
    Station("P2", "Gebietsplan aufstellen", ProcessKind.CORE, (Phase.ANALYSE.label, Phase.GOALS.label)),
    Station("P3", "Maßnahmen umsetzen", ProcessKind.CORE, (Phase.IMPLEMENTATION.label,)),
    Station("P1", "Zielklausur", ProcessKind.LEAD, (Phase.GOALS.label,)),
    *(Station(f"P{at}", f"Hilfe {at}", ProcessKind.SUPPORT, ()) for at in range(4, 9)),
]


def words() -> list[tuple[str, float, float]]:
    root = etree.fromstring(process_map(STATIONS, "de").svg)
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return [(text.text, float(text.get("x")), float(text.get("y"))) for text in found]


def test_kinds_stand_one_below_the_other_and_core_processes_side_by_side() -> None:
    height = {text: y for text, _, y in words()}
    across = {text: x for text, x, _ in words()}
    assert height["Führung"] < height["Kern"] < height["Unterstützung"]
    assert across["P2\N{EN SPACE}Gebietsplan aufstellen"] < across["P3\N{EN SPACE}Maßnahmen umsetzen"]
    assert height["P4\N{EN SPACE}Hilfe 4"] == height["P6\N{EN SPACE}Hilfe 6"] < height["P7\N{EN SPACE}Hilfe 7"]
    assert all(0 <= x <= WIDTH for _, x, _ in words())


def test_it_says_what_it_shows() -> None:
    found = process_map(STATIONS, "de")
    assert found.title == "Prozesslandkarte: ein Führungsprozess, zwei Kernprozesse und fünf Unterstützungsprozesse."
    assert found.alt == (
        f"{found.title} Führung: P1 Zielklausur; Kern: P2 Gebietsplan aufstellen, P3 Maßnahmen umsetzen; "
        "Unterstützung: P4 Hilfe 4, P5 Hilfe 5, P6 Hilfe 6, P7 Hilfe 7, P8 Hilfe 8."
    )
    assert re.search("<title>Prozesslandkarte: ein", found.svg)
    assert found.rows[0] == ("P2", "Gebietsplan aufstellen", "Kernprozess")
    assert process_map(STATIONS[:1], "en").title == "Process map: one core process."
