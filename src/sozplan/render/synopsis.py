"""The old and the new handbook side by side (Synopse), as a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang, Text, text
from sozplan.model.plan import Plan
from sozplan.render.document import Html, Stamp, frame, pictures
from sozplan.render.handbook import NoHandbook
from sozplan.render.html import environment, render
from sozplan.render.markdown import Heading
from sozplan.render.views.names import Names
from sozplan.render.views.synopsis import Side, Synopsis, day_of, synopsis
from sozplan.render.wordmarks import marked


@dataclass(frozen=True, slots=True)
class Former:
    """The state that the handbook is compared with."""

    plan: Plan
    revision: str
    """As it was asked for, with the commit where that says more."""


class NoFormerHandbook(Exception):
    """The earlier state holds no handbook; `text` says which."""

    code = 2

    def __init__(self, revision: str) -> None:
        self.text = text(
            de=f"Im Stand „{revision}“ gibt es noch kein Handbuch, mit dem sich vergleichen ließe.",
            en=f"There is no handbook to compare with at “{revision}” yet.",
        )
        super().__init__(self.text.de)


def comparison(plan: Plan, former: Former, as_of: date, *, lang: Lang, audience: Audience, stamp: Stamp) -> Html:
    """Both versions beside each other, with every word marked that is otherwise."""
    book, before = plan.handbook, former.plan.handbook
    if book is None:
        raise NoHandbook
    if before is None:
        raise NoFormerHandbook(former.revision)
    old = Side(former.plan, before, day_of(former.plan, as_of), lang)
    new = Side(plan, book, day_of(plan, as_of), lang)
    found = synopsis(old, new)
    paper = frame(plan.settings, stamp, _title(book.title).say(lang), draft=False, audience=audience)
    context = {
        "old": before,
        "new": book,
        "revision": former.revision,
        "found": found,
        "sections": [each for each in found.sections if each.rows],
        "contents": tuple(_contents(found, lang)),
        "marked": marked,
        "names": Names(plan),
        "former_names": Names(former.plan),
        "anchor": _nowhere,
        "plan": plan,
        "public": audience is Audience.PUBLIC,
    }
    html = render(environment(lang), "synopsis.html.j2", paper=paper, stamp=stamp, **context)
    return Html(html, paper.title, lang, pictures=pictures(plan.settings))


def _title(book: str) -> Text:
    return text(de=f"Synopse: {book}", en=f"Synopsis: {book}")


def _nowhere(id: str) -> None:
    """Nothing has a place of its own in a comparison."""


def _contents(found: Synopsis, lang: Lang) -> list[Heading]:
    return [Heading(f"s-{each.key}", each.title.say(lang), 2) for each in found.sections if each.rows]
