"""What an entry says, written out line by line: label and words, to be laid beside an earlier wording."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity, money_fields, note, reference_fields
from sozplan.model.organisation import Cadence, Member
from sozplan.model.processes import Step
from sozplan.model.shared import OfficeDeadline
from sozplan.render.values import Values
from sozplan.render.views.names import deadline

_UNSAID = frozenset({"origin", "id", "status", "source", "resolution", "step"})
"""Not part of the wording: how far it is decided stands elsewhere, a short name of a step means nothing on paper."""
_SETTLED = {
    "Body": frozenset({"sessions"}),
    "HandbookRule": frozenset({"force", "statement", "chapter", "supersedes"}),
    "Step": frozenset({"name", "next", "exits"}),
}
"""Dates of sessions are the calendar's; sentence and place of a rule and the ways on from a step are told apart."""


class Written(Values):
    """Values in full: no quotation marks, nothing shortened."""

    def _text(self, value: str) -> str:
        return value

    def any(self, value: object, refers: bool, money: bool, ref: str | None = None, plain: bool = False) -> str:
        match value:
            case OfficeDeadline():
                after = f" (T: {value.after})" if value.after else ""
                return deadline(value).say(self.lang) + after
            case Cadence():
                return self._cadence(value.every)
            case Member():
                return self._member(value)
            case Entity():
                return "; ".join(f"{label}: {said}" for label, said in self.lines(value).items())
        return super().any(value, refers, money, ref, plain)

    def lines(self, entity: Entity) -> dict[str, str]:
        """Label → words, of everything that is said and isn't the default."""
        return dict(self._lines(entity))

    def _lines(self, entity: Entity) -> Iterator[tuple[str, str]]:
        cls = type(entity)
        left_out = _UNSAID | _SETTLED.get(cls.__name__, frozenset())
        for field, value in entity.__dict__.items():
            told = cls.model_fields[field]
            if field in left_out or value in (None, (), {}) or value == told.default:
                continue
            if isinstance(value, tuple) and value and isinstance(value[0], Step):
                continue
            label = found.label.say(self.lang) if (found := note(told)) else field
            refers, money = field in reference_fields(cls), field in money_fields(cls)
            yield label, self.of_field(field, value, refers=refers, money=money)

    def _member(self, member: Member) -> str:
        votes = text(de="beratend", en="advisory") if member.votes == 0 else _votes(member.votes)
        deputy = text(de="Vertretung", en="deputy").say(self.lang)
        stands_in = f"; {deputy}: {self.names.short(member.deputy)}" if member.deputy else ""
        return f"{self.names.short(member.actor)} ({votes.say(self.lang)}{stands_in})"

    def _cadence(self, months: int) -> str:
        if months == 1:
            return text(de="monatlich", en="monthly").say(self.lang)
        return text(de=f"alle {months} Monate", en=f"every {months} months").say(self.lang)


def _votes(count: int) -> Text:
    one = count == 1
    return text(de=f"{count} {'Stimme' if one else 'Stimmen'}", en=f"{count} {'vote' if one else 'votes'}")
