"""The account of an import, for people."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.imported import Imported, Series
from sozplan.render.findings import one_line
from sozplan.render.numbers import day

_DRY = text(de="Probelauf: Nichts wurde geschrieben.", en="Dry run: nothing was written.")
_REFUSED = text(
    de="Nichts wurde geschrieben. Beheben Sie die Fehler, und rufen Sie noch einmal auf.",
    en="Nothing was written. Put the errors right and call again.",
)
_SAME = text(de="Es war alles schon da; nichts wurde geändert.", en="All was there already; nothing was changed.")
_FAULT = text(de="Fehler", en="error")
_NOT_CLEARED = text(
    de="Vor dem Einchecken fehlt noch die Freigabe (release) oder die Adresse der Quelle (path); tragen Sie sie in "
    "indicators/datapackage.yaml ein.",
    en="Before committing, the release (release) or the address of the source (path) is still missing; enter it in "
    "indicators/datapackage.yaml.",
)
_PERIODS = 6


def as_text(account: Imported, lang: Lang, *, dry_run: bool) -> str:
    return "".join(f"{depth * '  '}{one_line(line.say(lang))}\n" for depth, line in _lines(account, dry_run))


def _lines(account: Imported, dry_run: bool) -> Iterator[tuple[int, Text]]:
    """Each line with how far it is set in."""
    for fault in account.faults:
        yield 0, Text(*(f"{fault.place}: {word} {said}" for word, said in zip(_FAULT, fault.text, strict=True)))
    if account.more_faults:
        yield 0, text(de=f"… und {account.more_faults} weitere Fehler", en=f"… and {account.more_faults} more errors")
    yield from _source(account)
    yield from _found(account)
    yield from _left_out(account)
    yield from _sums(account)
    yield from _outcome(account, dry_run)


def _source(account: Imported) -> Iterator[tuple[int, Text]]:
    yield 0, text(de=f"Quelle: {account.file}", en=f"Source: {account.file}")
    yield 1, text(de=f"{account.format.de}, {account.encoding}", en=f"{account.format.en}, {account.encoding}")
    yield 1, _vintage(account)
    if account.sha256:
        yield 1, Text(*(f"SHA-256 {account.sha256}",) * 2)


def _vintage(account: Imported) -> Text:
    german, english = day(account.vintage, "de"), day(account.vintage, "en")
    if account.is_vintage_stated:
        return text(de=f"Datenstand {german}", en=f"vintage {english}")
    return text(
        de=f"Datenstand {german}, der Tag des Imports; einen anderen nennt --vintage",
        en=f"vintage {english}, the day of the import; --vintage names another",
    )


def _found(account: Imported) -> Iterator[tuple[int, Text]]:
    if account.series:
        yield 0, text(de="Gefunden:", en="Found:")
    for series in account.series:
        yield 1, _series(series)
    for raw, key in account.repaired:
        yield 1, text(de=f"Schlüssel repariert: {raw} → {key}", en=f"Key repaired: {raw} → {key}")


def _series(series: Series) -> Text:
    last = f" … {series.periods[-1]}" if len(series.periods) > _PERIODS else ""
    shown = ", ".join(series.periods[:_PERIODS]) + last
    rows, areas = series.rows, series.areas
    return text(
        de=f"{series.indicator}: {rows} {_one(rows, 'Zeile', 'Zeilen')}, {areas} "
        f"{_one(areas, 'Gebiet', 'Gebiete')}, {shown}",
        en=f"{series.indicator}: {rows} {_one(rows, 'row', 'rows')}, {areas} {_one(areas, 'area', 'areas')}, {shown}",
    )


def _left_out(account: Imported) -> Iterator[tuple[int, Text]]:
    if account.drops:
        yield 0, text(de="Weggelassen:", en="Left out:")
    for reason, tally in account.drops.items():
        yield 1, text(de=f"{tally.count} × {reason.label.de}", en=f"{tally.count} × {reason.label.en}")
        for example in tally.examples:
            yield 2, Text(example, example)
        if tally.count > len(tally.examples):
            yield 2, Text("…", "…")


def _sums(account: Imported) -> Iterator[tuple[int, Text]]:
    sums = account.sums
    if sums.is_too_large:
        yield 0, text(de="Summen: bei so vielen Werten nicht geprüft", en="Sums: not checked for so many values")
    elif sums.checked + sums.incomplete:
        yield (
            0,
            text(
                de=f"Summen: {sums.checked} geprüft, {sums.differences} weichen ab, {sums.incomplete} nicht prüfbar",
                en=f"Sums: {sums.checked} checked, {sums.differences} differ, {sums.incomplete} can't be checked",
            ),
        )
    for each in sums.differing:
        yield (
            1,
            text(
                de=f"Die Teile ergeben nicht das Ganze, oder es fehlen welche: {each}",
                en=f"The parts don't add up to the whole, or some are missing: {each}",
            ),
        )


def _outcome(account: Imported, dry_run: bool) -> Iterator[tuple[int, Text]]:
    yield (
        0,
        text(
            de=f"{account.target}: {account.added} neu, {account.changed} ersetzt, {account.unchanged} unverändert, "
            f"{account.kept} aus früheren Importen",
            en=f"{account.target}: {account.added} new, {account.changed} replaced, {account.unchanged} unchanged, "
            f"{account.kept} of earlier imports",
        ),
    )
    if account.faults:
        yield 0, _REFUSED
    elif dry_run:
        yield 0, _DRY
    elif not account.written:
        yield 0, _SAME
    for path in account.written:
        yield 0, text(de=f"Geschrieben: {path}", en=f"Written: {path}")
    if not account.faults and not account.is_cleared:
        yield 0, _NOT_CLEARED


def _one(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
