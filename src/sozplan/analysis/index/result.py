"""What comes of an index: areas with rank and class, what was left out and why, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sozplan.analysis.disclosure import Audience, Withheld
from sozplan.analysis.index.rating import Rating
from sozplan.analysis.index.reading import Reading
from sozplan.diagnostics import Text
from sozplan.model.figures import Missing
from sozplan.model.indices import Index, Method
from sozplan.model.periods import Period
from sozplan.model.territory import Unit


class Area(NamedTuple):
    """A rated area. Scores grow with the burden; rank 1 is the most burdened, equal scores share the better rank.

    `class_` is None where the method has no classes or too few areas are rated; `distance` is that from the mean
    of the rated areas, in standard deviations of the index. `multiple` counts the components that lie at least one
    standard deviation above the mean, `themes` are theirs.
    """

    unit: str
    key: str
    name: str
    score: float
    rank: int
    class_: str | None
    suggested: bool | None
    distance: float
    borderline: bool
    multiple: int
    themes: tuple[str, ...]
    dynamics_score: float | None
    dynamics_class: str | None


class Excluded(NamedTuple):
    """An area that isn't rated, and why."""

    unit: str
    key: str
    name: str
    reason: Text


class Standing(NamedTuple):
    """One component of one area.

    `city` is the value of the whole municipality, where it has one that may be shown; `standard` the value on the
    method's scale; `sigmas` its distance from the mean of the rated areas in standard deviations, towards burden,
    whatever the method's scale.
    """

    indicator: str
    name: str
    theme: str | None
    weight: float
    value: float | None
    city: float | None
    absent: Withheld | Missing | None
    standard: float | None
    sigmas: float | None
    above: bool
    period: Period


class Measure(NamedTuple):
    """What a component was measured by: mean and standard deviation where areas were compared."""

    indicator: str
    name: str
    period: Period
    mean: float | None
    sigma: float | None
    least: float
    most: float
    areas: int


class Correlated(NamedTuple):
    """Two components that say nearly the same, so that it counts double."""

    one: str
    other: str
    r: float


class Placed(NamedTuple):
    """A social area set on the scale of the rated areas; it is compared with them and isn't one of them.

    `rank` is the one that it would take among them. Without a score, `missing` names the components it lacks.
    """

    area: str
    score: float | None
    rank: int | None
    class_: str | None
    suggested: bool | None
    borderline: bool
    multiple: int
    themes: tuple[str, ...]
    standings: tuple[Standing, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class IndexResult:
    """The result of an index for a period, as its audience may see it."""

    index: Index
    method: Method
    period: Period
    audience: Audience
    areas: tuple[Area, ...]
    excluded: tuple[Excluded, ...]
    measures: tuple[Measure, ...]
    correlated: tuple[Correlated, ...]
    notes: tuple[Text, ...]
    bounds: tuple[float, ...]
    """Between the classes; empty where there are none."""
    dynamics_bounds: tuple[float, ...]
    units: tuple[Unit, ...]
    reading: Reading
    rating: Rating
    changes: Rating | None

    @cached_property
    def by_unit(self) -> Mapping[str, Area]:
        return {area.unit: area for area in self.areas}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where a unit stands among all, rated or not."""
        return {unit.id: i for i, unit in enumerate(self.units)}
