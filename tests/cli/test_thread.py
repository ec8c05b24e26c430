"""`sozplan thread`: the whole tree, from every start, with its gaps."""

from __future__ import annotations

import json

import pytest

from tests.cli.repository import AREA, Repository, Sozplan

TREE = """\
Bedarf hafen-n1: Im Hafen besuchen weniger Kinder eine Kita als in der übrigen Stadt.
└─ Ziel hafen-g1: Kita-Besuch
   ├─ Maßnahme hafen-m1: Kita-Lotsen im Hafentreff
   │  ├─ Mittel: 2026 60.000 €, 2027 60.000 €, 2028 60.000 €, 2029 60.000 €
   │  ├─ Wirkung: Mehr Kinder besuchen eine Kita.
   │  └─ Beschluss b-2025-117: Rat, 11.12.2025, angenommen – Sozialraumgebietsplan Hafen 2026–2029
   ├─ Wirkung hafen-g1-t1: Kita-Quote, Ist 83,9 % (2025), Ziel 90,0 % (2028), ● grün
   └─ Beschluss b-2025-117: Rat, 11.12.2025, angenommen – Sozialraumgebietsplan Hafen 2026–2029

Keine Lücken.
"""


@pytest.mark.parametrize(
    "start",
    ["hafen-n1", "hafen-g1", "hafen-g1-t1", "hafen-m1", "hafen-m1-ms2", "hafen-2026", "frueh-foerdern",
     "gute-bildung", "b-2025-117", "land-kita"],
)  # fmt: skip
def test_the_same_thread_from_every_start(sozplan: Sozplan, start: str) -> None:
    said = sozplan("thread", start)
    assert (said.code, said.out, said.err) == (0, TREE, "")


def test_gaps_are_marked(repository: Repository, sozplan: Sozplan) -> None:
    content = repository.read(AREA)
    start, end = (
        content.index("    budget:\n"),
        content.index("participation:") if "participation:" in content else None,
    )
    rest = content[end:] if end is not None else ""
    repository.write(AREA, content[:start] + rest)
    repository.edit(
        AREA,
        ("goals:\n", "  - {id: hafen-n2, statement: Es fehlt ein Treff.}\n"
                     "  - {id: hafen-n3, statement: Es fehlt Schatten., deferred: Erst 2028.}\n"
                     "goals:\n"
                     "  - {id: hafen-g2, statement: Es gibt einen Treff., needs: [hafen-n1]}\n"
                     "  - {id: hafen-g3, statement: Alle kennen den Treff.}\n"),
        ("resolution: b-2025-117\n", ""),
        ("      outcome: {statement: Mehr Kinder besuchen eine Kita., indicator: kita-quote}\n", ""),
    )  # fmt: skip
    assert sozplan("thread", "hafen-2026").out == (
        "Bedarf hafen-n1: Im Hafen besuchen weniger Kinder eine Kita als in der übrigen Stadt.\n"
        "├─ Ziel hafen-g2: Es gibt einen Treff.\n"
        "│  ├─ Maßnahme: LÜCKE – keine Maßnahme dient dem Ziel\n"
        "│  ├─ Wirkung: LÜCKE – kein Zielwert misst das Ziel\n"
        "│  └─ Beschluss: LÜCKE – kein Beschluss\n"
        "└─ Ziel hafen-g1: Kita-Besuch\n"
        "   ├─ Maßnahme hafen-m1: Kita-Lotsen im Hafentreff\n"
        "   │  ├─ Mittel: LÜCKE – keine Mittel\n"
        "   │  ├─ Wirkung: LÜCKE – keine erwartete Wirkung genannt\n"
        "   │  └─ Beschluss: LÜCKE – kein Beschluss\n"
        "   ├─ Wirkung hafen-g1-t1: Kita-Quote, Ist 83,9 % (2025), Ziel 90,0 % (2028), ● grün\n"
        "   └─ Beschluss: LÜCKE – kein Beschluss\n"
        "\n"
        "Bedarf hafen-n2: Es fehlt ein Treff.\n"
        "└─ Ziel: LÜCKE – kein Ziel folgt daraus\n"
        "\n"
        "Bedarf hafen-n3: Es fehlt Schatten. – zurückgestellt: Erst 2028.\n"
        "\n"
        "Bedarf: LÜCKE – kein Bedarf, aus dem das Ziel folgt\n"
        "└─ Ziel hafen-g3: Alle kennen den Treff.\n"
        "   ├─ Maßnahme: LÜCKE – keine Maßnahme dient dem Ziel\n"
        "   ├─ Wirkung: LÜCKE – kein Zielwert misst das Ziel\n"
        "   └─ Beschluss: LÜCKE – kein Beschluss\n"
        "\n"
        "12 Lücken.\n"
    )


def test_a_measure_without_a_goal(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("    goals: [hafen-g1]\n", ""))
    assert sozplan("thread", "hafen-m1", "--lang", "en").out.splitlines()[:2] == [
        "Goal: GAP – no goal that the measure serves",
        "└─ Measure hafen-m1: Kita-Lotsen im Hafentreff",
    ]


def test_json(sozplan: Sozplan) -> None:
    document = json.loads(sozplan("thread", "hafen-m1", "--format", "json").out)
    (need,) = document["threads"]
    (goal,) = need["children"]
    measure, effect, resolution = goal["children"]
    assert {key: document[key] for key in ("version", "start", "gaps")} == {
        "version": 1,
        "start": "hafen-m1",
        "gaps": 0,
    }
    assert [each["strand"] for each in (need, goal, measure, effect, resolution)] == [
        "need", "goal", "measure", "effect", "resolution"
    ]  # fmt: skip
    assert measure["children"][0] == {
        "strand": "money",
        "id": None,
        "text": None,
        "gap": None,
        "money": {"2026": 60000.0, "2027": 60000.0, "2028": 60000.0, "2029": 60000.0},
        "children": [],
    }
    assert (effect["id"], effect["light"], effect["target_value"]) == ("hafen-g1-t1", "green", 90.0)


@pytest.mark.parametrize(
    ("id", "err"),
    [
        ("hafen-g9", "Die Kennung „hafen-g9“ gibt es nicht. Meinten Sie „hafen-g1“?"),
        ("qwertz", "Die Kennung „qwertz“ gibt es nicht."),
        (
            "amt-51",
            "„amt-51“ (Akteur) gehört zu keinem Faden. Möglich sind Bedarf, Ziel, Zielwert, Meilenstein, Maßnahme, "
            "Plan, Beschluss und Förderprogramm.",
        ),
    ],
)
def test_no_thread(sozplan: Sozplan, id: str, err: str) -> None:
    said = sozplan("thread", id)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {err}\n")


def test_a_thread_for_internal_readers_is_marked(sozplan: Sozplan) -> None:
    said = sozplan("thread", "hafen-n1", "--audience", "internal")
    assert said.out.startswith("NUR FÜR DEN DIENSTGEBRAUCH: enthält nicht veröffentlichte Zahlen.\n\n")
    assert json.loads(sozplan("thread", "hafen-n1", "--format", "json").out)["audience"] == "public"
