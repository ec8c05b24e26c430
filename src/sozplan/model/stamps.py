"""What a resolution decided, field by field, as `sozplan resolve` wrote it down."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sozplan.model.entity import Date, Entity, Id, Line, WithoutOrigin, doc
from sozplan.model.shared import HolderRef, ResolutionRef

STAMPS = "plans/resolutions/stamps/"
"""Where the files lie, one a resolution."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FieldPath = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Correction(Entity):
    """A slip of the pen put right after the resolution."""

    field: FieldPath = doc("Angabe: die berichtigt wurde.", "Field: that was corrected.")
    sha256: Digest = doc("Prüfsumme: der berichtigten Fassung.", "Checksum: of the corrected version.")
    date: Date = doc("Tag: der Berichtigung.", "Date: of the correction.")
    reason: Line = doc("Begründung: warum es nur ein Versehen war.", "Reason: why it was a slip only.")
    role: HolderRef = doc("Stelle: die sie verantwortet.", "Role: that answers for it.")


class Stamp(Entity):
    """An entity as it was decided."""

    entity: Id = doc("Gegenstand: der beschlossen wurde.", "Entity: that was decided on.")
    v: Literal[1] = doc("Fassung: des Verfahrens, immer 1.", "Version: of the method, always 1.")
    fields: Annotated[dict[FieldPath, Digest], WithoutOrigin] = doc(
        "Angaben: je beschlossener Angabe die Prüfsumme (SHA-256) ihres Inhalts.",
        "Fields: of each decided field the checksum (SHA-256) of its content.",
        default_factory=dict,
    )
    children: tuple[Id, ...] = doc(
        "Bestandteile: Kennungen dessen, was darin beschlossen wurde.",
        "Children: ids of what was decided in it.",
        default=(),
    )
    corrections: tuple[Correction, ...] = doc(
        "Berichtigungen: redaktionelle, mit Grund und Stelle.",
        "Corrections: editorial, with reason and role.",
        default=(),
    )


class EvidenceFile(Entity):
    """A table of figures as it lay before those who decided; never its single values: small ones can be guessed."""

    resource: Line = doc("Tabelle: Name in datapackage.yaml.", "Resource: its name in datapackage.yaml.")
    release: Date | None = doc("Freigabe: ihr Tag.", "Release: its day.", default=None)
    sha256: Digest = doc(
        "Prüfsumme: SHA-256 der ganzen Datei, Zeilenenden als LF.",
        "Checksum: SHA-256 of the whole file, line ends as LF.",
    )


class EvidenceStamp(Entity):
    """On which tables the evidence of an entity rests."""

    entity: Id = doc("Gegenstand: Bedarf oder Gebietsfestlegung.", "Entity: need or designation.")
    files: Annotated[tuple[EvidenceFile, ...], Field(min_length=1)] = doc(
        "Tabellen: aus denen die Belege stammen.", "Files: that the evidence comes from."
    )


class Stamps(Entity):
    """`plans/resolutions/stamps/*.yaml`, written by `sozplan resolve`."""

    resolution: ResolutionRef = doc("Beschluss: der all das entschied.", "Resolution: that decided all this.")
    stamps: tuple[Stamp, ...] = doc("Stempel: was beschlossen ist.", "Stamps: what is decided.", default=())
    evidence: tuple[EvidenceStamp, ...] = doc(
        "Belege: Zahlen, auf denen es beruht.", "Evidence: figures that it rests on.", default=()
    )
