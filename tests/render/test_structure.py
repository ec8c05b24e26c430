"""Documents of awkward structure, judged by veraPDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from markupsafe import Markup

from sozplan.render.html import Paper, environment, render
from sozplan.render.markdown import markdown
from sozplan.render.pdf import pdf

if TYPE_CHECKING:
    from tests.render.conftest import VeraPdf

PAPER = Paper(title="T", municipality="Kreis Moorland", as_of=date(2026, 1, 1), commit=None)
MARKDOWN = """
# Loses

- a

  Absatz in **a**

  > Zitat

  | Kopf |
  |---|
  | 1 |

- b
  1. c

     Absatz in c
  2. d [**Verweis** `x`](https://www.example.org)
     - e
       - f

| Kopf ohne Zeilen |
|---|

***

```
vorformatiert
  eingerückt
```

Zeile\\
Umbruch

### Übersprungene Ebene
"""

TABLES = """{% import "parts.html.j2" as parts with context %}
{{ parts.table([{"title": "A"}, {"title": "B"}], "Lang", rows, foot=["Summe", ""]) }}
{{ parts.table([{"title": "A"}, {"title": "B"}], "Leer") }}
{% call parts.table([{"title": "A"}, {"title": "B"}], "Leerer Aufruf") %}{% endcall %}
<table><thead><tr><th scope="col" colspan="2">A</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">r</th><td>1</td></tr><tr><td>2</td></tr></tbody></table>
{{ parts.facts([]) }}
<ul><li></li></ul><dl><dt>Begriff</dt><dd><p>Erklärung</p></dd></dl>
"""


def document(body: str) -> bytes:
    env = environment(
        "de", {"t.j2": '{% extends "base.html.j2" %}{% block content %}<h1>T</h1>{{ body }}{% endblock %}'}
    )
    html = render(env, "t.j2", paper=PAPER, body=Markup(body))  # noqa: S704
    return pdf(html, title="T", lang="de", created=date(2025, 12, 31))


def tables() -> str:
    rows = [[f"Zeile {number}", "Text, der umbricht, " * (number % 9)] for number in range(120)]
    return render(environment("de", {"t.j2": TABLES}), "t.j2", paper=PAPER, rows=rows)


@pytest.mark.parametrize("body", [markdown(MARKDOWN), tables()], ids=["markdown", "tables"])
def test_awkward_structure_passes_verapdf(body: str, tmp_path: Path, verapdf: VeraPdf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(document(body))
    assert verapdf(path) == {}
    with pikepdf.open(path) as opened:
        fonts = {str(font.BaseFont).split("+")[1] for font in opened.pages[0].Resources.Font.values()}
    assert {font.removesuffix("-Italic").removesuffix("-Semi-Bold") for font in fonts} == {"sozplan-Sans"}


def test_blocks_of_a_list_item_stand_in_its_body_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(document(markdown("- a\n\n  > b\n")))
    with pikepdf.open(path) as opened:
        item = next(o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/LI")
        assert [str(kid.S) for kid in item.K] == ["/Lbl", "/LBody"]
        assert [str(kid.S) for kid in item.K[1].K] == ["/P", "/BlockQuote"]
        assert item.K[1].K[0].P.objgen == item.K[1].objgen
