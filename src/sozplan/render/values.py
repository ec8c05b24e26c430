"""Values of planning files as people read them: names for ids, words for terms, euro, days and periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozplan.diagnostics import Lang, text
from sozplan.model.entity import Entity, money_fields, note, reference_fields
from sozplan.model.periods import Period
from sozplan.model.terms import Term
from sozplan.render import numbers
from sozplan.render.cited import Worded, cited, joined
from sozplan.render.phrases import LONG, SOURCES, brief
from sozplan.render.views.names import Names

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PLAIN = {"year", "version"}
"""Numbers that are names."""


@dataclass(frozen=True, slots=True)
class Values:
    """Values in one language, with the names of one state of the planning."""

    names: Names
    lang: Lang

    def of_field(self, field: str, value: object, *, refers: bool, money: bool, ref: str | None = None) -> str:
        """Figures are cited where their reference is given."""
        return self.any(value, refers, money, ref, plain=field in _PLAIN)

    def item(self, about: str) -> str:
        """What an item of a list is about: ids by name, texts in short."""
        if about in SOURCES:
            return SOURCES[about].say(self.lang)
        return brief(" ".join(self.names.short(word) for word in about.split(" ")))

    def described(self, part: Entity, known: Sequence[str] = (), ref: str | None = None) -> str:
        """All that a part says which isn't the default and not yet `known`, label by label."""
        cls, said = type(part), list[str]()
        for field, value in part.__dict__.items():
            told = cls.model_fields[field]
            if field == "origin" or field in known or value in (None, (), {}) or value == told.default:
                continue
            label = found.label.say(self.lang) if (found := note(told)) else field
            refers, money = field in reference_fields(cls), field in money_fields(cls)
            below = _below(ref, told.alias or field)
            said.append(Worded(f"{label} ", self.of_field(field, value, refers=refers, money=money, ref=below)))
        return joined(", ", said)

    def any(self, value: object, refers: bool, money: bool, ref: str | None = None, plain: bool = False) -> str:
        match value:
            case bool():
                return text(de="ja" if value else "nein", en="yes" if value else "no").say(self.lang)
            case Term():
                return value.label.say(self.lang)
            case Decimal() | int():
                if plain:
                    return str(value)
                return cited(numbers.money(value, self.lang) if money else numbers.number(value, self.lang), value, ref)
            case date():
                return numbers.day(value, self.lang)
            case Period():
                return numbers.period(value, self.lang)
            case str():
                return self.names.short(value) if refers else self._text(value)
            case Entity():
                return Worded("(", self.described(value, ref=ref), ")")
            case tuple():
                return joined(", ", (self.any(each, refers, money, _below(ref, i)) for i, each in enumerate(value)))
            case dict():
                pairs = ((str(key), self.any(each, False, money, _below(ref, key))) for key, each in value.items())
                return joined(", ", (Worded(f"{self.item(key)} ", said) for key, said in pairs))
        return str(value)

    def _text(self, value: str) -> str:
        if _DIGEST.fullmatch(value):
            return f"{value[:8]}…"
        return self.quoted(value if len(value) <= LONG else f"{value[: LONG - 1]}…")

    def quoted(self, value: str | None) -> str:
        line = " ".join((value or "").split())
        return f"„{line}“" if self.lang == "de" else f"“{line}”"


def _below(ref: str | None, part: object) -> str | None:
    return None if ref is None else f"{ref}/{part}"
