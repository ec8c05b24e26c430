"""Real tables of official statistics, each read a second time in another way, and their formats with other content."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.repo.imports.town import SAMPLES, Town, dropped, faults

TABLE = "format: genesis-table\nperiod: {as_year: true}\n"
BOTH = "columns:\n  - {indicator: alle, labels: [Insgesamt]}\n  - {indicator: frauen, labels: [weiblich]}\n"


def classic(year: int) -> pd.DataFrame:
    """By pandas, with the lines counted by hand: eight above, the notes behind the underscores left out."""
    path = SAMPLES / f"tabelle_12411-01-01-4_{year}_regionalstatistik.csv"
    body = path.read_text(encoding="iso-8859-1").split("\n__________")[0]
    names = ["key", "name", "alle", "maenner", "frauen"]
    return pd.read_csv(io.StringIO(body), sep=";", skiprows=8, names=names, dtype=str, keep_default_na=False)


@pytest.mark.parametrize(("year", "vintage"), [(2018, "2020-03-21"), (2021, "2023-07-10")])
def test_classic_table(tmp_path: Path, year: int, vintage: str) -> None:
    table = classic(year)
    town = Town(tmp_path, table["key"], ["alle", "frauen"])
    town.profile(TABLE + BOTH)
    account = town.take(SAMPLES / f"tabelle_12411-01-01-4_{year}_regionalstatistik.csv")
    assert faults(account) == []
    assert {row["vintage"] for row in town.rows()} == {vintage}
    said = town.said()
    for column in ("alle", "frauen"):
        mine = {key: value for (indicator, key, period), value in said.items() if indicator == column}
        assert mine == {k: "0-" if v == "-" else v for k, v in zip(table["key"], table[column], strict=True)}
    assert (account.sums.differences, account.sums.checked) == (0, 100)
    assert dropped(account)["column"] == 1


def test_the_whole_is_the_sum_of_the_states(tmp_path: Path) -> None:
    """The table says 83,237,124 for Germany in 2021; so do its sixteen states, as imported."""
    table = classic(2021)
    town = Town(tmp_path, table["key"], ["alle", "frauen"])
    town.profile(TABLE + BOTH)
    town.take(SAMPLES / "tabelle_12411-01-01-4_2021_regionalstatistik.csv")
    said = town.said()
    states = [Decimal(said["alle", f"{number:02d}", "2021"]) for number in range(1, 17)]
    assert sum(states) == Decimal(said["alle", "DG", "2021"]) == 83_237_124


def test_two_editions_stand_side_by_side(tmp_path: Path) -> None:
    town = Town(tmp_path, ["01001"], ["alle", "frauen"])
    town.profile(TABLE + BOTH)
    for year in (2018, 2021):
        town.take(SAMPLES / f"tabelle_12411-01-01-4_{year}_regionalstatistik.csv")
    assert [(r["indicator"], r["period"], r["value"], r["vintage"]) for r in town.rows()] == [
        ("alle", "2018", "89504", "2020-03-21"),
        ("alle", "2021", "91113", "2023-07-10"),
        ("frauen", "2018", "44905", "2020-03-21"),
        ("frauen", "2021", "45777", "2023-07-10"),
    ]


OTHER_TABLE = """GENESIS-Tabelle: 99999-01-02-5
Haushalte nach Größe und Jahr, regionale;;;;;;
Beispielstatistik;;;;;;
Haushalte (1000)
;;2022;2022;2022;2023;2023;2023
;;Insgesamt;davon nach Haushaltsgröße;davon nach Haushaltsgröße;Insgesamt;davon nach Haushaltsgröße;davon nach Haushaltsgröße
;;Insgesamt;1 Person;2 und mehr;Insgesamt;1 Person;2 und mehr
05111;Düsseldorf, krfr. Stadt;12,5;.;/;13,0;(5,0);8
05112;Duisburg, krfr. Stadt;0;x;...;-;–;•
__________
"Fußnote mit
; und "" darin"
Stand: 01.02.2024 / 09:00:00
"""  # noqa: E501 -- lines as they come


def test_the_format_with_other_rows_above_and_other_signs(tmp_path: Path) -> None:
    town = Town(tmp_path, ["05111", "05112"], ["alle", "einer"])
    town.profile(
        "format: genesis-table\nencoding: windows-1252\ncolumns:\n"
        "  - {indicator: alle, column: C, factor: 1000}\n  - {indicator: alle, column: 6, factor: 1000}\n"
        "  - {indicator: einer, labels: [1 Person, davon nach Haushaltsgröße], factor: 1000}\n"
    )
    account = town.take_bytes(OTHER_TABLE.encode("windows-1252"))
    assert faults(account) == []
    assert town.said() == {
        ("alle", "05111", "2022"): "12500",
        ("alle", "05111", "2023"): "13000",
        ("alle", "05112", "2022"): "00",
        ("alle", "05112", "2023"): "0-",
        ("einer", "05111", "2022"): ".",
        ("einer", "05111", "2023"): "5000()",
        ("einer", "05112", "2022"): "x",
        ("einer", "05112", "2023"): "0-",
    }
    assert account.vintage.isoformat() == "2024-02-01"
    assert dropped(account) == {"column": 2, "note": 4}


def flat_sample(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLES / name, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def test_new_flat_file(tmp_path: Path) -> None:
    sample = flat_sample("ffcsv_11111-02-01-4_0.csv")
    town = Town(tmp_path, sample["1_variable_attribute_code"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns: [{indicator: anzahl, variable: GEM001}]\n"
    )
    account = town.take(SAMPLES / "ffcsv_11111-02-01-4_0.csv")
    assert faults(account) == []
    expected = zip(sample["1_variable_attribute_code"], sample["time"], sample["value"], strict=True)
    assert town.said() == {("anzahl", key, when): "0-" if value == "-" else value for key, when, value in expected}
    numbers = pd.to_numeric(sample["value"], errors="coerce")
    assert sum(int(r["value"] or 0) for r in town.rows()) == numbers.sum() > 10_000


def test_new_flat_file_with_several_attributes(tmp_path: Path) -> None:
    sample = flat_sample("ffcsv_41312-01-01-4_excerpt.csv")
    town = Town(tmp_path, sample["1_variable_attribute_code"].unique(), ["rinder", "kuehe"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns:\n"
        "  - {indicator: rinder, variable: TIE003, where: {TIEA05: AGRVART01}}\n"
        "  - {indicator: kuehe, variable: TIE003, unit: Anzahl, where: {TIEA05: Milchkühe}}\n"
    )
    account = town.take(SAMPLES / "ffcsv_41312-01-01-4_excerpt.csv")
    assert faults(account) == []
    said = town.said()
    for indicator, code in (("rinder", "AGRVART01"), ("kuehe", "AGRVART11")):
        rows = sample[sample["2_variable_attribute_code"] == code]
        expected = zip(rows["1_variable_attribute_code"], rows["value"], strict=True)
        mine = {key: value for (name, key, _), value in said.items() if name == indicator}
        assert mine == {key: "0-" if value == "-" else value for key, value in expected}
    wanted = sample["2_variable_attribute_code"].isin(["AGRVART01", "AGRVART11"])
    assert dropped(account) == {"record": int((~wanted).sum())}


NEW = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label;value_q\r\n"
)


def new(time: str, key: str, sex: str, value: str, unit: str = "Anzahl", mark: str = "e") -> str:
    label = {"": "Insgesamt", "GESW": "weiblich"}[sex]
    return (
        f"1;S;JAHR;Jahr;{time};KREISE;Kreise;{key};Name;GES;Geschlecht;{sex};{label};"
        f"{value};{unit};ARB01;Arbeitslose;{mark}\r\n"
    )


def test_the_new_form_with_months_units_and_marks(tmp_path: Path) -> None:
    """A variable that the profile doesn't name must be the total; a unit says which of two values is meant."""
    content = NEW + "".join(
        (
            new("2024", "05111", "", "1234,5"),
            new("2024", "05111", "GESW", "600"),
            new("2024", "05111", "", "7,1", "%"),
            new("2023", "05111", "", "1200", mark="p"),
            new("2022", "05111", "", "1100", mark="()"),
            new("2021", "05111", "", "", mark="."),
            new("2020", "05111", "", "17", mark="/"),
            new("2019", "05111", "", "...", mark=""),
        )
    )
    town = Town(tmp_path, ["05111"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\n"
        "columns: [{indicator: anzahl, variable: ARB01, unit: Anzahl}]\n"
    )
    account = town.take_bytes(content.encode())
    assert faults(account) == []
    assert [(r["period"], r["value"], r["sign"], r["status"]) for r in town.rows()] == [
        ("2019", "", "...", "final"),
        ("2020", "", "/", "final"),
        ("2021", "", ".", "final"),
        ("2022", "1100", "()", "final"),
        ("2023", "1200", "", "provisional"),
        ("2024", "1234,5", "", "final"),
    ]
    assert dropped(account) == {"record": 2}


def test_without_its_unit_the_two_values_of_a_variable_clash(tmp_path: Path) -> None:
    content = NEW + new("2024", "05111", "", "100") + new("2024", "05111", "", "7,1", "%")
    town = Town(tmp_path, ["05111"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns: [{indicator: anzahl, variable: ARB01}]\n"
    )
    assert faults(town.take_bytes(content.encode())) == [
        "tabelle.csv:3:14: Für anzahl, 05111, 2024 steht schon ein anderer Wert bei tabelle.csv:2:14. "
        "Grenzen Sie im Profil ein, welcher gemeint ist (labels, where, unit)."
    ]


OLD = """Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;BEVSTD__Bevoelkerungsstand__Anzahl;BEVSTD__Bevoelkerungsstand__q;ALTER1__Durchschnittsalter__Jahre
12411;Bevölkerung;STAG;Stichtag;31.12.2022;KREISE;Kreise;05111;Düsseldorf;GES;Geschlecht;;Insgesamt;629047;e;42,7
12411;Bevölkerung;STAG;Stichtag;31.12.2022;KREISE;Kreise;05111;Düsseldorf;GES;Geschlecht;GESW;weiblich;324000;e;43,9
12411;Bevölkerung;STAG;Stichtag;31.12.2023;KREISE;Kreise;05111;Düsseldorf;GES;Geschlecht;;Insgesamt;.;p;x
"""  # noqa: E501 -- lines as they come


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig"])
def test_old_flat_file(tmp_path: Path, encoding: str) -> None:
    town = Town(tmp_path, ["05111"], ["alle", "alter"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\nperiod: {as_year: true}\n"
        "columns:\n  - {indicator: alle, variable: BEVSTD}\n"
        "  - {indicator: alter, variable: ALTER1, labels: [Durchschnittsalter]}\n"
    )
    account = town.take_bytes(OLD.encode(encoding))
    assert faults(account) == []
    assert [(r["indicator"], r["period"], r["value"], r["sign"], r["status"]) for r in town.rows()] == [
        ("alle", "2022", "629047", "", "final"),
        ("alle", "2023", "", ".", "provisional"),
        ("alter", "2022", "42,7", "", "final"),
        ("alter", "2023", "", "x", "final"),
    ]
    assert dropped(account) == {"record": 1}


def test_months_are_attributes_beside_the_year(tmp_path: Path) -> None:
    rows = [
        f"1;S;JAHR;Jahr;2024;MONAT;Monate;MONAT{month:02d};{name};KREISE;Kreise;05111;D;{month * 10};Anzahl;ARB01;A\n"
        for month, name in ((1, "Januar"), (12, "Dezember"))
    ]
    head = (
        "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
        "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
        "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;"
        "value_variable_label\n"
    )
    town = Town(tmp_path, ["05111"])
    town.profile(
        "format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns: [{indicator: anzahl, variable: ARB01}]\n"
    )
    assert faults(town.take_bytes((head + "".join(rows)).encode())) == []
    assert town.said() == {("anzahl", "05111", "2024-01"): "10", ("anzahl", "05111", "2024-12"): "120"}


def test_columns_in_any_order_and_packed_give_the_same(tmp_path: Path) -> None:
    """As GENESIS delivers it: one file in a ZIP, unsorted; here with its columns turned round as well."""
    sample = SAMPLES / "ffcsv_11111-02-01-4_0.csv"
    with sample.open(encoding="utf-8-sig", newline="") as opened:
        turned = [list(reversed(row)) for row in csv.reader(opened, delimiter=";")]
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([turned[0], *reversed(turned[1:])])
    packed = tmp_path / "11111_de_flat.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("11111_de_flat.csv", out.getvalue())
    keys = flat_sample(sample.name)["1_variable_attribute_code"]
    written = []
    for place, file in ((tmp_path / "a", sample), (tmp_path / "b", packed)):
        town = Town(place, keys)
        town.profile(
            "format: genesis-flat\nareas: {variables: [KREISE]}\ncolumns: [{indicator: anzahl, variable: GEM001}]\n"
        )
        assert faults(town.take(file)) == []
        written.append(town.read("indicators/data/tabelle.csv"))
    assert written[0] == written[1]
