"""Import profiles: how the table of a supplier becomes observations, described instead of programmed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from sozplan.model.entity import Date, Entity, Flag, Key, Line, Number, Whole, WithoutOrigin, doc
from sozplan.model.figures import Quality
from sozplan.model.indicators import Licence, Release
from sozplan.model.periods import Period
from sozplan.model.shared import Count, IndicatorRef, Record
from sozplan.model.terms import Term


class ImportFormat(Term):
    GENESIS_TABLE = "genesis-table", "klassische Tabelle aus GENESIS", "classic GENESIS table"
    GENESIS_FLAT = "genesis-flat", "Flatfile aus GENESIS, alt oder neu", "GENESIS flat file, old or new"
    INKAR = "inkar", "INKAR", "INKAR"
    BA = "ba", "Statistik der Bundesagentur für Arbeit", "statistics of the Federal Employment Agency"
    TABLE = "table", "andere Tabelle, CSV oder XLSX", "other table, CSV or XLSX"


class ValuePart(Term):
    VALUE = "value", "Wert", "value"
    NUMERATOR = "numerator", "Zähler", "numerator"
    DENOMINATOR = "denominator", "Nenner", "denominator"


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


ColumnRef = Annotated[str, StringConstraints(pattern=r"^([A-Z]{1,3}|[1-9][0-9]{0,3})$"), BeforeValidator(_as_text)]
"""A column by number from 1, or by letter as a spreadsheet shows it."""

AroundKey = Annotated[str, StringConstraints(pattern=r"^[^<>*]*[*]?[^<>*]*<key>[^<>*]*[*]?[^<>*]*$", max_length=200)]
Sign = Literal["-", ".", "...", "/", "x", "*", "()", "0", "p", "r", "s", "e"]


def column_index(ref: str) -> int:
    """From 0."""
    if ref.isdigit():
        return int(ref) - 1
    index = 0
    for letter in ref:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class ProfileRows(Entity):
    """Where header and data lie, for tables whose layout doesn't say it by itself."""

    skip: Count | None = doc(
        "Überspringen: Zeilen vor der Kopfzeile; fehlt es, werden sie erkannt.",
        "Skip: lines before the header; found by the program where absent.",
        default=None,
    )
    header: Annotated[Whole, Field(ge=1, le=20)] | None = doc(
        "Kopfzeilen: wie viele; fehlt es, reichen sie bis zum ersten Gebietsschlüssel.",
        "Header rows: how many; up to the first area key where absent.",
        default=None,
    )
    fill: Flag = doc(
        "Auffüllen: leere Kopfzellen gelten wie die links daneben, außer in der letzten Kopfzeile.",
        "Fill: empty header cells count as the one to their left, except in the last header row.",
        default=False,
    )


class ProfileAreas(Entity):
    """Where the area key stands and how it is read."""

    column: ColumnRef = doc("Spalte: Nummer oder Buchstabe.", "Column: number or letter.", default="1")
    variables: tuple[Line, ...] = doc(
        "Merkmale: eines Flatfiles, die das Gebiet nennen, z. B. KREISE.",
        "Variables: of a flat file that name the area, KREISE say.",
        default=(),
    )
    pattern: AroundKey | None = doc(
        "Muster: Text um den Schlüssel, wenn er nicht allein steht: „Bezirk <key> *“; der Stern ist beliebiger Text.",
        "Pattern: text around the key where it doesn't stand alone: “District <key> *”; the star is any text.",
        default=None,
    )
    keys: Annotated[dict[Line, Key], WithoutOrigin] | None = doc(
        "Übersetzung: Schlüssel der Quelle → eigener Schlüssel, beide in Anführungszeichen.",
        "Translation: the supplier's key → our key, both quoted.",
        default=None,
    )


class ProfilePeriod(Entity):
    """Where the period stands; without any of it, over the column."""

    value: Period | None = doc(
        "Zeitraum: für die ganze Datei; --period geht vor.", "Period: of the whole file; --period wins.", default=None
    )
    column: ColumnRef | None = doc("Spalte: die ihn nennt.", "Column: that names it.", default=None)
    above: Flag = doc(
        "Darüber: steht als Monat, Tag oder Jahr in den Zeilen vor der Tabelle; beim Format ba immer so.",
        "Above: stands as month, day or year in the lines before the table; always so with the format ba.",
        default=False,
    )
    as_year: Flag = doc(
        "Als Jahr: aus dem Stichtag 31.12.2024 wird 2024.", "As year: the day 31.12.2024 becomes 2024.", default=False
    )


class ProfileColumn(Entity):
    """What becomes a part of an observation."""

    indicator: IndicatorRef = doc("Kennzahl: zu der die Werte gehören.", "Indicator: to which the values belong.")
    part: ValuePart = doc(
        "Teil: was der Wert davon ist.", "Part: what the value is of it.", alias="as", default=ValuePart.VALUE
    )
    labels: tuple[Line, ...] = doc(
        "Überschriften: die alle über der Spalte stehen müssen, in beliebiger Reihenfolge.",
        "Labels: that must all stand over the column, in any order.",
        default=(),
    )
    column: ColumnRef | None = doc(
        "Spalte: Nummer oder Buchstabe, wenn die Überschrift nicht reicht.",
        "Column: number or letter where labels don't do.",
        default=None,
    )
    variable: Line | None = doc(
        "Wertmerkmal: eines Flatfiles, z. B. BEVSTD.", "Value variable: of a flat file, BEVSTD say.", default=None
    )
    unit: Line | None = doc(
        "Einheit: wie die Datei sie nennt, wenn ein Wertmerkmal mehrere hat.",
        "Unit: as the file names it where a value variable has several.",
        default=None,
    )
    where: Annotated[dict[Line, Line], WithoutOrigin] | None = doc(
        "Nur wo: Merkmal oder Spalte → Ausprägung (Kürzel oder Text). Was nicht genannt ist, muss „Insgesamt“ sein.",
        "Only where: variable or column → attribute (code or text). What isn't named must be the total.",
        default=None,
    )
    factor: Annotated[Number, Field(gt=0)] = doc(
        "Faktor: 1000, wenn die Quelle in Tausend zählt.",
        "Factor: 1000 where the supplier counts in thousands.",
        default=Decimal(1),
    )


class ImportProfile(Record):
    """`indicators/profiles/*.yaml`: how a supplier's export becomes the rows of one data file."""

    name: Line = doc("Name: der Tabelle, wird Titel der Zahlentabelle.", "Name: of the table, title of the data file.")
    format: ImportFormat = doc("Format: wie die Quelle schreibt.", "Format: how the supplier writes.")
    resource: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")] = doc(
        "Zahlentabelle: Name der Datei in indicators/data/, die nur diesem Profil gehört.",
        "Resource: name of the file in indicators/data/ that belongs to this profile alone.",
    )
    encoding: Literal["utf-8", "iso-8859-1", "windows-1252"] | None = doc(
        "Zeichensatz: sonst UTF-8, und bei GENESIS ISO-8859-1, wenn es kein UTF-8 ist.",
        "Encoding: else UTF-8, and for GENESIS ISO-8859-1 where it isn't UTF-8.",
        default=None,
    )
    delimiter: Literal[";", ",", "\t", "|"] = doc(
        "Trennzeichen: zwischen den Feldern.", "Delimiter: between the fields.", default=";"
    )
    decimal: Literal[",", "."] = doc("Dezimalzeichen: der Quelle.", "Decimal sign: of the supplier.", default=",")
    thousands: Literal[".", ",", " ", "'"] | None = doc(
        "Tausenderzeichen: nur wenn die Quelle eines setzt; „ “ meint auch geschützte Leerzeichen.",
        "Thousands sign: only where the supplier sets one; “ ” means no-break spaces as well.",
        default=None,
    )
    sheet: Line | None = doc(
        "Tabellenblatt: wenn eine XLSX-Datei mehrere sichtbare hat.",
        "Sheet: where an XLSX file has several visible ones.",
        default=None,
    )
    rows: ProfileRows = doc("Zeilen: Kopf und Daten.", "Rows: header and data.", default_factory=ProfileRows)
    areas: ProfileAreas = doc("Gebiete: ihre Schlüssel.", "Areas: their keys.", default_factory=ProfileAreas)
    period: ProfilePeriod = doc(
        "Zeiträume: wo sie stehen.", "Periods: where they stand.", default_factory=ProfilePeriod
    )
    columns: Annotated[tuple[ProfileColumn, ...], Field(min_length=1)] = doc(
        "Spalten: was zu welcher Kennzahl gehört.", "Columns: what belongs to which indicator."
    )
    signs: Annotated[dict[Line, Sign], WithoutOrigin] | None = doc(
        "Zeichen: eigene der Quelle → übliches, z. B. „N.A.“ → „.“.",
        "Signs: the supplier's own → the usual one, “N.A.” → “.” say.",
        default=None,
    )
    status: Quality = doc(
        "Stand: der Werte, wo die Datei keinen nennt.",
        "Status: of the values where the file names none.",
        default=Quality.FINAL,
    )
    boundary: Date | None = doc(
        "Gebietsstand: Tag, zu dem die Schlüssel gelten.", "Boundary date: for which the keys hold.", default=None
    )
    threshold: Annotated[Whole, Field(ge=3)] | None = doc(
        "Mindestfallzahl: nach dem Vertrag mit der Quelle.", "Threshold: by the contract with the source.", default=None
    )
    licence: Licence | None = doc("Lizenz: der Daten.", "Licence: of the data.", default=None)
    path: Line | None = doc(
        "Adresse: unter der die Quelle die Tabelle für alle veröffentlicht.",
        "Path: where the supplier publishes the table for all.",
        default=None,
    )
    release: Release | None = doc(
        "Freigabe: wenn sie für alle Lieferungen nach diesem Profil gilt.",
        "Release: where it holds for all deliveries by this profile.",
        default=None,
    )
