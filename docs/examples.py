"""An example of each section of the planning files, taken from the example town as it stands.

Of all entries of a section the one that shows the most keys in few lines; what the town doesn't have is written below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sozplan.model.entity import ORIGIN_KEY, Entity
from sozplan.model.periods import Period
from sozplan.model.terms import Term
from sozplan.repo import WorkTree, load
from sozplan.repo.edit import blocks
from sozplan.repo.edit.blocks import Name, New

_TOWN = Path(__file__).resolve().parent.parent
_LINES = 22
_WORDS = 4
_TRIED = 8
"""So many entries of a section are written down to be compared: those with the most keys."""
WRITTEN: Mapping[str, str] = {
    "Break": "from: 2024\nstatement: Seitdem zählt auch die Kindertagespflege mit.\n",
    "Override": "light: yellow\nreason: Die Einrichtung ist eröffnet, die Zahlen folgen.\nrole: sozialplanung\n",
    "Correction": (
        "field: title\nsha256: 0fa0cfbf0c1f0e21e37d6acc1cd16d69f819d7ef9ac5eb9bbe98731d76ada07c\ndate: 2026-03-10\n"
        "reason: Buchstabendreher im Titel.\nrole: sozialplanung\n"
    ),
    "Privacy": "private_domains: [post.example]\n",
    "Warehouse": "url: postgresql://statistik.example.org:5432/sozialdaten\n",
    "Winsorise": "lower: 0.05\nupper: 0.95\nquantile: linear\n",
    "QuantileClasses": "names: [gering, mittel, hoch]\ndefinition: rank\ncount_from: most-burdened\n",
    "ExcludedArea": "area: bezirk-0304\nreason: Gewerbegebiet, kaum bewohnt.\n",
}
"""Of sections that the town has no use for."""


def example(cls: type[Entity]) -> str:
    """YAML that `check` reads as a section of that class."""
    if cls.__name__ in WRITTEN:
        return WRITTEN[cls.__name__]
    if not _entries()[cls]:
        raise ValueError(f"the town has no {cls.__name__}; write an example of it into WRITTEN of docs/examples.py")
    entries = sorted(_entries()[cls], key=lambda each: -len(each.model_fields_set))[:_TRIED]
    written = [_text(_shortened(each)) for each in entries]
    return min(written, key=lambda text: (-_keys(text), len(text), text))


@cache
def _entries() -> Mapping[type[Entity], list[Entity]]:
    found: dict[type[Entity], list[Entity]] = defaultdict(list)
    for root in load(WorkTree(_TOWN)).plan.roots.values():
        for entity in _within(root):
            found[type(entity)].append(entity)
    return found


def _within(value: object) -> Iterator[Entity]:
    if isinstance(value, Entity):
        yield value
        for name in type(value).model_fields:
            yield from _within(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _within(each)


def _shortened(entity: Entity) -> dict[str, New]:
    """With lists cut to two entries or one, then without the longest of what it can do without, until it is short.

    What nobody in the town has said is shown as it is understood then.
    """
    said = _plain(entity) or dict(list(_plain(entity, even_unsaid=True).items())[:_LINES])
    for items in (2, 1):
        if _length(said) > _LINES:
            said = {key: _shortest(value, items) if _is_long_list(value) else value for key, value in said.items()}
    needed = {field.alias or name for name, field in type(entity).model_fields.items() if field.is_required()}
    while _length(said) > _LINES and (leave := [key for key in said if key not in needed][1:]):
        del said[max(leave, key=lambda key: (len(_text({key: said[key]})), key))]
    return said


def _is_long_list(value: New) -> bool:
    return isinstance(value, list) and len(value) > 1


def _shortest(entries: New, number: int) -> list[New]:
    """The shortest sections of a list; of words the first few."""
    if not isinstance(entries, list):
        return []
    sections: list[New] = [each for each in entries if isinstance(each, dict)]
    if not sections:
        return list(entries[:_WORDS])
    return sorted(sections, key=lambda each: len(blocks.flow(each)))[:number]


def _length(said: Mapping[str, New]) -> int:
    return _text(said).count("\n")


def _plain(entity: Entity, *, even_unsaid: bool = False) -> dict[str, New]:
    said = {}
    for name, field in type(entity).model_fields.items():
        key, value = field.alias or name, getattr(entity, name)
        if key != ORIGIN_KEY and (even_unsaid or name in entity.model_fields_set) and value not in (None, ()):
            said[key] = _new(value)
    return said


def _new(value: Any) -> New:
    if isinstance(value, Entity):
        return _plain(value)
    if isinstance(value, Term):
        return Name(value.value)
    if isinstance(value, date):
        return Name(value.isoformat())
    if isinstance(value, Period):
        return int(str(value)) if str(value).isdigit() else Name(str(value))
    if isinstance(value, Mapping):
        return {str(key): _new(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_new(each) for each in value]
    return value  # type: ignore[no-any-return]


def _text(said: Mapping[str, New]) -> str:
    return "".join(f"{line}\n" for line in blocks.mapping(said, 0)) if said else ""


def _keys(text: str) -> int:
    return sum(not line.startswith((" ", "-")) for line in text.splitlines())
