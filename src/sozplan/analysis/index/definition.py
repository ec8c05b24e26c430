"""What the definition of an index shows to be wrong by itself, before any value is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sozplan.analysis.index import contradictions
from sozplan.analysis.index.components import Fault, at, burdened, least_components, repeated
from sozplan.diagnostics import Text
from sozplan.model.entity import Place
from sozplan.model.index_terms import Aggregation, Gap, Scaling
from sozplan.model.indicators import Indicator
from sozplan.model.indices import Bound, Classes, Component, Dynamics, Index, Method, Standardise
from sozplan.model.plan import Plan
from sozplan.model.presets import effective
from sozplan.model.territory import Unit


def faults(plan: Plan, index: Index) -> Iterator[Fault]:
    """All faults of all versions."""
    yield from _versions(index)
    for method in index.methods:
        yield from method_faults(plan, index, effective(method))


def method_faults(plan: Plan, index: Index, method: Method) -> Iterator[Fault]:
    """Those of one version, its preset laid under."""
    subject = _Subject(plan, index, method)
    for check in _CHECKS:
        yield from check(subject)


@dataclass(frozen=True, slots=True)
class _Subject:
    plan: Plan
    index: Index
    method: Method

    def at(self, *path: str | int) -> Place:
        return at(self.index, self.method, *path)

    def sets(self) -> Iterator[tuple[tuple[str, ...], Sequence[Component], Standardise]]:
        """The components of status and dynamics, where they stand, and how they are standardised."""
        method = self.method
        yield ("components",), method.components, method.standardise
        if method.dynamics is not None and method.dynamics.components:
            how = method.dynamics.standardise or method.standardise
            yield ("dynamics", "components"), method.dynamics.components, how

    def standards(self) -> Iterator[tuple[tuple[str, ...], Standardise]]:
        yield ("standardise",), self.method.standardise
        if self.method.dynamics is not None and self.method.dynamics.standardise is not None:
            yield ("dynamics", "standardise"), self.method.dynamics.standardise

    def classes(self) -> Iterator[tuple[tuple[str, ...], Classes]]:
        if self.method.classes is not None:
            yield ("classes",), self.method.classes
        if self.method.dynamics is not None and self.method.dynamics.classes is not None:
            yield ("dynamics", "classes"), self.method.dynamics.classes


def _versions(index: Index) -> Iterator[Fault]:
    for i in repeated([method.version for method in index.methods]):
        version = index.methods[i].version
        yield Fault(
            at(index, index.methods[i], "version"),
            Text(
                f"Die Version „{version}“ gibt es schon. Eine geänderte Definition bekommt einen neuen Namen.",
                f"There is a version “{version}” already. A changed definition gets a new name.",
            ),
        )
    for i, method in enumerate(index.methods):
        if method.start is not None and method.end is not None and method.end.end < method.start.start:
            yield Fault(at(index, method, "to"), contradictions.TURNED)
        for other in index.methods[:i]:
            if _overlap(method, other):
                yield Fault(
                    at(index, method, "from"),
                    Text(
                        f"Auch die Version „{other.version}“ gilt in dieser Zeit. Beenden Sie sie mit „to“ oder lassen "
                        "Sie diese mit „from“ später beginnen.",
                        f"The version “{other.version}” holds in that time as well. End it by “to” or let this one "
                        "begin later by “from”.",
                    ),
                )
                break


def _overlap(one: Method, other: Method) -> bool:
    return _begins_by(one, other) and _begins_by(other, one)


def _begins_by(one: Method, other: Method) -> bool:
    """Whether `one` begins before `other` ends."""
    return one.start is None or other.end is None or one.start.start <= other.end.end


def _component_faults(s: _Subject) -> Iterator[Fault]:
    for path, components, _ in s.sets():
        for i in repeated([each.indicator for each in components]):
            yield Fault(s.at(*path, i, "indicator"), contradictions.TWICE)
        if sum(each.weight for each in components) == 0:
            yield Fault(s.at(*path, 0, "weight"), contradictions.NO_WEIGHT)
        for i, each in enumerate(components):
            known = s.plan.find(each.indicator, Indicator) is not None
            if known and burdened(s.plan, each) is None:
                yield Fault(s.at(*path, i, "indicator"), contradictions.NO_SIDE)


def _goalposts(s: _Subject) -> Iterator[Fault]:
    for path, components, how in s.sets():
        for i, each in enumerate(components):
            if how.method is not Scaling.GOALPOSTS:
                if each.low is not None or each.high is not None:
                    yield Fault(s.at(*path, i, "high" if each.low is None else "low"), contradictions.IDLE_GOALPOSTS)
            elif each.low is None or each.high is None:
                yield Fault(s.at(*path, i, "indicator"), contradictions.NO_GOALPOSTS)
            elif each.low >= each.high:
                yield Fault(s.at(*path, i, "high"), contradictions.TURNED_GOALPOSTS)


def _standard_faults(s: _Subject) -> Iterator[Fault]:
    for path, how in s.standards():
        if how.reference is not None and how.method not in _FREEZABLE:
            yield Fault(s.at(*path, "reference"), contradictions.NOT_FREEZABLE)
        if how.weighted_by is not None and how.method is not Scaling.Z:
            yield Fault(s.at(*path, "weighted_by"), contradictions.IDLE_WEIGHT)
        if how.lowest >= how.highest:
            yield Fault(s.at(*path, "highest"), contradictions.TURNED_SCORES)


_FREEZABLE = (Scaling.Z, Scaling.MIN_MAX, Scaling.RELATIVE)


def _aggregate_faults(s: _Subject) -> Iterator[Fault]:
    for path, how in s.standards():
        misfit = aggregation_misfit(s.method.aggregate.method, how)
        if misfit is not None:
            yield Fault(s.at("aggregate", "method") if path == ("standardise",) else s.at(*path, "method"), misfit)


def aggregation_misfit(aggregation: Aggregation, how: Standardise) -> Text | None:
    """Why values standardised like that can't be aggregated so."""
    if aggregation is Aggregation.EXPONENTIAL and how.method not in (Scaling.RANK, Scaling.PERCENTILE):
        return contradictions.NO_RANKS
    has_zero = how.method is Scaling.Z or (how.method in (Scaling.MIN_MAX, Scaling.GOALPOSTS) and how.lowest < 0)
    return contradictions.NEGATIVE if aggregation is Aggregation.GEOMETRIC and has_zero else None


def _missing_faults(s: _Subject) -> Iterator[Fault]:
    method = s.method
    if method.least_components is None:
        return
    if method.missing is Gap.EXCLUDE:
        yield Fault(s.at("least_components"), contradictions.IDLE_LEAST)
    elif least_components(method) > len(method.components):
        yield Fault(s.at("least_components"), contradictions.TOO_MANY)


def _winsorise_faults(s: _Subject) -> Iterator[Fault]:
    how = s.method.winsorise
    if how is not None and how.lower is None and how.upper is None:
        yield Fault(s.at("winsorise"), contradictions.NO_SHARES)
    elif how is not None and how.lower is not None and how.upper is not None and how.lower >= how.upper:
        yield Fault(s.at("winsorise", "upper"), contradictions.TURNED_SHARES)


def _class_faults(s: _Subject) -> Iterator[Fault]:
    for path, classes in s.classes():
        if bool(classes.bounds) == (classes.quantiles is not None):
            yield Fault(s.at(*path), contradictions.ONE_KIND)
            continue
        key = ("bounds",) if classes.quantiles is None else ("quantiles", "names")
        for i in repeated(classes.names):
            last = ("name",) if classes.quantiles is None else ()
            yield Fault(s.at(*path, *key, i, *last), contradictions.CLASS_TWICE)
        yield from (Fault(s.at(*path, "bounds", i, *last), said) for i, last, said in _bound_faults(classes.bounds))


def _bound_faults(bounds: Sequence[Bound]) -> Iterator[tuple[int, tuple[str, ...], Text]]:
    if len(bounds) == 1:
        yield 0, (), contradictions.ONE_CLASS
    for i, each in enumerate(bounds[:-1]):
        before = bounds[i - 1].to if i else None
        if each.to is None:
            yield i, ("name",), contradictions.NO_BOUND
        elif before is not None and each.to <= before:
            yield i, ("to",), contradictions.UNORDERED
    if bounds and bounds[-1].to is not None:
        yield len(bounds) - 1, ("to",), contradictions.LAST_BOUND


def _suggests(s: _Subject) -> Iterator[Fault]:
    known = s.method.classes.names if s.method.classes is not None else ()
    for i, name in enumerate(s.method.suggests):
        if name not in known:
            listed = ", ".join(known)
            yield Fault(
                s.at("suggests", i),
                Text(
                    f"Eine Klasse „{name}“ gibt es nicht. Vorhanden sind: {listed}."
                    if known
                    else "Ohne Klassen kann keine eine Festlegung nahelegen. Tragen Sie „classes“ ein.",
                    f"There is no class “{name}”. There are: {listed}."
                    if known
                    else "Without classes none can suggest a designation. Enter “classes”.",
                ),
            )


def _exclusion_faults(s: _Subject) -> Iterator[Fault]:
    areas = s.method.exclude.areas
    for i in repeated([each.area for each in areas]):
        yield Fault(s.at("exclude", "areas", i, "area"), contradictions.EXCLUDED_TWICE)
    for i, each in enumerate(areas):
        unit = s.plan.find(each.area, Unit)
        if unit is not None and unit.level != s.index.level:
            yield Fault(s.at("exclude", "areas", i, "area"), contradictions.OTHER_LEVEL)


def _dynamics_faults(s: _Subject) -> Iterator[Fault]:
    found = s.method.dynamics
    if found is None:
        return
    if found.years is None and not found.components:
        yield Fault(s.at("dynamics"), contradictions.NO_CHANGE)
    elif found.years is not None and found.components:
        yield Fault(s.at("dynamics", "years"), contradictions.TWO_CHANGES)
    if _is_unfit_for_changes(s.method, found):
        yield Fault(s.at("dynamics"), contradictions.OWN_STANDARD)


def _is_unfit_for_changes(method: Method, dynamics: Dynamics) -> bool:
    """Goalposts and the city's value are those of the values, not of their changes."""
    inherited = dynamics.standardise is None and not dynamics.components
    return inherited and method.standardise.method in (Scaling.GOALPOSTS, Scaling.RELATIVE)


_CHECKS: tuple[Callable[[_Subject], Iterator[Fault]], ...] = (
    _component_faults,
    _goalposts,
    _standard_faults,
    _aggregate_faults,
    _missing_faults,
    _winsorise_faults,
    _class_faults,
    _suggests,
    _exclusion_faults,
    _dynamics_faults,
)
