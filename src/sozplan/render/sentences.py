"""A change between two states of a plan as a sentence in the reader's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

from sozplan.analysis.changes import Change, Verb, sheet_of
from sozplan.analysis.fields import ABOUT, Listed, Shift
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Entity, id_of, money_fields, note, reference_fields
from sozplan.model.handbook import HandbookRule
from sozplan.model.measures import OWN, THIRD_PARTY
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.targets import Gap, TargetFields
from sozplan.model.terms import Status, Term
from sozplan.render import numbers
from sozplan.render.views.names import Names, name_of
from sozplan.rules.words import KINDS

_LONG = 160
_AROUND = 5
"""Words that stay on either side of what differs in a long text."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BRIEF = 80


class Sentences:
    """Words for the changes between two plans, in one language; names are those of the state they speak of."""

    def __init__(self, old: Plan, new: Plan, lang: Lang) -> None:
        self._old, self._new = Names(old), Names(new)
        self._plans = (old, new)
        self._lang = lang

    def subject(self, change: Change) -> str:
        """What it is about: „Maßnahme „Kita-Lotsen“ (hafen-m1)“; a file without an id by what it holds."""
        return self.named(change.entity, self._new if change.new is not None else self._old)

    def named(self, entity: Entity, names: Names) -> str:
        kind = KINDS.get(type(entity).__name__)
        name, id = self._name(entity, names), id_of(entity)
        if kind is None or id is None:
            return root_title(entity).say(self._lang)
        word = kind.say(self._lang)
        word = word[:1].upper() + word[1:]
        if name and name.startswith(word):
            return f"{self._quoted(_brief(name))} ({id})"
        return f"{word} {self._quoted(_brief(name))} ({id})" if name else f"{word} {id}"

    def _name(self, entity: Entity, names: Names) -> str | None:
        """Targets are known by what they measure."""
        own = name_of(entity)
        indicator = getattr(entity, "indicator", None)
        if isinstance(entity, TargetFields) and indicator is not None:
            return names.short(indicator)
        return getattr(entity, "title", None) or own

    def sentence(self, change: Change) -> str:
        """The whole of it on one line."""
        if change.verb is Verb.CHANGED:
            return f"{self.subject(change)}: {self.predicate(change)}"
        return f"{self._came_or_went(change)}: {self.subject(change)}{self._details(change)}"

    def _came_or_went(self, change: Change) -> str:
        if change.verb is Verb.REMOVED:
            return text(de="Gestrichen", en="Dropped").say(self._lang)
        if _binds(change.new):
            return text(de="Neu und verbindlich", en="New and binding").say(self._lang)
        return text(de="Neu", en="New").say(self._lang)

    def _details(self, change: Change) -> str:
        said = []
        if isinstance(change.entity, Resolution):
            said.append(self.decided(change.entity))
        if change.also:
            counted = ", ".join(_tallied(change.also, self._lang))
            said.append(text(de=f"mit {counted}", en=f"with {counted}").say(self._lang))
        return "".join(f", {each}" for each in said)

    def decided(self, resolution: Resolution) -> str:
        """Who decided when, and how: „Rat, 11.12.2025, angenommen“."""
        day = numbers.day(resolution.date, self._lang)
        return f"{self._new.short(resolution.body)}, {day}, {resolution.outcome.label.say(self._lang)}"

    def predicate(self, change: Change) -> str:
        """What is otherwise about it."""
        shift = change.shift
        if shift is None:
            return self._came_or_went(change)
        if isinstance(change.entity, HandbookRule) and shift.field == "status" and (said := _binding(shift)):
            return said.say(self._lang)
        if isinstance(shift.old, Listed) or isinstance(shift.new, Listed):
            return self._list(shift)
        if isinstance(shift.old, Entity) or isinstance(shift.new, Entity):
            return self._part(shift)
        return self._value(change, shift)

    def _list(self, shift: Shift) -> str:
        new, old = shift.new, shift.old
        label = self.label(shift)
        if isinstance(new, Listed) and new.reordered:
            return text(de=f"{label}: Reihenfolge geändert", en=f"{label}: order changed").say(self._lang)
        said = []
        for listed, names, word in (
            (new, self._new, text(de="neu", en="new")),
            (old, self._old, text(de="entfällt", en="dropped")),
        ):
            if isinstance(listed, Listed) and listed.items:
                items = ", ".join(self._said(shift, item, names) for item in listed.items)
                said.append(f"{word.say(self._lang)} {items}")
        return f"{label}: {'; '.join(said)}"

    def _part(self, shift: Shift) -> str:
        """A part that came or went, with all it says."""
        if isinstance(shift.new, Entity):
            said = self.described(shift.new, self._new, _known(shift, shift.new))
            return f"{self.label(shift)} {text(de='neu', en='new').say(self._lang)}: {said}"
        said = self._gone(shift)
        return f"{self.label(shift)} {text(de='entfällt', en='dropped').say(self._lang)}: {said}"

    def _gone(self, shift: Shift) -> str:
        return self.described(shift.old, self._old, _known(shift, shift.old)) if isinstance(shift.old, Entity) else ""

    def described(self, part: Entity, names: Names, known: Sequence[str] = ()) -> str:
        """All that a part says which isn't the default and not yet `known`, label by label."""
        cls, said = type(part), []
        for field, value in part.__dict__.items():
            told = cls.model_fields[field]
            if field == "origin" or field in known or value in (None, (), {}) or value == told.default:
                continue
            label = found.label.say(self._lang) if (found := note(told)) else field
            said.append(
                f"{label} {self._any(value, names, field in reference_fields(cls), field in money_fields(cls))}"
            )
        return ", ".join(said)

    def _value(self, change: Change, shift: Shift) -> str:
        label = self.label(shift)
        old, new = (self._of_side(change, shift, side) for side in (0, 1))
        if shift.old is None:
            return text(de=f"{label} neu: {new}", en=f"{label} new: {new}").say(self._lang)
        if shift.new is None:
            return text(de=f"{label} entfällt (bisher {old})", en=f"{label} dropped (was {old})").say(self._lang)
        if shift.within == "":
            return text(de=f"gehört jetzt zu {new} statt zu {old}", en=f"now belongs to {new}, not {old}").say(
                self._lang
            )
        if shift.refers:
            return text(de=f"{label} wechselt von {old} zu {new}", en=f"{label} moves from {old} to {new}").say(
                self._lang
            )
        if _is_wording(shift.old) and _is_wording(shift.new) and not _is_kind_of_target(change, shift):
            return self._reworded(label, str(shift.old), str(shift.new))
        if _is_number(shift.old) and _is_number(shift.new):
            return self._counted(label, shift, old, new)
        return text(de=f"{label} von {old} auf {new} geändert", en=f"{label} changed from {old} to {new}").say(
            self._lang
        )

    def _counted(self, label: str, shift: Shift, old: str, new: str) -> str:
        difference = Decimal(shift.new) - Decimal(shift.old)  # type: ignore[arg-type]
        if shift.money:
            return f"{label} {numbers.money(difference, self._lang, signed=True)} ({old} → {new})"
        verb = text(de="angehoben", en="raised") if difference > 0 else text(de="gesenkt", en="lowered")
        return text(de=f"{label} von {old} auf {new} {verb.de}", en=f"{label} {verb.en} from {old} to {new}").say(
            self._lang
        )

    def _reworded(self, label: str, old: str, new: str) -> str:
        before, after = (self._quoted(part) for part in differing(old, new))
        return text(
            de=f"{label} neu gefasst: bisher {before}, jetzt {after}",
            en=f"{label} reworded: was {before}, now {after}",
        ).say(self._lang)

    def label(self, shift: Shift) -> str:
        """The keys' labels from the entry to the field; of a value at a period, what the value is for."""
        labels = shift.labels
        if shift.within == "BudgetLine" and shift.field == "planned":
            labels = (_PLANNED, *labels[1:-1])
            return " ".join(self._word(each) for each in labels)
        if shift.within == "Point" and shift.field == "value":
            labels = labels[:-1]
        head, *rest = (self._word(each) for each in labels)
        for word, each in zip(rest, labels[1:], strict=True):
            head += f" {word}" if isinstance(each, str) else f", {word}"
        return head

    def _word(self, label: Text | str) -> str:
        return self._item(label) if isinstance(label, str) else label.say(self._lang)

    def _item(self, about: str) -> str:
        """What an item of a list is about: ids by name, texts in short."""
        if about in _SOURCES:
            return _SOURCES[about].say(self._lang)
        return _brief(" ".join(self._new.short(word) for word in about.split(" ")))

    def _of_side(self, change: Change, shift: Shift, side: int) -> str:
        value = (shift.old, shift.new)[side]
        if isinstance(value, str) and _is_kind_of_target(change, shift):
            return TARGET_KINDS[value].say(self._lang)
        said = self._said(shift, value, (self._old, self._new)[side])
        if not _is_number(value) or (shift.within, shift.field) not in _IN_UNITS:
            return said
        sheet = sheet_of(self._plans[side], (change.old, change.new)[side] or change.entity)
        if sheet is None:
            return said
        exact = Decimal(str(value))
        places = max(sheet.decimals, -int(exact.normalize().as_tuple().exponent))
        if sheet.unit == "%" and isinstance(change.entity, Gap):
            return f"{numbers.number(exact, self._lang, places=places)}{numbers.NBSP}{_POINTS.say(self._lang)}"
        if sheet.unit == "%":
            return numbers.percent(exact, self._lang, places=places)
        return f"{numbers.number(exact, self._lang, places=places)}{numbers.NBSP}{sheet.unit}"

    def _said(self, shift: Shift, value: object, names: Names) -> str:
        return self._any(value, names, shift.refers, shift.money, plain=shift.field in _PLAIN)

    def _any(self, value: object, names: Names, refers: bool, money: bool, plain: bool = False) -> str:
        match value:
            case bool():
                return text(de="ja" if value else "nein", en="yes" if value else "no").say(self._lang)
            case Term():
                return value.label.say(self._lang)
            case Decimal() | int():
                if plain:
                    return str(value)
                return numbers.money(value, self._lang) if money else numbers.number(value, self._lang)
            case date():
                return numbers.day(value, self._lang)
            case Period():
                return numbers.period(value, self._lang)
            case str():
                return names.short(value) if refers else self._text(value)
            case Entity():
                return f"({self.described(value, names)})"
            case tuple():
                return ", ".join(self._any(each, names, refers, money) for each in value)
            case dict():
                pairs = ((self._item(str(key)), self._any(each, names, False, money)) for key, each in value.items())
                return ", ".join(f"{key} {said}" for key, said in pairs)
        return str(value)

    def _text(self, value: str) -> str:
        if _DIGEST.fullmatch(value):
            return f"{value[:8]}…"
        return self._quoted(value if len(value) <= _LONG else f"{value[: _LONG - 1]}…")

    def _quoted(self, value: str | None) -> str:
        line = " ".join((value or "").split())
        return f"„{line}“" if self._lang == "de" else f"“{line}”"


_IN_UNITS = {
    ("Point", "value"),
    ("Maintain", "lower"),
    ("Maintain", "upper"),
    ("Corridor", "lower"),
    ("Corridor", "upper"),
}
_POINTS = text(de="Prozentpunkte", en="percentage points")
_PLAIN = {"year", "version"}
_PLANNED = text(de="Ansatz", en="Budget")
_SOURCES = {
    OWN: text(de="Eigenmittel", en="own funds"),
    THIRD_PARTY: text(de="Drittmittel", en="third-party funds"),
}


TARGET_KINDS = {
    "change": text(de="Veränderung", en="change"),
    "maintain": text(de="Erhalt", en="maintain"),
    "corridor": text(de="Korridor", en="corridor"),
    "gap": text(de="Abstand zum Stadtwert", en="gap"),
    "milestones": text(de="Meilensteine", en="milestones"),
}


def _is_kind_of_target(change: Change, shift: Shift) -> bool:
    return isinstance(change.entity, TargetFields) and shift.path == ("kind",)


def _is_wording(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum)


def _known(shift: Shift, part: Entity) -> Sequence[str]:
    """What the item's name has already said."""
    return ABOUT.get(type(part).__name__, ())[:1] if isinstance(shift.labels[-1], str) else ()


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _binds(entity: Entity | None) -> bool:
    return isinstance(entity, HandbookRule) and entity.status in (None, Status.RESOLVED)


def _binding(shift: Shift) -> Text | None:
    before, after = (value in (None, Status.RESOLVED) for value in (shift.old, shift.new))
    if after and not before:
        return text(de="ist jetzt verbindlich", en="is now binding")
    if before and not after:
        return text(de="ist nicht mehr verbindlich", en="is no longer binding")
    return None


def _brief(value: str | None) -> str:
    line = " ".join((value or "").split())
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 1]}…"


def differing(old: str, new: str) -> tuple[str, str]:
    """Both texts; of long ones only the words that differ, with a few around them."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    before, after = old.split(), new.split()
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, end), _cut(after, start, end)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), len(words) - end + _AROUND)
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")


def _tallied(also: Iterable[tuple[str, int]], lang: Lang) -> Iterator[str]:
    """Counted by what people call them: the kinds of targets are one."""
    counts: Counter[tuple[Text, Text]] = Counter()
    for cls, count in also:
        word = KINDS.get(cls, Text(cls, cls))
        counts[_MANY.get(cls) or (Text(f"× {word.de}", f"× {word.en}"),) * 2] += count
    for (one, many), count in counts.items():
        yield f"{count} {(one if count == 1 else many).say(lang)}"


_TARGETS = (text(de="Zielwert", en="target"), text(de="Zielwerten", en="targets"))
_MANY = {
    "Need": (text(de="Bedarf", en="need"), text(de="Bedarfen", en="needs")),
    "AreaGoal": (text(de="Ziel", en="goal"), text(de="Zielen", en="goals")),
    "Measure": (text(de="Maßnahme", en="measure"), text(de="Maßnahmen", en="measures")),
    "Milestone": (text(de="Meilenstein", en="milestone"), text(de="Meilensteinen", en="milestones")),
    "Review": (text(de="Zwischenbericht", en="review"), text(de="Zwischenberichten", en="reviews")),
    **dict.fromkeys(("Change", "Maintain", "Corridor", "Gap", "Milestones"), _TARGETS),
}

ROOTS = {
    "Calendar": text(de="Kalender", en="Calendar"),
    "DataPackage": text(de="Datendateien", en="Data files"),
    "Funding": text(de="Förderung", en="Funding"),
    "Handbook": text(de="Handbuch", en="Handbook"),
    "Index": text(de="Sozialindizes", en="Social indices"),
    "Indicator": text(de="Kennzahlen", en="Indicators"),
    "Inventory": text(de="Bestand", en="Inventory"),
    "Organisation": text(de="Organisation", en="Organisation"),
    "Process": text(de="Prozesse", en="Processes"),
    "Resolutions": text(de="Beschlüsse", en="Resolutions"),
    "RetiredIds": text(de="Stillgelegte Kennungen", en="Retired ids"),
    "Rules": text(de="Handbuchregeln", en="Handbook rules"),
    "Settings": text(de="Einstellungen", en="Settings"),
    "Stamps": text(de="Beschlussstempel", en="Stamps of resolutions"),
    "Strategy": text(de="Strategie", en="Strategy"),
    "Territory": text(de="Gebiete", en="Territory"),
    "Waivers": text(de="Ausnahmen", en="Waivers"),
}
"""What the files of a kind are about together."""


def root_title(root: Entity) -> Text:
    name = type(root).__name__
    return ROOTS.get(name, Text(name, name))
