"""What the definition of an index shows to be wrong by itself, before any value is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sozplan.analysis.index.components import Fault, at, burdened, least_components, repeated
from sozplan.diagnostics import Text, text
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
            yield Fault(at(index, method, "to"), _TURNED)
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
            yield Fault(s.at(*path, i, "indicator"), _TWICE)
        if sum(each.weight for each in components) == 0:
            yield Fault(s.at(*path, 0, "weight"), _NO_WEIGHT)
        for i, each in enumerate(components):
            known = s.plan.find(each.indicator, Indicator) is not None
            if known and burdened(s.plan, each) is None:
                yield Fault(s.at(*path, i, "indicator"), _NO_SIDE)


def _goalposts(s: _Subject) -> Iterator[Fault]:
    for path, components, how in s.sets():
        for i, each in enumerate(components):
            if how.method is not Scaling.GOALPOSTS:
                if each.low is not None or each.high is not None:
                    yield Fault(s.at(*path, i, "high" if each.low is None else "low"), _IDLE_GOALPOSTS)
            elif each.low is None or each.high is None:
                yield Fault(s.at(*path, i, "indicator"), _NO_GOALPOSTS)
            elif each.low >= each.high:
                yield Fault(s.at(*path, i, "high"), _TURNED_GOALPOSTS)


def _standard_faults(s: _Subject) -> Iterator[Fault]:
    for path, how in s.standards():
        if how.reference is not None and how.method not in _FREEZABLE:
            yield Fault(s.at(*path, "reference"), _NOT_FREEZABLE)
        if how.weighted_by is not None and how.method is not Scaling.Z:
            yield Fault(s.at(*path, "weighted_by"), _IDLE_WEIGHT)
        if how.lowest >= how.highest:
            yield Fault(s.at(*path, "highest"), _TURNED_SCORES)


_FREEZABLE = (Scaling.Z, Scaling.MIN_MAX, Scaling.RELATIVE)


def _aggregate_faults(s: _Subject) -> Iterator[Fault]:
    for path, how in s.standards():
        misfit = aggregation_misfit(s.method.aggregate.method, how)
        if misfit is not None:
            yield Fault(s.at("aggregate", "method") if path == ("standardise",) else s.at(*path, "method"), misfit)


def aggregation_misfit(aggregation: Aggregation, how: Standardise) -> Text | None:
    """Why values standardised like that can't be aggregated so."""
    if aggregation is Aggregation.EXPONENTIAL and how.method not in (Scaling.RANK, Scaling.PERCENTILE):
        return _NO_RANKS
    has_zero = how.method is Scaling.Z or (how.method in (Scaling.MIN_MAX, Scaling.GOALPOSTS) and how.lowest < 0)
    return _NEGATIVE if aggregation is Aggregation.GEOMETRIC and has_zero else None


def _missing_faults(s: _Subject) -> Iterator[Fault]:
    method = s.method
    if method.least_components is None:
        return
    if method.missing is Gap.EXCLUDE:
        yield Fault(s.at("least_components"), _IDLE_LEAST)
    elif least_components(method) > len(method.components):
        yield Fault(s.at("least_components"), _TOO_MANY)


def _winsorise_faults(s: _Subject) -> Iterator[Fault]:
    how = s.method.winsorise
    if how is not None and how.lower is None and how.upper is None:
        yield Fault(s.at("winsorise"), _NO_SHARES)
    elif how is not None and how.lower is not None and how.upper is not None and how.lower >= how.upper:
        yield Fault(s.at("winsorise", "upper"), _TURNED_SHARES)


def _class_faults(s: _Subject) -> Iterator[Fault]:
    for path, classes in s.classes():
        if bool(classes.bounds) == (classes.quantiles is not None):
            yield Fault(s.at(*path), _ONE_KIND)
            continue
        key = ("bounds",) if classes.quantiles is None else ("quantiles", "names")
        for i in repeated(classes.names):
            last = ("name",) if classes.quantiles is None else ()
            yield Fault(s.at(*path, *key, i, *last), _CLASS_TWICE)
        yield from (Fault(s.at(*path, "bounds", i, *last), said) for i, last, said in _bound_faults(classes.bounds))


def _bound_faults(bounds: Sequence[Bound]) -> Iterator[tuple[int, tuple[str, ...], Text]]:
    if len(bounds) == 1:
        yield 0, (), _ONE_CLASS
    for i, each in enumerate(bounds[:-1]):
        before = bounds[i - 1].to if i else None
        if each.to is None:
            yield i, ("name",), _NO_BOUND
        elif before is not None and each.to <= before:
            yield i, ("to",), _UNORDERED
    if bounds and bounds[-1].to is not None:
        yield len(bounds) - 1, ("to",), _LAST_BOUND


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
        yield Fault(s.at("exclude", "areas", i, "area"), _EXCLUDED_TWICE)
    for i, each in enumerate(areas):
        unit = s.plan.find(each.area, Unit)
        if unit is not None and unit.level != s.index.level:
            yield Fault(s.at("exclude", "areas", i, "area"), _OTHER_LEVEL)


def _dynamics_faults(s: _Subject) -> Iterator[Fault]:
    found = s.method.dynamics
    if found is None:
        return
    if found.years is None and not found.components:
        yield Fault(s.at("dynamics"), _NO_CHANGE)
    elif found.years is not None and found.components:
        yield Fault(s.at("dynamics", "years"), _TWO_CHANGES)
    if _is_unfit_for_changes(s.method, found):
        yield Fault(s.at("dynamics"), _OWN_STANDARD)


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

_TURNED = text(de="„to“ liegt vor „from“.", en="“to” lies before “from”.")
_TWICE = text(
    de="Diese Kennzahl ist schon Komponente. Soll sie mehr zählen, erhöhen Sie ihr Gewicht.",
    en="This indicator is a component already. If it shall count for more, raise its weight.",
)
_NO_WEIGHT = text(
    de="Die Gewichte ergeben zusammen 0. Geben Sie mindestens einer Komponente ein Gewicht über 0.",
    en="The weights add up to 0. Give at least one component a weight above 0.",
)
_NO_SIDE = text(
    de="Der Steckbrief sagt nicht, was besser ist. Schreiben Sie hier, welche Seite belastet ist: „burdened: higher“ "
    "(höher ist belastet) oder „burdened: lower“.",
    en="The sheet doesn't say what is better. Write here which side is burdened: “burdened: higher” or "
    "“burdened: lower”.",
)
_NO_GOALPOSTS = text(
    de="Bei „goalposts“ braucht jede Komponente beide Grenzwerte: „low“ und „high“.",
    en="With “goalposts” each component needs both of them: “low” and “high”.",
)
_IDLE_GOALPOSTS = text(
    de="Grenzwerte wirken nur mit „standardise: {method: goalposts}“. Streichen Sie sie oder ändern Sie das Verfahren.",
    en="Goalposts only work with “standardise: {method: goalposts}”. Remove them or change the method.",
)
_TURNED_GOALPOSTS = text(
    de="„high“ muss größer sein als „low“; welche Seite belastet ist, sagt „burdened“.",
    en="“high” must be larger than “low”; which side is burdened is said by “burdened”.",
)
_NOT_FREEZABLE = text(
    de="Ein Bezugsjahr gibt es nur bei „z“, „min-max“ und „relative“; bei Rängen und festen Grenzwerten nicht.",
    en="There is a reference only with “z”, “min-max” and “relative”; it doesn't work with ranks or fixed goalposts.",
)
_IDLE_WEIGHT = text(
    de="Gewichten lassen sich nur Mittel und Standardabweichung („method: z“). Streichen Sie „weighted_by“.",
    en="Only mean and deviation can be weighted (“method: z”). Remove “weighted_by”.",
)
_TURNED_SCORES = text(
    de="„highest“ muss größer sein als „lowest“.", en="“highest” must be larger than “lowest”."
)  # fmt: skip
_NO_RANKS = text(
    de="Die exponentielle Umformung braucht Ränge: „standardise: {method: rank}“ oder „percentile“.",
    en="The exponential transformation needs ranks: “standardise: {method: rank}” or “percentile”.",
)
_NEGATIVE = text(
    de="Ein geometrisches Mittel gibt es nur aus nicht negativen Werten. Nehmen Sie „min-max“, „goalposts“, „rank“ "
    "oder „percentile“ statt „z“, mit „lowest“ ab 0.",
    en="There is a geometric mean only of values that aren't negative. Take “min-max”, “goalposts”, “rank” or "
    "“percentile” instead of “z”, with “lowest” from 0.",
)
_IDLE_LEAST = text(
    de="„least_components“ wirkt nur mit „missing: mean“ oder „missing: available“; bei „exclude“ müssen alle da sein.",
    en="“least_components” only works with “missing: mean” or “missing: available”; with “exclude” all must be there.",
)
_TOO_MANY = text(de="So viele Komponenten gibt es nicht.", en="There aren't that many components.")
_NO_SHARES = text(
    de="Nennen Sie „lower“, „upper“ oder beide, z. B. 0.05 und 0.95.",
    en="Name “lower”, “upper” or both, 0.05 and 0.95 say.",
)
_TURNED_SHARES = text(de="„upper“ muss größer sein als „lower“.", en="“upper” must be larger than “lower”.")
_ONE_KIND = text(
    de="Klassen entstehen entweder aus „bounds“ oder aus „quantiles“; genau eins von beiden muss dastehen.",
    en="Classes come either of “bounds” or of “quantiles”; exactly one of them must be there.",
)
_CLASS_TWICE = text(de="Eine Klasse dieses Namens gibt es schon.", en="There is a class of that name already.")
_ONE_CLASS = text(de="Eine Klasse allein teilt nichts ein.", en="One class alone classes nothing.")
_NO_BOUND = text(
    de="Hier fehlt die obere Grenze („to“); nur die letzte Klasse bleibt offen.",
    en="The upper bound (“to”) is missing; only the last class is open.",
)
_LAST_BOUND = text(
    de="Die letzte Klasse bleibt nach oben offen; streichen Sie ihr „to“, sonst fielen Gebiete darüber heraus.",
    en="The last class is open above; remove its “to”, else areas beyond it would fall out.",
)
_UNORDERED = text(
    de="Die Grenzen müssen steigen, von geringer zu hoher Belastung; diese ist nicht größer als die vorige.",
    en="The bounds must rise, from low burden to high; this one isn't larger than the one before.",
)
_EXCLUDED_TWICE = text(de="Dieses Gebiet ist schon ausgeschlossen.", en="This area is excluded already.")
_OTHER_LEVEL = text(
    de="Dieses Gebiet liegt nicht auf der Ebene des Index und wird ohnehin nicht bewertet.",
    en="This area isn't of the index's level and isn't rated anyway.",
)
_NO_CHANGE = text(
    de="Sagen Sie, über wie viele Jahre („years“), oder nennen Sie Kennzahlen, die selbst die Veränderung angeben "
    "(„components“).",
    en="Say over how many years (“years”), or name indicators that hold the change themselves (“components”).",
)
_TWO_CHANGES = text(
    de="„components“ gibt schon Veränderungen an; „years“ würde daraus noch einmal welche bilden. Streichen Sie eins.",
    en="“components” hold changes already; “years” would make changes of these. Remove one of them.",
)
_OWN_STANDARD = text(
    de="Veränderungen brauchen ein eigenes „standardise“, denn Grenzwerte und Stadtwert gelten für die Werte selbst.",
    en="Changes need a “standardise” of their own, for goalposts and the city's value are those of the values.",
)
