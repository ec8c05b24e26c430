"""A change between two states of a plan as a sentence in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from sozplan.analysis.changes import Change, Verb, sheet_of
from sozplan.analysis.decisions import labels
from sozplan.analysis.fields import ABOUT, Listed, Shift
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Entity, id_of
from sozplan.model.handbook import HandbookRule
from sozplan.model.indicators import Indicator
from sozplan.model.plan import Plan
from sozplan.model.resolutions import Resolution
from sozplan.model.stamps import EvidenceStamp, Stamp, Stamps
from sozplan.model.targets import Gap, TargetFields
from sozplan.model.terms import Status
from sozplan.render import numbers
from sozplan.render.cited import Worded, cited, filled, joined
from sozplan.render.phrases import PLANNED, POINTS, TARGET_KINDS, brief, differing, root_title, tallied
from sozplan.render.values import Values
from sozplan.render.views.names import Names, name_of
from sozplan.rules.words import KINDS


class Sentences:
    """Words for the changes between two plans, in one language; names are those of the state they speak of.

    `since` is what the old state is called in references: figures are cited then, and ids are left out, which are for
    those who edit the files.
    """

    def __init__(self, old: Plan, new: Plan, lang: Lang, *, since: str | None = None) -> None:
        self._plans = (old, new)
        self._sides = (Values(Names(old), lang), Values(Names(new), lang))
        self._old, self._new = self._sides
        self._lang = lang
        self._since = since

    def sentence(self, change: Change) -> str:
        """The whole of it on one line."""
        if change.verb is Verb.CHANGED:
            return Worded(f"{self.named(change.entity)}: ", self.predicate(change))
        return Worded(f"{self._came_or_went(change)}: ", self.subject(change))

    def subject(self, change: Change) -> str:
        """What came or went, with what came or went inside it."""
        named = self.named(change.entity, self._old if change.new is None else self._new)
        return Worded(named, *self._details(change))

    def named(self, entity: Entity, side: Values | None = None) -> str:
        """„Maßnahme „Kita-Lotsen“ (hafen-m1)“; a file without an id by what it holds."""
        side = side or self._new
        if isinstance(entity, Stamps):
            head = text(de="Beschluss", en="Resolution").say(self._lang)
            return f"{head} {side.quoted(brief(side.names.full(entity.resolution)))} ({entity.resolution})"
        kind, name, id = KINDS.get(type(entity).__name__), _name(entity, side.names), id_of(entity)
        if kind is None or id is None:
            return root_title(entity).say(self._lang)
        word = kind.say(self._lang)
        word = word[:1].upper() + word[1:]
        if not name:
            return f"{word} {id}"
        said = f"{'' if name.startswith(word) else f'{word} '}{side.quoted(brief(name))}"
        return said if self._since else f"{said} ({id})"

    def _came_or_went(self, change: Change) -> str:
        if change.verb is Verb.REMOVED:
            return text(de="Gestrichen", en="Dropped").say(self._lang)
        if isinstance(change.new, HandbookRule) and _is_binding(change.new.status):
            return text(de="Neu und verbindlich", en="New and binding").say(self._lang)
        return text(de="Neu", en="New").say(self._lang)

    def _details(self, change: Change) -> Iterator[str]:
        if isinstance(change.entity, Resolution):
            yield f", {self.decided(change.entity)}"
        if change.also:
            counted = joined(", ", tallied(change.also, self._lang, self._ref(change, int(change.new is not None))))
            yield filled(text(de=", mit {}", en=", with {}").say(self._lang), counted)

    def decided(self, resolution: Resolution) -> str:
        """Who decided when, and how: „Rat, 11.12.2025, angenommen“."""
        day = numbers.day(resolution.date, self._lang)
        return f"{self._new.names.short(resolution.body)}, {day}, {resolution.outcome.label.say(self._lang)}"

    def predicate(self, change: Change) -> str:
        """What is otherwise about it."""
        shift = change.shift
        if shift is None:
            return self._came_or_went(change)
        if isinstance(shift.old, Listed) or isinstance(shift.new, Listed):
            return self._list(change, shift)
        if isinstance(part := shift.new or shift.old, Entity):
            return self._part(change, shift, part)
        return self._special(change, shift) or self._value(change, shift)

    def _ref(self, change: Change, side: int, *path: str) -> str | None:
        """How a field of the entry is cited in that state; None where nobody asks."""
        entity = (change.old, change.new)[side]
        id = id_of(entity) if entity is not None else None
        if self._since is None or id is None:
            return None
        mark = "" if side else f"@{self._since}"
        return f"{id}{mark}#{'/'.join(part.replace('/', '~1') for part in path)}"

    def _list(self, change: Change, shift: Shift) -> str:
        label = self.label(shift)
        if isinstance(shift.new, Listed) and shift.new.reordered:
            return text(de=f"{label}: Reihenfolge geändert", en=f"{label}: order changed").say(self._lang)
        sides = ((shift.new, 1, text(de="neu", en="new")), (shift.old, 0, _DROPPED))
        said = [
            Worded(f"{word.say(self._lang)} ", joined(", ", self._items(change, shift, listed, side)))
            for listed, side, word in sides
            if isinstance(listed, Listed) and listed.items
        ]
        return Worded(f"{label}: ", joined("; ", said))

    def _items(self, change: Change, shift: Shift, listed: Listed, side: int) -> Iterator[str]:
        for item in listed.items:
            yield _said(shift, item, self._sides[side], self._ref(change, side, *shift.path, str(item)))

    def _part(self, change: Change, shift: Shift, part: Entity) -> str:
        """A part that came or went, with all it says."""
        side = int(shift.new is not None)
        if isinstance(part, Stamp | EvidenceStamp):
            return self._stamp(part, is_gone=shift.new is None)
        word = (_DROPPED if shift.new is None else text(de="neu", en="new")).say(self._lang)
        known = ABOUT.get(type(part).__name__, ())[:1] if isinstance(shift.labels[-1], str) else ()
        described = self._sides[side].described(part, known, self._ref(change, side, *shift.path))
        return Worded(f"{self.label(shift)} {word}: ", described)

    def _stamp(self, stamp: Stamp | EvidenceStamp, *, is_gone: bool) -> str:
        """Only of what it is: its checksums tell nobody anything."""
        what = _stamped(stamp, self._stamped_entity(stamp.entity, int(not is_gone)))
        if is_gone:
            return text(de=f"hält nicht mehr fest: {what.de}", en=f"no longer stamps {what.en}").say(self._lang)
        return text(de=f"hält als entschieden fest: {what.de}", en=f"stamps as decided {what.en}").say(self._lang)

    def _stamped_entity(self, id: str, side: int) -> str:
        entity = self._plans[side].get(id)
        return self.named(entity, self._sides[side]) if entity else id

    def _restamped(self, shift: Shift) -> str:
        """A statement, or a table of evidence, that is stamped in another version, newly or no longer."""
        side = int(shift.new is not None)
        _, id, _, path, *_ = shift.path
        known = labels(self._plans[side].get(id), self._plans[side]).get(path)
        what = self._new.quoted(known.say(self._lang) if known else path)
        if shift.within == "EvidenceFile":
            what = text(de=f"die Belege aus {what}", en=f"the evidence from {what}").say(self._lang)
        name = self._stamped_entity(id, side)
        about = text(de=f"{what} von {name}", en=f"{what} of {name}").say(self._lang)
        if shift.old is None:
            return text(de=f"hält jetzt {about} fest", en=f"now stamps {about}").say(self._lang)
        if shift.new is None:
            return text(de=f"hält {about} nicht mehr fest", en=f"no longer stamps {about}").say(self._lang)
        return text(de=f"hält {about} in anderer Fassung fest", en=f"stamps another version of {about}").say(self._lang)

    def _special(self, change: Change, shift: Shift) -> str | None:
        """What has words of its own."""
        if (shift.within, shift.field) in _CHECKSUMS:
            return self._restamped(shift)
        if isinstance(change.entity, HandbookRule) and shift.field == "status":
            binding = _binding(shift)
            return binding.say(self._lang) if binding else None
        if isinstance(change.entity, TargetFields) and shift.path == ("kind",):
            old, new = (TARGET_KINDS[str(value)].say(self._lang) for value in (shift.old, shift.new))
            return self._changed(self.label(shift), old, new)
        if _is_wording(shift.old) and _is_wording(shift.new) and not shift.refers:
            return self._reworded(self.label(shift), str(shift.old), str(shift.new))
        return None

    def _value(self, change: Change, shift: Shift) -> str:
        label = self.label(shift)
        old, new = (self._of_side(change, shift, side) for side in (0, 1))
        if shift.old is None:
            return filled(text(de="{} neu: {}", en="{} new: {}").say(self._lang), label, new)
        if shift.new is None:
            return filled(text(de="{} entfällt (bisher {})", en="{} dropped (was {})").say(self._lang), label, old)
        if _is_number(shift.old) and _is_number(shift.new):
            return self._counted(change, shift, old, new)
        if not shift.refers:
            return self._changed(label, old, new)
        moves = text(de=f"{label} wechselt von {old} zu {new}", en=f"{label} moves from {old} to {new}")
        belongs = text(de=f"gehört jetzt zu {new} statt zu {old}", en=f"now belongs to {new}, not {old}")
        return (moves if shift.within else belongs).say(self._lang)

    def _changed(self, label: str, old: str, new: str) -> str:
        said = text(de="{} von {} auf {} geändert", en="{} changed from {} to {}")
        return filled(said.say(self._lang), label, old, new)

    def _counted(self, change: Change, shift: Shift, old: str, new: str) -> str:
        label, difference = self.label(shift), _exact(shift.new) - _exact(shift.old)
        if shift.money:
            ref = self._ref(change, 1, *shift.path, "since", str(self._since))
            moved = cited(numbers.money(difference, self._lang, signed=True), difference, ref)
            return Worded(f"{label} ", moved, " (", old, " → ", new, ")")
        verb = text(de="angehoben", en="raised") if difference > 0 else text(de="gesenkt", en="lowered")
        said = text(de="{} von {} auf {} " + verb.de, en="{} " + verb.en + " from {} to {}")
        return filled(said.say(self._lang), label, old, new)

    def _reworded(self, label: str, old: str, new: str) -> str:
        before, after = (self._new.quoted(part) for part in differing(old, new))
        return text(
            de=f"{label} neu gefasst: bisher {before}, jetzt {after}",
            en=f"{label} reworded: was {before}, now {after}",
        ).say(self._lang)

    def label(self, shift: Shift) -> str:
        """The keys' labels from the entry to the field; of a value at a period, what the value is for."""
        labels = shift.labels
        if (shift.within, shift.field) == ("BudgetLine", "planned"):
            labels = (PLANNED, *labels[1:-1])
        if (shift.within, shift.field) == ("Point", "value"):
            labels = labels[:-1]
        head, *rest = (self._new.item(each) if isinstance(each, str) else each.say(self._lang) for each in labels)
        for word, each in zip(rest, labels[1:], strict=True):
            head += f" {word}" if isinstance(each, str) else f", {word}"
        return head

    def _of_side(self, change: Change, shift: Shift, side: int) -> str:
        """Values of an indicator come in its unit."""
        value, ref = (shift.old, shift.new)[side], self._ref(change, side, *shift.path)
        sheet = sheet_of(self._plans[side], (change.old, change.new)[side] or change.entity)
        if sheet is None or not _is_number(value) or (shift.within, shift.field) not in _IN_UNITS:
            return _said(shift, value, self._sides[side], ref)
        number = _exact(value)
        return cited(_with_unit(number, sheet, self._lang, is_gap=isinstance(change.entity, Gap)), number, ref)


_CHECKSUMS = {("Stamp", "fields"), ("EvidenceFile", "sha256")}
_DROPPED = text(de="entfällt", en="dropped")
_IN_UNITS = {
    ("Point", "value"),
    ("Maintain", "lower"),
    ("Maintain", "upper"),
    ("Corridor", "lower"),
    ("Corridor", "upper"),
}


def _name(entity: Entity, names: Names) -> str | None:
    """Targets are known by what they measure."""
    indicator = getattr(entity, "indicator", None)
    if isinstance(entity, TargetFields) and indicator is not None:
        return names.short(indicator)
    return getattr(entity, "title", None) or name_of(entity)


def _said(shift: Shift, value: object, side: Values, ref: str | None) -> str:
    return side.of_field(shift.field, value, refers=shift.refers, money=shift.money, ref=ref)


def _with_unit(value: Decimal, sheet: Indicator, lang: Lang, *, is_gap: bool) -> str:
    """All decimals that were written, and at least those of the sheet."""
    places = max(sheet.decimals, -int(value.normalize().as_tuple().exponent))
    if sheet.unit == "%" and not is_gap:
        return numbers.percent(value, lang, places=places)
    unit = POINTS.say(lang) if sheet.unit == "%" else sheet.unit
    return f"{numbers.number(value, lang, places=places)}{numbers.NBSP}{unit}"


def _stamped(stamp: Stamp | EvidenceStamp, name: str) -> Text:
    if isinstance(stamp, EvidenceStamp):
        tables: Sequence[str] = [file.resource for file in stamp.files]
        listed = ", ".join(tables)
        return text(de=f"die Belege von {name} aus {listed}", en=f"the evidence of {name} from {listed}")
    count = len(stamp.fields)
    one = count == 1
    return text(
        de=f"{count} {'Angabe' if one else 'Angaben'} von {name}",
        en=f"{count} {'statement' if one else 'statements'} of {name}",
    )


def _is_wording(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Enum)


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _exact(value: object) -> Decimal:
    return Decimal(str(value))


def _is_binding(status: object) -> bool:
    """Rules without a status are in force."""
    return status in (None, Status.RESOLVED)


def _binding(shift: Shift) -> Text | None:
    before, after = _is_binding(shift.old), _is_binding(shift.new)
    if after and not before:
        return text(de="ist jetzt verbindlich", en="is now binding")
    if before and not after:
        return text(de="ist nicht mehr verbindlich", en="is no longer binding")
    return None
