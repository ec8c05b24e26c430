"""Attainment on the terminal, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sozplan.analysis.disclosure import Audience, Figure, Pool
from sozplan.analysis.outlook import Outlook
from sozplan.analysis.progress import Progress
from sozplan.analysis.series import Era
from sozplan.analysis.trend import Trend
from sozplan.analysis.verdict import Aggregate, Method, Note, Reason, Report, TargetStatus
from sozplan.analysis.weather import Outcome, Weather
from sozplan.model.areas import AreaPlan
from sozplan.model.figures import Quality
from sozplan.model.indicators import Indicator
from sozplan.model.periods import period
from sozplan.model.plan import Plan
from sozplan.model.settings import Settings
from sozplan.model.terms import Light
from sozplan.render import status

PLAN = Plan(
    Settings.model_validate(
        {
            "version": 1,
            "municipality": {"name": "Beispielstadt", "key": "05000000", "kind": "Stadt", "land": "NW"},
            "levels": [{"id": "stadt", "name": "Stadt"}],
        }
    ),
    {
        "plans/areas/hafen.yaml": AreaPlan.model_validate(
            {
                "id": "hafen-2026",
                "area": "hafen",
                "title": "Sozialraumgebietsplan Hafen [fett]",
                "status": "draft",
                "period": {"from": "2026-01-01"},
                "goals": [{"id": "hafen-g1", "statement": "Alle Kinder besuchen eine Kita."}],
            }
        ),
        "indicators/catalogue/kita.yaml": Indicator.model_validate(
            {
                "id": "kita-quote",
                "name": "Kita-Quote der Drei- bis unter Sechsjährigen",
                "short": "Kita-Quote",
                "definition": "Anteil",
                "unit": "%",
                "direction": "higher",
                "kind": "outcome",
                "steerability": "direct",
                "periodicity": "yearly",
            }
        ),
    },
)
ON_TRACK = TargetStatus(
    target="hafen-g1-t1",
    goal="hafen-g1",
    plan="hafen-2026",
    area="hafen",
    indicator="kita-quote",
    kind="change",
    method=Method.LINEAR,
    baseline=Decimal(82),
    baseline_period=period("2023/24"),
    target_value=Decimal(90),
    target_period=period("2028/29"),
    actual=Decimal("83.91111111111"),
    actual_period=period("2024/25"),
    reference=date(2025, 7, 31),
    expected=Decimal("83.6"),
    attainment=Decimal("23.888888888888888"),
    fulfilment=Decimal("119.4444444444"),
    light=Light.GREEN,
    notes=(Note.PROVISIONAL,),
)
SUPPRESSED = TargetStatus(
    target="hafen-g1-t2",
    goal="hafen-g1",
    plan="hafen-2026",
    area="hafen",
    indicator="kita-quote",
    kind="maintain",
    method=Method.DISTANCE,
    lower=Decimal("0.5"),
    light=Light.GREY,
    reason=Reason.SUPPRESSED,
)
POINT = Figure(
    "kita-quote", "hafen", period("2024/25"), date(2025, 7, 31), Decimal("83.9"), None, Quality.FINAL,
    Era(0, frozenset()), (),
)  # fmt: skip
AHEAD = Outlook(
    pace_so_far=Decimal("1.9111111111"),
    pace_needed=Decimal(2),
    trend=Trend(
        period("2028/29"), Decimal(88), Decimal("86.5"), Decimal("89.25"), Decimal(1), (Decimal("0.5"), Decimal(2)),
        (POINT,),
    ),
    outcome=Outcome(Weather.PARTLY, POINT, POINT, Decimal(1), False, Decimal(89), Decimal("0.2")),
    progress=Progress(Decimal("1.25"), Decimal("0.05"), Decimal("0.04"), True),
    chance=(Decimal(82), Decimal("85.5")),
    by_chance=True,
    pool=Pool(period("2022/23"), period("2024/25"), Decimal(83), (Decimal("82.5"), Decimal("83.5"))),
    revised_from=Decimal("83.5"),
)  # fmt: skip
TOTAL = Aggregate("hafen-2026", None, Decimal(50), {Light.GREEN: 1, Light.GREY: 1}, 0)
REPORT = Report(date(2026, 10, 1), Audience.PUBLIC, (ON_TRACK, SUPPRESSED), (TOTAL,))


def test_the_table_fits_eighty_columns_and_says_why_grey() -> None:
    shown = status.as_text(PLAN, REPORT, "de")
    assert max(map(len, shown.splitlines())) <= 80
    assert shown == (
        "Sozialraumgebietsplan Hafen [fett]\n"
        "\n"
        " Zielwert       Beginn       Ist   Soll      Ziel   Z %   Ampel\n"
        " ────────────────────────────────────────────────────────────────────────\n"
        " hafen-g1-t1      82,0      83,9   83,6      90,0    24   ● grün ¹\n"
        " Kita-Quote    2023/24   2024/25          2028/29\n"
        " hafen-g1-t2         –         –      –     ≥ 0,5     –   ○ grau\n"
        " Kita-Quote                                               geheim gehalten\n"
        "\n"
        " Zusammen: keine Zahl, nur 50 % der Gewichte bewertbar · ● 1, ▲ 0, ■ 0, ○ 1\n"
        "\n"
        "Z: erreichter Teil des Weges. Soll: am Stichtag der Daten zu erwarten. ● ab 95 %\n"
        "des Solls, ▲ ab 80 %, ■ darunter, ○ nicht bewertbar. Stand 01.10.2026.\n"
        "¹ vorläufiger Wert.\n"
    )


def test_notes_are_numbered_in_one_order_everywhere() -> None:
    both = replace(ON_TRACK, notes=(Note.METHOD, Note.PROVISIONAL))
    shown = status.as_text(PLAN, replace(REPORT, targets=(both, ON_TRACK)), "de")
    assert [line[line.index("●") :] for line in shown.splitlines() if "hafen-g1-t1" in line] == [
        "● grün ¹ ²",
        "● grün ¹",
    ]
    assert "\n¹ vorläufiger Wert, ² abhängig von der Methode.\n" in shown


def test_trend_and_weather_stand_below_the_light_and_are_explained() -> None:
    report = replace(REPORT, targets=(replace(ON_TRACK, outlook=AHEAD), SUPPRESSED))
    shown = status.as_text(PLAN, report, "de")
    assert max(map(len, shown.splitlines())) <= 80
    assert (
        " hafen-g1-t1      82,0      83,9   83,6      90,0    24   ● grün ¹\n"
        " Kita-Quote    2023/24   2024/25          2028/29         ↗ 88,0 leicht\n"
        "                                                          bewölkt\n"
    ) in shown
    assert shown.endswith(
        "↗ → ↘ mit Zahl: Trendfortschreibung bis zur Frist (keine Vorhersage). Sonne,\n"
        "leicht bewölkt, Wolke, Blitz: Urteil nach der Deutschen\n"
        "Nachhaltigkeitsstrategie. Herleitung: --explain ZIELWERT.\n"
    )
    assert "↗ 88.0 partly\n" in status.as_text(PLAN, report, "en")


def test_json_tells_the_outlook() -> None:
    first, second = json.loads(status.as_json(replace(REPORT, targets=(replace(ON_TRACK, outlook=AHEAD), SUPPRESSED))))[
        "targets"
    ]
    told = {
        "forecast": 88.0, "forecast_low": 86.5, "forecast_high": 89.25, "forecast_points": 1, "weather": "partly",
        "progress": 1.25, "pace_so_far": 1.91111111, "pace_needed": 2.0, "chance_low": 82.0, "chance_high": 85.5,
        "pooled": 83.0, "pooled_from": "2022/23", "pooled_low": 82.5, "pooled_high": 83.5, "revised_from": 83.5,
    }  # fmt: skip
    assert {name: first[name] for name in told} == told
    assert [second[name] for name in told] == [None] * len(told)


def test_english_is_complete() -> None:
    shown = status.as_text(PLAN, REPORT, "en")
    assert "● green" in shown
    assert "provisional" in shown
    assert "Together: no number, only 50% of the weights ratable" in shown
    assert "grün" not in shown


def test_colours_only_where_asked_for() -> None:
    assert "\x1b[" not in status.as_text(PLAN, REPORT, "de")
    assert "\x1b[32m● grün" in status.as_text(PLAN, REPORT, "de", colour=True)


def test_internal_figures_are_marked() -> None:
    internal = Report(REPORT.as_of, Audience.INTERNAL, REPORT.targets, REPORT.aggregates)
    assert status.as_text(PLAN, internal, "de").startswith("NUR FÜR DEN DIENSTGEBRAUCH")
    assert json.loads(status.as_json(internal))["audience"] == "internal"
    assert json.loads(status.as_json(REPORT))["audience"] == "public"
    mark = "INTERNAL: contains figures that are not published."
    rows = list(csv.reader(io.StringIO(status.as_csv(internal, "en"))))
    assert [row[-1] for row in rows] == ["audience", *(mark for _ in internal.targets)]


def test_where_more_was_withheld_than_may_be_needed_it_is_said() -> None:
    coarse = replace(REPORT, coarse=(("quote", period("2025")),))
    assert "Gröber unterdrückt, um kleine Zahlen zu schützen: quote 2025.\n" in status.as_text(PLAN, coarse, "de")
    assert json.loads(status.as_json(coarse))["coarser"] == [{"indicator": "quote", "period": "2025"}]
    assert json.loads(status.as_json(REPORT))["coarser"] == []


def test_json_keeps_the_contract() -> None:
    document = json.loads(status.as_json(REPORT))
    assert (document["version"], document["as_of"]) == (1, "2026-10-01")
    first, second = document["targets"]
    assert first["attainment"] == 23.8888889
    assert first["actual"] == 83.9111111
    assert first["fulfilment"] == 119.444444
    assert (first["light"], first["reason"], first["actual_period"]) == ("green", None, "2024/25")
    assert (second["light"], second["reason"], second["actual"]) == ("grey", "suppressed", None)
    assert document["aggregates"] == [
        {
            "scope": "hafen-2026",
            "attainment": None,
            "coverage": 50.0,
            "lights": {"green": 1, "yellow": 0, "red": 0, "grey": 1},
            "worsened": 0,
        }
    ]
    contract = (
        "target goal plan area indicator kind method baseline target_value actual actual_period expected attainment "
        "fulfilment light reason forecast weather"
    )
    assert set(contract.split()) <= set(first)


@pytest.mark.parametrize(("lang", "delimiter", "attainment"), [("de", ";", "23,8888889"), ("en", ",", "23.8888889")])
def test_csv_as_the_readers_spreadsheet_wants_it(lang: str, delimiter: str, attainment: str) -> None:
    written = status.as_csv(REPORT, "en" if lang == "en" else "de")
    first, second = csv.DictReader(io.StringIO(written), delimiter=delimiter)
    assert (first["target"], first["attainment"], first["light"]) == ("hafen-g1-t1", attainment, "green")
    assert (second["actual"], second["reason"]) == ("", "suppressed")


def test_csv_of_nothing_still_names_its_columns() -> None:
    empty = Report(date(2026, 10, 1), Audience.PUBLIC, (), ())
    assert status.as_csv(empty, "de").startswith("target;goal;plan;")
