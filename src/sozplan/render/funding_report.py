"""The funding report for the treasurer (Förderbericht)."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang, text
from sozplan.model.case import Case
from sozplan.model.funding import Funding, Programme
from sozplan.model.papers import Paper
from sozplan.model.plan import Plan
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment
from sozplan.render.kinds import Kind
from sozplan.render.markdown import Named
from sozplan.render.setting import glossary, typeset
from sozplan.render.views.funding import Line, overview
from sozplan.render.views.names import Names


class NoFunding(Exception):
    """The repository names no programme; `text` says where one would be."""

    code = 1
    text = text(
        de="Das Repository enthält kein Förderprogramm (plans/funding/*.yaml).",
        en="The repository holds no funding programme (plans/funding/*.yaml).",
    )

    def __init__(self) -> None:
        super().__init__(self.text.de)


def funding_report(
    case: Case, *, lang: Lang, audience: Audience, stamp: Stamp, overrides: Mapping[str, str] | None = None
) -> Html:
    """Of all programmes and applications, with the dates of the twelve months ahead."""
    plan = case.plan
    if not plan.all(Programme):
        raise NoFunding
    said = said_by_funding(plan)
    title = said.subject or _TITLE.say(lang)
    found, names = overview(case), Names(plan)
    html = typeset(
        environment(lang, overrides),
        "funding.html.j2",
        glossary(plan),
        paper=frame(plan.settings, stamp, title, draft=False, audience=audience),
        stamp=stamp,
        kind=Kind.FUNDING,
        said=said,
        plan=plan,
        settings=plan.settings,
        day=case.as_of,
        public=audience is Audience.PUBLIC,
        names=names,
        resolve=lambda id: Named(names.full(id)) if names.knows(id) else None,
        anchor={}.get,
        funding=found,
        euro_places=_places(found.lines),
    )
    return Html(html, title, lang, pictures=pictures(plan.settings))


_TITLE = text(de="Fördermittel der Sozialplanung", en="Grants of social planning")


def said_by_funding(plan: Plan) -> Paper:
    """What the first file with a paper says of it."""
    return next((root.paper for root in plan.all(Funding) if root.paper), None) or Paper()


def _places(lines: tuple[Line, ...]) -> int:
    """Cents in every amount if there are any in one."""
    amounts = [euro for line in lines for euro in (line.applied, line.granted, line.drawn, line.planned, line.own)]
    return 2 if any(euro != euro.to_integral_value() for euro in amounts) else 0
