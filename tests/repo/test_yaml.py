"""The reader: values, places, and every fault with its whole sentence."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sozplan.diagnostics import Location
from sozplan.model.entity import ORIGIN_KEY, Origin
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.yaml import Document, Sources, read

FILE = "plans/strategy.yaml"


def bare(value: Any) -> Any:
    """The value without the places."""
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if key != ORIGIN_KEY}
    return [bare(item) for item in value] if isinstance(value, list) else value


def values(text: str | bytes) -> Any:
    document = read(text if isinstance(text, bytes) else text.encode(), FILE)
    assert document.diagnostics == ()
    return bare(document.value)


def faults(text: str | bytes, limits: Limits = LIMITS) -> list[str]:
    document = read(text if isinstance(text, bytes) else text.encode(), FILE, limits)
    assert document.value is None
    return [f"{d.at.line}:{d.at.column}: {d.code.id}: {d.say('de')}" for d in document.diagnostics]


def ids(text: str | bytes, limits: Limits = LIMITS) -> list[str]:
    return [line.split(": ", 2)[0] + " " + line.split(": ", 2)[1] for line in faults(text, limits)]


def test_values_of_all_kinds() -> None:
    text = "a: no\nb: 2026-01-01\nc: 24.10\nd: 7\ne: true\nf:\ng: '01'\nh: \"no\"\ni: |\n  12\nj: 12:30\nk: [1, x, ~]\n"
    assert values(text) == {
        "a": "no", "b": "2026-01-01", "c": Decimal("24.10"), "d": 7, "e": True, "f": None, "g": "01", "h": "no",
        "i": "12\n", "j": "12:30", "k": [1, "x", None],
    }  # fmt: skip


def test_places() -> None:
    value = read(b"id: x\ngoals:\n  - id: z1\n    needs: [n1, {a: b}]\nlong:\n  text\n", FILE).value
    assert value is not None
    origin = value[ORIGIN_KEY]
    assert isinstance(origin, Origin)
    assert origin.locate() == Location(FILE, 1, 1)
    assert origin.locate("id") == Location(FILE, 1, 5)
    assert origin.locate("goals", 0, "id") == Location(FILE, 3, 9)
    assert origin.locate("goals", 0, "needs", 1, "a") == Location(FILE, 4, 21)
    assert origin.locate("long") == Location(FILE, 5, 1)
    assert origin.locate_key("goals") == Location(FILE, 2, 1)
    assert value["goals"][0][ORIGIN_KEY].locate("needs", 0) == Location(FILE, 4, 13)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa: 1\nb:\n  - x\n",
        b"a: 1\r\nb:\r\n  - x\r\n",
        b"a: 1\r\nb:\n  - x",
        b"a: 1\rb:\r  - x\r",
        b"---\na: 1\nb:\n  - x\n...\n",
        b"%YAML 1.2\n---\na: 1\nb: [x]\n",
        b"# Kopf\n\na: 1 # Rand\nb: [x]\n\n\n",
        b"--- # Kopf\na: 1\nb: [x]\n...\n# Ende\n",
    ],
)
def test_same_values_in_every_form(data: bytes) -> None:
    assert values(data) == {"a": 1, "b": ["x"]}


def test_source_gives_back_what_was_written() -> None:
    data = "key: 01\nnumbers: [0o7, 1e3]\nspät: +5\n".encode()
    value = read(data, FILE).value
    assert value is not None
    origin = value[ORIGIN_KEY]
    assert Sources(data).at(origin.values["key"]) == "01"
    assert Sources(data).at(origin.values["numbers"].items[1]) == "1e3"
    assert Sources(data).at(origin.locate("spät")) == "+5"
    assert Sources(data).at(Location(FILE, 9, 9)) is None
    assert Sources(b"a: [").at(Location(FILE, 9, 9)) is None
    assert Sources(b"\xff").at(Location(FILE, 1, 1)) is None


SENTENCES = {
    "a: 1\na: 2\n": "2:1: yaml.duplicate-key: Der Schlüssel „a“ steht schon in Zeile 1. Behalten Sie einen von beiden; "
    "soll ein neuer Eintrag der Liste beginnen, fehlt vor seiner ersten Zeile „- “.",
    'b: {x: 1, "\\x78": 2}\n': "1:11: yaml.duplicate-key: "
    "Der Schlüssel „x“ steht schon in Zeile 1. Behalten Sie einen von beiden; "
    "soll ein neuer Eintrag der Liste beginnen, fehlt vor seiner ersten Zeile „- “.",
    "a: {period: 2023, value: 23,9}\n": "1:29: yaml.not-a-number: „23,9“ ist hier keine Zahl. Schreiben Sie sie ohne "
    "Anführungszeichen, ohne Tausenderzeichen und mit Punkt, z. B. 1234.5. Hier also: 23.9.",
    "a: {value: 23, 9: x}\n": "1:16: yaml.key-not-text: Der Schlüssel „9“ ist kein Text. "
    "Setzen Sie ihn in Anführungszeichen, wenn er so heißen soll.",
    "a: &x 1\nb: *x\n": "1:4: yaml.alias: „&“ am Anfang eines Werts ist in YAML ein Verweis und hier nicht erlaubt. "
    "Schreiben Sie den Wert aus; soll das Zeichen zum Text gehören, setzen Sie ihn in Anführungszeichen.",
    "a: !!python/object:os.system x\n": "1:4: yaml.tag: Der Wert beginnt mit „!!python/object:os.system“: "
    "Ein Ausrufezeichen am Anfang bestimmt in YAML den Typ und ist hier nicht erlaubt. "
    "Löschen Sie es, oder setzen Sie den ganzen Text in Anführungszeichen.",
    "%YAML 1.1\n---\na: no\n": "1:1: yaml.directive: "
    "Die Zeile „%YAML 1.1“ stellt YAML auf andere Regeln um. Löschen Sie sie.",
    "a: 1\n---\nb: 2\n": "2:1: yaml.second-document: Hier beginnt ein zweites Dokument in derselben Datei. "
    "Löschen Sie die Zeile mit „---“ oder „...“ oder legen Sie den Rest in eine eigene Datei.",
    "": "1:1: yaml.empty: Die Datei ist leer. Füllen oder löschen Sie sie.",
    "- a\n": "1:1: yaml.not-a-mapping: Die Datei muss aus Zeilen der Form „Schlüssel: Wert“ bestehen, "
    "sie beginnt aber mit einer Liste.",
    "nur Text\n": "1:1: yaml.not-a-mapping: Die Datei muss aus Zeilen der Form „Schlüssel: Wert“ bestehen, "
    "sie beginnt aber mit einem Text ohne Schlüssel.",
    "08: x\n": "1:1: yaml.key-not-text: Der Schlüssel „08“ ist kein Text. "
    "Setzen Sie ihn in Anführungszeichen, wenn er so heißen soll.",
    '"@": x\n': "1:1: yaml.reserved-key: Den Schlüssel „@“ gibt es nicht. Löschen Sie ihn.",
    "a: 1e400\n": "1:4: yaml.number: „1e400“ ist keine brauchbare Zahl. Schreiben Sie sie aus, oder setzen Sie einen "
    "Text in Anführungszeichen; fehlt der Wert, lassen Sie den Schlüssel weg.",
    "id: chan\u200bcen\n": "1:5: yaml.invisible-character: In „chan\\u200bcen“ steckt das unsichtbare Zeichen U+200B. "
    "Schreiben Sie die Stelle neu.",
    "a: 1\nb:\n\tc: 2\n": "3:1: yaml.tab: Die Zeile ist mit einem Tabulator eingerückt. "
    "Nehmen Sie gewöhnliche Leerzeichen, nie Tabulator oder geschütztes Leerzeichen.",
    "b:\n\u00a0\u00a0c: 2\n": "2:1: yaml.tab: Die Zeile ist mit einem geschützten Leerzeichen eingerückt. "
    "Nehmen Sie gewöhnliche Leerzeichen, nie Tabulator oder geschütztes Leerzeichen.",
    "id: a\ntitle abc\nb: c\n": "2:1: yaml.colon-missing: In der Zeile „title abc“ fehlt der Doppelpunkt mit "
    "Leerzeichen hinter dem Schlüssel (Schlüssel: Wert). Setzt sie den Text darüber fort, rücken Sie sie ein.",
    "a: Haus: neu\n": "1:8: yaml.colon-in-text: Im Text steht ein Doppelpunkt mit Leerzeichen. "
    "Setzen Sie den ganzen Text in Anführungszeichen.",
    "a:\n    b: 1\n  c: 2\n": "3:3: yaml.indentation: Die Zeile „c: 2“ ist nicht so eingerückt wie die Zeilen, "
    "zu denen sie gehört. Was zusammengehört, beginnt in derselben Spalte; "
    "ein längerer Text mit Doppelpunkt braucht Anführungszeichen.",
    "a: 'abc\nb: 2\n": "1:4: yaml.quote-open: "
    "Das Anführungszeichen ', das hier beginnt, wird in der Zeile nicht geschlossen.",
    "a: 'geht's gut'\n": "1:10: yaml.text-after-end: Hinter dem schließenden ' steht noch „s gut'“. "
    "Setzen Sie den ganzen Wert in Anführungszeichen; ein Anführungszeichen darin schreiben Sie doppelt ('') "
    "oder als „…“.",
    'a: "S:\\plan"\n': "1:7: yaml.escape: „\\p“ ist zwischen doppelten Anführungszeichen kein gültiges Zeichen. "
    "Nehmen Sie einfache Anführungszeichen (') oder schreiben Sie \\\\.",
    "a: [x, y\nb: 2\n": "1:4: yaml.bracket-open: Die Klammer [, die hier beginnt, wird nicht geschlossen: "
    "Es fehlt die schließende Klammer oder davor ein Anführungszeichen. "
    "Soll [ zum Text gehören, setzen Sie ihn in Anführungszeichen.",
    "a: {b: 1 c: 2}\n": "1:11: yaml.comma: Zwischen den Klammern fehlt hier ein Komma oder ein Wert.",
    "a: @foo\n": "1:4: yaml.reserved-character: Ein Wert ohne Anführungszeichen darf nicht mit @ beginnen. "
    "Setzen Sie ihn in Anführungszeichen.",
    "a: - b\n": "1:4: yaml.dash: Ein Listenpunkt steht in einer eigenen Zeile und hat ein Leerzeichen hinter dem "
    "Strich („- Wert“). Soll der Strich zum Text gehören, setzen Sie ihn in Anführungszeichen.",
    "a: |x\n b\n": "1:5: yaml.block-text: Hinter | oder > beginnt der Text erst in der nächsten Zeile, eingerückt.",
}


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence(text: str) -> None:
    assert faults(text) == [SENTENCES[text]]


WRONG = {
    "title abc\nstatus: x\n": "1:1 yaml.colon-missing",
    "id:x\nb: c\n": "1:1 yaml.colon-missing",
    "a: Text geht\nweiter hier\nb: 1\n": "2:1 yaml.colon-missing",
    "a: b\n  c: d\n": "2:3 yaml.indentation",
    "a:\n  - x\n - y\n": "3:2 yaml.indentation",
    "a:\n  - b: 1\n   c: 2\n": "3:4 yaml.indentation",
    "a:\n  - b: 1\n    c: 2\n     d: 3\n": "4:6 yaml.indentation",
    "  a: 1\nb: 2\n": "2:1 yaml.indentation",
    "a: x\n- b\n": "2:1 yaml.indentation",
    "a: 1\n-b\n": "2:1 yaml.dash",
    'a: "abc\nb: "c"\n': "1:4 yaml.quote-open",
    "a: '\n---\n": "1:4 yaml.quote-open",
    'a: "abc" def\nb: 1\n': "1:10 yaml.text-after-end",
    "a: [x, y]]\n": "1:10 yaml.text-after-end",
    "a: [x, y}\n": "1:4 yaml.bracket-open",
    "a: [[x], y\nb: 1\n": "1:4 yaml.bracket-open",
    "a: [x,": "1:4 yaml.bracket-open",
    "a: [b,, c]\n": "1:7 yaml.comma",
    "a: `foo`\n": "1:4 yaml.reserved-character",
    "a: 100\nb: %foo\n": "2:4 yaml.reserved-character",
    "a: ]\n": "1:4 yaml.reserved-character",
    "a: *wichtig*\n": "1:4 yaml.alias",
    "a: * Punkt\n": "1:4 yaml.alias",
    "*a : b\n": "1:1 yaml.alias",
    "a: [*b]\n": "1:5 yaml.alias",
    "a: &x {<<: *x}\n": "1:4 yaml.alias",
    "a: &x\n  b: 1\n": "1:4 yaml.alias",
    "<<: {a: 1}\n": "1:1 yaml.reserved-key",
    "<<: 3\n": "1:1 yaml.reserved-key",
    "a: !!set {b}\n": "1:4 yaml.tag",
    "a: !x [1]\n": "1:4 yaml.tag",
    "! a: 1\n": "1:1 yaml.tag",
    "a: !foo,\n": "1:4 yaml.tag",
    "a: !!\n": "1:4 yaml.tag",
    "%TAG ! tag:x,2000:\n---\na: 1\n": "1:1 yaml.directive",
    "%FOO\n---\na: 1\n": "1:1 yaml.directive",
    "%YAML 1.2\n%YAML 1.2\n---\na: 1\n": "2:1 yaml.directive",
    "a: 1\n...\nb: 2\n": "3:1 yaml.second-document",
    "---\n---\na: 1\n": "2:1 yaml.empty",
    "# nur ein Kommentar\n": "1:1 yaml.empty",
    "? [a, b]\n: c\n": "1:3 yaml.key-not-text",
    "{a: 1}: b\n": "1:1 yaml.key-not-text",
    "~: x\n": "1:1 yaml.key-not-text",
    "true: x\n": "1:1 yaml.key-not-text",
    ".nan: x\n": "1:1 yaml.key-not-text",
    ": x\n": "1:1 yaml.syntax",
    "a: .inf\n": "1:4 yaml.number",
    "a: [" + "9" * 5000 + "]\n": "1:5 yaml.number",
    "a: 0x" + "f" * 5000 + "\n": "1:4 yaml.number",
    "a\u200b: 1\n": "1:1 yaml.invisible-character",
    "a\u00a0b: 1\n": "1:1 yaml.invisible-character",
    'a: "b\\u200d"\n': "1:4 yaml.invisible-character",
    "a: Text mit \u202egnuthcirdleS\n": "1:13 yaml.invisible-character",
    "a: 1\nb: \ufeffc\n": "2:4 yaml.invisible-character",
    "a: x\u2028y\n": "1:5 yaml.invisible-character",
    "a: 1\nb: \x00\n": "2:4 file.control-character",
    "a: \x1b[31m\n": "1:4 file.control-character",
    "a: \x7f\n": "1:4 file.control-character",
    "a: \x85\n": "1:4 file.control-character",
    'a: "\\x07"\n': "1:4 file.control-character",
    'a: "\\ud800"\n': "1:5 yaml.escape",
    "a: >\n\tb\n": "2:1 yaml.tab",
    "a:\n  b: x\n\tc: y\n": "3:1 yaml.tab",
    "a:\n  b: x\n  \tc: y\n": "3:1 yaml.tab",
}


@pytest.mark.parametrize("text", WRONG)
def test_place_and_kind(text: str) -> None:
    assert ids(text) == [WRONG[text]]


BYTES = {
    "a: 1\nb: für\n".encode("cp1252"): "2:5: file.not-utf8: Die Datei ist nicht als UTF-8 gespeichert "
    "(vermutlich Windows-1252; Byte 0xFC an Stelle 9). Speichern Sie sie im Editor mit der Kodierung UTF-8 neu.",
    "a: 1\n".encode("utf-16"): "1:1: file.not-utf8: Die Datei ist nicht als UTF-8 gespeichert "
    "(vermutlich UTF-16; Byte 0xFF an Stelle 0). Speichern Sie sie im Editor mit der Kodierung UTF-8 neu.",
    b"\x1f\x8b\x08": "1:1: file.not-yaml: Die Datei ist nicht, was ihr Name sagt, "
    "sondern eine mit gzip gepackte Datei.",
    b"PK\x03\x04": "1:1: file.not-yaml: Die Datei ist nicht, was ihr Name sagt, "
    "sondern ein gepacktes Archiv oder eine Office-Datei.",
    b"<!DOCTYPE html>\n<title>404</title>\n": "1:1: file.not-yaml: Die Datei ist nicht, was ihr Name sagt, "
    "sondern eine Webseite (HTML oder XML).",
    b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n": "1:1: file.lfs-pointer: "
    "Statt des Inhalts liegt hier nur ein Verweis von Git LFS. Holen Sie den Inhalt mit „git lfs pull“.",
    b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n": "2:1: file.conflict-marker: "
    "Hier beginnt ein ungelöster Git-Konflikt („<<<<<<< HEAD“). Behalten Sie eine der beiden Fassungen und löschen "
    "Sie die Zeilen mit <<<<<<<, ======= und >>>>>>>.",
}


@pytest.mark.parametrize("data", BYTES, ids=lambda data: repr(data[:12]))
def test_content_that_is_no_yaml(data: bytes) -> None:
    assert faults(data) == [BYTES[data]]


def test_all_faults_of_one_pass() -> None:
    assert ids("a: 1\na: 2\n08: .nan\nb: [1e99, x]\n") == [
        "2:1 yaml.duplicate-key", "3:1 yaml.key-not-text", "3:5 yaml.number", "4:5 yaml.number",
    ]  # fmt: skip


def test_invisible_characters_are_kept_in_running_text() -> None:
    text = "Ein\u00a0Satz mit weichem Trenn\u00adstrich und 👩\u200d👧."
    assert values(f"a: {text}\n") == {"a": text}


PLAN = """\
id: nordhafen-2026
title: Sozialraumgebietsplan Nordhafen
period: {from: 2026-01-01, to: 2029-12-31}
needs:
  - id: nordhafen-n1
    statement: Kinder wechseln selten auf eine Schule mit Oberstufe.
    evidence:
      - indicator: uebergang-oberstufe
        period: 2023/24
    priority: high
goals:
  - id: nordhafen-g1
    needs: [nordhafen-n1]
    targets:
      - id: nordhafen-g1-t1
        target: {period: 2028/29, value: 40.0}
        kind: change
""".splitlines()
SLIPS: dict[str, Callable[[str], str]] = {
    "tab in front": lambda line: "\t" + line,
    "tab for blanks": lambda line: line.replace("  ", "\t", 1),
    "one blank more": lambda line: " " + line,
    "one blank less": lambda line: line.removeprefix(" "),
    "no colon": lambda line: line.replace(":", "", 1),
    "no blank": lambda line: line.replace(": ", ":", 1),
    "open quote": lambda line: line.replace(": ", ': "', 1),
    "open apostrophe": lambda line: line.replace(": ", ": '", 1),
    "colon in text": lambda line: line + ": mehr",
    "open bracket": lambda line: line.rstrip("]}"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_slip_of_the_hand_is_found_in_its_line(slip: Callable[[str], str]) -> None:
    found = 0
    for i, line in enumerate(PLAN):
        spoilt = "\n".join([*PLAN[:i], slip(line), *PLAN[i + 1 :]]) + "\n"
        diagnostics = read(spoilt.encode(), FILE).diagnostics
        assert all(abs(fault.at.line - i - 1) <= 1 for fault in diagnostics), (line, diagnostics)
        assert len(diagnostics) <= 1
        found += len(diagnostics)
    assert found >= 2


def nested(levels: int) -> str:
    return "a: " + "[" * (levels - 1) + "]" * (levels - 1) + "\n"


def test_limit_of_nesting() -> None:
    values(nested(LIMITS.depth))
    assert faults(nested(LIMITS.depth + 1)) == [
        f"1:{3 + LIMITS.depth}: yaml.too-deep: Hier sind mehr als 64 Ebenen ineinander verschachtelt."
    ]


def test_limit_of_scalars() -> None:
    longest = "x" * LIMITS.scalar_characters
    assert values(f"a: {longest}\n") == {"a": longest}
    assert faults(f"a:\n  - {longest}x\n") == [
        "2:5: yaml.scalar-too-long: Der Text, der hier beginnt, hat 256001 Zeichen, erlaubt sind 256000."
    ]


def test_limit_of_faults() -> None:
    found = faults("a:\n" + "- .nan\n" * 50, Limits(file_faults=3))
    assert len(found) == 4
    assert (
        found[-1] == "4:3: yaml.too-many-faults: Die Datei hat schon bis hier 3 Fehler; der Rest wurde nicht gelesen."
    )


BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}, *{p}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=True)
)
LARGE = 2_000_000
HOSTILE = {
    "aliases": BOMB,
    "merge keys": "a: &a {x: 1}\n" + "b:\n  <<: [" + "*a, " * 100_000 + "]\n",
    "compact lists": "a:\n  " + "- " * 100_000 + "x\n",
    "brackets": "a: " + "[" * LARGE,
    "braces": "a: " + "{a: " * (LARGE // 4),
    "complex keys": "? " * (LARGE // 2),
    "indentation": "".join(" " * i + "a:\n" for i in range(1900)),
    "tag directives": "".join(f"%TAG !{i}! x\n" for i in range(LARGE // 14)) + "---\na: 1\n",
    "blank lines": "\n" * LARGE,
    "one scalar": "a: " + "x" * LARGE,
    "many tags": "a:\n" + "- !x\n" * (LARGE // 5),
    "many bad numbers": "a:\n" + "- .nan\n" * (LARGE // 7),
    "unclosed quote": 'a: "' + "x\n" * (LARGE // 2),
    "carriage returns": "a:" + "\r" * (LARGE // 2) + "\x07",
    "documents": "---\n" * (LARGE // 4),
    "conflicts": "<<<<<<<x\n" * (LARGE // 9),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_at_once(text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    document = read(text.encode(), FILE)
    assert time.process_time() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert document.value is None
    assert 1 <= len(document.diagnostics) <= LIMITS.file_faults + 1


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{i}: {i}\n" for i in range(50_000)),
        "a:\n" + "- x\n" * 200_000,
    ],
    ids=["keys", "items"],
)
def test_large_honest_input_is_read(text: str) -> None:
    start = time.process_time()
    assert read(text.encode(), FILE).value
    assert time.process_time() - start < 4


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: 1")
@example(b"a: \xed\xa0\x80")
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(read(data, FILE), Document)


@given(st.text("ab01 \n\t:-?[]{},&*!|>'\"%@`#<=.\\\r~\u00a0\u200bü", max_size=60))
def test_no_text_raises_and_every_fault_has_its_sentence(text: str) -> None:
    document = read(text.encode(), FILE)
    assert (document.value is None) == bool(document.diagnostics)
    for fault in document.diagnostics:
        assert "\n" not in fault.say("de") + fault.say("en")
        assert 1 <= fault.at.line <= len(text.splitlines()) + 1


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))),
)
trees = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcü", min_size=1), inner, max_size=4)
)


@given(st.dictionaries(st.text("abcü", min_size=1), trees, min_size=1, max_size=4))
def test_reads_what_ruamel_writes(value: dict[str, Any]) -> None:
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.allow_unicode = True
    writer.default_flow_style = False  # between brackets libyaml doesn't know a text such as `:0`
    writer.dump(value, stream)
    assert values(stream.getvalue()) == value
