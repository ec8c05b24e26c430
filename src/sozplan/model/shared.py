"""Small types that several subjects use."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from sozplan.model.entity import Date, Entity, Flag, Id, Line, RefTo, Whole, doc
from sozplan.model.terms import Status

ActorRef = Annotated[Id, RefTo("Actor")]
HolderRef = Annotated[Id, RefTo("Actor", "Body")]
BodyRef = Annotated[Id, RefTo("Body")]
AreaRef = Annotated[Id, RefTo("SocialArea")]
UnitRef = Annotated[Id, RefTo("Unit")]
LevelRef = Annotated[Id, RefTo("Level")]
TerritoryRef = Annotated[Id, RefTo("SocialArea", "Unit")]
GoalRef = Annotated[Id, RefTo("Goal")]
AnyGoalRef = Annotated[Id, RefTo("Goal", "AreaGoal")]
AreaGoalRef = Annotated[Id, RefTo("AreaGoal")]
NeedRef = Annotated[Id, RefTo("Need")]
MeasureRef = Annotated[Id, RefTo("Measure")]
IndicatorRef = Annotated[Id, RefTo("Indicator")]
ResolutionRef = Annotated[Id, RefTo("Resolution")]
ContractRef = Annotated[Id, RefTo("Contract")]
ProcessRef = Annotated[Id, RefTo("Process")]
ProgrammeRef = Annotated[Id, RefTo("Programme")]
ThemeRef = Annotated[Id, RefTo("Theme")]
GroupRef = Annotated[Id, RefTo("TargetGroup")]


def _inside(path: str) -> str:
    parts = path.split("/")
    if ".." in parts or "." in parts or "" in parts or "\\" in path or ":" in path or not path.isprintable():
        raise ValueError("path")
    return path


FilePath = Annotated[str, StringConstraints(min_length=1, max_length=512), AfterValidator(_inside)]
"""Relative to the repository, with `/` on every system; can't lead outside."""


class Span(Entity):
    """From a day to a day, both included; without an end it goes on."""

    start: Date = doc("Von: erster Tag.", "From: first day.", alias="from")
    end: Date | None = doc(
        "Bis: letzter Tag; fehlt er, ist das Ende offen.", "To: last day; open where absent.", alias="to", default=None
    )

    @property
    def is_turned(self) -> bool:
        """Whether its end lies before its beginning: `time.order` says so, and nothing follows from it."""
        return self.end is not None and self.end < self.start

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Document(Entity):
    """A file of the repository that proves something."""

    path: FilePath = doc("Datei: Pfad im Repository, mit „/“.", "File: path in the repository, with “/”.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = doc(
        "Prüfsumme: SHA-256 der Datei; weicht sie ab, wurde die Datei geändert.",
        "Checksum: SHA-256 of the file; if it differs, the file was changed.",
        default=None,
    )
    title: Line | None = doc("Titel: wie das Dokument zitiert wird.", "Title: how the document is cited.", default=None)


class Record(Entity):
    """What has an id of its own."""

    id: Id = doc(
        "Kennung: Kleinbuchstaben, Ziffern, Bindestrich; im ganzen Bestand einmalig und nie wiederverwendet.",
        "Id: lower-case letters, digits, hyphen; unique in the whole repository and never reused.",
    )
    valid_from: Date | None = doc(
        "Gültig ab: erster Tag der Geltung.", "Valid from: first day of validity.", default=None
    )
    valid_to: Date | None = doc("Gültig bis: letzter Tag der Geltung.", "Valid to: last day of validity.", default=None)
    source: Line | None = doc(
        "Quelle: woher die Angabe stammt.", "Source: where the statement comes from.", default=None
    )

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Decided(Record):
    """What somebody decides on: it has a status and, once decided, a resolution."""

    status: Status | None = doc(
        "Status: Entwurf, Vorlage, beschlossen oder beendet; fehlt er, gilt der des Plans.",
        "Status: draft, proposal, resolved or ended; that of the plan where absent.",
        default=None,
    )
    resolution: ResolutionRef | None = doc(
        "Beschluss: durch den es gilt.", "Resolution: by which it is in force.", default=None
    )


class FollowUp(Entity):
    """Something that somebody is to do until a day."""

    statement: Line = doc("Auftrag: was zu tun ist.", "Task: what is to be done.")
    who: HolderRef = doc("Wer: zuständige Stelle.", "Who: office in charge.")
    until: Date = doc("Bis: Termin.", "Until: due date.")
    done: Date | None = doc("Erledigt am: Tag der Erledigung.", "Done on: day it was done.", default=None)


class OfficeDeadline(Entity):
    """A deadline in days before (negative) or after the trigger."""

    days: Whole = doc("Tage: vor (negativ) oder nach dem Auslöser.", "Days: before (negative) or after the trigger.")
    working_days: Flag = doc("Werktage: sonst Kalendertage.", "Working days: calendar days otherwise.", default=True)
    after: Line | None = doc("Bezug: wovon an gezählt wird.", "Reference: what they count from.", default=None)


Positive = Annotated[Whole, Field(ge=1)]
Count = Annotated[Whole, Field(ge=0)]
