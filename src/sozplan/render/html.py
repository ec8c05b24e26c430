"""The Jinja environment of all documents: escaped always, strict about what is missing, without clock or file.

Text of the user is data and never a template. A municipality's own templates run in a sandbox over the packaged ones;
`{% extends "sozplan/report.html.j2" %}` reaches the packaged template that they replace.
A bare value in a template is printed as its reader writes it: texts and terms in the document's language,
dates and periods in words; numbers need a filter, because only the template knows decimals and unit.
A filter prints a figure only with the reference that it brings along, or that the template gives: `|money(ref="…")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.periods import Period
from sozplan.model.terms import Light, Term
from sozplan.render import numbers, signs
from sozplan.render.charts.picture import TEXT_WIDTH, Picture
from sozplan.render.cited import Cited, field_of
from sozplan.render.colours import Design
from sozplan.render.markdown import markdown, outline

LIGHTS = {
    Light.GREEN: text(de="im Plan", en="on track"),
    Light.YELLOW: text(de="gefährdet", en="at risk"),
    Light.RED: text(de="nicht im Plan", en="off track"),
    Light.GREY: text(de="nicht bewertbar", en="not ratable"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What every page of a document says about itself; templates find it as `paper`."""

    title: str
    municipality: str
    as_of: date
    commit: str | None
    """Abbreviated; None outside git."""
    unsaved: bool = False
    """The work tree differs from the commit."""
    draft: bool = False
    restricted: Text | None = None
    """What stands on every page of a paper that isn't for the public."""
    subtitle: str | None = None
    logo_alt: str | None = None
    design: Design = field(default_factory=Design)


class TemplateRefused(Exception):
    """A template of the municipality that can't be used; `text` names file, line and fault."""

    def __init__(self, name: str, line: int | None, fault: Text) -> None:
        place = name if line is None else f"{name}:{line}"
        self.text = text(
            de=f"templates/{place}: Die Vorlage kann nicht verwendet werden: {fault.de}",
            en=f"templates/{place}: The template can't be used: {fault.en}",
        )
        super().__init__(self.text.de)


def environment(lang: Lang, overrides: Mapping[str, str] | None = None) -> Environment:
    """Templates by name; `overrides` are the trusted sources of the municipality's own by name below `templates/`."""
    packaged = PackageLoader("sozplan", "templates")
    kind: type[Environment] = Environment if overrides is None else _Sandbox
    own = FunctionLoader(partial(_source, overrides or {}))
    loaders: list[BaseLoader] = [own, packaged, PrefixLoader({"sozplan": packaged})]
    env = kind(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=partial(_printed, lang),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= _filters(lang)
    env.globals |= _globals(lang)
    del env.filters["random"], env.globals["lipsum"]  # the same data give the same paper
    return env


def render(env: Environment, template: str, **context: object) -> str:
    """The document; a fault in a template of the municipality raises TemplateRefused, one in ours is a bug."""
    try:
        return env.get_template(template).render(**context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, NameError) as error:
        place = _own_place(error)
        if place is None:
            raise
        raise TemplateRefused(*place, said(error)) from error


def said(error: Exception) -> Text:
    """What is wrong with a template; of a number like 1e400 jinja makes a name that nobody knows."""
    if isinstance(error, NameError):
        return text(de="eine Zahl darin ist zu groß", en="a number in it is too large")
    return text(de=str(error), en=str(error))


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields and our own properties only: pydantic's methods include readers of files, days know a clock."""
        model = obj if isinstance(obj, type) else type(obj)
        if (issubclass(model, BaseModel) and hasattr(BaseModel, attr)) or attr in _CLOCKS | _INSIDE:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A power or a repetition is worked out in one step, which no alarm can break off."""
        if _size(operator, left, right) > _LARGEST:
            raise SecurityError(f"the result of {operator} is too large")
        return super().call_binop(context, operator, left, right)


_CLOCKS = frozenset({"today", "now", "utcnow"})
_INSIDE = frozenset({"memory", "reveal"})
"""What was measured stays behind the gate, also where a template is trusted."""
_LARGEST = 1_000_000
"""Bits of a number, items or letters of what is repeated."""


def _size(operator: str, left: object, right: object) -> int:
    sizes = [_length(each) for each in (left, right)]
    if operator == "**":
        return sizes[0] * abs(int(right)) if isinstance(left, int | Decimal) and isinstance(right, int | Decimal) else 0
    counts = [each for each in (left, right) if isinstance(each, int)]
    return sum(sizes) if len(counts) == 2 else max(sizes) * max(counts, default=1)


def _length(value: object) -> int:
    if isinstance(value, int):
        return value.bit_length()
    return len(value) if isinstance(value, str | list | tuple) else 1


_OWN = "<municipality>/"


def _source(overrides: Mapping[str, str], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    if name not in overrides:
        return None
    return overrides[name], _OWN + name, lambda: True


def _own_place(error: Exception) -> tuple[str, int] | None:
    """Where a template of the municipality stands in the traceback, innermost first."""
    if isinstance(error, TemplateSyntaxError):
        name = error.filename or ""
        return (name.removeprefix(_OWN), error.lineno) if name.startswith(_OWN) else None
    place, trace = None, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_OWN):
            place = file.removeprefix(_OWN), trace.tb_lineno
        trace = trace.tb_next
    return place


def _printed(lang: Lang, value: object) -> object:
    match value:
        case Text():
            return value.say(lang)
        case Term():
            return value.label.say(lang)
        case Period():
            return numbers.period(value, lang)
        case date():
            return numbers.day(value, lang)
        case None | bool() | float() | Decimal() | list() | tuple() | dict():
            raise TypeError(f"a value of type {type(value).__name__} needs a filter before it is printed")
    return value


def _filters(lang: Lang) -> dict[str, Callable[..., Any]]:
    return {
        "number": partial(figure, numbers.number, lang),
        "money": partial(figure, numbers.money, lang),
        "percent": partial(figure, numbers.percent, lang),
        "share": partial(figure, _share, lang),
        "points": partial(figure, numbers.points, lang),
        "field": field_of,
        "day": partial(_with_lang, numbers.day, lang),
        "period": partial(_with_lang, numbers.period, lang),
        "sign": signs.printed,
        "markdown": markdown,
        "drawing": _drawing,
    }


def _drawing(picture: Picture) -> Markup:
    """The SVG of a picture of ours, whose text is escaped already; nothing else gets past the escaping."""
    if not isinstance(picture, Picture):
        raise TypeError(f"not a picture: {type(picture).__name__}")
    return Markup(picture.svg)  # noqa: S704


def figure(
    form: Callable[..., str], lang: Lang, value: Decimal | int, *, ref: str | None = None, **options: object
) -> Cited:
    """The number in words, with the reference that it has or is given; none is printed without."""
    ref = ref or getattr(value, "ref", None)
    if ref is None:
        raise TypeError(f"the figure {value} doesn't say where it comes from; give it a reference: ref=…")
    return Cited(form(value, lang, **options), value, ref)


def _share(value: Decimal, lang: Lang, *, places: int = 0) -> str:
    """A part of a whole, 0 to 1, in per cent."""
    return numbers.percent(value * 100, lang, places=places)


def _with_lang(function: Callable[..., str], lang: Lang, value: object, **options: object) -> str:
    return function(value, lang, **options)


def _said(lang: Lang, de: str, en: str) -> Markup:
    """A text of the template as markup, so that figures filled into it stay what they are."""
    return escape(de if lang == "de" else en)


def _globals(lang: Lang) -> dict[str, Any]:
    return {
        "lang": lang,
        "t": partial(_said, lang),
        "LIGHTS": {light.value: (light.value, word) for light, word in LIGHTS.items()},
        "TEXT_WIDTH": TEXT_WIDTH,
        "sign_legend": signs.legend,
        "outline": outline,
    }
