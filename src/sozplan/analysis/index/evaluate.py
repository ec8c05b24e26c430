"""The index of a period: areas rated, ranked and put into classes, by the method's declared way alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sozplan.analysis.areal import areal
from sozplan.analysis.disclosure import Audience, Withheld, is_coarse
from sozplan.analysis.index import wrong
from sozplan.analysis.index.assemble import Survey, assemble
from sozplan.analysis.index.components import Fault, IndexFault, at, burdened, name_of, rated_units
from sozplan.analysis.index.definition import method_faults
from sozplan.analysis.index.exclusion import Reasons, excluded, lacking
from sozplan.analysis.index.rating import Flat, Floats, Ground, Negative, Rating, Recipe, Unknown, rate
from sozplan.analysis.index.reading import Question, Reading, read, read_changes, transformed
from sozplan.analysis.index.result import IndexResult
from sozplan.analysis.index.standard import Column
from sozplan.diagnostics import Text
from sozplan.model.case import Case
from sozplan.model.index_terms import Over, Scaling, Side
from sozplan.model.indices import Component, Dynamics, Index, Method, Standardise
from sozplan.model.periods import Period
from sozplan.model.territory import Unit


def evaluate(case: Case, index: Index, method: Method, period: Period, audience: Audience) -> IndexResult:
    """Rates the areas; `method` is the one in effect, as `method_of` gives it. Raises IndexFault where none can be."""
    for fault in method_faults(case.plan, index, method):
        raise IndexFault(index, fault)
    asked = Question(case, index, audience)
    status = Part(asked, method, method.components, method.standardise)
    survey = status.survey(period)
    return assemble(asked, method, period, survey, _changes(asked, method, survey, period))


def _changes(asked: Question, method: Method, survey: Survey, period: Period) -> Survey | Period | None:
    """The dynamics of the areas rated; before there are earlier values, the period that they are missing for."""
    dynamics = method.dynamics
    if dynamics is None:
        return None
    how = dynamics.standardise or method.standardise.model_copy(update={"reference": None})
    part = Part(asked, method, dynamics.components or method.components, how, dynamics)
    reading = part.read(survey.units, period)
    if lacking(method, reading.changed).all():
        return period if dynamics.years is None else period.shift(-dynamics.years)
    rating = part.rate(survey.units, reading, survey.reasons, period)
    return Survey(survey.units, reading, survey.reasons, rating)


@dataclass(frozen=True, slots=True)
class Part:
    """What is rated in one go: the status, or its dynamics."""

    asked: Question
    method: Method
    components: tuple[Component, ...]
    how: Standardise
    dynamics: Dynamics | None = None

    def survey(self, period: Period) -> Survey:
        """The areas of a period, their values, who isn't rated, and the scores of the others."""
        units = rated_units(self.asked.case.plan, self.asked.index, period)
        if not units:
            raise IndexFault(self.asked.index, Fault(self.asked.index.at("level"), wrong.no_units(period)))
        reading = self.read(units, period)
        self._demand_values(reading, period)
        reasons = excluded(self.asked, self.method, units, reading, period)
        if len(reasons) == len(units):
            raise self._fault(wrong.none_rated(period))
        return Survey(units, reading, reasons, self.rate(units, reading, reasons, period))

    def read(self, units: tuple[Unit, ...], period: Period) -> Reading:
        if self.dynamics is None:
            return read(self.asked, units, self.components, period)
        return read_changes(self.asked, units, self.components, self.dynamics, period)

    def rate(self, units: tuple[Unit, ...], reading: Reading, reasons: Reasons, period: Period) -> Rating:
        reference = self.how.reference
        frozen = None if reference is None or reference == period else self.frozen(reference)
        rated = ~lacking(self.method, reading.changed)
        rated[list(reasons)] = False
        if not rated.any():
            raise self._fault(wrong.none_rated(period))
        scaling = np.ones(len(units), dtype=np.bool_) if self.how.over is Over.ALL else rated
        ground = Ground(reading.changed, rated, scaling, reading.magnitudes)
        try:
            return rate(self.recipe(units, period, with_city=frozen is None), ground, frozen)
        except Unknown as unknown:
            raise self._fault(wrong.unknown(self._name(unknown.component), period), unknown.component) from None
        except Flat as flat:
            name = None if flat.component is None else self._name(flat.component)
            raise self._fault(wrong.flat(name, int(np.count_nonzero(scaling)), period), flat.component) from None
        except Negative as negative:
            raise self._fault(wrong.negative(self._name(negative.component)), negative.component) from None

    def frozen(self, reference: Period) -> Rating:
        """The rating of the period to which mean, deviation and extremes are frozen."""
        return self.survey(reference).rating

    def recipe(self, units: tuple[Unit, ...], period: Period, *, with_city: bool) -> Recipe:
        columns = tuple(self._column(i, each, period, with_city) for i, each in enumerate(self.components))
        weights = np.array([float(each.weight) for each in self.components])
        return Recipe(self.method, self.how, columns, weights, self._residents(units, period))

    def _residents(self, units: tuple[Unit, ...], period: Period) -> Floats | None:
        if self.how.weighted_by is None:
            return None
        found = areal(self.asked.case, self.how.weighted_by, units, period, self.asked.audience).values
        if not np.nansum(found) > 0:
            name = name_of(self.asked.case.plan, self.how.weighted_by)
            place = at(self.asked.index, self.method, "standardise", "weighted_by")
            raise IndexFault(self.asked.index, Fault(place, wrong.no_residents(name, period)))
        return found

    def _column(self, number: int, component: Component, period: Period, with_city: bool) -> Column:
        sign = -1.0 if burdened(self.asked.case.plan, component) is Side.LOWER else 1.0
        low, high = (None if x is None else self._same(component, float(x)) for x in (component.low, component.high))
        needs_city = with_city and self.how.method is Scaling.RELATIVE
        return Column(sign, low, high, self._city(number, component, period) if needs_city else None)

    def _city(self, number: int, component: Component, period: Period) -> float:
        whole = self.asked.case.plan.whole
        found = np.nan if whole is None else float(self._city_reading(component, whole, period).changed[0, 0])
        if not found > 0:
            raise self._fault(wrong.no_city(self._name(number), period), number)
        return found

    def _city_reading(self, component: Component, whole: Unit, period: Period) -> Reading:
        return Part(self.asked, self.method, (component,), self.how, self.dynamics).read((whole,), period)

    def _same(self, component: Component, value: float) -> float:
        return float(transformed(self.asked, component, np.array([value]))[0])

    def _demand_values(self, reading: Reading, period: Period) -> None:
        for j, column in enumerate(reading.changed.T):
            if np.isnan(column).all():
                raise self._fault(self._absent(reading, j, period), j)

    def _absent(self, reading: Reading, number: int, period: Period) -> Text:
        """Why no area has a value."""
        name, case, audience = self._name(number), self.asked.case, self.asked.audience
        if set(reading.absent[number].values()) == {Withheld.CLASS}:
            return wrong.internal(name)
        is_suppressed = is_coarse(case, self.components[number].indicator, reading.periods[number], audience)
        return wrong.coarse(name, period) if is_suppressed else wrong.unknown(name, period)

    def _name(self, number: int) -> Text:
        changing = self.dynamics is not None and self.dynamics.years is not None
        return wrong.subject(name_of(self.asked.case.plan, self.components[number].indicator), changing=changing)

    def _fault(self, message: Text, component: int | None = None) -> IndexFault:
        """At the component, where one is to blame."""
        index = self.asked.index
        if component is not None:
            return IndexFault(index, Fault(at(index, self.components[component], "indicator"), message))
        return IndexFault(index, Fault(at(index, self.method, "version"), message))
