"""YAML that can be parsed, but that sozplan does not take: it would mean something else than it seems to."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

EMPTY = Code(
    id="yaml.empty",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei ist leer. Füllen oder löschen Sie sie.",
        en="The file is empty. Fill it or delete it.",
    ),
    title=text(de="Leere Datei", en="Empty file"),
    why=text(
        de="Eine leere Planungsdatei ist meist ein abgebrochener Speichervorgang.",
        en="An empty planning file is usually the trace of an interrupted save.",
    ),
    bad="# plans/calendar.yaml (whole)  # <- yaml.empty\n",
    good="# plans/calendar.yaml (whole)\nappointments: []\n",
)

NOT_A_MAPPING = Code(
    id="yaml.not-a-mapping",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei muss aus Zeilen der Form „Schlüssel: Wert“ bestehen, sie beginnt aber mit {what}.",
        en="The file must consist of lines “key: value”, but it starts with {what}.",
    ),
    title=text(de="Datei ohne Schlüssel", en="File without keys"),
    why=text(
        de="Ohne Schlüssel ist nicht zu erkennen, was die Angaben bedeuten. "
        "Eine Liste gehört unter einen Schlüssel wie „goals:“.",
        en="Without keys nobody can tell what the values mean. A list belongs under a key such as “goals:”.",
    ),
    bad="# handbook/rules/neu.yaml\n- id: regel-1  # <- yaml.not-a-mapping\n",
    good="# handbook/rules/neu.yaml\nrules: []\n",
)

SECOND_DOCUMENT = Code(
    id="yaml.second-document",
    severity=Severity.ERROR,
    message=text(
        de="Hier beginnt ein zweites Dokument in derselben Datei. Löschen Sie die Zeile mit „---“ oder „...“ "
        "oder legen Sie den Rest in eine eigene Datei.",
        en="A second document starts here in the same file. Delete the line with “---” or “...” "
        "or put the rest into a file of its own.",
    ),
    title=text(de="Zweites Dokument in der Datei", en="Second document in the file"),
    why=text(
        de="Programme lesen oft nur das erste Dokument; der Rest der Planung fiele stillschweigend weg.",
        en="Programs often read the first document only; the rest of the planning would be lost in silence.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n---  # <- yaml.second-document\ntitle: Gesund aufwachsen\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

DIRECTIVE = Code(
    id="yaml.directive",
    severity=Severity.ERROR,
    message=text(
        de="Die Zeile „{line}“ stellt YAML auf andere Regeln um. Löschen Sie sie.",
        en="The line “{line}” switches YAML to other rules. Delete it.",
    ),
    title=text(de="Anweisung an YAML", en="YAML directive"),
    why=text(
        de="Nach den Regeln von YAML 1.1 würde aus „no“ ein Nein und aus „12:30“ die Zahl 750. "
        "Nur „%YAML 1.2“ ist erlaubt.",
        en="By the rules of YAML 1.1 “no” becomes false and “12:30” the number 750. Only “%YAML 1.2” is accepted.",
    ),
    bad="# handbook/rules/neu.yaml\n%YAML 1.1  # <- yaml.directive\n---\nrules: []\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

TAG = Code(
    id="yaml.tag",
    severity=Severity.ERROR,
    message=text(
        de="Der Wert beginnt mit „{tag}“: Ein Ausrufezeichen am Anfang bestimmt in YAML den Typ und ist hier "
        "nicht erlaubt. Löschen Sie es, oder setzen Sie den ganzen Text in Anführungszeichen.",
        en="The value starts with “{tag}”: an exclamation mark at the start sets a type in YAML and is not allowed "
        "here. Delete it or put the whole text in quotes.",
    ),
    title=text(de="Typangabe mit „!“", en="Type tag with “!”"),
    why=text(
        de="Mit Typangaben lässt sich in manchen Programmen fremder Code starten; für die Planung braucht sie niemand.",
        en="In some programs type tags can start foreign code; nobody needs them for planning.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: !wichtig Chancen für alle  # <- yaml.tag\n",
    good='# plans/areas/hafen.yaml\ntitle: "!wichtig Chancen für alle"\n',
)

ALIAS = Code(
    id="yaml.alias",
    severity=Severity.ERROR,
    message=text(
        de="„{sign}“ am Anfang eines Werts ist in YAML ein Verweis und hier nicht erlaubt. "
        "Schreiben Sie den Wert aus; soll das Zeichen zum Text gehören, setzen Sie ihn in Anführungszeichen.",
        en="“{sign}” at the start of a value is a reference in YAML and not allowed here. "
        "Write the value out; if the character belongs to the text, put the text in quotes.",
    ),
    title=text(de="Verweis mit „&“ oder „*“", en="Reference with “&” or “*”"),
    why=text(
        de="Über Verweise ändert eine Zeile ungesehen viele andere, und wenige Zeilen können den Rechner füllen. "
        "Zusammenhänge drücken die Ids aus.",
        en="Through references one line changes many others unseen, and a few lines can fill the machine. "
        "Connections are what ids are for.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: *wichtig*  # <- yaml.alias\n",
    good='# plans/areas/hafen.yaml\ntitle: "*wichtig*"\n',
)

DUPLICATE_KEY = Code(
    id="yaml.duplicate-key",
    severity=Severity.ERROR,
    message=text(
        de="Der Schlüssel „{key}“ steht schon in Zeile {first}. Behalten Sie einen von beiden; "
        "soll ein neuer Eintrag der Liste beginnen, fehlt vor seiner ersten Zeile „- “.",
        en="The key “{key}” stands already in line {first}. Keep one of the two; "
        "if a new entry of the list is to begin, “- ” is missing before its first line.",
    ),
    title=text(de="Doppelter Schlüssel", en="Duplicate key"),
    why=text(
        de="Welcher der beiden Werte gilt, wäre Zufall.",
        en="Which of the two values holds would be chance.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: Chancen für alle\ntitle: Gleiche Chancen  # <- yaml.duplicate-key\n",
    good="# plans/areas/hafen.yaml\ntitle: Gleiche Chancen\n",
)

KEY_NOT_TEXT = Code(
    id="yaml.key-not-text",
    severity=Severity.ERROR,
    message=text(
        de="Der Schlüssel „{key}“ ist kein Text. Setzen Sie ihn in Anführungszeichen, wenn er so heißen soll.",
        en="The key “{key}” is not text. Put it in quotes if that is its name.",
    ),
    title=text(de="Schlüssel ist kein Text", en="Key is not text"),
    why=text(
        de="YAML läse Zahlen, true, null und Listen als Schlüssel anderer Art: aus 08 würde 8.",
        en="YAML would read numbers, true, null and lists as keys of another kind: 08 would become 8.",
    ),
    bad="# plans/areas/hafen.yaml\n2026: Auftakt  # <- yaml.key-not-text\n",
    good='# plans/areas/hafen.yaml\ntitle: "2026"\n',
)

RESERVED_KEY = Code(
    id="yaml.reserved-key",
    severity=Severity.ERROR,
    message=text(
        de="Den Schlüssel „{key}“ gibt es nicht. Löschen Sie ihn.",
        en="There is no key “{key}”. Delete it.",
    ),
    title=text(de="Unmöglicher Schlüssel", en="Impossible key"),
    why=text(
        de="Mit „<<“ mischt YAML fremde Angaben ein, „@“ hält es frei; Planungsdateien kennen beide nicht.",
        en="With “<<” YAML merges in other values, “@” is reserved in YAML; planning files know neither.",
    ),
    bad='# plans/areas/hafen.yaml\n"@": Chancen für alle  # <- yaml.reserved-key\n',
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

TOO_DEEP = Code(
    id="yaml.too-deep",
    severity=Severity.ERROR,
    message=text(
        de="Hier sind mehr als {limit} Ebenen ineinander verschachtelt.",
        en="More than {limit} levels are nested here.",
    ),
    title=text(de="Zu tief verschachtelt", en="Nested too deeply"),
    why=text(
        de="Keine Planung braucht so viele Ebenen; meist fehlt eine schließende Klammer.",
        en="No planning needs so many levels; usually a closing bracket is missing.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: " + "[" * 70 + "  # <- yaml.too-deep\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

NUMBER = Code(
    id="yaml.number",
    severity=Severity.ERROR,
    message=text(
        de="„{number}“ ist keine brauchbare Zahl. Schreiben Sie sie aus, oder setzen Sie einen Text in "
        "Anführungszeichen; fehlt der Wert, lassen Sie den Schlüssel weg.",
        en="“{number}” is no usable number. Write it out, or put a text in quotes; "
        "if the value is missing, leave out the key.",
    ),
    title=text(de="Unbrauchbare Zahl", en="Unusable number"),
    why=text(
        de="Mit „.nan“ und „.inf“ lässt sich nicht rechnen, und eine Zahl mit mehr als 40 Stellen ist ein Versehen.",
        en="Nothing can be computed with “.nan” and “.inf”, and a number of more than 40 digits is a mistake.",
    ),
    bad="# plans/areas/hafen.yaml\nversion: .nan  # <- yaml.number\n",
    good="# plans/areas/hafen.yaml\nversion: 2\n",
)

SCALAR_TOO_LONG = Code(
    id="yaml.scalar-too-long",
    severity=Severity.ERROR,
    message=text(
        de="Der Text, der hier beginnt, hat {length} Zeichen, erlaubt sind {limit}.",
        en="The text that starts here has {length} characters, {limit} are allowed.",
    ),
    title=text(de="Text zu lang", en="Text too long"),
    why=text(
        de="Ein so langer Text gehört als Dokument in plans/documents/ und nicht in eine Planungsdatei.",
        en="A text of that length belongs into plans/documents/ as a document, not into a planning file.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: «x×300000»  # <- yaml.scalar-too-long\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

INVISIBLE_CHARACTER = Code(
    id="yaml.invisible-character",
    severity=Severity.ERROR,
    message=text(
        de="In „{word}“ steckt das unsichtbare Zeichen {character}. Schreiben Sie die Stelle neu.",
        en="“{word}” contains the invisible character {character}. Type it anew.",
    ),
    title=text(de="Unsichtbares Zeichen", en="Invisible character"),
    why=text(
        de="Zwei Namen sähen gleich aus und wären verschieden, oder ein Satz stünde anders auf dem Bildschirm als "
        "in der Datei. Solche Zeichen kommen beim Kopieren aus Word, PDF oder dem Browser mit.",
        en="Two names would look alike and differ, or a sentence would read differently on the screen than in the "
        "file. Such characters come along when one copies from Word, PDF or the browser.",
    ),
    bad='# plans/areas/hafen.yaml\nid: "hafen-2026\\u200b"  # <- yaml.invisible-character\n',
    good="# plans/areas/hafen.yaml\nid: hafen-2026\n",
)

TOO_MANY_FAULTS = Code(
    id="yaml.too-many-faults",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei hat schon bis hier {limit} Fehler; der Rest wurde nicht gelesen.",
        en="Up to here the file has {limit} faults already; the rest was not read.",
    ),
    title=text(de="Zu viele Fehler in einer Datei", en="Too many faults in one file"),
    why=text(
        de="So viele Fehler haben meist eine Ursache am Anfang der Datei.",
        en="So many faults usually have one cause at the start of the file.",
    ),
    bad="# handbook/rules/neu.yaml\nrules:\n«  - .nan\\n×99»  - .nan  # <- yaml.too-many-faults\n  - .nan\n",
    good="# handbook/rules/neu.yaml\nrules: []\n",
)

CODES = (
    EMPTY,
    NOT_A_MAPPING,
    SECOND_DOCUMENT,
    DIRECTIVE,
    TAG,
    ALIAS,
    DUPLICATE_KEY,
    KEY_NOT_TEXT,
    RESERVED_KEY,
    TOO_DEEP,
    NUMBER,
    SCALAR_TOO_LONG,
    INVISIBLE_CHARACTER,
    TOO_MANY_FAULTS,
)
