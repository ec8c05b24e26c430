"""Whether there are values that tell areas apart, found without computing an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sozplan.analysis.disclosure import published
from sozplan.analysis.index.components import Fault, at, name_of, repeated
from sozplan.analysis.series import observe
from sozplan.diagnostics import Text
from sozplan.model.case import Case
from sozplan.model.index_terms import Scaling
from sozplan.model.indicators import Indicator
from sozplan.model.indices import Component, Index, Method, Standardise
from sozplan.model.periods import Period
from sozplan.model.presets import effective
from sozplan.model.territory import Unit


def gaps(case: Case, index: Index) -> Iterator[Fault]:
    """Components without any value, all of whose values are the same, or that miss the year they are frozen to.

    An old version's components may have gone out of use, so only the newest is looked at.
    """
    method = effective(index.methods[-1])
    units = sorted((unit for unit in case.plan.units if unit.level == index.level), key=lambda unit: unit.id)
    if not units:
        return
    known = [each for each in method.components if case.plan.find(each.indicator, Indicator) is not None]
    twice = set(repeated([each.indicator for each in known]))
    for component in (each for i, each in enumerate(known) if i not in twice):
        message = _gap(case, component, method, units)
        if message is not None:
            yield Fault(at(index, component, "indicator"), message)
    yield from _reference(case, index, method, units)


def _gap(case: Case, component: Component, method: Method, units: Sequence[Unit]) -> Text | None:
    name = name_of(case.plan, component.indicator)
    period = next(_newest(case, component.indicator, units), None)
    if period is None and not _all_read(case):
        return None
    if period is None:
        return Text(
            f"„{name}“ hat auf dieser Ebene in keinem Gebiet einen Wert. Spielen Sie die Daten ein oder nehmen Sie die "
            "Komponente heraus.",
            f"“{name}” has no value in any area of this level. Bring in the data or take the component out.",
        )
    if _compares(method.standardise) and _is_flat(case, component.indicator, units, period):
        return Text(
            f"„{name}“ hat {period} in allen Gebieten denselben Wert (σ = 0) und unterscheidet nichts. Prüfen Sie die "
            "Daten oder nehmen Sie die Komponente heraus.",
            f"“{name}” has the same value in all areas in {period} (σ = 0) and tells nothing apart. Check the data or "
            "take the component out.",
        )
    return None


def _all_read(case: Case) -> bool:
    """A table that can't be read may hold what seems to be missing; of large ones that isn't known, but they are."""
    resources = case.figures.resources or {}
    there = {cell.resource for cell in case.figures.held}
    return bool(resources) and (bool(case.figures.tables) or resources.keys() <= there)


def _compares(how: Standardise) -> bool:
    return how.method in (Scaling.Z, Scaling.MIN_MAX)


def _newest(case: Case, indicator: str, units: Sequence[Unit]) -> Iterator[Period]:
    """The newest period with a value, of one unit after the other."""
    for unit in units:
        with_value = [each.period for each in observe(case, indicator, unit.id) if each.value is not None]
        yield from with_value[-1:]


def _is_flat(case: Case, indicator: str, units: Sequence[Unit], period: Period) -> bool:
    """That all are the same may be said only of values that may be shown."""
    measured = (each for unit in units for each in observe(case, indicator, unit.id) if each.period == period)
    values = (each.value.reveal() for each in measured if each.value is not None)
    first = next(values, None)
    if any(value != first for value in values):
        return False
    shown = [each.value for unit in units for each in published(case, indicator, unit.id) if each.period == period]
    return len([value for value in shown if value is not None]) > 1 and None not in shown


def _reference(case: Case, index: Index, method: Method, units: Sequence[Unit]) -> Iterator[Fault]:
    reference = method.standardise.reference
    if reference is None or not _all_read(case):
        return
    for component in method.components:
        cells = (each for unit in units for each in observe(case, component.indicator, unit.id))
        within = (each for each in cells if reference.start <= each.reference <= reference.end)
        if not any(each.value is not None for each in within):
            name = name_of(case.plan, component.indicator)
            yield Fault(
                at(index, method, "standardise", "reference"),
                Text(
                    f"Für das Bezugsjahr {reference} hat „{name}“ auf dieser Ebene keinen Wert. Nehmen Sie ein Jahr, "
                    "für das alle Komponenten vorliegen.",
                    f"For the reference {reference} “{name}” has no value on this level. Take a year for which all "
                    "components are there.",
                ),
            )
            return
