"""Area keys as suppliers and spreadsheet programs leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sozplan.diagnostics import text
from sozplan.model.imported import Reason
from sozplan.model.profiles import ProfileAreas
from sozplan.repo.imports.ledger import Ledger
from sozplan.repo.imports.rows import Cell, tidy, without_footnote
from sozplan.repo.imports.times import MONTHS
from sozplan.repo.shown import shown

_LONGEST = 12
"""Of the Regionalschlüssel."""
_HELD = 20_000
_COUNTRY = "DG"
_CELL = 200
"""So far a key is looked for in a longer text."""
_WRITTEN_DAY = re.compile(r"(?P<d>[0-3]?\d)\. ?(?P<n>[a-zä]{3,9})\.?|(?P<m>[a-zä]{3,9})\.? (?P<y>\d\d)")
"""“01. Feb” is what a spreadsheet program makes of the key 1-2 in a CSV file."""


class Areas:
    """From what stands in the file to a key of the territory."""

    def __init__(self, how: ProfileAreas, known: frozenset[str], ledger: Ledger, *, repair: bool) -> None:
        self._own = {tidy(key): ours for key, ours in (how.keys or {}).items()}
        self._around = _around(how.pattern) if how.pattern else None
        self._known, self._ledger, self._repair = known, ledger, repair
        self._raw: dict[str, str] = {}

    def raw(self, cell: Cell) -> str:
        """The key as the file has it, without the name around it."""
        found = self._raw.get(cell.text)
        if found is None:
            found = self._read(cell)
            if len(self._raw) < _HELD and len(found) <= _LONGEST:
                self._raw[cell.text] = found
        return found

    def _read(self, cell: Cell) -> str:
        plain = without_footnote(cell.plain)
        if self._around is not None:
            match = self._around.fullmatch(plain[:_CELL])
            plain = match[1] if match else ""
        return self._own.get(plain, plain)

    def is_key(self, cell: Cell) -> bool:
        """Whether a row of data may begin with it."""
        raw = self.raw(cell)
        if not raw:
            return False
        if raw in self._known or raw == _COUNTRY or (raw.isdigit() and raw.isascii()):
            return True
        return cell.day is not None or any(True for _ in _as_written(cell))

    def find(self, cell: Cell, place: str) -> str | None:
        """A key of the territory; what is unknown is dropped, what is spoilt a fault unless it is to be repaired."""
        raw = self.raw(cell)
        if raw in self._known:
            return raw
        lost = self._without_zeros(raw)
        if lost is not None:
            return self._repaired(raw, (lost,), place)
        spoilt = [key for key in dict.fromkeys(_as_written(cell)) if key in self._known]
        if cell.day is not None or spoilt:
            return self._repaired(raw, tuple(spoilt), place)
        self._ledger.drop(Reason.AREA, f"{shown(raw, 20) or '–'} ({place})")
        return None

    def _without_zeros(self, raw: str) -> str | None:
        plain = raw.removesuffix(".0").removesuffix(",0")
        if not (plain.isdigit() and plain.isascii()):
            return None
        longer = (plain.zfill(n) for n in range(len(plain), _LONGEST + 1))
        return next((key for key in longer if key in self._known), None)

    def _repaired(self, raw: str, keys: tuple[str, ...], place: str) -> str | None:
        if self._repair and len(keys) == 1:
            self._ledger.repaired[raw] = keys[0]
            return keys[0]
        what = " / ".join(f"„{key}“" for key in keys)
        if not keys:
            message = text(
                de=f"Aus dem Gebietsschlüssel hat ein Tabellenprogramm ein Datum gemacht ({raw}). "
                "Laden Sie die Datei neu.",
                en=f"A spreadsheet program made a date of the area key ({raw}). Download the file anew.",
            )
        elif len(keys) > 1:
            message = text(
                de=f"Der Gebietsschlüssel „{raw}“ ist nicht eindeutig: {what}. Laden Sie die Datei neu.",
                en=f"The area key “{raw}” is ambiguous: {what}. Download the file anew.",
            )
        else:
            message = text(
                de=f"Der Gebietsschlüssel „{raw}“ hat seine Form verloren, gemeint ist wohl {what}. "
                "Mit --repair-keys wird er so gelesen.",
                en=f"The area key “{raw}” has lost its form, meant is probably {what}. --repair-keys reads it so.",
            )
        self._ledger.fault(place, message)
        return None


def _around(pattern: str) -> re.Pattern[str]:
    """Not an expression of the profile's own: some of those take for ever on the right cell."""
    before, after = (re.escape(tidy(part)).replace(r"\*", ".*?") for part in pattern.split("<key>"))
    return re.compile(rf"{before}\s?([0-9A-Za-z][0-9A-Za-z.-]*)\s?{after}")


def _as_written(cell: Cell) -> Iterator[str]:
    """What key a day may have been: 1-2 becomes the first of February, or the second of January."""
    if cell.day is not None:
        pairs = ((cell.day.day, cell.day.month), (cell.day.month, cell.day.day), (cell.day.month, cell.day.year % 100))
    elif (match := _WRITTEN_DAY.fullmatch(cell.plain.casefold())) is not None:
        month = MONTHS.get(match["n"] or match["m"])
        if month is None:
            return
        other = int(match["d"] or match["y"])
        pairs = ((other, month), (month, other), (month, other))
    else:
        return
    for first, second in pairs:
        for form in ("{}-{}", "{:02d}-{:02d}", "{}.{}", "{:02d}.{:02d}"):
            yield form.format(first, second)
