"""Coordinate systems told apart by their numbers, as far as Germany goes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.model.geometry import Crs, Point


class _Box(NamedTuple):
    west: float
    east: float
    south: float
    north: float

    def holds(self, x: float, y: float) -> bool:
        return self.west <= x <= self.east and self.south <= y <= self.north


_SOUTH, _NORTH = 5_230_000.0, 6_110_000.0
_GERMANY: dict[Crs, _Box] = {
    "EPSG:4326": _Box(5.5, 15.5, 47.0, 55.5),
    "EPSG:25832": _Box(270_000.0, 930_000.0, _SOUTH, _NORTH),
    "EPSG:25833": _Box(-150_000.0, 510_000.0, _SOUTH, _NORTH),
}
_OTHERS = (
    (
        _Box(32_270_000.0, 33_930_000.0, _SOUTH, _NORTH),
        text(
            de="Vor den Rechtswerten steht die Nummer der Zone (32 oder 33); speichern Sie die Karte in EPSG:25832 oder"
            " EPSG:25833 ohne sie",
            en="the number of the zone (32 or 33) stands before the eastings; save the map in EPSG:25832 or EPSG:25833"
            " without it",
        ),
    ),
    (
        _Box(2_450_000.0, 5_600_000.0, _SOUTH, _NORTH),
        text(
            de="Vermutlich sind es Gauß-Krüger-Koordinaten; speichern Sie die Karte in EPSG:25832 oder EPSG:25833",
            en="they are probably Gauss-Krüger coordinates; save the map in EPSG:25832 or EPSG:25833",
        ),
    ),
    (
        _Box(610_000.0, 1_730_000.0, 5_900_000.0, 7_500_000.0),
        text(
            de="Vermutlich sind es Web-Mercator-Koordinaten (EPSG:3857); speichern Sie die Karte in EPSG:4326 oder UTM",
            en="they are probably Web Mercator coordinates (EPSG:3857); save the map in EPSG:4326 or UTM",
        ),
    ),
)


def lies_in_germany(crs: Crs, low: Point, high: Point) -> bool:
    box = _GERMANY[crs]
    return box.holds(*low) and box.holds(*high)


def guess(crs: Crs, point: Point) -> Text:
    """What the numbers of a point outside of Germany look like."""
    x, y = point
    if _GERMANY[crs].holds(y, x):
        return text(
            de="Beide Werte sind vertauscht; zuerst steht die Länge oder der Rechtswert",
            en="the two values are swapped; longitude or easting comes first",
        )
    fitting = [name for name, box in _GERMANY.items() if box.holds(x, y)]
    if fitting:
        de, en = " oder ".join(fitting), " or ".join(fitting)
        return text(de=f"Sie passen zu {de}; berichtigen Sie „crs“", en=f"they fit {en}; correct “crs”")
    swapped = [name for name, box in _GERMANY.items() if box.holds(y, x)]
    if swapped:
        de, en = " oder ".join(swapped), " or ".join(swapped)
        return text(
            de=f"Vertauscht passen sie zu {de}; zuerst steht die Länge oder der Rechtswert",
            en=f"swapped they fit {en}; longitude or easting comes first",
        )
    known = next((said for box, said in _OTHERS if box.holds(x, y)), None)
    return known or text(
        de="Speichern Sie die Karte in EPSG:4326, EPSG:25832 oder EPSG:25833",
        en="save the map in EPSG:4326, EPSG:25832 or EPSG:25833",
    )


_NAME = re.compile(r"EPSG:(?:[\d.]*:)?(\d+)$", re.IGNORECASE)


def named(member: Any) -> str | None:
    """The system that a file names itself, as the GeoJSON of 2008 did: „EPSG:25832“; None where it can't be told."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return None
    if name.upper().endswith("CRS84"):
        return "EPSG:4326"
    match = _NAME.search(name)
    return f"EPSG:{match[1]}" if match else name


_ALIKE = {"EPSG:4258": "EPSG:4326", "EPSG:32632": "EPSG:25832", "EPSG:32633": "EPSG:25833"}
"""Of another datum, which differs by less than a metre."""


def contradicts(told: str, declared: Crs) -> bool:
    return _ALIKE.get(told, told) != declared
