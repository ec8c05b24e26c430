"""The governance handbook: its order, its binding rules, its terms and its changes."""

from __future__ import annotations

from typing import Annotated, Literal

from sozplan.model.entity import Date, Entity, Id, Line, RefTo, doc
from sozplan.model.shared import Decided, FilePath, HolderRef, OfficeDeadline, Positive, Record
from sozplan.model.terms import BindingRoute, Force, Status

Part = Literal[
    "validity",
    "scope",
    "goals",
    "territory",
    "organisation",
    "bodies",
    "process-map",
    "processes",
    "vdmi",
    "calendar",
    "indicators",
    "disclosure",
    "reporting",
    "duties",
    "cooperation",
    "rules",
    "funding",
    "forms",
    "terms",
    "final",
    "changes",
    "charters",
    "legal",
    "index",
]
"""What sozplan writes itself from the data."""


class Chapter(Record):
    """A chapter: a text, a generated part, or both."""

    title: Line = doc("Titel: des Kapitels.", "Title: of the chapter.")
    file: FilePath | None = doc(
        "Text: Markdown-Datei unter handbook/chapters.", "Text: Markdown file below handbook/chapters.", default=None
    )
    parts: tuple[Part, ...] = doc(
        "Erzeugte Teile: die aus den Daten entstehen.", "Parts: generated from the data.", default=()
    )


class TermEntry(Record):
    """A term and what it means here."""

    term: Line = doc("Begriff: wie er gedruckt wird.", "Term: as it is printed.")
    definition: Line = doc("Bedeutung: in diesem Handbuch.", "Definition: in this handbook.")


class ChangeEntry(Entity):
    """What a version changed."""

    version: Line = doc("Fassung: in Anführungszeichen.", "Version: quoted.")
    date: Date = doc("Tag: der Änderung.", "Date: of the change.")
    statement: Line = doc("Änderung: in einem Satz.", "Change: in one sentence.")
    order: Annotated[Id, RefTo("Resolution")] | None = doc(
        "Verfügung: durch die sie gilt.", "Order: by which it is in force.", default=None
    )
    resolution: Annotated[Id, RefTo("Resolution")] | None = doc(
        "Ratsbeschluss: nur wo die Änderung den Grundsatzbeschluss berührt.",
        "Council resolution: only where the change touches the founding resolution.",
        default=None,
    )


class Handbook(Record):
    """`handbook/handbook.yaml`."""

    title: Line = doc("Titel: des Handbuchs.", "Title: of the handbook.")
    subtitle: Line | None = doc("Untertitel: des Handbuchs.", "Subtitle: of the handbook.", default=None)
    version: Line = doc('Fassung: in Anführungszeichen, z. B. "1.0".', "Version: quoted.")
    status: Status = doc("Status: Entwurf, Vorlage, beschlossen, beendet.", "Status: draft, proposal, resolved, ended.")
    effective: Date | None = doc("In Kraft: ab.", "In force: from.", default=None)
    signatory: HolderRef | None = doc("Unterzeichnung: Funktion.", "Signatory: function.", default=None)
    order: Annotated[Id, RefTo("Resolution")] | None = doc(
        "Verfügung: durch die es gilt.", "Order: by which it is in force.", default=None
    )
    foundation: Annotated[Id, RefTo("Resolution")] | None = doc(
        "Grundsatzbeschluss: der Vertretung, auf dem das Handbuch beruht.",
        "Founding resolution: of the council, on which the handbook rests.",
        default=None,
    )
    next_review: Date | None = doc("Nächste Überprüfung: spätestens.", "Next review: at the latest.", default=None)
    chapters: tuple[Chapter, ...] = doc(
        "Kapitel: in der Reihenfolge des Drucks.", "Chapters: in order of print.", default=()
    )
    terms: tuple[TermEntry, ...] = doc("Begriffe: des Glossars.", "Terms: of the glossary.", default=())
    forms: tuple[Line, ...] = doc("Formulare: und Vorlagen.", "Forms: and templates.", default=())
    legal: tuple[Line, ...] = doc("Rechtsquellen: mit Fassung.", "Legal sources: with version.", default=())
    changes: tuple[ChangeEntry, ...] = doc(
        "Änderungsverzeichnis: je Fassung ein Eintrag.", "Changes: an entry a version.", default=()
    )
    keywords: tuple[Line, ...] = doc(
        "Stichwörter: die das Stichwortverzeichnis außer Begriffen, Stellen, Gremien und Prozessen nennt.",
        "Keywords: that the index names beside terms, offices, bodies and processes.",
        default=(),
    )


class HandbookRule(Decided):
    """A binding rule, printed like a service order (Dienstanweisung)."""

    chapter: Annotated[Id, RefTo("Chapter")] = doc("Kapitel: in dem sie steht.", "Chapter: where it stands.")
    force: Force = doc("Verbindlichkeit: muss, soll, kann.", "Force: must, should, may.")
    addressees: tuple[HolderRef, ...] = doc(
        "Adressaten: für wen sie gilt.", "Addressees: for whom it stands.", default=()
    )
    statement: Line = doc("Regel: in einem Satz.", "Rule: in one sentence.")
    subject: Annotated[Id, RefTo("Product", "Process", "Duty")] | None = doc(
        "Gegenstand: Produkt, Prozess oder Recht, das sie regelt.",
        "Subject: product, process or right that it settles.",
        default=None,
    )
    deadline: OfficeDeadline | None = doc("Frist: wenn sie eine setzt.", "Deadline: if it sets one.", default=None)
    owner: HolderRef | None = doc("Verantwortlich: wer sie hält.", "Owner: who keeps it.", default=None)
    basis: Line | None = doc("Grundlage: worauf sie beruht.", "Basis: on what it rests.", default=None)
    route: BindingRoute = doc(
        "Bindungsweg: Dienstanweisung, Vertrag …",
        "Binding route: service order, contract …",
        default=BindingRoute.SERVICE_ORDER,
    )
    version: Positive = doc("Fassung: laufende Nummer.", "Version: running number.", default=1)
    effective: Date | None = doc("In Kraft: ab.", "In force: from.", default=None)
    supersedes: Annotated[Id, RefTo("HandbookRule")] | None = doc(
        "Ersetzt: frühere Regel.", "Supersedes: earlier rule.", default=None
    )


class Rules(Entity):
    """`handbook/rules/*.yaml`."""

    rules: tuple[HandbookRule, ...] = doc("Regeln: eines Kapitels.", "Rules: of a chapter.", default=())
