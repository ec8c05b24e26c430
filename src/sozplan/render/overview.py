"""The paper on all plans together: strategic goals against areas, lights, money, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import Report
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.papers import Paper
from sozplan.model.plan import Plan
from sozplan.model.strategy import Strategy
from sozplan.render.colours import Design
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, figure
from sozplan.render.kinds import Kind
from sozplan.render.markdown import Named
from sozplan.render.numbers import number
from sozplan.render.paper_pictures import overview_pictures
from sozplan.render.setting import glossary, typeset
from sozplan.render.views import course, cycle
from sozplan.render.views.deviations import Deviation, deviations
from sozplan.render.views.goals import running
from sozplan.render.views.headlines import headlines
from sozplan.render.views.matrix import YearLine, citywide, duties, holes, matrix, years
from sozplan.render.views.money import constraints
from sozplan.render.views.names import Names
from sozplan.render.views.since import Earlier, since
from sozplan.render.views.targets import standing


def overview(
    case: Case,
    assessment: Report,
    *,
    lang: Lang,
    audience: Audience,
    stamp: Stamp,
    overrides: Mapping[str, str] | None = None,
    earlier: Earlier | None = None,
) -> Html:
    """Of all plans that haven't ended."""
    plan = case.plan
    said = said_by_strategy(plan)
    title = said.subject or _TITLE.say(lang)
    head = frame(plan.settings, stamp, title, draft=False, audience=audience)
    html = typeset(
        environment(lang, overrides),
        "summary.html.j2",
        glossary(plan),
        paper=head,
        stamp=stamp,
        kind=Kind.SUMMARY,
        said=said,
        **_context(case, assessment, earlier, audience, lang, head.design),
    )
    return Html(html, title, lang, pictures=pictures(plan.settings))


_TITLE = text(de="Sozialplanung im Überblick", en="Social planning at a glance")


def said_by_strategy(plan: Plan) -> Paper:
    """What the strategy says of the paper about it."""
    return next((root.paper for root in plan.all(Strategy) if root.paper), None) or Paper()


def _context(
    case: Case, assessment: Report, earlier: Earlier | None, audience: Audience, lang: Lang, design: Design
) -> dict[str, object]:
    plan, day, public = case.plan, case.as_of, audience is Audience.PUBLIC
    plans = running(plan)
    names, table = Names(plan), matrix(plan, plans)
    compared = since(case, assessment, earlier, None, audience, lang) if earlier else None
    spent = years(plan, plans, day)
    measures = [m for each in plans for m in each.measures] + list(citywide(plan))
    standings = [(each, standing(each, assessment)) for each in plans]
    named = [(names.short(each.area), found) for each, found in standings]
    return {
        "settings": plan.settings,
        "day": day,
        "public": public,
        "names": names,
        "resolve": lambda id: Named(names.full(id)) if names.knows(id) else None,
        "plans": plans,
        "matrix": table,
        "holes": holes(table),
        "standings": standings,
        "cycles": cycle.places(case, audience, lang),
        "cycle_legend": cycle.LEGEND,
        "years": spent,
        "duties": duties(plan, plans, None),
        "duties_now": duties(plan, plans, day.year),
        "constraints": constraints(plan, measures, [row.year for row in spent], day),
        "red": tuple(d for each in plans for d in _red(plan, each, assessment, case)),
        "tasks": course.open_tasks(plan, plans, day, public=public),
        "since": compared,
        "headlines": compared.first if compared else headlines(plan, plans, assessment, lang),
        "euro": partial(figure, number, lang, places=_places(spent)),
        "euro_places": _places(spent),
        "used_signs": lambda rows: frozenset().union(*(row.used for row in rows)),
        "charts": overview_pictures(named, spent, lang, places=_places(spent), design=design).charts,
    }


def _red(plan: Plan, area_plan: AreaPlan, assessment: Report, case: Case) -> list[tuple[AreaPlan, Deviation]]:
    """What is off track, with the plan that it stands in."""
    found = deviations(plan, area_plan, assessment, case.as_of)
    return [(area_plan, each) for each in found if each.is_red]


def _places(lines: Iterable[YearLine]) -> int:
    """Cents in every amount if there are any in one."""
    amounts = [euro for line in lines for euro in (line.cost, line.own, line.funding, line.third)]
    return 2 if any(euro != euro.to_integral_value() for euro in amounts) else 0
