"""`sozplan rename`: everything that named the old id names the new one, and nothing is decided anew."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sozplan.repo.digest import digest
from tests.cli.repository import AREA, Repository, Sozplan, sozplan_on

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("plans", "indicators", "handbook", "templates")
IDS = {
    "amt-40": "amt-bildung",
    "nordhafen-2026": "nordhafen-plan",
    "nordhafen-g6": "nordhafen-gruen",
    "nordhafen-n3": "nordhafen-ganztag",
    "nordhafen-m1": "nordhafen-familienzentrum",
    "nordhafen-m1-ms2": "nordhafen-uebergang",
    "nordhafen-g6-t2": "nordhafen-wege",
    "nordhafen": "hafenviertel",
    "kita-quote-3-6": "kita-quote",
    "ganztag-2026": "ganztag-land",
    "stadtteilkonferenz-nordhafen": "konferenz-hafen",
    "b-2025-117": "beschluss-nordhafen",
    "prozess-gebietsplan": "gebietsplan-aufstellen",
    "bildung": "bildung-uebergaenge",
    "handbuch": "handbuch-sozialplanung",
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "sozplan.yaml", tmp_path)
    return tmp_path


def checked(sozplan: Sozplan, old: str, new: str) -> list[str]:
    """What `check` says, but where, and with the new id where the old one stood."""
    lines = sozplan("check").out.splitlines()[:-1]
    word = re.compile(rf"(?<![a-z0-9-]){re.escape(old)}(?![a-z0-9-])")
    return sorted(word.sub(new, re.sub(r"^(\S+?):\d+:\d+:", r"\1:", line)) for line in lines)


@pytest.mark.parametrize(("old", "new"), IDS.items())
def test_check_says_the_same_as_before(town: Path, capsys: pytest.CaptureFixture[str], old: str, new: str) -> None:
    sozplan = sozplan_on(town, capsys)
    before = checked(sozplan, old, new)
    said = sozplan("rename", old, new)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f"„{old}“ heißt jetzt „{new}“.\n")
    assert checked(sozplan, old, new) == before
    left = [
        path for path in town.rglob("*.yaml") if re.search(rf"(?m)[ \[{{]{old}(?=[,\]}}\s]|$)", path.read_text("utf-8"))
    ]
    assert [path.name for path in left] == ["retired.yaml"]


def test_only_lines_with_the_id_differ(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sozplan_on(town, capsys)("rename", "amt-40", "amt-bildung")
    for path in sorted(town.rglob("*")):
        name = path.relative_to(town).as_posix()
        if path.is_file() and "/stamps/" not in name and name != "plans/retired.yaml":
            before, after = (ROOT / name).read_bytes(), path.read_bytes()
            assert re.sub(rb"(?<![a-z0-9-])amt-40(?![a-z0-9-])", b"amt-bildung", before) == after or name.endswith(
                ".md"
            )


def test_a_changed_decision_stays_a_changed_one(sozplan: Sozplan) -> None:
    assert sozplan("resolve", "b-2025-117", "hafen-2026").code == 0
    assert sozplan("set", "hafen-m1", "title", "Anders", "--force").code == 0
    assert [line.split("„Titel“")[0] for line in checked(sozplan, "hafen-m1", "hafen-lotsen")] == [CHANGED]
    assert sozplan("rename", "hafen-m1", "hafen-lotsen").code == 0
    assert [line.split("„Titel“")[0] for line in checked(sozplan, "hafen-m1", "hafen-lotsen")] == [CHANGED]
    assert sozplan("set", "hafen-lotsen", "title", "Kita-Lotsen im Hafentreff").code == 0
    assert sozplan("check").code == 0


CHANGED = f"{AREA}: Fehler dec.changed „hafen-lotsen“: "


def test_chapters_tables_and_the_register(repository: Repository, sozplan: Sozplan) -> None:
    repository.write(
        "handbook/chapters/grundsaetze.md", "# Grundsätze\r\n\r\nDie [[hafenkonferenz]] tagt; hafenkonferenz.\r\n"
    )
    assert sozplan("rename", "hafenkonferenz", "konferenz").code == 0
    assert (repository.root / "handbook/chapters/grundsaetze.md").read_bytes() == (
        "# Grundsätze\r\n\r\nDie [[konferenz]] tagt; hafenkonferenz.\r\n".encode()
    )
    assert repository.read("plans/retired.yaml").endswith(
        "  - id: hafenkonferenz\n    kind: Gremium\n    date: 2026-10-01\n    reason: Umbenannt in konferenz.\n"
        "    became: konferenz\n"
    )
    data = repository.read("indicators/data/kennzahlen.csv")
    assert sozplan("rename", "kita-quote", "kita").code == 0
    assert repository.read("indicators/data/kennzahlen.csv") == re.sub(r"(?m)^kita-quote(?=[;,])", "kita", data)


def test_evidence_stays_evidence(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sozplan = sozplan_on(town, capsys)
    before = digest(town / "indicators/data/kita.csv")
    stamps = town / "plans/resolutions/stamps/b-2025-117.yaml"
    assert before in stamps.read_text("utf-8")
    assert sozplan("rename", "kita-quote-3-6", "kita-quote").code == 0
    after = stamps.read_text("utf-8")
    assert before not in after
    assert digest(town / "indicators/data/kita.csv") in after


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("hafen-m7", "x"), "Die Kennung „hafen-m7“ gibt es nicht"),
        (("hafen-m1", "amt-51"), "Die Kennung „amt-51“ ist oder war schon vergeben und wird nicht wieder verwendet."),
        (("hafen-m1", "Maßnahme 1"), "„Maßnahme 1“ ist keine Kennung"),
    ],
)
def test_refused(repository: Repository, sozplan: Sozplan, args: tuple[str, str], message: str) -> None:
    before = repository.read(AREA)
    said = sozplan("rename", *args)
    assert said.code == 2
    assert said.err.startswith(f"sozplan: {message}")
    assert repository.read(AREA) == before


def test_an_id_is_not_used_again(sozplan: Sozplan) -> None:
    assert sozplan("rename", "hafen-m1", "hafen-lotsen").code == 0
    assert sozplan("rename", "hafen-lotsen", "hafen-m1").code == 2
