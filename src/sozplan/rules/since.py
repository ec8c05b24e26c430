"""Which findings a change brought and which it solved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic
from sozplan.rules.waivers import Checked

_PLACE = re.compile(r"(?<=\w):\d+(?::\d+)?|(?<=Zeile )\d+|(?<=line )\d+")
"""Lines move whenever something is written above them."""
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
_NOWHERE: Mapping[str, str] = {}


class Since(NamedTuple):
    brought: tuple[Diagnostic, ...]
    solved: tuple[Diagnostic, ...]


class Sense(NamedTuple):
    """What a finding says, wherever the file has it by now."""

    rule: str
    severity: str
    subject: str
    message: str


def since(
    old: Iterable[Diagnostic],
    new: Iterable[Diagnostic],
    moved: Mapping[str, str] = _NOWHERE,
    renamed: Mapping[str, str] = _NOWHERE,
) -> Since:
    """What is found on one side only; the same sentence about the same entry is one finding, wherever it stands.

    `moved` gives the old path of files that were moved. Where entries were `renamed` (old id to new one) a sentence may
    name another one, or no longer know what git knows of the old id: then rule and entry tell findings apart.
    """
    before = [(_plainly(sense(each), renamed), each) for each in old]
    after = [(_plainly(sense(each, moved), renamed), each) for each in new]
    return Since(tuple(_only(after, before)), tuple(_only(before, after)))


def _plainly(said: Sense, renamed: Mapping[str, str]) -> Sense:
    return said._replace(subject=renamed.get(said.subject, said.subject), message="") if renamed else said


def brought(old: Checked, new: Checked, moved: Mapping[str, str]) -> Checked:
    """The findings, open and waived, that are new; that a file can't be read is told however old it is."""
    fresh = set(map(id, since(old.open, new.open, moved).brought))
    still = tuple(each for each in new.open if id(each) in fresh or each.code.environment)
    return Checked(still, since(old.waived, new.waived, moved).brought)


def _only(some: Iterable[_Sensed], others: Iterable[_Sensed]) -> Iterator[Diagnostic]:
    rest = Counter(said for said, _ in others)
    for said, each in some:
        if rest[said]:
            rest[said] -= 1
        else:
            yield each


_Sensed = tuple[Sense, Diagnostic]


def sense(finding: Diagnostic, moved: Mapping[str, str] = _NOWHERE) -> Sense:
    file = finding.at.file
    message = _PLACE.sub("", finding.say("de"))
    if moved:
        message = _PATH.sub(lambda path: moved.get(path[0], path[0]), message)
    return Sense(finding.code.id, finding.severity.value, finding.entity or moved.get(file, file), message)
