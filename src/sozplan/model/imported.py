"""What an import found and would write, without any of the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sozplan.diagnostics import Text
from sozplan.model.terms import Term


class Reason(Term):
    """Why something of a file was left out."""

    AREA = "area", "Gebiet steht nicht im Bestand", "area is not in the territory"
    COLUMN = "column", "Spalte ist keiner Kennzahl zugeordnet", "column belongs to no indicator"
    RECORD = "record", "Datensatz ist keiner Kennzahl zugeordnet", "record belongs to no indicator"
    PERIOD = "period", "Spalte nennt keinen erkennbaren Zeitraum", "column names no period that can be read"
    NOTE = "note", "Zeile ohne Werte (Überschrift oder Anmerkung)", "line without values (heading or note)"
    EMPTY = "empty", "leere Zelle", "empty cell"
    REPEATED = "repeated", "Wert steht mehrfach gleich da", "value stands several times, always the same"
    PARTLY_HIDDEN = (
        "partly-hidden",
        "übrige Angaben zu einer gesperrten Anzahl",
        "further entries to a count that is hidden",
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be put right before anything is written."""

    place: str
    text: Text


@dataclass(slots=True)
class Tally:
    """How often, with the first few examples."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Children against the parent, where the file has both."""

    checked: int
    differing: tuple[str, ...]
    incomplete: int
    """Sums that couldn't be checked, since a part is missing or hidden."""
    differences: int = 0
    is_too_large: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """What an import holds of one indicator."""

    indicator: str
    rows: int
    areas: int
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """The account of one import."""

    format: Text
    file: str
    sha256: str
    encoding: str
    vintage: date
    is_vintage_stated: bool
    """By the user or the file; else it is the day of the import."""
    target: str
    series: tuple[Series, ...]
    added: int
    changed: int
    unchanged: int
    kept: int
    """Rows of earlier imports that the file says nothing of."""
    drops: Mapping[Reason, Tally]
    repaired: tuple[tuple[str, str], ...]
    sums: SumCheck
    faults: tuple[Fault, ...]
    more_faults: int
    is_cleared: bool
    """Whether a release or the address of publication is named."""
    written: tuple[str, ...] = ()
    """The files that were changed; none where all was there already."""
