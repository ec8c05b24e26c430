"""Names, links and things that are no files, in a repository that the whole program looks at."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.cli.repository import AREA, Repository, Sozplan
from tests.process.calls import call

DOCUMENT = "plans/documents/hafenkonferenz-2025-03-12.md"


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "../../../../../../etc/passwd", "gibt-es-nicht.yaml", "x.yaml", "/dev/zero"]
)
def test_a_link_out_of_the_repository_is_not_followed(repository: Repository, sozplan: Sozplan, target: str) -> None:
    (repository.root / "plans/areas/x.yaml").symlink_to(target)
    said = sozplan("check")
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("plans/areas/x.yaml:1:1: Fehler file.symlink ")
    assert target in said.out.splitlines()[0]
    assert "root:" not in said.out


def test_what_is_no_file_is_not_waited_for(repository: Repository, sozplan: Sozplan) -> None:
    folder = repository.root / "plans/areas"
    os.mkfifo(folder / "rohr.yaml")
    (folder / "ordner.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # such addresses are short
        try:
            listening.bind("steckdose.yaml")
        finally:
            os.chdir(here)
        said = sozplan("check")
    assert said.code == 1
    found = [line.partition(" ")[0] for line in said.out.splitlines() if " file.not-regular " in line]
    assert found == [f"plans/areas/{name}.yaml:1:1:" for name in ("ordner", "rohr", "steckdose")]


@pytest.mark.parametrize(
    "path",
    ["../geheim.md", "/etc/passwd", "C:/x.md", "//server/x.md", "file:///etc/passwd", "plans/../../x.md", "x\\y.md",
     '"plans/documents/x\\0.md"'],
)  # fmt: skip
def test_a_reference_out_of_the_repository_is_refused(repository: Repository, sozplan: Sozplan, path: str) -> None:
    (repository.root.parent / "geheim.md").write_text("geheim", encoding="utf-8")
    repository.edit(AREA, (f"path: {DOCUMENT}", f"path: {path}"))
    said = sozplan("check")
    assert (said.code, said.err) == (1, "")
    line = next(i for i, each in enumerate(repository.read(AREA).split("\n"), 1) if "          path: " in each)
    assert said.out.startswith(f"{AREA}:{line}:")
    assert "Fehler" in said.out.splitlines()[0]


@pytest.mark.parametrize(
    "name", ["con.yaml", "aux.yaml", "ende. /x.yaml", "a:b.yaml", "was?.yaml", "Hafen.yaml", "ha\u0308fen.yaml"]
)
def test_a_name_that_is_none_elsewhere_is_an_error(repository: Repository, sozplan: Sozplan, name: str) -> None:
    repository.write("plans/areas/häfen.yaml", "id: x\n")
    repository.write(f"plans/areas/{name}", "id: y\n")
    said = sozplan("check", "--select", "file")
    assert (said.code, said.err) == (1, "")
    assert any(f" Fehler file.{rule} " in said.out for rule in ("name-not-portable", "name-collision", "not-read"))


@pytest.mark.parametrize(
    "name", [b"\x1b[31mrot.yaml", b"neu\nzeile.yaml", b"::error::x.yaml", b"[link=x].yaml", b"\xff.yaml"]
)
@pytest.mark.parametrize("format", ["text", "github"])
def test_a_name_gives_no_orders(repository: Repository, sozplan: Sozplan, name: bytes, format: str) -> None:
    folder = os.fsencode(repository.root / "plans/areas")
    with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123 -- a name that is no text
        file.write(b"id: x\n")
    said = sozplan("check", "--format", format)
    assert (said.code, said.err) == (1, "")
    assert "\x1b" not in said.out
    starts = ("plans/", "::error file=plans/") if format == "github" else ("plans/",)
    assert all(line.startswith(starts) for line in said.out.splitlines()[:-1]), said.out


def test_an_unreadable_file_costs_only_itself(repository: Repository) -> None:
    (repository.root / AREA).chmod(0)
    strategy = repository.root / "plans/strategy.yaml"
    strategy.write_bytes(strategy.read_bytes() + b"unbekannt: 1\n")
    done = call(["check", "-C", str(repository.root), "--as-of", "2026-10-01"], obeys=True)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert f"{AREA}:1:1: Fehler file.unreadable " in done.stdout
    assert " Fehler yaml.unknown-key „unbekannt“" in done.stdout
