"""The handbook's order: chapters and rules with their numbers, and where in the manual each thing stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.handbook import Chapter, HandbookRule
from sozplan.model.plan import Plan
from sozplan.model.shared import Record
from sozplan.render.views.goals import trees
from sozplan.render.views.processes import sheets

PARTS = {
    "goals": text(de="Zielsystem", en="Goal system"),
    "territory": text(de="Gebietskulisse", en="Territory"),
    "organisation": text(de="Stellen und Rollen", en="Offices and roles"),
    "bodies": text(de="Gremien", en="Bodies"),
    "process-map": text(de="Prozesslandkarte", en="Process map"),
    "processes": text(de="Prozesssteckbriefe", en="Process sheets"),
    "vdmi": text(de="Zuständigkeiten (VDMI)", en="Responsibilities (VDMI)"),
    "calendar": text(de="Jahreskalender", en="Calendar"),
    "indicators": text(de="Kennzahlen", en="Indicators"),
    "duties": text(de="Rechte und Pflichten", en="Rights and duties"),
    "cooperation": text(de="Zusammenarbeit je Gebiet und Ziel", en="Cooperation by area and goal"),
    "rules": text(de="Verzeichnis der Regeln", en="Register of rules"),
    "funding": text(de="Förderprogramme und Anträge", en="Funding programmes and applications"),
    "forms": text(de="Formulare und Vorlagen", en="Forms and templates"),
    "terms": text(de="Begriffe", en="Terms"),
    "changes": text(de="Änderungsverzeichnis", en="Changes"),
    "legal": text(de="Rechtsquellen", en="Legal sources"),
}


@dataclass(frozen=True, slots=True)
class NumberedRule:
    number: str
    rule: HandbookRule


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter with its text (Markdown, without a heading that repeats the title) and its rules."""

    number: int
    chapter: Chapter
    text: str
    rules: tuple[NumberedRule, ...]

    @property
    def headed(self) -> bool:
        """A generated part that is all of its chapter needs no heading of its own."""
        return bool(self.text.strip() or self.rules) or len(self.chapter.parts) > 1

    @property
    def depth(self) -> int:
        """The level of headings within a generated part."""
        return 4 if self.headed else 3


def chapters(plan: Plan) -> tuple[ChapterView, ...]:
    return tuple(_chapter(plan, number, chapter) for number, chapter in enumerate(plan.chapters, 1))


def _chapter(plan: Plan, number: int, chapter: Chapter) -> ChapterView:
    own = [rule for rule in plan.handbook_rules if rule.chapter == chapter.id]
    rules = tuple(NumberedRule(f"{number}.{i}", rule) for i, rule in enumerate(own, 1))
    return ChapterView(number, chapter, _untitled(plan.texts.get(chapter.file or "", ""), chapter.title), rules)


def _untitled(source: str, title: str) -> str:
    first, _, rest = source.lstrip().partition("\n")
    return rest if first.startswith("# ") and first[2:].strip() == title else source


def numbers(shown: tuple[ChapterView, ...], lang: Lang) -> Mapping[str, str]:
    """What the manual calls its own chapters and rules."""
    words = {"chapter": text(de="Kapitel", en="chapter").say(lang), "rule": text(de="Regel", en="rule").say(lang)}
    named = {view.chapter.id: f"{words['chapter']} {view.number} ({view.chapter.title})" for view in shown}
    return named | {r.rule.id: f"{words['rule']} {r.number}" for view in shown for r in view.rules}


def anchors(plan: Plan, shown: tuple[ChapterView, ...]) -> frozenset[str]:
    """The ids that have a place of their own in the manual: a link may lead there."""
    parts = {part for view in shown for part in view.chapter.parts}
    own = {view.chapter.id for view in shown} | {r.rule.id for view in shown for r in view.rules}
    return frozenset(own.union(*(_printed(plan, part) for part in parts)))


def _printed(plan: Plan, part: str) -> frozenset[str]:
    """The entities that a generated part gives a heading or a row of their own."""
    if part == "goals":
        return frozenset(goal.id for tree in trees(plan) for goal in (tree.guiding, *(row.goal for row in tree.rows)))
    handbook = plan.handbook
    found: dict[str, tuple[Record, ...]] = {
        "territory": plan.social_areas,
        "organisation": plan.actors + plan.roles + plan.contracts,
        "bodies": plan.bodies,
        "processes": plan.processes,
        "vdmi": plan.products,
        "indicators": plan.indicators,
        "duties": plan.duties,
        "funding": plan.programmes + plan.applications,
        "terms": handbook.terms if handbook else (),
    }
    return frozenset(record.id for record in found.get(part, ()))


def listed(plan: Plan, part: str) -> tuple[Record, ...]:
    """Those of a part's entities that the table of contents names too."""
    if part == "processes":
        return tuple(sheet.process for sheet in sheets(plan))
    return plan.bodies if part == "bodies" else ()


def part_title(part: str) -> Text:
    return PARTS[part]
