"""Where plans stand in the controlling cycle: for the terminal with a strip of the phases, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sozplan.analysis.cycle.stage import Gap, Proof, Stage
from sozplan.analysis.cycle.standing import Standing, Step
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.entity import Place
from sozplan.model.plan import Plan
from sozplan.render.numbers import day
from sozplan.render.terminal import WIDTH, Page
from sozplan.render.views.cycle import CLOSED, LEGEND, SHORT, SIGNS, gap_said, is_closed, sign, since, step_said
from sozplan.render.views.names import Names

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Told:
    """Standings with what tells them: names, the day, and for whom."""

    plan: Plan
    standings: Sequence[Standing]
    as_of: date
    audience: Audience


_PHASE = text(de="Phase", en="Phase")
_MISSING = text(de="Es fehlt", en="Missing")
_ALSO = text(de="Es fehlt auch", en="Missing, too")
_LATER = text(de="Schon belegt", en="Proven ahead")
_STEP = text(de="Nächster Schritt", en="Next step")
_OFFICE = text(de="Zuständig", en="Office")
_PROCESS = text(de="Prozess", en="Process")
_OVER = text(de="Der Plan ist beendet.", en="The plan has ended.")
_NOBODY = text(de="niemand benannt", en="nobody named")
_OVERDUE = text(de="überfällig", en="overdue")
_NO_PLANS = text(de="Es gibt keinen Gebietsplan.", en="There is no area plan.")
_MOST = 4
"""So many entries are named that the same is missing of."""


def as_text(told: Told, lang: Lang, *, proofs: bool = False, colour: bool = False, width: int = WIDTH) -> str:
    page = Page(colour=colour, width=width)
    for each in told.standings:
        page.console.print(f"{each.plan.title} ({each.plan.id})", style="bold")
        page.console.print(_strip(each, lang))
        page.console.print(_table((label.say(lang), said) for label, said in _lines(told, each, lang)))
        for stage in each.stages if proofs else ():
            page.console.print()
            page.console.print(f"  {SIGNS[stage.state]} {stage.phase.label.say(lang)}: {stage.state.label.say(lang)}")
            page.console.print(_table(_evidence(told, stage, lang), indent=4))
        page.console.print()
    legend = "  ".join(f"{mark} {words.say(lang)}" for mark, words in LEGEND)
    as_of = text(de=f"Stand {day(told.as_of, 'de')}.", en=f"As of {day(told.as_of, 'en')}.").say(lang)
    page.console.print(legend if told.standings else _NO_PLANS.say(lang))
    page.console.print(as_of)
    return page.text


def _strip(standing: Standing, lang: Lang) -> str:
    marks = [f"{sign(standing, stage)}{SHORT[stage.phase].say(lang)}" for stage in standing.stages]
    wide = "  ".join(marks)
    return f"  {wide if len(wide) + 2 <= WIDTH else ' '.join(marks)}"


def _table(rows: Iterator[tuple[str, ...]], indent: int = 2) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for cells in rows:
        while len(table.columns) < len(cells):
            table.add_column(no_wrap=not table.columns, overflow="fold")
        table.add_row(" " * indent + cells[0], *cells[1:])
    return table


def _lines(told: Told, standing: Standing, lang: Lang) -> Iterator[tuple[Text, str]]:
    yield _PHASE, _phase(told, standing, lang)
    for label, gaps in ((_MISSING, standing.gaps), (_ALSO, standing.open_later)):
        if gaps:
            yield label, _listed(gaps, lang)
    if standing.proven_later:
        yield _LATER, ", ".join(stage.phase.label.say(lang) for stage in standing.proven_later)
    step = standing.step
    if step is None:
        return
    yield _STEP, step_said(step).say(lang) + (f": {step.detail}" if step.detail else "")
    office = _NOBODY.say(lang) if step.office is None else Names(told.plan).full(step.office)
    yield _OFFICE, office + _until(step, told.as_of, lang)
    if step.process is not None:
        yield _PROCESS, f"{step.process.name} ({step.process.id})"


def _listed(gaps: Sequence[Gap], lang: Lang) -> str:
    """A line for what is missing in the same words, with the entries that it is missing of."""
    found: dict[str, list[str]] = {}
    for gap in gaps:
        found.setdefault(gap_said(gap).say(lang), []).append(gap.place.entity or gap.place.location.file)
    more = {words: ", …" if len(ids) > _MOST else "" for words, ids in found.items()}
    return "\n".join(f"{words} ({', '.join(ids[:_MOST])}{more[words]})" for words, ids in found.items())


def _phase(told: Told, standing: Standing, lang: Lang) -> str:
    begun = since(told.plan, standing, told.audience)
    words = text(
        de=f" seit {day(begun, 'de')}" if begun else "", en=f" since {day(begun, 'en')}" if begun else ""
    )  # fmt: skip
    turn = text(de=f", Runde {standing.turn}", en=f", round {standing.turn}").say(lang) if standing.turn else ""
    over = f". {_OVER.say(lang)}" if standing.is_over else ""
    return f"{standing.phase.label.say(lang)}{words.say(lang)}{turn}{over}"


def _until(step: Step, as_of: date, lang: Lang) -> str:
    if step.until is None:
        return ""
    late = f" ({_OVERDUE.say(lang)})" if step.until < as_of else ""
    return text(de=f", bis {day(step.until, 'de')}", en=f", by {day(step.until, 'en')}").say(lang) + late


def _evidence(told: Told, stage: Stage, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Day, what it is, and where it stands; what is missing below it."""
    for proof in stage.proofs:
        if is_closed(told.plan, proof, told.audience):
            yield "–", CLOSED.say(lang)
        else:
            when = day(proof.day, lang) if proof.day else "–"
            yield when, f"{proof.kind.label.say(lang)} ({_where(proof.place)})"
    for gap in stage.gaps:
        yield "!", f"{_MISSING.say(lang)}: {gap_said(gap).say(lang)} ({_where(gap.place)})"


def _where(place: Place) -> str:
    spot = f"{place.location.file}:{place.location.line}"
    return f"{place.entity}, {spot}" if place.entity else spot


def as_json(told: Told, lang: Lang) -> str:
    """The contract of `cycle --format json`."""
    document = {
        "version": 1,
        "as_of": told.as_of.isoformat(),
        "plans": [_plan(told, each, lang) for each in told.standings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plan(told: Told, standing: Standing, lang: Lang) -> dict[str, Any]:
    return {
        "plan": standing.plan.id,
        "area": standing.plan.area,
        "title": standing.plan.title,
        "status": standing.plan.status.value,
        "phase": standing.phase.value,
        "since": _iso(since(told.plan, standing, told.audience)),
        "round": standing.turn,
        "missing": [_missing(gap, lang) for gap in standing.gaps],
        "next": None if standing.step is None else _next(standing.step, told.as_of, lang),
        "phases": [_stage(told, stage, lang) for stage in standing.stages],
    }


def _stage(told: Told, stage: Stage, lang: Lang) -> dict[str, Any]:
    return {
        "phase": stage.phase.value,
        "state": stage.state.value,
        "proofs": [_proof(told, proof) for proof in stage.proofs],
        "missing": [_missing(gap, lang) for gap in stage.gaps],
    }


def _proof(told: Told, proof: Proof) -> dict[str, Any]:
    hidden = is_closed(told.plan, proof, told.audience)
    found = {"kind": proof.kind.value, "date": None if hidden else _iso(proof.day)}
    return found | ({"entity": None, "file": None, "line": None} if hidden else _spot(proof.place))


def _missing(gap: Gap, lang: Lang) -> dict[str, Any]:
    return {
        "code": gap.kind.value,
        "text": gap_said(gap).say(lang),
        "detail": gap.detail,
        "office": gap.office,
        "until": _iso(gap.until),
        **_spot(gap.place),
    }


def _next(step: Step, as_of: date, lang: Lang) -> dict[str, Any]:
    return {
        "step": step.kind.value,
        "text": step_said(step).say(lang),
        "detail": step.detail,
        "phase": step.phase.value,
        "office": step.office,
        "until": _iso(step.until),
        "overdue": step.until is not None and step.until < as_of,
        "process": step.process.id if step.process else None,
        **_spot(step.place),
    }


def _spot(place: Place) -> dict[str, Any]:
    return {"entity": place.entity, "file": place.location.file, "line": place.location.line}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
