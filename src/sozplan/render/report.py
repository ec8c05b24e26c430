"""The council paper of an area plan: what is asked, what it costs, how far the goals are, and on what that rests."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import Report
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.papers import Paper
from sozplan.model.terms import Status
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, render
from sozplan.render.markdown import Named
from sozplan.render.numbers import number
from sozplan.render.views import sources
from sozplan.render.views.deviations import deviations, newest
from sozplan.render.views.money import finances
from sozplan.render.views.names import Names
from sozplan.render.views.profile import need_rows, profile
from sozplan.render.views.targets import goal_rows, standing


def paper(
    case: Case,
    assessment: Report,
    plan: AreaPlan,
    *,
    lang: Lang,
    audience: Audience,
    stamp: Stamp,
    overrides: Mapping[str, str] | None = None,
) -> Html:
    """The paper as HTML with its figures as CSV; `overrides` are the town's own trusted templates."""
    settings = case.plan.settings
    title = (plan.paper.subject if plan.paper else None) or plan.title
    head = frame(settings, stamp, title, draft=plan.status not in {Status.RESOLVED, Status.ENDED})
    indicators = sources.used(plan, assessment)
    attached = sources.annex(case, plan, indicators, audience, lang)
    html = render(
        environment(lang, overrides),
        "report.html.j2",
        paper=head,
        stamp=stamp,
        annex=attached,
        sources=sources.sources(case, plan, indicators, audience),
        **_context(case, assessment, plan, audience, lang),
    )
    return Html(html, title, lang, (attached,), pictures(settings))


def _context(case: Case, assessment: Report, area_plan: AreaPlan, audience: Audience, lang: Lang) -> dict[str, object]:
    plan, day = case.plan, case.as_of
    goals = goal_rows(plan, area_plan, assessment, lang)
    letter = text(de="M", en="M").say(lang)
    numbers = {row.goal.id: row.number for row in goals}
    numbers |= {measure.id: f"{letter}{i}" for i, measure in enumerate(area_plan.measures, 1)}
    names, money = Names(plan), finances(plan, area_plan, day)
    return {
        "plan": area_plan,
        "settings": plan.settings,
        "said": area_plan.paper or Paper(),
        "day": day,
        "public": audience is Audience.PUBLIC,
        "names": names,
        "resolve": lambda id: Named(names.full(id)) if names.knows(id) else None,
        "numbers": numbers,
        "profile": profile(case, area_plan, audience, lang),
        "needs": need_rows(case, area_plan, audience, lang),
        "goals": goals,
        "standing": standing(area_plan, assessment),
        "deviations": deviations(plan, area_plan, assessment, day),
        "review": lambda subject: newest(plan, subject, day),
        "money": money,
        "euro": lambda amount: number(amount, lang, places=money.places),
        "euro_places": money.places,
        "used_signs": lambda rows: frozenset().union(*(row.used for row in rows)),
    }
