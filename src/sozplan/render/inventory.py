"""The inventory as a paper (Bestandsaufnahme): what there is, what it is worth, what is missing, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.fates import Fate
from sozplan.diagnostics import Lang, text
from sozplan.model.case import Case
from sozplan.model.inventory import Inventory
from sozplan.model.papers import Paper
from sozplan.model.plan import Plan
from sozplan.render import numbers
from sozplan.render.charts.marks import Marked, marks
from sozplan.render.charts.picture import Picture
from sozplan.render.cited import filled
from sozplan.render.colours import Design
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, figure
from sozplan.render.kinds import Kind
from sozplan.render.markdown import Named
from sozplan.render.setting import glossary, typeset
from sozplan.render.views import rulebook
from sozplan.render.views.comparison import comparisons, letters
from sozplan.render.views.coverage import Coverage, coverage
from sozplan.render.views.names import Names, deadline
from sozplan.render.views.stock import Stock, clusters, mark_tables, stock, tallies


class NoInventory(Exception):
    """The repository holds no inventory; `text` says where it would be."""

    code = 1
    text = text(
        de="Das Repository enthält keine Bestandsaufnahme (plans/inventory/*.yaml).",
        en="The repository holds no inventory (plans/inventory/*.yaml).",
    )

    def __init__(self) -> None:
        super().__init__(self.text.de)


def inventory(
    case: Case, *, lang: Lang, audience: Audience, stamp: Stamp, overrides: Mapping[str, str] | None = None
) -> Html:
    """Of all that was recorded, also what has ended since: its recommendation must be traceable."""
    plan = case.plan
    if not plan.inventory:
        raise NoInventory
    said = said_by_inventory(plan)
    title = said.subject or _TITLE.say(lang)
    head = frame(plan.settings, stamp, title, draft=False, audience=audience)
    html = typeset(
        environment(lang, overrides),
        "inventory.html.j2",
        glossary(plan),
        paper=head,
        stamp=stamp,
        kind=Kind.INVENTORY,
        said=said,
        **_context(case, lang, audience, head.design),
    )
    return Html(html, title, lang, pictures=pictures(plan.settings))


_TITLE = text(de="Bestandsaufnahme der Sozialplanung", en="Inventory of social planning")


def said_by_inventory(plan: Plan) -> Paper:
    """What the first file with a paper says of it."""
    return next((root.paper for root in plan.all(Inventory) if root.paper), None) or Paper()


def _context(case: Case, lang: Lang, audience: Audience, design: Design) -> dict[str, object]:
    plan, day = case.plan, case.as_of
    names, found = Names(plan, rulebook.numbers(rulebook.chapters(plan, day), lang)), stock(plan, day)
    anchors = {row.item.id: f"e-{row.item.id}" for row in found.rows}
    return {
        "plan": plan,
        "settings": plan.settings,
        "day": day,
        "public": audience is Audience.PUBLIC,
        "names": names,
        "resolve": lambda id: Named(names.full(id), anchors.get(id)) if names.knows(id) else None,
        "anchor": anchors.get,
        "deadline": deadline,
        "stock": found,
        "Fate": Fate,
        "Coverage": Coverage,
        "coverage": coverage(plan, day),
        "mark_tables": mark_tables(found.rows),
        "clusters": clusters(found.rows),
        "comparisons": comparisons(plan),
        "letters": letters,
        "charts": dict(_charts(found, lang, design)),
    }


def _charts(found: Stock, lang: Lang, design: Design) -> Iterator[tuple[str, Picture]]:
    """A single criterion, or marks of a single item, are told by the table."""
    rows = tallies(found.rows)
    if len(rows) < _LEAST or max(row.total for row in rows) < _LEAST:
        return
    worst = rows[0]
    said = text(
        de="Am schwächsten bewertet ist „{}“: {} von {} Noten sind schwach (eins oder zwei).",
        en="“{}” is rated weakest: {} of {} marks are weak (one or two).",
    )
    if not worst.weak:
        said = text(de="Kein Kriterium hat schwache Noten.", en="No criterion has weak marks.")
    told = [figure(numbers.number, lang, each) for each in (worst.weak, worst.total)]
    finding = filled(said.say(lang), worst.criterion, *told) if worst.weak else filled(said.say(lang))
    drawn = [Marked(row.criterion, tuple(int(each) for each in row.marks)) for row in rows]
    yield "marks", marks(drawn, finding, lang, design=design)


_LEAST = 2
