"""The id in tables of figures: its own column, whatever stands in the others."""

from __future__ import annotations

import pytest

from sozplan.model.indicators import Dialect, Resource
from sozplan.repo.edit.page import Page
from sozplan.repo.edit.refusal import EditRefused
from sozplan.repo.edit.renames import rename_in_table, rename_in_text

PATH = "indicators/data/x.csv"


def resource(delimiter: str = ";", **more: str) -> Resource:
    return Resource(name="x", path="data/x.csv", dialect=Dialect(delimiter=delimiter), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("delimiter", "before", "after"),
    [
        (";", "indicator;area\nkita;1\nkita-2;1\n", "indicator;area\nneu;1\nkita-2;1\n"),
        (";", "\ufeffindicator;area\r\nkita;kita\r\n", "\ufeffindicator;area\r\nneu;kita\r\n"),
        (",", 'area,indicator\n1,"kita"\nkita,kita', 'area,indicator\n1,"neu"\nkita,neu'),
        (";", "area;period\nkita;1\n", "area;period\nkita;1\n"),
        ("|", "indicator|area\nkita|1\n", "indicator|area\nneu|1\n"),
    ],
)
def test_only_the_column_of_the_indicators(delimiter: str, before: str, after: str) -> None:
    assert rename_in_table(PATH, resource(delimiter), before.encode(), "kita", "neu") == after.encode()


def test_parquet_is_imported_anew() -> None:
    with pytest.raises(EditRefused) as refused:
        rename_in_table("indicators/data/x.parquet", resource(format="parquet"), b"kita", "kita", "neu")
    assert refused.value.text.de == (
        "„indicators/data/x.parquet“ ist eine Parquet-Datei, in der sich „kita“ nicht umbenennen lässt. "
        "Importieren Sie neu."
    )


def test_chapters() -> None:
    assert rename_in_text("[[kita]] kita [[kita-2]]", "kita", "neu") == "[[neu]] kita [[kita-2]]"


def test_keys_are_renamed_in_their_place() -> None:
    page = Page("plans/x.yaml", b"a: {own: 1, kita: 2}  # so\n")
    page.set_all({}, {("a", "kita"): "neu"})
    assert page.data == b"a: {own: 1, neu: 2}  # so\n"
