"""Observations: what a cell means, and each fault with its physical line, its column and its sentence."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozplan.diagnostics import Diagnostic, Lang
from sozplan.model.figures import Cell, Measured, Missing, Quality
from sozplan.model.indicators import Indicator, Resource
from sozplan.repo.codes import csv as codes
from sozplan.repo.limits import LIMITS, Limits
from sozplan.repo.observations import Known, read_cells

FILE = "indicators/data/kita.csv"
HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage\n"
ROW = "kita-quote;0101;2023;58;80;72,5;;final;2024-04-01\n"
SHEET: dict[str, str] = {
    "id": "kita-quote", "name": "Kita-Quote", "definition": "Anteil", "numerator": "Kinder in Kitas",
    "denominator": "Kinder", "unit": "%", "direction": "higher", "kind": "outcome", "steerability": "direct",
    "periodicity": "yearly",
}  # fmt: skip
DAYS: dict[str, Any] = {**SHEET, "id": "wartezeit", "unit": "Tage", "factor": 1}
COUNT: dict[str, Any] = {
    **{k: v for k, v in SHEET.items() if k != "denominator"},
    "id": "besuche",
    "unit": "Besuche",
    "factor": 1,
}
KNOWN = Known(
    {sheet["id"]: Indicator.model_validate(sheet) for sheet in (SHEET, DAYS, COUNT)},
    frozenset(("05999000", "0101", "0102", "12")),
)
NUMBER = (
    "Erlaubt sind Ziffern, vorn ein Minus und ein Komma; keine Tausenderzeichen, keine Einheiten. "
    "Fehlt der Wert, gehört ein Zeichen nach „sign“, z. B. „.“."
)
NUMBER_EN = (
    "Allowed are digits, a minus in front and one comma; no thousands signs, no units. "
    "Where the value is missing put a sign into “sign”, “.” say."
)
KNOWN_LABELS = HEAD.strip().replace(";", ", ") + "."
SIGNS = "- . • ... … / x * 0 () | p r s e"
PERIODS = "2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30"


def resource(delimiter: str = ";", decimal: str | None = None, **options: Any) -> Resource:
    fields = [{"name": "value", "type": "number", "decimalChar": decimal}] if decimal else []
    return Resource.model_validate(
        {"name": "kita", "path": "data/kita.csv", "dialect": {"delimiter": delimiter}, "schema": {"fields": fields}}
        | options
    )


def read(
    data: str | bytes, source: Resource | None = None, known: Known = KNOWN, limits: Limits = LIMITS
) -> tuple[tuple[Cell, ...], tuple[Diagnostic, ...]]:
    raw = data.encode() if isinstance(data, str) else data
    return read_cells(io.BytesIO(raw), FILE, source or resource(), known, limits)


def cells(data: str | bytes, source: Resource | None = None) -> tuple[Cell, ...]:
    found, faults = read(data, source)
    assert faults == ()
    return found


def said(data: str | bytes, source: Resource | None = None, lang: Lang = "de", limits: Limits = LIMITS) -> list[str]:
    return [f"{d.at.line}:{d.at.column} {d.say(lang).strip()}" for d in read(data, source, limits=limits)[1]]


def number(cell: Cell) -> Decimal | None:
    return None if cell.value is None else cell.value.reveal()


def test_a_cell() -> None:
    (cell,) = cells(HEAD + ROW)
    assert (cell.indicator, cell.area, cell.period.text, cell.resource) == ("kita-quote", "0101", "2023", "kita")
    assert (cell.numerator, cell.denominator, cell.value) == (
        Measured(Decimal(58)), Measured(Decimal(80)), Measured(Decimal("72.5")),
    )  # fmt: skip
    assert (cell.missing, cell.quality, cell.vintage) == (None, Quality.FINAL, date(2024, 4, 1))
    assert cell.at == (FILE, 2, 28)


ENGLISH = "indicator,area,period,numerator,denominator,value,sign,status,vintage\n"


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ("\ufeff" + HEAD + ROW, resource()),
        ((HEAD + ROW).replace("\n", "\r\n"), resource()),
        ((HEAD + ROW).rstrip("\n"), resource()),
        (HEAD + "\n" + ROW + "\n\n", resource()),
        (HEAD + 'kita-quote;"0101";"2023";58;80;"72,5";;final;2024-04-01\n', resource()),
        ("vintage;status;sign;value;denominator;numerator;period;area;indicator\n"
         "2024-04-01;final;;72,5;80;58;2023;0101;kita-quote\n", resource()),
        (ENGLISH + 'kita-quote,0101,2023,58,80,"72,5",,final,2024-04-01\n', resource(",", ",")),
        (ENGLISH + "kita-quote,0101,2023,58,80,72.5,,final,2024-04-01\n", resource(",")),
        ((HEAD + ROW).replace(";", "\t"), resource("\t", ",")),
        ((HEAD + ROW).replace(";", "|"), resource("|", ",")),
        ((HEAD + ROW).replace(" ", " ").encode("cp1252"), resource(encoding="windows-1252")),
        (HEAD.replace(";status;vintage", "") + "kita-quote;0101;2023;58;80;72,5;\n", resource(vintage="2024-04-01")),
    ],
)  # fmt: skip
def test_the_same_cell_however_it_is_written(data: str | bytes, source: Resource) -> None:
    (want,), (got,) = cells(HEAD + ROW), cells(data, source)
    assert replace(got, at=want.at) == want


@pytest.mark.parametrize(
    ("value", "sign", "want"),
    [
        ("0", "-", (Decimal(0), None)),
        ("", "-", (Decimal(0), None)),
        ("-", "", (Decimal(0), None)),
        ("–", "", (Decimal(0), None)),
        ("", "", (None, Missing.EMPTY)),
        ("", ".", (None, Missing.UNKNOWN)),
        (".", "", (None, Missing.UNKNOWN)),
        ("", "•", (None, Missing.UNKNOWN)),
        ("", "...", (None, Missing.LATER)),
        ("…", "", (None, Missing.LATER)),
        ("", "/", (None, Missing.UNRELIABLE)),
        ("", "x", (None, Missing.MEANINGLESS)),
        ("*", "", (None, Missing.SUPPRESSED)),
        ("0", "0", (Decimal(0), None)),
        ("7,5", "()", (Decimal("7.5"), None)),
    ],
)
def test_signs(value: str, sign: str, want: tuple[Decimal | None, Missing | None]) -> None:
    """`-` is exactly nothing; no other sign is ever a zero."""
    (cell,) = cells(f"{HEAD}kita-quote;0101;2023;;;{value};{sign};;\n")
    assert (number(cell), cell.missing) == want


@pytest.mark.parametrize(
    ("sign", "status", "want"),
    [
        ("", "", Quality.FINAL),
        ("p", "", Quality.PROVISIONAL),
        ("r", "", Quality.REVISED),
        ("s", "", Quality.ESTIMATED),
        ("", "provisional", Quality.PROVISIONAL),
        ("", "p", Quality.PROVISIONAL),
        ("p", "revised", Quality.REVISED),
    ],
)
def test_quality(sign: str, status: str, want: Quality) -> None:
    assert cells(f"{HEAD}kita-quote;0101;2023;58;80;72,5;{sign};{status};\n")[0].quality is want


def test_a_count_beside_an_empty_value_can_still_be_worked_out() -> None:
    (cell,) = cells(HEAD + "kita-quote;0101;2023;58;80;;;final;\n")
    assert (cell.value, cell.missing) == (None, None)


def row(**changes: str) -> str:
    fields = dict(zip(HEAD.strip().split(";"), ROW.strip().split(";"), strict=True)) | changes
    return HEAD + ";".join(fields.values()) + "\n"


CASES: list[tuple[Any, Mapping[str, str], str, str]] = [
    (codes.NUMBER, {"value": "1.234,5"},
     f"2:28 In „value“ steht keine Zahl (Form „9.999,9“). {NUMBER}",
     f"2:28 There is no number in “value” (form “9.999,9”). {NUMBER_EN}"),
    (codes.NUMBER, {"value": "1e3"},
     f"2:28 In „value“ steht keine Zahl (Form „9e9“). {NUMBER}",
     f"2:28 There is no number in “value” (form “9e9”). {NUMBER_EN}"),
    (codes.NUMBER, {"value": "n. a."},
     f"2:28 In „value“ steht keine Zahl (Form „n. a.“). {NUMBER}",
     f"2:28 There is no number in “value” (form “n. a.”). {NUMBER_EN}"),
    (codes.NUMBER, {"numerator": "58 Kinder"},
     f"2:22 In „numerator“ steht keine Zahl (Form „99 Kinder“). {NUMBER}",
     f"2:22 There is no number in “numerator” (form “99 Kinder”). {NUMBER_EN}"),
    (codes.DECIMAL_SIGN, {"value": "72.5"},
     "2:28 In „value“ steht ein Punkt (Form „99.9“); für diese Datei gilt das Komma. "
     "Ändern Sie die Zahl oder „decimalChar“ in datapackage.yaml.",
     "2:28 There is a point in “value” (form “99.9”); this file uses the comma. "
     "Change the number or “decimalChar” in datapackage.yaml."),
    (codes.SIGN, {"sign": "?"},
     f"2:33 Das Zeichen „?“ in „sign“ ist nicht vereinbart. Erlaubt sind: {SIGNS}.",
     f"2:33 The sign “?” in “sign” is not agreed. Allowed are: {SIGNS}."),
    (codes.VALUE_BESIDE_SIGN, {"sign": "."},
     "2:28 „sign“ sagt mit „.“, dass kein Wert vorliegt, aber in „value“ steht einer. Löschen Sie das Falsche.",
     "2:28 “sign” says by “.” that there is no value, but “value” has one. Delete what is wrong."),
    (codes.KEY, {"area": "101"},
     "2:12 „101“ ist kein Gebietsschlüssel. Es sind Nullen verloren gegangen: „0101“.",
     "2:12 “101” is no area key. Leading zeros were lost: “0101”."),
    (codes.KEY, {"area": "101.0"},
     "2:12 „101.0“ ist kein Gebietsschlüssel. Es sind Nullen verloren gegangen: „0101“.",
     "2:12 “101.0” is no area key. Leading zeros were lost: “0101”."),
    (codes.KEY, {"area": "5999000"},
     "2:12 „5999000“ ist kein Gebietsschlüssel. Es sind Nullen verloren gegangen: „05999000“.",
     "2:12 “5999000” is no area key. Leading zeros were lost: “05999000”."),
    (codes.KEY, {"area": " 0101"},
     "2:12 „ 0101“ ist kein Gebietsschlüssel. Entfernen Sie Leer- und unsichtbare Zeichen.",
     "2:12 “ 0101” is no area key. Remove blanks and invisible characters."),
    (codes.KEY, {"area": "0101\u200b"},
     "2:12 „0101\\u200b“ ist kein Gebietsschlüssel. Entfernen Sie Leer- und unsichtbare Zeichen.",
     "2:12 “0101\\u200b” is no area key. Remove blanks and invisible characters."),
    (codes.KEY, {"area": "О101"},
     "2:12 „О101“ ist kein Gebietsschlüssel. Meinten Sie „0101“?",
     "2:12 “О101” is no area key. Did you mean “0101”?"),
    (codes.KEY, {"area": ""},
     "2:12 „“ ist kein Gebietsschlüssel.",
     "2:12 “” is no area key."),
    (codes.INDICATOR, {"indicator": "kita-qoute"},
     "2:1 Zur Kennzahl „kita-qoute“ gibt es keinen Steckbrief in indicators/catalogue. Meinten Sie „kita-quote“?",
     "2:1 There is no sheet for the indicator “kita-qoute” in indicators/catalogue. Did you mean “kita-quote”?"),
    (codes.PERIOD, {"period": "202O"},
     f"2:17 „202O“ ist kein Zeitraum. Möglich sind {PERIODS} und 2023/24.",
     f"2:17 “202O” is no period. Possible are {PERIODS} and 2023/24."),
    (codes.PERIOD, {"period": "2024-13"},
     f"2:17 „2024-13“ ist kein Zeitraum. Möglich sind {PERIODS} und 2023/24.",
     f"2:17 “2024-13” is no period. Possible are {PERIODS} and 2023/24."),
    (codes.STATUS, {"status": "fertig"},
     "2:34 „fertig“ ist kein Stand. Möglich sind: final, provisional, revised, estimated.",
     "2:34 “fertig” is no status. Possible are: final, provisional, revised, estimated."),
    (codes.VINTAGE, {"vintage": "1.4.2024"},
     "2:40 „1.4.2024“ ist kein Datenstand. Schreiben Sie Jahr-Monat-Tag, z. B. 2024-06-30.",
     "2:40 “1.4.2024” is no vintage. Write year-month-day, 2024-06-30 say."),
    (codes.FRACTION, {"numerator": "58,250"},
     "2:22 In „numerator“ steht eine Bruchzahl (Form „99,999“), gezählt wird aber in ganzen Fällen. Ist das Komma ein "
     "Tausenderzeichen, lassen Sie es weg. Geschätztes bekommt den Stand „estimated“; misst die Kennzahl Euro oder "
     "Stellenanteile, gehört „fractions: true“ in den Steckbrief.",
     "2:22 There is a fraction in “numerator” (form “99,999”), but cases are counted as a whole. If the comma is a "
     "thousands sign, leave it out. Estimates have the status “estimated”; where euro or parts of posts are measured, "
     "the sheet needs “fractions: true”."),
    (codes.RANGE, {"value": "725,0"},
     "2:28 In „value“ steht ein unmöglicher Wert: größer als 100.",
     "2:28 There is an impossible value in “value”: above 100."),
    (codes.RANGE, {"value": "-0,1"},
     "2:28 In „value“ steht ein unmöglicher Wert: kleiner als 0.",
     "2:28 There is an impossible value in “value”: below 0."),
    (codes.RANGE, {"numerator": "-58"},
     "2:22 In „numerator“ steht ein unmöglicher Wert: eine negative Anzahl.",
     "2:22 There is an impossible value in “numerator”: a negative count."),
    (codes.RANGE, {"numerator": "0", "denominator": "0"},
     "2:26 In „value“ steht ein unmöglicher Wert: ein Wert bei Nenner null.",
     "2:26 There is an impossible value in “value”: a value with a denominator of zero."),
    (codes.RANGE, {"sign": "–"},
     "2:28 In „value“ steht ein unmöglicher Wert: „sign“ sagt mit „-“ null.",
     "2:28 There is an impossible value in “value”: “sign” says zero by “-”."),
    (codes.RANGE, {"sign": "-", "value": "0"},
     "2:22 In „numerator“ steht ein unmöglicher Wert: „sign“ sagt mit „-“ null.",
     "2:22 There is an impossible value in “numerator”: “sign” says zero by “-”."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "de", "en"), CASES, ids=[" ".join(c[1].values()) for c in CASES])
def test_sentence_and_place(code: Any, changes: Mapping[str, str], de: str, en: str) -> None:
    data = row(**changes)
    found, faults = read(data)
    assert ([d.code for d in faults], found) == ([code], ())
    assert (said(data), said(data, lang="en")) == ([de], [en])


def test_a_fraction_where_whole_numbers_are_described() -> None:
    counted = resource(schema={"fields": [{"name": "numerator", "type": "integer"}]})
    assert said(row(numerator="57,5"), counted) == [
        "2:22 In „numerator“ steht ein unmöglicher Wert: eine Bruchzahl statt einer ganzen."
    ]
    assert said(row(numerator="58,0"), counted) == []
    assert said(row(numerator="57,5", status="estimated"), counted) != [], "whatever a row says of itself"


FRACTION = (
    "2:{} In „{}“ steht eine Bruchzahl (Form „{}“), gezählt wird aber in ganzen Fällen. {}"
    "Geschätztes bekommt den Stand „estimated“; misst die Kennzahl Euro oder Stellenanteile, gehört "
    "„fractions: true“ in den Steckbrief."
)
GROUPED = "Ist das Komma ein Tausenderzeichen, lassen Sie es weg. "


@pytest.mark.parametrize(
    ("changes", "place", "label", "form", "hint"),
    [
        ({"numerator": "57,5"}, 22, "numerator", "99,9", ""),
        ({"denominator": "81,013"}, 25, "denominator", "99,999", GROUPED),
        (
            {"indicator": "besuche", "numerator": "", "denominator": "", "value": "81,013"},
            21,
            "value",
            "99,999",
            GROUPED,
        ),
        ({"indicator": "besuche", "numerator": "", "denominator": "", "value": "8,5"}, 21, "value", "9,9", ""),
    ],
)
def test_cases_are_counted_as_a_whole(changes: dict[str, str], place: int, label: str, form: str, hint: str) -> None:
    assert said(row(**changes)) == [FRACTION.format(place, label, form, hint)]
    assert said(row(**changes, status="estimated")) == [], "what is estimated may be a fraction"


@pytest.mark.parametrize(
    ("sheet", "whole"),
    [
        (COUNT, ["numerator", "denominator", "value"]),
        (SHEET, ["numerator", "denominator"]),
        ({**COUNT, "unit": "%"}, ["numerator", "denominator"]),
        ({**COUNT, "decimals": 1}, ["numerator", "denominator"]),
        ({**COUNT, "decimals": 0}, ["numerator", "denominator", "value"]),
        ({**COUNT, "unit": "Euro", "fractions": True}, []),
    ],
)
def test_what_a_sheet_counts(sheet: Mapping[str, Any], whole: list[str]) -> None:
    found = Indicator.model_validate(sheet)
    assert [label for label in ("numerator", "denominator", "value") if found.is_whole(label)] == whole


@pytest.mark.parametrize(
    "value",
    [
        *("nan", "inf", "-inf", "NaN", "NA", "null", "True", "1_000", "0x1F", "1e400", "+5", ".5", "5,", "1 000", "--"),
        *("\N{ARABIC-INDIC DIGIT THREE}", "\N{FULLWIDTH DIGIT SEVEN}", "9" * 41),
    ],
)
def test_what_other_programs_take_for_numbers(value: str) -> None:
    assert [d.code for d in read(row(value=value))[1]] == [codes.NUMBER]


def test_no_message_says_a_number() -> None:
    """What is wrong may be what is confidential."""
    for changes in ({"value": "3.0"}, {"value": "1.233,0"}, {"value": "333"}, {"numerator": "-3"}, {"numerator": "3x"}):
        (sentence,) = said(row(**changes))
        assert "3" not in sentence.partition(" ")[2]


def test_days_have_no_upper_bound_and_counts_need_no_denominator() -> None:
    days, visits = cells(f"{HEAD}wartezeit;0101;2023;4400;200;22,0;;;\nbesuche;0101;2023;8700;;8700;;;\n")
    assert (number(days), number(visits)) == (Decimal(22), Decimal(8700))


DUPLICATE = (
    "3:1 kita-quote für 0101 in 2023 steht mit demselben Datenstand schon in indicators/data/kita.csv:2. "
    "Löschen Sie eine der Zeilen oder geben Sie der neueren ihren Datenstand."
)


@pytest.mark.parametrize("second", [ROW, ROW.replace("72,5", "75,0")], ids=["same", "other"])
def test_duplicate_names_both_lines(second: str) -> None:
    assert said(HEAD + ROW + second) == [DUPLICATE]
    assert said(HEAD + ROW + second, lang="en") == [
        "3:1 kita-quote for 0101 in 2023 stands with the same vintage in indicators/data/kita.csv:2 already. "
        "Delete one of the lines or give the newer one its vintage."
    ]


def test_a_newer_vintage_is_no_duplicate() -> None:
    assert len(cells(HEAD + ROW + ROW.replace("2024-04-01", "2024-10-01"))) == 2


class TestFile:
    def test_empty(self) -> None:
        labels = HEAD.strip().replace(";", ", ")
        assert said("") == [f"1:1 Die Datei ist leer. Die erste Zeile nennt die Spalten: {labels}."]

    def test_label_missing(self) -> None:
        assert said("indicator;Gebiet;period;values\n") == [
            "1:11 Die Spalte „Gebiet“ wird nicht gelesen. Bekannt sind: " + KNOWN_LABELS,
            "1:25 Die Spalte „values“ wird nicht gelesen. Bekannt sind: " + KNOWN_LABELS,
            "1:1 In der Kopfzeile fehlt die Spalte „area“.",
            "1:1 In der Kopfzeile fehlt die Spalte „value“. Ist „values“ gemeint? Dann heißt sie „value“.",
        ]

    def test_a_table_of_counts_has_a_column_for_values_too(self) -> None:
        assert said("indicator;area;period;numerator;denominator;vintage\n") == [
            "1:1 In der Kopfzeile fehlt die Spalte „value“. Ergänzen Sie sie; wo Zähler und Nenner stehen, darf sie "
            "leer bleiben."
        ]

    def test_label_repeated(self) -> None:
        assert said("indicator;area;period;value;value\n") == [
            "1:29 Die Spalte „value“ steht zweimal in der Kopfzeile."
        ]

    def test_unknown_column_is_only_a_warning(self) -> None:
        found, (fault,) = read("indicator;area;period;value;Bemerkung\nkita-quote;0101;2023;72,5;gut\n")
        assert (len(found), fault.severity) == (1, "warning")

    def test_wrong_delimiter(self) -> None:
        assert said((HEAD + ROW).replace(";", ","))[-1] == "1:1 In der Kopfzeile fehlt die Spalte „value“."

    def test_ragged(self) -> None:
        assert said(HEAD + ROW + "kita-quote;0102;2023;72,5\n") == [
            "3:1 Die Zeile hat 4 Felder, die Kopfzeile 9. Das Trennzeichen ist „;“."
        ]
        assert said((HEAD + ROW).replace(";", "\t") + "x\n", resource("\t", ",")) == [
            "3:1 Die Zeile hat 1 Feld, die Kopfzeile 9. Das Trennzeichen ist der Tabulator."
        ]

    def test_open_quote(self) -> None:
        assert said(HEAD + ROW + 'kita-quote;"0102;2023;58;80;72,5;;final;\n' + ROW) == [
            "3:12 Hier beginnt ein Feld mit einem Anführungszeichen, das nicht geschlossen wird."
        ]

    def test_physical_lines_behind_a_field_of_several(self) -> None:
        note = "indicator;area;period;value;Bemerkung\n"
        data = note + 'kita-quote;0101;2023;72,5;"erste\nzweite ""Zeile"";\ndritte"\nkita-quote;0102;x;72,5;\n'
        assert said(data)[1:] == [f"5:17 „x“ ist kein Zeitraum. Möglich sind {PERIODS} und 2023/24."]

    def test_place_inside_a_quoted_record(self) -> None:
        data = 'Bemerkung;indicator;area;period;value\n"eins\nzwei";kita-quote;"0101";x;72,5\n'
        assert said(data)[1:] == [f"3:25 „x“ ist kein Zeitraum. Möglich sind {PERIODS} und 2023/24."]

    def test_other_encoding(self) -> None:
        data = (HEAD + ROW + "kita-quote;0102;2023;58;80;72,5;ü;final;\n").encode("cp1252")
        offset = data.index(b"\xfc")
        assert said(data) == [
            f"3:33 Byte {offset} passt nicht zum Zeichensatz utf-8, der in datapackage.yaml steht. Speichern Sie die "
            "Datei neu oder nennen Sie dort den richtigen (encoding: windows-1252)."
        ]

    @pytest.mark.parametrize(
        ("start", "what"),
        [
            (b"PK\x03\x04", "eine Excel- oder ZIP-Datei"),
            (b"\xd0\xcf\x11\xe0", "eine alte Excel-Datei"),
            (b"\x1f\x8b", "eine gepackte Datei (gzip)"),
            (b"<html>", "eine Webseite (HTML oder XML)"),
            (b"version https://git-lfs.github.com/spec/v1", "ein Verweis auf Git LFS"),
            (b"\xff\xfei\0", "eine Datei in UTF-16"),
        ],
    )
    def test_not_csv(self, start: bytes, what: str) -> None:
        assert said(start) == [f"1:1 Das ist keine CSV-Datei, sondern {what}. Exportieren Sie die Tabelle als CSV."]

    def test_line_too_long(self) -> None:
        limits = replace(LIMITS, cell_bytes=len(ROW.encode()))
        assert said("indicator;area;period;value\n" + ROW.replace(";", " "), limits=limits) != []
        assert said(HEAD + ROW, limits=replace(LIMITS, cell_bytes=len(HEAD))) == []
        assert said(HEAD + ROW, limits=replace(LIMITS, cell_bytes=len(HEAD) - 1)) == [
            f"1:1 Die Zeile ist länger als {len(HEAD) - 1} Zeichen. Eine Beobachtung ist kurz; hier fehlt wohl ein "
            "Zeilenende."
        ]

    def test_indicator_of_a_broken_sheet_is_muted(self) -> None:
        known = replace(KNOWN, sheets={}, muted=frozenset({"kita-quote"}))
        assert read(HEAD + ROW, known=known) == ((), ())


def test_every_code_of_a_cell_is_shown() -> None:
    elsewhere = {codes.RAGGED, codes.DUPLICATE}
    assert {case[0] for case in CASES} | elsewhere == set(codes.CODES)


@given(st.binary(max_size=400))
def test_no_bytes_are_a_crash(tail: bytes) -> None:
    read(HEAD.encode() + ROW.encode() + tail)


@given(st.lists(st.text(max_size=12), min_size=9, max_size=9))
def test_no_cells_are_a_crash(fields: list[str]) -> None:
    read(HEAD + ";".join(fields))
