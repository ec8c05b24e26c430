"""Ids as a planner would have chosen them."""

from __future__ import annotations

import pytest

from sozplan.repo.edit.proposals import after_number, free, proposed, slug


@pytest.mark.parametrize(
    ("words", "siblings", "taken", "above", "id"),
    [
        ("Neu", ["hafen-m1", "hafen-m2"], {"hafen-m1", "hafen-m2"}, "hafen-m", "hafen-m3"),
        ("Neu", ["hafen-m1", "hafen-m9"], {"hafen-m9", "hafen-m10"}, "hafen-m", "hafen-m11"),
        ("Neu", ["a-m7", "b-m1", "b-m2"], set(), "", "b-m3"),
        ("Neu", [], set(), "hafen-n", "hafen-n1"),
        ("Neu", [], {"hafen-n1"}, "hafen-n", "hafen-n2"),
        ("Runder Tisch für Ältere", ["rat", "beirat"], {"rat"}, "", "runder-tisch-fuer-aeltere"),
        ("Rat", ["rat", "beirat"], {"rat", "rat-2"}, "", "rat-3"),
    ],
)
def test_proposed(words: str, siblings: list[str], taken: set[str], above: str, id: str) -> None:
    assert proposed(words, siblings, taken, above) == id


def test_numbered_papers() -> None:
    known = [("b-2025-041", "2025/041"), ("b-2025-063", "2025/063"), ("v-2026-03", "03/2026")]
    assert after_number("2026/155", known, set(), "x-") == "b-2026-155"
    assert after_number("2026/155", known, {"b-2026-155"}, "x-") == "b-2026-155-2"
    assert after_number("2026/155", [], set(), "x-") == "x-2026-155"


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("Übergang Schule–Beruf", "uebergang-schule-beruf"),
        ("3 Räume", "raeume"),
        ("Ein sehr langer Titel, der nicht als Kennung taugt", "ein-sehr-langer-titel-der-nicht"),
        ("???", "neu"),
    ],
)
def test_slug(words: str, id: str) -> None:
    assert slug(words) == id


def test_free_stays_short_enough() -> None:
    assert free("a" * 64, {"a" * 64}) == "a" * 60 + "-2"
