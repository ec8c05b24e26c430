"""The cooperation sheets of an area plan: goal by goal who contributes what, bound by what, in which body."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.terms import Status
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.html import environment, render
from sozplan.render.kinds import Kind, said_by
from sozplan.render.views.cooperation import sheets
from sozplan.render.views.names import Names


def cooperation(
    case: Case,
    area_plan: AreaPlan,
    *,
    lang: Lang,
    audience: Audience,
    stamp: Stamp,
    overrides: Mapping[str, str] | None = None,
) -> Html:
    plan = case.plan
    is_draft = area_plan.status not in {Status.RESOLVED, Status.ENDED}
    names = Names(plan)
    title = f"{Kind.COOPERATION.label.say(lang)} {names.full(area_plan.area)}"
    html = render(
        environment(lang, overrides),
        "cooperation.html.j2",
        paper=frame(plan.settings, stamp, title, draft=is_draft, audience=audience),
        stamp=stamp,
        kind=Kind.COOPERATION,
        said=said_by(area_plan, Kind.COOPERATION, case.as_of),
        plan=area_plan,
        settings=plan.settings,
        names=names,
        anchor={}.get,
        sheets=sheets(plan, area_plan, case.as_of),
    )
    return Html(html, title, lang, pictures=pictures(plan.settings))
