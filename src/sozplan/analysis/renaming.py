"""What decisions say of an entry that is called otherwise from now on: the same, under its new id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sozplan.analysis.decisions import is_decidable, statements
from sozplan.model.entity import Entity
from sozplan.model.plan import Plan
from sozplan.model.stamps import Correction, Stamp, Stamps

Path = tuple[str | int, ...]


class Restamp(NamedTuple):
    """Places in a file of stamps: values that change, and keys that do."""

    file: str
    values: Mapping[Path, str]
    keys: Mapping[Path, str]


def restamped(old: Plan, new: Plan, before: str, after: str) -> Iterator[Restamp]:
    """The stamps by which what was decided stays decided.

    A fingerprint that was that of the old content becomes that of the new one; where the content had already been
    changed, it stays as it is, and the change is still reported.
    """
    names = _Names(before, after)
    for file, root in old.roots.items():
        if isinstance(root, Stamps):
            values: dict[Path, str] = {}
            keys: dict[Path, str] = {}
            for number, stamp in enumerate(root.stamps):
                _stamp(old, new, names, stamp, ("stamps", number), values, keys)
            for number, evidence in enumerate(root.evidence):
                if evidence.entity == before:
                    values["evidence", number, "entity"] = after
            if values or keys:
                yield Restamp(file, values, keys)


class _Names(NamedTuple):
    before: str
    after: str

    def path(self, path: str) -> str:
        """`resources.amt-50.amount` with the new id in the place of the old one."""
        return ".".join(self.after if part == self.before else part for part in path.split("."))

    def id(self, id: str) -> str:
        return self.after if id == self.before else id


def _stamp(
    old: Plan, new: Plan, names: _Names, stamp: Stamp, at: Path, values: dict[Path, str], keys: dict[Path, str]
) -> None:
    if stamp.entity == names.before:
        values[*at, "entity"] = names.after
    for number, child in enumerate(stamp.children):
        if child == names.before:
            values[*at, "children", number] = names.after
    moved = _moved(old, new, old.get(stamp.entity), new.get(names.id(stamp.entity)))
    for path, digest in stamp.fields.items():
        path_now, now = moved.get((path, digest), (names.path(path), digest))
        if now != digest:
            values[*at, "fields", path] = now
        if path_now != path:
            keys[*at, "fields", path] = path_now
    for number, correction in enumerate(stamp.corrections):
        _correction(names, moved, correction, (*at, "corrections", number), values)


def _correction(
    names: _Names,
    moved: Mapping[tuple[str, str], tuple[str, str]],
    correction: Correction,
    at: Path,
    values: dict[Path, str],
) -> None:
    said = (correction.field, correction.sha256)
    field, digest = moved.get(said, (names.path(correction.field), correction.sha256))
    if field != correction.field:
        values[*at, "field"] = field
    if digest != correction.sha256:
        values[*at, "sha256"] = digest


def _moved(old: Plan, new: Plan, was: Entity | None, now: Entity | None) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Path and fingerprint of each statement before, with those after."""
    if was is None or now is None or not is_decidable(was):
        return {}
    before = statements(was, old.settings.authorities, old.texts)
    after = statements(now, new.settings.authorities, new.texts)
    pairs = zip(before.items(), after.items(), strict=True) if len(before) == len(after) else ()
    return {(path, each.digest): (path_now, each_now.digest) for (path, each), (path_now, each_now) in pairs}
