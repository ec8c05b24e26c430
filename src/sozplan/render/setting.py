"""From a template to the finished text of a paper: filled, with its contents listed and its notes numbered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from jinja2 import Environment

from sozplan.model.plan import Plan
from sozplan.render.contents import with_contents
from sozplan.render.footnotes import Entry, numbered
from sozplan.render.html import render
from sozplan.render.markdown import Heading


def typeset(env: Environment, template: str, terms: Sequence[Entry], **context: object) -> str:
    """Terms are explained where they first occur."""
    filled = render(env, template, **context)
    return numbered(with_contents(filled, partial(_listed, env)), terms)


def glossary(plan: Plan) -> tuple[Entry, ...]:
    """The terms of the handbook."""
    return tuple(Entry(each.term, each.definition) for each in plan.handbook.terms) if plan.handbook else ()


def _listed(env: Environment, headings: Sequence[Heading]) -> str:
    return render(env, "contents.html.j2", headings=headings)
