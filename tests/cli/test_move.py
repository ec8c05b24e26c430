"""`sozplan move`: the lines of an entry, elsewhere."""

from __future__ import annotations

import pytest

from tests.cli.repository import AREA, Repository, Sozplan

BODIES = """\
bodies:
  - id: runde-a  # erste
    name: Runde A
    kind: advisory
# vor B
  - id: runde-b
    name: >-
      Runde
      B
    kind: advisory
"""


@pytest.fixture
def other(repository: Repository) -> Repository:
    repository.write("plans/organisation/runden.yaml", BODIES)
    return repository


def test_within_its_list_and_back(other: Repository, sozplan: Sozplan) -> None:
    said = sozplan("move", "runde-b", "--before", "runde-a")
    assert (said.code, said.err) == (0, "")
    assert other.read("plans/organisation/runden.yaml") == (
        "bodies:\n# vor B\n  - id: runde-b\n    name: >-\n      Runde\n      B\n    kind: advisory\n"
        "  - id: runde-a  # erste\n    name: Runde A\n    kind: advisory\n"
    )
    assert sozplan("move", "runde-b", "--after", "runde-a").code == 0
    assert other.read("plans/organisation/runden.yaml") == BODIES


def test_to_another_file(other: Repository, sozplan: Sozplan) -> None:
    files = [path for path in (other.root / "plans/organisation").glob("*.yaml") if path.name != "runden.yaml"]
    file = next(path for path in files if "\nbodies:" in path.read_text("utf-8")).relative_to(other.root).as_posix()
    before = other.read(file)
    assert sozplan("move", "runde-a", "--to", file).code == 0
    moved = "  - id: runde-a  # erste\n    name: Runde A\n    kind: advisory\n"
    assert other.read(file).replace(moved, "") == before
    assert other.read("plans/organisation/runden.yaml") == BODIES.replace(moved, "")
    assert sozplan("move", "runde-b", "--to", file).code == 1  # nothing would be left of the file


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("runde-a",), "Nennen Sie das Ziel: --to, --before oder --after."),
        (("runde-a", "--after", "hafen-m1"), "Dorthin passt der Eintrag nicht: Er gehört in eine Liste „bodies“."),
        (("runde-a", "--to", "hafen-2026"), "„hafen-2026“ ist kein Plan und keine Datei mit einer Liste „bodies“."),
        (("hafen-2026", "--to", "x"), f"„hafen-2026“ ist eine Datei für sich: {AREA}. Benennen Sie die Datei "
         f"um, wenn sie "
         "woanders liegen soll."),
    ],
)  # fmt: skip
def test_refused(sozplan: Sozplan, args: tuple[str, ...], message: str) -> None:
    said = sozplan("move", *args)
    assert (said.code, said.out, said.err) == (2, "", f"sozplan: {message}\n")


@pytest.mark.parametrize("where", ["--before", "--after"])
def test_beside_itself_is_where_it_is(repository: Repository, sozplan: Sozplan, where: str) -> None:
    before = repository.read(AREA)
    said = sozplan("move", "hafen-g1-t1", where, "hafen-g1-t1")
    assert (said.code, said.out) == (0, "Das steht schon so da; nichts zu ändern.\n")
    assert repository.read(AREA) == before
