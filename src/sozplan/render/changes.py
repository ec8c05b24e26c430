"""What changed between two states of the planning: as text, as JSON and as Markdown for a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sozplan.analysis.changes import Change, Observed
from sozplan.analysis.fields import Listed
from sozplan.analysis.verdict import rounded
from sozplan.diagnostics import Diagnostic, Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.entity import Entity, id_of
from sozplan.model.periods import Period
from sozplan.model.plan import Plan
from sozplan.render.findings import SHOWN, one_line
from sozplan.render.numbers import day
from sozplan.render.pages import SEVERITIES
from sozplan.render.phrases import root_title
from sozplan.render.sentences import Sentences
from sozplan.render.views.names import Names
from sozplan.rules.since import Since


@dataclass(frozen=True, slots=True)
class State:
    """One side: the plan, the revision as it was asked for and its commit; both None for the work tree."""

    plan: Plan
    revision: str | None
    commit: str | None
    broken: tuple[Diagnostic, ...]
    """Why some of its files could not be compared."""


@dataclass(frozen=True, slots=True)
class Comparison:
    old: State
    new: State
    as_of: date
    changes: tuple[Change, ...]
    figures: tuple[Observed, ...]
    findings: Since | None
    """None where neither side was checked."""


Section = tuple[str, list[str]]

_WORK_TREE = text(de="Arbeitsstand", en="the work tree")
_PROTECTION = text(de="Achtung: Geheimhaltung gelockert", en="Attention: disclosure control loosened")
_FIGURES = text(de="Zahlen", en="Figures")
_BROUGHT = text(de="Neue Befunde", en="New findings")
_SOLVED = text(de="Erledigte Befunde", en="Solved findings")
_BROKEN = text(de="Nicht lesbar, daher nicht verglichen", en="Not readable, hence not compared")


def as_text(comparison: Comparison, lang: Lang) -> str:
    """A line a change, below what it belongs to."""
    lines = [_heading(comparison, lang), ""]
    for title, said in _sections(comparison, lang):
        lines += [title, *(f"  {line}" for line in said), ""]
    return "".join(f"{line}\n" for line in (*lines, _summary(comparison, lang)))


def as_markdown(comparison: Comparison, lang: Lang) -> str:
    """A comment for a pull request; the users' texts can't become markup."""
    lines = [f"## {_escape(_heading(comparison, lang))}", "", _escape(_summary(comparison, lang))]
    for title, said in _sections(comparison, lang):
        lines += ["", f"### {_escape(title)}", "", *(f"- {_escape(line)}" for line in said)]
    return "".join(f"{line}\n" for line in lines)


_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!@&])")


def _escape(line: str) -> str:
    """Names with @ would call people, # would link to issues."""
    return _MARKUP.sub(r"\\\1", line)


def _heading(comparison: Comparison, lang: Lang) -> str:
    old, new = (_side(side, lang) for side in (comparison.old, comparison.new))
    stand = one_line(day(comparison.as_of, lang))
    to = "zum" if comparison.new.revision is None else "zu"
    return text(
        de=f"Änderungen von {old} {to} {new}, Stand {stand}", en=f"Changes from {old} to {new}, as of {stand}"
    ).say(lang)


def _side(side: State, lang: Lang) -> str:
    """Named as it was asked for, with the commit unless that is what was asked for."""
    if side.revision is None or side.commit is None:
        return _WORK_TREE.say(lang)
    short = side.commit[:10]
    return short if side.commit.startswith(side.revision) else f"{side.revision} ({short})"


def _sections(comparison: Comparison, lang: Lang) -> Iterator[Section]:
    sentences = Sentences(comparison.old.plan, comparison.new.plan, lang)
    for title, changes in _grouped(comparison.changes, lang):
        yield title, [one_line(sentences.sentence(change)) for change in changes]
    if comparison.figures:
        yield _FIGURES.say(lang), [_observed(each, comparison, lang) for each in comparison.figures]
    if broken := [_placed(each, side, lang) for side in (comparison.old, comparison.new) for each in side.broken]:
        yield _BROKEN.say(lang), _capped(broken, lang)
    for heading, found in zip((_BROUGHT, _SOLVED), comparison.findings or (), strict=False):
        if found:
            yield heading.say(lang), _capped([_finding(each, lang) for each in found], lang)


def _grouped(changes: Iterable[Change], lang: Lang) -> Iterator[tuple[str, list[Change]]]:
    """What lessens protection first, then plan by plan, then the other files by what they hold."""
    groups: dict[tuple[int, str], list[Change]] = {}
    for change in changes:
        groups.setdefault(_group(change, lang), []).append(change)
    yield from ((title, groups[rank, title]) for rank, title in sorted(groups, key=lambda group: group[0]))


def _group(change: Change, lang: Lang) -> tuple[int, str]:
    if change.lowers_protection:
        return 0, _PROTECTION.say(lang)
    if isinstance(change.root, AreaPlan):
        return 1, f"{one_line(change.root.title)} ({change.root.id})"
    return 2, root_title(change.root).say(lang)


def _observed(each: Observed, comparison: Comparison, lang: Lang) -> str:
    name = Names(comparison.new.plan).short(each.indicator)
    counts = ((each.added, _ADDED), (each.revised, _REVISED), (each.removed, _REMOVED))
    said = ", ".join(f"{count} {word.say(lang)}" for count, word in counts if count)
    return one_line(f"{name} ({each.resource}): {said}")


_ADDED, _REVISED, _REMOVED = (
    text(de="neu", en="added"),
    text(de="berichtigt", en="revised"),
    text(de="entfallen", en="removed"),
)


def _placed(finding: Diagnostic, side: State, lang: Lang) -> str:
    where = f"{side.revision}:" if side.revision else ""
    return f"{where}{_finding(finding, lang)}"


def _finding(finding: Diagnostic, lang: Lang) -> str:
    at, word = finding.at, SEVERITIES[finding.severity].say(lang)
    return f"{at.file}:{at.line}:{at.column}: {word} {finding.code.id} {one_line(finding.say(lang))}"


def _capped(lines: Sequence[str], lang: Lang) -> list[str]:
    more = len(lines) - SHOWN
    rest = [text(de=f"… und {more} weitere", en=f"… and {more} more").say(lang)] if more > 0 else []
    return [*lines[:SHOWN], *rest]


def _summary(comparison: Comparison, lang: Lang) -> str:
    changed = len(comparison.changes)
    figures = sum(each.added + each.revised + each.removed for each in comparison.figures)
    counted = text(
        de=f"{changed} {'Änderung' if changed == 1 else 'Änderungen'}, {figures} geänderte "
        f"{'Beobachtung' if figures == 1 else 'Beobachtungen'}",
        en=f"{changed} {'change' if changed == 1 else 'changes'}, {figures} changed "
        f"{'observation' if figures == 1 else 'observations'}",
    ).say(lang)
    return f"{counted}, {_found_counted(comparison.findings, lang)}."


def _found_counted(findings: Since | None, lang: Lang) -> str:
    if findings is None:
        return text(de="Befunde nicht verglichen", en="findings not compared").say(lang)
    brought, solved = len(findings.brought), len(findings.solved)
    return text(
        de=f"{brought} {'neuer' if brought == 1 else 'neue'} und "
        f"{solved} {'erledigter Befund' if solved == 1 else 'erledigte Befunde'}",
        en=f"{brought} new and {solved} solved {'finding' if solved == 1 else 'findings'}",
    ).say(lang)


def as_json(comparison: Comparison, lang: Lang) -> str:
    sentences = Sentences(comparison.old.plan, comparison.new.plan, lang)
    document = {
        "version": 1,
        "as_of": comparison.as_of.isoformat(),
        "old": _state(comparison.old),
        "new": _state(comparison.new),
        "changes": [change_as_json(change, sentences) for change in comparison.changes],
        "figures": [
            {"resource": f.resource, "indicator": f.indicator, "added": f.added, "revised": f.revised,
             "removed": f.removed}
            for f in comparison.figures
        ],
        "findings": _findings(comparison.findings, lang),
        "unreadable": [
            {"revision": side.revision, **_found(each, lang)}
            for side in (comparison.old, comparison.new)
            for each in side.broken
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _state(state: State) -> Mapping[str, str | None]:
    return {"revision": state.revision, "commit": state.commit}


def _findings(findings: Since | None, lang: Lang) -> dict[str, Any] | None:
    if findings is None:
        return None
    brought, solved = ([_found(each, lang) for each in side] for side in findings)
    return {"new": brought, "solved": solved}


def _found(finding: Diagnostic, lang: Lang) -> dict[str, Any]:
    return {
        "rule": finding.code.id,
        "severity": finding.severity.value,
        "file": finding.at.file,
        "line": finding.at.line,
        "column": finding.at.column,
        "message": one_line(finding.say(lang)),
        "entity": finding.entity,
    }


def change_as_json(change: Change, sentences: Sentences) -> dict[str, Any]:
    shift = change.shift
    return {
        "plan": change.plan,
        "entity": id_of(change.entity),
        "kind": type(change.entity).__name__,
        "change": change.verb.value,
        "field": ".".join(shift.path) or shift.field if shift else None,
        "old": plain(shift.old) if shift else None,
        "new": plain(shift.new) if shift else None,
        "lowers_protection": change.lowers_protection,
        "message": one_line(sentences.sentence(change)),
    }


def plain(value: object) -> object:
    """A value as JSON has it: numbers once rounded, days and periods as they are written."""
    match value:
        case Decimal():
            return float(rounded(value))
        case date():
            return value.isoformat()
        case Period():
            return value.text
        case Listed():
            return [plain(item) for item in value.items]
        case Entity():
            return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        case tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
    return value
