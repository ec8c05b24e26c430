"""The papers on an area plan: what is asked, what it costs, how far the goals are, and on what that rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sozplan.analysis.cycle.standing import standing as position
from sozplan.analysis.disclosure import Audience
from sozplan.analysis.verdict import Report
from sozplan.diagnostics import Lang, text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.terms import Status
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, figure
from sozplan.render.kinds import Kind, said_by
from sozplan.render.markdown import Named
from sozplan.render.numbers import number
from sozplan.render.paper_pictures import Atlases, Desk
from sozplan.render.setting import glossary, typeset
from sozplan.render.views import course, cycle, sources
from sozplan.render.views.alignment import alignment
from sozplan.render.views.annexes import AREA, GOALS, MEASURES, MONEY, NEEDS, SOURCES, VOICES, annexes
from sozplan.render.views.deviations import DIMENSIONS, deviations
from sozplan.render.views.headlines import headlines
from sozplan.render.views.money import finances
from sozplan.render.views.names import Names
from sozplan.render.views.profile import ProfileRow, need_rows, profile
from sozplan.render.views.sheet import sheet
from sozplan.render.views.since import Earlier, Since, since
from sozplan.render.views.targets import NOTES, goal_rows, standing
from sozplan.rules import RULES


def paper(
    case: Case,
    assessment: Report,
    plan: AreaPlan,
    *,
    lang: Lang,
    audience: Audience,
    stamp: Stamp,
    overrides: Mapping[str, str] | None = None,
    kind: Kind = Kind.DECISION,
    earlier: Earlier | None = None,
    atlases: Atlases | None = None,
) -> Html:
    """The paper as HTML with its figures as CSV; `overrides` are the town's own trusted templates."""
    settings = case.plan.settings
    said = said_by(plan, kind, case.as_of)
    title = said.subject or plan.title
    is_draft = plan.status not in {Status.RESOLVED, Status.ENDED}
    head = frame(settings, stamp, title, draft=is_draft, audience=audience)
    indicators = sources.used(plan, assessment)
    attached = sources.annex(case, plan, indicators, audience, lang)
    cited = sources.sources(case, plan, indicators, audience)
    compared = since(case, assessment, earlier, plan, audience, lang) if earlier else None
    desk = Desk(case, plan, lang, audience, head.design, atlases, is_small=kind is Kind.AREA_SHEET)
    html = typeset(
        environment(lang, overrides),
        "sheet.html.j2" if kind is Kind.AREA_SHEET else "report.html.j2",
        () if kind is Kind.AREA_SHEET else glossary(case.plan),
        paper=head,
        stamp=stamp,
        annex=attached,
        sources=cited,
        kind=kind,
        full=kind is not Kind.PROGRESS,
        said=said,
        **_context(case, assessment, plan, kind, audience, lang, desk),
        **_compared(case, assessment, plan, compared, lang),
    )
    return Html(html, title, lang, (attached,), pictures(settings))


def _context(
    case: Case, assessment: Report, area_plan: AreaPlan, kind: Kind, audience: Audience, lang: Lang, desk: Desk
) -> dict[str, object]:
    plan, day, public = case.plan, case.as_of, audience is Audience.PUBLIC
    goals = goal_rows(plan, area_plan, assessment, lang)
    letter = text(de="M", en="M").say(lang)
    numbers = {row.goal.id: row.number for row in goals}
    numbers |= {measure.id: f"{letter}{i}" for i, measure in enumerate(area_plan.measures, 1)}
    names, money = Names(plan), finances(plan, area_plan, day)
    measures = course.measure_rows(plan, area_plan, numbers, day)
    described = profile(case, area_plan, audience, lang)
    amiss = deviations(plan, area_plan, assessment, day)
    drawn = desk.pictures(assessment, goals, money, described)
    return {
        "plan": area_plan,
        "settings": plan.settings,
        "day": day,
        "public": public,
        "names": names,
        "resolve": lambda id: Named(names.full(id)) if names.knows(id) else None,
        "numbers": numbers,
        "profile": described,
        "alignment": alignment(plan, area_plan),
        "needs": need_rows(case, area_plan, audience, lang),
        "goals": goals,
        "target_notes": NOTES,
        "standing": standing(area_plan, assessment),
        "cycle": cycle.place(case, position(case, area_plan), audience, lang),
        "measures": measures,
        "spending": course.spending(plan, area_plan, numbers, day.year, day),
        "tasks": course.open_tasks(plan, (area_plan,), day, public=public),
        "waivers": course.waivers(plan, area_plan, day),
        "rule_titles": {rule.id: rule.code.title.say(lang) for rule in RULES},
        "heard": course.heard(area_plan),
        "deviations": amiss,
        "sheet": sheet(area_plan, goals, measures, described, amiss),
        "money": money,
        "euro": partial(figure, number, lang, places=money.places),
        "euro_places": money.places,
        "used_signs": lambda rows: frozenset().union(*(row.used for row in rows)),
        "charts": drawn.charts,
        "sparks": drawn.sparks,
        "courses": drawn.courses,
        "dimensions": DIMENSIONS,
        "annexes": annexes(_filled(area_plan, kind, described, goals=bool(drawn.courses))),
    }


def _filled(area_plan: AreaPlan, kind: Kind, described: Sequence[ProfileRow], *, goals: bool) -> Iterator[str]:
    """The annexes that there is something for; a progress report says nothing again of what stays as it was."""
    if kind is not Kind.PROGRESS:
        yield from (
            name
            for name, content in (
                (AREA, area_plan.profile or described),
                (NEEDS, area_plan.needs),
                (VOICES, area_plan.participation),
            )
            if content
        )
    yield from (
        name
        for name, content in (
            (GOALS, goals or (area_plan.goals and kind is not Kind.PROGRESS)),
            (MEASURES, area_plan.measures),
            (MONEY, area_plan.resources or any(each.budget for each in area_plan.measures)),
            (SOURCES, True),
        )
        if content
    )


def _compared(
    case: Case, assessment: Report, area_plan: AreaPlan, compared: Since | None, lang: Lang
) -> dict[str, object]:
    """What changed since the last paper, or where there is none, since the plan began."""
    first = compared.first if compared else headlines(case.plan, (area_plan,), assessment, lang)
    return {"since": compared, "headlines": first}
