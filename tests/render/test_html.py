from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html  # type: ignore[import-untyped]

from sozplan.diagnostics import Lang, text
from sozplan.model.periods import period
from sozplan.model.shared import Document
from sozplan.model.terms import Light, Status
from sozplan.render.cited import Quantity
from sozplan.render.colours import READABLE, Design, contrast
from sozplan.render.html import LIGHTS, Paper, TemplateRefused, environment, render

if TYPE_CHECKING:
    from tests.render.conftest import Sample

TEMPLATES = sorted(
    (entry.name, entry.read_text("utf-8"))
    for entry in files("sozplan").joinpath("templates").iterdir()
    if entry.name.endswith(".j2")
)


def say(source: str, lang: Lang = "de", **context: Any) -> str:
    return render(environment(lang, {"x.j2": source}), "x.j2", **context)


def fault(source: str, **context: Any) -> str:
    with pytest.raises(TemplateRefused) as caught:
        say(source, **context)
    return caught.value.text.de


def test_text_of_the_user_is_never_a_template_nor_markup() -> None:
    hostile = "{{ 7*191 }}{% raise %}<script>x</script></style>"
    shown = say("{{ value }}", value=hostile)
    assert shown == "{{ 7*191 }}{% raise %}&lt;script&gt;x&lt;/script&gt;&lt;/style&gt;"


def test_bare_values_are_printed_as_read() -> None:
    source = "{{ text }}|{{ term }}|{{ day }}|{{ period }}|{{ count }}"
    values: dict[str, Any] = {
        "text": text(de="Ziel", en="Goal"),
        "term": Status.DRAFT,
        "day": date(2025, 12, 31),
        "period": period("2023-Q2"),
        "count": 3,
    }
    assert say(source, **values) == "Ziel|Entwurf|31.12.2025|2.\xa0Quartal\xa02023|3"
    assert say(source, "en", **values) == "Goal|draft|31\xa0Dec\xa02025|Q2\xa02023|3"


@pytest.mark.parametrize("value", [None, 0.5, Decimal("0.5"), True, [1], {}])
def test_values_without_a_form_need_a_filter(value: object) -> None:
    assert fault("ab\n{{ value }}", value=value) == (
        "templates/x.j2:2: Die Vorlage kann nicht verwendet werden: "
        f"a value of type {type(value).__name__} needs a filter before it is printed"
    )


def test_filters_know_the_language() -> None:
    source = (
        "{{ v|number(places=2) }} {{ v|percent }} {{ v|money }} {{ v|points(short=true) }} "
        "{{ d|day(long=true) }} {{ '-'|sign }}"
    )
    values: dict[str, Any] = {"v": Quantity(Decimal("1234.5"), "a#b"), "d": date(2025, 1, 2)}
    said, english = (re.sub("</?data[^>]*>|\xa0", _blank, say(source, lang, **values)) for lang in LANGS)
    assert said == "1.234,50 1.234,5 % 1.234,50 € +1.234,5 PP 2. Januar 2025 –"
    assert english == "1,234.50 1,234.5% €1,234.50 +1,234.5 pp 2 January 2025 –"


LANGS: tuple[Lang, Lang] = ("de", "en")


def _blank(found: re.Match[str]) -> str:
    return " " if found[0] == "\xa0" else ""


def test_a_figure_says_where_it_comes_from() -> None:
    value = Quantity(Decimal("23.50"), "hafen-g1-t1#actual")
    assert say("{{ v|percent }}", v=value) == '<data value="23.5" data-ref="hafen-g1-t1#actual">23,5\xa0%</data>'
    assert say("{{ 3|number(ref='a\"<b') }}") == '<data value="3" data-ref="a&#34;&lt;b">3</data>'


@pytest.mark.parametrize("source", ["{{ v|number }}", "{{ (q * 2)|money }}", "{{ [v]|map('percent')|list|first }}"])
def test_a_figure_without_a_reference_is_not_printed(source: str) -> None:
    said = fault(source, v=Decimal(2), q=Quantity(Decimal(1), "a#b"))
    assert said == (
        "templates/x.j2:1: Die Vorlage kann nicht verwendet werden: "
        "the figure 2 doesn't say where it comes from; give it a reference: ref=…"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ t(de='um {} & {}', en='').format(v|number, '<b>') }}",
        "{{ t(de='um ', en='') ~ (v|number) ~ t(de=' & ', en='') ~ '<b>' }}",
        "{% set cells = ['um ', v|number] %}{{ cells|join }} &amp; {{ '<b>' }}",
    ],
)
def test_filled_into_a_text_it_stays_a_figure_and_the_rest_text(source: str) -> None:
    said = say(source, v=Quantity(Decimal(2), "a#b"))
    assert said == 'um <data value="2" data-ref="a#b">2</data> &amp; &lt;b&gt;'


def test_a_missing_value_is_a_fault_at_its_line() -> None:
    assert fault("\n\n{{ plan.titel }}", plan={}) == (
        "templates/x.j2:3: Die Vorlage kann nicht verwendet werden: 'dict object' has no attribute 'titel'"
    )


def test_a_template_that_is_none_is_a_fault_at_its_line() -> None:
    assert fault("a\n{% if %}") == (
        "templates/x.j2:2: Die Vorlage kann nicht verwendet werden: "
        "Expected an expression, got 'end of statement block'"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ items.append(1) }}",
        "{{ '{0.__class__}'.format(items) }}",
        "{{ document.parse_file('/etc/hostname') }}",
        "{{ document.model_copy() }}",
        "{% for a in range(1000000) %}{% endfor %}",
        "{% include 'no-such.j2' %}",
        "{% include '../../../etc/hostname' %}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ 'a' * 10 ** 9 }}",
        "{{ [0] * 10 ** 8 }}",
        "{{ items * 10 ** 9 }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ (2 ** 999999) * (2 ** 999999) }}",
        "{% set n = namespace(x=7) %}{% for i in range(40) %}{% set n.x = n.x * n.x %}{% endfor %}",
        "{{ day.today() }}",
        "{{ day.now() }}",
        "{{ lipsum() }}",
        "{{ [1, 2]|random }}",
        "{{ filter.func.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ {}.__init__.__globals__ }}",
        "{{ (''.format).__self__.__class__ }}",
        "{{ '%s'|format(items.__class__) }}",
        "{{ t(de='{0.__class__}', en='').format(items) }}",
        "{% import 'os' as os %}",
        "{% from '/etc/passwd' import root %}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ dict.__base__.__subclasses__() }}",
        "{{ document.memory }}",
    ],
)
def test_the_sandbox_holds(source: str) -> None:
    document = Document.model_construct(path="a", sha256=None, title="t")
    given = {"items": [], "document": document, "day": date(2026, 1, 1), "filter": partial(str, "x")}
    assert fault(source, **given).startswith("templates/x.j2:1: Die Vorlage kann nicht verwendet werden: ")


def test_a_fault_of_a_packaged_template_stays_an_exception() -> None:
    with pytest.raises(Exception, match="'paper' is undefined"):
        render(environment("de"), "base.html.j2")


PAPER = Paper(title="T", municipality="Kreis Moorland", as_of=date(2026, 1, 1), commit=None)


def test_a_municipality_extends_the_packaged_template_that_it_replaces() -> None:
    override = '{% extends "sozplan/base.html.j2" %}{% block content %}Eigenes{% endblock %}'
    shown = render(environment("de", {"base.html.j2": override}), "base.html.j2", paper=PAPER)
    assert "Eigenes" in shown
    assert '<html lang="de-DE">' in shown


@pytest.mark.parametrize(("name", "source"), TEMPLATES)
def test_no_packaged_template_lifts_the_escaping(name: str, source: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", source), name


def test_the_sample_is_well_formed_and_names_its_parts(sample: Sample) -> None:
    page = lxml_html.document_fromstring(sample.html())
    assert page.get("lang") == "de-DE"
    assert [h.text_content() for h in page.iter("h1")] == ["Sozialraumgebietsplan Nordhafen 2026–2029"]
    assert {th.get("scope") for th in page.iter("th")} == {"row", "col"}
    assert all(img.get("alt") for img in page.iter("img"))
    assert page.xpath("//span[contains(@class, 'light-red')]/text()") == ["nicht im Plan", "nicht im Plan"]
    assert page.body.get("data-watermark") == "ENTWURF"
    assert lxml_html.document_fromstring(sample.html("en")).body.get("data-watermark") == "DRAFT"
    assert lxml_html.document_fromstring(sample.html(draft=False)).body.get("data-watermark") is None


@pytest.mark.parametrize("light", list(Light))
def test_every_light_has_a_word_and_a_readable_colour(light: Light) -> None:
    css = files("sozplan").joinpath("templates/style/parts.css").read_text("utf-8")
    match = re.search(rf"^\.light-{light.value} {{ color: (#\w+);", css, re.MULTILINE)
    assert match is not None
    assert contrast(match[1], "#ffffff") >= READABLE
    assert contrast(match[1], Design().properties["wash"]) >= READABLE
    assert LIGHTS[light].de != LIGHTS[light].en
