"""All pictures in one document of the house, through its PDF path."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sozplan.diagnostics import Lang
from sozplan.render.charts.sparkline import sparkline
from sozplan.render.html import Paper, environment, render
from sozplan.render.pdf import pdf
from tests.render.charts.pictures import all_pictures

if TYPE_CHECKING:
    from tests.render.conftest import VeraPdf

PAPER = Paper(title="Bilder", municipality="Stadt Mühlbrücken", as_of=date(2026, 1, 1), commit=None)
SOURCE = """{% extends "base.html.j2" %}{% import "charts.html.j2" as charts with context %}
{% import "parts.html.j2" as parts with context %}
{% block content %}<h1>{{ paper.title }}</h1>
{% for picture in pictures %}{{ charts.chart(picture, parts.source("Statistikstelle")) }}{% endfor %}
{{ parts.table([{"title": "Kennzahl"}, {"title": "Verlauf"}], "Verläufe", [["Quote", charts.sparkline(line)]]) }}
{% endblock %}"""


def html(lang: Lang) -> str:
    line = sparkline([24.1, 25.0, None, 27.7, 29.3], lang)
    pictures = list(all_pictures(lang).values())
    return render(environment(lang, {"t.j2": SOURCE}), "t.j2", paper=PAPER, pictures=pictures, line=line)


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "a.pdf"
    path.write_bytes(pdf(html("de"), title="Bilder", lang="de", created=date(2026, 1, 1)))
    return path


def test_a_paper_full_of_pictures_passes_verapdf(german: Path, verapdf: VeraPdf) -> None:
    assert verapdf(german) == {}
    with pikepdf.open(german) as document:
        fonts = {str(font.BaseFont).split("+")[1] for page in document.pages for font in page.Resources.Font.values()}
    assert {font.removesuffix("-Italic").removesuffix("-Semi-Bold") for font in fonts} == {"sozplan-Sans"}


def test_an_english_one_passes_too_and_leaves_nothing_to_complain_about(
    tmp_path: Path, verapdf: VeraPdf, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.pdf"
    with caplog.at_level(logging.WARNING, "weasyprint"):
        path.write_bytes(pdf(html("en"), title="Pictures", lang="en", created=date(2026, 1, 1)))
    assert [record.getMessage() for record in caplog.records] == []
    assert verapdf(path) == {}


def test_alternative_texts_are_those_of_the_pictures(german: Path) -> None:
    with pikepdf.open(german) as document:
        figures = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        found = {str(figure.Alt) for figure in figures}
    assert found == {*(picture.alt for picture in all_pictures().values()), "Verlauf: von 24,1 auf 29,3 gestiegen"}


def test_only_a_picture_gets_past_the_escaping() -> None:
    env = environment("de", {"t.j2": "{{ words|drawing }}"})
    with pytest.raises(Exception, match="not a picture: str"):
        render(env, "t.j2", words="<svg/>")
