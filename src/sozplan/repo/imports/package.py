"""The entry of a data file in datapackage.yaml, changed so that only the lines of that entry differ."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from sozplan.model.profiles import ImportProfile
from sozplan.repo.imports.source import Source
from sozplan.repo.observations import LABELS

_TITLES = ("Kennzahl", "Gebietsschlüssel", "Zeitraum", "Zähler", "Nenner", "Wert", "Zeichen", "Status", "Datenstand")
_NUMBERS = ("numerator", "denominator", "value")
_EMPTY = "name: kennzahlen\n"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file was imported, by which profile, on which day, and into which."""

    profile: ImportProfile
    source: Source
    day: date
    path: str

    def is_named_by(self, entry: Any) -> bool:
        return (entry.get("profile"), entry.get("file"), entry.get("sha256")) == self._names

    @property
    def _names(self) -> tuple[str, str, str]:
        return self.profile.id, self.source.name, self.source.sha256

    def entry(self) -> dict[str, Any]:
        profile, file, sha256 = self._names
        title = self.profile.source or self.profile.name
        path = {} if self.profile.path is None else {"path": self.profile.path}
        imported = {"file": file, "sha256": sha256, "imported": self.day, "profile": profile}
        return {"title": title, **path, **imported}


def described(data: bytes | None, origin: Origin) -> bytes:
    """The description with the resource and its source; the same bytes where both are there."""
    before = _EMPTY if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
    bom, crlf = (data or b"").startswith(b"\xef\xbb\xbf"), b"\r\n" in (data or b"")
    tree = _yaml(before).load(before)
    same = _dumped(before, tree)
    _enter(tree, origin)
    after = _dumped(before, tree)
    if after == same and data is not None:
        return data
    kept = _with_old_lines(before, same, after).replace("\n", "\r\n" if crlf else "\n")
    return (b"\xef\xbb\xbf" if bom else b"") + kept.encode()


def _enter(tree: Any, origin: Origin) -> None:
    resources = tree.setdefault("resources", [])
    entry = next((each for each in resources if each.get("name") == origin.profile.resource), None)
    if entry is None:
        resources.append(_resource(origin))
        return
    sources = entry.setdefault("sources", [])
    if not any(origin.is_named_by(each) for each in sources):
        sources.append(_flow(origin.entry()))


def _resource(origin: Origin) -> Any:
    from ruamel.yaml.comments import CommentedMap

    profile, is_csv = origin.profile, origin.path.endswith(".csv")
    found = CommentedMap(name=profile.resource, path=origin.path, title=profile.name, type="table")
    if is_csv:
        found.update(format="csv", mediatype="text/csv", encoding="utf-8")
        found["dialect"] = _flow({"delimiter": _quoted(";"), "header": True})
    else:
        found.update(format="parquet", mediatype="application/vnd.apache.parquet")
    for name, value in (("boundary", profile.boundary), ("threshold", profile.threshold)):
        if value is not None:
            found[name] = value
    if profile.release is not None:
        found["release"] = _flow(profile.release.model_dump(exclude_none=True))
    if profile.licence is not None:
        licence = profile.licence.model_dump(exclude_none=True)
        found["licenses"] = [_flow(licence)]
    found["sources"] = [_flow(origin.entry())]
    found["schema"] = CommentedMap(
        fields=[_flow(dict(_column(name, title, is_csv))) for name, title in zip(LABELS, _TITLES, strict=True)],
        missingValues=_flow([_quoted("")]),
        primaryKey=_flow(["indicator", "area", "period", "vintage"]),
    )
    return found


def _column(name: str, title: str, is_csv: bool) -> Iterator[tuple[str, Any]]:
    yield "name", name
    yield "type", "number" if name in _NUMBERS else "date" if name == "vintage" else "string"
    yield "title", title
    if is_csv and name in _NUMBERS:
        yield "decimalChar", _quoted(",")


def _flow(value: Any) -> Any:
    """On one line, as the entries of such lists are written."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    found = CommentedMap(value) if isinstance(value, dict) else CommentedSeq(value)
    found.fa.set_flow_style()
    return found


def _quoted(value: str) -> Any:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return DoubleQuotedScalarString(value)


def _yaml(text: str) -> Any:
    """A writer that indents as the text does."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes = 1_000_000, True
    dashes = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "  - ")
    offset = len(dashes) - len(dashes.lstrip())
    yaml.indent(mapping=2, sequence=2 + min(offset, 2), offset=min(offset, 2))
    return yaml


def _dumped(text: str, tree: Any) -> str:
    out = io.StringIO()
    _yaml(text).dump(tree, out)
    return out.getvalue()


def _with_old_lines(before: str, same: str, after: str) -> str:
    """The changed text, but each line that only the writer would have put differently as it was.

    `same` is the old content as the writer puts it: where `after` agrees with it, `before` holds.
    """
    old, plain, new = (text.splitlines(keepends=True) for text in (before, same, after))
    origin = {}
    for tag, a, b, c, d in SequenceMatcher(None, plain, old, autojunk=False).get_opcodes():
        if tag == "equal" or b - a == d - c:
            origin.update(dict(zip(range(a, b), range(c, d), strict=True)))
    if set(origin) != set(range(len(plain))):
        return after
    out: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, plain, new, autojunk=False).get_opcodes():
        out += [old[origin[i]] for i in range(a, b)] if tag == "equal" else new[c:d]
    return "".join(out)
