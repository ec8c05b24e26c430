"""A GeoJSON file as its features, each with its place in the text; what they hold is looked at elsewhere.

The outermost object and its list of features are read by hand, all below by Python's own parser, so that every feature
keeps its line and none of it costs more than parsing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sozplan.diagnostics import Location, Text, text
from sozplan.repo.limits import Limits
from sozplan.repo.shown import shown


class NotGeoJson(Exception):
    """What makes the file useless as a whole, and where."""

    def __init__(self, at: int, what: Text) -> None:
        super().__init__(what.en)
        self.at, self.what = at, what


class TooMuch(Exception):
    """A limit is exceeded."""

    def __init__(self, limit: int, what: Text) -> None:
        super().__init__(what.en)
        self.limit, self.what = limit, what


class Feature(NamedTuple):
    """`number` counts from 1, `at` is the place in the text."""

    number: int
    at: int
    value: Any


@dataclass
class Source:
    """A text that knows its lines; quick where places are asked for in their order."""

    file: str
    content: str
    _at: int = 0
    _line: int = 1

    def locate(self, at: int) -> Location:
        if at < self._at:
            self._at, self._line = 0, 1
        self._line += self.content.count("\n", self._at, at)
        self._at = at
        return Location(self.file, self._line, at - self.content.rfind("\n", 0, at))


@dataclass
class Collection:
    """`crs` is the member of that name as the standard of 2008 had it, with its place."""

    features: list[Feature] = field(default_factory=list)
    crs: tuple[int, Any] | None = None
    type: Any = None


def collection(content: str, limits: Limits) -> Collection:
    """The features; raises `NotGeoJson` and `TooMuch`."""
    if _is_deeper(content, limits.depth):
        raise _too_deep(limits)
    scan, found = _Scan(content, limits), Collection()
    lists = False
    for key, at in scan.members():
        if key == "features" and scan.sign("["):
            lists = True
            found.features = list(scan.items())
        else:
            value = scan.value()
            if key == "type":
                found.type = value
            elif key == "crs":
                found.crs = at, value
    if found.type != "FeatureCollection" or not lists:
        raise NotGeoJson(0, _no_collection(found.type, lists))
    return found


def _too_deep(limits: Limits) -> TooMuch:
    return TooMuch(limits.depth, text(de="Ebenen ineinander", en="levels inside one another"))


def _no_collection(type: Any, lists: bool) -> Text:
    if type == "Topology":
        return text(
            de="Es ist TopoJSON; speichern Sie die Karte als GeoJSON", en="it is TopoJSON; save the map as GeoJSON"
        )
    if type == "FeatureCollection" and not lists:
        return text(de="Es fehlt die Liste „features“", en="the list “features” is missing")
    told = shown(json.dumps(type, ensure_ascii=False), 40)
    return text(
        de=f"Erwartet wird eine „FeatureCollection“, „type“ ist aber {told}",
        en=f"a “FeatureCollection” is expected, but “type” is {told}",
    )


class _Scan:
    """Reads on from a place in the text."""

    def __init__(self, content: str, limits: Limits) -> None:
        self.content, self.limits, self.at, self.start = content, limits, 0, 0
        self.decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)

    def skip(self) -> None:
        match = _SPACE.match(self.content, self.at)
        self.at = match.end() if match else self.at

    def sign(self, wanted: str) -> bool:
        self.skip()
        if not self.content.startswith(wanted, self.at):
            return False
        self.at += 1
        return True

    def need(self, wanted: str) -> None:
        if not self.sign(wanted):
            raise NotGeoJson(self.at, _unexpected(self.content, self.at))

    def members(self) -> Iterator[tuple[str, int]]:
        """The keys of the outermost object; whoever asks for the next has read the value."""
        self.need("{")
        seen = set[str]()
        more = not self.sign("}")
        while more:
            key = self.value()
            if not isinstance(key, str):
                raise NotGeoJson(self.start, _unexpected(self.content, self.start))
            if key in seen:
                raise NotGeoJson(self.start, _twice(key))
            seen.add(key)
            if len(seen) > self.limits.geojson_members:
                raise TooMuch(self.limits.geojson_members, text(de="Angaben neben den Geometrien", en="members"))
            self.need(":")
            yield key, self.start
            if not (more := self.sign(",")):
                self.need("}")
        self.skip()
        if self.at < len(self.content):
            raise NotGeoJson(self.at, text(de="Hinter dem Ende steht noch etwas", en="something stands behind the end"))

    def items(self) -> Iterator[Feature]:
        """The items of a list whose bracket is read."""
        number, more, most = 0, not self.sign("]"), self.limits.geojson_features
        while more:
            number += 1
            if number > most:
                raise TooMuch(most, text(de="Geometrien", en="geometries"))
            value = self.value()
            yield Feature(number, self.start, value)
            if not (more := self.sign(",")):
                self.need("]")

    def value(self) -> Any:
        self.skip()
        self.start = self.at
        try:
            value, self.at = self.decoder.raw_decode(self.content, self.at)
        except json.JSONDecodeError as error:
            raise NotGeoJson(error.pos, _unexpected(self.content, error.pos)) from None
        except _Unusable as error:
            raise NotGeoJson(self.start, error.what) from None
        except RecursionError:
            raise _too_deep(self.limits) from None
        except ValueError:
            raise NotGeoJson(self.start, text(de="Eine Zahl ist zu lang", en="a number is too long")) from None
        return value


_SPACE = re.compile(r"[ \t\r\n]*")


class _Unusable(Exception):
    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Unusable(_twice(next(key for key in keys if keys.count(key) > 1)))
    return found


def _twice(key: str) -> Text:
    return text(
        de=f"Der Schlüssel „{shown(key, 40)}“ steht zweimal im selben Objekt",
        en=f"the key “{shown(key, 40)}” stands twice in the same object",
    )


def _no_number(name: str) -> Any:
    raise _Unusable(text(de=f"„{name}“ ist keine Zahl", en=f"“{name}” is no number"))


def _unexpected(content: str, at: int) -> Text:
    if at >= len(content):
        return text(de="Die Datei bricht mittendrin ab", en="the file breaks off in the middle")
    if content[at].isdigit() and content[at - 1 : at] == "0":
        return text(
            de="Eine Zahl beginnt mit 0; ist sie ein Schlüssel, gehört sie in Anführungszeichen",
            en="a number starts with 0; if it is a key it belongs in quotes",
        )
    sign = shown(content[at : at + 12].split("\n")[0], 12)
    return text(de=f"An „{sign}“ ist es kein JSON mehr", en=f"at “{sign}” it is JSON no more")


_STRINGS = re.compile(rb'"[^"]*"')
_ALIKE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(i for i in range(256) if i not in b'[]{}"')


def _is_deeper(content: str, limit: int) -> bool:
    """Whether brackets lie further inside one another; told without parsing, which would recurse as deep.

    Where they don't pair up nothing is told: parsing fails then.
    """
    for escape in ("\\\\", '\\"'):
        content = content.replace(escape, "")
    left = content.encode(errors="surrogatepass").translate(_ALIKE, _NO_BRACKETS)
    left = _STRINGS.sub(b"", left)
    for _ in range(limit):
        shorter = left.replace(b"[]", b"")
        if len(shorter) == len(left):
            return False
        left = shorter
    return b"[]" in left
