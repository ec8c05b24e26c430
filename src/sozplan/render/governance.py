"""What the handbook's chapters on the organisation are made of, beside the entities themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sozplan.diagnostics import Lang, Text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.organisation import Body
from sozplan.render.charts.lettering import SMALL, lines, width
from sozplan.render.charts.picture import Picture
from sozplan.render.colours import Design
from sozplan.render.organisation_pictures import body_pictures, house_pictures, year_pictures
from sozplan.render.views import cooperation, organisation
from sozplan.render.views.agenda import Agenda, agenda
from sozplan.render.views.goals import running
from sozplan.render.views.house import Bond, Partner, bonds, is_outside, partners
from sozplan.render.views.names import Names
from sozplan.render.views.organisation import Matrix, Responsibility
from sozplan.render.views.processes import ProcessSheet
from sozplan.render.views.register import Entry, register
from sozplan.rules.org.charter import lacks
from sozplan.rules.words import label

HEAD = 104.0
"""Points that a turned head has."""


@dataclass(frozen=True, slots=True)
class Governance:
    """Asked by the templates; only what a chapter prints is worked out."""

    case: Case
    lang: Lang
    design: Design

    @property
    def house(self) -> tuple[Picture, ...]:
        return house_pictures(self.case.plan, self.case.as_of, self.lang, self.design)

    @property
    def ways(self) -> tuple[Picture, ...]:
        return body_pictures(self.case.plan, self.case.as_of, self.lang, self.design)

    @property
    def years(self) -> tuple[Picture, ...]:
        return year_pictures(self.case.plan, self.agenda.years, self.case.as_of, self.lang, self.design)

    @property
    def agenda(self) -> Agenda:
        return agenda(self.case.plan, self.case.as_of)

    @property
    def partners(self) -> tuple[Partner, ...]:
        return partners(self.case.plan, self.case.as_of)

    @property
    def bonds(self) -> tuple[Bond, ...]:
        return bonds(self.case.plan, self.case.as_of)

    @property
    def register(self) -> tuple[Entry, ...]:
        return register(self.case.plan, self.case.as_of)

    @property
    def plans(self) -> tuple[tuple[AreaPlan, tuple[Responsibility, ...]], ...]:
        return organisation.of_plans(self.case.plan)

    @property
    def areas(self) -> tuple[tuple[AreaPlan, tuple[cooperation.Sheet, ...]], ...]:
        plan = self.case.plan
        return tuple((each, cooperation.sheets(plan, each, self.case.as_of)) for each in running(plan))

    def matrices(self, responsibilities: tuple[Responsibility, ...]) -> tuple[Matrix, ...]:
        return organisation.matrices(self.case.plan, responsibilities)

    def steps(self, sheet: ProcessSheet) -> tuple[Responsibility, ...]:
        return organisation.of_steps(numbered.step for numbered in sheet.steps)

    def head(self, id: str) -> str:
        """A holder's name for a head that stands upright, no longer than there is room."""
        return lines(Names(self.case.plan).short(id), HEAD, SMALL, most=1)[0]

    def reach(self, ids: Sequence[str]) -> str:
        """How high the heads of these have to be."""
        return f"{max(width(self.head(id), SMALL) for id in ids) + 8:.0f}pt"

    def lacking(self, body: Body) -> tuple[Text, ...]:
        """What the municipality asks of a charter and this one doesn't say."""
        wanted = self.case.plan.settings.organisation.charter
        return tuple(label(body, field) for field in wanted if lacks(body, field))

    def is_outside(self, id: str | None) -> bool:
        return is_outside(self.case.plan, id)
