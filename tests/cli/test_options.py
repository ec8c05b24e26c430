"""The common options: what a call means, and what is said of one that means nothing."""

from __future__ import annotations

import contextlib
import re
import subprocess
from pathlib import Path

import pytest

from sozplan.cli.app import COMMANDS, run
from sozplan.cli.options import find_root, hoist, language, value_of

TESTS = Path(__file__).resolve().parent.parent
BASE, KREIS = TESTS / "examples/base", TESTS / "examples/kreis"
HERE = ["-C", str(BASE), "--as-of", "2026-10-01"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], []),
        (["check"], ["check"]),
        (["-C", "x", "check", "--strict"], ["check", "-C", "x", "--strict"]),
        (["-Cx", "check"], ["check", "-Cx"]),
        (["--lang=en", "--debug", "status", "p"], ["status", "--lang=en", "--debug", "p"]),
        (["--format", "json", "check"], ["check", "--format", "json"]),
        (["--rev", "main", "--as-of", "2026-01-01", "check"], ["check", "--rev", "main", "--as-of", "2026-01-01"]),
        (["-C", "x"], ["-C", "x"]),
        (["--help"], ["--help"]),
    ],
)
def test_options_before_the_command(given: list[str], meant: list[str]) -> None:
    assert hoist(given) == meant


def test_the_last_of_several_values_counts() -> None:
    assert value_of(["-C", "a", "check", "--directory=b"], "-C", "--directory") == "b"
    assert value_of(["check"], "-C") is None
    assert value_of(["check", "-C"], "-C") is None


@pytest.mark.parametrize(
    ("args", "lang"),
    [
        ([], "de"),
        (["-C", str(BASE)], "de"),
        (["-C", str(KREIS)], "en"),
        (["-C", str(KREIS / "plans/areas")], "en"),
        ([f"-C{KREIS}"], "en"),
        (["-C", str(KREIS), "--lang", "de"], "de"),
        (["--lang=en"], "en"),
        (["--lang", "fr"], "de"),
        (["-C", "/nirgends"], "de"),
    ],
)
def test_language(args: list[str], lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert language(args) == lang


def test_language_is_only_read_from_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "sozplan.yaml").write_text("# language: en\nmunicipality: {language: en}\nlanguage: 'de'\n")
    assert language(["-C", str(tmp_path)]) == "de"
    (tmp_path / "sozplan.yaml").write_bytes(b'\xff\nlanguage:  "en"\n')
    assert language(["-C", str(tmp_path)]) == "en"


def test_root_is_the_nearest_above(tmp_path: Path) -> None:
    assert find_root(BASE / "plans/areas") == BASE
    assert find_root(tmp_path) == tmp_path


@pytest.mark.parametrize("spoil", ["mkfifo sozplan.yaml", "ln -s sozplan.yaml sozplan.yaml", "ln -s weg sozplan.yaml"])
def test_settings_that_are_no_file_are_a_finding(
    spoil: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(spoil.split(), cwd=tmp_path, check=True)
    assert run(["check", "-C", str(tmp_path), "--as-of", "2026-10-01"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("sozplan.yaml:1:1: Fehler file.")
    assert "1 Fehler, 0 Warnungen" in said.out


def test_a_folder_name_too_long_for_the_system(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "-C", "a" * 300]) == 3
    assert capsys.readouterr() == (
        "", f"sozplan: Datei oder Ordner nicht zugänglich: der Name ist zu lang ({'a' * 300}).\n"
    )  # fmt: skip


def test_a_current_folder_that_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with contextlib.chdir(gone):
        gone.rmdir()
        assert run(["check"]) == 3
    assert capsys.readouterr() == (
        "",
        "sozplan: Den aktuellen Ordner gibt es nicht mehr. Wechseln Sie in einen anderen oder nennen Sie ihn mit -C.\n",
    )


MISTAKES = [
    (["chek"], 2, "Den Befehl „chek“ gibt es nicht. Meinten Sie „check“? Hilfe: sozplan --help",
     "There is no command “chek”. Did you mean “check”? Help: sozplan --help"),
    (["check", "--strikt"], 2,
     "Die Option „--strikt“ gibt es nicht. Meinten Sie „--strict“? Hilfe: sozplan check --help",
     "There is no option “--strikt”. Did you mean “--strict”? Help: sozplan check --help"),
    (["check", "--json"], 2, "Die Option „--json“ gibt es nicht. Hilfe: sozplan check --help",
     "There is no option “--json”. Help: sozplan check --help"),
    (["--nonsense"], 2, "Die Option „--nonsense“ gibt es nicht. Hilfe: sozplan --help",
     "There is no option “--nonsense”. Help: sozplan --help"),
    (["check", "--format", "yaml"], 2,
     "Der Wert von „--format“ passt nicht. Möglich sind: text|json|github|gitlab|sarif|junit|markdown. "
     "Hilfe: sozplan check --help",
     "The value of “--format” doesn't fit. Possible are: text|json|github|gitlab|sarif|junit|markdown. "
     "Help: sozplan check --help"),
    (["check", "--as-of"], 2, "Hinter „--as-of“ fehlt der Wert. Hilfe: sozplan check --help",
     "The value behind “--as-of” is missing. Help: sozplan check --help"),
    (["check", "--as-of", "31.12.2026"], 2,
     "--as-of: „31.12.2026“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31.",
     "--as-of: “31.12.2026” is no day. Write year-month-day, 2026-03-31 say."),
    (["check", "--as-of", "9999-12-31"], 2,
     "--as-of: „9999-12-31“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31.",
     "--as-of: “9999-12-31” is no day. Write year-month-day, 2026-03-31 say."),
    (["check", "plans"], 2, "„plans“ gehört nicht hierher. Hilfe: sozplan check --help",
     "“plans” doesn't belong here. Help: sozplan check --help"),
    (["check", "--rev=--output=x", "-C", str(BASE)], 2,
     "„--output=x“ ist keine Revision. Möglich sind Zweig, Marke oder Commit-Nummer.",
     "“--output=x” is no revision. Possible are branch, tag or commit id."),
    (["report", "-C", str(BASE)], 2, "Es fehlt --out DIR: Ordner für die Vorlagen. Hilfe: sozplan report --help",
     "--out DIR is missing: Folder for the papers. Help: sozplan report --help"),
    (["check", "-C", "/nirgends"], 3, "Den Ordner „/nirgends“ gibt es nicht.", "There is no folder “/nirgends”."),
    (["check", "-C", "/dev/null"], 3, "„/dev/null“ ist kein Ordner.", "“/dev/null” is no folder."),
    (["check", "-C", "/dev"], 3,
     "In „/dev“ liegt kein Planungsrepository: sozplan.yaml fehlt. "
     "Wechseln Sie den Ordner oder nennen Sie ihn mit -C.",
     "There is no planning repository in “/dev”: sozplan.yaml is missing. Change the folder or name it with -C."),
]  # fmt: skip


@pytest.mark.parametrize(("args", "code", "de", "en"), MISTAKES, ids=[" ".join(m[0]) for m in MISTAKES])
def test_a_wrong_call_is_answered_in_one_sentence(
    args: list[str],
    code: int,
    de: str,
    en: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang, sentence in (("de", de), ("en", en)):
        assert run([*args, "--lang", lang] if args[-1] != "--as-of" else ["--lang", lang, *args]) == code
        assert capsys.readouterr() == ("", f"sozplan: {sentence}\n")


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["help"], []])
def test_help_names_every_command(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert re.findall(r"(?m)^  (\S+)", said.out) == [*COMMANDS]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, asked for in three ways, and never wider than eighty columns but for the names."""
    pages = []
    for args in ([name, "--help"], [name, "-h"], ["help", name], ["--lang", "en", name, "--help"]):
        assert run(args) == 0
        said = capsys.readouterr()
        assert said.err == ""
        assert max(len(line) for line in said.out.splitlines()) <= 80
        pages.append(said.out)
    german, also, again, english = pages
    assert german == also == again
    assert german.startswith(f"Aufruf: sozplan {name} [OPTIONEN]")
    assert english.startswith(f"Usage: sozplan {name} [OPTIONS]")
    for option in ("-C, --directory DIR", "--rev REV", "--as-of YYYY-MM-DD", "--lang de|en", "--no-cache", "--debug"):
        assert option in german
        assert option in english


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert run(["report", *HERE, "--out", str(tmp_path / "out" / "deeper")]) == 3
    said = f"sozplan: Datei oder Ordner nicht zugänglich: das ist kein Ordner ({tmp_path}/out/deeper).\n"
    assert capsys.readouterr() == ("", said)


def test_debug_shows_where_a_bug_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("json.dumps", lambda *_args, **_kwargs: 1 / 0)
    assert run(["check", *HERE, "--format", "json"]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "sozplan: Das ist ein Fehler in sozplan, nicht in Ihrer Planung (ZeroDivisionError). "
        "Bitte melden Sie ihn; mit --debug steht dabei, wo.\n"
    )
    assert run(["check", *HERE, "--format", "json", "--debug"]) == 4
    assert "Traceback" in capsys.readouterr().err
