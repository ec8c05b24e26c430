"""The placeholders of a Word template: what a paper says of itself, as text that can stand anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.papers import Paper
from sozplan.model.plan import Plan
from sozplan.render import numbers
from sozplan.render.colours import Design
from sozplan.render.document import Stamp
from sozplan.render.views.names import Names
from sozplan.render.word.document import Sheet

_PUBLIC, _CLOSED = text(de="öffentlich", en="public"), text(de="nichtöffentlich", en="non-public")


def sheet(
    plan: Plan, area_plan: AreaPlan | None, said: Paper, stamp: Stamp, lang: Lang, template: bytes | None
) -> Sheet:
    """All that the paper of a plan needs to become a file of Word."""
    design, author = plan.settings.design, plan.settings.municipality.name
    known = fields(plan, area_plan, said, stamp, lang)
    return Sheet(known, author, Design(primary=design.primary, accent=design.accent), template)


def fields(plan: Plan, area_plan: AreaPlan | None, said: Paper, stamp: Stamp, lang: Lang) -> Mapping[str, object]:
    """What isn't said is empty, so that a template needs no conditions; a paper of no area plan says less."""
    names = Names(plan)
    return {
        "municipality": plan.settings.municipality.name,
        "address": list(plan.settings.design.address),
        "area": names.full(area_plan.area) if area_plan else "",
        "status": area_plan.status.label.say(lang) if area_plan else "",
        "number": said.number or "",
        "date": numbers.day(said.date, lang, long=True) if said.date else "",
        "publicity": (_PUBLIC if said.public else _CLOSED).say(lang),
        "department": names.full(said.department) if said.department else "",
        "office": names.full(said.office) if said.office else "",
        "subject": said.subject or (area_plan.title if area_plan else ""),
        "proposal": list(said.proposal),
        "consultations": [
            {
                "body": names.full(stop.body),
                "date": numbers.day(stop.date, lang) if stop.date else "",
                "role": stop.role.label.say(lang),
            }
            for stop in said.consultations
        ],
        "cosigning": [names.full(holder) for holder in said.cosigning],
        "as_of": numbers.day(stamp.as_of, lang),
        "commit": stamp.commit or "",
        "unsaved": stamp.dirty,
    }
