"""Borders joined to units by key, and every way in which a file of them can be wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sozplan.diagnostics import Diagnostic
from sozplan.model.geometry import Atlas
from sozplan.repo.geo import atlas
from sozplan.repo.limits import LIMITS
from sozplan.repo.load import load
from sozplan.repo.store.question import Scope
from sozplan.repo.tree import WorkTree

MAP = "indicators/geo/b.geojson"
SETTINGS = """\
version: 1
municipality: {name: Stadt, key: "05998000", kind: Stadt, land: NW, residents: 1000}
levels: [{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}]
"""
UNITS = """\
units:
  - {id: b-01, key: "01", name: Eins, level: bezirk}
  - {id: b-02, key: "02", name: Zwei, level: bezirk}
  - {id: b-03-alt, key: "03", name: Drei, level: bezirk, valid_to: 2023-12-31}
  - {id: b-03, key: "03", name: Drei, level: bezirk, valid_from: 2024-01-01}
  - {id: b-04, key: "04", name: Vier, level: bezirk, valid_from: 2024-01-01}
boundaries:
  - {path: indicators/geo/b.geojson, level: bezirk, property: id, crs: "EPSG:25832",
     boundary: 2020-12-31, licence: CC0, source: Stadt}
"""
FIRST, SECOND, THIRD = [565000.0, 5930000.0], [566000.0, 5930000.0], [567000.0, 5930000.0]
UTM = {"01": FIRST, "02": SECOND, "03": THIRD}


def square(west: float, south: float, size: float = 900) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(key: object, *rings: Any, kind: str = "Polygon", **more: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"id": key}, "geometry": geometry, **more}


def whole(*features: Any, **more: Any) -> str:
    """A feature a line, the first on line 2."""
    lines = ",\n".join(each if isinstance(each, str) else json.dumps(each) for each in features)
    told = "".join(f", {json.dumps(key)}: {json.dumps(value)}" for key, value in more.items())
    return f'{{"type": "FeatureCollection"{told}, "features": [\n{lines}\n]}}\n'


def squares(corners: Mapping[str, list[float]] = UTM) -> list[dict[str, Any]]:
    return [feature(key, square(x, y, 900 if x > 100 else 0.01)) for key, (x, y) in corners.items()]


def read(root: Path, content: str | bytes, units: str = UNITS) -> tuple[Atlas, list[str]]:
    """The atlas, and the findings as line and German text."""
    files = {"sozplan.yaml": SETTINGS, "plans/territory/t.yaml": units, MAP: content}
    for path, each in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(each.encode() if isinstance(each, str) else each)
    tree = WorkTree(root)
    plan = load(tree).plan
    found, faults = atlas(tree, plan, plan.boundaries[0])
    checked = [d for d in load(tree, scope=Scope.ALL).diagnostics if d.code.id != "geo.not-declared"]
    assert sorted(checked, key=lambda d: d.order) == list(faults)
    return found, [said(each) for each in faults]


def said(each: Diagnostic) -> str:
    return f"{each.at.file.rpartition('/')[2]}:{each.at.line} {each.code.id} {each.say('de')}"


def test_geometries_find_the_units_of_their_boundary_date(tmp_path: Path) -> None:
    found, faults = read(tmp_path, whole(*reversed(squares())))
    assert faults == []
    assert [(shape.unit, shape.key) for shape in found.shapes] == [("b-01", "01"), ("b-02", "02"), ("b-03-alt", "03")]
    assert found.by_unit["b-02"].polygons == ((tuple((float(x), float(y)) for x, y in square(*SECOND)),),)
    assert (found.missing, found.surplus) == ((), ())
    newer = UNITS.replace("2020-12-31", "2024-12-31")
    found, _ = read(tmp_path, whole(*squares()), newer)
    assert [shape.unit for shape in found.shapes] == ["b-01", "b-02", "b-03"]
    assert found.missing == ("b-04",)


def test_holes_islands_heights_and_an_id_outside_of_the_properties(tmp_path: Path) -> None:
    hole = square(565300, 5930300, 100)
    three = [[*point, 12.5] for point in square(*SECOND)]
    island = feature("03", [square(*THIRD)], [square(568000, 5930000)], kind="MultiPolygon")
    outside = {"type": "Feature", "id": "02", "properties": None, "geometry": feature("", three)["geometry"]}
    found, faults = read(tmp_path, whole(feature("01", square(*FIRST), hole), outside, island))
    assert faults == []
    assert [len(shape.polygons) for shape in found.shapes] == [1, 1, 2]
    assert len(found.shapes[0].polygons[0]) == 2


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + whole(*squares()).encode())[1] == []


def test_missing_and_surplus_are_named(tmp_path: Path) -> None:
    first, _, third = squares()
    found, faults = read(tmp_path, whole(first, third, feature("2", square(*SECOND)), feature("99", square(*FIRST))))
    assert found.missing == ("b-02",)
    assert found.surplus == ("2", "99")
    assert faults == [
        "b.geojson:4 geo.surplus Geometrie Nr. 3 (Schlüssel „2“) gehört zu keiner Gebietseinheit der Ebene „bezirk“, "
        "die am 31.12.2020 galt. Gemeint ist vermutlich „02“.",
        "b.geojson:5 geo.surplus Geometrie Nr. 4 (Schlüssel „99“) gehört zu keiner Gebietseinheit der Ebene „bezirk“, "
        "die am 31.12.2020 galt. Ergänzen Sie die Einheit in plans/territory/, oder nehmen Sie die Geometrie aus der "
        "Datei.",
        "t.yaml:8 geo.missing Die Gebietseinheit „b-02“ (Schlüssel „02“, Zwei) hat in indicators/geo/b.geojson keine "
        "Geometrie und fehlt auf jeder Karte.",
    ]


def test_where_nothing_fits_it_is_said_once(tmp_path: Path) -> None:
    _, faults = read(tmp_path, whole(feature("A", square(*FIRST)), feature("B", square(*SECOND))))
    assert faults == [
        "t.yaml:8 geo.surplus Keine der 2 Geometrien (etwa Schlüssel „A“) gehört zu keiner Gebietseinheit der Ebene "
        "„bezirk“, die am 31.12.2020 galt. Deren Schlüssel sind etwa „01“. Prüfen Sie „property“, „level“ und "
        "„boundary“."
    ]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (1, 'Der Schlüssel steht als Zahl da (1); schreiben Sie ihn als Text: "01"'),
        (1.0, 'Der Schlüssel steht als Zahl da (1); schreiben Sie ihn als Text: "01"'),
        (None, "Die Eigenschaft „id“ ist leer"),
        (" ", "Die Eigenschaft „id“ ist leer"),
        (True, "Die Eigenschaft „id“ ist leer"),
        (["01"], "Die Eigenschaft „id“ ist leer"),
    ],
)
def test_a_key_is_text(tmp_path: Path, key: object, fault: str) -> None:
    _, faults = read(tmp_path, whole(*squares()[1:], feature(key, square(*FIRST))))
    assert f"b.geojson:4 geo.key Geometrie Nr. 3: {fault}." in faults


def test_many_keys_as_numbers_are_one_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, whole(*(feature(i, square(*FIRST)) for i in (1, 2, 3))))
    assert faults[0] == (
        'b.geojson:2 geo.key Geometrie Nr. 1: Der Schlüssel steht als Zahl da (1); schreiben Sie ihn als Text: "01"; so'
        " auch bei 2 weiteren."
    )


def test_a_property_of_another_name(tmp_path: Path) -> None:
    given = whole(*squares()).replace('"id"', '"PLR_ID"')
    assert read(tmp_path, given)[1][0] == (
        "b.geojson:2 geo.key Geometrie Nr. 1: Die Eigenschaft „id“ mit dem Schlüssel fehlt; es gibt: PLR_ID; so auch "
        "bei 2 weiteren."
    )


def test_a_key_twice_is_two_parts(tmp_path: Path) -> None:
    found, faults = read(tmp_path, whole(*squares(), feature("02", square(568000, 5930000))))
    assert faults == [
        "b.geojson:5 geo.duplicate-key Geometrie Nr. 4 hat denselben Schlüssel „02“ wie Nr. 2 (Zeile 3); beide werden "
        "als Teile einer Gebietseinheit gezeichnet. Gehören sie nicht zusammen, berichtigen Sie den Schlüssel."
    ]
    assert [ring[0][0][0] for ring in found.by_unit["b-02"].polygons] == [566000, 568000]


def test_a_key_twice_where_another_is_missing_is_probably_mistaken(tmp_path: Path) -> None:
    _, faults = read(tmp_path, whole(*squares()[:2], feature("02", square(568000, 5930000))))
    assert faults[0].endswith("Ohne Geometrie: „03“; vielleicht gehört eine von beiden dorthin.")


OPEN = square(*FIRST)[:-1]
BOW = [[565000, 5930000], [565900, 5930900], [565900, 5930000], [565000, 5930900], [565000, 5930000]]
SPIKE = [
    [565000, 5930000],
    [565900, 5930000],
    [565900, 5930900],
    [565900, 5930000],
    [565000, 5930900],
    [565000, 5930000],
]


NESTED = {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]}
FEW = "ein Ring hat nur %d Punkte; nötig sind drei verschiedene und der erste noch einmal"
OTHER = "„type“ ist „%s“; erlaubt sind Polygon und MultiPolygon"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (
            feature("01", OPEN),
            "ein Ring ist offen: Er beginnt bei [565000.0, 5930000.0] und endet bei [565000.0, 5930900.0]",
        ),
        (feature("01", OPEN[:2]), FEW % 2),
        (feature("01", [FIRST] * 5), FEW % 5),
        (feature("01", BOW), "der Umriss kreuzt oder berührt sich selbst bei [565450.0, 5930450.0]"),
        (feature("01", SPIKE), "der Umriss kreuzt oder berührt sich selbst bei [565900.0, 5930000.0]"),
        (feature("01"), "„coordinates“ ist keine Liste von Ringen aus Punkten"),
        (feature("01", FIRST), "„coordinates“ ist keine Liste von Ringen aus Punkten"),
        (feature("01", [square(*FIRST)]), "„coordinates“ ist keine Liste von Ringen aus Punkten"),
        (feature("01", [["a", "b"]] * 4), "eine Koordinate ist keine Zahl"),
        (feature("01", [[True, 1]] * 4), "eine Koordinate ist keine Zahl"),
        (feature("01", [[10**400, 1]] * 4), "eine Koordinate ist unendlich groß"),
        (feature("01", square(*FIRST), kind="LineString"), OTHER % "LineString"),
        ({**feature("01"), "geometry": NESTED}, OTHER % "GeometryCollection"),
        ({**feature("01"), "geometry": None}, "sie ist leer (null)"),
        ({**feature("01"), "geometry": [1]}, OTHER % "–"),
        ({**feature("01", square(*FIRST)), "type": "Fläche"}, "es ist kein „Feature“"),
    ],
)  # fmt: skip
def test_a_geometry_that_cannot_be_drawn(tmp_path: Path, given: dict[str, Any], fault: str) -> None:
    found, faults = read(tmp_path, whole(*squares()[1:], given))
    assert faults == [
        f"b.geojson:4 geo.invalid Geometrie Nr. 3 (Schlüssel „01“) lässt sich nicht zeichnen: {fault}. Berichtigen Sie "
        "sie im Geoinformationssystem."
    ]
    assert found.missing == ("b-01",)


@pytest.mark.parametrize("given", ["1", "null", '"x"', "[]"])
def test_a_feature_of_another_kind(tmp_path: Path, given: str) -> None:
    _, faults = read(tmp_path, whole(*squares()[1:], given))
    assert [each.split()[1] for each in faults] == ["geo.invalid", "geo.key", "geo.missing"]


ZERO = "Eine Zahl beginnt mit 0; ist sie ein Schlüssel, gehört sie in Anführungszeichen"
TWICE = whole(*squares()).replace('"id": "02"', '"id": "02", "id": "01"')


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("", 1, "Die Datei bricht mittendrin ab"),
        ("[]", 1, "An „[]“ ist es kein JSON mehr"),
        (whole(*squares())[:-4], 4, "Die Datei bricht mittendrin ab"),
        (whole(*squares()) + "x", 6, "Hinter dem Ende steht noch etwas"),
        (whole(*squares()).replace("567900", "NaN"), 4, "„NaN“ ist keine Zahl"),
        (whole(*squares()).replace("567900", "-Infinity"), 4, "„-Infinity“ ist keine Zahl"),
        (whole(*squares()).replace('"03"', "03"), 4, ZERO),
        (whole(*squares()).replace('"03"', "9" * 5000), 4, "Eine Zahl ist zu lang"),
        (TWICE, 3, "Der Schlüssel „id“ steht zweimal im selben Objekt"),
        (whole(*squares(), type="FeatureCollection"), 1, "Der Schlüssel „type“ steht zweimal im selben Objekt"),
        ('{"type": "FeatureCollection", "features": {}}', 1, "Es fehlt die Liste „features“"),
        ('{"type": "Topology", "objects": {}}', 1, "Es ist TopoJSON; speichern Sie die Karte als GeoJSON"),
        (json.dumps(squares()[0]), 1, "Erwartet wird eine „FeatureCollection“, „type“ ist aber \"Feature\""),
        ("{1: 2}", 1, "An „1: 2}“ ist es kein JSON mehr"),
    ],
)  # fmt: skip
def test_what_is_no_geojson_is_one_fault(tmp_path: Path, content: str, line: int, what: str) -> None:
    found, faults = read(tmp_path, content)
    assert faults == [f"b.geojson:{line} geo.not-geojson Das lässt sich nicht als GeoJSON lesen. {what}."]
    assert found.shapes == ()
    assert found.missing == ("b-01", "b-02", "b-03-alt")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"version https://git-lfs.github.com/spec/v1\nsize 3\n", "file.lfs-pointer"),
        (b"<!DOCTYPE html><title>404</title>", "file.not-yaml"),
        (whole(*squares()).replace("01", "ü").encode("cp1252"), "file.not-utf8"),
        (whole(*squares()).encode("utf-16"), "file.not-utf8"),
        (b"\x1f\x8b\x08", "file.not-yaml"),
    ],
)
def test_what_is_no_text_is_told_like_that_of_other_files(tmp_path: Path, content: bytes, code: str) -> None:
    assert [each.split()[1] for each in read(tmp_path, content)[1]] == [code]


WGS = {"01": [10.0, 53.5], "02": [10.1, 53.5], "03": [10.2, 53.5]}
SWAPPED = {key: [y, x] for key, (x, y) in WGS.items()}


def crs(told: str) -> str:
    return UNITS.replace("EPSG:25832", told)


@pytest.mark.parametrize(
    ("corners", "told", "hint"),
    [
        (UTM, "EPSG:4326", "Sie passen zu EPSG:25832; berichtigen Sie „crs“"),
        (UTM, "EPSG:25833", "Sie passen zu EPSG:25832; berichtigen Sie „crs“"),
        (WGS, "EPSG:25832", "Sie passen zu EPSG:4326; berichtigen Sie „crs“"),
        (SWAPPED, "EPSG:4326", "Beide Werte sind vertauscht; zuerst steht die Länge oder der Rechtswert"),
        (SWAPPED, "EPSG:25832", "Vertauscht passen sie zu EPSG:4326; zuerst steht die Länge oder der Rechtswert"),
        (
            {k: [y, x] for k, (x, y) in UTM.items()}, "EPSG:25832",
            "Beide Werte sind vertauscht; zuerst steht die Länge oder der Rechtswert",
        ),
        (
            {k: [x + 32e6, y] for k, (x, y) in UTM.items()}, "EPSG:25832",
            "Vor den Rechtswerten steht die Nummer der Zone (32 oder 33); speichern Sie die Karte in EPSG:25832 oder "
            "EPSG:25833 ohne sie",
        ),
        (
            {k: [x + 3e6, y] for k, (x, y) in UTM.items()}, "EPSG:25832",
            "Vermutlich sind es Gauß-Krüger-Koordinaten; speichern Sie die Karte in EPSG:25832 oder EPSG:25833",
        ),
        (
            {k: [x + 5e5, 7e6] for k, (x, _) in UTM.items()}, "EPSG:25832",
            "Vermutlich sind es Web-Mercator-Koordinaten (EPSG:3857); speichern Sie die Karte in EPSG:4326 oder UTM",
        ),
        ({k: [1, 1] for k in UTM}, "EPSG:25832", "Speichern Sie die Karte in EPSG:4326, EPSG:25832 oder EPSG:25833"),
    ],
)  # fmt: skip
def test_coordinates_outside_of_germany_are_one_fault(
    tmp_path: Path, corners: dict[str, list[float]], told: str, hint: str
) -> None:
    found, faults = read(tmp_path, whole(*squares(corners)), crs(told))
    x, y = (float(each) for each in corners["01"])
    assert faults == [
        "b.geojson:2 geo.crs Das Koordinatensystem stimmt nicht: "
        f"Geometrie Nr. 1 ([{x!r}, {y!r}]) liegt in {told}, wie es in plans/territory/t.yaml:8 "
        f"steht, nicht in Deutschland. {hint}."
    ]
    assert len(found.shapes) == 3


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("urn:ogc:def:crs:EPSG::25832", None),
        ("EPSG:25832", None),
        ("urn:ogc:def:crs:EPSG:8.9:25832", None),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::25833", "EPSG:25833"),
    ],
)
def test_the_file_may_name_its_own_system_if_it_is_the_declared_one(
    tmp_path: Path, name: str, told: str | None
) -> None:
    _, faults = read(tmp_path, whole(*squares(), crs={"type": "name", "properties": {"name": name}}))
    assert faults == (
        []
        if told is None
        else [
            "b.geojson:1 geo.crs Das Koordinatensystem stimmt nicht: "
            f"Die Datei nennt selbst das Koordinatensystem {told} („crs“), in "
            "plans/territory/t.yaml:8 steht EPSG:25832. Berichtigen Sie, was nicht stimmt."
        ]
    )


def test_the_missing_file_is_named_where_it_is_declared(tmp_path: Path) -> None:
    moved = UNITS.replace("geo/b.geojson", "karten/b.geojson")
    found, faults = read(tmp_path, whole(*squares()), moved)[0], read_faults(tmp_path)
    assert found.missing == ("b-01", "b-02", "b-03-alt")
    assert faults == [
        "t.yaml:8 geo.file-missing Die Datei „indicators/karten/b.geojson“ mit den Grenzen fehlt. Grenzen liegen in "
        "indicators/geo/ und enden auf .geojson.",
        "b.geojson:1 geo.not-declared Diese Karte wird nicht gelesen: Unter „boundaries“ in plans/territory/ steht sie "
        "nicht. Nennen Sie dort Pfad, Ebene, Eigenschaft mit dem Schlüssel, Koordinatensystem, Gebietsstand, Lizenz "
        "und Quelle.",
    ]


def read_faults(root: Path) -> list[str]:
    return [said(each) for each in load(WorkTree(root), scope=Scope.ALL).diagnostics]


def test_only_a_check_reads_borders(tmp_path: Path) -> None:
    read(tmp_path, "kein JSON")
    assert load(WorkTree(tmp_path)).diagnostics == ()


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        ({"geojson_features": 2}, "Die Karte hat mehr als 2 Geometrien"),
        ({"geojson_points": 14}, "Die Karte hat mehr als 14 Punkte"),
        ({"geojson_comparisons": 17}, "Die Karte hat mehr als 17 Vergleiche für die Suche nach Überkreuzungen"),
        ({"depth": 6}, "Die Karte hat mehr als 6 Ebenen ineinander"),
        ({"geojson_members": 1}, "Die Karte hat mehr als 1 Angaben neben den Geometrien"),
    ],
)
def test_limits_hold_to_the_last(tmp_path: Path, limits: dict[str, int], what: str) -> None:
    read(tmp_path, whole(*squares()))
    tree = WorkTree(tmp_path)
    plan = load(tree).plan
    found, faults = atlas(tree, plan, plan.boundaries[0], replace(LIMITS, **limits))
    assert [each.say("de").partition(" und wird")[0] for each in faults] == [what]
    assert found.shapes == ()
    one_more = {name: limit + 1 for name, limit in limits.items()}
    assert atlas(tree, plan, plan.boundaries[0], replace(LIMITS, **one_more))[1] == ()


def star(points: int) -> str:
    """A comb of long teeth that lie across each other's box: nothing crosses, and every side must be compared."""
    ring = [[565000 + 0.0001 * i, 5930000.0] if i % 2 else [566000 + 0.0001 * i, 5931000.0] for i in range(points)]
    ring += [[567000.0, 5929000.0], ring[0]]
    return whole(feature("01", ring))


HOSTILE = {
    "points": "[" + "[1,2]," * 1_600_000 + "[1,2]]",
    "brackets": "[" * 9_900_000,
    "pairs": '{"type":"FeatureCollection","features":[' + "[" * 60 + "],[" * 2_000_000 + "]" * 60 + "]}",
    "objects": '{"a":' * 1_900_000,
    "strings": '{"a":[' + '"[",' * 2_300_000 + '"]"]}',
    "escapes": '{"a":"' + '\\"' * 4_900_000 + '"}',
    "blanks": '{"type":' + " " * 9_000_000 + '"FeatureCollection","features":[]}',
    "features": '{"type":"FeatureCollection","features":[' + "{}," * 3_000_000 + "{}]}",
    "digits": '{"a":' + "1" * 9_000_000 + "}",
    "keys": "{" + ",".join(f'"{i}":0' for i in range(800_000)) + "}",
    "teeth": star(190_000),
    "circle": whole(feature("01", [[565000 + i, 5930000 + i * i % 999983] for i in range(240_000)])),
    "lines": "\n" * 9_900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little(tmp_path: Path, name: str) -> None:
    content = HOSTILE[name]
    assert len(content) <= LIMITS.geojson_bytes
    (tmp_path / MAP).parent.mkdir(parents=True)
    for path, each in {"sozplan.yaml": SETTINGS, "plans/territory/t.yaml": UNITS, MAP: content}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(each)
    tree = WorkTree(tmp_path)
    plan = load(tree).plan
    start = time.process_time()
    found, faults = atlas(tree, plan, plan.boundaries[0])
    used = time.process_time() - start
    assert found.shapes == ()
    assert faults
    assert used < 1.5, f"{used:.2f} s of CPU time"


BERLIN = Path(__file__).parents[1] / "examples" / "berlin-mss-2017" / "indicators" / "geo"


def test_berlin_and_its_planning_areas(tmp_path: Path) -> None:
    """The 447 planning areas of the report of 2017, and a map in which one of them bears the key of another."""
    (name,) = (path.name for path in BERLIN.iterdir())
    content = (BERLIN / name).read_bytes()
    drawn = {each["properties"]["id"] for each in json.loads(content)["features"]}
    keys = sorted({*drawn, "04030417"} - {"09041403"})
    units = [f'  - {{id: plr-{key}, key: "{key}", name: "{key}", level: bezirk}}\n' for key in keys]
    told = UNITS.replace("EPSG:25832", "EPSG:4326").partition("boundaries:")[2]
    found, faults = read(tmp_path, content, f"units:\n{''.join(units)}boundaries:{told}")
    assert len(keys) == 447
    assert len(found.shapes) == 446
    assert found.missing == ("plr-04030417",)
    assert found.surplus == ("09041403",)
    assert faults == [
        "b.geojson:1 geo.duplicate-key Geometrie Nr. 205 hat denselben Schlüssel „06010102“ wie Nr. 124 (Zeile 1); "
        "beide werden als Teile einer Gebietseinheit gezeichnet. Ohne Geometrie: „04030417“; vielleicht gehört eine "
        "von beiden dorthin.",
        "b.geojson:1 geo.surplus Geometrie Nr. 346 (Schlüssel „09041403“) gehört zu keiner Gebietseinheit der Ebene "
        "„bezirk“, die am 31.12.2020 galt. Ergänzen Sie die Einheit in plans/territory/, oder nehmen Sie die Geometrie "
        "aus der Datei.",
        "t.yaml:450 geo.missing Die Gebietseinheit „plr-04030417“ (Schlüssel „04030417“, 04030417) hat in "
        "indicators/geo/b.geojson keine Geometrie und fehlt auf jeder Karte.",
    ]
