"""`--since`: the state that papers are compared with, named by a revision, a resolution or a day."""

from __future__ import annotations

import dataclasses
import os
import re
from datetime import UTC, date, datetime

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.cli.options import Refusal, Request
from sozplan.diagnostics import Lang, Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity, id_of
from sozplan.model.resolutions import Resolution
from sozplan.render.numbers import day as said_day
from sozplan.render.views.since import Earlier
from sozplan.repo import Loaded

_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """The case that is printed, read beside the earlier one so that what both share is the same object."""

    case: Case
    loaded: Loaded
    earlier: Earlier


def compared(request: Request, asked: str) -> Compared:
    """A day first, then the id or number of a resolution, then a revision of git."""
    if _DAY.fullmatch(asked):
        return _since_day(request, _parsed(asked))
    case, _ = request.case()
    resolution = _resolution(case, asked)
    if resolution is not None:
        return _since_resolution(request, case, resolution)
    return _since_revision(request, asked)


def _parsed(asked: str) -> date:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise Refusal(
            text(
                de=f"--since: „{asked}“ ist kein Tag. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31.",
                en=f"--since: “{asked}” is no day. Write year-month-day, 2026-03-31 say.",
            ),
            code=2,
        ) from None


def _resolution(case: Case, asked: str) -> Resolution | None:
    return next((each for each in case.plan.resolutions if asked in (each.id, each.number)), None)


def _since_day(request: Request, day: date) -> Compared:
    _must_be_past(request, day)
    label = text(de=f"Stand vom {said_day(day, 'de')}", en=f"state of {said_day(day, 'en')}")
    return _at(request, _commit_by(request, day), day, label)


def _since_resolution(request: Request, case: Case, resolution: Resolution) -> Compared:
    """The day is that of the decision, not of a commit."""
    _must_be_past(request, resolution.date)
    said = text(de=_called(request, resolution, "de"), en=_called(request, resolution, "en"))
    label = text(
        de=f"{said.de} vom {said_day(resolution.date, 'de')}", en=f"{said.en} of {said_day(resolution.date, 'en')}"
    )
    return _at(request, _recorded(request, case, resolution), resolution.date, label)


def _called(request: Request, resolution: Resolution, lang: Lang) -> str:
    """Of one taken behind closed doors the public learns only that there is one."""
    if not resolution.public and request.audience is Audience.PUBLIC:
        return text(de="nichtöffentlicher Beschluss", en="non-public resolution").say(lang)
    return f"{resolution.kind.label.say(lang)} {resolution.number or resolution.title}"


def _since_revision(request: Request, revision: str) -> Compared:
    from sozplan.repo.git import resolve
    from sozplan.repo.provenance import provenance

    commit = resolve(request.root, revision, os.environ)
    found = provenance(request.root, commit, os.environ)
    made = found.date.astimezone(UTC).date() if found and found.date else request.as_of
    name = commit[:10] if commit.startswith(revision) else f"{revision} ({commit[:10]})"
    label = text(de=f"Stand {name}", en=f"state {name}")
    return _at(request, commit, min(made, request.as_of), label)


def _must_be_past(request: Request, day: date) -> None:
    if day >= request.as_of:
        raise Refusal(
            text(
                de=f"--since: Der {said_day(day, 'de')} liegt nicht vor dem Stand {said_day(request.as_of, 'de')}.",
                en=f"--since: {said_day(day, 'en')} is not before the as-of date {said_day(request.as_of, 'en')}.",
            ),
            code=2,
        )


def _at(request: Request, commit: str | None, day: date, label: Text) -> Compared:
    """Without a commit only what was known of the figures then: the planning of today, seen on that day."""
    earlier_request = dataclasses.replace(request, as_of=day)
    if commit is None:
        case, loaded = request.case()
        then = assess(earlier_request.case_of(loaded), request.audience)
        return Compared(case, loaded, Earlier(label, day, None, then))
    pair, _ = request.against(commit)
    unread = frozenset(d.at.file for d in pair.old.faults if d.severity is Severity.ERROR) - pair.old.plan.roots.keys()
    # A state without indicators, tables or a readable plan has no figures; then today's say what was known that day.
    has_figures = bool(pair.old.figures.cells and pair.old.plan.indicators and not unread)
    then = assess(earlier_request.case_of(pair.old if has_figures else pair.new, commit), request.audience)
    return Compared(request.case_of(pair.new), pair.new, Earlier(label, day, pair.old.plan, then, unread, commit[:10]))


def _commit_by(request: Request, day: date) -> str | None:
    """The last commit of that day or before it; none where the history begins later or there is none."""
    from sozplan.repo.git import GitError, resolve
    from sozplan.repo.log import commits

    try:
        newest = resolve(request.root, request.rev or "HEAD", os.environ)
        end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
        known = [each for each in commits(request.root, newest, os.environ) if each.when <= end]
    except GitError:
        return None
    return known[-1].id if known else None


def _recorded(request: Request, case: Case, resolution: Resolution) -> str | None:
    """The first commit that holds the resolution and the files that it decided on: what the body had before it.

    A file that was renamed begins with its new name.
    """
    from sozplan.repo.git import GitError, resolve
    from sozplan.repo.past import latest, recorded

    decided = (root for root in case.plan.roots.values() if _is_decided(root, resolution))
    wanted = [(resolution.origin.file, resolution.id), *((r.origin.file, id) for r in decided if (id := id_of(r)))]
    try:
        newest = resolve(request.root, request.rev or "HEAD", os.environ)
        found = {recorded(request.root, newest, file, id, os.environ) for file, id in wanted}
        return latest(request.root, newest, found - {None}, os.environ)
    except GitError:
        return None


def _is_decided(root: Entity, resolution: Resolution) -> bool:
    return id_of(root) in resolution.subjects or getattr(root, "resolution", None) == resolution.id
