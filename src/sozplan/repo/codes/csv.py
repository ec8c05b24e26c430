"""What can be wrong in a file of observations, cell by cell; no message says the number in a cell."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

_FILE = "# indicators/data/kennzahlen.csv\n"
_WHOLE = "# indicators/data/kennzahlen.csv (whole)\n"
_HEAD = "indicator;area;period;numerator;denominator;value;sign;status;vintage"


def _row(row: str, mark: str = "") -> str:
    return f"{_FILE}{row}{f'  # <- {mark}' if mark else ''}\n"


_GOOD = _row("kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30")

_HIDDEN = _row("kita-quote;01;2023;;;;.;final;2024-06-30\nkita-quote;02;2023;;;;.;final;2024-06-30")
"""Two at once, or the sum would give the one away."""

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
    bad="# indicators/data/kennzahlen.csv (windows-1252)\n" + _HEAD + "\n"
    "kita-quote;Süd;2023;1630;2000;81,5;;final;2024-06-30  # <- csv.encoding\n",
    good=_GOOD,
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
    good=_GOOD,
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
    good=_GOOD,
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
    bad=f"{_WHOLE}indicator;area;value  # <- csv.label-missing\nkita-quote;01;81,5\n",
    good=_GOOD,
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
    bad=f"{_WHOLE}indicator;area;period;value;value  # <- csv.label-repeated\n",
    good=_GOOD,
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
    bad=f"{_WHOLE}indicator;area;period;value;Bemerkung  # <- csv.label-unknown\n",
    good=_GOOD,
)

RAGGED = Code(
    id="csv.ragged",
    severity=Severity.ERROR,
    message=text(
        de="Die Zeile hat {found}, die Kopfzeile {expected}. Das Trennzeichen ist {delimiter}.",
        en="The line has {found}, the header line {expected}. The delimiter is {delimiter}.",
    ),
    title=text(de="Falsche Zahl von Feldern", en="Wrong number of fields"),
    why=text(
        de="Ein Trennzeichen zu viel verschiebt alle Werte dahinter in die falsche Spalte.",
        en="One delimiter too many moves all values behind it to the wrong column.",
    ),
    bad=_row("kita-quote;01;2023;72,5", "csv.ragged"),
    good=_GOOD,
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
    bad=_row('"kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30', "csv.quote-open"),
    good=_GOOD,
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
    bad=_row("kita-quote;01;2023;1630;2000;81,5;«x×70000»;final;2024-06-30", "csv.cell-too-long"),
    good=_GOOD,
)

NUMBER = Code(
    id="csv.number",
    severity=Severity.ERROR,
    message=text(
        de="In „{label}“ steht keine Zahl (Form „{form}“). Erlaubt sind Ziffern, vorn ein Minus und ein {decimal}; "
        "keine Tausenderzeichen, keine Einheiten. Fehlt der Wert, gehört ein Zeichen nach „sign“, z. B. „.“.",
        en="There is no number in “{label}” (form “{form}”). Allowed are digits, a minus in front and one {decimal}; "
        "no thousands signs, no units. Where the value is missing put a sign into “sign”, “.” say.",
    ),
    title=text(de="Keine Zahl", en="Not a number"),
    why=text(
        de="„1.234“, „1e3“ und „n. a.“ liest jedes Programm anders; eine Zahl darf nur eine Lesart haben.",
        en="Every program reads “1.234”, “1e3” and “n.a.” differently; a number may have one reading only.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;rund 70;;final;2024-06-30", "csv.number"),
    good=_GOOD,
)

DECIMAL_SIGN = Code(
    id="csv.decimal-sign",
    severity=Severity.ERROR,
    message=text(
        de="In „{label}“ steht {found} (Form „{form}“); für diese Datei gilt {declared}. "
        "Ändern Sie die Zahl oder „decimalChar“ in datapackage.yaml.",
        en="There is {found} in “{label}” (form “{form}”); this file uses {declared}. "
        "Change the number or “decimalChar” in datapackage.yaml.",
    ),
    title=text(de="Anderes Dezimalzeichen", en="Another decimal sign"),
    why=text(
        de="7,25 wird sonst leicht zu 725: um das Hundertfache falsch und doch eine Zahl.",
        en="7,25 easily becomes 725: wrong a hundredfold and still a number.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;72.5;;final;2024-06-30", "csv.decimal-sign"),
    good=_GOOD,
)

SIGN = Code(
    id="ind.sign-unknown",
    severity=Severity.ERROR,
    message=text(
        de="Das Zeichen „{sign}“ in „{label}“ ist nicht vereinbart. Erlaubt sind: {allowed}.",
        en="The sign “{sign}” in “{label}” is not agreed. Allowed are: {allowed}.",
    ),
    title=text(de="Unbekanntes Qualitätszeichen", en="Unknown quality sign"),
    why=text(
        de="„-“ heißt genau null, „.“ heißt unbekannt. Ein Zeichen ohne Bedeutung ließe beides offen.",
        en="“-” means exactly zero, “.” means unknown. A sign without a meaning would leave both open.",
    ),
    bad=_row("kita-quote;01;2023;;;;?;final;2024-06-30", "ind.sign-unknown"),
    good=_HIDDEN,
)

VALUE_BESIDE_SIGN = Code(
    id="csv.value-beside-sign",
    severity=Severity.ERROR,
    message=text(
        de="„sign“ sagt mit „{sign}“, dass kein Wert vorliegt, aber in „{label}“ steht einer. Löschen Sie das Falsche.",
        en="“sign” says by “{sign}” that there is no value, but “{label}” has one. Delete what is wrong.",
    ),
    title=text(de="Wert trotz Fehlzeichen", en="Value beside a sign for missing"),
    why=text(
        de="Steht der geheim zu haltende Wert noch daneben, ist er veröffentlicht.",
        en="Where the confidential value still stands beside it, it is published.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;72,5;.;final;2024-06-30", "csv.value-beside-sign"),
    good=_HIDDEN,
)

KEY = Code(
    id="ind.key-malformed",
    severity=Severity.ERROR,
    message=text(
        de="„{area}“ ist kein Gebietsschlüssel. {hint}",
        en="“{area}” is no area key. {hint}",
    ),
    title=text(de="Gebietsschlüssel beschädigt", en="Area key malformed"),
    why=text(
        de="Tabellenprogramme machen aus 0101 die Zahl 101; die Werte hingen dann an keinem oder am falschen Gebiet.",
        en="Spreadsheets make 101 of 0101; the values would hang on no area or on the wrong one.",
    ),
    bad=_row("kita-quote;1;2023;1630;2000;72,5;;final;2024-06-30", "ind.key-malformed"),
    good=_GOOD,
)

INDICATOR = Code(
    id="csv.indicator-unknown",
    severity=Severity.ERROR,
    message=text(
        de="Zur Kennzahl „{indicator}“ gibt es keinen Steckbrief in indicators/catalogue. {hint}",
        en="There is no sheet for the indicator “{indicator}” in indicators/catalogue. {hint}",
    ),
    title=text(de="Kennzahl ohne Steckbrief", en="Indicator without sheet"),
    why=text(
        de="Ohne Steckbrief ist unbekannt, was die Zahl zählt und in welcher Einheit.",
        en="Without a sheet it is unknown what the number counts and in which unit.",
    ),
    bad=_row("kita-qoute;01;2023;1630;2000;72,5;;final;2024-06-30", "csv.indicator-unknown"),
    good=_GOOD,
)

PERIOD = Code(
    id="csv.period",
    severity=Severity.ERROR,
    message=text(
        de="„{period}“ ist kein Zeitraum. Möglich sind 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 und 2023/24.",
        en="“{period}” is no period. Possible are 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 and 2023/24.",
    ),
    title=text(de="Kein Zeitraum", en="Not a period"),
    why=text(
        de="Ein Wert ohne klaren Zeitraum lässt sich mit keinem anderen vergleichen.",
        en="A value without a clear period can be compared with no other.",
    ),
    bad=_row("kita-quote;01;202O;1630;2000;72,5;;final;2024-06-30", "csv.period"),
    good=_GOOD,
)

STATUS = Code(
    id="csv.status",
    severity=Severity.ERROR,
    message=text(
        de="„{status}“ ist kein Stand. Möglich sind: {allowed}.",
        en="“{status}” is no status. Possible are: {allowed}.",
    ),
    title=text(de="Unbekannter Stand", en="Unknown status"),
    why=text(
        de="Ob ein Wert vorläufig ist, entscheidet, ob er sich noch ändert.",
        en="Whether a value is provisional decides whether it will change.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;72,5;;fertig;2024-06-30", "csv.status"),
    good=_GOOD,
)

VINTAGE = Code(
    id="csv.vintage",
    severity=Severity.ERROR,
    message=text(
        de="„{vintage}“ ist kein Datenstand. Schreiben Sie Jahr-Monat-Tag, z. B. 2024-06-30.",
        en="“{vintage}” is no vintage. Write year-month-day, 2024-06-30 say.",
    ),
    title=text(de="Kein Datenstand", en="Not a vintage"),
    why=text(
        de="Der Datenstand sagt, welcher von zwei Werten der neuere ist.",
        en="The vintage says which of two values is the newer one.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;72,5;;final;4/2024", "csv.vintage"),
    good=_GOOD,
)

DUPLICATE = Code(
    id="ind.duplicate-value",
    severity=Severity.ERROR,
    message=text(
        de="{indicator} für {area} in {period} steht mit demselben Datenstand schon in {first}. "
        "Löschen Sie eine der Zeilen oder geben Sie der neueren ihren Datenstand.",
        en="{indicator} for {area} in {period} stands with the same vintage in {first} already. "
        "Delete one of the lines or give the newer one its vintage.",
    ),
    title=text(de="Beobachtung doppelt", en="Duplicate observation"),
    why=text(
        de="Von zwei Werten für dasselbe kann nur einer stimmen.",
        en="Of two values for the same thing only one can be right.",
    ),
    bad=f"{_FILE}kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30\n"
    "kita-quote;01;2023;1632;2000;81,6;;final;2024-06-30  # <- ind.duplicate-value\n",
    good=f"{_FILE}kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30\n"
    "kita-quote;01;2023;1632;2000;81,6;;revised;2024-10-01\n",
)

RANGE = Code(
    id="csv.out-of-range",
    severity=Severity.ERROR,
    message=text(
        de="In „{label}“ steht ein unmöglicher Wert: {problem}.",
        en="There is an impossible value in “{label}”: {problem}.",
    ),
    title=text(de="Unmöglicher Wert", en="Impossible value"),
    why=text(
        de="Negative Anzahlen und Anteile über 100 Prozent sind immer ein Übertragungsfehler.",
        en="Negative counts and shares above 100 per cent are always a slip of transfer.",
    ),
    bad=_row("kita-quote;01;2023;1630;2000;725,0;;final;2024-06-30", "csv.out-of-range"),
    good=_GOOD,
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
    good=_GOOD,
)

_PACKAGE = (
    "# indicators/datapackage.yaml\nresources:\n  - name: kennzahlen\n    dialect: {delimiter: ';'}\n"
    "    release: {office: statistikstelle, date: 2026-07-01}\n    sources: [{title: Statistikstelle}]\n"
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
    good=_GOOD,
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
    good=_GOOD,
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
    good=_GOOD,
)

CODES = (
    ENCODING,
    NOT_CSV,
    PARQUET,
    MORE_ROWS,
    COMPARED_IN_PART,
    EMPTY,
    LABEL_MISSING,
    LABEL_REPEATED,
    LABEL_UNKNOWN,
    RAGGED,
    QUOTE,
    CELL_TOO_LONG,
    NUMBER,
    DECIMAL_SIGN,
    SIGN,
    VALUE_BESIDE_SIGN,
    KEY,
    INDICATOR,
    PERIOD,
    STATUS,
    VINTAGE,
    DUPLICATE,
    RANGE,
    NOT_DESCRIBED,
    FILE_MISSING,
)
