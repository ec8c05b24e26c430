"""The alphabetical index of the handbook: what has a name in the data, and where it is explained or spoken of.

A keyword leads to one place a chapter at most, so that no page stands twice behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple
from unicodedata import combining, normalize

from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.shared import Record
from sozplan.render.footnotes import spelled
from sozplan.render.markdown import sections
from sozplan.render.views.names import name_of
from sozplan.render.views.rulebook import ChapterView


class Place(NamedTuple):
    """An anchor of the manual, and what a reader without pages goes by."""

    anchor: str
    chapter: int
    is_main: bool = False
    """Here it is explained, elsewhere only spoken of."""


@dataclass(frozen=True, slots=True)
class Keyword:
    name: str
    places: tuple[Place, ...]


class Letter(NamedTuple):
    letter: str
    keywords: tuple[Keyword, ...]


class _Passage(NamedTuple):
    chapter: int
    anchor: str
    text: str


def keywords(plan: Plan, shown: Iterable[ChapterView], chapter_of: Mapping[str, int], day: date) -> tuple[Letter, ...]:
    """By letter; `chapter_of` maps ids that have a place of their own in the manual to the chapter it is in."""
    passages = tuple(_passages(shown))
    found = [*_of_records(plan, passages, chapter_of, day), *_of_words(plan, passages, chapter_of)]
    listed = sorted((each for each in found if each.places), key=lambda each: (_key(each.name), each.name))
    by_letter = groupby(listed, key=lambda each: _letter(each.name))
    return tuple(Letter(letter, _merged(tuple(each))) for letter, each in by_letter)


def _passages(shown: Iterable[ChapterView]) -> Iterator[_Passage]:
    """The running text section by section, and the rules."""
    for view in shown:
        own = f"e-{view.chapter.id}"
        for anchor, content in sections(view.text, anchor=f"t-{view.chapter.id}"):
            yield _Passage(view.number, anchor or own, content)
        yield from (_Passage(view.number, f"e-{each.rule.id}", each.rule.statement) for each in view.rules)


def _of_records(
    plan: Plan, passages: tuple[_Passage, ...], chapter_of: Mapping[str, int], day: date
) -> Iterator[Keyword]:
    records: tuple[Record, ...] = (
        *plan.actors, *plan.bodies, *plan.processes, *plan.products, *plan.roles,
        *plan.programmes, *plan.social_areas, *plan.indicators,
    )  # fmt: skip
    for record in records:
        if record.in_force(day):
            reference = re.compile(re.escape(f"[[{record.id}]]"))
            yield Keyword(_headword(record), _places(record.id, passages, chapter_of, reference))


def _of_words(plan: Plan, passages: tuple[_Passage, ...], chapter_of: Mapping[str, int]) -> Iterator[Keyword]:
    """Terms, and further words that the handbook names for it."""
    book = plan.handbook
    if book is None:
        return
    listed = [(each.term, each.id) for each in book.terms]
    for word, id in [*listed, *((word, "") for word in book.keywords)]:
        pattern = re.compile(rf"(?<![\w-]){spelled(word)}(?![\w-])")
        yield Keyword(word, _places(id, passages, chapter_of, pattern))


def _places(
    id: str, passages: tuple[_Passage, ...], chapter_of: Mapping[str, int], spoken: re.Pattern[str]
) -> tuple[Place, ...]:
    found: dict[int, Place] = {}
    if id in chapter_of:
        found[chapter_of[id]] = Place(f"e-{id}", chapter_of[id], is_main=True)
    for passage in passages:
        if passage.chapter not in found and spoken.search(passage.text):
            found[passage.chapter] = Place(passage.anchor, passage.chapter)
    return tuple(found[number] for number in sorted(found))


def _headword(record: Record) -> str:
    """An office by its whole name, with the short one that people know it by; an indicator by its short one."""
    name, short = name_of(record) or record.id, getattr(record, "short", None)
    if isinstance(record, Indicator):
        return short or name
    return f"{name} ({short})" if short and short not in name else name


def _merged(listed: tuple[Keyword, ...]) -> tuple[Keyword, ...]:
    """A word that is in the data twice stands once."""
    found: dict[str, Keyword] = {}
    for each in listed:
        same = found.get(each.name)
        places = each.places if same is None else _joined(same.places, each.places)
        found[each.name] = Keyword(each.name, places)
    return tuple(found.values())


def _joined(one: tuple[Place, ...], other: tuple[Place, ...]) -> tuple[Place, ...]:
    by_chapter = {each.chapter: each for each in sorted((*one, *other), key=lambda place: place.is_main)}
    return tuple(by_chapter[number] for number in sorted(by_chapter))


def _key(name: str) -> str:
    """As German dictionaries sort: ä as a, ß as ss, capitals no matter."""
    plain = (letter for letter in normalize("NFKD", name.casefold()) if not combining(letter))
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()


def _letter(name: str) -> str:
    first = _key(name)[:1].upper()
    return first if first.isalpha() else "0–9"
