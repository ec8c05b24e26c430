"""`rules`, `explain`, and which findings `check` is asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sozplan.cli.app import run
from sozplan.cli.catalogue import CATALOGUE
from sozplan.diagnostics import Location, diagnostic
from sozplan.repo import CODES
from sozplan.repo.codes.file import NOT_READ, UNREADABLE
from sozplan.rules import RULES, Checked
from tests.rules.harness import base, overlay, unmark, write

Capture = pytest.CaptureFixture[str]

BOTH_FAULTS = """\
# plans/areas/hafen.yaml
needs:
  - {id: hafen-n1, statement: Die einzige Familie im Block findet keinen Platz.}
measures:
  - {id: hafen-m1, title: Lotsen, goals: [], commitment: intended, budget_reservation: false, responsible: amt-51}
"""


def faulty(tmp_path: Path) -> list[str]:
    """A planning with an error of one group and a warning of another; the options that name it."""
    files, _ = unmark(overlay(base(), BOTH_FAULTS))
    return ["-C", str(write(tmp_path, files)), "--as-of", "2026-10-01"]


def found(out: str) -> list[str]:
    return [d["rule"] for d in json.loads(out)["diagnostics"]]


def test_every_name_stands_for_one_thing() -> None:
    names = [code.id for code in CATALOGUE]
    assert len(set(names)) == len(names)
    assert set(names) >= {code.id for code in CODES} | {rule.id for rule in RULES}


def test_rules_as_json_hold_all_that_a_page_says(capsys: Capture) -> None:
    assert run(["rules", "--format", "json", "--lang", "de"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["rule"] for each in listed] == [code.id for code in CATALOGUE]
    for each, code in zip(listed, CATALOGUE, strict=True):
        assert each == {
            "rule": code.id,
            "group": code.id.split(".")[0],
            "severity": code.severity.value,
            "title": code.title.de,
            "why": code.why.de,
            "bad": code.bad,
            "good": code.good,
        }


def test_rules_in_english_outside_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("files and folders\n  file.not-utf8")
    assert re.search(r"^disclosure\n  sdc\.min-cell +error +No count lies between zero and", out, re.MULTILINE)
    assert sum(line.startswith("  ") for line in out.splitlines()) == len(CATALOGUE)


def test_rules_as_markdown_are_the_pages(capsys: Capture) -> None:
    assert run(["rules", "--format", "markdown", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n`{code.id}` · Severity: {code.severity.value}" in out for code in CATALOGUE)


def test_explain_prints_the_page(capsys: Capture) -> None:
    assert run(["explain", "hb.addressee-missing", "--lang", "de"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "# Jede Muss-Regel nennt ihre Adressaten\n\n"
        "`hb.addressee-missing` · Schwere: Fehler (im Entwurf nur Warnung) · Gruppe: Handbuch\n\n"
    )
    assert "## So nicht\n\n```yaml\n# handbook/rules/berichte.yaml\n" in out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "de",
            "sozplan: Die Regel „sdc.mincell“ gibt es nicht. Meinten Sie „sdc.min-cell“? „sozplan rules“ nennt alle.\n",
        ),
        ("en", "sozplan: There is no rule “sdc.mincell”. Did you mean “sdc.min-cell”? “sozplan rules” lists all.\n"),
    ],
)
def test_an_unknown_rule_is_a_usage_error(lang: str, said: str, capsys: Capture) -> None:
    assert run(["explain", "sdc.mincell", "--lang", lang]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", said)


@pytest.mark.parametrize(
    ("options", "rules", "code"),
    [
        (["--select", "sdc,ref.measure-goal"], ["sdc.freetext", "ref.measure-goal"], 1),
        (["--select", "sdc"], ["sdc.freetext"], 0),
        (["--select", "sdc", "--select", "ref.measure-goal"], ["sdc.freetext", "ref.measure-goal"], 1),
        (["--select", "sdc, ref.measure-goal", "--ignore", "sdc.freetext"], ["ref.measure-goal"], 1),
        (["--select", "sdc", "--ignore", "sdc"], [], 0),
        (["--select", "yaml"], [], 0),
    ],
)
def test_check_says_what_it_is_asked_for(
    options: list[str], rules: list[str], code: int, tmp_path: Path, capsys: Capture
) -> None:
    assert run(["check", *faulty(tmp_path), "--format", "json", *options]) == code
    assert found(capsys.readouterr().out) == rules


def test_what_is_ignored_is_all_that_goes(tmp_path: Path, capsys: Capture) -> None:
    run(["check", *faulty(tmp_path), "--format", "json"])
    every = found(capsys.readouterr().out)
    run(["check", *faulty(tmp_path), "--format", "json", "--ignore", "sdc"])
    assert found(capsys.readouterr().out) == [id for id in every if not id.startswith("sdc.")]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_check_refuses_a_name_that_nothing_has(option: str, tmp_path: Path, capsys: Capture) -> None:
    assert run(["check", *faulty(tmp_path), option, "refs"]) == 2
    assert capsys.readouterr().err == (
        "sozplan: Die Regel „refs“ gibt es nicht. Meinten Sie „ref“? „sozplan rules“ nennt alle.\n"
    )


def test_an_unread_file_is_never_passed_over() -> None:
    unread = diagnostic(UNREADABLE, Location("plans/calendar.yaml"), reason="–")
    muted = diagnostic(NOT_READ, Location("plans/notes.txt"), name="notes.txt", reason="–")
    assert Checked((unread, muted), (muted,)).only(frozenset({"hb.conflict"})) == Checked((unread,), ())
