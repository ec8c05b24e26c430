"""Every command but PDF where there is nothing of Unix, and on consoles of other alphabets: the same bytes as here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sozplan.cli.app import COMMANDS
from sozplan.repo.planning import LOCK
from tests.cli.elsewhere import MODULES
from tests.cli.repository import AREA, Repository
from tests.cli.test_import import PROFILE, TABLE

PROGRAM = Path(__file__).with_name("elsewhere.py")
AS_OF = ("--as-of", "2026-10-01")
CALLS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--since", "HEAD"),
    ("check", "--lang", "en"),
    ("status",),
    ("status", "--format", "csv"),
    ("index", "nichts", "--period", "2024"),
    ("diff", "HEAD~1"),
    ("history", "hafen-m1"),
    ("thread", "hafen-g1"),
    ("due",),
    ("cycle",),
    ("funding",),
    ("table", "measures", "--out", "build/massnahmen.xlsx"),
    ("apply", "build/massnahmen.xlsx"),
    ("process", "list"),
    ("process", "export", "--out", "build/modelle"),
    ("report", "--format", "html", "--out", "build/vorlagen"),
    ("report", "--format", "docx", "--out", "build/vorlagen"),
    ("handbook", "--out", "build/handbuch.html"),
    ("add", "need", "--to", "hafen", "statement=Kein Ort für „Größere“."),
    ("set", "hafen-m1", "title", "Lotsen – überall", "--force"),
    ("review", "hafen-m1", "statement=Läuft."),
    ("rename", "hafen-n2", "ohne-ort"),
    ("move", "ohne-ort", "--before", "hafen-n1"),
    ("resolve", "b-2025-117", "hafen-m1"),
    ("check", "--fix"),
    ("import", "kita-liste", "liste.csv", "--to", "parquet", "--vintage", "2026-09-30"),
    ("import", "kita-liste", "liste.csv"),
    ("import", "kita-liste", "liste.csv", "--dry-run"),
    ("status", "--rev", "HEAD"),
    ("check",),
)
ANYWHERE: tuple[tuple[str, ...], ...] = (
    ("rules",),
    ("explain", "ref.unknown"),
    ("schema", "--out", ".vscode"),
    ("init", "neu", "--name", "Musterstadt", "--key", "05123000"),
    ("--version",),
    ("add", "--help"),
    ("gibt-es-nicht",),
)


class Played:
    """What all the calls said and left behind."""

    def __init__(self, root: Path, said: subprocess.CompletedProcess[bytes]) -> None:
        self.code, self.out, self.err = said.returncode, said.stdout, said.stderr
        places = (place for place in root.rglob("*") if ".git" not in place.relative_to(root).parts)
        self.files = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(places) if p.is_file()}


def play(root: Path, system: str = "this", **environ: str) -> Played:
    repository = Repository(root)
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE)
    repository.write("liste.csv", TABLE)
    repository.commit("2026-02-01")
    repository.edit(AREA, ("title: Kita-Besuch", "title: Kita-Besuch für „alle“ – ≥ 3 Jahre"))
    said = subprocess.run(
        [sys.executable, "-P", str(PROGRAM), system],
        cwd=root,
        input=json.dumps([*([*call, *AS_OF] for call in CALLS), *ANYWHERE]).encode(),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environ},
        capture_output=True,
    )
    return Played(root, said)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("hier"))


def test_every_command_is_played(here: Played) -> None:
    assert {call[0] for call in (*CALLS, *ANYWHERE)} >= set(COMMANDS)
    codes = [line.rpartition(": ")[2] for line in here.out.decode().splitlines() if line.startswith("== ")]
    assert here.code == 0
    assert len(codes) == len(CALLS) + len(ANYWHERE)
    assert "4" not in codes
    assert {"build/modelle", "build/vorlagen", ".vscode/schemas"} <= {path.rpartition("/")[0] for path in here.files}
    assert "indicators/data/kita-liste.parquet" in here.files
    assert not any("tmp" in path or LOCK in path for path in here.files)


@pytest.mark.parametrize(
    ("system", "environ"),
    [
        pytest.param("windows", {}, id="nothing of Unix"),
        pytest.param("windows", {"PYTHONIOENCODING": "cp850:strict", "PYTHONUTF8": "0"}, id="both"),
        pytest.param("this", {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"}, id="cp1252"),
        pytest.param("this", {"PYTHONIOENCODING": "cp437:strict", "PYTHONUTF8": "0"}, id="cp437"),
        pytest.param("this", {"PYTHONIOENCODING": "ascii:strict", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}, id="C"),
    ],
)
def test_the_same_elsewhere(here: Played, tmp_path: Path, system: str, environ: dict[str, str]) -> None:
    there = play(tmp_path, system, **environ)
    assert there.err.decode() == here.err.decode()
    assert there.out.decode() == here.out.decode()
    assert there.code == here.code
    changed = [path for path in here.files.keys() | there.files.keys() if here.files.get(path) != there.files.get(path)]
    assert [path for path in changed if not path.endswith(".docx")] == []


HOLD = """
import sys, time
from pathlib import Path
from tests.cli.elsewhere import take_away
take_away()
from sozplan.repo.lock import Busy, held
try:
    with held(Path(sys.argv[1]), 0):
        print("held", flush=True)
        time.sleep(float(sys.argv[2]))
except Busy:
    print("busy", flush=True)
"""


def holder(place: Path, seconds: int) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(PROGRAM.parents[2])])}
    command = [sys.executable, "-c", HOLD, str(place), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with holder(tmp_path / LOCK, 60) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_lock_of_windows_is_held_by_one_and_dies_with_it(held: subprocess.Popen[str], tmp_path: Path) -> None:
    place = tmp_path / LOCK
    assert place.read_text(encoding="utf-8") == f"{held.pid}\n"  # which nobody is kept from reading
    assert holder(place, 0).communicate()[0] == "busy\n"
    held.send_signal(signal.SIGKILL)
    held.wait()
    assert place.exists()
    assert holder(place, 0).communicate()[0] == "held\n"
    assert not place.exists()


def test_what_is_taken_away_is_gone() -> None:
    """Else this file would test nothing."""
    code = "from tests.cli.elsewhere import take_away; take_away()\nfor name in {!r}:\n try: __import__(name)\n" \
        " except ImportError: print(name)"  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(PROGRAM.parents[2])}
    done = subprocess.run([sys.executable, "-c", code.format(MODULES)], capture_output=True, text=True, env=env)
    assert done.stdout.split() == list(MODULES), done.stderr
