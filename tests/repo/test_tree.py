"""Files on disk and in revisions: what is read, and what is refused unread."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.revision import RevisionTree
from sozplan.repo.tree import Tree, UnreadError, WorkTree
from tests.conftest import GIT_ENVIRONMENT, PlanRepo, git

ENVIRON = {**os.environ, **GIT_ENVIRONMENT}
Look = Callable[[Path], Tree]


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    signal.alarm(60)
    yield
    signal.alarm(0)


def head(root: Path) -> str:
    return subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(root: Path) -> RevisionTree:
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--allow-empty", "--message=Stand der Planung")
    return RevisionTree(root, head(root), ENVIRON)


@pytest.fixture(params=[WorkTree, commit], ids=["work tree", "revision"])
def look(request: pytest.FixtureRequest) -> Look:
    found: Look = request.param
    return found


def put(root: Path, *paths: str, content: str = "id: x\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)


def paths(tree: Tree) -> list[str]:
    with tree:
        return [entry.path for entry in tree.files()]


def faults(tree: Tree) -> list[str]:
    with tree:
        return [f"{d.at.file}: {d.severity} {d.code.id}: {d.say('de')}" for d in tree.faults]


def test_planning_files_sorted(tmp_path: Path, look: Look) -> None:
    put(
        tmp_path, "sozplan.yaml", "plans/strategy.yaml", "plans/areas/b.yaml", "plans/areas/a.yml",
        "plans/documents/x.pdf", "indicators/data/d.csv",
        "indicators/datapackage.json", "indicators/geo/g.geojson", "handbook/chapters/1.md",
        "templates/style/paper.css", "src/other.yaml", "plans/.gitkeep", "plans/README.md",
    )  # fmt: skip
    tree = look(tmp_path)
    assert paths(tree) == [
        "handbook/chapters/1.md", "indicators/data/d.csv", "indicators/datapackage.json", "indicators/geo/g.geojson",
        "plans/areas/a.yml", "plans/areas/b.yaml", "plans/documents/x.pdf", "plans/strategy.yaml", "sozplan.yaml",
        "templates/style/paper.css",
    ]  # fmt: skip
    assert faults(tree) == []


def test_content_and_local_file(tmp_path: Path, look: Look) -> None:
    put(tmp_path, "plans/a.yaml", content="id: ä\r\n")
    with look(tmp_path) as tree:
        assert tree.files()[0].size == len("id: ä\r\n".encode())
        assert tree.read("plans/a.yaml") == "id: ä\r\n".encode()
        place = tree.local("plans/a.yaml")
        assert (place.read_bytes(), place.suffix) == ("id: ä\r\n".encode(), ".yaml")
        with pytest.raises(KeyError):
            tree.read("../secret")


def test_empty_folder(tmp_path: Path, look: Look) -> None:
    tree = look(tmp_path)
    assert (paths(tree), faults(tree)) == ([], [])


def test_revision_reads_the_commit_not_the_disk(tmp_path: Path) -> None:
    put(tmp_path, "plans/a.yaml")
    tree = commit(tmp_path)
    put(tmp_path, "plans/a.yaml", "plans/b.yaml", content="id: y\n")
    with tree:
        assert tree.name == head(tmp_path)
        assert [entry.path for entry in tree.files()] == ["plans/a.yaml"]
        assert tree.read("plans/a.yaml") == b"id: x\n"
        place = tree.local("plans/a.yaml")
        assert place.read_bytes() == b"id: x\n"
        assert place.parent.stat().st_mode & 0o077 == 0
    assert not place.parent.exists()
    assert WorkTree(tmp_path).name is None


def test_planning_below_the_top_of_the_repository(tmp_path: Path) -> None:
    put(tmp_path, "town/plans/a.yaml", "plans/other.yaml")
    commit(tmp_path)
    with RevisionTree(tmp_path / "town", head(tmp_path), ENVIRON) as tree:
        assert [entry.path for entry in tree.files()] == ["plans/a.yaml"]
        assert tree.read("plans/a.yaml") == b"id: x\n"


def test_files_that_are_not_read_are_told(tmp_path: Path, look: Look) -> None:
    put(tmp_path, "plans/areas/a.yaml.txt", "plans/.hidden.yaml", "plans/.old/b.yaml", "indicators/d.xlsx")
    tree = look(tmp_path)
    assert paths(tree) == []
    assert faults(tree) == [
        "indicators/d.xlsx: warning file.not-read: „indicators/d.xlsx“ wird nicht gelesen: "
        "in indicators/ zählen nur die Endungen .csv, .geojson, .json, .parquet, .yaml, .yml.",
        "plans/.hidden.yaml: warning file.not-read: „plans/.hidden.yaml“ wird nicht gelesen: "
        "der Name beginnt mit einem Punkt.",
        "plans/.old/b.yaml: warning file.not-read: „plans/.old/b.yaml“ wird nicht gelesen: "
        "der Name beginnt mit einem Punkt.",
        "plans/areas/a.yaml.txt: warning file.not-read: „plans/areas/a.yaml.txt“ wird nicht gelesen: "
        "in plans/ zählen nur die Endungen .yaml, .yml.",
    ]


def test_files_in_the_wrong_place_are_told(tmp_path: Path) -> None:
    put(tmp_path, "nordhafen.yaml", "Plans/a.yaml", "docs/a.yaml", ".pre-commit-config.yaml")
    assert faults(WorkTree(tmp_path)) == [
        "Plans: warning file.not-read: „Plans“ wird nicht gelesen: gelesen wird nur „plans“.",
        "nordhafen.yaml: warning file.not-read: „nordhafen.yaml“ wird nicht gelesen: "
        "Planungsdateien liegen in handbook, indicators, plans, templates.",
    ]


def link(root: Path, path: str, target: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(target)


def test_what_lies_there_while_somebody_edits_is_passed_over(tmp_path: Path, look: Look) -> None:
    """Vim, Emacs, LibreOffice, Excel and the file managers; a copy that stays is told."""
    put(
        tmp_path, "sozplan.yaml", "plans/.calendar.yaml.swp", "plans/#calendar.yaml#", "plans/4913",
        "indicators/data/.~lock.d.csv#", "indicators/data/~$d.csv", "plans/.DS_Store", "plans/areas/Thumbs.db",
        "plans/calendar.yaml~",
    )  # fmt: skip
    (tmp_path / "plans/.#calendar.yaml").symlink_to("jemand@rechner.123:456")
    tree = look(tmp_path)
    assert paths(tree) == ["sozplan.yaml"]
    assert faults(tree) == [
        "plans/calendar.yaml~: warning file.not-read: „plans/calendar.yaml~“ wird nicht gelesen: "
        "in plans/ zählen nur die Endungen .yaml, .yml."
    ]


def test_links_out_are_not_followed(tmp_path: Path, look: Look) -> None:
    root = tmp_path / "repo"
    put(tmp_path, "secret.yaml", "folder/a.yaml")
    link(root, "plans/out.yaml", "../../secret.yaml")
    link(root, "plans/loop.yaml", "loop.yaml")
    link(root, "plans/none.yaml", "nowhere.yaml")
    link(root, "plans/folder.yaml", "../../folder")
    tree = look(root)
    assert paths(tree) == []
    lead = "error file.symlink: Die Verknüpfung"
    cure = "Sie wird nicht gelesen; legen Sie die Datei selbst hier ab."
    assert faults(tree) == [
        f"plans/folder.yaml: {lead} „plans/folder.yaml“ zeigt auf „../../folder“: "
        f"das liegt außerhalb des Planungsordners. {cure}",
        f"plans/loop.yaml: {lead} „plans/loop.yaml“ zeigt auf „loop.yaml“: dort ist nichts. {cure}",
        f"plans/none.yaml: {lead} „plans/none.yaml“ zeigt auf „nowhere.yaml“: dort ist nichts. {cure}",
        f"plans/out.yaml: {lead} „plans/out.yaml“ zeigt auf „../../secret.yaml“: "
        f"das liegt außerhalb des Planungsordners. {cure}",
    ]


def test_absolute_link_out(tmp_path: Path, look: Look) -> None:
    link(tmp_path, "plans/passwd.yaml", "/etc/passwd")
    tree = look(tmp_path)
    assert paths(tree) == []
    assert faults(tree) == [
        "plans/passwd.yaml: error file.symlink: Die Verknüpfung „plans/passwd.yaml“ zeigt auf „/etc/passwd“: "
        "das liegt außerhalb des Planungsordners. Sie wird nicht gelesen; legen Sie die Datei selbst hier ab."
    ]


@pytest.mark.parametrize("name", ["plans", "plans/areas"])
def test_linked_folder_is_not_entered(tmp_path: Path, look: Look, name: str) -> None:
    root = tmp_path / "repo"
    put(tmp_path, "elsewhere/a.yaml")
    link(root, name, "../" * (name.count("/") + 1) + "elsewhere")
    tree = look(root)
    assert paths(tree) == []
    assert [line.split(": ")[:2] for line in faults(tree)] == [[name, "error file.symlink"]]


def test_links_inside_are_followed(tmp_path: Path, look: Look) -> None:
    put(tmp_path, "plans/areas/a.yaml")
    link(tmp_path, "plans/b.yaml", "areas/a.yaml")
    link(tmp_path, "plans/c.yaml", "b.yaml")
    with look(tmp_path) as tree:
        assert tree.faults == ()
        assert [entry.path for entry in tree.files()] == ["plans/areas/a.yaml", "plans/b.yaml", "plans/c.yaml"]
        assert tree.read("plans/c.yaml") == tree.local("plans/c.yaml").read_bytes() == b"id: x\n"


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    put(tmp_path, "plans/folder.yaml/a.yaml")
    os.mkfifo(tmp_path / "plans/fifo.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "plans/socket.yaml"))
        tree = WorkTree(tmp_path)
        assert paths(tree) == []
    rest = "und wird nicht gelesen."
    assert faults(tree) == [
        "plans/fifo.yaml: error file.not-regular: „plans/fifo.yaml“ ist keine gewöhnliche Datei, "
        f"sondern eine Warteschlange (FIFO), {rest}",
        "plans/folder.yaml: error file.not-regular: „plans/folder.yaml“ ist keine gewöhnliche Datei, "
        f"sondern ein Ordner, {rest}",
        "plans/socket.yaml: error file.not-regular: „plans/socket.yaml“ ist keine gewöhnliche Datei, "
        f"sondern ein Socket, {rest}",
    ]


def test_file_that_becomes_a_pipe_after_listing(tmp_path: Path) -> None:
    put(tmp_path, "plans/a.yaml")
    tree = WorkTree(tmp_path)
    assert paths(tree) == ["plans/a.yaml"]
    (tmp_path / "plans/a.yaml").unlink()
    os.mkfifo(tmp_path / "plans/a.yaml")
    with pytest.raises(UnreadError) as caught:
        tree.read("plans/a.yaml")
    assert caught.value.diagnostic.code.id == "file.not-regular"


def test_file_that_becomes_a_link_after_listing(tmp_path: Path) -> None:
    put(tmp_path, "plans/a.yaml")
    tree = WorkTree(tmp_path)
    assert paths(tree) == ["plans/a.yaml"]
    (tmp_path / "plans/a.yaml").unlink()
    link(tmp_path, "plans/a.yaml", "/etc/passwd")
    with pytest.raises(UnreadError) as caught:
        tree.read("plans/a.yaml")
    assert (
        caught.value.diagnostic.say("de")
        == "Die Datei lässt sich nicht lesen: sie ist eben zu einer Verknüpfung geworden."
    )


def test_file_that_vanishes(tmp_path: Path) -> None:
    put(tmp_path, "plans/a.yaml")
    tree = WorkTree(tmp_path)
    assert paths(tree) == ["plans/a.yaml"]
    (tmp_path / "plans/a.yaml").unlink()
    with pytest.raises(UnreadError) as caught:
        tree.read("plans/a.yaml")
    assert caught.value.diagnostic.say("de") == "Die Datei lässt sich nicht lesen: sie ist eben verschwunden."


UNREADABLE = """
import os, sys
from pathlib import Path
from sozplan.repo.tree import UnreadError, WorkTree
if os.geteuid() == 0:
    os.setuid(65534)
tree = WorkTree(Path(sys.argv[1]))
for entry in tree.files():
    try:
        print(entry.path, tree.read(entry.path))
    except UnreadError as error:
        print(error.diagnostic.at.file, error.diagnostic.code.environment, error.diagnostic.say("de"))
for fault in tree.faults:
    print(fault.at.file, fault.code.environment, fault.say("de"))
"""


def test_unreadable_file_costs_only_itself() -> None:
    """As a user without rights, since nothing is forbidden to root."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        put(root, "plans/a.yaml", "plans/b.yaml", "plans/closed/c.yaml")
        (root / "plans/a.yaml").chmod(0)
        (root / "plans/closed").chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", UNREADABLE, folder],
            capture_output=True,
            text=True,
            env={**ENVIRON, "PYTHONPATH": ":".join(sys.path)},
        )
        (root / "plans/closed").chmod(0o755)
    assert (done.stdout.splitlines(), done.stderr) == (
        [
            "plans/a.yaml True Die Datei lässt sich nicht lesen: die Leserechte fehlen.",
            "plans/b.yaml b'id: x\\n'",
            "plans/closed True Die Datei lässt sich nicht lesen: die Leserechte fehlen.",
        ],
        "",
    )


def test_names_that_windows_refuses(tmp_path: Path, look: Look) -> None:
    put(
        tmp_path, "plans/aux.yaml", "plans/COM1/b.yaml", "plans/c./d.yaml", "plans/wo?.yaml", "plans/auxiliary.yaml",
        "plans/conout$.yaml", "plans/lpt².yaml", "plans/con .yaml",
    )  # fmt: skip
    tree = look(tmp_path)
    assert len(paths(tree)) == 8
    lead, cure = "error file.name-not-portable: Den Namen", "Benennen Sie die Datei um."
    assert faults(tree) == [
        f"plans/COM1/b.yaml: {lead} „plans/COM1“ gibt es nicht auf jedem Rechner: "
        f"„COM1“ ist unter Windows ein Gerät. {cure}",
        f"plans/aux.yaml: {lead} „plans/aux.yaml“ gibt es nicht auf jedem Rechner: "
        f"„AUX“ ist unter Windows ein Gerät. {cure}",
        f"plans/c./d.yaml: {lead} „plans/c.“ gibt es nicht auf jedem Rechner: "
        f"er endet mit Punkt oder Leerzeichen. {cure}",
        f"plans/con .yaml: {lead} „plans/con .yaml“ gibt es nicht auf jedem Rechner: "
        f"„CON“ ist unter Windows ein Gerät. {cure}",
        f"plans/conout$.yaml: {lead} „plans/conout$.yaml“ gibt es nicht auf jedem Rechner: "
        f"„CONOUT$“ ist unter Windows ein Gerät. {cure}",
        f"plans/lpt².yaml: {lead} „plans/lpt².yaml“ gibt es nicht auf jedem Rechner: "
        f"„LPT²“ ist unter Windows ein Gerät. {cure}",
        f"plans/wo?.yaml: {lead} „plans/wo?.yaml“ gibt es nicht auf jedem Rechner: "
        f"Windows verbietet das Zeichen ?. {cure}",
    ]


def test_paths_that_windows_cannot_open(tmp_path: Path, look: Look) -> None:
    """Told once for all that lies in a folder whose own path is too long."""
    folder, name = "plans/" + "o" * 186, "n" * 3
    put(tmp_path, f"{folder}/a.yaml", f"{folder}/{name}/b.yaml", f"{folder}/{name}/c.yaml", f"{folder}/abcde.yaml")
    assert [fault.partition(" „")[0] for fault in faults(look(tmp_path))] == [
        f"{folder}/abcde.yaml: error file.name-not-portable: Den Namen",
        f"{folder}/{name}/b.yaml: error file.name-not-portable: Den Namen",
        f"{folder}/{name}/c.yaml: error file.name-not-portable: Den Namen",
    ]
    assert "mit 203 Zeichen ab dem Planungsordner ist er länger als 200, was Windows mit" in faults(look(tmp_path))[0]


def test_names_that_are_one_elsewhere(tmp_path: Path, look: Look) -> None:
    put(
        tmp_path,
        "plans/A.yaml",
        "plans/a.yaml",
        "plans/u\u0308.yaml",
        "plans/ü.yaml",
        "plans/Areas/x.yaml",
        "plans/areas/y.yaml",
    )
    cure = "sind auf vielen Rechnern derselbe Name. Benennen Sie eine der Dateien um."
    assert faults(look(tmp_path)) == [
        f"plans/a.yaml: error file.name-collision: „plans/a.yaml“ und „plans/A.yaml“ {cure}",
        f"plans/areas/y.yaml: error file.name-collision: „plans/areas“ und „plans/Areas“ {cure}",
        f"plans/ü.yaml: error file.name-collision: „plans/ü.yaml“ und „plans/u\u0308.yaml“ {cure}",
    ]


def test_names_that_a_terminal_would_obey_are_shown_escaped(tmp_path: Path, look: Look) -> None:
    put(tmp_path, "plans/x\n::error::y.yaml", "plans/x\x1b[31m.yaml", "plans/[/b].yaml")
    (tmp_path / "plans" / os.fsdecode(b"\xff.yaml")).write_text("id: x\n")
    tree = look(tmp_path)
    assert paths(tree) == ["plans/[/b].yaml"]
    lead, cure = "error file.name-not-portable: Den Namen", "Benennen Sie die Datei um."
    assert faults(tree) == [
        f"plans/\\xff.yaml: {lead} „plans/\\xff.yaml“ gibt es nicht auf jedem Rechner: er ist nicht in UTF-8. {cure}",
        f"plans/x\\n::error::y.yaml: {lead} „plans/x\\n::error::y.yaml“ gibt es nicht auf jedem Rechner: "
        f"er enthält ein unsichtbares Zeichen. {cure}",
        f"plans/x\\x1b[31m.yaml: {lead} „plans/x\\x1b[31m.yaml“ gibt es nicht auf jedem Rechner: "
        f"er enthält ein unsichtbares Zeichen. {cure}",
    ]


def test_limit_of_size(tmp_path: Path, look: Look) -> None:
    put(tmp_path, "plans/a.yaml", content="#" * LIMITS.yaml_bytes)
    put(tmp_path, "plans/b.yaml", content="#" * (LIMITS.yaml_bytes + 1))
    put(tmp_path, "indicators/geo/c.geojson", content=" " * (LIMITS.geojson_bytes + 1))
    tree = look(tmp_path)
    assert paths(tree) == ["plans/a.yaml"]
    assert faults(tree) == [
        "indicators/geo/c.geojson: error file.too-large: Die Datei ist 10000001 Bytes groß, "
        "gelesen werden höchstens 10000000. Teilen Sie sie auf.",
        "plans/b.yaml: error file.too-large: Die Datei ist 2000001 Bytes groß, "
        "gelesen werden höchstens 2000000. Teilen Sie sie auf.",
    ]


def test_file_that_grows_after_listing(tmp_path: Path) -> None:
    put(tmp_path, "plans/a.yaml")
    tree = WorkTree(tmp_path, Limits(yaml_bytes=6))
    assert paths(tree) == ["plans/a.yaml"]
    put(tmp_path, "plans/a.yaml", content="id: xy\n")
    with pytest.raises(UnreadError) as caught:
        tree.read("plans/a.yaml")
    assert caught.value.diagnostic.code.id == "file.too-large"


def test_limit_of_files(tmp_path: Path) -> None:
    put(tmp_path, *(f"plans/{i}.yaml" for i in range(5)))
    sha = commit(tmp_path).name
    told = (
        "plans: error file.too-many: Der Planungsordner enthält mehr als 4 Dateien; die übrigen werden nicht gelesen."
    )
    assert faults(WorkTree(tmp_path, Limits(files=4))) == [told]
    assert faults(RevisionTree(tmp_path, sha, ENVIRON, Limits(files=4))) == [told]
    assert faults(WorkTree(tmp_path, Limits(files=5))) == []
    assert faults(RevisionTree(tmp_path, sha, ENVIRON, Limits(files=5))) == []


def test_limit_of_folders(tmp_path: Path) -> None:
    deepest = "plans/" + "a/" * (LIMITS.folders_deep - 1)
    put(tmp_path, f"{deepest}x.yaml", f"{deepest}b/y.yaml")
    tree = WorkTree(tmp_path)
    assert paths(tree) == [f"{deepest}x.yaml"]
    assert faults(tree) == [
        f"{deepest}b: error file.folders-too-deep: "
        "Hier liegen mehr als 32 Ordner ineinander; was tiefer liegt, wird nicht gelesen."
    ]


def test_embedded_repository_is_not_entered(plan_repo: PlanRepo) -> None:
    root = plan_repo({"plans/a.yaml": "id: x\n"})
    inner = root / "plans/inner"
    put(inner, "b.yaml")
    git(inner, "init", "--quiet")
    git(inner, "add", "--all")
    git(inner, "commit", "--quiet", "--message=Innen")
    assert paths(WorkTree(root)) == ["plans/a.yaml"]
    assert faults(WorkTree(root)) == [
        "plans/inner: warning file.not-read: „plans/inner“ wird nicht gelesen: "
        "der Ordner ist ein eigenes Git-Repository."
    ]
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head(inner)},plans/inner.yaml")
    git(root, "commit", "--quiet", "--message=Submodul")
    with RevisionTree(root, head(root), ENVIRON) as tree:
        assert [entry.path for entry in tree.files()] == ["plans/a.yaml"]
        assert [d.say("de") for d in tree.faults] == [
            "„plans/inner.yaml“ ist keine gewöhnliche Datei, sondern ein eingebundenes Repository (Submodul), "
            "und wird nicht gelesen."
        ]


def test_damaged_object_costs_only_itself(plan_repo: PlanRepo) -> None:
    root = plan_repo({"plans/a.yaml": "id: a\n", "plans/b.yaml": "id: b\n"})
    sha = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD:plans/a.yaml"], check=True, capture_output=True, text=True
    ).stdout.strip()
    damaged = root / ".git/objects" / sha[:2] / sha[2:]
    for spoil in (lambda: damaged.write_bytes(b"x"), damaged.unlink):
        damaged.chmod(0o644)
        spoil()
        with RevisionTree(root, head(root), ENVIRON) as tree:
            with pytest.raises(UnreadError) as caught:
                tree.read("plans/a.yaml")
            assert caught.value.diagnostic.code.environment
            assert caught.value.diagnostic.say("de") == (
                "Die Datei lässt sich nicht lesen: "
                "das Git-Objekt fehlt oder ist beschädigt (in der CI „fetch-depth: 0“, sonst „git fsck“)."
            )
            assert tree.read("plans/b.yaml") == b"id: b\n"
