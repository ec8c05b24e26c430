"""The same figures, written as each supplier writes, are the same figures again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.repo.imports.test_tables import sheet_of
from tests.repo.imports.town import Town, faults

AREAS = ("01001", "05111", "0404", "BV01")
YEARS = ("2023", "2024")
SIGNS = (".", "-", "x", "/", "...", "*")
Figures = dict[tuple[str, str], str]
"""Area and year → a number with a point, or a sign."""

numbers = st.decimals(min_value=1, max_value=10**9, places=2).map(lambda number: format(number.normalize(), "f"))
figures = st.dictionaries(
    st.tuples(st.sampled_from(AREAS), st.sampled_from(YEARS)), st.sampled_from(SIGNS) | numbers, min_size=1
)


def german(value: str) -> str:
    return value.replace(".", ",") if value not in SIGNS else value


def grouped(value: str) -> str:
    """With points between thousands: 1.234,5."""
    if value in ("", *SIGNS):
        return value
    whole, _, places = value.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{places}" if places else "")


def lines(rows: list[list[str]], **how: object) -> bytes:
    out = io.StringIO()
    csv.writer(out, **{"delimiter": ";", "lineterminator": "\n", **how}).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def table(of: Figures) -> bytes:
    rows = [["", "", *(f"31.12.{year}" for year in YEARS)], ["", "", "Insgesamt", "Insgesamt"]]
    rows += [[area, f"  Kreis {area}", *(german(of.get((area, year), "")) for year in YEARS)] for area in AREAS]
    return b"GENESIS-Tabelle: 1-1\nBeispiel;;;\n" + lines(rows) + b'__________\n"Anmerkung; mit\nZeilen"\n'


def flat_new(of: Figures) -> bytes:
    head = [
        *("statistics_code", "statistics_label", "time_code", "time_label", "time", "1_variable_code"),
        *("1_variable_label", "1_variable_attribute_code", "1_variable_attribute_label", "value", "value_unit"),
        *("value_variable_code", "value_variable_label"),
    ]
    rows = []
    for (area, year), value in of.items():
        where = ("KREISE", "Kreise", area, "Name; mit")
        rows.append(["1", "S", "STAG", "Stichtag", f"{year}-12-31", *where, german(value), "Anzahl", "W", "Wert"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("1_de_flat.csv", b"\xef\xbb\xbf" + lines([head, *rows]))
    return out.getvalue()


def flat_old(of: Figures) -> bytes:
    head = ["Statistik_Code", "Zeit_Code", "Zeit", "1_Merkmal_Code", "1_Auspraegung_Code", "W__Wert__Anzahl"]
    return lines([head, *(["1", "STAG", f"31.12.{y}", "KREISE", a, german(v)] for (a, y), v in of.items())])


def inkar(of: Figures) -> bytes:
    rows = [["Kennziffer", "Raumeinheit", "Aggregat", "Wert", "Wert"], ["", "", "", *YEARS]]
    rows += [[area, "Name", "Kreis", *(grouped(of.get((area, year), "")) for year in YEARS)] for area in AREAS]
    return lines(rows, quoting=csv.QUOTE_ALL)


def workbook(of: Figures) -> bytes:
    book = Workbook()
    sheet = sheet_of(book)
    for row in (["Titel"], [], ["Gebiet", "Name", "Wert", None], [None, None, *map(int, YEARS)]):
        sheet.append(row)
    for area in AREAS:
        cells = [of.get((area, year)) for year in YEARS]
        sheet.append([area, "Name", *(cell if cell in (*SIGNS, None) else Decimal(cell) for cell in cells)])
    for joined in ("A3:A4", "B3:B4", "C3:D3"):
        sheet.merge_cells(joined)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS: dict[str, tuple[Callable[[Figures], bytes], str]] = {
    "table": (table, "format: genesis-table\nperiod: {as_year: true}\n"
              "columns: [{indicator: anzahl, labels: [Insgesamt]}]\n"),
    "new": (flat_new, "format: genesis-flat\nareas: {variables: [KREISE]}\nperiod: {as_year: true}\n"
            "columns: [{indicator: anzahl, variable: W}]\n"),
    "old": (flat_old, "format: genesis-flat\nareas: {variables: [KREISE]}\nperiod: {as_year: true}\n"
            "columns: [{indicator: anzahl, variable: W}]\n"),
    "inkar": (inkar, 'format: inkar\nthousands: "."\ncolumns: [{indicator: anzahl, labels: [Wert]}]\n'),
    "workbook": (workbook, "format: table\ncolumns: [{indicator: anzahl, labels: [Wert]}]\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@given(of=figures)
@settings(max_examples=8, deadline=None)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, name: str, of: Figures) -> None:
    write, profile = FORMATS[name]
    town = Town(tmp_path_factory.mktemp(name), AREAS)
    town.profile(profile)
    place = Path(town.root.parent, "lieferung")
    place.write_bytes(write(of))
    assert faults(town.take(place)) == []
    expected = {("anzahl", *key): "0-" if value == "-" else german(value) for key, value in of.items()}
    assert town.said() == expected
