"""What can be wrong in a row of observations, cell by cell; no message says the number in a cell."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text
from sozplan.repo.codes.table import FILE, GOOD, row

_HIDDEN = row("kita-quote;01;2023;;;;.;final;2024-06-30\nkita-quote;02;2023;;;;.;final;2024-06-30")
"""Two at once, or the sum would give the one away."""

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
    bad=row("kita-quote;01;2023;72,5", "csv.ragged"),
    good=GOOD,
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
    bad=row("kita-quote;01;2023;1630;2000;rund 70;;final;2024-06-30", "csv.number"),
    good=GOOD,
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
    bad=row("kita-quote;01;2023;1630;2000;72.5;;final;2024-06-30", "csv.decimal-sign"),
    good=GOOD,
)

FRACTION = Code(
    id="csv.fraction",
    severity=Severity.ERROR,
    message=text(
        de="In „{label}“ steht eine Bruchzahl (Form „{form}“), gezählt wird aber in ganzen Fällen. {hint}"
        "Geschätztes bekommt den Stand „estimated“; misst die Kennzahl Euro oder Stellenanteile, gehört "
        "„fractions: true“ in den Steckbrief.",
        en="There is a fraction in “{label}” (form “{form}”), but cases are counted as a whole. {hint}"
        "Estimates have the status “estimated”; where euro or parts of posts are measured, the sheet needs "
        "“fractions: true”.",
    ),
    title=text(de="Bruchzahl statt Anzahl", en="Fraction instead of a count"),
    why=text(
        de="81,013 Personen gibt es nicht: Das Komma ist ein Tausenderzeichen, und gemeint sind 81013.",
        en="There are no 81,013 persons by a decimal comma: it is a thousands sign, and 81013 are meant.",
    ),
    bad=row("kita-quote;01;2023;1,630;2000;81,5;;final;2024-06-30", "csv.fraction"),
    good=GOOD,
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
    bad=row("kita-quote;01;2023;;;;?;final;2024-06-30", "ind.sign-unknown"),
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
    bad=row("kita-quote;01;2023;1630;2000;72,5;.;final;2024-06-30", "csv.value-beside-sign"),
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
    bad=row("kita-quote;1;2023;1630;2000;72,5;;final;2024-06-30", "ind.key-malformed"),
    good=GOOD,
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
    bad=row("kita-qoute;01;2023;1630;2000;72,5;;final;2024-06-30", "csv.indicator-unknown"),
    good=GOOD,
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
    bad=row("kita-quote;01;202O;1630;2000;72,5;;final;2024-06-30", "csv.period"),
    good=GOOD,
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
    bad=row("kita-quote;01;2023;1630;2000;72,5;;fertig;2024-06-30", "csv.status"),
    good=GOOD,
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
    bad=row("kita-quote;01;2023;1630;2000;72,5;;final;4/2024", "csv.vintage"),
    good=GOOD,
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
    bad=f"{FILE}kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30\n"
    "kita-quote;01;2023;1632;2000;81,6;;final;2024-06-30  # <- ind.duplicate-value\n",
    good=f"{FILE}kita-quote;01;2023;1630;2000;81,5;;final;2024-06-30\n"
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
    bad=row("kita-quote;01;2023;1630;2000;725,0;;final;2024-06-30", "csv.out-of-range"),
    good=GOOD,
)

CODES = (
    RAGGED,
    NUMBER,
    DECIMAL_SIGN,
    FRACTION,
    SIGN,
    VALUE_BESIDE_SIGN,
    KEY,
    INDICATOR,
    PERIOD,
    STATUS,
    VINTAGE,
    DUPLICATE,
    RANGE,
)
