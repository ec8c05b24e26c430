"""From a mapping with places to an entity, or to findings that a planner understands."""

from __future__ import annotations

import types
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic.fields import FieldInfo

from sozplan.diagnostics import Code, Diagnostic, Location, Text, text
from sozplan.model.entity import ORIGIN_KEY, Entity, Note, Origin, note
from sozplan.model.terms import Term
from sozplan.repo.codes import schema as codes
from sozplan.repo.shown import shown
from sozplan.repo.yaml import source_of

E = TypeVar("E", bound=Entity)


def validate(cls: type[E], value: dict[str, Any], data: bytes) -> E | tuple[Diagnostic, ...]:
    """The entity that a file's mapping describes, else its faults; `data` is shown in messages."""
    try:
        return cls.model_validate(value)
    except ValidationError as error:
        origin = value[ORIGIN_KEY]
        faults = [_Fault(cls, origin, value, data, e) for e in error.errors(include_url=False)]
        meant = {fault.meant for fault in faults}
        return tuple(fault.diagnostic() for fault in faults if not fault.is_echo(meant))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a fault lies: the path in YAML, the class around it and the field it is the value of."""

    path: tuple[str | int, ...]
    around: type[Entity] | None
    field: FieldInfo | None


class _Fault:
    """One of pydantic's errors with what is known of the place."""

    def __init__(self, cls: type[Entity], origin: Origin, value: Any, data: bytes, error: Any) -> None:
        self.type: str = error["type"]
        self.input = error["input"]
        self.context: dict[str, Any] = error.get("ctx") or {}
        self.origin, self.value, self.data = origin, value, data
        self.spot = _walk(cls, error["loc"])
        self.is_key = "[key]" in error["loc"]

    def diagnostic(self) -> Diagnostic:
        code, args = self._say()
        entity = _nearest_id(self.value, self.spot.path)
        return Diagnostic(self._place(code), code, args, entity, code.severity)

    @property
    def meant(self) -> tuple[str | int, ...] | None:
        """The path of the key that an unknown one looks like."""
        near = _near_key(self.key, self.spot.around) if self.type == "extra_forbidden" else None
        return (*self.spot.path[:-1], near) if near else None

    def is_echo(self, meant: Container[tuple[str | int, ...] | None]) -> bool:
        """Says again what another fault says: a missing key that was mistyped, a list short of its faulty items."""
        if self.type == "too_short":
            return bool(len(self.input) >= self.context["min_length"])
        return self.type == "missing" and self.spot.path in meant

    def _say(self) -> tuple[Code, dict[str, object]]:
        match self.type:
            case "extra_forbidden":
                return codes.UNKNOWN_KEY, {"key": shown(self.key), "hint": _known_keys(self.key, self.spot.around)}
            case "missing":
                return codes.MISSING_KEY, self._labelled()
            case "union_tag_not_found" if self._kind_mistyped:
                return codes.UNKNOWN_KEY, {"key": shown(self._kind_mistyped), "hint": _did_you_mean("kind")}
            case "union_tag_not_found" if isinstance(self.input, dict):
                return codes.MISSING_KEY, self._kind()
        if self.input is None:
            return codes.EMPTY, {"key": self.key}
        if self.type == "value_error":
            return self._own(str(self.context["error"]))
        return self._typed()

    def _own(self, name: str) -> tuple[Code, dict[str, object]]:
        """Our own validators raise with the name of what they wanted."""
        value: dict[str, object] = {"value": self.raw}
        match name:
            case "date":
                return codes.NOT_A_DATE, value | {"hint": _date_hint(self.raw)}
            case "period":
                return codes.NOT_A_PERIOD, value
            case "cents":
                return codes.NOT_CENTS, value
            case "path":
                return codes.UNSAFE_PATH, value
        return codes.NOT_A_NUMBER, value | {"hint": _number_hint(self.raw)}

    def _typed(self) -> tuple[Code, dict[str, object]]:
        value, key = self.raw, self.key
        match self.type:
            case "enum" | "literal_error" | "union_tag_invalid":
                return codes.NOT_A_TERM, {"value": value, "key": self._term_key(), **self._terms()}
            case "string_type" if not isinstance(self.input, dict | list):
                return codes.NOT_TEXT, {"key": key, "raw": value, "quoted": value, "found": _FOUND[type(self.input)]}
            case "string_pattern_mismatch" if "a-z0-9-" in self.context["pattern"]:
                return codes.NOT_AN_ID, {"value": value, "hint": _id_hint(value)}
            case "string_pattern_mismatch" | "string_too_long":
                return codes.WRONG_FORM, {"value": value, "key": key, "description": self._note().description}
            case "string_too_short":
                return codes.EMPTY, {"key": key}
            case "too_short":
                return codes.OUT_OF_RANGE, {"key": key} | _too_short(len(self.input), self.context["min_length"])
            case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
                return codes.OUT_OF_RANGE, {"key": key, "value": value, "bound": _bound(self.context)}
            case "int_type" | "int_from_float" if not isinstance(self.input, dict | list):
                return codes.NOT_A_NUMBER, {"value": value, "hint": _WHOLE}
        return codes.WRONG_SHAPE, self._shape()

    @property
    def key(self) -> str:
        """The last key of the path, for the sentence."""
        return next((part for part in reversed(self.spot.path) if isinstance(part, str)), "")

    @property
    def raw(self) -> str:
        """The value as it stands in the file, on one line."""
        if isinstance(self.input, str):
            return shown(self.input)
        place = self.origin.locate(*self.spot.path)
        return shown(source_of(self.data, place) or str(self.input))

    def _note(self) -> Note:
        found = note(self.spot.field) if self.spot.field else None
        return found or Note(Text(self.key, self.key), Text(self.key, self.key))

    def _labelled(self) -> dict[str, object]:
        found = self._note()
        return {"key": self.key, "label": found.label, "description": found.description}

    @property
    def _kind_mistyped(self) -> str | None:
        """Without its kind an entry has no known keys, so that a typo there has to be looked for."""
        if self.type != "union_tag_not_found" or not isinstance(self.input, dict) or "kind" in self.input:
            return None
        return next(iter(get_close_matches("kind", self.input, 1)), None)

    def _kind(self) -> dict[str, object]:
        return {"key": "kind", "label": text(de="Art", en="Kind"), "description": _names(_choices(self.spot.field))}

    def _term_key(self) -> str:
        return "kind" if self.type == "union_tag_invalid" else self.key

    def _terms(self) -> dict[str, object]:
        choices = _choices(self.spot.field)
        given = self.context.get("tag", self.input)
        wrong = str(given).casefold()
        by_word = {word.casefold(): value for value, label in choices.items() for word in _spoken(value, label)}
        near = get_close_matches(wrong, by_word, 1)
        hint = _did_you_mean(by_word[near[0]]) if near else Text("", "")
        return {"allowed": _names(choices), "hint": hint, "value": shown(str(given))}

    def _shape(self) -> dict[str, object]:
        expected, hint = _EXPECTED.get(self.type, _EXPECTED["string_type"])
        found = _FOUND.get(type(self.input), text(de="etwas anderes", en="something else"))
        return {"key": self.key, "expected": expected, "found": found, "hint": hint}

    def _place(self, code: Code) -> Location:
        path = self.spot.path
        if self._kind_mistyped:
            return _key_place(self.origin, (*path, self._kind_mistyped))
        if code is codes.UNKNOWN_KEY or self.is_key:
            return _key_place(self.origin, path)
        if self.type == "missing":
            return _gap_place(self.origin, path, self.spot.around)
        if self.type == "union_tag_invalid":
            return self.origin.locate(*path, "kind")
        return self.origin.locate(*path)


def _walk(cls: type[Entity], loc: tuple[str | int, ...]) -> _Spot:
    """Follows pydantic's path through the types; the names of union members aren't in the YAML."""
    path: list[str | int] = []
    around: type[Entity] | None = None
    field: FieldInfo | None = None
    current: Any = cls
    for part in loc:
        if part == "[key]":
            continue
        current = _bare(current)
        if isinstance(part, str) and (member := _tagged(current, part)) is not None:
            current = member
            continue
        path.append(part)
        if isinstance(current, type) and issubclass(current, Entity):
            around, field = current, _field(current, str(part))
            current = field.annotation if field else None
        else:
            current = _element(current)
    return _Spot(tuple(path), around, field)


def _bare(annotation: Any) -> Any:
    """Without Annotated and None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            members = [a for a in get_args(annotation) if a is not type(None)]
            if len(members) != 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def _tagged(annotation: Any, tag: str) -> Any:
    for member in _members(annotation):
        if any(isinstance(m, Tag) and m.tag == tag for m in get_args(member)[1:]):
            return member
    return None


def _members(annotation: Any) -> tuple[Any, ...]:
    annotation = _bare(annotation)
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()


def _element(annotation: Any) -> Any:
    """What a tuple or mapping holds."""
    args = [a for a in get_args(annotation) if a is not Ellipsis]
    return args[-1] if args else None


def _field(cls: type[Entity], key: str) -> FieldInfo | None:
    return next((f for name, f in cls.model_fields.items() if (f.alias or name) == key), None)


def keys_of(cls: type[Entity]) -> tuple[str, ...]:
    """The keys that a planning file may write for this class, in their order."""
    keys = (f.alias or name for name, f in cls.model_fields.items())
    return tuple(k for k in keys if k != ORIGIN_KEY)


def _choices(field: FieldInfo | None) -> dict[str, Text]:
    """The values that a field takes, with the words people see."""
    return _choices_of(field.annotation) if field else {}


def _choices_of(annotation: Any) -> dict[str, Text]:
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return {term.value: term.label for term in annotation}
    if get_origin(annotation) is Literal:
        return {str(v): Text(str(v), str(v)) for v in get_args(annotation)}
    if members := _members(annotation):
        return {str(tag.tag): _kind_label(get_args(m)[0]) for m in members for tag in get_args(m)[1:]}
    return _choices_of(element) if (element := _element(annotation)) is not None else {}


def _spoken(value: str, label: Text) -> Iterator[str]:
    """The words somebody might write instead: the labels, or what they begin with."""
    yield value
    for each in label:
        yield each
        yield each.partition(" ")[0]


def _kind_label(cls: type[Entity]) -> Text:
    """What a member of a union says of itself where its kind is described."""
    found = note(cls.model_fields["kind"])
    return Text(*(each.rstrip(".") for each in found.description)) if found else Text("", "")


def _names(choices: dict[str, Text]) -> Text:
    return Text(*(", ".join(_name(v, label, lang) for v, label in choices.items()) for lang in (0, 1)))


def _name(value: str, label: Text, lang: int) -> str:
    return value if label[lang] == value else f"{value} ({label[lang]})"


def _near_key(key: str, around: type[Entity] | None) -> str | None:
    """The known key that is written nearly so, or whose German or English label is."""
    if around is None:
        return None
    if near := get_close_matches(key, keys_of(around), 1):
        return near[0]
    words = dict(_words(around))
    near = get_close_matches(key.casefold().replace("-", "_"), words, 1)
    return words[near[0]] if near else None


def _words(cls: type[Entity]) -> Iterator[tuple[str, str]]:
    for name, field in cls.model_fields.items():
        if (key := field.alias or name) != ORIGIN_KEY:
            labels = (found.label.de, found.label.en) if (found := note(field)) else ()
            yield from ((word.casefold(), key) for word in (*labels, key))


def _known_keys(key: str, around: type[Entity] | None) -> Text:
    if near := _near_key(key, around):
        return _did_you_mean(near)
    listed = ", ".join(keys_of(around) if around else ())
    return text(de=f"Möglich sind: {listed}.", en=f"Possible are: {listed}.")


def _did_you_mean(word: str) -> Text:
    return text(de=f"Meinten Sie „{word}“?", en=f"Did you mean “{word}”?")


def _key_place(origin: Origin, path: tuple[str | int, ...]) -> Location:
    node = _around(origin, path)
    return node.locate_key(str(path[-1])) if isinstance(node, Origin) else origin.locate(*path)


def _around(origin: Origin, path: tuple[str | int, ...]) -> Any:
    """The node that holds the last part of the path."""
    node: Any = origin
    for part in path[:-1]:
        node = node.values[str(part)] if isinstance(node, Origin) else node.items[part]
    return node


def _gap_place(origin: Origin, path: tuple[str | int, ...], around: type[Entity] | None) -> Location:
    """Where a missing key would stand: before the next of its siblings that is there, else in its mapping."""
    node = _around(origin, path)
    keys = keys_of(around) if around else ()
    here = keys.index(str(path[-1])) if path[-1] in keys else 0
    present = set(node.keys) if isinstance(node, Origin) else set()
    if not present.intersection(keys[:here]):
        return origin.locate(*path[:-1])
    after = next((k for k in keys[here + 1 :] if k in present), None)
    before = next((k for k in reversed(keys[:here]) if k in present), None)
    sibling = after or before
    return node.locate_key(sibling) if isinstance(node, Origin) and sibling else origin.locate(*path[:-1])


def _nearest_id(value: Any, path: Iterable[str | int]) -> str | None:
    """The id of the innermost mapping on the way that has one."""
    found: str | None = None
    for node in _nodes(value, path):
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            found = node["id"]
    return found


def _nodes(value: Any, path: Iterable[str | int]) -> Iterator[Any]:
    yield value
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return
        yield value


def _date_hint(raw: str) -> Text:
    """The German way of writing a day, turned round."""
    parts = raw.strip('"').split(".")
    if len(parts) == 3 and all(p.isdigit() and p.isascii() for p in parts) and len(parts[2]) == 4:
        return _did_you_mean(f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}")
    return Text("", "")


def _number_hint(raw: str) -> Text:
    plain = raw.strip("\"'").replace(" ", "").removesuffix("€").removesuffix("%")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    if plain != raw and plain.replace(".", "", 1).lstrip("-").isdigit() and plain.isascii():
        return _did_you_mean(plain)
    return Text("", "")


def _id_hint(raw: str) -> Text:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-", "_": "-", "/": "-", ".": "-"})
    plain = "".join(c for c in raw.casefold().translate(table) if c.isascii() and (c.isalnum() or c == "-"))
    plain = plain.lstrip("-0123456789")[:64]
    return _did_you_mean(plain) if plain else Text("", "")


def _bound(context: dict[str, Any]) -> Text:
    words = {
        "ge": ("mindestens", "at least"),
        "gt": ("größer als", "more than"),
        "le": ("höchstens", "at most"),
        "lt": ("kleiner als", "less than"),
    }
    name, limit = next((n, context[n]) for n in words if n in context)
    return Text(*(f"{word} {limit}" for word in words[name]))


def _too_short(length: int, least: int) -> dict[str, object]:
    entries = text(de="einem Eintrag", en="one entry")
    wanted = entries if least == 1 else text(de=f"{least} Einträgen", en=f"{least} entries")
    found = text(de=f"eine mit {entries.de}", en=f"one with {entries.en}")
    return {
        "bound": Text(f"eine Liste mit mindestens {wanted.de}", f"a list of at least {wanted.en}"),
        "value": found if length == 1 else text(de="eine leere Liste", en="an empty list"),
    }


_WHOLE = text(de="Hier wird eine ganze Zahl gebraucht.", en="A whole number is needed here.")
_FOUND: dict[type, Text] = {
    bool: text(de="Wahrheitswert (ja/nein)", en="truth value (yes/no)"),
    int: text(de="Zahl", en="number"),
    str: text(de="ein einzelner Text", en="a single text"),
    dict: text(de="ein Abschnitt mit eigenen Schlüsseln", en="a section with keys of its own"),
    list: text(de="eine Liste", en="a list"),
}
_LIST_HINT = text(
    de="Schreiben Sie jeden Eintrag in eine eigene Zeile, die mit „- “ beginnt.",
    en="Write each entry on a line of its own that starts with “- ”.",
)
_SECTION_HINT = text(
    de="Schreiben Sie die Angaben eingerückt darunter, je Zeile „schlüssel: wert“.",
    en="Write the values indented below it, a line each “key: value”.",
)
_EXPECTED: dict[str, tuple[Text, Text]] = {
    "string_type": (text(de="ein Text", en="a text"), Text("", "")),
    "tuple_type": (text(de="eine Liste", en="a list"), _LIST_HINT),
    "model_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "model_attributes_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "union_tag_not_found": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "dict_type": (text(de="ein Abschnitt", en="a section"), _SECTION_HINT),
    "bool_type": (text(de="„true“ oder „false“", en="“true” or “false”"), Text("", "")),
    "int_type": (text(de="eine ganze Zahl", en="a whole number"), Text("", "")),
}
