"""What the files of a planning repository and the sections in them are called."""

from __future__ import annotations

from collections.abc import Mapping

from sozplan.diagnostics import Text, text

TITLES: Mapping[str, Text] = {
    "Settings": text(de="Grundeinstellungen", en="settings"),
    "Strategy": text(de="Strategie", en="strategy"),
    "Calendar": text(de="Kalender", en="calendar"),
    "Waivers": text(de="Ausnahmen", en="waivers"),
    "RetiredIds": text(de="Stillgelegte Kennungen", en="retired ids"),
    "Territory": text(de="Gebiete", en="territory"),
    "Organisation": text(de="Organisation", en="organisation"),
    "Resolutions": text(de="Beschlüsse", en="resolutions"),
    "Stamps": text(de="Stempel der Beschlüsse", en="stamps of resolutions"),
    "Stamp": text(de="Stempel", en="stamp"),
    "EvidenceStamp": text(de="Stempel der Belege", en="stamp of evidence"),
    "EvidenceFile": text(de="Gestempelte Zahlentabelle", en="stamped table of figures"),
    "Correction": text(de="Redaktionelle Berichtigung", en="editorial correction"),
    "Authorities": text(de="Zuständigkeiten", en="authorities"),
    "DecidedFields": text(de="Zuständigkeiten je Angabe", en="authorities by field"),
    "Inventory": text(de="Bestandsaufnahme", en="inventory"),
    "Funding": text(de="Förderung", en="funding"),
    "DataPackage": text(de="Beschreibung der Zahlentabellen", en="description of the tables of figures"),
    "Rules": text(de="Regeln des Handbuchs", en="rules of the handbook"),
    "Change": text(de="Zielwert „change“: Veränderung", en="target “change”"),
    "Maintain": text(de="Zielwert „maintain“: Erhalt", en="target “maintain”"),
    "Corridor": text(de="Zielwert „corridor“: Korridor", en="target “corridor”"),
    "Gap": text(de="Zielwert „gap“: Abstand zur Kommune", en="target “gap”"),
    "Milestones": text(de="Zielwert „milestones“: Meilensteine", en="target “milestones”"),
    "Point": text(de="Wert zu einem Zeitpunkt", en="value at a time"),
    "Span": text(de="Zeitspanne", en="span of days"),
    "FigureEvidence": text(de="Beleg durch eine Zahl", en="evidence by a figure"),
    "LocalEvidence": text(de="Beleg durch Erfahrungswissen", en="evidence by local experience"),
    "Document": text(de="Dokument", en="document"),
    "OfficeDeadline": text(de="Frist", en="deadline"),
    "Step": text(de="Prozessschritt", en="process step"),
    "Link": text(de="Glied der Wirkungskette", en="link of the impact chain"),
    "Release": text(de="Freigabe einer Zahlentabelle", en="release of a table of figures"),
    "Licence": text(de="Lizenz", en="licence"),
    "DataSource": text(de="Datenquelle", en="data source"),
}
"""What files and sections with several places are called; others by their kind or by the key that they stand under."""
