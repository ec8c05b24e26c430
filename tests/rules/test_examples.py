"""Every rule's page is true: its bad example is found at the marked line, its good one passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.diagnostics import Diagnostic, Severity
from sozplan.rules import RULES
from sozplan.rules.rule import Rule, run
from tests.rules.harness import Mark, base, case_of, overlay, unmark, write

each_rule = pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)


def read_and_check(root: Path, excerpt: str) -> tuple[list[Diagnostic], list[Mark]]:
    files, marks = unmark(overlay(base(), excerpt))
    case, unread = case_of(write(root, files))
    return [*unread, *run(case, RULES)], marks


def errors_besides(found: list[Diagnostic], id: str) -> list[str]:
    return [f"{d.at}: {d.code.id} {d.say('de')}" for d in found if d.severity is Severity.ERROR and d.code.id != id]


def test_the_base_example_has_no_findings(tmp_path: Path) -> None:
    case, unread = case_of(write(tmp_path, base()))
    assert [f"{d.at}: {d.code.id} {d.say('de')}" for d in (*unread, *run(case, RULES))] == []


@each_rule
def test_bad_is_found_where_it_is_marked(each: Rule, tmp_path: Path) -> None:
    found, marks = read_and_check(tmp_path, each.code.bad)
    assert marks, "the bad example marks no line"
    own = sorted({Mark(d.code.id, d.at.file, d.at.line) for d in found if d.code.id == each.id})
    assert own == sorted(marks)
    assert all(d.severity is each.code.severity for d in found if d.code.id == each.id)
    assert errors_besides(found, each.id) == []


@each_rule
def test_good_passes(each: Rule, tmp_path: Path) -> None:
    found, marks = read_and_check(tmp_path, each.code.good)
    assert marks == [], "a good example marks no line"
    assert [d.say("de") for d in found if d.code.id == each.id] == []
    assert errors_besides(found, each.id) == []


@each_rule
def test_the_finding_names_an_entity(each: Rule, tmp_path: Path) -> None:
    found, _ = read_and_check(tmp_path, each.code.bad)
    assert all(d.entity for d in found if d.code.id == each.id)


@each_rule
def test_the_page_is_whole_in_both_languages(each: Rule) -> None:
    code = each.code
    for page in (code.title, code.why):
        assert page.de.strip()
        assert page.en.strip()
        assert page.de != page.en
    assert code.bad != code.good


@each_rule
def test_the_message_reads_as_sentences(each: Rule, tmp_path: Path) -> None:
    found, _ = read_and_check(tmp_path, each.code.bad)
    for d in found:
        if d.code.id == each.id:
            for sentence in (d.say("de"), d.say("en")):
                assert sentence[-1] in ".?“”"
                assert "  " not in sentence
                assert "\n" not in sentence
