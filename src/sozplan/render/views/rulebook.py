"""The handbook's order: chapters and rules with their numbers, and where in the manual each thing stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.handbook import Chapter, HandbookRule
from sozplan.model.plan import Plan
from sozplan.model.shared import Record
from sozplan.model.terms import Status
from sozplan.render.views.goals import trees
from sozplan.render.views.processes import sheets

PARTS = {
    "validity": text(de="Inkraftsetzung", en="Entry into force"),
    "scope": text(de="Für wen die Regeln gelten", en="Whom the rules bind"),
    "goals": text(de="Zielsystem", en="Goal system"),
    "territory": text(de="Gebietskulisse", en="Territory"),
    "organisation": text(de="Stellen und Rollen", en="Offices and roles"),
    "bodies": text(de="Gremien", en="Bodies"),
    "process-map": text(de="Prozesslandkarte", en="Process map"),
    "processes": text(de="Prozesssteckbriefe", en="Process sheets"),
    "vdmi": text(de="Zuständigkeiten (VDMI)", en="Responsibilities (VDMI)"),
    "calendar": text(de="Jahreskalender", en="Calendar"),
    "indicators": text(de="Kennzahlen", en="Indicators"),
    "disclosure": text(de="Mindestfallzahlen", en="Thresholds"),
    "reporting": text(de="Stichtage und Ampeln", en="Reporting days and lights"),
    "duties": text(de="Rechte und Pflichten", en="Rights and duties"),
    "cooperation": text(de="Zusammenarbeit je Gebiet und Ziel", en="Cooperation by area and goal"),
    "rules": text(de="Wer welche Regeln beachtet", en="Who keeps which rules"),
    "funding": text(de="Förderprogramme und Anträge", en="Funding programmes and applications"),
    "forms": text(de="Formulare und Vorlagen", en="Forms and templates"),
    "terms": text(de="Begriffe", en="Terms"),
    "final": text(de="Geltung und Überprüfung", en="Validity and review"),
    "changes": text(de="Änderungsverzeichnis", en="Changes"),
    "charters": text(de="Geschäftsordnungen im Überblick", en="Charters at a glance"),
    "legal": text(de="Rechtsquellen", en="Legal sources"),
    "index": text(de="Stichwortverzeichnis", en="Index"),
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


def chapters(plan: Plan, day: date) -> tuple[ChapterView, ...]:
    """With the rules that hold on the day or are still to come; what ended or was replaced is no rule any more."""
    over = _over(plan, day)
    binding = [rule for rule in plan.handbook_rules if rule.id not in over]
    return tuple(_chapter(plan, number, chapter, binding) for number, chapter in enumerate(plan.chapters, 1))


def _over(plan: Plan, day: date) -> frozenset[str]:
    rules = plan.handbook_rules
    ended = {r.id for r in rules if r.status is Status.ENDED or (r.valid_to is not None and r.valid_to < day)}
    return frozenset(ended | {r.supersedes for r in rules if r.supersedes and _holds(plan, r, day)})


def _holds(plan: Plan, rule: HandbookRule, day: date) -> bool:
    """Whether it has taken the place of what it replaces; in a manual that is itself a draft it has."""
    status, book = rule.status or plan.status(rule.origin.file), plan.handbook
    is_drafted = status in _DRAFTED and (book is None or book.status not in _DRAFTED)
    return not is_drafted and (rule.effective is None or rule.effective <= day)


_DRAFTED = (Status.DRAFT, Status.PROPOSAL)


def _chapter(plan: Plan, number: int, chapter: Chapter, binding: Sequence[HandbookRule]) -> ChapterView:
    own = [rule for rule in binding if rule.chapter == chapter.id]
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


def anchors(plan: Plan, shown: tuple[ChapterView, ...]) -> Mapping[str, int]:
    """The ids that have a place of their own in the manual, with its chapter: a link may lead there."""
    found: dict[str, int] = {}
    for view in shown:
        own = (view.chapter.id, *(each.rule.id for each in view.rules))
        for id in (*own, *(id for part in view.chapter.parts for id in sorted(_printed(plan, part)))):
            found.setdefault(id, view.number)
    return found


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
