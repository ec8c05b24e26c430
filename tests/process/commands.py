"""Every command that writes, in a repository of its own.

A new command that writes belongs into `WRITING`: all faults are then tried on it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.cli.repository import AREA, Repository
from tests.cli.workbooks import Workbook
from tests.process.calls import call

PROFILE = "indicators/profiles/besuche.yaml"
HIDDEN = (".sozplan.lock", ".sozplan.journal")


@dataclass(frozen=True, slots=True)
class Writing:
    """A call, and the slips that have to be in the repository before; `{out}` is a folder outside of it."""

    args: tuple[str, ...]
    slips: tuple[tuple[str, str], ...] = ()
    is_edit: bool = True
    """It changes planning files, under the lock."""
    midst: int = 700
    """A file that may not grow beyond these bytes stops it on its way."""
    in_steps: bool = False
    """What a killed call has left is no state of before or after, but the same call finishes it."""

    @property
    def name(self) -> str:
        return "-".join(part for part in self.args[:2] if part.isalpha() or part.startswith("--"))


ADDITIONS: tuple[Writing, ...] = (
    Writing(("add", "goal", "--to", "strategy", "statement=Alle Kinder lernen schwimmen.", "level=Leitziel"),
            midst=100),
    Writing(("add", "measure", "title=Lesepaten", "goals=hafen-g1", "responsible=amt-51", "executing=hafentreff-ev",
             "planned.from=01.01.2028", "planned.to=31.12.2029")),
    Writing(("add", "body", "name=Beirat Inklusion", "kind=beratend")),
    Writing(("add", "process", "name=Jugend beteiligen", "kind=Kernprozess", "trigger=Ein Vorhaben steht an"),
            midst=100),
    Writing(("add", "indicator", "name=Plätze", "definition=Was gezählt wird.", "numerator=Plätze", "factor=1",
             "unit=Plätze", "decimals=0", "direction=higher", "kind=output", "steerability=direct", "theme=bildung",
             "timing=day", "periodicity=yearly", "lowest_level=bezirk", "responsible=amt-51", "source=Zählung",
             "licence=CC0", "limits=Keine."), midst=100),
    Writing(("add", "resolution", "number=2023/033", "body=rat", "date=12.12.2023", "title=Bericht",
             "kind=Kenntnisnahme", "wording=Der Rat nimmt den Bericht zur Kenntnis.", "outcome=noted"), midst=100),
)  # fmt: skip
"""Besides a need: the other kinds go the same way, into files and folders that are there or not."""
WRITING: tuple[Writing, ...] = (
    Writing(("add", "need", "--to", "hafen", "statement=Jugendliche haben abends keinen Ort.", "priority=mittel",
             "theme=bildung", "evidence.1.indicator=kita-quote", "evidence.1.period=2024",
             "reason=Der Treff schließt früh.", "deferred=Bis zum Umbau 2028.")),
    *ADDITIONS,
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
        shutil.copytree(_made(call.slips, with_workbook="{workbook}" in call.args), folder)

    def anew(self) -> None:
        """The same in the same place, since some results name it."""
        shutil.rmtree(self.folder)
        self.__init__(self.folder, self.call)  # type: ignore[misc]

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


@cache
def _made(slips: tuple[tuple[str, str], ...], *, with_workbook: bool) -> Path:
    """What such a world is copied from."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    for name in ("town", "out"):
        (folder / name).mkdir()
    repository = Repository(folder / "town")
    shutil.rmtree(repository.root / ".git/hooks")  # samples, copied hundreds of times
    repository.write(
        PROFILE,
        "id: besuche\nname: Besuche\nresource: besuche\nformat: table\nrows: {skip: 0, header: 1}\n"
        "period: {value: 2025}\ncolumns: [{indicator: besuche-hafentreff, column: B}]\n",
    )
    (folder / "besuche.csv").write_text("Bezirk;Besuche\n01;1900\n02;1200\n", encoding="utf-8")
    for (path, old), (_, new) in zip(slips[::2], slips[1::2], strict=True):
        repository.edit(path, (old, new))
    repository.commit()
    if with_workbook:
        _fill_in_a_workbook(repository.root, folder / "m.xlsx")
    return folder


def _fill_in_a_workbook(root: Path, path: Path) -> None:
    """As an office would: one cell of a measure."""
    made = call(["table", "measures", "-C", str(root), "--as-of", "2026-10-01", "--out", str(path)])
    assert made.returncode == 0, made.stderr
    book = Workbook(path)
    book.put(book.book.sheetnames[0], "hafen-m1", "Folgekosten", 1000)
    book.save()


def _files(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    paths = {path.relative_to(root).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in paths.items() if not _is_nobodys(name)}


def _is_nobodys(name: str) -> bool:
    last = name.rpartition("/")[2]
    return ".git" in name.split("/") or name in HIDDEN or (last.startswith(".") and last.endswith(".tmp"))
