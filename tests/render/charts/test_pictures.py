"""What holds for every picture, whatever it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from sozplan.render.charts import drawing
from sozplan.render.charts.profile import Component, profile
from tests.render.charts.pictures import all_pictures, mixed
from tests.render.charts.words import SVG, words

PICTURES = all_pictures()
ENGLISH = all_pictures("en")
ELEMENTS = {"svg", "title", "desc", "g", "path", "line", "rect", "circle", "text"}
ATTRIBUTES = {
    "x", "y", "cx", "cy", "r", "fill-rule",
    "role", "lang", "width", "height", "viewBox", "font-family", "d", "transform", "x2", "y2", "fill", "stroke",
    "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "stroke-miterlimit", "text-anchor",
    "font-size", "font-weight", "font-style",
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", PICTURES)


@EVERY
def test_it_holds_nothing_but_shapes_and_text(name: str) -> None:
    tree = etree.fromstring(PICTURES[name].svg)
    assert {etree.QName(element).localname for element in tree.iter()} <= ELEMENTS
    assert {str(key) for element in tree.iter() for key in element.attrib} <= ATTRIBUTES
    assert not re.search(r"url\(|href|https?:(?!//www\.w3\.org/2000/svg)|NaN|undefined|null", PICTURES[name].svg)


@EVERY
def test_it_says_what_it_shows_to_those_who_do_not_see_it(name: str) -> None:
    picture = PICTURES[name]
    tree = etree.fromstring(picture.svg)
    assert (tree[0].tag, tree[0].text) == (f"{SVG}title", picture.alt)
    assert (tree[1].tag, bool(tree[1].text)) == (f"{SVG}desc", True)
    assert picture.alt.startswith(picture.title)
    assert picture.title.endswith(".")
    assert tree.get("role") == "img"


@EVERY
def test_its_table_is_whole(name: str) -> None:
    picture = PICTURES[name]
    assert picture.rows
    assert {len(row) for row in picture.rows} == {len(picture.columns)}
    assert {type(cell) for row in picture.printed for cell in row} == {str}


@EVERY
def test_words_stay_apart_and_on_the_sheet(name: str) -> None:
    placed = list(words(PICTURES[name].svg))
    wide, high = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', PICTURES[name].svg)[0])
    assert [(a.text, b.text) for a, b in combinations(placed, 2) if a.touches(b)] == []
    assert [
        w.text for w in placed if w.left < -0.5 or w.right > wide + 0.5 or w.top < -0.5 or w.bottom > high + 0.5
    ] == []


@EVERY
def test_letters_are_at_least_eight_points_at_160_millimetres(name: str) -> None:
    svg, wide = PICTURES[name].svg, f"{PICTURES[name].wide:g}"
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)(?:px)?"', svg)) >= 8
    assert f'width="{wide}pt"' in svg
    assert f'viewBox="0 0 {wide} ' in svg
    assert PICTURES[name].wide <= 453


@EVERY
def test_numbers_are_written_as_the_reader_writes_them(name: str) -> None:
    figures = {"de": r"\d\.\d(?!\d\d\b)", "en": r"\d,\d(?!\d\d\b)"}
    for lang, pictures in (("de", PICTURES), ("en", ENGLISH)):
        picture = pictures[name]
        said = [picture.title, picture.alt, picture.note, *(placed.text for placed in words(picture.svg))]
        names = {
            "de": [],
            "en": ["12,4 %", "7,1 %", "41,3 %", "19,2 %", "4,1 %", "4,9 %", "29,3 %", "41,2 %", "63,0 %", "51,2 %"],
        }
        undated = [re.sub(r"\d\d\.\d\d\.\d{4}", "", line) for line in said]
        assert [line for line in undated if re.search(figures[lang], line) and line not in names[lang]] == []


def test_the_same_bytes_twice_and_for_any_order_of_input() -> None:
    again, otherwise = all_pictures(), all_pictures(order=mixed)
    for name, picture in PICTURES.items():
        assert again[name] == picture, name
        assert otherwise[name] == picture, name


def test_nothing_rests_on_the_fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vega measures what it knows: another font, three times as wide, and a name that no machine has."""
    for family in ("DejaVu Sans", "DejaVu Sans Mono", "no such font"):
        monkeypatch.setattr(drawing, "FONT", family)
        monkeypatch.setitem(drawing._CONFIG, "font", family)
        for name, picture in all_pictures().items():
            assert picture.svg == PICTURES[name].svg, (family, name)


def test_raw_values_reach_neither_the_drawing_nor_the_table() -> None:
    """Vega labels every mark with its datum; what is printed is rounded, and nothing else may be there."""
    for name, raw in {"profile": ("1.841", "2.309", "0.9649"), "trends": ("24.13",)}.items():
        picture = PICTURES[name]
        table = " ".join(cell for row in picture.printed for cell in row)
        for value in raw:
            assert value not in picture.svg
            assert value.replace(".", ",") not in picture.svg + picture.alt + table


def test_names_are_text_whatever_they_hold() -> None:
    name = '<script>alert("x")</script> & {{ 7*191 }} datum.value'
    picture = profile(name, [Component(name, 1.5, name, name, name)], "de", whole=name)
    tree = etree.fromstring(picture.svg)
    assert {etree.QName(element).localname for element in tree.iter()} <= ELEMENTS
    assert tree[0].text == picture.alt
    assert picture.rows[0][1] == name


def test_another_process_draws_the_same() -> None:
    """Sets have another order there."""
    script = "from tests.render.charts.pictures import all_pictures; print([p.svg for p in all_pictures().values()])"
    where = Path(__file__).parents[3]
    drawn = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=where,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert drawn == {f"{[picture.svg for picture in PICTURES.values()]}\n".encode()}
