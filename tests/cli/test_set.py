"""`sozplan set`: one field changes, and is checked before it is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.repository import AREA, Repository, Sozplan

SRC = Path(__file__).resolve().parents[2] / "src"


def test_a_value_is_changed_and_shown(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    said = sozplan("set", "hafen-g1-t1", "target.value", "91,5")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{AREA}, Zeile 36:\n"
        "-         target: {period: 2028, value: 90.0}\n"
        "+         target: {period: 2028, value: 91.5}\n"
        "„hafen-g1-t1“: „Wert“ ist geändert.\n"
    )
    assert repository.read(AREA) == before.replace("value: 90.0", "value: 91.5")


def test_and_back(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    sozplan("set", "hafen-m1", "title", "Lotsen: neu, und # anders")
    assert "title: 'Lotsen: neu, und # anders'" in repository.read(AREA)
    sozplan("set", "hafen-m1", "title", "Kita-Lotsen im Hafentreff")
    assert repository.read(AREA) == before


def test_what_it_says_already(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    said = sozplan("set", "hafen-m1", "responsible", "amt-51")
    assert (said.code, said.out) == (0, "Das steht schon so da; nichts zu ändern.\n")
    assert repository.read(AREA) == before


def test_a_new_key_comes_where_people_write_it(repository: Repository, sozplan: Sozplan) -> None:
    said = sozplan("set", "hafen-m1", "budget.2026.actual", "12.345,60")
    assert said.code == 0
    assert "        planned: 60000\n        actual: 12345.60\n        financing" in repository.read(AREA)


def test_a_section_that_is_not_there_yet(repository: Repository, sozplan: Sozplan) -> None:
    assert sozplan("set", "hafen-m1", "forecast.from", "01.03.2026").code == 0
    assert "    planned: {from: 2026-02-01, to: 2029-12-31}\n    forecast: {from: 2026-03-01}\n" in repository.read(
        AREA
    )


def test_an_error_is_not_written_unless_it_is_wished(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    said = sozplan("set", "hafen-m1", "executing", "hafentref-ev")
    assert (said.code, repository.read(AREA)) == (1, before)
    assert said.out == (
        f"{AREA}, Zeile 50:\n"
        "-     executing: [hafentreff-ev]\n"
        "+     executing: [hafentref-ev]\n"
        "Neue Befunde:\n"
        f"{AREA}:50:17: Fehler ref.unknown Unter „Durchführend“ steht „hafentref-ev“, aber diese Kennung gibt "
        f"es nicht. "
        "Meinten Sie „hafentreff-ev“?\n"
    )
    assert said.err == (
        "sozplan: Nichts geschrieben, denn es entstünde ein neuer Fehler. Mit --force wird trotzdem geschrieben.\n"
    )
    assert sozplan("set", "hafen-m1", "executing", "hafentref-ev", "--force").code == 0
    assert "executing: [hafentref-ev]" in repository.read(AREA)
    assert sozplan("set", "hafen-m1", "executing", "hafentreff-ev").out.endswith(
        "Ein Befund ist erledigt.\n„hafen-m1“: „Durchführend“ ist geändert.\n"
    )


def test_dry_run_writes_nothing(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    said = sozplan("set", "hafen-m1", "title", "Neu", "--dry-run")
    assert said.out.endswith("+     title: Neu\nNichts geschrieben (--dry-run).\n")
    assert repository.read(AREA) == before


def test_lists(repository: Repository, sozplan: Sozplan) -> None:
    assert sozplan("set", "hafen-m1", "partners", "rat", "--add").code == 0
    assert sozplan("set", "hafen-m1", "partners", "jugendhilfeausschuss", "rat", "--add").code == 0
    assert "    partners: [rat, jugendhilfeausschuss]\n" in repository.read(AREA)
    assert sozplan("set", "hafen-m1", "partners", "rat", "--remove").code == 0
    assert (
        sozplan("set", "hafen-m1", "milestones", "--add", "id=hafen-m1-ms3", "title=Ende", "due=30.06.2028").code == 0
    )
    assert "      - {id: hafen-m1-ms3, title: Ende, due: 2028-06-30}\n" in repository.read(AREA)
    assert sozplan("set", "hafen-m1", "milestones", "hafen-m1-ms3", "--remove").code == 0
    assert sozplan("set", "hafen-m1", "partners", "--delete").code == 0
    assert "ms3" not in repository.read(AREA)
    assert "partners" not in repository.read(AREA)


def test_without_a_value_it_says_what_is_possible(sozplan: Sozplan) -> None:
    assert sozplan("set", "hafen-m1", "progress").out == (
        "Stand (progress): geplant, läuft, abgeschlossen, abgebrochen.\nJetzt: läuft\nMöglich:\n"
        "  planned  geplant\n  running  läuft\n  completed  abgeschlossen\n  stopped  abgebrochen\n"
    )
    assert sozplan("set", "hafen-m1", "theme", "--lang", "en").out.startswith(
        "Theme (theme): the measure's field of action.\nNow: "
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("hafen-m9", "title", "x"), "Die Kennung „hafen-m9“ gibt es nicht (oder ihre Datei ist fehlerhaft: "
         "„sozplan check“). "
         "Meinten Sie „hafen-m1“?"),
        (("hafen-m1", "titel", "x"), "Die Angabe „titel“ gibt es dort nicht. Meinten Sie „title“?"),
        (("hafen-m1", "progress", "laufend"), "Stand: „laufend“ gibt es nicht. Möglich sind: planned (geplant), "
         "running "
         "(läuft), completed (abgeschlossen), stopped (abgebrochen)."),
        (("hafen-m1", "planned.to", "31.02.2027"), "Bis: „31.02.2027“ ist kein Tag. Schreiben Sie z. B. "
         "31.03.2027 oder "
         "2027-03-31."),
        (("hafen-m1", "planned", "2027"), "„Geplant“ ist ein Abschnitt. Nennen Sie eine Angabe darin: .from, .to"),
        (("hafen-g1-t1", "target.value", "viel"), "Wert: „viel“ ist keine Zahl. Schreiben Sie z. B. 40 oder 24,5."),
        (("hafen-m1", "budget.2031.planned", "1"), "„2031“ nennt keinen einzelnen Eintrag. Es gibt: 1 (2026, 06.02.01, "
         "result); 2 (2027, 06.02.01, result); 3 (2028, 06.02.01, result); 4 (2029, 06.02.01, result)."),
        (("hafen-m1", "title", "x", "--add"), "„Titel“ ist keine Liste; --add und --remove gelten nur für Listen."),
        (("hafen-m1", "title", "x", "--delete"), "Entweder ein neuer Wert, oder --add, --remove mit Werten, "
         "oder --delete "
         "ohne."),
        (("hafen-m1", "title", "x", "--rev", "HEAD"), "--rev: Geändert wird nur der Arbeitsstand."),
    ],
)  # fmt: skip
def test_refused(repository: Repository, sozplan: Sozplan, args: tuple[str, ...], message: str) -> None:
    before = repository.read(AREA)
    said = sozplan("set", *args)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")
    assert repository.read(AREA) == before


def test_bom_and_windows_line_ends_stay(repository: Repository, sozplan: Sozplan) -> None:
    before = b"\xef\xbb\xbf" + repository.read(AREA).replace("\n", "\r\n").rstrip("\r\n").encode()
    (repository.root / AREA).write_bytes(before)
    assert sozplan("set", "hafen-m1", "title", "Neu").code == 0
    assert (repository.root / AREA).read_bytes() == before.replace(b"Kita-Lotsen im Hafentreff", b"Neu", 1)


def test_a_link_is_not_written_through(
    repository: Repository,
    sozplan: Sozplan,
) -> None:
    real = repository.root / "plans/areas/echt.md"
    (repository.root / AREA).rename(real)
    (repository.root / AREA).symlink_to("echt.md")
    before = real.read_bytes()
    said = sozplan("set", "hafen-m1", "title", "Neu")
    assert said.code == 3
    assert "ist nur über eine Verknüpfung zu erreichen" in said.err
    assert real.read_bytes() == before


def test_two_at_once_lose_nothing(repository: Repository) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    wishes = [
        ("hafen-m1", "title", "Neu"),
        ("hafen-g1", "title", "Kita für alle"),
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "sozplan", "set", "-C", repository.root, "--as-of", "2026-10-01", *wish],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for wish in wishes
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    content = repository.read(AREA)
    assert all(f"{field}: {value}\n" in content for _, field, value in wishes)
