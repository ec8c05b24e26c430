"""Every command that writes, as a process of its own in a repository of its own; and one that is killed as it writes.

A new command that writes belongs into `WRITING`: all faults are then tried on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.cli.repository import AREA, Repository
from tests.cli.workbooks import Workbook
from tests.conftest import GIT_ENVIRONMENT

PROFILE = "indicators/profiles/besuche.yaml"
HIDDEN = (".sozplan.lock", ".sozplan.journal")


@dataclass(frozen=True, slots=True)
class Writing:
    """A call, and the slips that have to be in the repository before; `{out}` is a folder outside of it."""

    args: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()
    is_edit: bool = True
    """It changes planning files, under the lock."""
    in_steps: bool = False
    """What a killed call has left is no state of before or after, but the same call finishes it."""

    @property
    def name(self) -> str:
        return "-".join(part for part in self.args[:2] if part.isalpha() or part.startswith("--"))


WRITING: tuple[Writing, ...] = (
    Writing(("add", "need", "--to", "hafen", "statement=Jugendliche haben abends keinen Ort.", "priority=mittel",
             "theme=bildung", "evidence.1.indicator=kita-quote", "evidence.1.period=2024",
             "reason=Der Treff schließt früh.", "deferred=Bis zum Umbau 2028.")),
    Writing(("set", "hafen-m1", "follow_up_financing", "Ab 2028 zahlt die Stadt.")),
    Writing(("review", "hafen-m1", "statement=Läuft nach Plan.", "lights.schedule=grün", "spent=12000")),
    Writing(("resolve", "b-2025-117", "hafen-2026")),
    Writing(("rename", "hafen-g1", "hafen-kita")),
    Writing(("move", "b-2024-031", "--before", "b-2024-030")),
    Writing(("check", "--fix"), ((AREA, "priority: high"), (AREA, "priority: Hoch"))),
    Writing(("import", "besuche", "{delivery}", "--vintage", "2026-09-01"), in_steps=True),
    Writing(("apply", "{workbook}")),
    Writing(("table", "measures", "--out", "{out}/m.xlsx"), is_edit=False),
    Writing(("init", "{out}/neu", "--name", "Musterstadt", "--key", "05123000"), is_edit=False),
    Writing(("report", "--format", "html", "--out", "{out}"), is_edit=False),
    Writing(("report", "--format", "docx", "--out", "{out}"), is_edit=False),
    Writing(("handbook", "--out", "{out}/handbuch.html"), is_edit=False),
    Writing(("index", "sozialindex", "--period", "2024", "--dossier", "hafen", "--out", "{out}/d.html"), is_edit=False),
    Writing(("process", "export", "--out", "{out}"), is_edit=False),
    Writing(("schema", "--out", "{out}"), is_edit=False),
)  # fmt: skip
EDITS = tuple(each for each in WRITING if each.is_edit)


class World:
    """A repository, a supplier's file and a folder for results."""

    def __init__(self, folder: Path, call: Writing) -> None:
        self.folder, self.call = folder, call
        self.root, self.out = folder / "town", folder / "out"
        for each in (self.root, self.out):
            each.mkdir(parents=True)
        self.repository = Repository(self.root)
        self.repository.write(
            PROFILE,
            "id: besuche\nname: Besuche\nresource: besuche\nformat: table\nrows: {skip: 0, header: 1}\n"
            "period: {value: 2025}\ncolumns: [{indicator: besuche-hafentreff, column: B}]\n",
        )
        (folder / "besuche.csv").write_text("Bezirk;Besuche\n01;1900\n02;1200\n", encoding="utf-8")
        for (path, old), (_, new) in zip(call.slips[::2], call.slips[1::2], strict=True):
            self.repository.edit(path, (old, new))
        self.repository.commit()
        if "{workbook}" in call.args:
            self._fill_in_a_workbook()

    def _fill_in_a_workbook(self) -> None:
        """As an office would: one cell of a measure."""
        path = self.folder / "m.xlsx"
        made = call(["table", "measures", "-C", str(self.root), "--as-of", "2026-10-01", "--out", str(path)])
        assert made.returncode == 0, made.stderr
        book = Workbook(path)
        sheet = book.book.sheetnames[0]
        book.put(sheet, "hafen-m1", "Folgekosten", 1000)
        book.save()

    @property
    def args(self) -> list[str]:
        given = {"{out}": str(self.out), "{delivery}": str(self.folder / "besuche.csv"),
                 "{workbook}": str(self.folder / "m.xlsx")}  # fmt: skip
        words = [self.call.args[0], "-C", str(self.root), "--as-of", "2026-10-01", *self.call.args[1:]]
        for name, value in given.items():
            words = [word.replace(name, value) for word in words]
        return words

    def planning(self) -> Mapping[str, bytes]:
        """All that lies in the repository but its history and what a dead writer has left behind."""
        return _files(self.root)

    def results(self) -> Mapping[str, bytes]:
        return _files(self.out)

    def everything(self) -> Mapping[str, bytes]:
        return {
            **{f"town/{k}": v for k, v in self.planning().items()},
            **{f"out/{k}": v for k, v in self.results().items()},
        }

    def leftovers(self) -> list[str]:
        return sorted(path.name for path in self.root.iterdir() if path.name in HIDDEN)


def _files(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    paths = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in paths.items() if not _is_nobodys(name)}


def _is_nobodys(name: str) -> bool:
    last = name.rpartition("/")[2]
    return ".git" in name.split("/") or name in HIDDEN or (last.startswith(".") and last.endswith(".tmp"))


def environment() -> dict[str, str]:
    return {**os.environ, **GIT_ENVIRONMENT}


def program(*args: str) -> list[str]:
    return [sys.executable, "-P", "-m", "sozplan", *args]


def call(
    args: list[str], preexec_fn: Callable[[], None] | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """The program as it is called, in a process that was prepared."""
    return subprocess.run(
        program(*args), env={**environment(), **environ}, capture_output=True, text=True, timeout=120,
        preexec_fn=preexec_fn,
    )  # fmt: skip


STEPS = """
import atexit, os, signal, sys
left, folder, told = int(sys.argv[1]), sys.argv[2], sys.argv[3]
seen = 0
WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink"}

def hook(event, args):
    global seen
    if event == "open":
        path, _, flags = args
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
    elif event in WRITES:
        path = args[0]
    else:
        return
    if isinstance(path, int) or not os.path.abspath(os.fsdecode(path)).startswith(folder):
        return
    if seen == left:
        os.kill(os.getpid(), signal.SIGKILL)
    seen += 1

def tell():
    with open(told, "w") as file:
        file.write(str(seen))

atexit.register(tell)
sys.argv = ["sozplan", *sys.argv[4:]]
sys.addaudithook(hook)
from sozplan.cli import main
main()
"""
"""The program, which is killed before it touches a file in the folder for the so-manieth time."""


def stepped(world: World, step: int) -> tuple[subprocess.CompletedProcess[str], int]:
    """The call, killed at a step (none: -1), and how many steps there were if it came to its end."""
    told = world.folder / "steps"
    told.unlink(missing_ok=True)
    command = [sys.executable, "-P", "-c", STEPS, str(step), str(world.folder), str(told), *world.args]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
    return done, int(told.read_text()) if told.exists() else -1
