"""The schemas take what the models take: judged by a validator that knows nothing of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from sozplan.diagnostics import Lang
from sozplan.model.areas import AreaPlan
from sozplan.model.entity import ORIGIN_KEY, Entity
from sozplan.model.measures import Measure
from sozplan.render.editor.schema import schema
from sozplan.repo.load import KINDS
from sozplan.repo.schema import validate
from sozplan.repo.yaml import read

ROOT = Path(__file__).parents[3]
PLACES = (ROOT, *sorted((ROOT / "tests/examples").iterdir()))


@pytest.mark.parametrize(("pattern", "cls"), list(KINDS.items()))
def test_every_file_of_the_examples_is_valid(tmp_path: Path, pattern: str, cls: type[Entity]) -> None:
    place = tmp_path / "schema.json"
    place.write_text(json.dumps(schema(cls, "de")), encoding="utf-8")
    files = [str(file) for place in PLACES for file in place.glob(pattern)]
    assert files
    check = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(place), *files]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("cls", list(KINDS.values()))
def test_every_key_has_words(cls: type[Entity], lang: Lang) -> None:
    found = schema(cls, lang)
    Draft202012Validator.check_schema(found)
    for section in (found, *found["$defs"].values()):
        for key, each in section["properties"].items():
            assert each["title"], key
            assert each["markdownDescription"], key
            assert len(each.get("enum", ())) == len(each.get("enumDescriptions", each.get("enum", ()))), key


def test_words_of_a_key_in_both_languages() -> None:
    german, english = (schema(Measure, lang)["properties"]["commitment"] for lang in ("de", "en"))
    assert german == {
        "title": "Verbindlichkeit",
        "description": "wie fest zugesagt.",
        "markdownDescription": "Wie fest zugesagt.",
        "type": "string",
        "enum": ["resolved", "contractual", "intended", "under-review"],
        "enumDescriptions": ["beschlossen", "vertraglich gesichert", "Absicht", "Prüfauftrag"],
    }
    assert english["enumDescriptions"] == ["resolved", "contractual", "intended", "under review"]
    owner = schema(Measure, "de")["properties"]["responsible"]
    assert owner["markdownDescription"] == "Genau eine.\n\n*Kennung: Akteur*"
    assert owner["patternErrorMessage"].startswith("Eine Kennung beginnt mit einem Kleinbuchstaben")


PLAN = """\
id: hafen
area: hafen
title: Hafen
status: draft
period: {from: 2026-01-01, to: 2030-12-31}
needs:
  - id: hafen-n1
    statement: Es fehlt ein Treff.
    evidence:
      - {indicator: quote, period: 2025}
      - {body: runde, date: 2025-03-12, statement: Der Weg ist weit.}
goals:
  - id: hafen-g1
    statement: Es gibt einen Treff.
    needs: [hafen-n1]
    targets:
      - id: hafen-g1-t1
        kind: change
        indicator: quote
        baseline: {period: 2025, value: 1}
        target: {period: 2029, value: 2}
"""


def faulty() -> Iterator[tuple[str, str]]:
    yield "nothing", PLAN
    for old, new in (
        ("draft", "entwurf"),
        ("2026-01-01", "01.01.2026"),
        ("2026-01-01", "2026-13-01"),
        ("period: 2025}", "period: 2023/2024}"),
        ("period: 2025}", "period: 2023/24}"),
        ("period: 2025}", "period: 2025-Q3}"),
        ("value: 2}", "value: zwei}"),
        ("kind: change", "kind: chance"),
        ("        kind: change\n", ""),
        ("title: Hafen", "titel: Hafen"),
        ("title: Hafen\n", ""),
        ("title: Hafen", "title: 0103"),
        ("needs: [hafen-n1]", "needs: hafen-n1"),
        ("hafen-g1\n", "Hafen G1\n"),
        ("body: runde, ", ""),
        ("indicator: quote, period: 2025}", "indicator: quote}"),
        ("Der Weg ist weit.", "''"),
    ):
        assert old in PLAN
        yield f"{old!r} → {new!r}", PLAN.replace(old, new, 1)


@pytest.mark.parametrize(("slip", "text"), list(faulty()))
def test_schema_and_model_agree_on_slips(slip: str, text: str) -> None:
    found = read(text.encode(), "plans/areas/hafen.yaml").value
    assert found is not None
    sound = not isinstance(validate(AreaPlan, found, text.encode()), tuple)
    assert Draft202012Validator(schema(AreaPlan, "de")).is_valid(plain(found)) is sound, slip


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if key != ORIGIN_KEY}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | bool | None) else float(value)
