"""What can be wrong with a file before anybody reads its YAML."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

NOT_UTF8 = Code(
    id="file.not-utf8",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei ist nicht als UTF-8 gespeichert ({guess}; Byte {byte} an Stelle {offset}). "
        "Speichern Sie sie im Editor mit der Kodierung UTF-8 neu.",
        en="The file is not saved as UTF-8 ({guess}; byte {byte} at offset {offset}). "
        "Save it anew in the editor with the encoding UTF-8.",
    ),
    title=text(de="Datei nicht in UTF-8", en="File not in UTF-8"),
    why=text(
        de="In anderen Kodierungen wird aus „ü“ auf dem nächsten Rechner ein anderes Zeichen. "
        "Im Editor „Speichern unter“ mit der Kodierung UTF-8 wählen.",
        en="In other encodings “ü” becomes another character on the next machine. "
        "Choose “Save as” with the encoding UTF-8 in the editor.",
    ),
    bad="# plans/areas/hafen.yaml (windows-1252)\nid: hafen-2026\ntitle: Chancen für alle  # <- file.not-utf8\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

CONTROL_CHARACTER = Code(
    id="file.control-character",
    severity=Severity.ERROR,
    message=text(
        de="Hier steht das unsichtbare Steuerzeichen {character}. Löschen Sie es.",
        en="The invisible control character {character} stands here. Delete it.",
    ),
    title=text(de="Steuerzeichen", en="Control character"),
    why=text(
        de="Steuerzeichen geraten beim Kopieren aus anderen Programmen in den Text. "
        "Man sieht sie nicht, und jedes Programm liest sie anders.",
        en="Control characters get into a text when it is copied from other programs. "
        "Nobody sees them, and every program reads them differently.",
    ),
    bad="# plans/areas/hafen.yaml (bytes)\ntitle: Chancen\\x07 für alle  # <- file.control-character\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

TOO_LARGE = Code(
    id="file.too-large",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei ist {size} Bytes groß, gelesen werden höchstens {limit}. Teilen Sie sie auf.",
        en="The file is {size} bytes long, at most {limit} are read. Split it.",
    ),
    title=text(de="Datei zu groß", en="File too large"),
    why=text(
        de="Eine so große Planungsdatei ist fast immer eine versehentlich abgelegte. Sie würde jede Prüfung aufhalten.",
        en="A planning file of that size is nearly always there by mistake. It would hold up every check.",
    ),
    bad="# plans/areas/alle.yaml (3 MB)  # <- file.too-large\nid: alle\n",
    good="# plans/areas/hafen.yaml\ntitle: Sozialraumgebietsplan Hafen\n",
)

CONFLICT_MARKER = Code(
    id="file.conflict-marker",
    severity=Severity.ERROR,
    message=text(
        de="Hier beginnt ein ungelöster Git-Konflikt („{marker}“). "
        "Behalten Sie eine der beiden Fassungen und löschen Sie die Zeilen mit <<<<<<<, ======= und >>>>>>>.",
        en="An unresolved git conflict starts here (“{marker}”). "
        "Keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ),
    title=text(de="Ungelöster Konflikt", en="Unresolved conflict"),
    why=text(
        de="Zwei Personen haben dieselbe Stelle geändert. Welche Fassung gilt, kann kein Programm entscheiden.",
        en="Two people changed the same place. No program can decide which version holds.",
    ),
    bad="# plans/calendar.yaml (whole)\n"
    "<<<<<<< HEAD  # <- file.conflict-marker\n"
    "budgets: [{year: 2026, state: adopted}]\n"
    "=======\n"
    "budgets: [{year: 2026, state: provisional}]\n"
    ">>>>>>> entwurf\n",
    good="# plans/calendar.yaml (whole)\nbudgets: [{year: 2026, state: adopted}]\n",
)

LFS_POINTER = Code(
    id="file.lfs-pointer",
    severity=Severity.ERROR,
    message=text(
        de="Statt des Inhalts liegt hier nur ein Verweis von Git LFS. Holen Sie den Inhalt mit „git lfs pull“.",
        en="Only a Git LFS pointer lies here instead of the content. Fetch the content with “git lfs pull”.",
    ),
    title=text(de="Git-LFS-Verweis statt Inhalt", en="Git LFS pointer instead of content"),
    why=text(
        de="Git LFS lagert große Dateien aus. Ohne Herunterladen fehlt der Inhalt, die Prüfung wäre ohne Aussage.",
        en="Git LFS keeps large files elsewhere. Without the download the content is missing and a check says nothing.",
    ),
    bad="# plans/areas/hafen.yaml (whole)\n"
    "version https://git-lfs.github.com/spec/v1  # <- file.lfs-pointer\n"
    "size 12345\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

NOT_YAML = Code(
    id="file.not-yaml",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei ist nicht, was ihr Name sagt, sondern {what}.",
        en="The file is not what its name says but {what}.",
    ),
    title=text(de="Datei von anderer Art", en="File of another kind"),
    why=text(
        de="Die Endung allein macht keine Planungsdatei. Meist wurde eine Fehlerseite gespeichert "
        "oder eine Excel-, Word- oder PDF-Datei umbenannt.",
        en="The ending alone makes no planning file. Usually an error page was saved "
        "or an Excel, Word or PDF file renamed.",
    ),
    bad="# plans/areas/hafen.yaml (whole)\n<html><title>404 Not Found</title></html>  # <- file.not-yaml\n",
    good="# plans/areas/hafen.yaml\ntitle: Chancen für alle\n",
)

SYMLINK = Code(
    id="file.symlink",
    severity=Severity.ERROR,
    message=text(
        de="Die Verknüpfung „{link}“ zeigt auf „{target}“: {reason}. Sie wird nicht gelesen; "
        "legen Sie die Datei selbst hier ab.",
        en="The symbolic link “{link}” points to “{target}”: {reason}. It is not read; put the file itself here.",
    ),
    title=text(de="Verknüpfung aus dem Planungsordner hinaus", en="Link out of the planning folder"),
    why=text(
        de="Was außerhalb des Ordners liegt, ist auf jedem Rechner etwas anderes und gehört nicht zur Planung.",
        en="What lies outside the folder differs from machine to machine and is no part of the planning.",
    ),
    bad="# plans/areas/hafen.yaml -> /etc/hosts  # <- file.symlink\n",
    good="# plans/areas/hafen.yaml\ntitle: Sozialraumgebietsplan Hafen\n",
)

NOT_REGULAR = Code(
    id="file.not-regular",
    severity=Severity.ERROR,
    message=text(
        de="„{name}“ ist keine gewöhnliche Datei, sondern {what}, und wird nicht gelesen.",
        en="“{name}” is not a regular file but {what}, and is not read.",
    ),
    title=text(de="Keine gewöhnliche Datei", en="Not a regular file"),
    why=text(
        de="Aus Ordnern, Geräten und Warteschlangen lässt sich keine Planung lesen; manche hielten das Programm an.",
        en="No planning can be read from folders, devices and pipes; some would halt the program.",
    ),
    bad="# plans/areas/nord.yaml/  # <- file.not-regular\n# plans/areas/west.yaml (FIFO)  # <- file.not-regular\n",
    good="# plans/areas/hafen.yaml\ntitle: Sozialraumgebietsplan Hafen\n",
)

UNREADABLE = Code(
    id="file.unreadable",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei lässt sich nicht lesen: {reason}.",
        en="The file cannot be read: {reason}.",
    ),
    title=text(de="Datei nicht lesbar", en="File not readable"),
    why=text(
        de="Das liegt am Rechner, nicht am Inhalt: Rechte, Datenträger oder Netzlaufwerk prüfen.",
        en="This is the machine's fault, not the content's: look at permissions, disk or network drive.",
    ),
    bad="# plans/retired.yaml (vanished)  # <- file.unreadable\nretired: []\n",
    good="# plans/retired.yaml\nretired: []\n",
    environment=True,
)

NAME_NOT_PORTABLE = Code(
    id="file.name-not-portable",
    severity=Severity.ERROR,
    message=text(
        de="Den Namen „{name}“ gibt es nicht auf jedem Rechner: {reason}. Benennen Sie die Datei um.",
        en="The name “{name}” cannot exist on every machine: {reason}. Rename the file.",
    ),
    title=text(de="Dateiname nicht überall möglich", en="File name not possible everywhere"),
    why=text(
        de="Unter Windows oder macOS ließe sich das Repository mit diesem Namen nicht auschecken.",
        en="With this name the repository could not be checked out on Windows or macOS.",
    ),
    bad="# handbook/rules/aux.yaml  # <- file.name-not-portable\nrules: []\n",
    good="# handbook/rules/aussicht.yaml\nrules: []\n",
)

NAME_COLLISION = Code(
    id="file.name-collision",
    severity=Severity.ERROR,
    message=text(
        de="„{name}“ und „{other}“ sind auf vielen Rechnern derselbe Name. Benennen Sie eine der Dateien um.",
        en="“{name}” and “{other}” are the same name on many machines. Rename one of the files.",
    ),
    title=text(de="Zwei Dateien mit fast gleichem Namen", en="Two files with nearly the same name"),
    why=text(
        de="Windows und macOS unterscheiden weder Groß- und Kleinschreibung noch die Schreibweisen eines Umlauts. "
        "Dort überschriebe eine Datei die andere.",
        en="Windows and macOS tell apart neither upper and lower case nor the two spellings of an umlaut. "
        "There one file would overwrite the other.",
    ),
    bad="# handbook/rules/Fristen.yaml\nrules: []\n"
    "# handbook/rules/fristen.yaml  # <- file.name-collision\nrules: []\n",
    good="# handbook/rules/fristen.yaml\nrules: []\n# handbook/rules/fristen-2.yaml\nrules: []\n",
)

NOT_READ = Code(
    id="file.not-read",
    severity=Severity.WARNING,
    message=text(
        de="„{name}“ wird nicht gelesen: {reason}.",
        en="“{name}” is not read: {reason}.",
    ),
    title=text(de="Datei wird nicht gelesen", en="File is not read"),
    why=text(
        de="Wer eine Datei in den Planungsordner legt, erwartet, dass sie gilt. "
        "Eine falsche Endung oder ein falscher Ordner soll nicht stillschweigend Planung verschwinden lassen.",
        en="Whoever puts a file into the planning folder expects it to count. "
        "A wrong ending or folder must not make planning disappear in silence.",
    ),
    bad="# handbook/rules/fristen.yaml.txt  # <- file.not-read\nrules: []\n",
    good="# handbook/rules/fristen.yaml\nrules: []\n",
)

TOO_MANY = Code(
    id="file.too-many",
    severity=Severity.ERROR,
    message=text(
        de="Der Planungsordner enthält mehr als {limit} Dateien; die übrigen werden nicht gelesen.",
        en="The planning folder holds more than {limit} files; the others are not read.",
    ),
    title=text(de="Zu viele Dateien", en="Too many files"),
    why=text(
        de="So viele Dateien liegen dort meist aus Versehen, etwa aus einem entpackten Archiv.",
        en="So many files are usually there by mistake, from an unpacked archive for instance.",
    ),
    bad="# plans/  # <- file.too-many\n# handbook/rules/regel.yaml × 140000\nrules: []\n",
    good="# handbook/rules/regel.yaml × 40000\nrules: []\n",
)

FOLDERS_TOO_DEEP = Code(
    id="file.folders-too-deep",
    severity=Severity.ERROR,
    message=text(
        de="Hier liegen mehr als {limit} Ordner ineinander; was tiefer liegt, wird nicht gelesen.",
        en="More than {limit} folders lie inside one another here; what lies deeper is not read.",
    ),
    title=text(de="Ordner zu tief verschachtelt", en="Folders nested too deeply"),
    why=text(
        de="Unter Windows lassen sich so lange Pfade nicht anlegen, und niemand findet sich darin zurecht.",
        en="Windows cannot create paths of that length, and nobody finds the way in them.",
    ),
    bad="# plans/documents/«a/×30»a/  # <- file.folders-too-deep\n# plans/documents/«a/×40»hafen.md\nText\n",
    good="# plans/documents/«a/×4»hafen.md\nText\n",
)

CODES = (
    NOT_UTF8,
    CONTROL_CHARACTER,
    TOO_LARGE,
    CONFLICT_MARKER,
    LFS_POINTER,
    NOT_YAML,
    SYMLINK,
    NOT_REGULAR,
    UNREADABLE,
    NAME_NOT_PORTABLE,
    NAME_COLLISION,
    NOT_READ,
    TOO_MANY,
    FOLDERS_TOO_DEEP,
)
