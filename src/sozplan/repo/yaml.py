"""YAML to plain values with the place of every key and value, in one pass over libyaml's events.

PyYAML's own construction is of no use here: its YAML 1.1 makes `no` false and `12:30` 750, drops the places,
takes the last of two equal keys and follows aliases. The events cost a third of it and leave all that to us.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Final, NamedTuple

from yaml import YAMLError

from sozplan.diagnostics import Code, Diagnostic, Location, diagnostic, text
from sozplan.model.entity import ORIGIN_KEY, Items, Mark, Origin
from sozplan.repo.advice import number_hint
from sozplan.repo.codes import file as file_codes
from sozplan.repo.codes import schema as schema_codes
from sozplan.repo.codes import syntax as syntax_codes
from sozplan.repo.codes import yaml as codes
from sozplan.repo.content import decode, directive_in, fault_in, is_harmless
from sozplan.repo.events import ALIAS, MAPPING, MAPPING_END, SCALAR, SEQUENCE, SEQUENCE_END, STREAM_END, event_source
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.scalars import NUMERIC, WORDS, Scalar, UnusableNumberError, number, resolve
from sozplan.repo.shown import code_point, shown
from sozplan.repo.syntax import INDENTED_BY, explain

_BEFORE_COMMA: Final = re.compile(r"-?[0-9.]+,\Z")


class Document(NamedTuple):
    """What a file says, or why it says nothing."""

    value: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]
    blanks: tuple[tuple[str, Location], ...] = ()
    """Keys with nothing behind them, and where the value would stand."""


def read(data: bytes, file: str, limits: Limits = LIMITS) -> Document:
    """The mapping in a file; every mapping in it carries its `Origin` under `ORIGIN_KEY`.

    Values are str, int, Decimal, bool and None; quoted and block scalars always str.
    Any fault leaves no value: half a file would be mistaken for a plan.
    """
    content = decode(data, file)
    if isinstance(content, Diagnostic):
        return Document(None, (content,))
    careful = not is_harmless(content)
    if careful and (fault := fault_in(content, file) or directive_in(content, file)):
        return Document(None, (fault,))
    reader = _Reader(content, file, limits, careful=careful or len(content) > limits.scalar_characters)
    value = reader.document()
    blanks = tuple((key, Location(file, mark.line + 1, mark.column + 1)) for key, mark in reader.blanks)
    return Document(None if reader.faults else value, tuple(reader.faults), blanks)


class Sources:
    """What stands in a file where a scalar begins: `01`, of which `read` made 1. For messages only.

    The file is looked through once, however many faults it has, and not at all if it has none.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def at(self, place: Mark | Location) -> str | None:
        shift = 1 if isinstance(place, Location) else 0
        return self._scalars.get((place.line - shift, place.column - shift))

    @cached_property
    def _scalars(self) -> dict[tuple[int, int], str]:
        content = decode(self._data, "")
        if isinstance(content, Diagnostic):
            return {}
        found: dict[tuple[int, int], str] = {}
        next_event = event_source(content)
        try:
            while (event := next_event()).__class__ is not STREAM_END:
                if event.__class__ is SCALAR:
                    start = event.start_mark
                    found[start.line, start.column] = content[start.index : event.end_mark.index]
        except YAMLError:
            pass
        return found


_ODD_KEYS: Final = frozenset(WORDS) | {"<<"}
_HIDDEN = re.compile(
    "[\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff\ufff9-\ufffb]"
)
_HIDDEN_IN_KEY = re.compile(f"[\u00a0\u202f]|{_HIDDEN.pattern}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class _StoppedError(Exception):
    """Reading on would only echo the fault just noted."""


class _Reader:
    """One pass over one file. The loops are written out, for they run for every line of every file."""

    __slots__ = ("_careful", "_content", "_file", "_limits", "_next", "blanks", "faults")

    def __init__(self, content: str, file: str, limits: Limits, *, careful: bool) -> None:
        self._content = content
        self._file = file
        self._limits = limits
        self._next = event_source(content)
        self._careful = careful
        self.faults: list[Diagnostic] = []
        self.blanks: list[tuple[str, Mark]] = []

    def document(self) -> dict[str, Any] | None:
        try:
            return self._document()
        except _StoppedError:
            pass
        except YAMLError as error:
            self.faults.append(explain(self._content, error, self._file))
        return None

    def _document(self) -> dict[str, Any]:
        self._next()
        if self._next().__class__ is STREAM_END:
            raise self._stop(codes.EMPTY)
        event = self._next()
        if event.__class__ is not MAPPING:
            raise self._not_a_mapping(event)
        value = self._mapping(event, 1)
        self._next()
        if (event := self._next()).__class__ is not STREAM_END:
            raise self._stop(codes.SECOND_DOCUMENT, event.start_mark)
        return value

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        self._begin(start, depth)
        next_event, careful = self._next, self._careful
        keys: dict[str, Mark] = {}
        places: dict[str, Any] = {}
        result: dict[str, Any] = {ORIGIN_KEY: Origin(self._file, start.start_mark, keys, places)}
        while (event := next_event()).__class__ is SCALAR:
            key = event.value
            if careful:
                self._inspect(event, _HIDDEN_IN_KEY)
            if key in result or key in _ODD_KEYS or key[0] in NUMERIC:
                self._check_key(event, keys)
            keys[key] = event.start_mark
            event = next_event()
            kind = event.__class__
            if kind is SCALAR:
                value = event.value
                places[key] = event.start_mark
                if careful:
                    self._inspect(event)
                if not event.style:
                    if value in WORDS:
                        value = WORDS[value]
                        if value is None:
                            self.blanks.append((key, event.start_mark))
                    elif value[0] in NUMERIC:
                        value = self._number(event)
                result[key] = value
            elif kind is MAPPING:
                result[key] = value = self._mapping(event, depth + 1)
                places[key] = value[ORIGIN_KEY]
            else:
                result[key], places[key] = self._sequence(event, depth + 1)
        if event.__class__ is not MAPPING_END:
            raise self._strange_key(event)
        return result

    def _sequence(self, start: Any, depth: int) -> tuple[list[Any], Items]:
        if start.__class__ is ALIAS:
            raise self._alias(start)
        self._begin(start, depth)
        next_event, careful = self._next, self._careful
        result: list[Any] = []
        places: list[Any] = []
        while (kind := (event := next_event()).__class__) is not SEQUENCE_END:
            if kind is SCALAR:
                value = event.value
                places.append(event.start_mark)
                if careful:
                    self._inspect(event)
                if not event.style:
                    if value in WORDS:
                        value = WORDS[value]
                    elif value[0] in NUMERIC:
                        value = self._number(event)
                result.append(value)
            elif kind is MAPPING:
                value = self._mapping(event, depth + 1)
                result.append(value)
                places.append(value[ORIGIN_KEY])
            else:
                value, items = self._sequence(event, depth + 1)
                result.append(value)
                places.append(items)
        return result, Items(start.start_mark, places)

    def _begin(self, start: Any, depth: int) -> None:
        """Guards the nesting before it costs anything."""
        if depth > self._limits.depth:
            raise self._stop(codes.TOO_DEEP, start.start_mark, limit=self._limits.depth)
        if self._careful:
            self._inspect_node(start)

    def _number(self, event: Any) -> Scalar:
        try:
            return number(event.value, self._limits)
        except UnusableNumberError:
            self._note(codes.NUMBER, event.start_mark, number=shown(event.value))
            return None

    def _check_key(self, event: Any, keys: dict[str, Mark]) -> None:
        key, at = event.value, event.start_mark
        if key in keys:
            self._note(codes.DUPLICATE_KEY, at, key=shown(key), first=keys[key].line + 1)
        elif key in (ORIGIN_KEY, "<<"):
            self._note(codes.RESERVED_KEY, at, key=key)
        elif not event.style and not _is_text(key, self._limits):
            if halved := self._halved_number(event):
                self._note(schema_codes.NOT_A_NUMBER, at, value=halved, hint=number_hint(halved))
            else:
                self._note(codes.KEY_NOT_TEXT, at, key=shown(key))

    def _halved_number(self, event: Any) -> str | None:
        """Between brackets a decimal comma splits its number: `{value: 23,9}` has a key 9."""
        end = event.start_mark.index
        found = _BEFORE_COMMA.search(self._content, max(0, end - self._limits.number_characters), end)
        return found[0] + event.value if found else None

    def _inspect(self, event: Any, hidden: re.Pattern[str] = _HIDDEN) -> None:
        """What only a file with escapes, `&`, `*`, `!` or invisible characters can hold."""
        self._inspect_node(event)
        value, at = event.value, event.start_mark
        if len(value) > self._limits.scalar_characters:
            self._note(codes.SCALAR_TOO_LONG, at, length=len(value), limit=self._limits.scalar_characters)
        elif match := _CONTROL.search(value):
            self._note(file_codes.CONTROL_CHARACTER, at, character=code_point(match[0]))
        elif hidden is _HIDDEN_IN_KEY and value.startswith("\u00a0"):
            self._note(syntax_codes.TAB, at, character=INDENTED_BY["\u00a0"])
        elif (match := hidden.search(value)) and (hidden is _HIDDEN_IN_KEY or len(value.split()) == 1):
            self._note(codes.INVISIBLE_CHARACTER, at, word=shown(value), character=code_point(match[0]))

    def _inspect_node(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._alias(event)
        if event.tag is not None:
            source = self._content[event.start_mark.index :]
            raise self._stop(codes.TAG, event.start_mark, tag=shown(source.split(maxsplit=1)[0], 30))

    def _alias(self, event: Any) -> _StoppedError:
        sign = self._content[event.start_mark.index]
        return self._stop(codes.ALIAS, event.start_mark, sign=sign)

    def _strange_key(self, event: Any) -> _StoppedError:
        if event.__class__ is ALIAS:
            return self._alias(event)
        line = self._content[event.start_mark.index :].split("\n", 1)[0]
        return self._stop(codes.KEY_NOT_TEXT, event.start_mark, key=shown(line.strip(), 30))

    def _not_a_mapping(self, event: Any) -> _StoppedError:
        if event.__class__ is ALIAS:
            return self._alias(event)
        if event.__class__ is SEQUENCE:
            what = text(de="einer Liste", en="a list")
        elif event.value or event.style:
            self._next()  # a colon further on shows that only the first line lacks its own
            what = text(de="einem Text ohne Schlüssel", en="a text without a key")
        else:
            return self._stop(codes.EMPTY, event.start_mark)
        return self._stop(codes.NOT_A_MAPPING, event.start_mark, what=what)

    def _note(self, code: Code, mark: Mark | None, **args: object) -> None:
        at = Location(self._file, mark.line + 1, mark.column + 1) if mark else Location(self._file)
        self.faults.append(Diagnostic(at, code, args))
        limit = self._limits.file_faults
        if len(self.faults) == limit:
            self.faults.append(diagnostic(codes.TOO_MANY_FAULTS, at, limit=limit))
            raise _StoppedError

    def _stop(self, code: Code, mark: Mark | None = None, **args: object) -> _StoppedError:
        self._note(code, mark, **args)
        return _StoppedError()


def _is_text(key: str, limits: Limits) -> bool:
    try:
        return isinstance(resolve(key, limits), str)
    except UnusableNumberError:
        return False
