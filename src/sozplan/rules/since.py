"""Which findings a change brought and which it solved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from sozplan.diagnostics import Diagnostic

_PLACE = re.compile(r"(?<=\w):\d+(?::\d+)?|(?<=Zeile )\d+|(?<=line )\d+")
"""Lines move whenever something is written above them."""


class Since(NamedTuple):
    brought: tuple[Diagnostic, ...]
    solved: tuple[Diagnostic, ...]


def since(old: Iterable[Diagnostic], new: Iterable[Diagnostic]) -> Since:
    """What is found on one side only; the same sentence about the same entry is one finding, wherever it stands."""
    before, after = list(old), list(new)
    return Since(tuple(_only(after, before)), tuple(_only(before, after)))


def _only(some: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    rest = Counter(_sense(each) for each in others)
    for each in some:
        sense = _sense(each)
        if rest[sense]:
            rest[sense] -= 1
        else:
            yield each


def _sense(finding: Diagnostic) -> Hashable:
    where = finding.entity or finding.at.file
    return finding.code.id, finding.severity, where, _PLACE.sub("", finding.say("de"))
