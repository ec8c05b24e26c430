"""Themes, target groups and the goal tree above all area plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sozplan.model.entity import Entity, Flag, Line, Number, doc
from sozplan.model.measures import Measure
from sozplan.model.papers import Paper
from sozplan.model.shared import Decided, GoalRef, HolderRef, Record, ThemeRef
from sozplan.model.targets import Target
from sozplan.model.terms import GoalLevel


class Theme(Record):
    """A field of action (Handlungsfeld)."""

    name: Line = doc("Name: des Handlungsfelds.", "Name: of the field of action.")
    description: Line | None = doc("Beschreibung: was dazugehört.", "Description: what belongs to it.", default=None)
    youth: Flag = doc(
        "Jugendhilfe: der Jugendhilfeausschuss ist zu beteiligen.",
        "Youth: the youth welfare committee takes part.",
        default=False,
    )


class TargetGroup(Record):
    """Whom needs and measures are about."""

    name: Line = doc("Name: der Zielgruppe.", "Name: of the target group.")


class Goal(Decided):
    """A goal of the whole municipality: guiding, intermediate or action."""

    level: GoalLevel = doc(
        "Ebene: Leitziel, Mittlerziel oder Handlungsziel.", "Level: guiding, intermediate or action."
    )
    statement: Line = doc("Ziel: als erreichter Zustand formuliert.", "Goal: worded as the state achieved.")
    title: Line | None = doc("Kurzname: für Tabellen.", "Short name: for tables.", default=None)
    parent: GoalRef | None = doc(
        "Oberziel: genau eines, außer beim Leitziel.", "Parent: exactly one, except for guiding goals.", default=None
    )
    also_serves: tuple[GoalRef, ...] = doc(
        "Dient auch: weitere Ziele, ohne Gewicht in der Auswertung.",
        "Also serves: further goals, without weight.",
        default=(),
    )
    theme: ThemeRef | None = doc(
        "Handlungsfeld: dem das Ziel zugeordnet ist.", "Theme: the goal's field of action.", default=None
    )
    owner: HolderRef | None = doc(
        "Verantwortlich: Stelle, die das Ziel vertritt.", "Owner: office that stands for the goal.", default=None
    )
    weight: Annotated[Number, Field(ge=0)] = doc(
        "Gewicht: unter den Geschwistern.", "Weight: among its siblings.", default=Decimal(1)
    )
    targets: tuple[Target, ...] = doc("Zielwerte: nur beim Handlungsziel.", "Targets: action goals only.", default=())

    @property
    def name(self) -> str:
        return self.title or self.statement


class Strategy(Entity):
    """`plans/strategy.yaml`."""

    themes: tuple[Theme, ...] = doc(
        "Handlungsfelder: die Themen der Planung.", "Themes: the fields of action.", default=()
    )
    target_groups: tuple[TargetGroup, ...] = doc(
        "Zielgruppen: um wen es geht.", "Target groups: whom it is about.", default=()
    )
    goals: tuple[Goal, ...] = doc("Ziele: der Zielbaum, als Liste.", "Goals: the goal tree, as a list.", default=())
    measures: tuple[Measure, ...] = doc(
        "Maßnahmen: die für die ganze Kommune gelten.", "Measures: those for the whole municipality.", default=()
    )
    paper: Paper | None = doc(
        "Vorlage: was die Gesamtübersicht aller Pläne darüber hinaus sagt.",
        "Paper: what the summary over all plans adds.",
        default=None,
    )
