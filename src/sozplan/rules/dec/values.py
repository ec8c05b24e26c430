"""Decided values in the words of a message."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sozplan.diagnostics import Text, text
from sozplan.model.periods import Period
from sozplan.model.terms import Term
from sozplan.rules.target.living import plain
from sozplan.rules.words import brief, day, named


def say(value: Any) -> Text:
    """As a planner would write it, on one line."""
    match value:
        case bool():
            return text(de="ja", en="yes") if value else text(de="nein", en="no")
        case Term():
            return Text(f"„{value.label.de}“", f"“{value.label.en}”")
        case int() | Decimal():
            return plain(Decimal(value))
        case date():
            return day(value)
        case Period():
            return named(value)
        case str():
            return Text(f"„{brief(value)}“", f"“{brief(value)}”")
        case tuple():
            said = [say(each) for each in value]
            return Text(_cut([each.de for each in said]), _cut([each.en for each in said]))
    raise TypeError(f"no words for {type(value).__name__}")


def _cut(items: list[str]) -> str:
    return ", ".join(items[:_MANY]) + (" …" if len(items) > _MANY else "")


_MANY = 6


def counts(value: Any) -> bool:
    """Whether one goes from the old to the new value, rather than putting one thing for another."""
    return isinstance(value, int | Decimal | date | Period) and not isinstance(value, bool)
