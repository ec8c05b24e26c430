"""`sozplan review`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from sozplan.cli.add import FIELDS, append, refuse_taken
from sozplan.cli.bench import DRY_RUN, FORCE, Bench, Wishes, editing
from sozplan.cli.options import Refusal, Request, both
from sozplan.cli.questions import Answer, Questions, can_ask, kept
from sozplan.diagnostics import text
from sozplan.model.areas import AreaPlan, Review
from sozplan.model.entity import id_of
from sozplan.model.terms import Light
from sozplan.repo.edit.blocks import Name
from sozplan.repo.edit.proposals import proposed
from sozplan.repo.edit.sections import assignments, built, order, ordered

HELP = both(
    "Trägt einen Zwischenbericht ein: zu einer Maßnahme, einem Ziel oder einem ganzen Gebietsplan.\n\n"
    "Angaben stehen als SCHLÜSSEL=WERT dahinter: statement=…, lights.schedule=gelb, spent=12000, reason=…, "
    "countermeasure.who=amt-40. Der Stichtag ist der letzte aus sozplan.yaml, wenn cut_off fehlt. Ohne Angaben fragt "
    "der Befehl im Terminal nach dem Wichtigsten.",
    "Enters a review: of a measure, a goal or a whole area plan.\n\n"
    "Fields follow as KEY=VALUE: statement=…, lights.schedule=yellow, spent=12000, countermeasure.who=amt-40. "
    "The cut-off date is the last one of sozplan.yaml where cut_off is absent. Without fields the command asks for "
    "the most important ones in a terminal.",
)
_ASKED = ("statement", "lights.schedule", "lights.resources", "lights.output", "lights.effect", "spent")
_OF_RED = ("reason", "countermeasure.statement", "countermeasure.who", "countermeasure.until")


def run(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE", help=both("Kennung der Maßnahme, des Ziels, des Plans.", "Id of measure, goal or plan.")
        ),
    ],
    fields: FIELDS = None,
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help=both("Kennung; sonst wird eine gewählt.", "Id; else one is chosen.")),
    ] = None,
    dry_run: DRY_RUN = False,
    force: FORCE = False,
) -> int:
    request: Request = ctx.obj
    said = assignments(fields or ())
    wishes = Wishes(dry_run, force)
    with editing(request) as bench:
        _plan(bench, subject)
        if id is not None:
            refuse_taken(bench.plan, id)
        if said:
            return _enter(bench, subject, said, id, wishes)
        if not can_ask():
            raise Refusal(_NOTHING_SAID, 2)
        questions, last = Questions(bench.plan, request.lang), _last_day(bench).isoformat()
    answers = _answers(questions, last)
    if len(answers) == 1:
        sys.stdout.write(f"{_NOTHING_TO_REPORT.say(request.lang)}\n")
        return 0
    options = ("--id", id) if id else ()
    command = ["review", subject, *options, *(f"{key}={value}" for key, value in answers)]
    with kept(request.lang, command), editing(request) as bench:
        return _enter(bench, subject, answers, id, wishes)


def _enter(bench: Bench, subject: str, said: Sequence[Answer], id: str | None, wishes: Wishes) -> int:
    plan = _plan(bench, subject)
    if id is not None:
        refuse_taken(bench.plan, id)
    made = {**built(Review, said), "subject": Name(subject)}
    made.setdefault("cut_off", Name(_last_day(bench).isoformat()))
    made["id"] = Name(id or _proposed(bench, plan))
    page = bench.page(plan.origin.file)
    append(page, "reviews", ordered(made, Review), order(AreaPlan))
    done = text(
        de=f"Zwischenbericht „{made['id']}“ zu „{subject}“ eingetragen, Stichtag {made['cut_off']}.",
        en=f"Review “{made['id']}” of “{subject}” entered, cut-off date {made['cut_off']}.",
    )
    return bench.settle(wishes, done)


def _plan(bench: Bench, subject: str) -> AreaPlan:
    entity = bench.entity(subject)
    plan = entity if isinstance(entity, AreaPlan) else bench.plan.owner(subject)
    if plan is None:
        raise Refusal(
            text(
                de=f"„{subject}“ steht in keinem Gebietsplan; Zwischenberichte gibt es zu deren Maßnahmen und Zielen.",
                en=f"“{subject}” stands in no area plan; there are reviews of their measures and goals.",
            ),
            2,
        )
    return plan


def _answers(questions: Questions, last: str) -> list[Answer]:
    """What somebody says at the terminal; the cut-off date always, and what goes with a red light."""
    questions.begin()
    answers = [("cut_off", questions.proposed(Review, "cut_off", last, lambda _: None))]
    answers += questions.optional(Review, _ASKED)
    lights = built(Review, answers).get("lights", {})
    if isinstance(lights, dict) and Light.RED in lights.values():
        answers += questions.optional(Review, _OF_RED)
    return answers


_NOTHING_SAID = text(
    de='Nennen Sie, was zu berichten ist: statement="Läuft nach Plan." lights.schedule=grün spent=12000.',
    en='Name what there is to report: statement="On track." lights.schedule=green spent=12000, say.',
)
_NOTHING_TO_REPORT = text(
    de="Nichts berichtet, also nichts eingetragen.", en="Nothing was reported, so nothing was entered."
)


def _last_day(bench: Bench) -> date:
    """The last cut-off date of the settings before today."""
    today = bench.request.as_of
    written = (f"{year}-{day}" for year in (today.year - 1, today.year) for day in bench.plan.settings.reporting.days)
    days = [date.fromisoformat(each) for each in written if not each.endswith("02-29")]
    return max((day for day in days if day <= today), default=today)


def _proposed(bench: Bench, plan: AreaPlan) -> str:
    taken = {*bench.plan.ids, *(each.id for each in bench.plan.retired), *bench.plan.muted}
    return proposed("bericht", [id_of(each) or "" for each in plan.reviews], taken, f"{plan.area}-r")
