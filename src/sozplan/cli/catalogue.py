"""Everything that `check` can report, rules and faults of reading alike, and how users name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sozplan import repo, rules
from sozplan.cli.options import Refusal
from sozplan.diagnostics import Code, text

CATALOGUE: tuple[Code, ...] = (*repo.CODES, *rules.CODES)
SOFTENED = frozenset(rule.id for rule in rules.RULES if rule.softens)
"""Rules whose errors are warnings in a draft."""


def code_of(name: str) -> Code:
    found = next((code for code in CATALOGUE if code.id == name), None)
    if found is None:
        raise _unknown(name, [code.id for code in CATALOGUE])
    return found


def chosen_rules(select: Iterable[str] | None, ignore: Iterable[str] | None) -> frozenset[str]:
    """The ids that `--select` and `--ignore` leave; what is both selected and ignored is ignored."""
    every = {code.id for code in CATALOGUE}
    wanted = frozenset().union(*(_ids(name) for name in _names(select))) if select else every
    return frozenset(wanted.difference(*(_ids(name) for name in _names(ignore))))


def _names(given: Iterable[str] | None) -> Iterator[str]:
    for each in given or ():
        yield from (name.strip() for name in each.split(","))


def _ids(name: str) -> frozenset[str]:
    found = frozenset(code.id for code in CATALOGUE if name in (code.id, code.group))
    if not found:
        raise _unknown(name, [*(code.id for code in CATALOGUE), *{code.group: None for code in CATALOGUE}])
    return found


def _unknown(name: str, known: list[str]) -> Refusal:
    near = get_close_matches(name, known, 1)
    return Refusal(
        text(
            de=f"Die Regel „{name}“ gibt es nicht.{f' Meinten Sie „{near[0]}“?' if near else ''}"
            " „sozplan rules“ nennt alle.",
            en=f"There is no rule “{name}”.{f' Did you mean “{near[0]}”?' if near else ''} “sozplan rules” lists all.",
        ),
        code=2,
    )
