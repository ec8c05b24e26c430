"""What the sheet of notes tells an office that has never seen such a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.sheets import Form, Origin, Sheet
from sozplan.render.numbers import day
from sozplan.render.phrases import INTERNAL

TITLE = text(de="Hinweise", en="Notes")
CHOICES = text(de="Auswahl", en="Choices")

_WORK = (
    text(de="So füllen Sie die Tabelle aus", en="How to fill in the table"),
    text(
        de="Weiße Zellen dürfen Sie ändern. Graue Zellen sind Kennungen oder werden berechnet; was dort geändert wird, "
        "wird nicht übernommen.",
        en="You may change white cells. Grey cells are ids or computed; what is changed there is not taken over.",
    ),
    text(
        de="Eine geleerte Zelle heißt: Diese Angabe wird gestrichen. Spalten mit * müssen ausgefüllt sein.",
        en="An emptied cell means: this entry is deleted. Columns with * must be filled in.",
    ),
    text(
        de="Wo es eine Auswahl gibt, klicken Sie in die Zelle und dann auf den Pfeil. Sind mehrere Einträge möglich "
        "(Spalten mit „mehrere“ im Hinweis), schreiben Sie je Zeile der Zelle eine Kennung; eine neue Zeile in der "
        "Zelle beginnt mit Alt+Eingabe. Alle Kennungen stehen auf dem Blatt „Auswahl“.",
        en="Where there is a choice, click the cell and then the arrow. Where several entries are possible (the hint "
        "says “several”), write one id on each line of the cell; Alt+Enter begins a new line. All ids are on the sheet "
        "“Choices”.",
    ),
    text(
        de="Beträge sind Euro, mit Komma vor den Cent: 1.234,50. Tage schreiben Sie 31.12.2026, Zeiträume 2026, "
        "2026-06 oder 2025/26.",
        en="Sums are euro with a point before the cents: 1,234.50. Write days 2026-12-31, periods 2026, 2026-06 or "
        "2025/26.",
    ),
    text(
        de="Schreiben Sie keine Formeln in die Zellen, sondern ihr Ergebnis, und verbinden Sie keine Zellen.",
        en="Write no formulas into cells but their results, and merge no cells.",
    ),
)
_NEW = text(
    de="Neues tragen Sie in die freien Zeilen unter der Tabelle ein; die graue Kennung bleibt leer und wird vergeben.",
    en="Enter what is new in the free lines below the table; the grey id stays empty and will be given.",
)
_NO_NEW = text(
    de="Auf dem Blatt „{title}“ gibt es keine freien Zeilen: Neue Einträge legt die Planung an.",
    en="The sheet “{title}” has no free lines: new entries are made by the planners.",
)
_HANDLING = (
    text(
        de="Zeilen dürfen Sie sortieren, filtern und ausblenden. Das Blatt ist ohne Kennwort geschützt; zum Sortieren "
        "heben Sie den Schutz auf (Überprüfen → Blattschutz aufheben). Eine gelöschte Zeile löscht nichts in der "
        "Planung.",
        en="You may sort, filter and hide rows. The sheet is protected without a password; to sort, lift the "
        "protection (Review → Unprotect sheet). A deleted row deletes nothing in the planning.",
    ),
    text(
        de="Lassen Sie Überschriften, Blattnamen und das ausgeblendete Blatt „sozplan“, wie sie sind: Daran wird "
        "erkannt, was geändert wurde. Eigene Spalten rechts sind erlaubt und werden nicht übernommen.",
        en="Leave headings, names of sheets and the hidden sheet “sozplan” as they are: by them it is seen what was "
        "changed. Columns of your own on the right are allowed and not taken over.",
    ),
    text(
        de="Speichern Sie als Excel-Arbeitsmappe (.xlsx) und schicken Sie die Datei zurück. Hat inzwischen jemand "
        "dieselbe Angabe geändert, wird nichts überschrieben, sondern nachgefragt.",
        en="Save as an Excel workbook (.xlsx) and send the file back. If somebody has changed the same entry "
        "meanwhile, nothing is overwritten; you will be asked.",
    ),
)
_BALANCE = text(
    de="Rot umrandet gefüllte Ansätze: Ansatz und Finanzierung der Maßnahme in diesem Jahr sind nicht gleich.",
    en="Sums on red ground: what is planned and what finances the measure in that year are not equal.",
)


def paragraphs(sheets: Sequence[Sheet], origin: Origin, lang: Lang) -> Iterator[tuple[str, bool]]:
    """Each with whether it is a heading."""
    if origin.audience == "internal":
        yield INTERNAL.say(lang), True
    yield from ((each.say(lang), number == 0) for number, each in enumerate(_WORK))
    if any(sheet.spare for sheet in sheets):
        yield _NEW.say(lang), False
    for sheet in sheets:
        if not sheet.spare:
            yield _NO_NEW.say(lang).format(title=sheet.title), False
    if any(sheet.code == "budget" for sheet in sheets):
        yield _BALANCE.say(lang), False
    yield from ((each.say(lang), False) for each in _HANDLING)
    yield text(de="Stand dieser Tabelle", en="State of this table").say(lang), True
    yield _state(origin).say(lang), False


def _state(origin: Origin) -> Text:
    plans = ", ".join(origin.plans)
    commit = (origin.commit or "–")[:10]
    changed = (
        text(de=" mit ungesicherten Änderungen", en=" with changes not committed") if origin.modified else Text("", "")
    )
    return text(
        de=f"{origin.municipality}, Stand {day(origin.as_of, 'de')}, Fassung {commit}{changed.de}"
        f"{f', Pläne: {plans}' if plans else ''}.",
        en=f"{origin.municipality}, as of {day(origin.as_of, 'en')}, version {commit}{changed.en}"
        f"{f', plans: {plans}' if plans else ''}.",
    )


def hint(form: Form, lang: Lang) -> str | None:
    """What shows when somebody clicks a cell of such a column."""
    found = _HINTS.get(form)
    return found.say(lang) if found else None


_HINTS = {
    Form.REFERENCES: text(
        de="Mehrere Einträge möglich: je Zeile eine Kennung, neue Zeile mit Alt+Eingabe.",
        en="Several entries possible: one id a line, a new line by Alt+Enter.",
    ),
    Form.PERIOD: text(de="2026, 2026-06, 2026-Q2 oder 2025/26", en="2026, 2026-06, 2026-Q2 or 2025/26"),
}
