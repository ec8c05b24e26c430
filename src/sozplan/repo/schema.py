"""From a mapping with places to an entity, or to findings that a planner understands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from sozplan.diagnostics import Code, Diagnostic, Location, Text, text
from sozplan.model.entity import ORIGIN_KEY, Entity, Note, Origin, note
from sozplan.repo import advice
from sozplan.repo.codes import schema as codes
from sozplan.repo.places import gap_place, key_place, nearest_id
from sozplan.repo.shape import choices, keys_of, spot_of, union
from sozplan.repo.shown import shown
from sozplan.repo.yaml import Sources

E = TypeVar("E", bound=Entity)


def validate(cls: type[E], value: dict[str, Any], data: bytes) -> E | tuple[Diagnostic, ...]:
    """The entity that a file's mapping describes, else its faults; `data` is shown in messages."""
    try:
        return cls.model_validate(value)
    except ValidationError as error:
        origin, sources = value[ORIGIN_KEY], Sources(data)
        faults = [_Fault(cls, origin, value, sources, e) for e in error.errors(include_url=False)]
        meant = {fault.meant for fault in faults}
        return tuple(fault.diagnostic() for fault in faults if not fault.is_echo(meant))


class _Fault:
    """One of pydantic's errors with what is known of the place."""

    def __init__(self, cls: type[Entity], origin: Origin, value: Any, sources: Sources, error: Any) -> None:
        self.type: str = error["type"]
        self.input = error["input"]
        self.context: dict[str, Any] = error.get("ctx") or {}
        self.origin, self.value, self.sources = origin, value, sources
        self.spot = spot_of(cls, error["loc"])
        self.is_key = "[key]" in error["loc"]

    def diagnostic(self) -> Diagnostic:
        code, args = self._say()
        entity = nearest_id(self.value, self.spot.path)
        return Diagnostic(self._place(code), code, args, entity, code.severity)

    @property
    def meant(self) -> tuple[str | int, ...] | None:
        """The path of the key that an unknown one looks like."""
        near = advice.near_key(self.key, self.spot.around) if self.type == "extra_forbidden" else None
        return (*self.spot.path[:-1], near) if near else None

    def is_echo(self, meant: Container[tuple[str | int, ...] | None]) -> bool:
        """Says again what another fault says: a missing key that was mistyped, a list short of its faulty items."""
        if self.type == "too_short":
            return bool(len(self.input) >= self.context["min_length"])
        return self.type == "missing" and self.spot.path in meant

    def _say(self) -> tuple[Code, dict[str, object]]:
        match self.type:
            case "extra_forbidden":
                return codes.UNKNOWN_KEY, {
                    "key": shown(self.key),
                    "hint": advice.known_keys(self.key, self.spot.around),
                }
            case "missing":
                return codes.MISSING_KEY, self._labelled()
            case "union_tag_not_found" if self._kind_mistyped:
                return codes.UNKNOWN_KEY, {"key": shown(self._kind_mistyped), "hint": advice.did_you_mean("kind")}
            case "union_tag_not_found" if isinstance(self.input, dict) and "kind" not in self.input:
                return codes.MISSING_KEY, self._kind()
        if self.input is None:
            return codes.EMPTY, {"key": self._where}
        if self.type == "value_error":
            return self._own(str(self.context["error"]))
        return self._typed()

    def _own(self, name: str) -> tuple[Code, dict[str, object]]:
        """Our own validators raise with the name of what they wanted."""
        value: dict[str, object] = {"value": self.raw}
        match name:
            case "date":
                return codes.NOT_A_DATE, value | {"hint": advice.date_hint(self.raw)}
            case "period":
                return codes.NOT_A_PERIOD, value | {"hint": advice.period_hint(self.raw)}
            case "cents":
                return codes.NOT_CENTS, value | {"hint": advice.cents_hint(self.raw)}
            case "path":
                return codes.UNSAFE_PATH, value | {"hint": advice.path_hint(self.raw)}
        return codes.NOT_A_NUMBER, {"value": self.written, "hint": advice.number_hint(self.raw)}

    def _typed(self) -> tuple[Code, dict[str, object]]:
        value, key = self.raw, self.key
        match self.type:
            case "enum" | "literal_error" | "bool_type" if not isinstance(self.input, dict | list):
                return codes.NOT_A_TERM, {"key": key, **self._terms(self.written, choices(self.spot.field))}
            case "union_tag_invalid" | "union_tag_not_found" if isinstance(self.input, dict):
                given = shown(str(self.input["kind"]))
                return codes.NOT_A_TERM, {"key": "kind", **self._terms(given, choices(self.spot.field))}
            case "string_type" if not isinstance(self.input, dict | list):
                found = advice.FOUND[type(self.input)]
                return codes.NOT_TEXT, {"key": key, "raw": value, "quoted": value, "found": found}
            case "string_pattern_mismatch" if "a-z0-9-" in self.context["pattern"]:
                return codes.NOT_AN_ID, {"value": value, "hint": advice.id_hint(value)}
            case "string_pattern_mismatch" | "string_too_long":
                return codes.WRONG_FORM, {"value": value, "key": key, "description": self._note().description}
            case "string_too_short":
                return codes.EMPTY, {"key": self._where}
            case "too_short":
                return codes.OUT_OF_RANGE, {"key": key} | advice.too_short(len(self.input), self.context["min_length"])
            case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
                return codes.OUT_OF_RANGE, {"key": key, "value": value, "bound": advice.bound(self.context)}
            case "int_type" if isinstance(self.input, Decimal):
                return codes.OUT_OF_RANGE, {"key": key, "value": value, "bound": advice.WHOLE}
            case "int_type" if not isinstance(self.input, dict | list):
                return codes.NOT_A_NUMBER, {"value": self.written, "hint": advice.number_hint(value)}
        return codes.WRONG_SHAPE, self._shape()

    @property
    def key(self) -> str:
        """The last key of the path, for the sentence."""
        return next((part for part in reversed(self.spot.path) if isinstance(part, str)), "")

    @property
    def _where(self) -> Text:
        """What a value belongs to: its key, or its place in the key's list."""
        index = self.spot.path[-1]
        if isinstance(index, str):
            return Text(index, index)
        return text(de=f"{self.key}, Eintrag {index + 1}", en=f"{self.key}, entry {index + 1}")

    @property
    def written(self) -> str:
        """As `raw`, with its quotes, where just these may be what is wrong."""
        return shown(self.sources.at(self.origin.locate(*self.spot.path)) or self.raw)

    @property
    def raw(self) -> str:
        """The value as it stands in the file, on one line."""
        if isinstance(self.input, str):
            return shown(self.input)
        place = self.origin.locate(*self.spot.path)
        return shown(self.sources.at(place) or str(self.input))

    def _note(self) -> Note:
        found = note(self.spot.field) if self.spot.field else None
        return found or Note(Text(self.key, self.key), Text(self.key, self.key))

    def _labelled(self) -> dict[str, object]:
        found = self._note()
        return {"key": self.key, "label": found.label, "description": found.description}

    @property
    def _kind_mistyped(self) -> str | None:
        """Without its kind an entry has no known keys, so that a typo there has to be looked for."""
        if self.type != "union_tag_not_found" or not isinstance(self.input, dict) or self.spot.field is None:
            return None
        known = {key for member in union(self.spot.field.annotation) for key in keys_of(get_args(member)[0])}
        strange = [key for key in self.input if key not in known]
        return next((key for key in strange if get_close_matches(key.casefold(), ("kind", "art"), 1)), None)

    def _kind(self) -> dict[str, object]:
        allowed = advice.names(choices(self.spot.field))
        return {"key": "kind", "label": text(de="Art", en="Kind"), "description": allowed}

    @staticmethod
    def _terms(given: str, allowed: Mapping[str, Text]) -> dict[str, object]:
        by_word = {word.casefold(): value for value, label in allowed.items() for word in advice.spoken(value, label)}
        near = get_close_matches(given.casefold(), by_word, 1)
        hint = advice.did_you_mean(by_word[near[0]]) if near else Text("", "")
        return {"allowed": advice.names(allowed), "hint": hint, "value": given}

    def _shape(self) -> dict[str, object]:
        expected, hint = advice.EXPECTED.get(self.type, advice.EXPECTED["string_type"])
        return {"key": self._where, "expected": expected, "found": advice.FOUND[type(self.input)], "hint": hint}

    def _place(self, code: Code) -> Location:
        path = self.spot.path
        if self._kind_mistyped:
            return key_place(self.origin, (*path, self._kind_mistyped))
        if code is codes.UNKNOWN_KEY or self.is_key:
            return key_place(self.origin, path)
        if self.type == "missing":
            return gap_place(self.origin, path, self.spot.around)
        if code is codes.NOT_A_TERM and isinstance(self.input, dict):
            return self.origin.locate(*path, "kind")
        return self.origin.locate(*path)
