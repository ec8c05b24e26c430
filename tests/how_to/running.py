"""A terminal for the pages: the installed program and git, in a folder, without a shell.

Without one, because the same line must work in PowerShell and in bash.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from sozplan.cli import app
from sozplan.diagnostics import Diagnostic
from sozplan.model.case import Case
from sozplan.repo import WorkTree, load
from sozplan.repo.past import Past
from sozplan.rules import check
from tests.conftest import git
from tests.how_to.reading import Call, Filling, Sample, Step, agrees, put
from tests.script import SCRIPT

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-10-01"
"""The day on which pages are read, unless a command names another: plans grow old, pages shouldn't."""
SERVER = "server.git"
"""What stands for the server of the municipality, beside the folder in which somebody works."""
PATIENCE = 300.0
"""Seconds that a command may take, at most."""
WATCHES = "--watch"
INTERRUPTED = 130
SOZPLAN = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "sozplan"]


class Terminal:
    """Somebody who does what a page says."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.environ = {
            **os.environ,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{(home / SERVER).as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://git.example.org/planung.git",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "80",
        }

    def do(self, step: Step) -> str:
        """What the step says; an unexpected end or another text than shown is an error of the page."""
        if isinstance(step, Sample):
            put(self.folder, step)
            return ""
        if isinstance(step, Filling):
            fill(self.folder, step)
            return ""
        return self._call(step)

    def _call(self, call: Call) -> str:
        program, *args = shlex.split(call.command, comments=True)
        if program == "cd":
            self.folder = (self.folder / args[0]).resolve(strict=True)
            return ""
        with subprocess.Popen(
            command(program, args),
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            code, out = _watched(process, call) if WATCHES in args else _ended(process)
        said = f"line {call.line}: $ {call.command}\n{out}"
        assert code == call.code, f"{said}\nended with {code}, not {call.code}"
        assert not call.shown or agrees(out, call.shown), f"{said}\nthe page shows:\n{call.shown}"
        return out


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, out


def _watched(process: subprocess.Popen[str], call: Call) -> tuple[int, str]:
    """What never ends by itself is stopped once it has said the last line that the page shows."""
    assert process.stdout is not None
    last, lines = call.shown.splitlines()[-1], list[str]()
    while not lines or (lines[-1] and not agrees(lines[-1], last)):
        lines.append(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == INTERRUPTED, f"line {call.line}: Ctrl-C"
    return call.code, "".join(lines)


def command(program: str, args: list[str]) -> list[str]:
    """Only what people have who installed sozplan and git."""
    if program == "git":
        return ["git", *args]
    assert program == "sozplan", f"{program} is no command of these pages"
    takes_day = args[0] in app.COMMANDS and "--as-of" in options(args[0])
    return [*SOZPLAN, *args, *(["--as-of", DAY] if takes_day and "--as-of" not in args else [])]


def options(name: str) -> list[str]:
    parameters = app.command(name).params
    return [option for each in parameters if each.param_type_name == "option" for option in each.opts]


def fill(root: Path, filling: Filling) -> None:
    """Types into the first sheet, as a person would who looks for the row and the column."""
    place = root / filling.path
    book = load_workbook(place)
    sheet = book.worksheets[0]
    grid = [[str(cell.value).strip() if cell.value is not None else "" for cell in row] for row in sheet.iter_rows()]
    for row, column, value in filling.cells:
        across = next(line.index(column) for line in grid if column in line)
        down = next(i for i, line in enumerate(grid) if row in line)
        sheet.cell(down + 1, across + 1).value = value
    book.save(place)


def town(folder: Path) -> Path:
    """A copy of the example town as an office has it: committed, with marks, pushed to a server."""
    root = folder / "muehlbruecken"
    for name in ("plans", "indicators", "handbook", "templates", "docs/how-to/beispiele"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "sozplan.yaml", root)
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    server = folder / SERVER
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(server))
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "Stelle Sozialplanung")
    git(root, "config", "user.email", "sozialplanung@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Stand der Planung")
    for mark in ("v1.0", "v2025", "v2026"):
        git(root, "tag", mark)
    git(root, "remote", "add", "origin", str(server))
    git(root, "push", "--quiet", "--set-upstream", "origin", "main")
    return root


def empty(folder: Path) -> Path:
    root = folder / "ordner"
    root.mkdir()
    return root


def spilt(folder: Path) -> Path:
    """An empty folder; in the town on the server stands what must not stand there, and in its history more of it."""
    root = town(folder)
    place = root / "plans/areas/nordhafen.yaml"
    told = place.read_text(encoding="utf-8").replace("Leitung und Räume sind da", SPILT)
    table = root / "roh/anmeldungen.csv"
    table.parent.mkdir()
    table.write_text("geburtsdatum;hausnummer\n2019-05-01;7\n", encoding="utf-8")
    place.write_text(told, encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", f"--message=Bericht über d{SPILT[1:]}")
    git(root, "rm", "--quiet", "--cached", "roh/anmeldungen.csv")
    git(root, "commit", "--quiet", "--message=Tabelle entfernt")
    git(root, "push", "--quiet", "origin", "main:main", "main:refs/heads/entwurf")
    shutil.rmtree(root)
    return empty(folder)


SPILT = "Die Familie mit fünf Kindern aus Haus 7"


def objects(repository: Path) -> bytes:
    """All that a repository holds, whether anything leads there or not."""
    every = ["git", "-C", str(repository), "cat-file", "--batch-all-objects", "--batch"]
    return subprocess.run(every, check=True, capture_output=True).stdout


def found(root: Path) -> tuple[Diagnostic, ...]:
    """What `check` finds there that nobody has accepted."""
    loaded = load(WorkTree(root))
    past = Past(root, loaded.plan, environ=os.environ)
    case = Case(loaded.plan, loaded.figures, date.fromisoformat(DAY), loaded.documents, past)
    return check(case, loaded.diagnostics).open


def said(root: Path) -> set[str]:
    """The findings without their places: a sample moves the lines below it."""
    return {f"{d.code.id} {d.say('de')}" for d in found(root)}
