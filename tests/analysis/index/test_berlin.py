"""Berlin's monitoring of 2017, from its input values to the published classes, through the product.

Senatsverwaltung für Stadtentwicklung Berlin / Amt für Statistik Berlin-Brandenburg, CC BY 3.0 DE; data product
open-data-product-berlin-lor, CC BY 4.0.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.index.components import method_of
from sozplan.analysis.index.evaluate import evaluate
from sozplan.analysis.index.place import profile
from sozplan.analysis.index.result import IndexResult
from sozplan.cli.app import run
from sozplan.model.case import Case
from sozplan.model.indices import Index
from sozplan.model.periods import period
from sozplan.repo import WorkTree, load
from sozplan.repo.geo import atlas as atlas_of
from tests.rules.harness import case_of

HERE = Path(__file__).parent / "berlin"
REPOSITORY = Path(__file__).parents[2] / "examples" / "berlin-mss-2017"
STATUS = {"1": "hoch", "2": "mittel", "3": "niedrig", "4": "sehr niedrig"}
DYNAMICS = {"+": "positiv", "+/-": "stabil", "-": "negativ"}
COLUMNS = {
    "einwohner": "inhabitants",
    "arbeitslosigkeit": "s1_percentage_unemployed",
    "langzeitarbeitslosigkeit": "s2_percentage_long_term_unemployed",
    "transferbezug": "s3_percentage_transfer_payments_recipients",
    "kinderarmut": "s4_percentage_transfer_payments_recipients_below_15_years",
    "arbeitslosigkeit-veraenderung": "d1_percentage_unemployed",
    "langzeitarbeitslosigkeit-veraenderung": "d2_percentage_long_term_unemployed",
    "transferbezug-veraenderung": "d3_percentage_transfer_payments_recipients",
    "kinderarmut-veraenderung": "d4_percentage_transfer_payments_recipients_below_15_years",
}
Rows = dict[str, dict[str, str]]


def rows(name: str) -> Rows:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def found() -> Case:
    case, unread = case_of(REPOSITORY, date(2018, 6, 1))
    assert unread == ()
    return case


@pytest.fixture(scope="module")
def result(found: Case) -> IndexResult:
    index, when = found.plan.find("mss", Index), period("2016")
    assert index is not None
    return evaluate(found, index, method_of(index, when), when, Audience.PUBLIC)


def test_the_repository_holds_the_input_as_it_was_delivered() -> None:
    delivered = rows("mss_2017-00-2-1-planning-areas.csv")
    with (REPOSITORY / "indicators/data/mss-2017.csv").open(encoding="utf-8", newline="") as lines:
        held = {(row["indicator"], row["area"]): row for row in csv.DictReader(lines)}
    assert len(held) == len(delivered) * len(COLUMNS)
    for area, row in delivered.items():
        is_rated = any(float(row[column]) != 0 for name, column in COLUMNS.items() if name != "einwohner")
        for name, column in COLUMNS.items():
            cell = held[name, area]
            is_there = is_rated or name == "einwohner"
            assert (cell["value"], cell["sign"]) == ((row[column], "") if is_there else ("", "."))


def test_check_finds_only_that_the_borders_are_those_of_446_areas(capsys: pytest.CaptureFixture[str]) -> None:
    """One area has no geometry, one geometry no area, and a key stands twice: so they were published."""
    assert run(["check", "-C", str(REPOSITORY), "--as-of", "2018-06-01"]) == 0
    *found, summary = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in found] == ["geo.duplicate-key", "geo.surplus", "geo.missing"]
    assert all(key in line for key, line in zip(("06010102", "09041403", "04030417"), found, strict=True))
    assert summary == "17 Dateien, 477 Einträge, Stand 01.06.2018: 0 Fehler, 3 Warnungen, 0 Hinweise, 0 ausgenommen."


def test_the_map_of_berlin_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """446 of 447 areas have a shape, and the alternative text names the one that hasn't."""
    place = tmp_path / "berlin.svg"
    options = ["--period", "2016", "--as-of", "2018-06-01", "--runs", "0"]
    assert run(["index", "-C", str(REPOSITORY), *options, "--map", str(place)]) == 0
    title, _ = capsys.readouterr().out.splitlines()
    assert title.startswith("42 der 436 bewerteten Gebiete haben „Status sehr niedrig“")
    assert 50_000 < len(place.read_bytes()) < 300_000
    with WorkTree(REPOSITORY) as tree:
        plan = load(tree).plan
        atlas, _ = atlas_of(tree, plan, plan.boundaries[0])
    assert (len(atlas.shapes), atlas.missing, atlas.surplus) == (446, ("plr-04030417",), ("09041403",))


def test_each_status_class_is_the_published_one(result: IndexResult) -> None:
    published = rows("mss_2017-00-1-planning-areas.csv")
    assert len(result.areas) == 436
    assert [a.key for a in result.areas if a.class_ != STATUS[published[a.key]["status_index"]]] == []


def test_each_dynamics_class_is_the_published_one(result: IndexResult) -> None:
    published = rows("mss_2017-00-1-planning-areas.csv")
    assert [a.key for a in result.areas if a.dynamics_class != DYNAMICS[published[a.key]["dynamic_index"]]] == []


def test_the_index_is_the_published_one(result: IndexResult) -> None:
    """The column named z_d2 holds the status index."""
    published = rows("mss_2017-00-3-districts.csv")
    column = "z_d2_percentage_long_term_unemployed"
    assert max(abs(area.score - float(published[area.key][column])) for area in result.areas) < 1e-5


def test_each_z_score_is_the_published_one(found: Case, result: IndexResult) -> None:
    published = rows("mss_2017-00-3-districts.csv")
    for area in result.areas:
        for standing in profile(found, result, area.unit):
            assert standing.standard == pytest.approx(
                float(published[area.key]["z_" + COLUMNS[standing.indicator]]), abs=1e-5
            )


def test_the_areas_left_out_are_named_with_their_reason(result: IndexResult) -> None:
    small = "Mindestgröße: weniger als 300 bei „Einwohner“."
    named = "In der veröffentlichten Ausgabe 2017 nicht bewertet."
    unrated = {key for key, row in rows("mss_2017-00-1-planning-areas.csv").items() if row["status_index"] == "0"}
    assert {each.key: each.reason.de for each in result.excluded} == {
        key: named if key in ("04020314", "10010203") else small for key in unrated
    }


def test_ranks_and_multiple_burden_agree_with_the_published_numbers(result: IndexResult) -> None:
    published = rows("mss_2017-00-3-districts.csv")
    rated = {area.key for area in result.areas}
    by_index = sorted(rated, key=lambda key: -float(published[key]["z_d2_percentage_long_term_unemployed"]))
    ranks = {area.key: area.rank for area in result.areas}
    assert [ranks[key] for key in by_index[:20]] == list(range(1, 21))
    for area in result.areas:
        zs = [float(published[area.key]["z_" + column]) for name, column in list(COLUMNS.items())[1:5]]
        assert area.multiple == sum(z >= 1 for z in zs)


def test_components_that_say_the_same_are_flagged(result: IndexResult) -> None:
    assert {(each.one, each.other): round(each.r, 2) for each in result.correlated} == {
        ("arbeitslosigkeit", "langzeitarbeitslosigkeit"): 0.94,
        ("arbeitslosigkeit", "transferbezug"): 0.95,
        ("arbeitslosigkeit", "kinderarmut"): 0.94,
        ("transferbezug", "kinderarmut"): 0.96,
    }
