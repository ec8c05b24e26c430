"""The pictures of a process on the pages of the handbook: one below the other, like lines of music."""

from __future__ import annotations

from sozplan.diagnostics import Lang, text
from sozplan.model.plan import Plan
from sozplan.model.processes import Process
from sozplan.render.charts.picture import WIDTH, Picture
from sozplan.render.colours import Design
from sozplan.render.swimlane.export import placed
from sozplan.render.swimlane.graph import Node
from sozplan.render.swimlane.picture import EDGE, drawn, shows
from sozplan.render.swimlane.places import Layout
from sozplan.render.swimlane.strips import Strip, strips
from sozplan.render.swimlane.words import instead

HIGH = 630.0
"""Points: what is left of the height of a page below a caption."""
SCALE = 0.9
"""Letters of 8 points become 7.2: none is smaller on paper."""
_TITLE = text(de="Ablauf: {name}", en="Process: {name}")
_CUT = text(
    de="Das Bild geht von oben nach unten weiter; gleiche Buchstaben an den Rändern verbinden die Linien.",
    en="The picture goes on from top to bottom; the same letters at its sides join the lines.",
)


def pictures(plan: Plan, process: Process, lang: Lang) -> tuple[Picture, ...]:
    """The process from left to right, in as few pieces as fit."""
    found = placed(plan, process, lang)
    pieces = strips(found, WIDTH / SCALE, HIGH / SCALE, lang)
    settings = plan.settings.design
    design = Design(primary=settings.primary, accent=settings.accent)
    return tuple(
        _picture(process, found, piece, place, len(pieces), design, lang) for place, piece in enumerate(pieces, 1)
    )


def _picture(process: Process, whole: Layout, piece: Strip, place: int, of: int, design: Design, lang: Lang) -> Picture:
    shown = [shape.node for shape in piece.layout.shapes if shows(shape.box, piece.window)]
    alt = instead(process.name, whole, shown, lang, place=place, of=of)
    svg = drawn(piece.layout, piece.window, alt=alt, lang=lang, design=design, letters=piece.letters, scale=SCALE)
    wide = (piece.layout.start + piece.window.wide + 2 * EDGE) * SCALE
    note = _CUT.say(lang) if of == place > 1 else ""
    title = _TITLE.say(lang).format(name=process.name)
    return Picture(svg, title, alt, *_table(whole, shown, lang), lang, note=note, wide=wide)


def _table(whole: Layout, shown: list[Node], lang: Lang) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Step, lane, and the steps that follow."""
    heads = (text(de="Schritt", en="Step"), text(de="Bahn", en="Lane"), text(de="weiter", en="next"))
    names = {lane.holder: lane.name for lane in whole.lanes}
    nodes = [shape.node for shape in whole.shapes]
    onward = {
        node.id: ", ".join(nodes[line.link.target].name for line in whole.lines if nodes[line.link.source] is node)
        for node in shown
    }
    return tuple(head.say(lang) for head in heads), tuple(
        (node.name, names[node.lane], onward[node.id]) for node in shown if node.name
    )
