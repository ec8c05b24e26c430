"""Five-digit numbers that nobody may see, planted all over the town: no byte of any output of any command holds one.

With a threshold of 100,000 every one of them is too small to be published, whatever a command makes of it.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree  # type: ignore[import-untyped]
from scipy.optimize import linprog

from sozplan.analysis.protection import linear
from sozplan.render.kinds import Kind
from tests.cli.repository import Repository, Said, sozplan_on

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("sozplan.yaml", "plans", "indicators", "handbook", "templates")
PLANS = ("nordhafen-2026", "weststadt-2026", "bahnviertel-2026")


class Planted(NamedTuple):
    repository: Repository
    canaries: frozenset[str]


class Town(Repository):
    """The example town, committed; then with the planted numbers, committed again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in PARTS:
            place = ROOT / part
            copy = shutil.copytree if place.is_dir() else shutil.copyfile
            copy(place, root / part)
        subprocess.run(["git", "-C", root, "init", "--quiet", "--initial-branch=main"], check=True)
        self.commit()


@pytest.fixture(scope="module", autouse=True)
def solver() -> Iterator[None]:
    """Every command asks SciPy's solver the same of the same town: its answers are kept from one to the next."""
    kept: dict[object, object] = {}

    def solve(costs: Sequence[float], **program: Any) -> object:
        sums, rest = program["A_eq"].toarray().tobytes(), {**program, "A_eq": None}
        about = tuple(costs), sums, repr(rest)
        if about not in kept:
            kept[about] = linprog(costs, **program)
        return kept[about]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear, "linprog", solve)
        yield


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    town = Town(tmp_path_factory.mktemp("town"))
    town.edit("sozplan.yaml", ("  threshold: 3\n", "  threshold: 100000\n"))
    sheet = town.read("indicators/catalogue/haeuslichkeit-80.yaml")
    town.write("indicators/catalogue/haeuslichkeit-80.yaml", sheet + "publication: restricted\n")
    said = {number for path in (town.root / "plans").rglob("*.yaml") for number in said_in(path)}
    numbers = iter(number for number in range(20_011, 80_000, 11) if str(number) not in said)
    found: set[str] = set()
    for path in sorted((town.root / "indicators/data").glob("*.csv")):
        town.write(f"indicators/data/{path.name}", _plant(path.read_text(encoding="utf-8"), numbers, found))
    town.commit("2026-02-01")
    return Planted(town, frozenset(found))


def said_in(path: Path) -> set[str]:
    """Numbers that plans say anyway: sums of money, targets."""
    return set(re.findall(r"\d{5}", path.read_text(encoding="utf-8")))


def _plant(table: str, numbers: Iterator[int], found: set[str]) -> str:
    """Counts of the last years become five-digit ones, and so does the value of what is only counted."""
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    for row in rows[1:]:
        if row[2] >= "2024" and row[3]:
            cases = next(numbers)
            row[3] = str(cases)
            found.add(row[3])
            if row[4]:
                row[4] = str(next(numbers))
                row[3] = str(min(cases, int(row[4])))
                found.add(row[4])
                row[5] = ""
            else:
                row[5], row[6] = row[3], ""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue()


SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}' "
APART = re.compile(rf"(?<!\d)(?<!\d[.,])\d{{2}}[.,{SPACES}]\d{{3}}(?!\d)")
CHECKSUM = re.compile(r"[0-9a-f]{32,}")
PLAIN = re.compile(r"(?<!\d)\d{5}(?!\d)")


def leaks(text: str, canaries: frozenset[str]) -> list[str]:
    """Canaries in the text, however thousands are set apart, with whatever stands behind the point."""
    apart = (number[:2] + number[3:] for number in APART.findall(text))
    return sorted(canaries.intersection((*PLAIN.findall(CHECKSUM.sub("", text)), *apart)))


def texts(path: Path) -> Iterator[str]:
    """All that a file says: of a PDF the pages, metadata, strings and attachments; of a Word file every part."""
    if path.suffix == ".docx":
        yield from texts_of_word(path)
        return
    if path.suffix != ".pdf":
        yield path.read_text(encoding="utf-8")
        return
    yield subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    with pikepdf.open(path) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Type") in {"/Metadata", "/EmbeddedFile"}:
                yield each.read_bytes().decode("utf-8", "replace")
            elif isinstance(each, pikepdf.Dictionary):
                said = (value for key, value in each.items() if key != "/ID")
                yield " ".join(str(value) for value in said if isinstance(value, pikepdf.String))


def texts_of_word(path: Path) -> Iterator[str]:
    """Without measures, which are numbers of five digits, too."""
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name))
                yield "\n".join(text for text in root.itertext() if text.strip())
                yield "\n".join(
                    root.xpath("//@descr | //@alt | //@string | //@Target | //*[local-name()='tblCaption']/@*")
                )


def test_the_search_finds_a_number_in_every_dress() -> None:
    canaries = frozenset({"48213"})
    dressed = [
        "48213",
        "48.213",
        "48,213",
        "48 213",
        "48\N{NARROW NO-BREAK SPACE}213",
        "48213,0",
        "48213.00",
        "x48213y",
    ]
    assert all(leaks(text, canaries) == ["48213"] for text in dressed)
    assert leaks("148213 482134 4821", canaries) == []


CHECKS = [("check", "--format", name) for name in ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")]
STATUS = [("status", "--format", name) for name in ("text", "json", "csv")]
COMMANDS: list[tuple[str, ...]] = [
    *CHECKS,
    ("check", "--since", "HEAD~1"),
    ("check", "--lang", "en"),
    *STATUS,
    ("status", "--lang", "en"),
    ("status", "--rev", "HEAD"),
    *(("diff", "HEAD~1", "--format", name) for name in ("text", "json", "markdown")),
    ("diff", "HEAD~1", "HEAD"),
    ("rules",),
    ("rules", "--format", "json"),
    *(("history", id) for id in ("nordhafen-2026", "nordhafen-g1-t1", "besuche-quartierstreff", "haeuslichkeit-80")),
    *(("thread", id) for id in ("nordhafen-n1", "bahnviertel-g6-t1", "nordhafen-m1")),
    ("resolve", "b-2025-041", "festlegung-nordhafen"),
    *(("cycle", "--proofs", "--format", name) for name in ("text", "json")),
    *(("due", "--within", "365d", "--format", name) for name in ("text", "json")),
    ("funding", "--calendar"),
    *(("index", "sozialindex", "--period", "2023", "--format", name) for name in ("text", "json", "csv")),
    ("process", "list"),
    ("set", "nordhafen-m1", "progress"),
    ("set", "nordhafen-m1", "title", "Ein anderer Titel", "--dry-run"),
    ("rename", "nordhafen-m1", "nordhafen-m99", "--dry-run"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_says_a_planted_number(
    command: tuple[str, ...], planted: Planted, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sozplan_on(planted.repository.root, capsys)(*command)
    assert said.code in {0, 1}, said.err
    assert leaks(said.out + said.err, planted.canaries) == []


@pytest.mark.parametrize("format", ["text", "json"])
def test_funding_says_the_same_whatever_the_figures_are(
    format: str, planted: Planted, capsys: pytest.CaptureFixture[str]
) -> None:
    """It reckons with euro, and among many sums some look like a planted number."""
    command = ("funding", "--all", "--format", format)
    call = sozplan_on(planted.repository.root, capsys)
    before, said = call(*command, "--rev", "HEAD~1"), call(*command)
    assert (said.code, said.out, said.err) == (0, before.out, before.err)
    assert len(said.out) > 10_000


@pytest.mark.parametrize("kind", ["measures", "goals", "budget"])
def test_no_workbook_holds_a_planted_number(
    kind: str, planted: Planted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In no part of the file, hidden sheet included, and neither does what is said of it when it comes back."""
    call, place = sozplan_on(planted.repository.root, capsys), tmp_path / "sheets.xlsx"
    said = call("table", kind, "--out", str(place))
    assert said.code == 0, said.err
    with ZipFile(place) as package:
        parts = {name: "\n".join(etree.fromstring(package.read(name)).itertext()) for name in package.namelist()}
    assert {name: found for name, text in parts.items() if (found := leaks(text, planted.canaries))} == {}
    applied = call("apply", str(place))
    assert applied.code == 0, applied.out
    assert leaks(applied.out + applied.err, planted.canaries) == []


def test_no_derivation_says_a_planted_number(planted: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    call = sozplan_on(planted.repository.root, capsys)
    for target in targets(call):
        for format in ("text", "json"):
            said = call("status", "--explain", target, "--format", format)
            assert leaks(said.out + said.err, planted.canaries) == [], target


def targets(call: Callable[..., Said]) -> list[str]:
    found = re.findall(r'"target": "([^"]+)"', call("status", "--format", "json").out)
    assert len(found) > 20
    return found


@pytest.mark.parametrize("format", ["pdf", "html", "docx"])
def test_no_paper_says_a_planted_number(
    format: str, planted: Planted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sozplan_on(planted.repository.root, capsys)("report", "--out", str(tmp_path), "--format", format)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {f"{plan}.{format}" for plan in PLANS}, said.err
    assert leaks(said.out + said.err, planted.canaries) == []
    assert {
        path.name: found for path in files for text in texts(path) if (found := leaks(text, planted.canaries))
    } == {}


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind is not Kind.DECISION])
def test_no_paper_of_another_kind_says_a_planted_number(
    kind: str, planted: Planted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sozplan_on(planted.repository.root, capsys)(
        "report", "--kind", kind, "--out", str(tmp_path), "--format", "html"
    )
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files, said.err
    assert leaks(said.out + said.err, planted.canaries) == []
    assert [found for path in files for text in texts(path) if (found := leaks(text, planted.canaries))] == []


@pytest.mark.parametrize(
    ("name", "options"),
    [("handbuch.pdf", ()), ("handbuch.html", ()), ("handbuch.docx", ()), ("synopse.html", ("--synopsis", "HEAD~1"))],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_handbook_says_a_planted_number(
    name: str, options: tuple[str, ...], planted: Planted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sozplan_on(planted.repository.root, capsys)("handbook", "--out", str(tmp_path / name), *options)
    assert leaks(said.out + said.err, planted.canaries) == []
    assert [found for text in texts(tmp_path / name) if (found := leaks(text, planted.canaries))] == []


SUPPLIED = ROOT / "docs/how-to/beispiele/kita_2025_endgueltig.csv"


@pytest.fixture
def imported(planted: Planted, tmp_path: Path) -> tuple[Path, Path, frozenset[str]]:
    """A copy of the town, a delivery in which every count has five digits, and these counts."""
    root = tmp_path / "town"
    shutil.copytree(planted.repository.root, root)
    numbers, found = iter(range(81_013, 99_000, 13)), set[str]()

    def five(_: re.Match[str]) -> str:
        found.add(str(number := next(numbers)))
        return f";{number // 1000}.{number % 1000:03}"

    place = tmp_path / SUPPLIED.name
    content = re.sub(r";\d+(?:\.\d{3})?(?=;)", five, SUPPLIED.read_text(encoding="windows-1252"))
    place.write_text(content, encoding="windows-1252")
    return root, place, frozenset(found)


DELIVERIES = (
    (b";8", b";8x", 1),
    (b"\n0102;", b"\n0102;x;12.345;81.013;\n0102;", 1),
    (b".", b",", 1),
    (b"\n", b"\n", 0),
)
"""What is changed in the delivery, and how its import ends; the last is sound."""


@pytest.mark.parametrize("options", [("--dry-run",), (), ("--to", "parquet"), ("--lang", "en")], ids=" ".join)
def test_no_import_says_a_number(
    options: tuple[str, ...],
    imported: tuple[Path, Path, frozenset[str]],
    planted: Planted,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither of deliveries with faults nor of a sound one, nor what is said of the figures afterwards."""
    root, place, numbers = imported
    assert len(numbers) > 40
    call, canaries = sozplan_on(root, capsys), planted.canaries | numbers
    content = place.read_bytes()
    for old, new, code in DELIVERIES:
        place.write_bytes(content.replace(old, new))
        said = call("import", "kita-jugendamt", str(place), *options)
        assert said.code == code, said.out
        assert leaks(said.out + said.err, canaries) == [], said.out
    for command in () if options else (("check",), ("status", "--format", "json"), ("diff", "HEAD")):
        said = call(*command)
        assert leaks(said.out + said.err, canaries) == [], command


def test_the_numbers_were_there_to_be_said(planted: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the old threshold the same repository says some of them."""
    settings = planted.repository.read("sozplan.yaml")
    try:
        planted.repository.edit("sozplan.yaml", ("  threshold: 100000\n", "  threshold: 3\n"))
        said = sozplan_on(planted.repository.root, capsys)("status", "--format", "json")
        assert leaks(said.out, planted.canaries) != []
    finally:
        planted.repository.write("sozplan.yaml", settings)
