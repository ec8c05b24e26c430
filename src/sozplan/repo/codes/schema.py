"""YAML that is readable but not what a planning file may say."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

UNKNOWN_KEY = Code(
    id="yaml.unknown-key",
    severity=Severity.ERROR,
    message=text(
        de="„{key}“ gibt es hier nicht. {hint}",
        en="There is no “{key}” here. {hint}",
    ),
    title=text(de="Unbekannter Schlüssel", en="Unknown key"),
    why=text(
        de="Ein vertippter Schlüssel würde sonst übergangen, und die Angabe fehlte, ohne dass es jemand merkt.",
        en="A mistyped key would be passed over otherwise, and its value be missing without anybody noticing.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statment: Es fehlen Plätze.  # <- yaml.unknown-key\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n",
)

MISSING_KEY = Code(
    id="yaml.missing-key",
    severity=Severity.ERROR,
    message=text(
        de="Hier fehlt „{key}:“ – {label}: {description}",
        en="“{key}:” is missing here – {label}: {description}",
    ),
    title=text(de="Pflichtangabe fehlt", en="Required key missing"),
    why=text(
        de="Ohne diese Angabe lässt sich der Eintrag nicht auswerten.",
        en="Without it the entry can't be evaluated.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1  # <- yaml.missing-key\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n",
)

EMPTY = Code(
    id="yaml.no-value",
    severity=Severity.ERROR,
    message=text(
        de="Hinter „{key}:“ steht nichts. Tragen Sie den Wert ein oder löschen Sie die Zeile.",
        en="Nothing stands behind “{key}:”. Enter the value or delete the line.",
    ),
    title=text(de="Leerer Wert", en="No value"),
    why=text(
        de="Ein leerer Wert könnte „unbekannt“, „null“ oder „vergessen“ heißen.",
        en="An empty value might mean “unknown”, “zero” or “forgotten”.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement:  # <- yaml.no-value\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n",
)

NOT_TEXT = Code(
    id="yaml.not-text",
    severity=Severity.ERROR,
    message=text(
        de='„{key}“ ist ein Text, aber {raw} ist für YAML {found}. Schreiben Sie es in Anführungszeichen: "{quoted}"',
        en='“{key}” is a text, but to YAML {raw} is {found}. Put it in quotes: "{quoted}"',
    ),
    title=text(de="Zahl oder Wahrheitswert statt Text", en="Number or truth value instead of text"),
    why=text(
        de="Ohne Anführungszeichen wird aus 01 die Zahl 1: Gebietsschlüssel und Produktnummern verlieren ihre Nullen.",
        en="Without quotes 01 becomes the number 1: area keys and product numbers lose their zeros.",
    ),
    bad="# plans/retired.yaml\nretired:\n  - {id: hafen-m0, date: 2025-06-30, reason: 2025}  # <- yaml.not-text\n",
    good='# plans/retired.yaml\nretired:\n  - {id: hafen-m0, date: 2025-06-30, reason: "2025"}\n',
)

WRONG_SHAPE = Code(
    id="yaml.wrong-shape",
    severity=Severity.ERROR,
    message=text(
        de="Bei „{key}“ wird {expected} erwartet, hier steht {found}. {hint}",
        en="“{key}” takes {expected}, but here is {found}. {hint}",
    ),
    title=text(de="Andere Form erwartet", en="Another shape expected"),
    why=text(
        de="Liste, Abschnitt und einzelner Wert werden in YAML verschieden geschrieben.",
        en="List, section and single value are written differently in YAML.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds: Es fehlen Plätze.  # <- yaml.wrong-shape\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n",
)

NOT_A_TERM = Code(
    id="yaml.not-a-term",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ gibt es bei „{key}“ nicht. Möglich sind: {allowed}. {hint}",
        en="“{value}” is no value of “{key}”. Possible are: {allowed}. {hint}",
    ),
    title=text(de="Wert nicht vorgesehen", en="Value not provided for"),
    why=text(
        de="Auswertungen zählen nach festen Werten; ein eigener Wert fiele aus jeder Tabelle heraus.",
        en="Evaluations count by fixed values; one of your own would fall out of every table.",
    ),
    bad="# plans/areas/hafen.yaml\nstatus: beschlossen  # <- yaml.not-a-term\n",
    good="# plans/areas/hafen.yaml\nstatus: resolved\n",
)

NOT_AN_ID = Code(
    id="yaml.not-an-id",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ ist keine Kennung. Erlaubt sind Kleinbuchstaben a–z, Ziffern und Bindestrich, "
        "vorn ein Buchstabe, höchstens 64 Zeichen. {hint}",
        en="“{value}” is no id. Allowed are lower-case letters a–z, digits and hyphens, "
        "a letter first, 64 characters at most. {hint}",
    ),
    title=text(de="Keine Kennung", en="Not an id"),
    why=text(
        de="Kennungen werden zu Dateinamen und Sprungmarken; andere Zeichen vertragen nicht alle Systeme.",
        en="Ids become file names and anchors; not every system bears other characters.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds:\n  - id: Hafen N1  # <- yaml.not-an-id\n    statement: Es fehlen Plätze.\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n",
)

NOT_A_DATE = Code(
    id="yaml.not-a-date",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ ist kein Datum. Schreiben Sie Jahr-Monat-Tag, z. B. 2026-03-31. {hint}",
        en="“{value}” is no date. Write year-month-day, 2026-03-31 say. {hint}",
    ),
    title=text(de="Kein Datum", en="Not a date"),
    why=text(
        de="Nur diese Schreibweise ist eindeutig und sortierbar. Ein Tag, den es nicht gibt, verfälscht Fristen.",
        en="Only this form is unambiguous and sorts; days that don't exist falsify deadlines.",
    ),
    bad="# plans/areas/hafen.yaml\nperiod:\n  from: 31.12.2025  # <- yaml.not-a-date\n",
    good="# plans/areas/hafen.yaml\nperiod:\n  from: 2025-12-31\n",
)

NOT_A_PERIOD = Code(
    id="yaml.not-a-period",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ ist kein Zeitraum. Möglich sind 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 "
        "und 2023/24 (Schuljahr). {hint}",
        en="“{value}” is no period. Possible are 2023, 2023-H1, 2023-Q2, 2023-06, 2023-06-30 "
        "and 2023/24 (school year). {hint}",
    ),
    title=text(de="Kein Zeitraum", en="Not a period"),
    why=text(
        de="Nur gleichartige Zeiträume sind vergleichbar; deshalb muss jeder eindeutig geschrieben sein.",
        en="Only periods of one kind can be compared; so each must be written unambiguously.",
    ),
    bad="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n    evidence:\n"
    "      - {indicator: kita-quote, period: 2023/25}  # <- yaml.not-a-period\n",
    good="# plans/areas/hafen.yaml\nneeds:\n  - id: hafen-n1\n    statement: Es fehlen Plätze.\n    evidence:\n"
    "      - {indicator: kita-quote, period: 2023}\n",
)

NOT_A_NUMBER = Code(
    id="yaml.not-a-number",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ ist hier keine Zahl. Schreiben Sie sie ohne Anführungszeichen, ohne Tausenderzeichen "
        "und mit Punkt, z. B. 1234.5. {hint}",
        en="“{value}” is no number here. Write it without quotes, without thousands sign "
        "and with a point, 1234.5 say. {hint}",
    ),
    title=text(de="Keine Zahl", en="Not a number"),
    why=text(
        de="1.234 kann in Deutschland tausend und mehr, in YAML gut eins heißen; deshalb gilt nur eine Schreibweise.",
        en="1.234 may mean a thousand and more or a bit over one; so only one form holds.",
    ),
    bad="# plans/areas/hafen.yaml\nversion: zwei  # <- yaml.not-a-number\n",
    good="# plans/areas/hafen.yaml\nversion: 2\n",
)

OUT_OF_RANGE = Code(
    id="yaml.out-of-range",
    severity=Severity.ERROR,
    message=text(
        de="„{key}“ muss {bound} sein, hier steht {value}.",
        en="“{key}” must be {bound}, but here is {value}.",
    ),
    title=text(de="Außerhalb des Möglichen", en="Out of range"),
    why=text(
        de="Werte außerhalb dieser Grenzen sind immer ein Versehen.",
        en="Values beyond these bounds are always a slip.",
    ),
    bad="# plans/areas/hafen.yaml\nversion: 0  # <- yaml.out-of-range\n",
    good="# plans/areas/hafen.yaml\nversion: 1\n",
)

NOT_CENTS = Code(
    id="yaml.not-cents",
    severity=Severity.ERROR,
    message=text(
        de="{value} hat mehr als zwei Nachkommastellen. Beträge stehen in Euro und Cent. {hint}",
        en="{value} has more than two decimals. Amounts are in euro and cent. {hint}",
    ),
    title=text(de="Bruchteile von Cent", en="Fractions of a cent"),
    why=text(
        de="Der Finanzplan wird auf den Cent abgestimmt; Bruchteile davon lassen Summen auseinanderlaufen.",
        en="Money is reconciled to the cent; fractions of it make sums drift apart.",
    ),
    bad="# plans/calendar.yaml\nbudgets:\n"
    "  - {year: 2026, state: draft, social_budget: 100.555}  # <- yaml.not-cents\n",
    good="# plans/calendar.yaml\nbudgets:\n  - {year: 2026, state: draft, social_budget: 100.55}\n",
)

WRONG_FORM = Code(
    id="yaml.wrong-form",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ hat nicht die Form, die „{key}“ braucht: {description}",
        en="“{value}” has not the form that “{key}” needs: {description}",
    ),
    title=text(de="Falsche Schreibweise", en="Wrong form"),
    why=text(
        de="Farben, Prüfsummen, Adressen und Tage im Jahr haben eine feste Schreibweise.",
        en="Colours, checksums, addresses and days of the year have a fixed form.",
    ),
    bad="# sozplan.yaml\ndesign:\n  primary: blau  # <- yaml.wrong-form\n",
    good='# sozplan.yaml\ndesign:\n  primary: "#1f4e79"\n',
)

UNSAFE_PATH = Code(
    id="file.unsafe-path",
    severity=Severity.ERROR,
    message=text(
        de="„{value}“ ist kein Pfad in diesem Repository. {hint}",
        en="“{value}” is no path in this repository. {hint}",
    ),
    title=text(de="Pfad führt hinaus", en="Path leads outside"),
    why=text(
        de="Ein Pfad nach draußen gilt auf keinem anderen Rechner und könnte fremde Dateien offenlegen.",
        en="A path to the outside holds on no other machine and might lay open other files.",
    ),
    bad="# sozplan.yaml\ndesign:\n  logo: ../logo.svg  # <- file.unsafe-path\n",
    good="# sozplan.yaml\ndesign:\n  logo: templates/logo.svg\n  logo_alt: Ein Anker\n",
)

NO_SETTINGS = Code(
    id="file.no-settings",
    severity=Severity.ERROR,
    message=text(
        de="Es fehlt die Datei sozplan.yaml im Wurzelordner. Sie nennt die Kommune und ihre Gebietsebenen.",
        en="The file sozplan.yaml is missing in the root folder. It names the municipality and its levels.",
    ),
    title=text(de="Keine Einstellungen", en="No settings"),
    why=text(
        de="Ohne sie ist unbekannt, für wen geplant wird und welche Schwellen gelten.",
        en="Without it nobody knows who plans and which thresholds hold.",
    ),
    bad="# sozplan.yaml (deleted)  # <- file.no-settings\n",
    good="# sozplan.yaml\nversion: 1\n",
)

CODES = (
    NO_SETTINGS,
    UNKNOWN_KEY,
    MISSING_KEY,
    EMPTY,
    NOT_TEXT,
    WRONG_SHAPE,
    NOT_A_TERM,
    NOT_AN_ID,
    NOT_A_DATE,
    NOT_A_PERIOD,
    NOT_A_NUMBER,
    OUT_OF_RANGE,
    NOT_CENTS,
    WRONG_FORM,
    UNSAFE_PATH,
)
