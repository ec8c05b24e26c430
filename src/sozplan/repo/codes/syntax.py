"""Text that is no YAML at all: what the parser stumbles over, said for people who have never read about YAML."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

TAB = Code(
    id="yaml.tab",
    severity=Severity.ERROR,
    message=text(
        de="Die Zeile ist mit {character} eingerückt. Nehmen Sie gewöhnliche Leerzeichen, "
        "nie Tabulator oder geschütztes Leerzeichen.",
        en="The line is indented with {character}. Use ordinary spaces, never a tab or a no-break space.",
    ),
    title=text(de="Tabulator in der Einrückung", en="Tab in the indentation"),
    why=text(
        de="Ein Tabulator ist in jedem Editor anders breit; deshalb rückt YAML nur mit Leerzeichen ein.",
        en="A tab has another width in every editor; that is why YAML indents with spaces only.",
    ),
    bad="# plans/areas/hafen.yaml\nperiod:\n\tfrom: 2026-01-01  # <- yaml.tab\n",
    good="# plans/areas/hafen.yaml\nperiod:\n  from: 2026-01-01\n",
)

COLON_MISSING = Code(
    id="yaml.colon-missing",
    severity=Severity.ERROR,
    message=text(
        de="In der Zeile „{line}“ fehlt der Doppelpunkt mit Leerzeichen hinter dem Schlüssel (Schlüssel: Wert). "
        "Setzt sie den Text darüber fort, rücken Sie sie ein.",
        en="The line “{line}” lacks the colon and blank behind the key (key: value). "
        "If it continues the text above, indent it.",
    ),
    title=text(de="Doppelpunkt fehlt", en="Missing colon"),
    why=text(
        de="Erst der Doppelpunkt mit Leerzeichen trennt den Schlüssel vom Wert.",
        en="Only the colon with a blank behind it separates key and value.",
    ),
    bad="# plans/areas/hafen.yaml\nid: hafen-2026\ntitle Chancen für alle  # <- yaml.colon-missing\n",
    good="# plans/areas/hafen.yaml\nid: hafen-2026\ntitle: Chancen für alle\n",
)

COLON_IN_TEXT = Code(
    id="yaml.colon-in-text",
    severity=Severity.ERROR,
    message=text(
        de="Im Text steht ein Doppelpunkt mit Leerzeichen. Setzen Sie den ganzen Text in Anführungszeichen.",
        en="The text contains a colon with a blank. Put the whole text in quotes.",
    ),
    title=text(de="Doppelpunkt im Text", en="Colon in a text"),
    why=text(
        de="Ohne Anführungszeichen hielte YAML alles vor dem Doppelpunkt für einen Schlüssel.",
        en="Without quotes YAML would take everything before the colon for a key.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: Ziel: Chancen für alle  # <- yaml.colon-in-text\n",
    good='# plans/areas/hafen.yaml\ntitle: "Ziel: Chancen für alle"\n',
)

INDENTATION = Code(
    id="yaml.indentation",
    severity=Severity.ERROR,
    message=text(
        de="Die Zeile „{line}“ ist nicht so eingerückt wie die Zeilen, zu denen sie gehört. "
        "Was zusammengehört, beginnt in derselben Spalte; ein längerer Text mit Doppelpunkt braucht Anführungszeichen.",
        en="The line “{line}” is not indented like the lines it belongs to. "
        "What belongs together starts in the same column; a longer text with a colon needs quotes.",
    ),
    title=text(de="Falsche Einrückung", en="Wrong indentation"),
    why=text(
        de="Die Einrückung sagt in YAML, was wozu gehört. Ein Leerzeichen zu viel oder zu wenig ändert das.",
        en="In YAML the indentation says what belongs to what. One blank more or less changes that.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: Chancen\n  status: resolved  # <- yaml.indentation\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen\nstatus: resolved\n",
)

QUOTE_OPEN = Code(
    id="yaml.quote-open",
    severity=Severity.ERROR,
    message=text(
        de="Das Anführungszeichen {sign}, das hier beginnt, wird in der Zeile nicht geschlossen.",
        en="The quote {sign} that opens here is not closed in the line.",
    ),
    title=text(de="Anführungszeichen nicht geschlossen", en="Unclosed quote"),
    why=text(
        de="Ohne das zweite Zeichen gehört alles Folgende zum Text.",
        en="Without the second sign all that follows belongs to the text.",
    ),
    bad='# plans/areas/hafen.yaml\ntitle: "Chancen für alle  # <- yaml.quote-open\nstatus: resolved\n',
    good='# plans/areas/hafen.yaml\ntitle: "Chancen für alle"\nstatus: resolved\n',
)

TEXT_AFTER_END = Code(
    id="yaml.text-after-end",
    severity=Severity.ERROR,
    message=text(
        de="Hinter dem schließenden {sign} steht noch „{rest}“. Setzen Sie den ganzen Wert in Anführungszeichen; "
        "ein Anführungszeichen darin schreiben Sie doppelt ('') oder als „…“.",
        en="Behind the closing {sign} there still stands “{rest}”. Put the whole value in quotes; "
        "double a quote inside ('') or write “…”.",
    ),
    title=text(de="Text hinter dem Ende des Werts", en="Text behind the end of the value"),
    why=text(
        de="Mit dem schließenden Zeichen endet der Wert. Was danach kommt, gehört zu nichts.",
        en="The closing sign ends the value. What comes after it belongs to nothing.",
    ),
    bad='# plans/areas/hafen.yaml\ntitle: "Chancen" für alle  # <- yaml.text-after-end\n',
    good="# plans/areas/hafen.yaml\ntitle: '\"Chancen\" für alle'\n",
)

ESCAPE = Code(
    id="yaml.escape",
    severity=Severity.ERROR,
    message=text(
        de="„{escape}“ ist zwischen doppelten Anführungszeichen kein gültiges Zeichen. "
        "Nehmen Sie einfache Anführungszeichen (') oder schreiben Sie \\\\.",
        en="“{escape}” is no valid character between double quotes. Use single quotes (') or write \\\\.",
    ),
    title=text(de="Rückstrich im Text", en="Backslash in a text"),
    why=text(
        de="Zwischen doppelten Anführungszeichen leitet der Rückstrich ein Sonderzeichen ein.",
        en="Between double quotes the backslash starts a special character.",
    ),
    bad='# plans/areas/hafen.yaml\ntitle: "S:\\planung"  # <- yaml.escape\n',
    good="# plans/areas/hafen.yaml\ntitle: 'S:\\planung'\n",
)

BRACKET_OPEN = Code(
    id="yaml.bracket-open",
    severity=Severity.ERROR,
    message=text(
        de="Die Klammer {sign}, die hier beginnt, wird nicht geschlossen: Es fehlt die schließende Klammer oder davor "
        "ein Anführungszeichen. Soll {sign} zum Text gehören, setzen Sie ihn in Anführungszeichen.",
        en="The bracket {sign} that opens here is not closed: the closing one is missing, or a quotation mark before "
        "it. If {sign} belongs to the text, put the text in quotes.",
    ),
    title=text(de="Klammer nicht geschlossen", en="Unclosed bracket"),
    why=text(
        de="Eckige Klammern fassen eine Liste, geschweifte Klammern Angaben mit Schlüsseln.",
        en="Square brackets hold a list, curly brackets values with keys.",
    ),
    bad="# plans/areas/hafen.yaml\n"
    "profile_indicators: [kita-quote, kinderarmut  # <- yaml.bracket-open\nstatus: resolved\n",
    good="# plans/areas/hafen.yaml\nprofile_indicators: [kita-quote, kinderarmut]\nstatus: resolved\n",
)

COMMA = Code(
    id="yaml.comma",
    severity=Severity.ERROR,
    message=text(
        de="Zwischen den Klammern fehlt hier ein Komma oder ein Wert.",
        en="A comma or a value is missing here between the brackets.",
    ),
    title=text(de="Komma oder Wert fehlt", en="Missing comma or value"),
    why=text(
        de="Zwischen Klammern trennt genau ein Komma die Angaben.",
        en="Between brackets exactly one comma separates the values.",
    ),
    bad="# plans/areas/hafen.yaml\nperiod: {from: 2026-01-01 to: 2029-12-31}  # <- yaml.comma\n",
    good="# plans/areas/hafen.yaml\nperiod: {from: 2026-01-01, to: 2029-12-31}\n",
)

RESERVED_CHARACTER = Code(
    id="yaml.reserved-character",
    severity=Severity.ERROR,
    message=text(
        de="Ein Wert ohne Anführungszeichen darf nicht mit {character} beginnen. Setzen Sie ihn in Anführungszeichen.",
        en="A value without quotes must not start with {character}. Put it in quotes.",
    ),
    title=text(de="Zeichen mit eigener Bedeutung am Anfang", en="Character with a meaning of its own at the start"),
    why=text(
        de="Die Zeichen @ ` % ? , ] und } haben am Anfang eines Werts in YAML eine eigene Bedeutung.",
        en="At the start of a value the characters @ ` % ? , ] and } mean something of their own in YAML.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: @alle Chancen  # <- yaml.reserved-character\n",
    good='# plans/areas/hafen.yaml\ntitle: "@alle Chancen"\n',
)

DASH = Code(
    id="yaml.dash",
    severity=Severity.ERROR,
    message=text(
        de="Ein Listenpunkt steht in einer eigenen Zeile und hat ein Leerzeichen hinter dem Strich („- Wert“). "
        "Soll der Strich zum Text gehören, setzen Sie ihn in Anführungszeichen.",
        en="A list item stands in a line of its own and has a blank behind the dash (“- value”). "
        "If the dash belongs to the text, put the text in quotes.",
    ),
    title=text(de="Strich am falschen Platz", en="Dash in the wrong place"),
    why=text(
        de="Am Strich mit Leerzeichen am Zeilenanfang erkennt YAML eine Liste.",
        en="By the dash with a blank at the start of a line YAML recognises a list.",
    ),
    bad="# plans/areas/hafen.yaml\nprofile_indicators: - kita-quote  # <- yaml.dash\n",
    good="# plans/areas/hafen.yaml\nprofile_indicators:\n  - kita-quote\n",
)

BLOCK_TEXT = Code(
    id="yaml.block-text",
    severity=Severity.ERROR,
    message=text(
        de="Hinter | oder > beginnt der Text erst in der nächsten Zeile, eingerückt.",
        en="Behind | or > the text starts in the next line only, indented.",
    ),
    title=text(de="Text neben | oder >", en="Text beside | or >"),
    why=text(
        de="| und > kündigen einen mehrzeiligen Text an, der darunter eingerückt steht.",
        en="| and > announce a text of several lines that stands indented below.",
    ),
    bad="# plans/areas/hafen.yaml\ntitle: > Chancen für alle  # <- yaml.block-text\n",
    good="# plans/areas/hafen.yaml\ntitle: >\n  Chancen für alle\n",
)

SYNTAX = Code(
    id="yaml.syntax",
    severity=Severity.ERROR,
    message=text(
        de="Ab hier ist die Datei nicht zu lesen. Prüfen Sie diese und die vorige Zeile auf Einrückung, "
        "Doppelpunkte, Klammern und Anführungszeichen.",
        en="From here on the file cannot be read. Look at indentation, colons, brackets and quotes "
        "in this line and the one before.",
    ),
    title=text(de="Nicht lesbare Stelle", en="Unreadable place"),
    why=text(
        de="Die Stelle folgt keiner Regel von YAML, mehr lässt sich über sie nicht sagen.",
        en="The place follows no rule of YAML; nothing more can be said about it.",
    ),
    bad="# plans/areas/hafen.yaml\n: Chancen  # <- yaml.syntax\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen\n",
)

CODES = (
    TAB,
    COLON_MISSING,
    COLON_IN_TEXT,
    INDENTATION,
    QUOTE_OPEN,
    TEXT_AFTER_END,
    ESCAPE,
    BRACKET_OPEN,
    COMMA,
    RESERVED_CHARACTER,
    DASH,
    BLOCK_TEXT,
    SYNTAX,
)
