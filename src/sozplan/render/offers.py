"""What a field is for, what it says, and what it may say: for people who are about to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Entity, free_text_fields, note, reference_fields
from sozplan.model.plan import Plan
from sozplan.render.phrases import brief
from sozplan.render.values import Values
from sozplan.render.views.names import Names, name_of

_SHOWN = 60
_LONG = 70


def described(
    plan: Plan, cls: type[Entity] | None, key: str, value: object, choices: Mapping[str, Text], lang: Lang
) -> str:
    """Label and meaning of a field, its present value, and the values or ids to choose from."""
    return "".join(f"{line}\n" for line in _lines(plan, cls, key, value, choices, lang))


def asked(
    plan: Plan,
    cls: type[Entity],
    key: str,
    choices: Mapping[str, Text],
    example: Text | None,
    lang: Lang,
    shown: int,
    *,
    inside: tuple[type[Entity], str] | None = None,
) -> str:
    """The same of a field that says nothing yet: an example instead of the present value.

    Of a list of sections what is to be said is a field `inside` of them.
    """
    name, label = _named(cls, key, lang)
    lines = [label]
    if said := example.say(lang) if example else _said_elsewhere(plan, cls, name):
        lines.append(text(de=f"Zum Beispiel: {said}", en=f"For example: {said}").say(lang))
    lines += _listed(list(offers(plan, *(inside or (cls, name)), choices, lang)), lang, shown)
    return "".join(f"{line}\n" for line in lines)


def _said_elsewhere(plan: Plan, cls: type[Entity], name: str) -> str | None:
    """What another entry of the kind says in a text field, if it is short."""
    if name not in free_text_fields(cls):
        return None
    texts = (getattr(each, name) for each in plan.all(cls))
    return next((each for each in texts if isinstance(each, str) and 0 < len(each) <= _LONG), None)


def _lines(
    plan: Plan, cls: type[Entity] | None, key: str, value: object, choices: Mapping[str, Text], lang: Lang
) -> Iterator[str]:
    name, label = _named(cls, key, lang)
    yield label
    refers = cls is not None and name in reference_fields(cls)
    now = Values(Names(plan), lang).any(value, refers, money=False) if value not in (None, (), {}) else "–"
    yield text(de=f"Jetzt: {now}", en=f"Now: {now}").say(lang)
    yield from _listed(list(offers(plan, cls, name, choices, lang)), lang, _SHOWN)


def _named(cls: type[Entity] | None, key: str, lang: Lang) -> tuple[str, str]:
    """The field's name in the model, and what people read of it."""
    for each, field in cls.model_fields.items() if cls else ():
        if (field.alias or each) == key and (found := note(field)):
            return each, f"{found.label.say(lang)} ({key}): {found.description.say(lang)}"
    return key, key


def _listed(offered: Sequence[str], lang: Lang, shown: int) -> Iterator[str]:
    if offered:
        yield text(de="Möglich:", en="Possible:").say(lang)
        yield from (f"  {each}" for each in offered[:shown])
        if (left := len(offered) - shown) > 0:
            yield text(de=f"  … und {left} weitere", en=f"  … and {left} more").say(lang)


def offers(plan: Plan, cls: type[Entity] | None, name: str, choices: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    """The terms of a closed list, or the ids that the field may name, each with what people call it."""
    for value, label in choices.items():
        yield value if label.say(lang) == value else f"{value}  {label.say(lang)}"
    kinds = reference_fields(cls).get(name, ()) if cls else ()
    for id, entity in sorted(plan.by_id.items()):
        if type(entity).__name__ in kinds:
            yield f"{id}  {brief(name_of(entity) or '')}".rstrip()


def short(plan: Plan, cls: type[Entity], key: str, choices: Mapping[str, Text], lang: Lang) -> str:
    """The same on the rest of a line: „: high (hoch), medium (mittel)“, or the first ids."""
    name = next((each for each, field in cls.model_fields.items() if (field.alias or each) == key), key)
    found = [each.split("  ")[0] for each in offers(plan, cls, name, choices, lang)]
    if choices:
        return ": " + ", ".join(v if t.say(lang) == v else f"{v} ({t.say(lang)})" for v, t in choices.items())
    return f": {', '.join(found[:5])}{' …' if found[5:] else ''}" if found else ""
