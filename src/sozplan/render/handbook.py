"""The governance handbook: the town's chapters, and beside them what follows from the data."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from enum import Enum
from functools import partial

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang, text
from sozplan.model.case import Case
from sozplan.model.handbook import Handbook
from sozplan.model.plan import Plan
from sozplan.model.terms import Status
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.governance import Governance
from sozplan.render.html import environment, render
from sozplan.render.markdown import Heading, Named, Resolve, outline
from sozplan.render.search import script
from sozplan.render.swimlane.paper import pictures as swimlanes
from sozplan.render.views import goals, keywords, organisation, processes, rulebook, standing, territory
from sozplan.render.views.names import Names, deadline


class Medium(Enum):
    """On what the manual is read."""

    PAPER = "pdf"
    SCREEN = "html"
    WORD = "docx"


class NoHandbook(Exception):
    """The repository holds no handbook; `text` says where it would be."""

    text = text(
        de="Das Repository enthält kein Handbuch (handbook/handbook.yaml).",
        en="The repository holds no handbook (handbook/handbook.yaml).",
    )

    def __init__(self) -> None:
        super().__init__(self.text.de)


def manual(
    case: Case,
    *,
    lang: Lang,
    audience: Audience,
    stamp: Stamp,
    overrides: Mapping[str, str] | None = None,
    medium: Medium = Medium.PAPER,
) -> Html:
    """The whole manual as HTML; `overrides` are the town's own trusted templates.

    In a browser it has a search, and a policy that forbids everything else; only on paper there are pages to name.
    """
    plan = case.plan
    handbook = plan.handbook
    if handbook is None:
        raise NoHandbook
    paper = frame(
        plan.settings,
        stamp,
        handbook.title,
        draft=_is_draft(handbook),
        audience=audience,
        subtitle=handbook.subtitle,
    )
    context = _context(case, handbook, lang, audience) | {
        "search": script() if medium is Medium.SCREEN else None,
        "paged": medium is Medium.PAPER,
        "governance": Governance(case, lang, paper.design),
    }
    html = render(environment(lang, overrides), "handbook.html.j2", paper=paper, stamp=stamp, **context)
    return Html(html, handbook.title, lang, pictures=pictures(plan.settings))


def _is_draft(handbook: Handbook) -> bool:
    return handbook.status not in {Status.RESOLVED, Status.ENDED}


def _context(case: Case, handbook: Handbook, lang: Lang, audience: Audience) -> dict[str, object]:
    plan, day = case.plan, case.as_of
    shown = rulebook.chapters(plan, day)
    names = Names(plan, rulebook.numbers(shown, lang))
    places = rulebook.anchors(plan, shown)
    resolve = _resolver(names, places)
    sheets = processes.sheets(plan)
    return {
        "plan": plan,
        "handbook": handbook,
        "day": day,
        "public": audience is Audience.PUBLIC,
        "chapters": shown,
        "contents": tuple(_contents(shown, resolve, plan, names, lang)),
        "names": names,
        "resolve": resolve,
        "anchor": _anchored(places),
        "deadline": deadline,
        "part_title": rulebook.part_title,
        "trees": goals.trees(plan),
        "areas": territory.areas(plan, day),
        "levels": territory.levels(plan, day),
        "areas_of_unit": lambda unit: territory.areas_of_unit(plan, unit, day),
        "departments": organisation.departments(plan, day),
        "externals": organisation.externals(plan, day),
        "products": organisation.of_products(plan),
        "sheets": sheets,
        "process_map": processes.process_map(sheets, lang, plan),
        "swimlanes": partial(swimlanes, plan, lang=lang),
        "settings": plan.settings,
        "validity": standing.validity(plan, handbook),
        "scope": standing.scope(plan, shown),
        "kept": standing.kept(plan, shown),
        "superseded": tuple(standing.superseded(plan)),
        "protected": standing.protected(plan),
        "chartered": standing.chartered(plan, day),
        "letters": keywords.keywords(plan, shown, places, day),
    }


def _resolver(names: Names, places: Container[str]) -> Resolve:
    def resolve(id: str) -> Named | None:
        if not names.knows(id):
            return None
        return Named(names.full(id), f"e-{id}" if id in places else None)

    return resolve


def _anchored(places: Container[str]) -> Callable[[str], str | None]:
    return lambda id: f"e-{id}" if id in places else None


def _contents(
    shown: tuple[rulebook.ChapterView, ...], resolve: Resolve, plan: Plan, names: Names, lang: Lang
) -> Iterator[Heading]:
    """Chapters with the headings of their texts and their generated parts, as they are printed."""
    for view in shown:
        id = view.chapter.id
        yield Heading(f"e-{id}", view.chapter.title, 2, str(view.number))
        found = outline(view.text, level=3, anchor=f"t-{id}", resolve=resolve)
        yield from (heading for heading in found if heading.level == 3)
        for part in view.chapter.parts:
            if view.headed:
                yield Heading(f"p-{id}-{part}", rulebook.part_title(part).say(lang), 3)
            yield from (Heading(f"e-{e.id}", names.full(e.id), view.depth) for e in rulebook.listed(plan, part))
