"""What of the example town's plans is drawn, and what the pictures say of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.geometry import Atlas
from sozplan.model.terms import Light
from sozplan.render import report
from sozplan.render.colours import Design
from sozplan.render.kinds import Kind
from sozplan.render.overview import overview
from sozplan.render.paper_pictures import Desk, Pictures
from sozplan.render.pdf import pdf
from sozplan.render.resources import Resources, image
from sozplan.render.views.money import finances
from sozplan.render.views.profile import profile
from sozplan.render.views.targets import goal_rows
from sozplan.repo import WorkTree
from sozplan.repo.geo import atlas
from tests.render.documents import STAMP
from tests.rules.harness import AS_OF, case_of

if TYPE_CHECKING:
    from tests.render.conftest import VeraPdf

ROOT = Path(__file__).parents[2]
CASE, _ = case_of(ROOT)
ASSESSMENT = assess(CASE, Audience.PUBLIC)
BAHNVIERTEL, NORDHAFEN, WESTSTADT = range(3)


@cache
def borders(level: str) -> Atlas | None:
    declared = [each for each in CASE.plan.boundaries if each.level == level]
    return atlas(WorkTree(ROOT), CASE.plan, max(declared, key=lambda each: each.boundary))[0] if declared else None


@cache
def drawn(number: int, lang: Lang = "de", *, with_borders: bool = True) -> Pictures:
    plan = CASE.plan.area_plans[number]
    desk = Desk(CASE, plan, lang, Audience.PUBLIC, Design(), borders if with_borders else None)
    goals = goal_rows(CASE.plan, plan, ASSESSMENT, lang)
    rows = profile(CASE, plan, Audience.PUBLIC, lang)
    return desk.pictures(ASSESSMENT, goals, finances(CASE.plan, plan, AS_OF), rows)


@pytest.mark.parametrize(
    ("number", "place", "said"),
    [
        (NORDHAFEN, "target:nordhafen-g1-t1", "Z1 Übergang Oberstufe: 28,6\xa0% im Schuljahr\xa02024/25, "
         "1,6 Prozentpunkte über dem erwarteten Weg zu 40,0\xa0%."),
        (NORDHAFEN, "target:nordhafen-g3-t2", "Z3 SGB-II-Quote unter 15, Abstand: +20,6\xa0PP im Jahr 2025, "
         "0,2 Prozentpunkte über dem erwarteten Weg zu +17,0\xa0PP."),
        (NORDHAFEN, "target:nordhafen-g7-t1", "Z7 Besuche Quartierstreff (Besuche): 12.930 im Jahr 2025, "
         "373 über dem erwarteten Weg zu 16.000."),
        (BAHNVIERTEL, "target:bahnviertel-g1-t1", "Z1 Fluktuation: 18,6\xa0% im Jahr 2025, "
         "im vereinbarten Bereich (15,0–20,0\xa0%)."),
        (BAHNVIERTEL, "target:bahnviertel-g3-t1", "Z3 Erreichte Meilensteine: 20\xa0%, zu erwarten waren 55\xa0%."),
        (NORDHAFEN, "money", "1.105.000\xa0€ von 7.177.651\xa0€ sind Fördermittel."),
        (NORDHAFEN, "profile", "Nordhafen: 7 von 9 Kennzahlen liegen mindestens eine Standardabweichung (σ) "
         "ungünstiger als der Durchschnitt, am weitesten SGB-II-Quote unter 15 (+2,0\xa0σ)."),
        (NORDHAFEN, "shares", "Am weitesten vom Gesamtwert entfernt: SGB-II-Quote unter 15 (+20,6\xa0PP)."),
        (NORDHAFEN, "map", "Nordhafen liegt im Norden der Kommune."),
    ],
)  # fmt: skip
def test_the_title_is_the_finding(number: int, place: str, said: str) -> None:
    picture = drawn(number).charts[place]
    assert picture.title == said
    assert picture.alt.startswith(said)


def test_findings_are_told_in_english_too() -> None:
    charts = drawn(NORDHAFEN, "en").charts
    assert charts["target:nordhafen-g1-t1"].title == (
        "G1 Übergang Oberstufe: 28.6% in the school\xa0year\xa02024/25, "
        "1.6 percentage points above the expected way to 40.0%."
    )
    assert charts["map"].title == "Nordhafen lies in the north of the municipality."


@pytest.mark.parametrize("number", [BAHNVIERTEL, NORDHAFEN, WESTSTADT])
def test_targets_are_drawn_in_the_order_of_the_goals(number: int) -> None:
    found, plan = drawn(number), CASE.plan.area_plans[number]
    order = [f"target:{target.id}" for goal in plan.goals for target in goal.targets]
    assert list(found.courses) == [place for place in order if place in found.charts]
    assert len(found.courses) > 4


def test_a_target_whose_newest_value_is_withheld_has_no_picture() -> None:
    found = drawn(NORDHAFEN)
    assert "target:nordhafen-g4-t1" not in found.charts
    assert "nordhafen-g4-t1" not in found.sparks


def test_without_borders_there_is_no_map_and_nothing_else_changes() -> None:
    bare = drawn(NORDHAFEN, with_borders=False).charts
    assert bare == {place: each for place, each in drawn(NORDHAFEN).charts.items() if place != "map"}


def test_a_unit_that_belongs_in_part_is_named_so() -> None:
    picture = drawn(BAHNVIERTEL).charts["map"]
    assert "gehört nur zum Teil dazu" in {row[1] for row in picture.printed}
    assert "ganz" in {row[1] for row in picture.printed}


def test_the_summary_shows_the_lights_of_all_plans() -> None:
    made = overview(CASE, ASSESSMENT, lang="de", audience=Audience.PUBLIC, stamp=STAMP)
    counted = [status.light for status in ASSESSMENT.targets if status.plan]
    said = "{} von {} Zielwerten sind im Plan, {} sind es nicht."
    wanted = said.format(counted.count(Light.GREEN), len(counted), counted.count(Light.RED))
    assert f"<title>{wanted} Altes Bahnviertel: im Plan " in made.text


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.AREA_SHEET])
def test_a_paper_with_all_its_pictures_passes_verapdf(kind: Kind, tmp_path: Path, verapdf: VeraPdf) -> None:
    plan = CASE.plan.area_plans[BAHNVIERTEL]
    made = report.paper(
        CASE, ASSESSMENT, plan, lang="de", audience=Audience.PUBLIC, stamp=STAMP, kind=kind, atlases=borders
    )
    logo = Resources({"logo.svg": image("logo.svg", (ROOT / "templates/logo.svg").read_bytes())})
    path = tmp_path / "a.pdf"
    content = pdf(made.text, title=made.title, lang="de", created=AS_OF, resources=logo, attachments=made.attachments)
    path.write_bytes(content)
    assert verapdf(path) == {}
