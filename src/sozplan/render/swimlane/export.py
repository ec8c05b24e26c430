"""A process of a plan as files: BPMN 2.0, and the same picture as SVG."""

from __future__ import annotations

from sozplan.diagnostics import Lang
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.render.colours import Design
from sozplan.render.swimlane.graph import graph
from sozplan.render.swimlane.layout import layout
from sozplan.render.swimlane.picture import drawn, whole
from sozplan.render.swimlane.places import Layout
from sozplan.render.swimlane.words import NOBODY, instead
from sozplan.render.swimlane.xml import HEAD, bpmn
from sozplan.render.views.names import Names

__all__ = ["HEAD", "as_bpmn", "as_svg", "placed"]


def placed(plan: Plan, process: Process, lang: Lang) -> Layout:
    names = Names(plan)
    return layout(
        graph(process, lang), process.name, lambda holder: names.short(holder) if holder else NOBODY.say(lang), lang
    )


def as_bpmn(plan: Plan, process: Process, found: Layout, lang: Lang) -> bytes:
    return bpmn(process, found, Names(plan).full, lang)


def as_svg(plan: Plan, process: Process, found: Layout, lang: Lang) -> bytes:
    """Stands for itself: title, description, sizes, and letters that every machine has."""
    settings = plan.settings.design
    design = Design(primary=settings.primary, accent=settings.accent)
    alt = instead(process.name, found, [shape.node for shape in found.shapes], lang)
    return HEAD + drawn(found, whole(found), alt=alt, lang=lang, design=design).encode() + b"\n"
