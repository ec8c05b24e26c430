from __future__ import annotations

import re
from collections.abc import Sequence

from sozplan.render.contents import has_contents, with_contents, without_contents
from sozplan.render.fit import SHEET, fitted
from sozplan.render.markdown import Heading

PAGE = (
    '<!--contents--><!--/contents--><h2>Kurz &amp; gut</h2><h2 class="numbered">Anlass</h2><h3>Innen</h3>'
    '<h2 class="numbered" id="own">Ziele<span class="footnote" data-note="x">Note</span></h2>'
    '<h3 class="listed">Belege</h3>'
)


def written(headings: Sequence[Heading]) -> str:
    return "|".join(f"{each.id}:{each.title}:{each.level}" for each in headings)


def test_headings_get_anchors_and_are_listed_with_their_numbers() -> None:
    html = with_contents(PAGE, written)
    assert html.startswith(
        "<!--contents-->part-1:Kurz & gut:2|part-2:1\u00a0\u00a0Anlass:2|own:2\u00a0\u00a0Ziele:2|part-4:Belege:3"
        "<!--/contents-->"
    )
    assert '<h2 class="numbered" id="part-2">Anlass</h2>' in html
    assert 'id="own">Ziele' in html


def test_no_two_headings_have_the_same_anchor() -> None:
    """Nor one that is in the contents and one that isn't."""
    html = with_contents(PAGE + "<h3>Zuletzt</h3><h2>Anlage</h2>", written)
    assert re.findall(r'<h[23][^>]* id="([^"]*)"', html) == [
        "part-1",
        "part-2",
        "part-3",
        "own",
        "part-4",
        "part-5",
        "part-6",
    ]
    assert "|part-6:Anlage:2<!--" in html


def test_a_document_without_a_place_for_contents_stays_as_it_is() -> None:
    plain = PAGE.replace("<!--contents--><!--/contents-->", "")
    assert with_contents(plain, written) == plain
    assert not has_contents(plain)


class Laid:
    def __init__(self, count: int) -> None:
        self.pages: list[object] = [None] * count


def test_a_short_paper_goes_without_contents_and_a_long_one_is_laid_out_once() -> None:
    seen: list[str] = []

    def lay_out(source: str, count: int) -> Laid:
        seen.append(source)
        return Laid(count)

    fitted(PAGE, lambda source: lay_out(source, 6))
    assert seen == [PAGE]
    fitted(PAGE, lambda source: lay_out(source, 5))
    assert seen[1:] == [PAGE, without_contents(PAGE)]


def test_a_sheet_becomes_tighter_until_it_is_one_page() -> None:
    seen: list[str] = []

    def lay_out(source: str) -> Laid:
        seen.append(source)
        return Laid(1 if "tighter" in source else 2)

    assert len(fitted(f"{SHEET}x</div>", lay_out).pages) == 1
    assert [source.count("tight") for source in seen] == [0, 1, 2]
