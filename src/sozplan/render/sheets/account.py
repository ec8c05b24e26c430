"""What is said of a workbook that came back: cell by cell what is wrong, what collides, and what isn't taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.sheets import Change, Comparison, Returned
from sozplan.render.findings import one_line
from sozplan.render.numbers import money
from sozplan.render.phrases import brief
from sozplan.render.sheets.book import shown

Told = tuple[str, Text]
FAULT = text(de="Fehler", en="error")
CONFLICT = text(de="Konflikt", en="conflict")
NOTE = text(de="Hinweis", en="note")
_SHOWN = 200


def as_text(told: Sequence[Told], word: Text, lang: Lang) -> str:
    """A line each, like the findings of `check`."""
    lines = [f"{place}: {word.say(lang)} {one_line(said.say(lang))}\n" for place, said in told[:_SHOWN]]
    if (left := len(told) - _SHOWN) > 0:
        lines.append(f"{text(de=f'… und {left} weitere', en=f'… and {left} more').say(lang)}\n")
    return "".join(lines)


def conflicts(came: Returned, found: Comparison) -> Iterator[Told]:
    """Cells that the planning has changed as well, and cells of what it hasn't any more."""
    for change in found.conflicts:
        wanted, now, before = (_said(came, change, each) for each in (change.wanted, change.now, change.before))
        yield (
            came.place(change.key, change.column),
            text(
                de=f"In der Tabelle steht {wanted.de}, in der Planung inzwischen {now.de}; vorher: {before.de}. "
                "Klären Sie, was gilt.",
                en=f"The table says {wanted.en}, the planning meanwhile {now.en}; before: {before.en}. Find out which "
                "one holds.",
            ),
        )
    for key in dict.fromkeys(change.key for change in found.gone):
        yield (
            came.place(key),
            text(
                de=f"„{key}“ wurde hier geändert, ist in der Planung aber nicht mehr zu finden: gelöscht, umbenannt, "
                "oder die Datei ist fehlerhaft („sozplan check“).",
                en=f"“{key}” was changed here but isn't found in the planning any more: deleted, renamed, or the file "
                "is faulty (“sozplan check”).",
            ),
        )


def _said(came: Returned, change: Change, value: str) -> Text:
    if not value:
        return text(de="nichts", en="nothing")
    column = came.sheet.column(change.column)
    said = brief(", ".join(shown(column, value).split("\n")) if column.choices else value)
    return text(de=f"„{said}“", en=f"“{said}”")


def missing(came: Returned) -> Iterator[Told]:
    """Deleted lines, which delete nothing."""
    if came.missing:
        count = len(came.missing)
        listed = ", ".join(came.missing[:5]) + (" …" if count > 5 else "")
        yield (
            f"{came.file}:{came.sheet.title}",
            text(
                de=f"{'Eine Zeile fehlt' if count == 1 else f'{count} Zeilen fehlen'} ({listed}). Gelöscht wird "
                "dadurch nichts; was entfallen soll, streichen Sie in der Planungsdatei.",
                en=f"{'One row is' if count == 1 else f'{count} rows are'} missing ({listed}). Nothing is deleted by "
                "that; strike out in the planning file what is to go.",
            ),
        )


def unbalanced(place: str, measure: str, year: str, gap: Decimal) -> Told:
    amount = Text(money(abs(gap), "de"), money(abs(gap), "en"))
    more = gap > 0
    return (
        place,
        text(
            de=f"„{measure}“ {year}: Die Finanzierung liegt um {amount.de} {'unter' if more else 'über'} dem Ansatz.",
            en=f"“{measure}” {year}: the financing is {amount.en} {'below' if more else 'above'} what is planned.",
        ),
    )


def taken(cells: int, lines: int) -> Text:
    """How much goes into the planning."""
    german = [f"{cells} {'Zelle' if cells == 1 else 'Zellen'}"] if cells else []
    english = [f"{cells} {'cell' if cells == 1 else 'cells'}"] if cells else []
    if lines:
        german.append("ein neuer Eintrag" if lines == 1 else f"{lines} neue Einträge")
        english.append("one new entry" if lines == 1 else f"{lines} new entries")
    return text(de=f"Übernommen: {' und '.join(german)}.", en=f"Taken over: {' and '.join(english)}.")


def refused(count: int) -> Text:
    what = text(
        de="die Stelle" if count == 1 else f"die {count} Stellen",
        en="the place" if count == 1 else f"the {count} places",
    )
    return text(
        de=f"Nichts geschrieben. Berichtigen Sie {what.de} in der Tabelle, oder übernehmen Sie alles andere mit "
        "--skip.",
        en=f"Nothing written. Put {what.en} right in the table, or take over all else with --skip.",
    )
