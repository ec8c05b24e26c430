"""The words of messages: kinds, labels, dates and names as planners know them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sozplan.analysis.words import day as day
from sozplan.analysis.words import either as either
from sozplan.analysis.words import quoted as quoted
from sozplan.diagnostics import Text, text
from sozplan.model.entity import Entity, note
from sozplan.model.periods import Period, PeriodKind

KINDS: Mapping[str, Text] = {
    "Actor": text(de="Akteur", en="actor"),
    "Application": text(de="Förderantrag", en="application"),
    "Appointment": text(de="Termin", en="appointment"),
    "AreaGoal": text(de="Handlungsziel", en="area goal"),
    "AreaPlan": text(de="Sozialraumgebietsplan", en="area plan"),
    "Body": text(de="Gremium", en="body"),
    "Change": text(de="Zielwert", en="target"),
    "Chapter": text(de="Kapitel", en="chapter"),
    "Contract": text(de="Vertrag", en="contract"),
    "Corridor": text(de="Zielwert", en="target"),
    "Designation": text(de="Gebietsfestlegung", en="designation"),
    "Duty": text(de="Recht oder Pflicht", en="right or duty"),
    "Gap": text(de="Zielwert", en="target"),
    "Goal": text(de="strategisches Ziel", en="strategic goal"),
    "Handbook": text(de="Handbuch", en="handbook"),
    "HandbookRule": text(de="Handbuchregel", en="handbook rule"),
    "ImportProfile": text(de="Importprofil", en="import profile"),
    "Index": text(de="Sozialindex", en="social index"),
    "Indicator": text(de="Kennzahl", en="indicator"),
    "InventoryItem": text(de="Bestand", en="inventory item"),
    "Level": text(de="Gebietsebene", en="level"),
    "Maintain": text(de="Zielwert", en="target"),
    "Measure": text(de="Maßnahme", en="measure"),
    "Milestone": text(de="Meilenstein", en="milestone"),
    "Milestones": text(de="Zielwert", en="target"),
    "Need": text(de="Bedarf", en="need"),
    "Process": text(de="Prozess", en="process"),
    "Product": text(de="Produkt", en="product"),
    "Programme": text(de="Förderprogramm", en="funding programme"),
    "Recommendation": text(de="Empfehlung", en="recommendation"),
    "Resolution": text(de="Beschluss", en="resolution"),
    "Review": text(de="Zwischenbericht", en="review"),
    "Role": text(de="Rolle", en="role"),
    "SocialArea": text(de="Sozialraumgebiet", en="social area"),
    "TargetGroup": text(de="Zielgruppe", en="target group"),
    "TermEntry": text(de="Begriff", en="term"),
    "Theme": text(de="Handlungsfeld", en="field of action"),
    "Unit": text(de="Gebietseinheit", en="territorial unit"),
    "Waiver": text(de="Ausnahme", en="waiver"),
}
"""What an entity with an id is called, by its class."""

NONE = text(de="", en="")
_WIDTH = 80


def kind(entity: Entity) -> Text:
    return KINDS[type(entity).__name__]


def named(period: Period) -> Text:
    """A period as it is written, a day by its date."""
    return day(period.start) if period.kind is PeriodKind.DAY else Text(period.text, period.text)


def label(entity: Entity, field: str) -> Text:
    """The label of a field as the reference prints it."""
    found = note(type(entity).model_fields[field])
    return found.label if found else Text(field, field)


def key(entity: Entity, field: str) -> str:
    """What the field is called in the file: `from`, not `start`."""
    return type(entity).model_fields[field].alias or field


def span(start: date | None, end: date | None) -> Text:
    """„vom 01.01.2024 bis 31.12.2025“, with either end open."""
    if start is None:
        return _with_day("bis", "until", end) if end else text(de="immer", en="always")
    if end is None:
        return _with_day("seit", "since", start)
    if start == end:
        return _with_day("am", "on", start)
    return text(de=f"vom {day(start).de} bis {day(end).de}", en=f"from {day(start).en} to {day(end).en}")


def brief(value: str) -> str:
    """A user's text on one line, cut where it would swamp the message."""
    line = " ".join(value.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"


def _with_day(de: str, en: str, value: date) -> Text:
    return Text(f"{de} {day(value).de}", f"{en} {day(value).en}")
