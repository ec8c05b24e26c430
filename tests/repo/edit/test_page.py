"""A change to one place of a file; every other byte stays, however the file is written."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from ruamel.yaml import YAML

from sozplan.repo.edit.blocks import Entry, Name
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused

FILE = "plans/areas/hafen.yaml"
SAMPLE = """\
# Kopf
id: hafen-2026   # Kennung
title: "Plan"
period: {from: 2026-01-01, to: 2029-12-31}
goals:
  # zum ersten Ziel
  - id: hafen-g1
    needs: [hafen-n1, hafen-n2]
    statement: >-
      Ein langer Text
      über zwei Zeilen.
  - {id: hafen-g2, weight: 2}   # klein
measures: []
"""


def page(text: str) -> Page:
    return Page(FILE, text.encode())


def changed(text: str, change: Callable[[Page], object]) -> str:
    found = page(text)
    change(found)
    return found.data.decode()


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_one_value_changes_in_any_file(bom: bytes, line_end: str, last: str) -> None:
    text = SAMPLE if last else SAMPLE.rstrip("\n")
    found = Page(FILE, bom + text.replace("\n", line_end).encode())
    found.set(("goals", 1, "weight"), 3)
    found.set(("title",), "Plan für den Hafen")
    wanted = text.replace("weight: 2", "weight: 3").replace('"Plan"', '"Plan für den Hafen"')
    assert found.data == bom + wanted.replace("\n", line_end).encode()


@pytest.mark.parametrize(
    ("path", "new", "old", "line"),
    [
        (("id",), "hafen-2027", "id: hafen-2026   # Kennung", "id: hafen-2027   # Kennung"),
        (("title",), "Neu", 'title: "Plan"', 'title: "Neu"'),
        (("title",), 'Der "neue" Plan', 'title: "Plan"', 'title: "Der \\"neue\\" Plan"'),
        (("period", "to"), Name("2030-12-31"), "to: 2029-12-31}", "to: 2030-12-31}"),
        (("goals", 0, "needs", 1), "hafen-n3", "hafen-n2]", "hafen-n3]"),
        (("goals", 0, "needs"), [Name("hafen-n9")], "[hafen-n1, hafen-n2]", "[hafen-n9]"),
        (("goals", 1, "id"), "a, b", "{id: hafen-g2,", "{id: 'a, b',"),
        (("id",), "0123", "id: hafen-2026 ", "id: '0123' "),
        (("measures",), [Name("m1")], "measures: []", "measures: [m1]"),
    ],
)
def test_set(path: tuple[str | int, ...], new: object, old: str, line: str) -> None:
    assert changed(SAMPLE, lambda p: p.set(path, new)) == SAMPLE.replace(old, line, 1)  # type: ignore[arg-type]


def test_a_folded_text_keeps_the_lines_that_it_can() -> None:
    text = "k: >-\n  Eins zwei drei vier\n  fünf sechs sieben\n  acht neun zehn.\n"
    assert changed(text, lambda p: p.set(("k",), "Eins zwei drei vier fünf 6 sieben acht neun zehn.")) == (
        "k: >-\n  Eins zwei drei vier\n  fünf 6 sieben\n  acht neun zehn.\n"
    )


def test_numbered_points_begin_lines() -> None:
    text = "k: >-\n  alt\nz: 1\n"
    new = "1. Der Rat beschließt das. 2. Er stellt Mittel bereit."
    assert changed(text, lambda p: p.set(("k",), new)) == (
        "k: >-\n  1. Der Rat beschließt das.\n  2. Er stellt Mittel bereit.\nz: 1\n"
    )


def test_a_blank_value_is_filled() -> None:
    assert changed("a:\nb: 1\n", lambda p: p.set(("a",), "x")) == "a: x\nb: 1\n"
    assert changed("a:  # offen\nb: 1\n", lambda p: p.set(("a",), "x")) == "a: x  # offen\nb: 1\n"
    assert changed("a:\nb: 1\n", lambda p: p.set(("a",), [Entry({"id": Name("x")})])) == "a:\n  - id: x\nb: 1\n"


def test_a_block_list_stays_one() -> None:
    text = "a:\n- x\n- y\nb: 1\n"
    assert changed(text, lambda p: p.set(("a",), [Name("y"), Name("z")])) == "a:\n- y\n- z\nb: 1\n"


@pytest.mark.parametrize(
    ("content", "lines", "comments"),
    [
        ("a:\n  - x  # wichtig\n  - y\n", "2 bis 3", "2"),
        ("b: 1\na:\n  - x\n  # erst ab 2027\n  # oder 2028\n  - y\n", "3 bis 6", "4, 5"),
        ("a: [x,  # wichtig\n  y]\n", "1 bis 2", "1"),
    ],
)
def test_a_list_with_comments_is_left_to_people(content: str, lines: str, comments: str) -> None:
    found = page(content)
    with pytest.raises(EditRefused) as refused:
        found.set(("a",), [Name("z")])
    assert refused.value.text.de == (
        f"Nichts geändert: In dieser Liste (Zeilen {lines}) steht Erklärendes hinter „#“, das dabei verloren ginge: "
        f"Zeile {comments}. Nehmen Sie Einträge einzeln hinzu oder heraus, mit --add und --remove, oder ändern Sie "
        "diese Zeilen im Editor."
    )
    assert found.data == content.encode()


KEYS = ("id", "title", "profile", "period", "goals", "measures")


def test_insert_a_key_behind_its_predecessor() -> None:
    assert changed(SAMPLE, lambda p: p.insert(("profile",), "Kurz", KEYS)) == SAMPLE.replace(
        'title: "Plan"\n', 'title: "Plan"\nprofile: Kurz\n'
    )


def test_insert_into_brackets_and_into_an_item() -> None:
    order = ("id", "statement", "weight", "needs")
    assert changed(SAMPLE, lambda p: p.insert(("goals", 1, "statement"), "Kurz", order)) == SAMPLE.replace(
        "{id: hafen-g2, weight", "{id: hafen-g2, statement: Kurz, weight"
    )
    assert changed(SAMPLE, lambda p: p.insert(("goals", 0, "weight"), 1, order)) == SAMPLE.replace(
        "      über zwei Zeilen.\n", "      über zwei Zeilen.\n    weight: 1\n"
    )
    assert changed("a: {}\n", lambda p: p.insert(("a", "b"), 1, ())) == "a: {b: 1}\n"


def test_insert_before_all_others() -> None:
    assert changed("goals:\n  - weight: 1\n", lambda p: p.insert(("goals", 0, "id"), Name("x"), ("id", "weight"))) == (
        "goals:\n  - id: x\n    weight: 1\n"
    )


def test_append_behind_the_last_item() -> None:
    new = Entry({"id": Name("hafen-g3"), "statement": "Kurz."})
    assert changed(SAMPLE, lambda p: p.append(("goals",), new)) == SAMPLE.replace(
        "   # klein\n", "   # klein\n  - id: hafen-g3\n    statement: Kurz.\n"
    )
    assert changed(SAMPLE, lambda p: p.append(("measures",), new)) == SAMPLE.replace(
        "measures: []\n", "measures:\n  - id: hafen-g3\n    statement: Kurz.\n"
    )
    assert changed(SAMPLE, lambda p: p.append(("goals", 0, "needs"), Name("x"))) == SAMPLE.replace("n2]", "n2, x]")


def test_append_where_the_file_ends_without_a_line_end() -> None:
    assert changed("a:\n  - x: 1", lambda p: p.append(("a",), Entry({"x": 2}))) == "a:\n  - x: 1\n  - x: 2"


def test_remove() -> None:
    assert changed(SAMPLE, lambda p: p.remove(("goals", 1))) == SAMPLE.replace(
        "  - {id: hafen-g2, weight: 2}   # klein\n", ""
    )
    assert changed(SAMPLE, lambda p: p.remove(("goals", 1, "weight"))) == SAMPLE.replace(", weight: 2", "")
    assert changed(SAMPLE, lambda p: p.remove(("goals", 1, "id"))) == SAMPLE.replace("id: hafen-g2, ", "")
    assert changed(SAMPLE, lambda p: p.remove(("title",))) == SAMPLE.replace('title: "Plan"\n', "")
    assert changed("a: 1\nb: 2", lambda p: p.remove(("b",))) == "a: 1"
    assert changed("g:\n  - id: x\n    w: 1\n", lambda p: p.remove(("g", 0, "id"))) == "g:\n  - w: 1\n"


def test_the_comment_above_goes_with_its_item() -> None:
    found = page(SAMPLE)
    taken = found.remove(("goals", 0))
    assert taken.startswith("  # zum ersten Ziel\n  - id: hafen-g1\n")
    assert "zum ersten Ziel" not in found.content


def test_with_the_last_item_the_list_goes() -> None:
    found = page("a: 1\ng:\n  - id: x\n")
    assert found.remove(("g", 0)) == "  - id: x\n"
    assert found.data == b"a: 1\n"
    with pytest.raises(EditRefused):
        found.remove(("a",))


def test_lines_are_put_in_at_another_depth() -> None:
    found = page(SAMPLE)
    taken = found.remove(("goals", 0))
    other = page("goals:\n- id: x\n")
    other.put_lines(("goals",), 0, taken, {"id": "hafen-g1", "needs": ["hafen-n1", "hafen-n2"], "statement": LONG})
    assert other.content == (
        "goals:\n# zum ersten Ziel\n- id: hafen-g1\n  needs: [hafen-n1, hafen-n2]\n  statement: >-\n"
        "    Ein langer Text\n    über zwei Zeilen.\n- id: x\n"
    )


LONG = "Ein langer Text über zwei Zeilen."


def test_sort() -> None:
    text = "m:\n  # a\n  - {d: 3}\n  - {d: 1}  # b\n  - d: 2\n"
    assert changed(text, lambda p: p.sort(("m",), [1, 2, 0])) == "m:\n  - {d: 1}  # b\n  - d: 2\n  # a\n  - {d: 3}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", "plans/areas/hafen.yaml:1:"),
        ("a:\n\t- 1\n", "plans/areas/hafen.yaml:2:"),
        ("a: !!str 1\n", "plans/areas/hafen.yaml:1:"),
        ("", "plans/areas/hafen.yaml:1:"),
    ],
)
def test_what_cannot_be_read_is_not_changed(text: str, said: str) -> None:
    with pytest.raises(EditRefused) as refused:
        page(text)
    assert refused.value.text.de.startswith(said)
    assert refused.value.text.de.endswith("Erst wenn die Datei zu lesen ist, lässt sie sich ändern.")


@pytest.mark.parametrize(
    "text",
    [
        "a: ein Text\n  der weitergeht\nb: 1\n",
        'a: "ein Text\n  der weitergeht"\nb: 1\n',
        "a: |\n  eins\n   zwei\n\nb: 1\n",
        "a: >+\n  eins\n\n  zwei\n\nb: 1\n",
        "---\na: 1\nb: 1\n...\n",
        "a: {x: 1,\n    y: 2}\nb: 1\n",
        "? a\n: 1\nb: 1\n",
        "'a' : 1\nb: 1 # x\n",
    ],
)
def test_a_neighbour_may_be_written_in_any_way(text: str) -> None:
    found = page(text)
    found.set(("b",), 2)
    assert found.content == text.replace("b: 1", "b: 2")


def test_another_library_reads_the_same_and_finds_the_comments() -> None:
    text = changed(SAMPLE, lambda p: p.append(("goals",), Entry({"id": Name("x"), "statement": "Text: neu # so"})))
    tree = YAML(typ="rt").load(text)
    assert tree["goals"][2] == {"id": "x", "statement": "Text: neu # so"}
    out = io.StringIO()
    YAML(typ="rt").dump(tree, out)
    assert [
        line for line in ("# Kopf", "# Kennung", "# zum ersten Ziel", "# klein") if line not in out.getvalue()
    ] == []


def test_nothing_stands_before_the_first_item() -> None:
    page = Page("plans/areas/x.yaml", b"retired:\n  - - 1\n    - 2\n")
    for path in (("retired", -1), ("retired", 0, -2), ("retired", 0, 2)):
        assert page.at(path) is None
        assert page.value(path) is None
    assert page.value(("retired", 0, 1)) == 2
