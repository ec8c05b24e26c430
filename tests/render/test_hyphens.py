"""Words where the patterns alone break wrongly, checked against the dictionary's rules by hand."""

from __future__ import annotations

import pyphen  # type: ignore[import-untyped]
import pytest

from sozplan.render import hyphens

WORDS = {
    "Gebietsstand": "Gebiets-stand",
    "Fortschreibung": "Fort-schrei-bung",
    "Fortsetzung": "Fort-set-zung",
    "Berichtsstichtag": "Berichts-stichtag",
    "Gesamtschulen": "Gesamt-schulen",
    "Stabsstelle": "Stabs-stelle",
    "Bundesagentur": "Bundes-agentur",
    "Haushaltsentwurfs": "Haus-halts-ent-wurfs",
    "Mitarbeit": "Mitarbeit",
    "Schulabschlüsse": "Schul-abschlüsse",
    "Übergangsquote": "Übergangs-quote",
    "Sozialraumgebietsplan": "Sozi-al-raum-ge-biets-plan",
    "Bezirksvertretung": "Bezirks-ver-tre-tung",
}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_breaks_between_its_parts(word: str) -> None:
    hyphens.prepare()
    assert pyphen.Pyphen(lang="de-DE", left=4, right=4).inserted(word) == WORDS[word]


SHARED = {
    "consultation": "consulta-tion",
    "responsibility": "responsibility",
    "Finanzplanung": "Finanzplanung",
    "Sprachförderung": "Sprach-för-derung",
    "Gemeinschaftsraum": "Gemeinschafts-raum",
}
"""English alone would have respons-ib-ility and Finan-zplanung."""


@pytest.mark.parametrize("word", SHARED)
def test_in_an_english_paper_a_word_breaks_where_german_allows_it_too(word: str) -> None:
    hyphens.prepare()
    assert pyphen.Pyphen(lang="en-GB", left=4, right=4).inserted(word) == SHARED[word]
