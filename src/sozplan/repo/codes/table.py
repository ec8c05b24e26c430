"""What can be wrong with a file of observations as a whole: how it is written, described and read."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

FILE = "# indicators/data/kennzahlen.csv\n"
WHOLE = "# indicators/data/kennzahlen.csv (whole)\n"
HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage"


def row(row: str, mark: str = "") -> str:
    return f"{FILE}{row}{f'  # <- {mark}' if mark else ''}\n"


GOOD = row("kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30")
_PACKAGE = (
    "# indicators/datapackage.yaml\nresources:\n  - name: kennzahlen\n    dialect: {delimiter: ';'}\n"
    "    release: {office: statistikstelle, date: 2026-07-01}\n    sources: [{title: Statistikstelle}]\n"
)

ENCODING = Code(
    id="csv.encoding",
    severity=Severity.ERROR,
    message=text(
        de="Byte {offset} passt nicht zum Zeichensatz {encoding}, der in datapackage.yaml steht. "
        "Speichern Sie die Datei neu oder nennen Sie dort den richtigen (encoding: windows-1252).",
        en="Byte {offset} doesn't fit the encoding {encoding} that datapackage.yaml names. "
        "Save the file anew or name the right one there (encoding: windows-1252).",
    ),
    title=text(de="Anderer Zeichensatz", en="Another encoding"),
    why=text(
        de="Ein falsch gelesener Zeichensatz verfälscht Namen und Schlüssel, ohne dass eine Zahl auffällt.",
        en="A wrongly read encoding falsifies names and keys without any number standing out.",
    ),
    bad="# indicators/data/kennzahlen.csv (windows-1252)\n" + HEAD + "\n"
    "kita-quote;Süd;2023;1630;2000;81,5;;final;2024-06-30  # <- csv.encoding\n",
    good=GOOD,
)

NOT_CSV = Code(
    id="csv.not-csv",
    severity=Severity.ERROR,
    message=text(
        de="Das ist keine CSV-Datei, sondern {found}. Exportieren Sie die Tabelle als CSV.",
        en="This is no CSV file but {found}. Export the table as CSV.",
    ),
    title=text(de="Keine CSV-Datei", en="Not a CSV file"),
    why=text(
        de="Eine umbenannte Excel-Datei bleibt eine Excel-Datei.",
        en="A renamed Excel file remains an Excel file.",
    ),
    bad="# indicators/data/kennzahlen.csv (bytes)\nPK\\x03\\x04\\x14\\x00  # <- csv.not-csv\n",
    good=GOOD,
)

PARQUET = Code(
    id="csv.parquet",
    severity=Severity.ERROR,
    message=text(
        de="{fault}. Schreiben Sie die Parquet-Datei neu, oder legen Sie die Tabelle als CSV ab.",
        en="{fault}. Write the Parquet file anew, or store the table as CSV.",
    ),
    title=text(de="Parquet-Datei, der nicht zu trauen ist", en="Parquet file that can't be trusted"),
    why=text(
        de="Aus einer unvollständigen Datei kommen keine Zahlen. Als Zahl gespeicherte Gebietsschlüssel haben ihre "
        "führenden Nullen verloren, und Gleitkommazahlen sind nicht mehr die Zahlen, die geliefert wurden.",
        en="No numbers come out of an incomplete file. Area keys stored as numbers have lost their leading zeros, and "
        "floating-point numbers aren't the numbers that were delivered.",
    ),
    bad=_PACKAGE.replace("kennzahlen\n", "kennzahlen\n    format: parquet\n")
    + "    path: data/kennzahlen.parquet\n# indicators/data/kennzahlen.parquet (bytes)\nPAR1  # <- csv.parquet\n",
    good=GOOD,
)

_WAREHOUSE = (
    "# sozplan.yaml\nwarehouse: {url: 'postgresql://statistik.example.de/sozialdaten'}\n"
    "# indicators/datapackage.yaml\nresources:\n  - name: kennzahlen\n    format: warehouse\n"
    "    path: statistik.beobachtungen"
)

WAREHOUSE = Code(
    id="csv.warehouse",
    severity=Severity.ERROR,
    environment=True,
    message=text(
        de="Die Tabelle „{table}“ ist nicht gelesen. {fault}.",
        en="The table “{table}” has not been read. {fault}.",
    ),
    title=text(de="Datenbank nicht gelesen", en="Database not read"),
    why=text(
        de="Ohne die Beobachtungen aus der Datenbank wäre jede Auskunft über Zielerreichung unvollständig. Geöffnet "
        "wird nur die Adresse, die auch die Umgebung nennt: Ein Änderungsvorschlag kann die Zugangsdaten des "
        "prüfenden Rechners so an keine andere schicken.",
        en="Without the observations of the database any answer on attainment would be incomplete. Only the address "
        "that the environment names as well is opened, so that a proposed change can't have the credentials of the "
        "checking machine sent to another.",
    ),
    bad=_WAREHOUSE + "  # <- csv.warehouse\n",
    good=GOOD,
)

WAREHOUSE_ROW = Code(
    id="csv.warehouse-row",
    severity=Severity.ERROR,
    message=text(
        de="Beobachtung {indicator}, {area}, {period} in der Datenbank: {fault}",
        en="Observation {indicator}, {area}, {period} in the database: {fault}",
    ),
    title=text(de="Fehlerhafte Zeile der Datenbank", en="Faulty row of the database"),
    why=text(
        de="Zeilen einer Datenbank haben keine Nummer. Darum nennt der Befund die Beobachtung und steht dort, wo die "
        "Tabelle beschrieben ist. Die Zeile zählt nicht, bis sie an der Quelle berichtigt ist.",
        en="Rows of a database have no number. So the finding names the observation and stands where the table is "
        "described. The row doesn't count until it is mended at the source.",
    ),
    bad=_WAREHOUSE + "  # <- csv.warehouse-row\n",
    good=GOOD,
)

MORE_ROWS = Code(
    id="csv.more-rows",
    severity=Severity.ERROR,
    message=text(
        de="{rows} weitere Zeilen dieser Datei sind auffällig und noch ungeprüft. Beheben Sie erst die Befunde, die "
        "hier stehen, oder teilen Sie die Datei.",
        en="{rows} more rows of this file are conspicuous and not yet checked. First mend the findings that stand "
        "here, or split the file.",
    ),
    title=text(de="Mehr auffällige Zeilen, als einzeln geprüft werden", en="More conspicuous rows than are checked"),
    why=text(
        de="Von sehr großen Dateien (zusammen über 64 MB) werden nur die Zeilen einzeln gelesen, an denen eine Abfrage "
        "zweifelt, und höchstens 2000. Sind es mehr, steckt meist derselbe Fehler in allen.",
        en="Of very large files (more than 64 MB together) only rows that a query doubts are read one by one, and at "
        "most 2000. Where there are more, mostly all have the same fault.",
    ),
    bad="# indicators/data/kennzahlen.csv (80 MB)  # <- csv.more-rows\n",
    good=GOOD,
)

COMPARED_IN_PART = Code(
    id="csv.compared-in-part",
    severity=Severity.INFO,
    message=text(
        de="Die Datei ist sehr groß: Jede Zeile ist für sich und auf Dopplungen geprüft, aber mit anderen Jahren und "
        "Gebieten sind nur die Kennzahlen und Gebiete mit Zielwerten verglichen (Gebiete: {areas}).",
        en="The file is very large: every row was checked by itself and for doubles, but only indicators and areas "
        "with targets were compared with other years and areas (areas: {areas}).",
    ),
    title=text(de="Nur zum Teil verglichen", en="Compared in part only"),
    why=text(
        de="Sind die Zahlentabellen zusammen größer als 64 MB, werden Sprünge in einer Reihe, Summen über Gebiete, "
        "veraltete Zahlen, der Gebietsstand und der Schutz durch Summen nur dort geprüft, wo Zielwerte sind. "
        "Eine Datei von höchstens 64 MB je Prüfung wird ganz verglichen.",
        en="Where the data files together are larger than 64 MB, jumps in a series, sums over areas, outdated figures, "
        "boundary dates and protection by sums are checked only where there are targets. "
        "Up to 64 MB at a time everything is compared.",
    ),
    bad="# indicators/data/kennzahlen.csv (80 MB)  # <- csv.compared-in-part\n",
    good=GOOD,
)

EMPTY = Code(
    id="csv.empty",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei ist leer. Die erste Zeile nennt die Spalten: {labels}.",
        en="The file is empty. The first line names the columns: {labels}.",
    ),
    title=text(de="Leere Datei", en="Empty file"),
    why=text(
        de="Eine leere Datei ist meist ein abgebrochener Export.",
        en="An empty file is mostly an export that broke off.",
    ),
    bad="# indicators/data/kennzahlen.csv (whole)  # <- csv.empty\n",
    good=GOOD,
)

LABEL_MISSING = Code(
    id="csv.label-missing",
    severity=Severity.ERROR,
    message=text(
        de="In der Kopfzeile fehlt die Spalte „{label}“. {hint}",
        en="The header line lacks the column “{label}”. {hint}",
    ),
    title=text(de="Spalte fehlt", en="Missing column"),
    why=text(
        de="Kennzahl, Gebiet, Zeitraum und Wert machen eine Beobachtung aus.",
        en="Indicator, area, period and value make an observation.",
    ),
    bad=f"{WHOLE}indicator;area;value  # <- csv.label-missing\nkita-quote;01;81,5\n",
    good=GOOD,
)

LABEL_REPEATED = Code(
    id="csv.label-repeated",
    severity=Severity.ERROR,
    message=text(
        de="Die Spalte „{label}“ steht zweimal in der Kopfzeile.",
        en="The column “{label}” stands twice in the header line.",
    ),
    title=text(de="Spalte doppelt", en="Repeated column"),
    why=text(de="Welche der beiden gilt, kann niemand wissen.", en="Nobody can know which of them holds."),
    bad=f"{WHOLE}indicator;area;period;value;value  # <- csv.label-repeated\n",
    good=GOOD,
)

LABEL_UNKNOWN = Code(
    id="csv.label-unknown",
    severity=Severity.WARNING,
    message=text(
        de="Die Spalte „{label}“ wird nicht gelesen. Bekannt sind: {labels}.",
        en="The column “{label}” is not read. Known are: {labels}.",
    ),
    title=text(de="Spalte unbekannt", en="Unknown column"),
    why=text(
        de="Eine vertippte Überschrift ließe eine ganze Spalte unbeachtet.",
        en="A mistyped label would leave a whole column unread.",
    ),
    bad=f"{WHOLE}indicator;area;period;value;Bemerkung  # <- csv.label-unknown\n",
    good=GOOD,
)

QUOTE = Code(
    id="csv.quote-open",
    severity=Severity.ERROR,
    message=text(
        de="Hier beginnt ein Feld mit einem Anführungszeichen, das nicht geschlossen wird.",
        en="A field starts here with a quote that isn't closed.",
    ),
    title=text(de="Anführungszeichen offen", en="Open quote"),
    why=text(
        de="Bis zum nächsten Anführungszeichen gälte alles als ein Feld, auch hundert Zeilen.",
        en="All up to the next quote would count as one field, a hundred lines too.",
    ),
    bad=row('"kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30', "csv.quote-open"),
    good=GOOD,
)

CELL_TOO_LONG = Code(
    id="csv.cell-too-long",
    severity=Severity.ERROR,
    message=text(
        de="Die Zeile ist länger als {limit} Zeichen. Eine Beobachtung ist kurz; hier fehlt wohl ein Zeilenende.",
        en="The line is longer than {limit} characters. An observation is short; a line end seems to be missing.",
    ),
    title=text(de="Zeile zu lang", en="Line too long"),
    why=text(
        de="Eine überlange Zeile füllt den Speicher und ist nie eine Beobachtung.",
        en="An overlong line fills the memory and is never an observation.",
    ),
    bad=row("kita-quote;01;2023;1630;2000;81,5;«x×70000»;final;2024-06-30", "csv.cell-too-long"),
    good=GOOD,
)

NOT_DESCRIBED = Code(
    id="csv.not-described",
    severity=Severity.WARNING,
    message=text(
        de="Die Datei wird nicht gelesen: indicators/datapackage.yaml beschreibt sie nicht. Tragen Sie sie dort ein.",
        en="The file is not read: indicators/datapackage.yaml doesn't describe it. Enter it there.",
    ),
    title=text(de="Datendatei ohne Beschreibung", en="Data file without description"),
    why=text(
        de="Ohne Trennzeichen, Dezimalzeichen, Quelle und Lizenz ist eine Tabelle nicht zu gebrauchen.",
        en="Without delimiter, decimal sign, source and licence a table is of no use.",
    ),
    bad="# indicators/data/neu.csv  # <- csv.not-described\nindicator;area;period;value\n",
    good=GOOD,
)

FILE_MISSING = Code(
    id="csv.file-missing",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei „{path}“ gibt es nicht. Pfade in datapackage.yaml gelten ab dem Ordner indicators.",
        en="There is no file “{path}”. Paths in datapackage.yaml start at the folder indicators.",
    ),
    title=text(de="Datendatei fehlt", en="Missing data file"),
    why=text(
        de="Ohne die Datei fehlen ihre Werte in jeder Auswertung.",
        en="Without the file its values are missing from every evaluation.",
    ),
    bad="# indicators/datapackage.yaml\nname: daten\nresources:\n  - name: betreuung\n"
    "    path: data/betreung.csv  # <- csv.file-missing\n",
    good=_PACKAGE + "    path: data/kennzahlen.csv\n",
)

CODES = (
    ENCODING,
    NOT_CSV,
    PARQUET,
    WAREHOUSE,
    WAREHOUSE_ROW,
    MORE_ROWS,
    COMPARED_IN_PART,
    EMPTY,
    LABEL_MISSING,
    LABEL_REPEATED,
    LABEL_UNKNOWN,
    QUOTE,
    CELL_TOO_LONG,
    NOT_DESCRIBED,
    FILE_MISSING,
)
