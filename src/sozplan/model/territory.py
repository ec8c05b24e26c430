"""Territorial units with their boundary dates, social areas and why they were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import Field

from sozplan.model.areas import FigureEvidence, LocalEvidence
from sozplan.model.entity import Date, Entity, Flag, Id, Key, Line, RefTo, Share, doc
from sozplan.model.geometry import Crs
from sozplan.model.periods import Period
from sozplan.model.shared import AreaRef, Decided, Document, FilePath, LevelRef, Record, ResolutionRef, UnitRef
from sozplan.model.terms import AreaKind


class Unit(Record):
    """A territorial unit: its identity is key and validity, for a key can mean two territories."""

    key: Key = doc("Schlüssel: amtlich, immer in Anführungszeichen.", "Key: official, always quoted.")
    name: Line = doc("Name: der Gebietseinheit.", "Name: of the unit.")
    level: LevelRef = doc("Ebene: eine der Ebenen aus sozplan.yaml.", "Level: one of the levels in sozplan.yaml.")
    parent: UnitRef | None = doc("Oberes Gebiet: zu dem es gehört.", "Parent: unit to which it belongs.", default=None)
    boundary: Date | None = doc(
        "Gebietsstand: Tag, zu dem die Grenze gilt.", "Boundary date: day for which the border holds.", default=None
    )


class Succession(Entity):
    """What became of a unit: part of the old goes to the new (Gebietsänderung)."""

    old: UnitRef = doc("Alt: Gebietseinheit, die endet.", "Old: unit that ends.")
    new: UnitRef = doc("Neu: Gebietseinheit, die folgt.", "New: unit that follows.")
    date: Date = doc("Datum: erster Tag der neuen Grenze.", "Date: first day of the new border.")
    share: Share = doc("Anteil: der Bevölkerung, die übergeht.", "Share: of the population that moves over.")
    basis: Line | None = doc(
        "Grundlage: wonach der Anteil bestimmt ist.", "Basis: by what the share was found.", default=None
    )


class Part(Entity):
    """A unit, whole or in part, that a social area is made of for a time."""

    unit: UnitRef = doc("Gebietseinheit: die dazugehört.", "Unit: that belongs to it.")
    start: Date | None = doc("Von: erster Tag.", "From: first day.", alias="from", default=None)
    end: Date | None = doc("Bis: letzter Tag.", "To: last day.", alias="to", default=None)
    share: Share = doc(
        "Anteil: der Bevölkerung; 1 ist die ganze Einheit.",
        "Share: of the population; 1 is the whole unit.",
        default=Decimal(1),
    )
    basis: Line | None = doc(
        "Grundlage: wonach ein Anteil unter 1 geschätzt ist.",
        "Basis: by what a share below 1 was estimated.",
        default=None,
    )


class Concept(Entity):
    """An integrated concept for the area, such as an ISEK; some programmes ask for one."""

    title: Line = doc("Titel: des Konzepts.", "Title: of the concept.")
    date: Date | None = doc(
        "Tag: an dem es beschlossen wurde; fehlt er, ist es noch in Arbeit.",
        "Date: on which it was adopted; still in the making where absent.",
        default=None,
    )
    due: Date | None = doc(
        "Liegt vor bis: so lange darf es zu einem Antrag nachgereicht werden.",
        "Due: until then an application may go without it.",
        default=None,
    )
    resolution: ResolutionRef | None = doc(
        "Beschluss: durch den es gilt.", "Resolution: by which it holds.", default=None
    )
    document: Document | None = doc("Beleg: das Konzept.", "Document: the concept.", default=None)


class SocialArea(Record):
    """A social area (Sozialraumgebiet), made of units; not a Lebenswelt, not an area under building law."""

    name: Line = doc("Name: des Gebiets.", "Name: of the area.")
    kind: AreaKind = doc(
        "Art: Sozialraum-, Beobachtungs- oder Fördergebiet.",
        "Kind: social, observation or funding area.",
        default=AreaKind.SOCIAL_AREA,
    )
    key: Key | None = doc(
        "Schlüssel: unter dem eigene Beobachtungen vorliegen.",
        "Key: under which it has observations of its own.",
        default=None,
    )
    description: Line | None = doc("Beschreibung: Lage und Prägung.", "Description: site and character.", default=None)
    concepts: tuple[Concept, ...] = doc(
        "Konzepte: integrierte Konzepte für das Gebiet, z. B. ein ISEK.",
        "Concepts: integrated concepts for the area.",
        default=(),
    )
    parts: Annotated[tuple[Part, ...], Field(min_length=1)] = doc(
        "Zusammensetzung: die Gebietseinheiten.", "Parts: the units."
    )


class IndexResult(Entity):
    """Where the social index put the area."""

    index: Annotated[Id, RefTo("Index")] = doc("Index: Name der Definition.", "Index: name of the definition.")
    version: Line = doc("Methodenversion: des Index.", "Version: of the index's method.")
    period: Period = doc("Zeitpunkt: des Index.", "Period: of the index.")
    result: Line = doc("Klasse: die der Index ergab.", "Class: that the index gave.")
    suggests: Flag = doc("Auswahl: legt der Index die Auswahl nahe?", "Suggests: does the index suggest the choice?")


class Designation(Decided):
    """The decision that an area is one, on figures and on local experience (Gebietsfestlegung)."""

    area: AreaRef = doc("Gebiet: das festgelegt wird.", "Area: that is designated.")
    date: Date = doc("Tag: der Festlegung.", "Date: of the designation.")
    designated: Flag = doc("Festgelegt: oder ausdrücklich nicht.", "Designated: or expressly not.", default=True)
    index: IndexResult | None = doc(
        "Indexergebnis: mit Version und Zeitpunkt.", "Index result: with version and period.", default=None
    )
    indicators: tuple[FigureEvidence, ...] = doc(
        "Kennzahlen: die dafür oder dagegen sprechen.", "Indicators: that speak for or against.", default=()
    )
    local_experience: tuple[LocalEvidence, ...] = doc(
        "Erfahrungswissen: aus Gremien und Einrichtungen.", "Local experience: of bodies and facilities.", default=()
    )
    deviation: Line | None = doc(
        "Abweichung: warum anders entschieden wurde, als der Index nahelegt.",
        "Deviation: why the decision differs from the index.",
        default=None,
    )
    next_review: Date | None = doc(
        "Nächste Überprüfung: spätestens an diesem Tag.", "Next review: on this day at the latest.", default=None
    )


class Boundaries(Entity):
    """A file of borders: the geometries of all units of a level on a day."""

    path: FilePath = doc(
        "Datei: GeoJSON in indicators/geo, Pfad im Repository.",
        "File: GeoJSON in indicators/geo, path in the repository.",
    )
    level: LevelRef = doc("Ebene: deren Gebietseinheiten die Datei zeichnet.", "Level: whose units the file draws.")
    key: Line = doc(
        "Eigenschaft: der Geometrien, in der als Text der Schlüssel der Gebietseinheit steht.",
        "Property: of the geometries that holds the unit's key as text.",
        alias="property",
    )
    crs: Crs = doc(
        "Koordinatensystem: EPSG:4326 (Länge, Breite), EPSG:25832 oder EPSG:25833 (UTM).",
        "Coordinate system: EPSG:4326 (longitude, latitude), EPSG:25832 or EPSG:25833 (UTM).",
    )
    boundary: Date = doc(
        "Gebietsstand: Tag, zu dem die Grenzen gelten.", "Boundary date: day for which the borders hold."
    )
    licence: Line = doc("Lizenz: der Grenzen.", "Licence: of the borders.")
    source: Line = doc("Quelle: wie sie genannt werden will.", "Source: as it wants to be named.")


class Territory(Entity):
    """`plans/territory/*.yaml`."""

    units: tuple[Unit, ...] = doc("Gebietseinheiten: alle Ebenen.", "Units: of all levels.", default=())
    successions: tuple[Succession, ...] = doc(
        "Gebietsänderungen: alt, neu, Anteil.", "Successions: old, new, share.", default=()
    )
    social_areas: tuple[SocialArea, ...] = doc(
        "Sozialraumgebiete: und andere Planungsgebiete.", "Social areas: and other planning areas.", default=()
    )
    designations: tuple[Designation, ...] = doc(
        "Gebietsfestlegungen: mit beiden Belegen.", "Designations: with both kinds of evidence.", default=()
    )
    boundaries: tuple[Boundaries, ...] = doc(
        "Grenzen: Dateien, aus denen Karten entstehen.", "Boundaries: files that maps are made of.", default=()
    )


class BoundaryChange(NamedTuple):
    """All units that ended together, and all that followed on the same ground; those that went on are in both."""

    old: frozenset[str]
    new: tuple[str, ...]


Growths = Mapping[str, Sequence[Date]]
"""The days on which a unit took others in without becoming another, by its id."""


def growths(units: Iterable[Unit], successions: Sequence[Succession]) -> dict[str, list[Date]]:
    by_id, found = {unit.id: unit for unit in units}, dict[str, list[Date]]()
    for each in successions:
        new = by_id.get(each.new)
        if new is not None and new.in_force(each.date - timedelta(days=1)):
            found.setdefault(new.id, []).append(each.date)
    return found


def grown(id: str, day: Date, growths: Growths) -> str:
    """The unit's name on a day, which changes when it takes others in: before and after it isn't the same ground."""
    return id + "+" * len({date for date in growths.get(id, ()) if date <= day})


def boundary_changes(successions: Sequence[Succession], growths: Growths) -> tuple[BoundaryChange, ...]:
    """In order of time; a change that passes on less than the whole of a unit is left out: some went elsewhere."""
    found = []
    for day in sorted({each.date for each in successions}):
        eve = day - timedelta(days=1)
        for change in _connected([each for each in successions if each.date == day]):
            old, new = {each.old for each in change}, dict.fromkeys(each.new for each in change)
            if all(is_whole(change, id) for id in old):
                going_on = {grown(id, eve, growths) for id in new if day in growths.get(id, ())}
                ended = {grown(id, eve, growths) for id in old}
                found.append(BoundaryChange(frozenset(ended | going_on), tuple(grown(id, day, growths) for id in new)))
    return tuple(found)


ROUNDING = Decimal("0.001")
"""Shares are rounded by those who write them: three thirds of 0.333 are a whole."""


def is_whole(successions: Sequence[Succession], old: str) -> bool:
    """Whether all of an ended unit goes somewhere, and no more than all."""
    return abs(sum((each.share for each in successions if each.old == old), Decimal(0)) - 1) <= ROUNDING


def _connected(successions: Sequence[Succession]) -> list[list[Succession]]:
    """Successions that share a unit belong to one change."""
    changes: list[list[Succession]] = []
    for each in successions:
        touching = [c for c in changes if any(each.old == s.old or each.new == s.new for s in c)]
        changes = [c for c in changes if c not in touching]
        changes.append([*(s for c in touching for s in c), each])
    return changes
