"""The table for a pull request."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from sozplan.render.ci.markdown import SHOWN, comment
from tests.render.ci.runs import SINCE, UNKNOWN, all_kinds, finding, run


def test_the_whole_table() -> None:
    assert comment(all_kinds(), "de") == (
        "## sozplan check\n"
        "\n"
        "| Schwere | Stelle | Regel | Befund |\n"
        "|---|---|---|---|\n"
        "| Fehler | plans/areas/hafen.yaml:4 | `ref.unknown` | Hier fehlt etwas. |\n"
        "| Warnung | plans/areas/hafen.yaml:9 | `time.order` | Hier fehlt etwas. |\n"
        "| Hinweis | plans/areas/hafen.yaml:12 | `target.ambition` | Hier fehlt etwas. |\n"
        "| ausgenommen | plans/areas/hafen.yaml:2 | `time.plan-gap` | Hier fehlt etwas. |\n"
        "\n"
        "7 Dateien, 1 Eintrag, Stand 01.10.2026: 1 Fehler, 1 Warnung, 1 Hinweis, 1 ausgenommen.\n"
    )


def test_nothing_new() -> None:
    assert comment(run(older=SINCE), "en") == (
        "## sozplan check\n"
        "\n"
        "No findings.\n"
        "\n"
        "7 files, 1 entity, as of 2026-10-01: 0 errors, 0 warnings, 0 infos, 0 waived.\n"
        "\n"
        "Only what came since main (0123456789); 12 older findings left out.\n"
    )


def test_only_so_many_rows() -> None:
    said = comment(run(*(finding(UNKNOWN, line) for line in range(SHOWN + 7))), "de")
    assert said.count("| Fehler |") == SHOWN
    assert "\n… und 7 weitere.\n" in said


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("<b>x</b> &amp;", "<b>x</b> &amp;"),
        ("a | b", "a | b"),
        ("![x](https://example.org)", "![x](https:\u200b//example.org)"),
        ("`x` **y** _z_ ~~w~~", "`x` **y** _z_ ~~w~~"),
        ("@rat #12", "@\u200brat #\u200b12"),
        ("www.example.org", "www.\u200bexample.org"),
        ("a\\", "a\\"),
    ],
)
def test_text_becomes_no_markup(what: str, shown: str) -> None:
    tokens = MarkdownIt().enable("table").enable("strikethrough").parse(comment(run(finding(UNKNOWN, what=what)), "de"))
    cells = [token for token in tokens if token.type == "inline"][-2]
    assert {child.type for child in cells.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in cells.children or ()) == f"Hier fehlt {shown}."
