"""The pictures of the organisation: the house with its partners, the ways between the bodies, and the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sozplan.diagnostics import Lang, text
from sozplan.model.calendar import Appointment
from sozplan.model.organisation import Actor, Body
from sozplan.model.plan import Plan
from sozplan.model.terms import ActorKind, BodyKind, CalendarKind
from sozplan.render import numbers
from sozplan.render.charts.organigram import Band, Chart, Node, organigram
from sozplan.render.charts.picture import Picture
from sozplan.render.charts.planner import Group, Line, Planner, fits, planner
from sozplan.render.cited import Quantity, filled
from sozplan.render.colours import Design
from sozplan.render.html import figure
from sozplan.render.views.agenda import Year
from sozplan.render.views.house import Branch, Partner, bodies, offices, partners
from sozplan.render.views.names import Names

_HOUSE = text(
    de="Oben die Leitung, darunter in Spalten, was zu ihr gehört, eingerückt die tieferen Ebenen; gestrichelt stehen "
    "Stellen außerhalb der Verwaltung.",
    en="Above the head, below it in columns what belongs to it, deeper levels indented; dashed are those outside the "
    "administration.",
)
_BODIES = text(
    de="Von unten nach oben: an welches Gremium eine Frage geht, die ein Gremium nicht lösen kann. Farbig unterlegt "
    "sind Gremien, die entscheiden.",
    en="From below to above: to which body a question goes that a body can't solve. Tinted are bodies that decide.",
)


def house_pictures(plan: Plan, day: date, lang: Lang, design: Design) -> tuple[Picture, ...]:
    """None where nobody has entered an office."""
    found, outside = offices(plan, day), partners(plan, day)
    if not found and not outside:
        return ()
    names = Names(plan)
    alone = [each.of for each in found if not each.below]
    trees = tuple(_office(each, None, lang) for each in found if each.below)
    chart = Chart(trees, tuple(_bands(alone, outside, names, lang)), _COLUMNS[lang], design)
    return organigram(chart, _finding(sum(_count(each) for each in found), outside, lang), _HOUSE, lang)


_COLUMNS: Mapping[Lang, tuple[str, ...]] = {
    "de": ("Stelle", "Art", "gehört zu", "Vertrag mit"),
    "en": ("Office", "Kind", "part of", "contract with"),
}


def _finding(inside: int, outside: Sequence[Partner], lang: Lang) -> str:
    bound = sum(bool(each.contracts) for each in outside)
    said = text(
        de="{} Stellen der Kommune; von {} Partnern außerhalb binden Verträge {}.",
        en="{} offices of the municipality; of {} partners outside contracts bind {}.",
    )
    if not outside:
        said = text(de="{} Stellen der Kommune.", en="{} offices of the municipality.")
    told = [("offices", inside), ("partners", len(outside)), ("partners/bound", bound)][: 3 if outside else 1]
    amounts = [Quantity(number, f"all#organisation/{name}") for name, number in told]
    return filled(said.say(lang), *(figure(numbers.number, lang, each) for each in amounts))


def _office(branch: Branch[Actor], above: Actor | None, lang: Lang) -> Node:
    actor = branch.of
    return Node(
        actor.label,
        actor.name if actor.short and actor.short != actor.name else "",
        tuple(_office(each, actor, lang) for each in branch.below),
        (actor.name, actor.kind.label.say(lang), above.name if above else None, None),
        strong=above is None or actor.kind is ActorKind.DEPARTMENT,
    )


def _bands(alone: Sequence[Actor], outside: Sequence[Partner], names: Names, lang: Lang) -> Iterator[Band]:
    bound = [each for each in outside if each.contracts]
    free = [each for each in outside if not each.contracts]
    bands = (
        (
            text(de="Ohne übergeordnete Stelle, Vertretungen und Beiräte", en="Without a superior, and councils"),
            [_alone(each, lang) for each in alone],
        ),
        (
            text(de="Außerhalb der Verwaltung, durch Vertrag gebunden", en="Outside, bound by contract"),
            [_partner(each, names, lang) for each in bound],
        ),
        (text(de="Außerhalb, ohne Vertrag", en="Outside, no contract"), [_partner(each, names, lang) for each in free]),
    )
    yield from (Band(title.say(lang), tuple(nodes)) for title, nodes in bands if nodes)


def _alone(actor: Actor, lang: Lang) -> Node:
    return Node(actor.label, row=(actor.name, actor.kind.label.say(lang), None, None))


def _partner(partner: Partner, names: Names, lang: Lang) -> Node:
    actor, said = partner.actor, text(de="Vertrag mit {}", en="contract with {}").say(lang)
    offices = names.list(partner.offices)
    row = (actor.name, actor.kind.label.say(lang), None, offices or None)
    return Node(actor.label, said.format(offices) if offices else "", row=row, dashed=True)


def _count(branch: Branch[Actor] | Branch[Body]) -> int:
    return 1 + sum(_count(each) for each in branch.below)


def body_pictures(plan: Plan, day: date, lang: Lang, design: Design) -> tuple[Picture, ...]:
    """A single body has no way to another."""
    found = bodies(plan, day)
    if not any(each.below for each in found):
        return ()
    columns = ("Gremium", "Art", "im Streit entscheidet") if lang == "de" else ("Body", "Kind", "in dispute decides")
    chart = Chart(tuple(_body(each, None, lang) for each in found), (), columns, design)
    return organigram(chart, _ways(found, lang), _BODIES, lang)


def _ways(found: Sequence[Branch[Body]], lang: Lang) -> str:
    count = sum(_count(each) for each in found)
    if len(found) == 1:
        said = text(de="Alle Wege der {} Gremien enden bei: {}.", en="All ways of the {} bodies end at: {}.")
    else:
        said = text(de="Die Wege der {} Gremien enden bei: {}.", en="The ways of the {} bodies end at: {}.")
    number = figure(numbers.number, lang, Quantity(count, "all#organisation/bodies"))
    return filled(said.say(lang), number, ", ".join(each.of.name for each in found))


def _body(branch: Branch[Body], above: str | None, lang: Lang) -> Node:
    body, kind = branch.of, branch.of.kind.label.say(lang)
    below = tuple(_body(each, body.name, lang) for each in branch.below)
    return Node(body.name, kind, below, (body.name, kind, above), strong=body.kind is BodyKind.DECIDING)


_CYCLE = (
    (CalendarKind.DATA, text(de="Analyse: Datenlieferungen", en="Analysis: deliveries of data")),
    (CalendarKind.PLANNING, text(de="Bedarf, Ziele und Maßnahmen: Planungstermine", en="Needs, goals, measures")),
    (CalendarKind.BUDGET, text(de="Beschluss und Ressourcen: Haushalt", en="Decision and resources: budget")),
    (CalendarKind.REPORTING, text(de="Monitoring: Berichte", en="Monitoring: reports")),
    (CalendarKind.SESSION, text(de="Weitere Sitzungen", en="Further sessions")),
)
_SITTINGS = text(de="Sitzungen der Gremien", en="Sessions of the bodies")
_TALLEST_YEAR = 620.0


def year_pictures(plan: Plan, years: Sequence[Year], day: date, lang: Lang, design: Design) -> tuple[Picture, ...]:
    """A year with its sessions; where a page is too short for both, these have a drawing of their own."""
    names = Names(plan)
    return tuple(picture for year in years for picture in _of_year(year, names, day, lang, design))


def _of_year(year: Year, names: Names, day: date, lang: Lang, design: Design) -> Iterator[Picture]:
    cycle = tuple(_groups(year, lang))
    sittings = tuple(Line(names.short(body), days) for body, days in year.sessions)
    met = (Group(_SITTINGS.say(lang), sittings, "circle"),) if sittings else ()
    bound = tuple((each.start or date(year.year, 1, 1), each.end or date(year.year, 12, 31)) for each in year.bound)
    together = [cycle + met] if fits(cycle + met, _TALLEST_YEAR) else [cycle, met]
    for groups in together:
        if groups:
            drawn = Planner(year.year, groups, bound, day)
            yield planner(drawn, _year_finding(year, lang), lang, design=design)


def _groups(year: Year, lang: Lang) -> Iterator[Group]:
    for kind, title in _CYCLE:
        own = [each for each in year.appointments if each.kind is kind]
        if own:
            yield Group(title.say(lang), tuple(_dated(each) for each in own))


def _dated(each: Appointment) -> Line:
    return Line(each.title, spans=((each.date, each.end),)) if each.end else Line(each.title, (each.date,))


def _year_finding(year: Year, lang: Lang) -> str:
    sessions = Quantity(sum(len(days) for _, days in year.sessions), f"all#calendar/{year.year}/sessions")
    others = Quantity(len(year.appointments), f"all#calendar/{year.year}/appointments")
    said = text(
        de="{}: {} Sitzungen und {} Termine von Planung, Berichten und Haushalt.",
        en="{}: {} sessions and {} dates of planning, reports and budget.",
    )
    return filled(said.say(lang), str(year.year), *(figure(numbers.number, lang, each) for each in (sessions, others)))
