"""What fuzzing starts from: sound files of every kind, and the signs that such files are made of."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb
from openpyxl import Workbook
from PIL import Image

from sozplan.repo.load import KINDS, kind_of

TESTS = Path(__file__).resolve().parent.parent
TOWN = TESTS.parent
BASE = TESTS / "examples/base"
CASES = Path(__file__).resolve().parent / "cases"
SAMPLES = TESTS / "repo/imports/samples"

RESOURCE: Mapping[str, object] = {"name": "x", "path": "data/x.csv"}

BOUNDARIES = (
    b'boundaries:\n  - {path: indicators/geo/karte.geojson, level: bezirk, property: id, crs: "EPSG:4326",\n'
    b"     boundary: 2025-12-31, licence: CC0, source: Stadt}\n"
)
MAP = (
    b'{"type": "FeatureCollection", "features": [\n{"type": "Feature", "properties": {"id": "01"}, "geometry": '
    b'{"type": "Polygon", "coordinates": [[[7.0, 51.0], [7.1, 51.0], [7.1, 51.1], [7.0, 51.1], [7.0, 51.0]]]}}\n]}\n'
)

PROFILES: Mapping[str, str] = {
    "table": "format: genesis-table\nperiod: {as_year: true}\ncolumns: [{indicator: anzahl, labels: [Insgesamt]}]\n",
    "flat": "format: genesis-flat\nareas: {variables: [KREISE]}\nperiod: {as_year: true}\n"
    "columns: [{indicator: anzahl, variable: W}]\n",
    "inkar": 'format: inkar\nthousands: "."\ncolumns: [{indicator: anzahl, labels: [Wert]}]\n',
    "plain": "format: table\nrows: {skip: 0, header: 1}\nperiod: {value: 2025}\n"
    "columns: [{indicator: anzahl, column: B}]\n",
    "workbook": "format: table\ncolumns: [{indicator: anzahl, labels: [Wert]}]\n",
}

COMMANDS: Sequence[Sequence[str]] = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("check", "--format", "gitlab"),
    ("check", "--format", "sarif"),
    ("check", "--format", "junit"),
    ("check", "--format", "markdown", "--lang", "en"),
    ("check", "--fix", "--dry-run"),
    ("status",),
    ("status", "--format", "json"),
    ("status", "--explain", "hafen-g1-t1"),
    ("index", "sozialindex", "--period", "2024"),
    ("report", "--format", "html", "--out", "{out}"),
    ("handbook", "--out", "{out}/handbuch.html"),
    ("process", "list"),
    ("process", "export", "--out", "{out}"),
    ("due", "--within", "900d"),
    ("thread", "hafen-g1"),
    ("cycle",),
    ("funding",),
    ("cycle", "--format", "json"),
    ("set", "hafen-m1", "title", "Neu", "--dry-run"),
    ("rename", "hafen-g1", "hafen-g9", "--dry-run"),
)

PARTS = (
    "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml",
    "_rels/.rels", "xl/_rels/workbook.xml.rels",
)  # fmt: skip
WORD_PARTS = ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/header1.xml", "_rels/.rels")
NUMBERS = ("numerator", "denominator", "value")

_LAYOUT = (
    b"\n|\n  - |: |{|}|[|]|, |'|\"|#|&a|*a|!!str |%YAML 1.1\n|---\n|...\n"
    b"|? ||\n|>\n|>-\n|\\|\\u0000|\\x41|\\N|\t|\r|\r\n"
)
_CHARACTERS = (
    b"\xef\xbb\xbf|\xe2\x80\x8b|\xe2\x80\xae|\xc2\xa0|\x00|\x1b[31m|\xff|\xed\xa0\x80|\xf0\x9f\x98\x80|cafe\xcc\x81"
)
_SCALARS = (
    b"null|~|true|no|on|01|0x1F|0o17|1e400|-1|.nan|.inf|1_000|12:30|2024-02-30|2026-01-01|9999-12-31|0001-01-01|2023/24"
    b'|2023-Q2|2023-H1|99999999999999999999999999999999999999999|0.1|-0|1,5|1.234,5|;|;;;|""|A|' + b"a" * 70
)
_MARKUP = (
    b"=cmd()|<script>|</style>|{{ 7*191 }}|{% raw %}|::error::|##[error]|[/nope]|[[hafen]]|[[a]]|](javascript:x)"
    b"|![x](y)|`|~~~\n|<!--|&amp;|&#0;|http://x|../|file:///|/dev/null|<!DOCTYPE x>|<?xml version='1.0'?>"
)
_MAPS = b'type|features|coordinates|geometry|"type": "MultiPolygon"|[[[[|]]]]|PK\x03\x04|PAR1'
TOKENS: Sequence[bytes] = b"|".join((_LAYOUT, _CHARACTERS, _SCALARS, _MARKUP, _MAPS)).split(b"|")
"""Signs and words that mean something to one of the readers."""


def base() -> Mapping[str, bytes]:
    """A small repository that holds a file of every kind."""
    return {p.relative_to(BASE).as_posix(): p.read_bytes() for p in sorted(BASE.rglob("*")) if p.is_file()}


@cache
def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Gebiet", "Name", "Wert", "Wert"],
        [None, None, 2023, 2024],
        ["01001", "Nord", 5, 6.5],
        ["1", "S", "x"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def word() -> bytes:
    return resources.files("sozplan").joinpath("templates/report.docx").read_bytes()


@cache
def table() -> bytes:
    """What `sozplan table` makes of the small repository."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "m.xlsx"
        call = ["table", "measures", "-C", str(BASE), "--as-of", "2026-10-01", "--out", str(place)]
        subprocess.run([sys.executable, "-P", "-m", "sozplan", *call], check=True, capture_output=True)
        return place.read_bytes()


def parts(package: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return sorted(archive.namelist())


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The same package, one part of which says something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name) if name in archive.namelist() else b""


def _planning() -> Iterator[tuple[str, bytes]]:
    """Planning files of all examples and of the town, no longer than a fuzzer can turn over."""
    for root in (BASE, TESTS / "examples/kreis", TOWN / "plans", TOWN / "indicators", TOWN / "handbook"):
        for path in sorted(root.rglob("*.y*ml")):
            from_root = path.relative_to(root if root.parent.name == "examples" else TOWN).as_posix()
            if kind_of(from_root) is not None and path.stat().st_size < 6_000:
                yield from_root, path.read_bytes()


def of(name: str) -> Iterator[bytes]:
    """Sound input of a reader, and what once was a fault."""
    yield from _SEEDS[name]()
    for case in sorted((CASES / name).glob("*")):
        yield case.read_bytes()


def _yaml() -> Iterator[bytes]:
    kinds = list(KINDS.values())
    for path, content in _planning():
        kind = kind_of(path)
        assert kind is not None
        yield bytes([kinds.index(kind)]) + content


def _csv() -> Iterator[bytes]:
    for path in sorted((*(BASE / "indicators/data").glob("*.csv"), *(TOWN / "indicators/data").glob("*.csv"))):
        yield b"\x00" + path.read_bytes()[:3_000]


def _parquet() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        source, target = BASE / "indicators/data/kennzahlen.csv", Path(folder) / "x.parquet"
        numbers = ", ".join(f"replace({each}, ',', '.')::DECIMAL(18, 3) AS {each}" for each in NUMBERS)
        rows = f"SELECT * REPLACE ({numbers}) FROM read_csv('{source}', delim = ';', all_varchar = true) LIMIT 20"  # noqa: S608 -- of constants
        for codec in ("uncompressed", "zstd", "snappy"):
            connection.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet, COMPRESSION {codec})")
            yield target.read_bytes()


def _delivery() -> Iterator[bytes]:
    names = sorted(PROFILES)
    for path in sorted(SAMPLES.glob("*.csv")):
        kind = "flat" if path.name.startswith("ffcsv") else "table"
        yield bytes([names.index(kind)]) + path.read_bytes()[:4_000]
    yield (
        bytes([names.index("inkar")])
        + b'"K";"R";"A";"Wert";"Wert"\n"";"";"";"2023";"2024"\n"01001";"N";"K";"1.234,5";"-"\n'
    )
    yield bytes([names.index("plain")]) + b"Bezirk;Anzahl\n01;5\n02;6,5\n"


def _workbook() -> Iterator[bytes]:
    for number, name in enumerate(PARTS):
        yield bytes([number]) + part(workbook(), name)
    yield bytes([len(PARTS)]) + workbook()


def _returned() -> Iterator[bytes]:
    names = parts(table())
    for number, name in enumerate(names):
        yield bytes([number]) + part(table(), name)
    yield bytes([len(names)]) + table()


def _word() -> Iterator[bytes]:
    for number, name in enumerate(WORD_PARTS):
        yield bytes([number]) + part(word(), name)
    yield bytes([len(WORD_PARTS)]) + word()


def _geojson() -> Iterator[bytes]:
    yield MAP
    for path in sorted((TOWN / "indicators/geo").glob("*.geojson")):
        lines = path.read_bytes().splitlines(keepends=True)
        yield b"".join((*lines[:4], lines[-1]))
        yield path.read_bytes()


def _markdown() -> Iterator[bytes]:
    for path in sorted((TOWN / "handbook/chapters").glob("*.md")):
        yield path.read_bytes()


def _picture() -> Iterator[bytes]:
    yield b"\x00" + (TOWN / "templates/logo.svg").read_bytes()
    for number, (kind, mode) in enumerate((("PNG", "RGBA"), ("JPEG", "RGB")), 1):
        for size in ((1, 1), (40, 20)):
            out = io.BytesIO()
            Image.new(mode, size, "red").save(out, kind)
            yield bytes([number]) + out.getvalue()


def _edit() -> Iterator[bytes]:
    for number, (_, content) in enumerate(_planning()):
        yield bytes([number % 8]) + content


def _journal() -> Iterator[bytes]:
    entry = {"before": None, "content": "dmVyc2lvbjogMQo="}
    yield json.dumps({"plans/a.yaml": entry, "sozplan.yaml": entry}).encode()
    yield json.dumps({"../aussen.yaml": entry, "/aussen.yaml": entry, "plans/../../aussen": entry}).encode()
    yield b"\x00plans/areas/a.yaml"


def _program() -> Iterator[bytes]:
    paths = sorted(path for path in base() if not path.startswith("plans/documents/"))
    for number, path in enumerate(paths):
        for command in range(number % 3, len(COMMANDS), 3):
            yield bytes([number, command]) + base()[path]


_SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "yaml": _yaml,
    "csv": _csv,
    "parquet": _parquet,
    "geojson": _geojson,
    "import": _delivery,
    "workbook": _workbook,
    "returned": _returned,
    "markdown": _markdown,
    "picture": _picture,
    "word": _word,
    "edit": _edit,
    "journal": _journal,
    "program": _program,
}

NAMES = tuple(_SEEDS)
