"""Indicator sheets (Kennzahlensteckbriefe), and the description of the data files."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from sozplan.model.entity import Date, Entity, Flag, Id, Line, Number, RefTo, Whole, WithoutOrigin, doc
from sozplan.model.periods import Period
from sozplan.model.shared import ActorRef, Count, FilePath, IndicatorRef, LevelRef, Record, ThemeRef
from sozplan.model.terms import Direction, IndicatorKind, Publication, Rhythm, Steerability, Timing

RATES = ("%", "‰", "Prozent", "Promille", "per cent", "per mille")
"""How units of rates begin."""


class Break(Entity):
    """From here on values can't be compared with those before (Zeitreihenbruch)."""

    start: Period = doc("Ab: erste Periode nach dem Bruch.", "From: first period after the break.", alias="from")
    statement: Line = doc("Grund: was sich geändert hat.", "Reason: what changed.")


class Indicator(Record):
    """`indicators/catalogue/*.yaml`: all that must be known to read a figure."""

    name: Line = doc("Name: wie die Kennzahl heißt.", "Name: what the indicator is called.")
    short: Line | None = doc("Kurzname: für Tabellen.", "Short name: for tables.", default=None)
    definition: Line = doc("Definition: was genau gezählt wird.", "Definition: what exactly is counted.")
    numerator: Line | None = doc("Zähler: was oben steht.", "Numerator: what stands above.", default=None)
    denominator: Line | None = doc(
        "Nenner: was unten steht; fehlt er, ist es eine Anzahl.",
        "Denominator: what stands below; a count where absent.",
        default=None,
    )
    factor: Annotated[Number, Field(gt=0)] = doc(
        "Faktor: 100 für Prozent, 1000 für Promille.", "Factor: 100 for per cent.", default=Decimal(100)
    )
    unit: Line = doc("Einheit: wie sie gedruckt wird.", "Unit: as it is printed.")
    decimals: Annotated[Whole, Field(ge=0, le=6)] = doc(
        "Nachkommastellen: beim Druck.", "Decimals: in print.", default=1
    )
    direction: Direction = doc("Richtung: was besser ist.", "Direction: what is better.")
    kind: IndicatorKind = doc(
        "Typ: Kontext, Input, Output, Outcome, Impact.", "Type: context, input, output, outcome, impact."
    )
    steerability: Steerability = doc("Steuerbarkeit: durch die Kommune.", "Steerability: by the municipality.")
    theme: ThemeRef | None = doc(
        "Handlungsfeld: der Kennzahl.", "Theme: the indicator's field of action.", default=None
    )
    timing: Timing | None = doc("Zeitbezug: Stichtag, Summe oder Mittel.", "Timing: day, sum or mean.", default=None)
    reference_day: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] | None = doc(
        "Stichtag: Monat-Tag, der für das Jahr steht, in Anführungszeichen.",
        "Reference day: month-day that stands for the year, quoted.",
        default=None,
    )
    periodicity: Rhythm = doc("Periodizität: wie oft sie erscheint.", "Periodicity: how often it appears.")
    lag_months: Count = doc(
        "Verzug: Monate nach dem Stichtag, bis der Wert vorliegt.",
        "Lag: months after the reference date until the value is there.",
        default=6,
    )
    lowest_level: LevelRef | None = doc(
        "Unterste Ebene: für die es Werte gibt.", "Lowest level: for which there are values.", default=None
    )
    responsible: ActorRef | None = doc(
        "Zuständig: Stelle, die den Steckbrief pflegt.", "Responsible: office that keeps the sheet.", default=None
    )
    licence: Line | None = doc("Lizenz: der Daten.", "Licence: of the data.", default=None)
    min_cases: Count | None = doc(
        "Mindestfallzahl: darunter wird nichts veröffentlicht.",
        "Minimum cases: nothing is published below.",
        default=None,
    )
    min_base: Count | None = doc(
        "Mindestnenner: darunter wird keine Quote gebildet.", "Minimum base: no rate below.", default=None
    )
    contributors: IndicatorRef | None = doc(
        "Beitragende: Kennzahl, die zählt, aus wie vielen Einrichtungen oder Trägern ein Wert stammt.",
        "Contributors: indicator that counts from how many facilities or providers a value comes.",
        default=None,
    )
    largest_share: IndicatorRef | None = doc(
        "Größter Beitrag: Kennzahl mit dem Anteil des größten Beitragenden am Wert in Prozent.",
        "Largest share: indicator with the largest contributor's share of the value in per cent.",
        default=None,
    )
    zero_is_public: Flag | None = doc(
        "Null öffentlich: statt der Angabe in sozplan.yaml, etwa wo eine Null nichts über Personen sagt.",
        "Zero is public: instead of what sozplan.yaml says, where a zero says nothing about people for instance.",
        default=None,
    )
    publication: Publication = doc(
        "Veröffentlichung: wer die Werte sehen darf.",
        "Publication: who may see the values.",
        default=Publication.PUBLIC,
    )
    additive: Flag = doc(
        "Additiv: ergibt die Summe der Teile das Ganze?", "Additive: do the parts add up to the whole?", default=True
    )
    fractions: Flag = doc(
        "Bruchzahlen: Zähler, Nenner oder Anzahl dürfen gebrochen sein, etwa Euro; Schätzungen dürfen es immer.",
        "Fractions: numerator, denominator or count may be fractions, of euro say; estimates always may.",
        default=False,
    )
    perturbed: Flag = doc(
        "Verändert: gerundet oder überlagert geliefert; nicht additiv.",
        "Perturbed: delivered rounded or perturbed; not additive.",
        default=False,
    )
    minimum: Number | None = doc("Kleinstmöglicher Wert: sonst 0.", "Minimum: 0 otherwise.", default=None)
    maximum: Number | None = doc(
        "Größtmöglicher Wert: bei Anteilen der Faktor.", "Maximum: the factor for shares.", default=None
    )
    breaks: tuple[Break, ...] = doc(
        "Zeitreihenbrüche: ab wann nicht vergleichbar.", "Breaks: from when not comparable.", default=()
    )
    limits: Line | None = doc("Grenzen: was die Zahl nicht sagt.", "Limits: what the figure doesn't say.", default=None)

    @property
    def lowest(self) -> Decimal:
        """The smallest value there can be."""
        return Decimal(0) if self.minimum is None else self.minimum

    @property
    def highest(self) -> Decimal | None:
        """The largest value there can be: the declared one, else all of a share; a mean of days or euro has none."""
        share = self.denominator is not None and self.unit.startswith(("%", "Prozent", "per cent"))
        return self.factor if self.maximum is None and share else self.maximum

    @property
    def is_count(self) -> bool:
        """Whether a value is itself a number of cases: neither a rate whose counts nobody delivers nor a difference."""
        is_rate = self.unit.startswith(RATES) or self.lowest < 0
        return self.denominator is None and not is_rate

    def is_whole(self, label: str) -> bool:
        """Whether the numbers of a column count cases, of which there are no halves.

        A count with decimals that somebody asked for is something else: a mean of days, an amount of money.
        """
        has_decimals = "decimals" in self.model_fields_set and self.decimals > 0
        return not self.fractions and (label != "value" or (self.is_count and not has_decimals))

    def of_counts(self, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
        """The value that follows from the counts, if one does."""
        if numerator is None or self.denominator is None:
            return numerator
        return numerator / denominator * self.factor if denominator else None


class Dialect(Entity):
    """How the CSV file is written (Frictionless)."""

    delimiter: Literal[";", ",", "\t", "|"] = doc(
        "Trennzeichen: zwischen den Spalten.", "Delimiter: between the columns.", default=","
    )
    header: Literal[True] = doc("Kopfzeile: muss da sein.", "Header: must be there.", default=True)


class Column(Entity):
    """A column (Frictionless Table Schema)."""

    name: Line = doc("Name: der Spalte.", "Name: of the column.")
    type: Literal["string", "number", "integer", "date"] = doc(
        "Typ: der Spalte.", "Type: of the column.", default="string"
    )
    title: Line | None = doc("Titel: für Menschen.", "Title: for people.", default=None)
    description: Line | None = doc("Beschreibung: der Spalte.", "Description: of the column.", default=None)
    decimal_char: Literal[",", "."] | None = doc(
        "Dezimalzeichen: Komma oder Punkt.", "Decimal sign: comma or point.", alias="decimalChar", default=None
    )
    constraints: Annotated[dict[str, Any], WithoutOrigin] | None = doc(
        "Bedingungen: nach Frictionless.", "Constraints: as in Frictionless.", default=None
    )


class TableSchema(Entity):
    fields: tuple[Column, ...] = doc("Spalten: der Datei.", "Fields: the columns of the file.")
    missing_values: tuple[str, ...] = doc(
        "Zeichen für fehlend: nach Frictionless.",
        "Missing values: as in Frictionless.",
        alias="missingValues",
        default=("",),
    )
    primary_key: tuple[str, ...] = doc(
        "Schlüsselspalten: zusammen eindeutig.", "Primary key: unique together.", alias="primaryKey", default=()
    )


class Licence(Entity):
    name: Line = doc("Kürzel: der Lizenz.", "Name: of the licence.")
    title: Line | None = doc("Titel: der Lizenz.", "Title: of the licence.", default=None)
    path: Line | None = doc("Adresse: des Lizenztextes.", "Path: of the licence's text.", default=None)


class DataSource(Entity):
    title: Line = doc("Quelle: wie sie genannt werden will.", "Source: as it wants to be named.")
    path: Line | None = doc("Adresse: der Quelle.", "Path: of the source.", default=None)
    file: Line | None = doc(
        "Datei: die importiert wurde; von „import“ eingetragen.", "File: that was imported.", default=None
    )
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = doc(
        "Prüfsumme: SHA-256 der importierten Datei.", "Checksum: SHA-256 of the imported file.", default=None
    )
    imported: Date | None = doc("Importiert am: Tag des Imports.", "Imported on: day of the import.", default=None)
    profile: Annotated[Id, RefTo("ImportProfile")] | None = doc(
        "Profil: mit dem importiert wurde.", "Profile: by which it was imported.", default=None
    )


class Release(Entity):
    """That the table was cleared for use outside the statistics office (Freigabe)."""

    office: ActorRef = doc("Stelle: die freigegeben hat.", "Office: that cleared it.")
    date: Date = doc("Tag: der Freigabe.", "Date: of the release.")
    statement: Line | None = doc("Vermerk: zur Freigabe.", "Note: on the release.", default=None)


class Resource(Entity):
    """One data file."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")] = doc(
        "Name: der Ressource.", "Name: of the resource."
    )
    path: FilePath = doc(
        "Datei: relativ zu datapackage.yaml; bei warehouse der Name der Tabelle.",
        "Path: relative to datapackage.yaml; for warehouse the table's name.",
    )
    title: Line | None = doc("Titel: der Tabelle.", "Title: of the table.", default=None)
    description: Line | None = doc("Beschreibung: der Tabelle.", "Description: of the table.", default=None)
    type: Literal["table"] = doc("Art: immer Tabelle.", "Type: always a table.", default="table")
    format: Literal["csv", "parquet", "warehouse"] = doc(
        "Format: csv, parquet oder warehouse für eine Tabelle der Datenbank, die sozplan.yaml nennt.",
        "Format: csv, parquet, or warehouse for a table of the database that sozplan.yaml names.",
        default="csv",
    )
    mediatype: Line | None = doc("Medientyp: nach Frictionless.", "Media type: as in Frictionless.", default=None)
    encoding: Literal["utf-8", "iso-8859-1", "windows-1252"] = doc(
        "Zeichensatz: der Datei.", "Encoding: of the file.", default="utf-8"
    )
    dialect: Dialect = doc(
        "Schreibweise: Trennzeichen und Kopfzeile.", "Dialect: delimiter and header.", default_factory=Dialect
    )
    table_schema: TableSchema | None = doc(
        "Spalten: nach Table Schema.", "Schema: the columns.", alias="schema", default=None
    )
    boundary: Date | None = doc(
        "Gebietsstand: Tag, zu dem die Gebietsschlüssel gelten; fehlt er, der Stichtag der Zeile.",
        "Boundary date: of the area keys; each row's reference date where absent.",
        default=None,
    )
    vintage: Date | None = doc(
        "Datenstand: wenn die Zeilen keinen nennen.", "Vintage: where the rows name none.", default=None
    )
    threshold: Annotated[Whole, Field(ge=3)] | None = doc(
        "Mindestfallzahl: nach dem Vertrag mit der Quelle.", "Threshold: by the contract with the source.", default=None
    )
    release: Release | None = doc("Freigabe: der Statistikstelle.", "Release: by the statistics office.", default=None)
    licenses: tuple[Licence, ...] = doc("Lizenzen: der Daten.", "Licences: of the data.", default=())
    sources: tuple[DataSource, ...] = doc("Quellen: der Daten.", "Sources: of the data.", default=())


class DataPackage(Entity):
    """`indicators/datapackage.yaml`."""

    name: Line = doc("Name: des Datenpakets.", "Name: of the package.")
    profile: Line | None = doc("Profil: nach Frictionless.", "Profile: as in Frictionless.", default=None)
    title: Line | None = doc("Titel: des Datenpakets.", "Title: of the package.", default=None)
    description: Line | None = doc("Beschreibung: des Datenpakets.", "Description: of the package.", default=None)
    created: Line | None = doc("Erstellt: Zeitpunkt.", "Created: time.", default=None)
    licenses: tuple[Licence, ...] = doc("Lizenzen: aller Daten.", "Licences: of all data.", default=())
    sources: tuple[DataSource, ...] = doc("Quellen: aller Daten.", "Sources: of all data.", default=())
    resources: tuple[Resource, ...] = doc(
        "Dateien: mit ihren Beobachtungen.", "Resources: the files with observations.", default=()
    )
