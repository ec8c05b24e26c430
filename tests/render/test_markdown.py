from __future__ import annotations

import pytest

from sozplan.render.markdown import Heading, Named, markdown, outline


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>\n"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
        ("[a](https://example.org)", '<p><a href="https://example.org">a</a></p>\n'),
        ("[**a** `b`](#ziel)", '<p><a href="#ziel">a b</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](file:///etc/passwd)", "<p>[a](file:///etc/passwd)</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](andere.md)", "<p>[a](andere.md)</p>\n"),
        ("![a](x.png)", "<p>![a](x.png)</p>\n"),
        ("{{ 7*191 }}", "<p>{{ 7*191 }}</p>\n"),
        ("# A\n### B\n# C", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert markdown(source) == html


def test_tables_have_header_cells_with_scope() -> None:
    assert '<th scope="col">a</th>' in markdown("|a|\n|-|\n|1|")


def test_headings_go_as_deep_as_html() -> None:
    assert [h.level for h in outline("# A\n## B\n### C", level=5, anchor="x")] == [5, 6, 6]


def test_the_outline_names_the_ids_of_the_text() -> None:
    source = "## Anlass `x`\n\n### Teil\n\n## Ende"
    assert outline(source, level=2, anchor="k") == (
        Heading("k-1", "Anlass x", 2),
        Heading("k-2", "Teil", 3),
        Heading("k-3", "Ende", 2),
    )
    assert '<h3 id="k-2">Teil</h3>' in markdown(source, level=2, anchor="k")


def test_references_become_names_with_a_link_where_there_is_a_place() -> None:
    known = {"rat": Named("Rat <der> *Stadt*", "e-rat"), "familien": Named("Familien")}
    html = markdown("Der [[rat]] und [[familien]], nicht [[niemand]] oder `[[rat]]`.", resolve=known.get)
    assert html == (
        '<p>Der <a href="#e-rat">Rat &lt;der&gt; *Stadt*</a> und Familien, '
        "nicht [[niemand]] oder <code>[[rat]]</code>.</p>\n"
    )


def test_a_link_to_nowhere_is_no_link() -> None:
    assert markdown("Siehe [**hier**]() und [dort](#k-1).", anchor="k") == (
        '<p>Siehe <strong>hier</strong> und <a href="#k-1">dort</a>.</p>\n'
    )


def test_a_reference_within_a_link_is_only_a_name() -> None:
    html = markdown("[zum [[rat]]](#x)", resolve={"rat": Named("Rat", "e-rat")}.get)
    assert html == '<p><a href="#x">zum Rat</a></p>\n'


def test_the_outline_names_references_as_the_text_does() -> None:
    found = outline("# Zum [[rat]]", anchor="k", resolve={"rat": Named("Rat", "e-rat")}.get)
    assert found == (Heading("k-1", "Zum Rat", 2),)
