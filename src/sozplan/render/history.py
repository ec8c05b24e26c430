"""The life of an entry as text and as JSON; offices and resolutions have names there, people who commit don't."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sozplan.analysis.changes import Change, Verb
from sozplan.analysis.decisions import labels
from sozplan.analysis.history import Decision, History, Recorded
from sozplan.diagnostics import Lang, text
from sozplan.model.moment import Moment
from sozplan.model.plan import Plan
from sozplan.render.changes import plain
from sozplan.render.findings import one_line
from sozplan.render.numbers import day
from sozplan.render.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Life:
    """A history with the plan that gives the names; `complete` unless older commits were never fetched."""

    history: History
    plan: Plan
    complete: bool


_DECIDED = text(de="Entschieden (Tag der Entscheidung)", en="Decided (day of the decision)")
_RECORDED = text(de="Eingetragen in git (Tag des Commits)", en="Recorded in git (day of the commit)")
_NONE = text(de="kein Beschluss nennt den Eintrag oder seinen Plan", en="no resolution names the entry or its plan")
_WORK_TREE = text(de="noch nicht eingetragen", en="not yet recorded")
_GONE = text(de="Es gibt den Eintrag nicht mehr.", en="The entry no longer exists.")
_SHALLOW = text(
    de="Ältere Commits fehlen in diesem Repository; holen Sie sie mit „git fetch --unshallow“.",
    en="Older commits are missing from this repository; fetch them by “git fetch --unshallow”.",
)
_VERBS = {
    Verb.ADDED: text(de="angelegt", en="created"),
    Verb.REMOVED: text(de="gestrichen", en="dropped"),
    None: text(
        de="nicht lesbar wegen eines Fehlers in der Datei; es gilt der Stand davor",
        en="not readable for a fault in the file; the state before stands",
    ),
}


def as_text(life: Life, lang: Lang) -> str:
    history, sentences = life.history, Sentences(life.plan, life.plan, lang)
    lines = [one_line(sentences.named(history.last.entity))]
    lines += [] if history.exists else [_GONE.say(lang)]
    lines += ["", _DECIDED.say(lang)]
    lines += [f"  {_decision(each, sentences, lang)}" for each in history.decisions] or [f"  {_NONE.say(lang)}"]
    lines += ["", _RECORDED.say(lang)]
    lines += [f"  {line}" for record in history.records for line in _record(record, life.plan, sentences, lang)]
    lines += [] if life.complete else ["", _SHALLOW.say(lang)]
    return "".join(f"{line}\n" for line in lines)


def _decision(decision: Decision, sentences: Sentences, lang: Lang) -> str:
    resolution = decision.resolution
    number = text(de=f", Vorlage {resolution.number}", en=f", paper {resolution.number}").say(lang)
    said = f"{resolution.id}{number if resolution.number else ''}, {sentences.decided(resolution)}: {resolution.title}"
    if decision.recorded is not None:
        recorded = _when(decision.recorded, lang)
        said += text(de=f"; eingetragen: {recorded}", en=f"; recorded: {recorded}").say(lang)
    return one_line(said)


def _when(moment: Moment, lang: Lang) -> str:
    if moment.commit is None or moment.when is None:
        return _WORK_TREE.say(lang)
    return f"{day(moment.when.date(), lang)} {moment.commit[:10]}"


def _record(record: Recorded, plan: Plan, sentences: Sentences, lang: Lang) -> Iterator[str]:
    """A line a field, each with its commit, so that lines can be searched."""
    when = _when(record.moment, lang)
    resolved = ", ".join(record.resolutions)
    by = text(de=f" (Beschluss {resolved})", en=f" (resolution {resolved})").say(lang) if resolved else ""
    for each in _said(record, sentences, lang):
        yield one_line(f"{when}: {each}{by}")
    for resolution, paths in record.stamped:
        yield one_line(f"{when}: {_stamped(resolution, paths, record, plan, lang)}")


def _stamped(resolution: str, paths: Sequence[str], record: Recorded, plan: Plan, lang: Lang) -> str:
    """What was decided, by the labels that the entry's fields have."""
    held = record.moment.after
    known = labels(held.entity if held else None, plan)
    named = [known[path].say(lang) if path in known else path for path in paths]
    said = _listed(named) or text(de="nichts Neues", en="nothing new").say(lang)
    return text(
        de=f"als entschieden festgehalten durch Beschluss {resolution}: {said}",
        en=f"stamped as decided by resolution {resolution}: {said}",
    ).say(lang)


def _listed(labels: Iterable[str]) -> str:
    """Labels, those of one thing together: „Titel, Zielwert (Zeitpunkt, Wert)“."""
    parts: dict[str, list[str]] = {}
    for label in dict.fromkeys(labels):
        head, bracket, part = label.removesuffix(")").partition(" (")
        parts.setdefault(head, []).extend([part] if bracket else [])
    return ", ".join(f"{head} ({', '.join(inner)})" if inner else head for head, inner in parts.items())


def _said(record: Recorded, sentences: Sentences, lang: Lang) -> list[str]:
    if record.verb is not Verb.CHANGED:
        return [_VERBS[record.verb].say(lang)]
    return [sentences.predicate(change) for change in _changes(record)]


def _changes(record: Recorded) -> Iterator[Change]:
    before, after = record.moment.before, record.moment.after
    if before is not None and after is not None:
        for shift in record.shifts:
            yield Change(Verb.CHANGED, after.root, before.entity, after.entity, shift)


def as_json(life: Life, lang: Lang) -> str:
    history, sentences = life.history, Sentences(life.plan, life.plan, lang)
    entity = history.last.entity
    document = {
        "version": 1,
        "entity": history.id,
        "kind": type(entity).__name__,
        "exists": history.exists,
        "complete": life.complete,
        "decisions": [_decision_json(each) for each in history.decisions],
        "records": [_record_json(each, sentences) for each in history.records],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _decision_json(decision: Decision) -> dict[str, Any]:
    resolution = decision.resolution
    return {
        "resolution": resolution.id,
        "number": resolution.number,
        "body": resolution.body,
        "decided": resolution.date.isoformat(),
        "outcome": resolution.outcome.value,
        "title": resolution.title,
        "recorded": _moment_json(decision.recorded) if decision.recorded else None,
    }


def _moment_json(moment: Moment) -> dict[str, str | None]:
    return {"commit": moment.commit, "date": moment.when.isoformat() if moment.when else None}


def _record_json(record: Recorded, sentences: Sentences) -> dict[str, Any]:
    held = record.moment.after or record.moment.before
    changes = [
        {
            "field": ".".join(change.shift.path) or change.shift.field,
            "old": plain(change.shift.old),
            "new": plain(change.shift.new),
            "message": one_line(sentences.predicate(change)),
        }
        for change in _changes(record)
        if change.shift
    ]
    return {
        **_moment_json(record.moment),
        "file": held.path if held else None,
        "change": record.verb.value if record.verb else "unreadable",
        "changes": changes,
        "resolutions": list(record.resolutions),
        "stamped": [{"resolution": resolution, "fields": list(paths)} for resolution, paths in record.stamped],
    }
