"""What a snippet leaves when somebody only types the ids is an entry that the model takes."""

from __future__ import annotations

import re

import pytest

from sozplan.render.editor.snippets import SNIPPETS, snippets
from sozplan.repo.schema import validate
from sozplan.repo.yaml import read

NAMES = {"need": "Bedarf", "goal": "Handlungsziel", "measure": "Maßnahme", "body": "Gremium", "process": "Prozess"}


def filled(line: str) -> str:
    """The first choice, the example, or for a label a word that is id and text at once."""
    line = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", line)
    line = re.sub(r"\$\{\d+:([\d-]+|true|false|own)\}", r"\1", line)
    return re.sub(r"\$\{\d+:[^}]*\}", "wort", line)


@pytest.mark.parametrize("word", list(SNIPPETS))
def test_a_filled_snippet_is_sound(word: str) -> None:
    lines = [filled(line) for line in snippets("de")[NAMES[word]]["body"]]  # type: ignore[attr-defined]
    if word != "process":
        assert [line[:2] for line in lines] == ["- ", *["  "] * (len(lines) - 1)]
        lines = [line[2:] for line in lines]
    text = "\n".join([*lines, ""]).encode()
    found = read(text, "x.yaml")
    assert found.value is not None, found.diagnostics
    assert isinstance(validate(SNIPPETS[word], found.value, text), SNIPPETS[word])


def test_a_snippet_in_words() -> None:
    assert snippets("de")["Bedarf"] == {
        "scope": "yaml",
        "prefix": ["need", "bedarf"],
        "description": "Bedarf anlegen",
        "body": [
            "- id: ${1:Kennung}",
            "  status: ${2|draft,proposal,resolved,ended|}",
            "  statement: ${3:Bedarf}",
            "  theme: ${4:Handlungsfeld}",
            "  evidence:",
            "    - indicator: ${5:Kennzahl}",
            "      period: ${6:2026}",
            "    - body: ${7:Gremium}",
            "      date: ${8:2026-01-01}",
            "      statement: ${9:Erfahrungswissen}",
            "  priority: ${10|high,medium,low|}",
        ],
    }
    assert snippets("en")["Body"]["description"] == "Add: Body"
