"""Pictures of processes: for who can't see them, on paper, and in the colours of every municipality."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from sozplan.model.plan import Plan
from sozplan.render.charts.picture import WIDTH
from sozplan.render.colours import Design, contrast
from sozplan.render.swimlane.export import as_svg, placed
from sozplan.render.swimlane.graph import graph
from sozplan.render.swimlane.layout import layout
from sozplan.render.swimlane.marks import Colours
from sozplan.render.swimlane.paper import HIGH, SCALE, pictures
from sozplan.render.swimlane.picture import cut, drawn, shows, whole
from sozplan.render.swimlane.places import Layout
from sozplan.render.swimlane.strips import Strip, strips
from sozplan.repo import WorkTree, load
from tests.render.swimlane.made import process
from tests.render.swimlane.places import overlaps, pierced, slanted

ROOT = Path(__file__).resolve().parents[3]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def town() -> Plan:
    with WorkTree(ROOT) as tree:
        return load(tree).plan


def of(seed: int) -> Layout:
    return layout(graph(process(seed)), "Verfahren", lambda holder: holder or "niemand", "de")


def in_strips(seed: int) -> tuple[Strip, ...]:
    return strips(of(seed), WIDTH / SCALE, HIGH / SCALE, "de")


def test_the_picture_says_what_it_shows(town: Plan) -> None:
    held = next(p for p in town.processes if p.id == "prozess-zielklausur")
    root = etree.fromstring(as_svg(town, held, placed(town, held, "de"), "de"))
    assert (root.get("role"), root.get("lang")) == ("img", "de")
    assert root.findtext(f"{SVG}title") == (
        "Ablauf „Zielklausur und Steuerung“: Schritte 1–15 in 6 Bahnen (Steuerungsgruppe, Rat, "
        "Amt\u00a010, Sozialplanung, Amt\u00a020, Dez.\u00a0III), 2 Entscheidungen. "
        "Die Schritte mit Wegen, Stellen und Fristen stehen in der Schritttabelle."
    )
    assert (root.findtext(f"{SVG}desc") or "").startswith("Je Bahn eine Stelle oder ein Gremium, von links nach rechts")
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "Zielklausur und Steuerung" in words
    assert {"ja", "nein"} <= set(words)


def test_it_holds_nothing_that_refers_to_anything(town: Plan) -> None:
    for each in town.processes:
        found = as_svg(town, each, placed(town, each, "de"), "de").decode()
        assert not re.search(r"\bid=|href|url\(|<script|<style|<image", found)


@pytest.mark.parametrize("primary", ["#1f4e79", "#ffe600", "#000000", "#ffffff"])
def test_shapes_and_words_stand_out_in_every_design(primary: str) -> None:
    colours = Colours.of(Design(primary=primary, accent=primary))
    assert min(contrast(colours.shape, "#ffffff"), contrast(colours.gateway, "#ffffff")) >= 4.5
    assert contrast(colours.on_head, colours.head) >= 4.5


def test_no_letters_on_paper_are_smaller_than_7_points(town: Plan) -> None:
    for each in town.processes:
        for picture in pictures(town, each, "de"):
            sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"', picture.svg)}
            assert min(sizes) * SCALE >= 7
            assert f"scale({SCALE:g})" in picture.svg


def test_strips_fit_into_the_page() -> None:
    for seed in range(60):
        for strip in in_strips(seed):
            assert (strip.layout.start + strip.window.wide + 2) * SCALE <= WIDTH + 0.01
            assert (strip.window.high + 2) * SCALE <= HIGH + 0.01


def test_each_step_is_in_one_strip_and_nothing_overlaps_there() -> None:
    for seed in range(60):
        pieces = in_strips(seed)
        seen = [s.node.id for each in pieces for s in each.layout.shapes if shows(s.box, each.window)]
        assert sorted(seen) == sorted(node.id for node in graph(process(seed)).nodes)
        for each in pieces:
            inside = tuple(s for s in each.layout.shapes if shows(s.box, each.window))
            shown = replace(each.layout, shapes=inside, lines=())
            assert overlaps(shown) == []


def test_lines_that_are_cut_have_the_same_letter_on_both_sides() -> None:
    pieces = in_strips(27)
    cut_somewhere: dict[int, set[int]] = {}
    for place, each in enumerate(pieces):
        for at, line in enumerate(each.layout.lines):
            for part in cut(line.spots, each.window):
                if part[0] != line.spots[0] or part[-1] != line.spots[-1]:
                    cut_somewhere.setdefault(at, set()).add(place)
    assert len(cut_somewhere) > 5
    assert all(len(places) > 1 for places in cut_somewhere.values())
    for each in pieces:
        assert sorted(each.letters) == sorted(cut_somewhere)
        assert len(set(each.letters.values())) == len(each.letters)


def test_a_column_too_high_for_a_page_is_cut_between_lanes() -> None:
    found = of(27)
    pieces = strips(found, WIDTH / SCALE, 150, "de")
    assert len(pieces) > len(in_strips(27))
    assert len({(each.window.left, each.window.top) for each in pieces}) == len(pieces)


def test_lines_stay_straight_where_lanes_shrink() -> None:
    for seed in range(30):
        for each in in_strips(seed):
            assert slanted(each.layout) == []


def test_nothing_runs_through_a_shape_that_a_strip_shows() -> None:
    for seed in range(30):
        for each in in_strips(seed):
            seen = {s.node.id for s in each.layout.shapes if shows(s.box, each.window)}
            assert [found for found in pierced(each.layout) if found[1] in seen] == []


def test_the_parts_say_which_of_how_many_they_are(town: Plan) -> None:
    plan = next(p for p in town.processes if p.id == "prozess-gebietsplan")
    found = pictures(town, plan, "en")
    assert found[0].title == "Process: Gebietsanalyse und Sozialraumgebietsplan"
    assert found[1].alt.startswith(
        f"Process “Gebietsanalyse und Sozialraumgebietsplan”, part 2 of {len(found)}: steps 6–8 in 2 lanes"
    )
    assert [bool(each.note) for each in found] == [*(False for _ in found[1:]), True]


def test_the_same_process_gives_the_same_picture() -> None:
    one, other = (drawn(of(5), whole(of(5)), alt="", lang="de", design=Design()) for _ in range(2))
    assert one == other
