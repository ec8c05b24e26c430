"""`sozplan review`: what stands at a cut-off date."""

from __future__ import annotations

from tests.cli.repository import AREA, Repository, Sozplan


def test_a_review_of_a_measure(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    said = sozplan("review", "hafen-m1", "statement=Läuft nach Plan.", "lights.schedule=grün", "spent=12.000,50")
    assert (said.code, said.err) == (0, "")
    shown = [line for line in said.out.splitlines() if line.startswith("+ ")]
    assert shown == [
        "+   - id: hafen-r2",
        "+     subject: hafen-m1",
        "+     cut_off: 2026-06-30",
        "+     statement: Läuft nach Plan.",
        "+     spent: 12000.50",
        "+     lights: {schedule: green}",
    ]
    assert said.out.endswith("Zwischenbericht „hafen-r2“ zu „hafen-m1“ eingetragen, Stichtag 2026-06-30.\n")
    block = "".join(f"{line.removeprefix('+ ')}\n" for line in shown)
    assert repository.read(AREA).replace(block, "") == before


def test_a_red_light_needs_a_consequence(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan("review", "hafen-m1", "lights.effect=rot")
    assert said.code == 1
    assert "Fehler time.review-consequence" in said.out
    done = sozplan(
        "review", "hafen-m1", "lights.effect=rot", "cut_off=30.09.2026", "reason=Zu wenige Anmeldungen.",
        "countermeasure.statement=In Sprachkursen werben.", "countermeasure.who=amt-51",
        "countermeasure.until=31.12.2026",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert "    cut_off: 2026-09-30\n" in repository.read(AREA)


def test_nothing_to_report(sozplan: Sozplan) -> None:
    said = sozplan("review", "hafen-m1")
    assert (said.code, said.err) == (
        2,
        'sozplan: Nennen Sie, was zu berichten ist: statement="Läuft nach Plan." lights.schedule=grün spent=12000.\n',
    )


def test_what_stands_in_no_plan(sozplan: Sozplan) -> None:
    said = sozplan("review", "rat", "statement=x")
    assert (said.code, said.err) == (
        2,
        "sozplan: „rat“ steht in keinem Gebietsplan; Zwischenberichte gibt es zu deren Maßnahmen und Zielen.\n",
    )
