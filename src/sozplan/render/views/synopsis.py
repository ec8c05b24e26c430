"""Two states of the handbook beside each other: what is new, otherwise or dropped, entry by entry and line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.handbook import ChangeEntry, Handbook
from sozplan.model.organisation import RoleAssignment
from sozplan.model.plan import Plan
from sozplan.model.processes import Process, Step
from sozplan.model.shared import Record
from sozplan.model.terms import Term
from sozplan.render.markdown import Named, passages
from sozplan.render.views import rulebook
from sozplan.render.views.names import Names, name_of
from sozplan.render.views.written import Written


class Fate(Term):
    """What became of an entry."""

    NEW = "new", "neu", "new"
    CHANGED = "changed", "geändert", "changed"
    DROPPED = "dropped", "entfällt", "dropped"


class Line(NamedTuple):
    """What one label says in either state; empty where it says nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that isn't what it was; `former` is what it was called."""

    fate: Fate
    name: str
    former: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All entries of a kind; those that stayed as they were are only counted."""

    key: str
    title: Text
    rows: tuple[Row, ...]
    same: int

    def count(self, fate: str) -> int:
        return sum(row.fate.value == fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class Synopsis:
    sections: tuple[Section, ...]
    entries: tuple[ChangeEntry, ...]
    """What the register of changes says of the versions in between."""

    @property
    def is_empty(self) -> bool:
        return not any(section.rows for section in self.sections)


class Item(NamedTuple):
    """An entry of one state: `head` is always shown, `more` only as far as it is otherwise."""

    name: str
    head: Mapping[str, str]
    more: Mapping[str, str]
    replaces: str | None = None


Items = Mapping[str, Item]


def synopsis(old: Side, new: Side) -> Synopsis:
    """Both states in the same language, each in its own names."""
    before, after = old.book.changes, new.book.changes
    known = {entry.version for entry in before}
    made = (_section(key, title, of(old), of(new)) for key, title, of in _KINDS)
    chapters = _chapters(old, new)
    rules, *others = made
    shown = (rules, chapters, *others)
    return Synopsis(
        tuple(each for each in shown if each.rows or each.same),
        tuple(entry for entry in after if entry.version not in known),
    )


class Side:
    """A state of the handbook, seen on a day."""

    def __init__(self, plan: Plan, book: Handbook, day: date, lang: Lang) -> None:
        self.plan, self.book, self.day, self.lang = plan, book, day, lang
        self.chapters = rulebook.chapters(plan, day)
        self.names = Names(plan, rulebook.numbers(self.chapters, lang))
        self.written = Written(self.names, lang)

    def resolve(self, id: str) -> Named | None:
        return Named(self.names.full(id)) if self.names.knows(id) else None

    def say(self, words: Text) -> str:
        return words.say(self.lang)


def day_of(plan: Plan, as_of: date) -> date:
    """When all that a handbook says holds: a synopsis is written before the new version comes into force."""
    book = plan.handbook
    days = [rule.effective for rule in plan.handbook_rules if rule.effective]
    return max([as_of, *days, *([book.effective] if book and book.effective else [])])


# What there is to compare


def _rules(side: Side) -> Items:
    place = side.say(text(de="Kapitel", en="Chapter"))
    return {
        each.rule.id: Item(
            side.names.short(each.rule.id),
            {"": f"{each.rule.force.label.say(side.lang)}: {each.rule.statement}"},
            {place: view.chapter.title} | side.written.lines(each.rule),
            each.rule.supersedes,
        )
        for view in side.chapters
        for each in view.rules
    }


def _terms(side: Side) -> Items:
    label = side.say(text(de="Bedeutung", en="Meaning"))
    return {each.id: Item(each.term, {label: each.definition}, {}) for each in side.book.terms}


def _records(side: Side, records: Iterable[Record]) -> Items:
    present = (each for each in records if each.in_force(side.day))
    return {each.id: Item(name_of(each) or each.id, {}, side.written.lines(each)) for each in present}


def _offices(side: Side) -> Items:
    return _records(side, (*side.plan.actors, *side.plan.roles, *side.plan.contracts))


def _bodies(side: Side) -> Items:
    return _records(side, side.plan.bodies)


def _duties(side: Side) -> Items:
    return _records(side, side.plan.duties)


def _processes(side: Side) -> Items:
    present = [each for each in side.plan.processes if each.in_force(side.day)]
    return {each.id: Item(each.name, {}, side.written.lines(each) | _steps(side, each)) for each in present}


def _steps(side: Side, process: Process) -> dict[str, str]:
    """A step a line, under its name; two of one name are told apart by what the file calls them."""
    quoted = side.written.quoted
    named = {each.step: each.name for each in process.steps}
    found: dict[str, str] = {}
    for each in process.steps:
        label = f"{side.say(text(de='Schritt', en='Step'))} {quoted(each.name)}"
        found[f"{label} ({each.step})" if label in found else label] = _step(side, each, named)
    return found


def _step(side: Side, step: Step, named: Mapping[str, str]) -> str:
    said = [f"{label}: {words}" for label, words in side.written.lines(step).items()]
    ways = [(None, to) for to in step.next] + [(way.label, way.to) for way in step.exits]
    onward = "; ".join(f"{label + ': ' if label else ''}{side.written.quoted(named.get(to, to))}" for label, to in ways)
    last = side.say(text(de="Ende", en="end"))
    return "; ".join([*said, f"{side.say(text(de='weiter', en='next'))}: {onward or last}"])


def _products(side: Side) -> Items:
    assignments = side.plan.all(RoleAssignment)
    found: dict[str, Item] = {}
    for product in side.plan.products:
        parts: dict[str, list[str]] = {}
        for each in assignments:
            if each.subject == product.id:
                parts.setdefault(each.part.label.say(side.lang), []).append(side.names.short(each.holder))
        found[product.id] = Item(product.name, {}, {part: ", ".join(parts[part]) for part in sorted(parts, key=_rank)})
    return found


def _rank(part: str) -> int:
    return "VDMI".find(part[:1])


def _lists(side: Side) -> Items:
    """Forms and legal sources have no ids: each is told by its words."""
    form, law = side.say(text(de="Formular", en="Form")), side.say(text(de="Rechtsquelle", en="Legal source"))
    listed = [*((form, each) for each in side.book.forms), *((law, each) for each in side.book.legal)]
    return {f"{kind} {words}": Item(kind, {kind: words}, {}) for kind, words in listed}


_KINDS: Sequence[tuple[str, Text, Callable[[Side], Items]]] = (
    ("rules", text(de="Verbindliche Regeln", en="Binding rules"), _rules),
    ("bodies", text(de="Gremien", en="Bodies"), _bodies),
    ("processes", text(de="Prozesse", en="Processes"), _processes),
    ("products", text(de="Zuständigkeiten (VDMI)", en="Responsibilities (VDMI)"), _products),
    ("duties", text(de="Rechte und Pflichten", en="Rights and duties"), _duties),
    ("offices", text(de="Stellen, Rollen und Verträge", en="Offices, roles and contracts"), _offices),
    ("terms", text(de="Begriffe", en="Terms"), _terms),
    ("lists", text(de="Formulare und Rechtsquellen", en="Forms and legal sources"), _lists),
)


# How they are compared


def _section(key: str, title: Text, old: Items, new: Items) -> Section:
    rows = tuple(_rows(old, new))
    return Section(key, title, rows, len(new) - sum(row.fate is not Fate.DROPPED for row in rows))


def _rows(old: Items, new: Items) -> Iterator[Row]:
    """In the order of the new state; what was dropped stands before what followed it."""
    position = {id: n for n, id in enumerate(old)}
    taken = {item.replaces for id, item in new.items() if id not in old and item.replaces not in new}
    waiting = [id for id in old if id not in new and id not in taken]
    for id, item in new.items():
        former = id if id in old else item.replaces if item.replaces in taken else None
        if former is None or former not in old:
            yield Row(Fate.NEW, item.name, None, tuple(_lines(None, item)))
            continue
        while waiting and position[waiting[0]] < position[former]:
            yield _dropped(old[waiting.pop(0)])
        lines = tuple(_lines(old[former], item))
        if former != id or any(line.old != line.new for line in lines):
            yield Row(Fate.CHANGED, item.name, old[former].name, lines)
    yield from (_dropped(old[id]) for id in waiting)


def _dropped(item: Item) -> Row:
    return Row(Fate.DROPPED, item.name, item.name, tuple(_lines(item, None)))


def _lines(old: Item | None, new: Item | None) -> Iterator[Line]:
    before, after = (old.head if old else {}), (new.head if new else {})
    for label in dict.fromkeys((*after, *before)):
        yield Line(label, before.get(label, ""), after.get(label, ""))
    more, now = (old.more if old else {}), (new.more if new else {})
    for label in dict.fromkeys((*now, *more)):
        line = Line(label, more.get(label, ""), now.get(label, ""))
        if line.old != line.new:
            yield line


# The running text


def _chapters(old: Side, new: Side) -> Section:
    before = {view.chapter.id: view for view in old.chapters if view.text.strip()}
    after = {view.chapter.id: view for view in new.chapters if view.text.strip()}
    rows: list[Row] = []
    for id in dict.fromkeys((*after, *before)):
        one, other = before.get(id), after.get(id)
        was = _read(one, old) if one else ()
        now = _read(other, new) if other else ()
        lines = tuple(_changed_passages(was, now))
        if lines:
            fate = Fate.NEW if one is None else Fate.DROPPED if other is None else Fate.CHANGED
            rows.append(Row(fate, (other or before[id]).chapter.title, one.chapter.title if one else None, lines))
    title = text(de="Erläuternde Texte", en="Explanatory texts")
    return Section("chapters", title, tuple(rows), len(after) - sum(row.fate is not Fate.DROPPED for row in rows))


class _Piece(NamedTuple):
    """A passage; `typed` is what the file says: a rule that only got another number is still the same."""

    typed: str
    text: str
    is_heading: bool


def _read(view: rulebook.ChapterView, side: Side) -> tuple[_Piece, ...]:
    typed, said = passages(view.text), passages(view.text, resolve=side.resolve)
    return tuple(_Piece(one.text, other.text, other.is_heading) for one, other in zip(typed, said, strict=True))


_LARGEST = 4_000_000
"""Beyond so many pairs of paragraphs each is laid beside the one at its place."""


def _changed_passages(old: Sequence[_Piece], new: Sequence[_Piece]) -> Iterator[Line]:
    """Labelled with the heading above them."""
    for i, j, m, n in _differing([each.typed for each in old], [each.typed for each in new]):
        above = {id(each): _heading(new, m + at) for at, each in enumerate(new[m:n])}
        above |= {id(each): _heading(old, i + at) for at, each in enumerate(old[i:j])}
        for was, now in _paired(old[i:j], new[m:n]):
            one = now or was
            label = above[id(one)] if one is not None and not one.is_heading else ""
            yield Line(label, was.text if was else "", now.text if now else "")


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    if len(old) * len(new) > _LARGEST:
        yield 0, len(old), 0, len(new)
        return
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, m, n


def _paired(gone: Sequence[_Piece], come: Sequence[_Piece]) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """In their order; where one side has more, each goes to the one it resembles most."""
    rest = list(gone)
    for now in come:
        best = max(rest, key=lambda was: _likeness(was, now), default=None)
        if best is None or _likeness(best, now) < _ALIKE:
            yield None, now
            continue
        while rest[0] is not best:
            yield rest.pop(0), None
        yield rest.pop(0), now
    yield from ((was, None) for was in rest)


_ALIKE = 0.3


def _likeness(one: _Piece, other: _Piece) -> float:
    if one.is_heading is not other.is_heading:
        return 0.0
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def _heading(of: Sequence[_Piece], index: int) -> str:
    return next((each.text for each in reversed(of[: index + 1]) if each.is_heading), "")
