"""Scales against second opinions: scipy, numpy and the standard library."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sozplan.analysis.index.quantiles import percentile, quantile
from sozplan.analysis.index.standard import Column, NoSpreadError, Sample, fit
from sozplan.model.index_terms import Deviation, Quantile, Scaling, Ties
from sozplan.model.indices import Standardise, Winsorise

Floats = NDArray[np.float64]
VALUES = np.array([12.0, 3.5, 7.25, 7.25, 40.0, 1.0, 18.5, 9.75, 22.0, 5.0, 13.5])
WEIGHTS = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0])


def standard(
    how: Standardise, values: Floats = VALUES, column: Column | None = None, weights: Floats | None = None
) -> Floats:
    return fit(how, None, column or Column(1.0), Sample(values, weights)).put(values)


@pytest.mark.parametrize(("deviation", "ddof"), [(Deviation.POPULATION, 0), (Deviation.SAMPLE, 1)])
def test_z_is_that_of_scipy(deviation: Deviation, ddof: int) -> None:
    how = Standardise(deviation=deviation)
    assert standard(how) == pytest.approx(stats.zscore(VALUES, ddof=ddof), rel=1e-13)
    assert standard(how, column=Column(-1.0)) == pytest.approx(-stats.zscore(VALUES, ddof=ddof), rel=1e-13)


@pytest.mark.parametrize(
    ("deviation", "of"), [(Deviation.POPULATION, statistics.pstdev), (Deviation.SAMPLE, statistics.stdev)]
)
def test_weights_count_areas_several_times(deviation: Deviation, of: object) -> None:
    repeated = [v for v, n in zip(VALUES.tolist(), WEIGHTS.astype(int).tolist(), strict=True) for _ in range(n)]
    assert callable(of)
    expected = [(v - statistics.fmean(repeated)) / of(repeated) for v in VALUES.tolist()]
    assert standard(Standardise(deviation=deviation), weights=WEIGHTS) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(("ties", "method"), [(Ties.AVERAGE, "average"), (Ties.LOWEST, "min"), (Ties.HIGHEST, "max")])
def test_ranks_are_those_of_scipy(ties: Ties, method: str) -> None:
    how = Standardise(method=Scaling.RANK, ties=ties)
    assert standard(how).tolist() == stats.rankdata(VALUES, method=method).tolist()  # type: ignore[call-overload]
    assert standard(how, column=Column(-1.0)).tolist() == stats.rankdata(-VALUES, method=method).tolist()  # type: ignore[call-overload]


def test_percentile_ranks_are_those_of_scipy() -> None:
    """By default the share of areas that aren't more burdened."""
    distinct = np.array([4.0, 8.0, 1.0, 9.0, 3.0])
    expected = [stats.percentileofscore(distinct, v, kind="weak") for v in distinct]
    assert standard(Standardise(method=Scaling.PERCENTILE), distinct) == pytest.approx(expected)
    hazen = Standardise(method=Scaling.PERCENTILE, percentile=Quantile.HAZEN)
    expected = [stats.percentileofscore(distinct, v, kind="mean") for v in distinct]
    assert standard(hazen, distinct) == pytest.approx(expected)


def test_percentiles_run_from_nought_to_a_hundred() -> None:
    ranks = np.array([1.0, 3.0, 5.0])
    assert percentile(Quantile.LINEAR, ranks, 5).tolist() == [0.0, 50.0, 100.0]
    assert percentile(Quantile.WEIBULL, ranks, 5) == pytest.approx([100 / 6, 50.0, 500 / 6])


def test_min_max_turns_with_the_burdened_side() -> None:
    how = Standardise(method=Scaling.MIN_MAX, lowest=Decimal(1), highest=Decimal(100))
    assert standard(how, np.array([2.0, 4.0, 6.0])).tolist() == [1.0, 50.5, 100.0]
    assert standard(how, np.array([2.0, 3.0, 6.0]), Column(-1.0)).tolist() == [100.0, 75.25, 1.0]


def test_goalposts_hold_what_lies_beyond_them() -> None:
    """Human Development Index 2020 of Norway: life expectancy 82.4 between 20 and 85 is 0.960."""
    how, column = Standardise(method=Scaling.GOALPOSTS), Column(1.0, 20.0, 85.0)
    assert standard(how, np.array([82.4, 90.0, 10.0]), column) == pytest.approx([0.96, 1.0, 0.0])
    free = Standardise(method=Scaling.GOALPOSTS, clip=False)
    assert standard(free, np.array([98.0, 7.0]), column) == pytest.approx([1.2, -0.2])


def test_the_city_is_a_hundred() -> None:
    how = Standardise(method=Scaling.RELATIVE)
    assert standard(how, np.array([10.0, 30.0]), Column(1.0, city=20.0)).tolist() == [50.0, 150.0]
    assert standard(how, np.array([10.0, 30.0]), Column(-1.0, city=20.0)).tolist() == [150.0, 50.0]


@pytest.mark.parametrize("method", [Scaling.Z, Scaling.MIN_MAX])
@pytest.mark.parametrize("values", [[4.2] * 7, [0.1 + 0.2, 0.3, 0.6 - 0.3], [5.0]])
def test_what_doesnt_differ_has_no_scale(method: Scaling, values: list[float]) -> None:
    with pytest.raises(NoSpreadError):
        standard(Standardise(method=method), np.array(values))


@pytest.mark.parametrize("definition", Quantile)
@pytest.mark.parametrize("count", [1, 2, 5, 9, 10, 11, 23, 100])
def test_quantiles_are_those_of_numpy(definition: Quantile, count: int) -> None:
    values = np.sort(np.random.default_rng(count).normal(size=count))
    for parts in (4, 5, 10, 7):
        for k in range(1, parts):
            expected = np.quantile(values, k / parts, method=definition.value)  # type: ignore[call-overload]
            assert float(quantile(values, definition, Fraction(k, parts))) == pytest.approx(expected, abs=1e-9)


def test_a_position_that_is_whole_is_met_exactly() -> None:
    """0.7 × 30 is 21 to people and a hair less to binary numbers: the value itself is the bound."""
    values = np.sort(np.random.default_rng(3).normal(size=31))
    assert [float(quantile(values, Quantile.LINEAR, Fraction(k, 10))) for k in range(1, 10)] == [
        values[3 * k] for k in range(1, 10)
    ]


def test_extremes_are_put_on_the_stated_quantile() -> None:
    how = Winsorise(lower=Decimal("0.1"), upper=Decimal("0.9"), quantile=Quantile.LINEAR)
    scale = fit(Standardise(method=Scaling.NONE), how, Column(1.0), Sample(VALUES, None))
    assert scale.put(VALUES) == pytest.approx(np.clip(VALUES, *np.quantile(VALUES, [0.1, 0.9])))
    only = Winsorise(upper=Decimal("0.8"), quantile=Quantile.HAZEN)
    scale = fit(Standardise(method=Scaling.NONE), only, Column(1.0), Sample(VALUES, None))
    assert scale.put(VALUES) == pytest.approx(np.minimum(VALUES, np.quantile(VALUES, 0.8, method="hazen")))


def test_what_isnt_among_the_ranked_stands_between_them() -> None:
    scale = fit(Standardise(method=Scaling.RANK), None, Column(1.0), Sample(np.array([1.0, 2.0, 4.0]), None))
    assert scale.put(np.array([0.0, 1.0, 3.0, 4.0, 9.0])).tolist() == [1.0, 1.0, 2.5, 3.0, 3.0]
    assert np.isnan(scale.put(np.array([np.nan]))).all()
