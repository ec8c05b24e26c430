"""A repository with the line ends of Windows: each command says and does the same, and edits leave the ends alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.repository import Repository, Said, Sozplan, sozplan_on
from tests.cli.test_import import DATA, PROFILE, TABLE
from tests.conftest import git

TEXTS = (".yaml", ".csv", ".md", ".geojson", ".html", ".css", ".svg")
Ends = Callable[[Path, bytes], bytes]
TOWN = Path(__file__).resolve().parents[2]


def crlf(_path: Path, content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def bom(path: Path, content: bytes) -> bytes:
    return b"\xef\xbb\xbf" * (path.suffix in (".yaml", ".csv")) + crlf(path, content)


def mixed(path: Path, content: bytes) -> bytes:
    """Every second file, as where some were checked out before `autocrlf` was set and some after it."""
    return crlf(path, content) if sum(path.name.encode()) % 2 else content


def half(_path: Path, content: bytes) -> bytes:
    """The first half of each file, as after an edit by a program that knows one kind of end only."""
    lines = content.splitlines(keepends=True)
    return b"".join(line.replace(b"\n", b"\r\n") if i < len(lines) // 2 else line for i, line in enumerate(lines))


ENDS = pytest.mark.parametrize("ends", [crlf, bom, mixed, half])


def rewritten(root: Path, ends: Ends) -> None:
    for path in sorted(root.rglob("*")):
        if path.suffix in TEXTS and path.is_file() and ".git" not in path.relative_to(root).parts:
            path.write_bytes(ends(path, path.read_bytes()))


def plain(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


@pytest.fixture
def table(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository.write("indicators/profiles/kita-liste.yaml", PROFILE)
    place = tmp_path_factory.mktemp("lieferung") / "liste.csv"
    place.write_text(TABLE, encoding="utf-8")
    repository.commit("2026-02-01")
    return place


class Twins:
    """The same repository twice, one of them with other line ends in its work tree."""

    def __init__(self, one: Repository, folder: Path, capsys: pytest.CaptureFixture[str], ends: Ends) -> None:
        shutil.copytree(one.root, folder)
        rewritten(folder, ends)
        self.roots = (one.root, folder)
        self.calls = [sozplan_on(root, capsys) for root in self.roots]
        self.ends = ends
        self._first = {path: (folder / path).read_bytes() for path in self.paths()}

    def call(self, *command: str) -> tuple[Said, Said]:
        here, there = (call(*command) for call in self.calls)
        return here, there

    def read(self, path: str) -> list[bytes]:
        return [plain((root / path).read_bytes()) for root in self.roots]

    def paths(self) -> list[str]:
        root = self.roots[1]
        found = (path.relative_to(root) for path in root.rglob("*") if path.is_file() and path.suffix in TEXTS)
        return sorted(path.as_posix() for path in found if ".git" not in path.parts)

    def before(self, path: str) -> bytes | None:
        """What the other said at first, with its ends; None of what wasn't there."""
        return self._first.get(path)


@pytest.fixture
def twins(
    repository: Repository, table: Path, tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest,
) -> Twins:  # fmt: skip
    assert table.exists()
    return Twins(repository, tmp_path_factory.mktemp("zwilling") / "r", capsys, request.param)


EVERY = pytest.mark.parametrize("twins", [crlf, bom, mixed, half], indirect=True)


@EVERY
@pytest.mark.parametrize(
    "command",
    [
        ("check", "--format", "json"),
        ("check", "--since", "HEAD"),
        ("status",),
        ("status", "--explain", "hafen-g1-t1"),
        ("diff", "HEAD"),
        ("history", "hafen-m1"),
        ("thread", "hafen-g1"),
        ("due",),
        ("process", "list"),
    ],
    ids=" ".join,
)
def test_the_same_is_said(twins: Twins, command: tuple[str, ...]) -> None:
    here, there = twins.call(*command)
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.code == 0


@EVERY
def test_the_same_papers(twins: Twins) -> None:
    """But that a mark at the beginning of a file makes it another than the committed one, which the footer says."""
    for command, name in ((("report", "--format", "html"), "vorlagen"), (("handbook",), "h.html")):
        for root, call in zip(twins.roots, twins.calls, strict=True):
            assert call(*command, "--out", str(root / "build" / name)).code == 0
    one, other = ({p.relative_to(r): p.read_bytes() for p in (r / "build").rglob("*.html")} for r in twins.roots)
    assert len(one) == 2
    if twins.ends is bom:
        other = {
            path: re.sub(rb" \(ungesichert\)| mit ungesicherten \S+nderungen", b"", c) for path, c in other.items()
        }
    assert one == other


EDITS = [
    ("set", "hafen-m1", "title", "Lotsendienst"),
    ("set", "hafen-m1", "executing", "--add", "amt-51"),
    ("set", "hafen-m1", "description", "Neu."),
    ("add", "need", "--to", "hafen", "statement=Kein Ort."),
    ("add", "goal", "--to", "strategy", "statement=Alle lernen schwimmen.", "level=Leitziel"),
    ("review", "hafen-m1", "statement=Läuft."),
    ("rename", "hafen-m1", "lotsen"),
    ("move", "frueh-foerdern", "--before", "gute-bildung"),
    ("set", "hafen-m1", "responsible", "amt-15"),
    ("check", "--fix"),
]


@EVERY
@pytest.mark.parametrize("command", EDITS, ids=lambda command: " ".join(command[:3]))
def test_an_edit_does_the_same_and_keeps_the_ends(twins: Twins, command: tuple[str, ...]) -> None:
    here, there = twins.call(*command)
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.code == int("amt-15" in command)  # which is refused
    for path in twins.paths():
        one, other = twins.read(path)
        assert other == one, path
        before, now = twins.before(path), (twins.roots[1] / path).read_bytes()
        if before is not None and twins.ends is not half:
            assert ends_of(now) == ends_of(before), path


def ends_of(content: bytes) -> tuple[bool, bool, bool]:
    """Whether it begins with a mark, whether it has ends of Windows, and others."""
    lone = content.replace(b"\r\n", b"")
    return content.startswith(b"\xef\xbb\xbf"), b"\r\n" in content, b"\n" in lone


@EVERY
def test_stamps_hold(twins: Twins) -> None:
    """Made here, they count there: what is stamped is what is said."""
    assert [said.code for said in twins.call("resolve", "b-2025-117", "hafen-m1")] == [0, 0]
    stamps = "plans/resolutions/stamps/b-2025-117.yaml"
    here, there = twins.read(stamps)
    assert here == there
    assert b"hafen-m1" in here
    codes = [json.loads(said.out)["summary"]["errors"] for said in twins.call("check", "--format", "json")]
    assert codes == [0, 0]


@EVERY
def test_an_import_writes_the_same_figures(twins: Twins, table: Path) -> None:
    here, there = twins.call("import", "kita-liste", str(table), "--vintage", "2026-09-30")
    assert (there.code, there.out, there.err) == (here.code, here.out, here.err)
    assert here.code == 0
    one, other = twins.read(DATA)
    assert one == other
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    again = twins.call("import", "kita-liste", str(table), "--vintage", "2026-09-30")
    assert [said.code for said in again] == [0, 0]
    assert twins.read(DATA) == [one, one]


def test_git_that_converts(repository: Repository, sozplan: Sozplan) -> None:
    """As Git for Windows is set up: LF in the commits, CRLF on disk, and nobody has changed anything."""
    git(repository.root, "config", "core.autocrlf", "true")
    for path in (repository.root / "plans").rglob("*.yaml"):
        path.unlink()
    git(repository.root, "checkout", "--quiet", "--", ".")
    assert b"\r\n" in (repository.root / "plans/areas/hafen.yaml").read_bytes()
    assert "ungesichert" not in sozplan("status").out
    said = sozplan("diff", "HEAD", "--format", "json")
    assert json.loads(said.out)["changes"] == []
    assert sozplan("set", "hafen-m1", "title", "Lotsendienst").code == 0
    changed = [line for line in repository.git("diff", "--unified=0").splitlines() if line[:1] in "+-"]
    assert [line for line in changed if not line.startswith(("+++", "---"))] == [
        "-    title: Kita-Lotsen im Hafentreff",
        "+    title: Lotsendienst",
    ]
