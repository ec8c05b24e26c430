"""What `add` and `review` ask at a terminal; nobody waits while somebody types, and nothing typed is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from sozplan.repo.planning import LOCK
from tests.cli.repository import AREA, Repository
from tests.cli.terminal import Terminal, at_terminal

AS_OF = ("--as-of", "2026-10-01")
MEASURE = ("add", "measure", *AS_OF)
REVIEW = ("review", "hafen-m1", *AS_OF)
LEFT_OUT = "(Enter lässt es weg): "


def call(repository: Repository, *command: str) -> subprocess.CompletedProcess[str]:
    """By somebody else, without a terminal."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "sozplan", *command, *AS_OF],
        cwd=repository.root, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip


def answer_all(terminal: Terminal, answers: Sequence[str]) -> None:
    for answer in answers:
        terminal.answer(LEFT_OUT, answer)


def test_each_question_says_what_it_is_about_and_what_is_possible(repository: Repository) -> None:
    with at_terminal(repository.root, MEASURE) as terminal:
        assert terminal.answer("Titel: ", "Lesepaten") == (
            "Es fehlen noch Angaben. Nichts wird geschrieben, bevor alles beantwortet ist; Strg-C bricht ab.\n\n"
            "Titel (title): wie die Maßnahme heißt.\nZum Beispiel: Kita-Lotsen im Hafentreff\nTitel: "
        )
        assert terminal.answer(LEFT_OUT, "hafen-g1").endswith(
            "\n\nZiele (goals): denen sie dient.\nMöglich:\n"
            "  frueh-foerdern  Kinder werden früh gefördert, gleich in welchem Stadtbezirk sie leben.\n"
            "  gute-bildung  Jedes Kind wächst mit guten Bildungschancen auf.\n"
            "  hafen-g1  Kita-Besuch\nMehrere trennt ein Komma.\nZiele (Enter lässt es weg): "
        )
        assert (
            "\nVerantwortliche Stelle (responsible): genau eine.\nMöglich:\n  amt-51  Amt für Kinder und Jugend\n"
            in (terminal.answer(LEFT_OUT, "amt-51"))
        )
        terminal.answer(LEFT_OUT, "hafentreff-ev, amt-51")
        assert terminal.answer(LEFT_OUT, "01.01.2028").endswith(
            "Von (from): erster Tag.\nZum Beispiel: 31.03.2027 oder 2027-03-31\nVon (Enter lässt es weg): "
        )
        terminal.answer(LEFT_OUT, "31.12.2029")
        terminal.answer("Kennung [hafen-m2]: ", "")
        code, said = terminal.end()
    assert code == 0
    assert said.endswith(f"Maßnahme „hafen-m2“ angelegt in {AREA}.\n")
    assert (
        "  - id: hafen-m2\n    title: Lesepaten\n    goals: [hafen-g1]\n    commitment: intended\n"
        "    budget_reservation: true\n    planned: {from: 2028-01-01, to: 2029-12-31}\n    responsible: amt-51\n"
        "    executing: [hafentreff-ev, amt-51]\n    status: draft\n"
    ) in repository.read(AREA)
    assert call(repository, "check").returncode == 0


def test_a_wrong_answer_is_explained_and_asked_again(repository: Repository) -> None:
    with at_terminal(repository.root, MEASURE) as terminal:
        terminal.answer("Titel: ", "")
        terminal.until("Das muss angegeben werden; Strg-C bricht ab.\n")
        terminal.answer("Titel: ", "Lesepaten")
        terminal.answer(LEFT_OUT, "hafen-g9")
        terminal.until(
            "„hafen-g9“ gibt es hier nicht. Meinten Sie „hafen-g1“? Schreiben Sie eine Kennung aus der Liste.\nZiele"
        )
        answer_all(terminal, ["", "", "", "gestern"])
        terminal.until("Von: „gestern“ ist kein Tag. Schreiben Sie z. B. 31.03.2027 oder 2027-03-31.\nVon")
        answer_all(terminal, ["", ""])
        terminal.answer("Kennung [hafen-m2]: ", "Lese Paten")
        terminal.until("„Lese Paten“ ist keine Kennung: Kleinbuchstaben, Ziffern und Bindestriche")
        terminal.answer("Kennung [hafen-m2]: ", "rat")
        terminal.until("Die Kennung „rat“ ist oder war schon vergeben und wird nicht wieder verwendet.\n")
        terminal.answer("Kennung [hafen-m2]: ", "lesepaten")
        code, _ = terminal.end()
    assert code == 0
    assert "  - id: lesepaten\n    title: Lesepaten\n    commitment: intended\n" in repository.read(AREA)


def test_what_is_no_text_is_asked_again(repository: Repository) -> None:
    with at_terminal(repository.root, ("add", "need", *AS_OF)) as terminal:
        terminal.answer("Bedarf: ", "Kein\x16\x1b Ort")  # Ctrl-V Escape
        terminal.until("Darin ist ein Zeichen, das kein Text ist, vielleicht eine Pfeiltaste. Bitte noch einmal.\n")
        terminal.answer("Bedarf: ", "Kein Ort für Kinder\x1b[D\x1b[D\x1b[C\x1b[C.")  # there and back by the arrows
        answer_all(terminal, ["", "hoch"])
        terminal.answer("Kennung [hafen-n2]: ", "")
        assert terminal.end()[0] == 0
    assert "    statement: Kein Ort für Kinder.\n    priority: high\n" in repository.read(AREA)


def test_what_was_said_is_not_asked(repository: Repository) -> None:
    command = ("add", "goal", "--to", "strategy", "level=Leitziel", "parent=gute-bildung", "--id", "neu", *AS_OF)
    with at_terminal(repository.root, (*command, "--lang", "en")) as terminal:
        terminal.answer("Goal: ", "Everybody reads.")
        assert "Theme (theme)" in terminal.answer("Theme (Enter leaves it out): ", "")
        terminal.answer("Owner (Enter leaves it out): ", "")
        code, said = terminal.end()
    assert "Parent" not in terminal.screen
    assert (code, "goal “neu” made in plans/strategy.yaml.\n" in said) == (0, True)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("answers", [[], ["", "amt-51"]], ids=["first question", "later"])
def test_aborted(repository: Repository, key: str, answers: list[str]) -> None:
    before = repository.read(AREA)
    with at_terminal(repository.root, MEASURE) as terminal:
        if answers:
            terminal.answer("Titel: ", "Lesepaten")
            answer_all(terminal, answers)
            terminal.until(LEFT_OUT)
        else:
            terminal.until("Titel: ")
        time.sleep(0.2)  # until the line is being read
        terminal.type(key)
        code, said = terminal.end()
    assert code == 130
    assert said.replace("^C", "").strip() == "Abgebrochen; nichts wurde geschrieben."
    assert repository.read(AREA) == before
    assert not (repository.root / LOCK).exists()


def test_others_write_while_somebody_types(repository: Repository) -> None:
    """The lock is free, and the answers come on top of what the others have written."""
    with at_terminal(repository.root, MEASURE) as terminal:
        terminal.until("Titel: ")
        assert not (repository.root / LOCK).exists()
        done = call(repository, "set", "hafen-m1", "title", "Lotsendienst")
        assert (done.returncode, done.stderr) == (0, "")
        made = call(repository, "add", "measure", "title=Schneller", "responsible=amt-51")
        assert "hafen-m2" in made.stdout
        terminal.type("Lesepaten\n")
        answer_all(terminal, ["", "amt-51", "", "", ""])
        terminal.answer("Kennung [hafen-m2]: ", "")
        code, said = terminal.end()
    assert code == 0
    assert said.endswith(f"Maßnahme „hafen-m3“ angelegt in {AREA}.\n")
    content = repository.read(AREA)
    assert [title in content for title in ("Lotsendienst", "Schneller", "Lesepaten")] == [True] * 3


def test_answers_that_come_to_nothing_can_be_given_again(repository: Repository) -> None:
    """The office that was chosen is gone when the answer comes."""
    with at_terminal(repository.root, MEASURE) as terminal:
        terminal.answer("Titel: ", "Lesepaten im Hafen")
        answer_all(terminal, ["", "statistikstelle", ""])
        path = "plans/organisation/organisation.yaml"
        content = repository.read(path)
        repository.write(path, content.replace("statistikstelle", "statistik"))
        answer_all(terminal, ["", ""])
        terminal.answer("Kennung [hafen-m2]: ", "")
        code, said = terminal.end()
    assert code == 1
    assert said.endswith(
        "Ihre Antworten als Befehl:\n  sozplan add measure 'title=Lesepaten im Hafen' responsible=statistikstelle\n"
        "sozplan: Nichts geschrieben, denn es entstünde ein neuer Fehler. Mit --force wird trotzdem geschrieben.\n"
    )
    assert "Lesepaten" not in repository.read(AREA)


def test_a_review(repository: Repository) -> None:
    with at_terminal(repository.root, REVIEW) as terminal:
        assert "Stichtag (cut_off): Stand der Angaben.\n" in terminal.answer("Stichtag [2026-06-30]: ", "Sommer")
        terminal.until("Stichtag: „Sommer“ ist kein Tag.")
        terminal.answer("Stichtag [2026-06-30]: ", "")
        answer_all(terminal, ["Läuft nach Plan.", "grün", "blau"])
        terminal.until("Ressourcen: „blau“ gibt es nicht. Möglich sind: green (grün), yellow (gelb), red (rot), grey")
        answer_all(terminal, ["", "", "rot", "viel"])
        terminal.until("Verausgabt: „viel“ ist keine Zahl. Schreiben Sie z. B. 40 oder 24,5.\n")
        answer_all(terminal, ["12.000,50", "Zu wenige.", "In Kursen werben.", "amt-51", "31.12.2026"])
        code, said = terminal.end()
    assert code == 0
    assert said.endswith("Zwischenbericht „hafen-r2“ zu „hafen-m1“ eingetragen, Stichtag 2026-06-30.\n")
    assert (
        "  - id: hafen-r2\n    subject: hafen-m1\n    cut_off: 2026-06-30\n    statement: Läuft nach Plan.\n"
        "    spent: 12000.50\n    lights: {schedule: green, effect: red}\n    reason: Zu wenige.\n"
        "    countermeasure: {statement: In Kursen werben., who: amt-51, until: 2026-12-31}\n"
    ) in repository.read(AREA)


def test_nothing_to_report_is_nothing_written(repository: Repository) -> None:
    before = repository.read(AREA)
    with at_terminal(repository.root, REVIEW) as terminal:
        terminal.answer("Stichtag [2026-06-30]: ", "")
        answer_all(terminal, [""] * 6)
        code, said = terminal.end()
    assert (code, said.strip()) == (0, "Nichts berichtet, also nichts eingetragen.")
    assert repository.read(AREA) == before


def test_the_charter_of_a_body_is_asked_and_what_is_left_out_is_a_draft(repository: Repository) -> None:
    with at_terminal(repository.root, ("add", "body", *AS_OF)) as terminal:
        terminal.answer("Name: ", "Beirat Inklusion")
        terminal.answer("Art: ", "beratend")
        answer_all(terminal, ["Berät zur Inklusion.", "amt-51", ""])
        shown = terminal.answer(LEFT_OUT, "amt-99")
        assert "\nMitglieder (members): Sitze mit Stimmen.\nMöglich:\n  amt-51  Amt für Kinder und Jugend\n" in shown
        terminal.until("„amt-99“ gibt es hier nicht.")
        answer_all(terminal, ["amt-51, sozialplanung, hafentreff-ev"])
        answer_all(terminal, ["2", "", "3", "", "", "nein", "", "", "", "rat"])
        terminal.answer("Kennung [beirat-inklusion]: ", "")
        code, said = terminal.end()
    assert code == 0, said
    assert "+     status: draft\n" in said
    assert "+       - {actor: hafentreff-ev}\n" in said or "{actor: hafentreff-ev}]" in said
    assert call(repository, "check").returncode == 0


def test_a_rate_is_asked_for_its_numerator_and_denominator(repository: Repository) -> None:
    with at_terminal(repository.root, ("add", "indicator", *AS_OF)) as terminal:
        for question, answer in (
            ("Name: ", "Anteil mit Treff"), ("Definition: ", "Wer einen Treff hat."), ("Einheit: ", "%"),
            ("Richtung: ", "higher"), ("Typ: ", "outcome"), ("Steuerbarkeit: ", "direct"), ("Periodizität: ", "yearly"),
            ("Zeitbezug: ", "sum"), ("Unterste Ebene: ", "bezirk"), ("Zuständig: ", "amt-51"), ("Grenzen: ", "Keine."),
            ("Zähler: ", "Mit Treff"), ("Nenner: ", "Alle"),
        ):  # fmt: skip
            terminal.answer(question, answer)
        answer_all(terminal, ["", ""])
        terminal.answer("]: ", "")
        code, said = terminal.end()
    assert code == 0, said
    assert call(repository, "check").returncode == 0


def test_where_there_are_several_plans_it_is_asked_which(tmp_path: Path) -> None:
    root = tmp_path / "kreis"
    shutil.copytree(Path(__file__).parents[1] / "examples/kreis", root)
    with at_terminal(root, ("add", "goal", *AS_OF, "--lang", "de")) as terminal:
        shown = terminal.answer("Plan: ", "geest-202")
        assert "\nIn welchen Plan gehört es?\nMöglich:\n  geest-2026  " in shown
        assert "\n  strategy  Strategie der ganzen Kommune\n" in shown
        terminal.until(
            "„geest-202“ ist keiner der Pläne. Meinten Sie „geest-2026“? Schreiben Sie ein Wort aus der Liste.\n"
        )
        terminal.answer("Plan: ", "geest-2026")
        terminal.answer("Ziel: ", "Alle lesen.")
        answer_all(terminal, ["", "", ""])
        terminal.answer("Kennung [geest-g2]: ", "")
        code, said = terminal.end()
    assert (code, "Ziel „geest-g2“ angelegt in plans/areas/geest.yaml.\n" in said) == (0, True), said
