"""What somebody typed, as the value of a field: German commas, German words and German days are understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, get_origin

from sozplan.diagnostics import Text, text
from sozplan.model.entity import ID_PATTERN, Entity, free_text_fields, note
from sozplan.model.periods import Period
from sozplan.repo import advice
from sozplan.repo.edit.blocks import Name, New
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.scalars import number
from sozplan.repo.shape import bare, choices_of, element, field_of, keys_of, union

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YES = ("ja", "yes", "true", "wahr")
_NO = ("nein", "no", "false", "falsch")


_EXAMPLES: Mapping[Any, Text] = {
    date: text(de="31.03.2027 oder 2027-03-31", en="2027-03-31"),
    Period: text(de="2024, 2024-Q2 oder 2023/24", en="2024, 2024-Q2 or 2023/24"),
    int: text(de="40", en="40"),
    Decimal: text(de="12.000,50 oder 24,5", en="12000.50 or 24.5"),
}


class Kind(NamedTuple):
    """What a field holds: its type, what people call it, and whether it is free text."""

    annotation: Any
    label: Text
    is_text: bool

    @property
    def choices(self) -> Mapping[str, Text]:
        """The closed list of its values, if there is one."""
        return {} if union(self.annotation) or self.is_list else choices_of(self.annotation)

    @property
    def is_list(self) -> bool:
        return get_origin(bare(self.annotation)) is tuple

    @property
    def item(self) -> Kind:
        """What an item of the list, or a value of the mapping, is."""
        return self._replace(annotation=element(bare(self.annotation)))

    @property
    def section(self) -> type[Entity] | None:
        """The class of the section that it is."""
        plain = bare(self.annotation)
        return plain if isinstance(plain, type) and issubclass(plain, Entity) else None

    @property
    def example(self) -> Text | None:
        """How a value that isn't plain text is written; None of texts and ids, and where all values are listed."""
        return None if self.choices else _EXAMPLES.get(bare(self.annotation))

    def read(self, said: str) -> New:
        """The value that a text stands for; raises EditRefused where it stands for none."""
        if self.is_list:
            return [self.item.read(each.strip()) for each in said.split(",") if each.strip()]
        if self.choices:
            return _chosen(self.choices, said, self.label)
        plain = bare(self.annotation)
        if plain is date:
            return Name(_day(said, self.label))
        if plain is Period:
            return _period(said)
        if plain in (int, Decimal):
            return _number(said, self.label)
        if self.section or union(self.annotation) or get_origin(plain) is dict:
            raise EditRefused(_section(self.label, self.section), 2)
        return said if self.is_text else Name(said)


def kind_of(cls: type[Entity], key: str) -> Kind:
    field = field_of(cls, key)
    if field is None:
        hint = advice.known_keys(key, cls)
        raise EditRefused(
            text(
                de=f"Die Angabe „{key}“ gibt es dort nicht. {hint.de}", en=f"There is no field “{key}” there. {hint.en}"
            ),
            2,
        )
    name = next(name for name, each in cls.model_fields.items() if each is field)
    found = note(field)
    return Kind(field.annotation, found.label if found else Text(key, key), name in free_text_fields(cls))


def _chosen(allowed: Mapping[str, Text], said: str, label: Text) -> New:
    folded = said.casefold().strip()
    if "true" in allowed and folded in (*_YES, *_NO):
        return folded in _YES
    words = {word.casefold(): value for value, labels in allowed.items() for word in (value, *labels)}
    words |= {
        word.casefold(): value for value, labels in allowed.items() for word in advice.spoken(value, labels)
    } | words
    if folded in words:
        return Name(words[folded])
    names = advice.names(allowed)
    raise EditRefused(
        text(
            de=f"{label.de}: „{said}“ gibt es nicht. Möglich sind: {names.de}.",
            en=f"{label.en}: there is no “{said}”. Possible are: {names.en}.",
        ),
        2,
    )


def _day(said: str, label: Text) -> str:
    found = _DAY.fullmatch(said.strip())
    written = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else said.strip()
    try:
        return date.fromisoformat(written).isoformat() if len(written) == 10 else _no_day(said, label)
    except ValueError:
        return _no_day(said, label)


def _no_day(said: str, label: Text) -> str:
    raise EditRefused(
        text(
            de=f"{label.de}: „{said}“ ist kein Tag. Schreiben Sie z. B. 31.03.2027 oder 2027-03-31.",
            en=f"{label.en}: “{said}” is no day. Write 2027-03-31, say.",
        ),
        2,
    )


def _period(said: str) -> New:
    """A year is written as a number, all else as it is."""
    written = said.strip()
    found = re.fullmatch(r"(\d{2})(\d{2})/\1(\d{2})", written)
    if found:
        return Name(f"{found[1]}{found[2]}/{found[3]}")
    if re.fullmatch(r"[12]\d{3}", written):
        return int(written)
    return Name(_day(written, Text("", "")) if _DAY.fullmatch(written) else written)


def _number(said: str, label: Text) -> New:
    written = said.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    written = written.removesuffix("€").removesuffix("EUR").removesuffix("%").replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", written) and ("," in written or written.count(".") > 1):
        written = written.replace(".", "")
    written = written.replace(",", ".", 1)
    value = number(written) if re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?", written) else None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    raise EditRefused(
        text(
            de=f"{label.de}: „{said}“ ist keine Zahl. Schreiben Sie z. B. 40 oder 24,5.",
            en=f"{label.en}: “{said}” is no number. Write 40 or 24.5, say.",
        ),
        2,
    )


def _section(label: Text, cls: type[Entity] | None) -> Text:
    inside = ", ".join(f".{key}" for key in keys_of(cls)[:6]) if cls else "…"
    return text(
        de=f"„{label.de}“ ist ein Abschnitt. Nennen Sie eine Angabe darin: {inside}",
        en=f"“{label.en}” is a section. Name a field in it: {inside}",
    )


def is_id(said: str) -> bool:
    return re.fullmatch(ID_PATTERN, said) is not None
