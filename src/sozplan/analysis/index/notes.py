"""What a reader must know beside the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sozplan.analysis.disclosure import COARSER, is_coarse
from sozplan.analysis.index.components import name_of
from sozplan.analysis.index.rating import Rating
from sozplan.analysis.index.reading import Question, Reading
from sozplan.diagnostics import Text, text
from sozplan.model.index_terms import Gap
from sozplan.model.indices import Method
from sozplan.model.periods import Period
from sozplan.model.territory import Unit


def notes(asked: Question, method: Method, reading: Reading, rating: Rating, *, too_few: bool) -> tuple[Text, ...]:
    return tuple(_notes(asked, method, reading, rating, too_few))


def no_dynamics(before: Period) -> Text:
    return Text(
        f"Eine Dynamik gibt es noch nicht: Für {before} fehlen die Werte.",
        f"There is no dynamics yet: the values for {before} are missing.",
    )


def of_dynamics(units: Sequence[Unit], reading: Reading, rating: Rating, changes: Rating) -> Iterator[Text]:
    """Which changes rest on converted values, and which of the rated areas have none."""
    known = set(np.flatnonzero(changes.rated).tolist())
    if count := len(known & {i for each in reading.unsettled for i in each.converted}):
        yield Text(*(each.format(n=count) for each in _CHANGES_CONVERTED))
    without = [units[i].key for i in np.flatnonzero(rating.rated & ~changes.rated).tolist()]
    if without:
        more = len(without) - _NAMED
        listed = ", ".join(without[:_NAMED])
        yield Text(
            f"Ohne Dynamik, weil frühere Werte fehlen oder nicht umzurechnen sind: {listed}"
            f"{f' und {more} weitere' if more > 0 else ''}.",
            f"No dynamics, since earlier values are missing or can't be converted: {listed}"
            f"{f' and {more} more' if more > 0 else ''}.",
        )


_NAMED = 12


def _notes(asked: Question, method: Method, reading: Reading, rating: Rating, too_few: bool) -> Iterator[Text]:
    count = int(np.count_nonzero(rating.rated))
    if too_few:
        yield Text(
            f"Nur {count} Gebiete sind bewertet; Klassen nach z-Werten wären bei weniger als {method.least_areas} "
            "nicht belastbar. Es gelten Abstand zum Mittel und Rang.",
            f"Only {count} areas are rated; classes by z scores wouldn't hold with fewer than {method.least_areas}. "
            "Distance from the mean and rank stand instead.",
        )
    yield _MULTIPLE
    reference = rating.recipe.how.reference
    if reference is not None:
        yield Text(
            f"Mittel, Standardabweichung und Grenzen sind auf {reference} eingefroren.",
            f"Mean, standard deviation and extremes are frozen to {reference}.",
        )
    yield from _periods(asked, method, reading)
    yield from _coarse(asked, method, reading)
    yield from _unsettled(reading, rating)
    if method.missing is not Gap.EXCLUDE and np.isnan(rating.ground.values[rating.rated]).any():
        yield _GAPS[method.missing]
    if rating.recipe.residents is not None and np.isnan(rating.recipe.residents[rating.rated]).any():
        yield _WEIGHTLESS


def _coarse(asked: Question, method: Method, reading: Reading) -> Iterator[Text]:
    """Components of which whole levels are withheld, since fewer cells that would do weren't found."""
    pairs = zip(method.components, reading.periods, strict=True)
    some = [
        (each.indicator, period)
        for each, period in pairs
        if is_coarse(asked.case, each.indicator, period, asked.audience)
    ]
    if some:
        told = ", ".join(f"{name_of(asked.case.plan, indicator)} {period}" for indicator, period in some)
        yield Text(*(each.format(told=told) for each in COARSER))


def _periods(asked: Question, method: Method, reading: Reading) -> Iterator[Text]:
    """Components whose period differs from the one asked for."""
    for component, period in zip(method.components, reading.periods, strict=True):
        if len({each.kind for each in reading.periods}) > 1 or period != reading.periods[0]:
            name = name_of(asked.case.plan, component.indicator)
            yield Text(f"„{name}“: Werte für {period}.", f"“{name}”: values for {period}.")


def _unsettled(reading: Reading, rating: Rating) -> Iterator[Text]:
    rated = set(np.flatnonzero(rating.rated).tolist())
    for words, places in (
        (_ESTIMATED, {i for each in reading.unsettled for i in each.estimated}),
        (_PROVISIONAL, {i for each in reading.unsettled for i in each.provisional}),
        (_CONVERTED, {i for each in reading.unsettled for i in each.converted}),
    ):
        if count := len(places & rated):
            yield Text(*(each.format(n=count) for each in words))


_MULTIPLE = text(
    de="Mehrfachbelastung zählt die Komponenten, die mindestens eine Standardabweichung über dem Mittel der bewerteten "
    "Gebiete liegen.",
    en="Multiple burden counts the components that lie at least one standard deviation above the mean of the rated "
    "areas.",
)
_GAPS = {
    Gap.MEAN: text(
        de="Wo eine Komponente fehlt, steht das Mittel der bewerteten Gebiete.",
        en="Where a component is missing, the mean of the rated areas stands instead.",
    ),
    Gap.AVAILABLE: text(
        de="Wo eine Komponente fehlt, zählen die anderen entsprechend mehr.",
        en="Where a component is missing, the others count for so much more.",
    ),
}
_WEIGHTLESS = text(
    de="Gebiete ohne Wert der Gewichtung gehen nicht in Mittel und Standardabweichung ein.",
    en="Areas without a weight don't go into mean and deviation.",
)
_ESTIMATED = text(de="Geschätzte Werte in {n} bewerteten Gebieten.", en="Estimated values in {n} rated areas.")
_PROVISIONAL = text(de="Vorläufige Werte in {n} bewerteten Gebieten.", en="Provisional values in {n} rated areas.")
_CHANGES_CONVERTED = text(
    de="Dynamik: auf heutige Grenzen umgerechnete Werte in {n} bewerteten Gebieten.",
    en="Dynamics: values converted to other boundaries in {n} rated areas.",
)
_CONVERTED = text(
    de="Auf heutige Grenzen umgerechnete Werte in {n} bewerteten Gebieten.",
    en="Values converted to other boundaries in {n} rated areas.",
)
