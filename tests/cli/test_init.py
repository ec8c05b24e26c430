"""`sozplan init` makes a repository in which `check` finds nothing, on whichever day and in either language."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sozplan.cli.app import run
from sozplan.render.skeleton import kind_of, land_of
from tests.cli.terminal import at_terminal

Capture = pytest.CaptureFixture[str]
TOLD = """\
{count} Dateien in {folder} angelegt. Weiter geht es so:
  sozplan check -C {folder}
      prüft alles
  sozplan status -C {folder}
      zeigt, wie weit die Ziele sind
  sozplan report -C {folder} --out build
      druckt die Vorlagen
Was zu ersetzen ist, sagt README.md.
"""


def init(folder: Path, *args: str) -> int:
    return run(["init", str(folder), "--name", "Musterstadt: „am Fluss“", "--key", "05123000", *args])


@pytest.mark.parametrize("day", ["2026-01-01", "2026-06-30", "2026-07-01", "2028-02-29"])
@pytest.mark.parametrize(
    ("lang", "sum_"), [("de", "0 Fehler, 0 Warnungen, 0 Hinweise"), ("en", "0 errors, 0 warnings")]
)
def test_a_fresh_repository_has_no_finding(tmp_path: Path, capsys: Capture, day: str, lang: str, sum_: str) -> None:
    folder = tmp_path / "planung"
    assert init(folder, "--lang", lang, "--as-of", day) == 0
    capsys.readouterr()
    assert run(["check", "-C", str(folder), "--as-of", day]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert sum_ in line


def test_what_is_made_is_told_and_can_be_printed(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "planung"
    assert init(folder, "--ci", "gitlab") == 0
    made = [file for file in folder.rglob("*") if file.is_file() and ".git" not in file.relative_to(folder).parts]
    assert capsys.readouterr().out == TOLD.format(count=len(made), folder=folder)
    assert (folder / ".git/HEAD").read_text() == "ref: refs/heads/main\n"
    assert {".gitlab-ci.yml", ".gitignore", "README.md", ".vscode/settings.json", ".pre-commit-config.yaml"} <= {
        file.relative_to(folder).as_posix() for file in made
    }
    assert run(["report", "-C", str(folder), "--out", str(tmp_path / "build"), "--format", "html"]) == 0
    assert run(["handbook", "-C", str(folder), "--out", str(tmp_path / "build/handbuch.html")]) == 0
    assert "Familien mit Kindern" in next((tmp_path / "build").glob("beispielviertel-*.html")).read_text()


def test_every_file_of_the_example_town_is_there(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "stadt"
    assert run(["init", str(folder), "--example"]) == 0
    capsys.readouterr()
    assert run(["check", "-C", str(folder), "--as-of", "2026-10-01"]) == 0
    assert "0 Fehler" in capsys.readouterr().out
    town = Path(__file__).parents[2]
    for part in ("plans", "indicators", "handbook", "templates"):
        for file in (each for each in (town / part).rglob("*") if each.is_file()):
            assert (folder / file.relative_to(town)).read_bytes() == file.read_bytes()


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "notiz.txt").write_text("x")
    assert init(tmp_path) == 3
    said = f"sozplan: „{tmp_path}“ gibt es schon und ist nicht leer. Nennen Sie einen neuen Ordner.\n"
    assert capsys.readouterr().err == said
    assert [each.name for each in tmp_path.iterdir()] == ["notiz.txt"]


@pytest.mark.parametrize("key", ["5123000", "051230000", "17123000", "00123000", "0512300O"])
def test_a_key_that_is_none(tmp_path: Path, capsys: Capture, key: str) -> None:
    assert run(["init", str(tmp_path / "x"), "--name", "Musterstadt", "--key", key]) == 2
    assert capsys.readouterr().err.startswith(f"sozplan: „{key}“ ist kein amtlicher Schlüssel. Er hat 8 Ziffern")
    assert not (tmp_path / "x").exists()


def test_land_and_kind_follow_from_the_key() -> None:
    assert [land_of(key) for key in ("01051", "05123000", "11000000", "16077001", "17000000")] == [
        "SH", "NW", "BE", "TH", None,
    ]  # fmt: skip
    assert [kind_of(key, "de") for key in ("01051", "05123000", "05154008")] == [
        "Kreis",
        "kreisfreie Stadt",
        "Gemeinde",
    ]


def test_who_sits_at_a_terminal_is_asked(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-m", "sozplan", "init", str(tmp_path / "kreis")]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(ours, "Kreis Süderau\n01051\n".encode())
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, err
    asked = "Wie heißt die Kommune? Ihr amtlicher Schlüssel (AGS; 8 Ziffern, bei Kreisen 5)? "
    assert asked in (out + err).decode()
    assert "name: Kreis Süderau\n" in (tmp_path / "kreis/sozplan.yaml").read_text(encoding="utf-8")


def test_a_wrong_answer_is_explained_and_asked_again(tmp_path: Path) -> None:
    with at_terminal(tmp_path, ("init", "stadt")) as terminal:
        terminal.answer("Wie heißt die Kommune? ", "05123000")
        terminal.until(
            "„05123000“ ist kein Name. Schreiben Sie ihn so, wie er auf Vorlagen steht: Musterstadt zum Beispiel.\n"
        )
        terminal.answer("Wie heißt die Kommune? ", "Musterstadt")
        terminal.answer("bei Kreisen 5)? ", "5123000")
        terminal.until("„5123000“ ist kein amtlicher Schlüssel. Er hat 8 Ziffern")
        terminal.until(" Fehlt vorn die Null, 05123000?\n")
        assert not (tmp_path / "stadt").exists()
        terminal.answer("bei Kreisen 5)? ", "05123000")
        assert terminal.end()[0] == 0
    assert "name: Musterstadt\n" in (tmp_path / "stadt/sozplan.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_aborted_it_leaves_nothing(tmp_path: Path, key: str) -> None:
    with at_terminal(tmp_path, ("init", "stadt")) as terminal:
        terminal.answer("Wie heißt die Kommune? ", "Musterstadt")
        terminal.until("bei Kreisen 5)? ")
        time.sleep(0.2)  # until the line is being read
        terminal.type(key)
        code, said = terminal.end()
    assert code == 130
    assert said.replace("^C", "").strip() == "Abgebrochen; nichts wurde geschrieben."
    assert list(tmp_path.iterdir()) == []


def test_nobody_is_asked_where_nobody_sits(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "sozplan", "init", str(tmp_path / "x")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("sozplan: Wie heißt die Kommune, und welchen amtlichen Schlüssel hat sie?")
