"""The account of an import, for people."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Lang, Text, text
from sozplan.model.imported import Imported, Series
from sozplan.render.findings import one_line

_DRY = text(de="Probelauf, nichts wird geschrieben.", en="Dry run, nothing is written.")
_REFUSED = text(de="Nichts wurde geschrieben.", en="Nothing was written.")
_SAME = text(de="Es war alles schon da; nichts wurde geändert.", en="All was there already; nothing was changed.")
_FAULT = text(de="Fehler", en="error")
_PERIODS = 6


def as_text(account: Imported, lang: Lang, *, dry_run: bool) -> str:
    return "".join(f"{one_line(line.say(lang))}\n" for line in _lines(account, dry_run))


def _lines(account: Imported, dry_run: bool) -> Iterator[Text]:
    for fault in account.faults:
        yield Text(*(f"{fault.place}: {word} {said}" for word, said in zip(_FAULT, fault.text, strict=True)))
    if account.more_faults:
        yield text(de=f"… und {account.more_faults} weitere Fehler", en=f"… and {account.more_faults} more errors")
    yield from _source(account)
    yield from (_series(series) for series in account.series)
    yield from _left_out(account)
    yield from _sums(account)
    yield from _outcome(account, dry_run)


def _source(account: Imported) -> Iterator[Text]:
    vintage = account.vintage.isoformat() if account.vintage else "–"
    yield text(
        de=f"Quelle: {account.file} ({account.format.de}, {account.encoding}), Datenstand {vintage}",
        en=f"Source: {account.file} ({account.format.en}, {account.encoding}), vintage {vintage}",
    )
    if account.sha256:
        yield Text(*(f"  SHA-256 {account.sha256}",) * 2)


def _series(series: Series) -> Text:
    shown = ", ".join(series.periods[:_PERIODS]) + (
        f" … {series.periods[-1]}" if len(series.periods) > _PERIODS else ""
    )
    return text(
        de=f"  {series.indicator}: {series.rows} {_one(series.rows, 'Zeile', 'Zeilen')}, {series.areas} "
        f"{_one(series.areas, 'Gebiet', 'Gebiete')}, {shown}",
        en=f"  {series.indicator}: {series.rows} {_one(series.rows, 'row', 'rows')}, {series.areas} "
        f"{_one(series.areas, 'area', 'areas')}, {shown}",
    )


def _left_out(account: Imported) -> Iterator[Text]:
    for reason, tally in account.drops.items():
        examples = ", ".join(tally.examples) + (" …" if tally.count > len(tally.examples) else "")
        yield text(
            de=f"Weggelassen, {reason.label.de}: {tally.count} ({examples})",
            en=f"Left out, {reason.label.en}: {tally.count} ({examples})",
        )
    for raw, key in account.repaired:
        yield text(de=f"Schlüssel repariert: {raw} → {key}", en=f"Key repaired: {raw} → {key}")


def _sums(account: Imported) -> Iterator[Text]:
    sums = account.sums
    if sums.is_too_large:
        yield text(de="Summen: bei so vielen Werten nicht geprüft", en="Sums: not checked for so many values")
        return
    yield text(
        de=f"Summen: {sums.checked} geprüft, {sums.differences} weichen ab, {sums.incomplete} nicht prüfbar",
        en=f"Sums: {sums.checked} checked, {sums.differences} differ, {sums.incomplete} can't be checked",
    )
    for each in sums.differing:
        yield text(
            de=f"  Die Teile ergeben nicht das Ganze: {each}", en=f"  The parts don't add up to the whole: {each}"
        )


def _outcome(account: Imported, dry_run: bool) -> Iterator[Text]:
    yield text(
        de=f"{account.target}: {account.added} neu, {account.changed} geändert, {account.unchanged} unverändert, "
        f"{account.kept} aus früheren Importen",
        en=f"{account.target}: {account.added} new, {account.changed} changed, {account.unchanged} unchanged, "
        f"{account.kept} of earlier imports",
    )
    if account.faults:
        yield _REFUSED
    elif dry_run:
        yield _DRY
    elif not account.written:
        yield _SAME
    else:
        names = ", ".join(account.written)
        yield text(de=f"Geschrieben: {names}", en=f"Written: {names}")


def _one(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
