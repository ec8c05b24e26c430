"""Hostile and clumsy files by the threat they stand for: where they lie, what `check` says there, and its exit code.

The ids are those of docs/security.md.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import NamedTuple

AREA = "plans/areas/hafen.yaml"
STRATEGY = "plans/strategy.yaml"
OTHER = "plans/areas/x.yaml"
DATA = "indicators/data/kennzahlen.csv"
PACKAGE = "indicators/datapackage.yaml"
FUNDING = "plans/funding/foerderung.yaml"
RETIRED = "plans/retired.yaml"
SETTINGS = "sozplan.yaml"
LAUGHS = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 10)}]\n" for n in range(1, 12))
HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage"
ROW = "kita-quote;01;2031;;;50,0;;;"

Change = Callable[[bytes], bytes]


class Hostile(NamedTuple):
    """A file, what becomes of it, and the finding: `line:rule` or `:start of a rule`, none where it is admitted."""

    threat: str
    name: str
    path: str
    content: bytes | str | Change
    says: str | None
    code: int = 1


def edit(old: str, new: str) -> Change:
    def change(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return change


def row(line: str) -> Change:
    """A line behind the last one."""
    return lambda content: content + line.encode() + b"\n"


def recoded(encoding: str) -> Change:
    return lambda content: content.decode().encode(encoding)


PLANNING = (
    Hostile("A1", "alias bomb", OTHER, f"k0: &k0 [x]\n{LAUGHS}", "1:yaml.alias"),
    Hostile("A1", "merge keys", OTHER, "a: &a {b: 1}\nc:\n  <<: *a\n", "1:yaml.alias"),
    Hostile("A2", "flow", OTHER, "x: " + "[" * 100_000, "1:yaml.too-deep"),
    Hostile("A2", "block", OTHER, "".join(f"{' ' * n}k:\n" for n in range(200)), "65:yaml.too-deep"),
    Hostile("A2", "dashes", OTHER, "x:\n" + "- " * 100_000, "2:yaml.too-deep"),
    Hostile("A3", "large file", OTHER, b"id: x\n" + b"\n" * 2_000_000, "1:file.too-large"),
    Hostile("A3", "large text", OTHER, "id: x\ntitle: " + "a" * 256_001, "2:yaml.scalar-too-long"),
    Hostile("A3", "many keys", OTHER, "id: x\n" + "".join(f"k{n}: 1\n" for n in range(50_000)), "2:yaml.unknown-key"),
    Hostile("A4", "plain", AREA, edit("title: Sozial", "id: andere\ntitle: Sozial"), "3:yaml.duplicate-key"),
    Hostile("A4", "quoted", AREA, edit("title: Sozial", '"id": andere\ntitle: Sozial'), "3:yaml.duplicate-key"),
    Hostile("A4", "escaped", AREA, edit("title: Sozial", '"\\x69d": andere\ntitle: Sozial'), "3:yaml.duplicate-key"),
    Hostile("A5", "itself", OTHER, "a: &a\n  b: *a\n", "1:yaml.alias"),
    Hostile("A5", "undefined", OTHER, "id: x\na: *nirgends\n", "2:yaml.alias"),
    Hostile("A5", "merge of a text", OTHER, "id: x\n<<: text\n", "2:yaml.reserved-key"),
    Hostile("A6", "python", OTHER, "id: !!python/object/apply:os.system [id]\n", "1:yaml.tag"),
    Hostile("A6", "own", OTHER, "id: !x y\n", "1:yaml.tag"),
    Hostile("A6", "set", OTHER, "id: !!set {a}\n", "1:yaml.tag"),
    Hostile("A6", "binary", OTHER, "id: !!binary aGFsbG8=\n", "1:yaml.tag"),
    Hostile("A6", "declared", OTHER, "%TAG ! tag:x,2000:\n---\nid: x\n", "1:yaml.directive"),
    Hostile("A7", "1.1", AREA, lambda content: b"%YAML 1.1\n---\n" + content, "1:yaml.directive"),
    Hostile("A7", "1.2", AREA, lambda content: b"%YAML 1.2\n---\n" + content, None, 0),
    Hostile("A8", "second", AREA, lambda content: content + b"---\nid: y\n", "113:yaml.second-document"),
    Hostile("A8", "empty", OTHER, "# nichts\n", "1:yaml.empty"),
    Hostile("A8", "list", OTHER, "- id: x\n", "1:yaml.not-a-mapping"),
    Hostile("A8", "text", OTHER, "nur Text\n", "1:yaml.not-a-mapping"),
    Hostile("A9", "cp1252", AREA, recoded("cp1252"), "3:file.not-utf8"),
    Hostile("A9", "UTF-16", AREA, recoded("utf-16"), "1:file.not-utf8"),
    Hostile("A9", "UTF-32", AREA, recoded("utf-32"), "1:file.not-utf8"),
    Hostile("A9", "NUL", AREA, edit("Der Hafen ist jung", "Der\0Hafen ist jung"), "7:file.control-character"),
    Hostile("A9", "C1", AREA, edit("Der Hafen ist jung", "Der\u0085Hafen ist jung"), "7:file.control-character"),
    Hostile("A9", "DEL", AREA, edit("Der Hafen ist jung", "Der\x7fHafen ist jung"), "7:file.control-character"),
    Hostile("A9", "surrogate", AREA, edit("title: Sozial", 'subtitle: "\\ud800"\ntitle: Sozial'), "3:yaml.escape"),
    Hostile("A10", "BOM", AREA, lambda content: b"\xef\xbb\xbf" + content, None, 0),
    Hostile("A10", "CRLF", AREA, lambda content: content.replace(b"\n", b"\r\n"), None, 0),
    Hostile("A10", "mixed", AREA, lambda content: content.replace(b"\n", b"\r\n", 20), None, 0),
    Hostile("A10", "no end", AREA, lambda content: content.rstrip(b"\n"), None, 0),
    Hostile("A10", "marks", AREA, lambda content: b"---\n" + content + b"...\n", None, 0),
    Hostile("A11", "zero width in a key", AREA,
            edit("title: Sozial", "ti\u200btle: Sozial"), "3:yaml.invisible-character"),
    Hostile("A11", "bidi in an id", AREA, edit("id: hafen-n1", "id: hafen\u202e-n1"), "10:yaml.invisible-character"),
    Hostile("A11", "homoglyph in an id", AREA, edit("id: hafen-n1", "id: h\u0430fen-n1"), "10:yaml.not-an-id"),
    Hostile("A11", "BOM inside", AREA, edit("title: Sozial", "\ufefftitle: Sozial"), "3:yaml.invisible-character"),
    Hostile("A12", "tab", AREA, edit("    statement: Im", "\tstatement: Im"), "11:yaml.tab"),
    Hostile("A12", "tab behind a dash", AREA, edit("  - id: hafen-n1", "  -\tid: hafen-n1"), "10:yaml.tab"),
    Hostile("A12", "no-break space", AREA, edit("    statement: Im", "  \u00a0 statement: Im"), "11:yaml.tab"),
    Hostile("A13", "Norway", AREA, edit("title: Kita-Besuch", "title: no"), None, 0),
    Hostile("A13", "time", AREA, edit("title: Kita-Besuch", "title: 12:30"), None, 0),
    Hostile("A13", "number", AREA, edit("title: Kita-Besuch", "title: 1e3"), "27:yaml.not-text"),
    Hostile("A13", "null", AREA, edit("title: Kita-Besuch", "title: ~"), "27:yaml.no-value"),
    Hostile("A14", "leading zero", "plans/territory/gebiete.yaml", edit('key: "01"', "key: 01"), "3:yaml.not-text"),
    Hostile("A15", "30 February", AREA, edit("from: 2026-01-01", "from: 2026-02-30"), "4:yaml.not-a-date"),
    Hostile("A15", "month 13", AREA, edit("from: 2026-01-01", "from: 2026-13-01"), "4:yaml.not-a-date"),
    Hostile("A15", "German", AREA, edit("from: 2026-01-01", "from: 01.01.2026"), "4:yaml.not-a-date"),
    Hostile("A16", "nan", AREA, edit("value: 90.0", "value: .nan"), "36:yaml.number"),
    Hostile("A16", "infinite", AREA, edit("value: 90.0", "value: -.inf"), "36:yaml.number"),
    Hostile("A16", "huge power", AREA, edit("value: 90.0", "value: 1e400"), "36:yaml.number"),
    Hostile("A16", "5,000 digits", AREA, edit("value: 90.0", "value: " + "9" * 5_000), "36:yaml.number"),
    Hostile("A16", "hexadecimal", AREA, edit("value: 90.0", "value: 0x" + "f" * 5_000), "36:yaml.number"),
    Hostile("A17", "number", OTHER, "id: x\n1: y\n", "2:yaml.key-not-text"),
    Hostile("A17", "null", OTHER, "id: x\n~: y\n", "2:yaml.key-not-text"),
    Hostile("A17", "list", OTHER, "id: x\n? [a]\n: y\n", "2:yaml.key-not-text"),
    Hostile("A17", "map", OTHER, "id: x\n? {a: b}\n: y\n", "2:yaml.key-not-text"),
    Hostile("A17", "bool", OTHER, "id: x\ntrue: y\n", "2:yaml.key-not-text"),
    Hostile("A18", "typo", AREA, edit("    priority: high", "    prioritiy: high"), "22:yaml.unknown-key"),
    Hostile("A19", "conflict", AREA, edit("title: Sozial", "<<<<<<< HEAD\ntitle: Sozial"), "3:file.conflict-marker"),
    Hostile("A19", "LFS", AREA,
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "1:file.lfs-pointer"),
    Hostile("A19", "HTML", AREA, "<!DOCTYPE html>\n<html><body>502</body></html>\n", "1:file.not-yaml"),
    Hostile("A19", "gzip", AREA, lambda content: gzip.compress(content, mtime=0), "1:file.not-yaml"),
    Hostile("A20", "dangling", AREA, edit("needs: [hafen-n1]", "needs: [hafen-n9]"), "29:ref.unknown"),
    Hostile("A20", "wrong kind", AREA, edit("needs: [hafen-n1]", "needs: [hafen-m1]"), "29:ref.unknown"),
    Hostile("A20", "circle", STRATEGY, edit("    parent: gute-bildung", "    parent: frueh-foerdern"), ":ref."),
    Hostile("A20", "id twice", AREA, edit("id: hafen-n1", "id: kita-quote"), "10:ref.duplicate-id"),
    Hostile("A21", "path", AREA, edit("id: hafen-n1", "id: ../../x"), "10:yaml.not-an-id"),
    Hostile("A21", "upper case", AREA, edit("id: hafen-n1", "id: Hafen-N1"), "10:yaml.not-an-id"),
    Hostile("A21", "empty", AREA, edit("id: hafen-n1", 'id: ""'), "10:yaml.not-an-id"),
    Hostile("A21", "long", AREA, edit("id: hafen-n1", f"id: {'a' * 65}"), "10:yaml.not-an-id"),
    Hostile("A22", "ending", "plans/areas/x.txt", "id: x\n", "1:file.not-read", 0),
    Hostile("A22", "folder", "plans/gebiete/x.yaml", "id: x\n", "1:file.not-read", 0),
    Hostile("A22", "hidden", "plans/areas/.x.yaml", "id: x\n", "1:file.not-read", 0),
)  # fmt: skip

FIGURES = (
    Hostile("C1", "BOM", DATA, lambda content: b"\xef\xbb\xbf" + content, None, 0),
    Hostile("C1", "CRLF", DATA, lambda content: content.replace(b"\n", b"\r\n"), None, 0),
    Hostile("C1", "quoted", DATA, edit("kita-quote;05998000;2019;", '"kita-quote";"05998000";"2019";'), None, 0),
    Hostile("C1", "no end", DATA, lambda content: content.rstrip(b"\n"), None, 0),
    Hostile("C2", "UTF-8 is read", DATA, row("kita-quote;05998000;2018;;;x;;f\u00fcr;"), ":csv."),
    Hostile("C2", "bytes of latin-1", DATA,
            lambda content: content + b"kita-quote;01;2031;;;50,0;;f\xfcr;\n", ":csv.encoding"),
    Hostile("C2", "UTF-16", DATA, recoded("utf-16"), "1:csv.not-csv"),
    Hostile("C3", "missing", DATA, edit("indicator;area;", "indicator;gebiet;"), "1:csv.label-missing"),
    Hostile("C3", "twice", DATA, edit("indicator;area;", "indicator;indicator;"), "1:csv.label-repeated"),
    Hostile("C4", "ragged", DATA, row("kita-quote;01;2031"), ":csv.ragged"),
    Hostile("C4", "open quote", DATA, row('kita-quote;01;2031;;;50,0;;"offen;'), ":csv.quote-open"),
    Hostile("C4", "other delimiter", DATA, lambda content: content.replace(b";", b"|"), "1:csv.label-missing"),
    Hostile("C5", "point", DATA, edit("83,0", "83.0"), "2:csv.decimal-sign"),
    Hostile("C5", "thousands", DATA, edit("8300;10000", "8.300;10000"), "2:csv.decimal-sign"),
    *(Hostile("C6", value, DATA, edit("83,0", value), "2:csv.number")
      for value in ("nan", "inf", "1e400", "1_000", "٨٣", "８３", "True", "0x53")),
    Hostile("C7", "unknown sign", DATA, edit("83,0;;final", ";k.A.;final"), "2:ind.sign-unknown"),
    Hostile("C7", "missing is not zero", DATA, row("kita-quote;05998000;2018;;;;/;final;2019-06-30"), None, 0),
    *(Hostile("C8", value, DATA, edit("83,0", value), "2:csv.number") for value in ("NA", "None", "null", "n.a.")),
    Hostile("C9", "zero lost", DATA, row("kita-quote;1;2024;;;50,0;;;"), ":ind.key-malformed"),
    Hostile("C9", "decimal", DATA, row("kita-quote;1.0;2024;;;50,0;;;"), ":ind.key-malformed"),
    Hostile("C9", "zero width", DATA, row("kita-quote;01\u200b;2024;;;50,0;;;"), ":ind.key-malformed"),
    Hostile("C10", "again", DATA, lambda content: content + content.splitlines()[1] + b"\n", ":ind.duplicate-value"),
    Hostile("C11", "negative", DATA, edit("8300;10000;83,0", ";;-83,0"), "2:csv.out-of-range"),
    Hostile("C11", "over 100", DATA, edit("8300;10000;83,0", ";;183,0"), "2:csv.out-of-range"),
    Hostile("C11", "fraction of a case", DATA, edit("8300;10000;83,0", "8300,5;10000;83,0"), "2:csv.fraction"),
    Hostile("C11", "of nobody", DATA, edit("8300;10000;83,0", ";0;83,0"), "2:csv.out-of-range"),
    Hostile("C12", "huge", DATA, edit("83,0", "9" * 41), "2:csv.number"),
    Hostile("C13", "month 13", DATA, edit(";2019;", ";2019-13;"), "2:csv.period"),
    Hostile("C13", "letter", DATA, edit(";2019;", ";202O;"), "2:csv.period"),
    Hostile("C13", "ahead", DATA,
            row("kita-quote;05998000;2029;8800;10000;88,0;;final;2026-06-30"), ":time.value-ahead", 0),
    Hostile("C14", "long cell", DATA, row(f"kita-quote;01;2031;;;50,0;;{'x' * 200_000};"), ":csv.cell-too-long"),
    Hostile("C14", "long line", DATA, row(";" * 3_000_000), ":csv."),
    Hostile("C16", "gzip", DATA, lambda content: gzip.compress(content, mtime=0), "1:csv.not-csv"),
    Hostile("C16", "XLSX", DATA, b"PK\x03\x04" + bytes(300), "1:csv.not-csv"),
    Hostile("C16", "HTML", DATA, "<!DOCTYPE html><html></html>\n", "1:csv.not-csv"),
    Hostile("C16", "LFS", DATA, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "1:csv.not-csv"),
)  # fmt: skip

NEWER = (
    Hostile("I4", "rate", FUNDING, edit("rate_max: 70", "rate_max: 1e9"), "11:yaml.out-of-range"),
    Hostile("I4", "huge", FUNDING, edit("granted: 80000", "granted: " + "9" * 400), "25:yaml.number"),
    Hostile("I4", "nan", FUNDING, edit("granted: 80000", "granted: .nan"), "25:yaml.number"),
    Hostile("I4", "months", FUNDING, edit("proof_months: 6", "proof_months: 999999999"), None, 0),
    Hostile("I4", "last day", FUNDING, edit("proof_due: 2028-06-30", "proof_due: 9999-12-31"), "27:yaml.not-a-date"),
    Hostile("I4", "first day", FUNDING, edit("grant_end: 2027-12-31", "grant_end: 0001-01-01"), "26:yaml.not-a-date"),
    Hostile("I4", "number for a list", FUNDING, edit("applications:", "applications: 5\nx:"), "14:yaml.wrong-shape"),
    Hostile("I4", "wrong kind", FUNDING, edit("programme: land-kita", "programme: hafen-m1"), "17:ref.unknown"),
    Hostile("I4", "script", FUNDING, edit("date: 2025-03-01}", 'date: 2025-03-01, url: "javascript:x"}'),
            "6:yaml.unknown-key"),
    Hostile("I5", "twice", RETIRED, lambda content: content + content.splitlines()[1] + b"\n", "3:ref.duplicate-id"),
    Hostile("I5", "path", RETIRED, edit("id: hafen-m0", "id: ../x"), "2:yaml.not-an-id"),
    Hostile("I5", "map for a list", RETIRED, edit("retired:\n", "retired: {}\nx:\n"), "1:yaml.wrong-shape"),
    *(Hostile("I6", url.partition("?")[0], SETTINGS,
              edit("version: ", f"warehouse: {{url: '{url}'}}\nversion: "), ":yaml.wrong-form")
      for url in ("file:///etc/passwd", "duckdb:///etc/x", "postgresql://$(id)/x", "postgresql://h:99999999/x",
                  "postgresql://[::1/x", "postgresql:///x?host=/tmp", "postgresql://amt:geheim@h/x",
                  "postgresql://h/x?password=geheim")),
)  # fmt: skip
"""What the newer files of a planning may hold."""
