"""The program as a process: whatever stands around it, it says the same and ends with the right number."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent / "examples/base"
SOZPLAN = [sys.executable, "-m", "sozplan"]
CHECK = [*SOZPLAN, "check", "-C", str(BASE), "--as-of", "2026-10-01"]
PASSED = "20 Dateien, 56 Einträge, Stand 01.10.2026: 0 Fehler, 0 Warnungen, 0 Hinweise, 0 ausgenommen.\n"


def call(*args: str, env: Mapping[str, str | None] | None = None, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit code and what came out, byte by byte; `None` takes a variable away."""
    around = {**os.environ, **{k: v for k, v in (env or {}).items() if v is not None}}
    for name in (name for name, value in (env or {}).items() if value is None):
        around.pop(name, None)
    done = subprocess.run([*SOZPLAN, *args], capture_output=True, env=around, cwd=cwd, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A repository with findings that hold umlauts."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "sozplan.yaml").write_text(
        "version: 1\nmunicipality: {name: Überlingen, key: 08, kind: Stadt, land: BW}\n"
        "levels: [{id: stadt, name: Stadt}]\n",
        encoding="utf-8",
    )
    (tmp_path / "plans/strategy.yaml").write_text("ziele: []\nmaßnahmen: []\n", encoding="utf-8")
    return tmp_path


ENVIRONMENTS: list[Mapping[str, str | None]] = [
    {"NO_COLOR": "1"},
    {"TERM": "dumb"},
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LANG": "tr_TR.UTF-8", "LC_ALL": None},
    {"LANG": "de_DE.ISO-8859-1", "LC_ALL": "de_DE.ISO-8859-1"},
    {"PYTHONIOENCODING": "cp1252"},
    {"COLUMNS": "40"},
    {"TZ": "Etc/GMT+14"},
    {"TZ": "Etc/GMT-14"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4711"},
    {"HOME": None, "USER": None, "XDG_CACHE_HOME": None},
    {"HOME": "/nirgends"},
]


@pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: ",".join(f"{k}={v}" for k, v in env.items()))
def test_same_bytes_in_every_environment(env: Mapping[str, str | None], faulty: Path) -> None:
    want = (
        "plans/strategy.yaml:1:1: Fehler yaml.unknown-key „ziele“ gibt es hier nicht. Meinten Sie „goals“?\n"
        "plans/strategy.yaml:2:1: Fehler yaml.unknown-key „maßnahmen“ gibt es hier nicht. Meinten Sie „measures“?\n"
        "sozplan.yaml:2:39: Fehler yaml.not-text „key“ ist ein Text, aber 08 ist für YAML eine Zahl. "
        'Schreiben Sie es in Anführungszeichen: "08"\n'
        "2 Dateien, 0 Einträge, Stand 01.10.2026: 3 Fehler, 0 Warnungen, 0 Hinweise, 0 ausgenommen.\n"
    )
    assert call("check", "-C", str(faulty), "--as-of", "2026-10-01", env=env) == (1, want, "")


def test_same_bytes_for_programs_in_every_order_of_hashes() -> None:
    first, second = (
        call("status", "-C", str(BASE), "--as-of", "2026-10-01", "--format", "json", env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert first == second
    assert first[0] == 0


def test_from_any_folder_below() -> None:
    assert call("check", "--as-of", "2026-10-01", cwd=BASE / "plans/areas") == (0, PASSED, "")


@pytest.mark.parametrize(
    "args",
    [
        ["check", "-C", str(BASE), "--as-of", "2026-10-01"],
        ["-C", str(BASE), "--as-of", "2026-10-01", "check"],
        ["-C", str(BASE), "check", "--as-of=2026-10-01"],
        [f"--directory={BASE}", "--debug", "check", "--as-of", "2026-10-01", "--no-cache"],
        ["-C", "/nirgends", "check", "-C", str(BASE), "--as-of", "2026-10-01"],
    ],
    ids=" ".join,
)
def test_options_before_and_after_the_command(args: list[str]) -> None:
    assert call(*args) == (0, PASSED, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early(faulty: Path, unbuffered: str) -> None:
    goals = "".join(f"  - {{id: z{i}, statement: Ziel, art: x}}\n" for i in range(3000))
    (faulty / "plans/strategy.yaml").write_text(f"goals:\n{goals}", encoding="utf-8")
    writer = subprocess.Popen(
        [*SOZPLAN, "check", "-C", str(faulty), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    assert writer.stdout.readline() == b"{\n"
    writer.stdout.close()
    assert (writer.wait(60), writer.stderr.read()) == (141, b"")
    writer.stderr.close()


def test_head(faulty: Path) -> None:
    command = f"'{sys.executable}' -m sozplan check -C '{faulty}' | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("plans/strategy.yaml:1:1: ")
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


FULL = "sozplan: Die Ausgabe ließ sich nicht schreiben: der Datenträger ist voll.\n"
CLOSED = "sozplan: Die Ausgabe ließ sich nicht schreiben: sie ist geschlossen.\n"


@pytest.mark.parametrize("args", [["check", "-C", str(BASE)], ["--version"], ["--help"], ["check", "--help"]])
@pytest.mark.parametrize(("redirect", "said"), [(">/dev/full", FULL), (">&-", CLOSED)])
def test_output_that_cannot_be_written_is_no_success(args: list[str], redirect: str, said: str) -> None:
    command = " ".join([*(f"'{part}'" for part in [*SOZPLAN, *args]), redirect])
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)


def test_nobody_to_complain_to() -> None:
    command = f"'{sys.executable}' -m sozplan chek 2>&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C while a large file is read: no traceback, and the number that shells expect."""
    root = tmp_path / "large"
    shutil.copytree(BASE, root)
    data = root / "indicators/data/kennzahlen.csv"
    with data.open("a", encoding="utf-8") as rows:
        rows.writelines(f"kita-quote;01;{1000 + i % 2000};1;2;50,0;;final;\n" for i in range(1_000_000))
    running = subprocess.Popen([*SOZPLAN, "check", "-C", str(root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    opened = Path(f"/proc/{running.pid}/fd")
    while data not in [path.resolve() for path in opened.iterdir()]:
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")


HEAVY = ("pandas", "weasyprint", "git", "jinja2", "duckdb", "ruamel.yaml", "PIL", "pikepdf", "babel")


@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (["check", "-C", str(BASE)], HEAVY),
        (["status", "-C", str(BASE)], ("pandas", "weasyprint", "git", "jinja2")),
        (["--help"], tuple(name for name in HEAVY if name != "babel")),
        (["check", "--help"], HEAVY),
        (["--version"], (*HEAVY, "typer", "pydantic", "yaml", "sozplan.cli.app")),
    ],
    ids=lambda value: " ".join(value[:1]),
)
def test_loads_only_what_it_needs(args: list[str], absent: tuple[str, ...]) -> None:
    probe = (
        "import sys, json\n"
        f"sys.argv = ['sozplan', *{args!r}]\n"
        "from sozplan.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    code, modules = json.loads(done.stderr)
    assert code == 0
    assert [name for name in absent if name in modules] == []
