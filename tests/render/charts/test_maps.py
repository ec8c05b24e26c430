from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree  # type: ignore[import-untyped]

from sozplan.diagnostics import text
from sozplan.render.charts.classes import Area, Outline, Scale
from sozplan.render.charts.grid import matrix
from sozplan.render.charts.legend import MINUS, PLUS
from sozplan.render.charts.maps import choropleth, matrix_map
from sozplan.render.charts.palette import ramp
from sozplan.render.charts.picture import Picture
from sozplan.render.colours import Design
from tests.render.charts.town import DYNAMICS, NAMES, OUTLINES, STATUS, areas, atlas, city, of
from tests.render.charts.words import SVG, shown

DISTRICTS = text(de="Bezirke", en="districts")


def paths(picture: Picture, **looks: str) -> list[str]:
    found = etree.fromstring(picture.svg).iter(f"{SVG}path")
    return [
        path.get("d", "")
        for path in found
        if all(path.get(key.replace("_", "-")) == look for key, look in looks.items())
    ]


def test_a_map_says_how_many_and_where() -> None:
    picture = choropleth(atlas(), areas(), STATUS, "de", units=DISTRICTS)
    assert picture.title == "Drei der 22 bewerteten Bezirke haben „Belastung sehr hoch“, alle im Norden und Westen."
    assert picture.alt == (
        f"{picture.title} Belastung: gering 7, mittel 10, hoch 2, sehr hoch 3; nicht bewertet oder geheim gehalten 2."
    )
    english = choropleth(atlas(), areas(), STATUS, "en", units=DISTRICTS)
    assert english.title == "Three of 22 rated districts have “Belastung sehr hoch”, all in the north and west."


def test_a_map_of_both_says_how_many_get_worse() -> None:
    picture = matrix_map(atlas(), areas(), STATUS, DYNAMICS, "de", units=DISTRICTS)
    assert picture.title == (
        "Drei der 22 bewerteten Bezirke haben „Belastung sehr hoch“, alle im Norden und Westen; "
        "davon 1 mit „Dynamik negativ“."
    )
    calm = [replace(area, move=1) for area in areas()]
    assert "davon" not in matrix_map(atlas(), calm, STATUS, DYNAMICS, "de").title


def test_nobody_in_the_highest_class_and_nobody_rated() -> None:
    mild = [replace(area, place=0) for area in areas()]
    assert choropleth(atlas(), mild, STATUS, "de").title == (
        "„Belastung sehr hoch“ kommt nicht vor; 24 Gebiete bewertet."
    )
    blank = [replace(area, place=None) for area in areas()]
    assert (
        choropleth(atlas(), blank, STATUS, "de").title == "„Belastung sehr hoch“ kommt nicht vor; 0 Gebiete bewertet."
    )


def test_each_area_has_the_shade_of_its_class_and_no_class_is_hatched() -> None:
    picture = choropleth(atlas(), areas(), STATUS, "de")
    swatch = 1
    for shade, much in zip(ramp(Design(), 4), (7, 10, 2, 3), strict=True):
        assert len(paths(picture, fill=shade)) == much + swatch
    hatches = [path for path in paths(picture, stroke="#595959", stroke_width="0.5") if path.count("M") > 3]
    assert len(hatches) == 2  # on the map and in the legend
    full = [replace(area, place=0) for area in areas()]
    assert [p for p in paths(choropleth(atlas(), full, STATUS, "de"), stroke_width="0.5") if p.count("M") > 3] == []


def test_the_legend_counts() -> None:
    words = shown(matrix_map(atlas(), areas(), STATUS, DYNAMICS, "de").svg)
    for line in ("gering (7)", "mittel (10)", "hoch (2)", "sehr hoch (3)", "positiv (2)", "negativ (3)"):
        assert line in words
    assert "ohne Zeichen: stabil (17)" in words


def test_signs_stand_for_dynamics() -> None:
    svg = matrix_map(atlas(), areas(), STATUS, DYNAMICS, "de").svg
    plus, minus = "M-2,0L2,0M0,-2L0,2", "M-2,0L2,0"
    assert (svg.count(f'd="{plus}"'), svg.count(f'd="{minus}"')) == (2 + 1, 3 + 1)
    assert {PLUS, MINUS} == {"M-1,0L1,0M0,-1L0,1", "M-1,0L1,0"}


def test_names_stand_where_they_fit_and_keys_where_they_do_not() -> None:
    words = " ".join(shown(choropleth(atlas(), areas(), STATUS, "de").svg)).replace("- ", "-")
    found = [name for name in NAMES if name in words]
    assert len(found) >= 22
    assert all(f"{at:04}" in words for at, name in enumerate(NAMES) if name not in found)


def test_a_social_area_has_a_line_and_its_name() -> None:
    picture = choropleth(atlas(), areas(), STATUS, "de", outlines=OUTLINES)
    words = shown(picture.svg)
    assert {"Sozialraum Nordhafen", "Altes Bahnviertel", "Sozialraumgebiet", "nur ein Teil gehört dazu"} <= set(words)
    assert len(paths(picture, stroke="#b4602a", stroke_width="1.7", stroke_dasharray="4,2.5")) == 1
    assert len(paths(picture, stroke="#b4602a", stroke_width="1.7")) == 3


def test_an_outline_of_unknown_units_draws_nothing() -> None:
    picture = choropleth(atlas(), areas(), STATUS, "de", outlines=[Outline("Nirgendwo", frozenset({"x-1"}))])
    assert "Nirgendwo" not in picture.svg


def test_what_has_no_border_is_named_and_counted() -> None:
    gone = replace(atlas(), shapes=atlas().shapes[1:])
    picture = choropleth(gone, areas(), STATUS, "de")
    assert picture.note == "Ohne Grenze, daher nicht auf der Karte: 0000."
    assert "mittel (10)" in shown(picture.svg)
    assert choropleth(atlas(), areas(), STATUS, "de").note == ""


def test_the_table_lists_every_area_with_the_reason() -> None:
    picture = matrix_map(atlas(), areas(), STATUS, DYNAMICS, "de")
    assert picture.columns == ("Schlüssel", "Gebiet", "Belastung", "Dynamik", "Anmerkung")
    assert picture.rows[2] == ("0002", "Nordhafen", "sehr hoch", "negativ", "")
    assert picture.rows[11] == ("0011", "Ostvorstadt", None, None, "unter 300 Personen")


def test_the_map_knows_of_a_withheld_area_only_that_it_is_withheld() -> None:
    """Whatever its class would have been, the same bytes are drawn."""
    secret = [replace(area, place=None, move=None) if area.unit == "b-04" else area for area in areas()]
    svg = matrix_map(atlas(), secret, STATUS, DYNAMICS, "de").svg
    assert "nicht bewertet oder geheim gehalten (3)" in svg
    assert not re.search(r"aria|data-|class=|b-04|id=", svg)


@pytest.mark.parametrize("much", [2, 5, 10])
def test_other_numbers_of_classes(much: int) -> None:
    deciles = Scale("Dezil", tuple(str(at + 1) for at in range(much)))
    picture = choropleth(atlas(), [replace(area, place=at % much) for at, area in enumerate(areas())], deciles, "de")
    assert all(paths(picture, fill=shade) for shade in ramp(Design(), much))


def test_colours_are_the_municipality_s() -> None:
    green = Design(primary="#2e7d32", accent="#6a1b9a")
    picture = choropleth(atlas(), areas(), STATUS, "de", design=green, outlines=OUTLINES)
    assert all(shade in picture.svg for shade in (*ramp(green, 4), "#6a1b9a"))
    assert "#b4602a" not in picture.svg


def test_a_map_of_a_big_city_is_small() -> None:
    """As many areas and corners as Berlin's planning areas."""
    found = [Area(shape.unit, shape.key, shape.key, at % 4, at % 3) for at, shape in enumerate(city().shapes)]
    picture = matrix_map(city(), found, STATUS, DYNAMICS, "de")
    assert len(picture.svg) < 300_000
    assert len(found) == 441


def test_a_map_of_one_area() -> None:
    one = of(atlas().shapes[:1])
    picture = choropleth(one, areas()[:1], Scale("Lage", ("gut", "schlecht")), "de")
    assert picture.title == "1 der 1 bewerteten Gebiete hat „Lage schlecht“."


def test_the_matrix_counts_groups() -> None:
    picture = matrix(areas(), STATUS, DYNAMICS, "de", units=DISTRICTS)
    assert picture.title == "1 der 22 bewerteten Bezirke gehört zur Gruppe „Belastung sehr hoch, Dynamik negativ“."
    assert picture.columns == ("Belastung", "Dynamik positiv", "Dynamik stabil", "Dynamik negativ", "zusammen")
    assert picture.rows == (
        ("gering", 0, 6, 1, 7), ("mittel", 0, 9, 1, 10), ("hoch", 1, 1, 0, 2), ("sehr hoch", 1, 1, 1, 3),
        ("zusammen", 2, 17, 3, 22),
    )  # fmt: skip
    assert [int(word) for word in shown(picture.svg) if word.isdigit()][:12] == [0, 6, 1, 0, 9, 1, 1, 1, 0, 1, 1, 1]
