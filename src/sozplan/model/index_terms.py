"""The closed vocabularies of index methods."""

from __future__ import annotations

from sozplan.model.terms import Term


class Preset(Term):
    BERLIN_MSS = "berlin-mss", "Monitoring Soziale Stadtentwicklung Berlin", "Berlin social city monitoring"
    HAMBURG = "hamburg-sozialmonitoring", "Sozialmonitoring Hamburg", "Hamburg social monitoring"
    Z_EQUAL = "z-equal", "gleichgewichtete z-Werte", "equally weighted z scores"


class Side(Term):
    HIGHER = "higher", "höher ist stärker belastet", "higher is more burdened"
    LOWER = "lower", "niedriger ist stärker belastet", "lower is more burdened"


class Transform(Term):
    NONE = "none", "unverändert", "as it is"
    LOG = "log", "natürlicher Logarithmus", "natural logarithm"
    LOG_PLUS_ONE = "log-plus-one", "natürlicher Logarithmus von Wert + 1", "natural logarithm of value + 1"
    SQUARE_ROOT = "square-root", "Quadratwurzel", "square root"


class Scaling(Term):
    Z = "z", "z-Wert (Abstand vom Mittel in Standardabweichungen)", "z score (standard deviations from the mean)"
    MIN_MAX = "min-max", "zwischen kleinstem und größtem Wert", "between lowest and highest value"
    RANK = "rank", "Rang", "rank"
    PERCENTILE = "percentile", "Prozentrang", "percentile rank"
    GOALPOSTS = "goalposts", "zwischen festen Grenzwerten", "between fixed goalposts"
    RELATIVE = "relative", "im Verhältnis zum Stadtwert (Stadt = 100)", "relative to the city's value (city = 100)"
    NONE = "none", "unverändert", "as it is"


class Deviation(Term):
    POPULATION = "population", "der Grundgesamtheit (geteilt durch n)", "of the population (divided by n)"
    SAMPLE = "sample", "der Stichprobe (geteilt durch n − 1)", "of the sample (divided by n − 1)"


class Over(Term):
    RATED = "rated", "nur bewertete Gebiete", "rated areas only"
    ALL = "all", "alle Gebiete mit Wert, auch ausgeschlossene", "all areas with a value, excluded ones too"


class Ties(Term):
    AVERAGE = "average", "mittlerer Rang", "average rank"
    LOWEST = "lowest", "kleinster Rang", "lowest rank"
    HIGHEST = "highest", "größter Rang", "highest rank"


class Quantile(Term):
    """The nine of Hyndman and Fan (1996), by the names that numpy gives them."""

    INVERTED_CDF = "inverted_cdf", "Hyndman/Fan 1", "Hyndman/Fan 1"
    AVERAGED_INVERTED_CDF = "averaged_inverted_cdf", "Hyndman/Fan 2", "Hyndman/Fan 2"
    CLOSEST_OBSERVATION = "closest_observation", "Hyndman/Fan 3", "Hyndman/Fan 3"
    INTERPOLATED_INVERTED_CDF = "interpolated_inverted_cdf", "Hyndman/Fan 4: k/n", "Hyndman/Fan 4: k/n"
    HAZEN = "hazen", "Hyndman/Fan 5: (k − 0,5)/n", "Hyndman/Fan 5: (k − 0.5)/n"
    WEIBULL = "weibull", "Hyndman/Fan 6: k/(n + 1)", "Hyndman/Fan 6: k/(n + 1)"
    LINEAR = "linear", "Hyndman/Fan 7: (k − 1)/(n − 1)", "Hyndman/Fan 7: (k − 1)/(n − 1)"
    MEDIAN_UNBIASED = "median_unbiased", "Hyndman/Fan 8: (k − 1/3)/(n + 1/3)", "Hyndman/Fan 8: (k − 1/3)/(n + 1/3)"
    NORMAL_UNBIASED = "normal_unbiased", "Hyndman/Fan 9: (k − 3/8)/(n + 1/4)", "Hyndman/Fan 9: (k − 3/8)/(n + 1/4)"


class Cut(Term):
    """How quantile classes are cut: by a definition of the quantile, or by counting ranks."""

    RANK = "rank", "abgezählte Ränge, gleich viele Gebiete je Klasse", "counted ranks, as many areas a class"
    INVERTED_CDF = "inverted_cdf", "Hyndman/Fan 1", "Hyndman/Fan 1"
    AVERAGED_INVERTED_CDF = "averaged_inverted_cdf", "Hyndman/Fan 2", "Hyndman/Fan 2"
    CLOSEST_OBSERVATION = "closest_observation", "Hyndman/Fan 3", "Hyndman/Fan 3"
    INTERPOLATED_INVERTED_CDF = "interpolated_inverted_cdf", "Hyndman/Fan 4", "Hyndman/Fan 4"
    HAZEN = "hazen", "Hyndman/Fan 5", "Hyndman/Fan 5"
    WEIBULL = "weibull", "Hyndman/Fan 6", "Hyndman/Fan 6"
    LINEAR = "linear", "Hyndman/Fan 7", "Hyndman/Fan 7"
    MEDIAN_UNBIASED = "median_unbiased", "Hyndman/Fan 8", "Hyndman/Fan 8"
    NORMAL_UNBIASED = "normal_unbiased", "Hyndman/Fan 9", "Hyndman/Fan 9"


class CountFrom(Term):
    MOST = "most-burdened", "vom am stärksten belasteten Gebiet an", "from the most burdened area"
    LEAST = "least-burdened", "vom am wenigsten belasteten Gebiet an", "from the least burdened area"


class Gap(Term):
    """What becomes of an area that lacks a component."""

    EXCLUDE = "exclude", "Gebiet nicht bewerten", "don't rate the area"
    MEAN = "mean", "Mittel der bewerteten Gebiete einsetzen", "put in the mean of the rated areas"
    AVAILABLE = "available", "mit den vorhandenen rechnen", "use those that are there"


class Aggregation(Term):
    SUM = "sum", "gewichtete Summe", "weighted sum"
    ARITHMETIC = "arithmetic", "gewichtetes arithmetisches Mittel", "weighted arithmetic mean"
    GEOMETRIC = "geometric", "gewichtetes geometrisches Mittel", "weighted geometric mean"
    EXPONENTIAL = (
        "exponential",
        "gewichtetes Mittel exponentiell umgeformter Ränge",
        "weighted mean of exponentially transformed ranks",
    )


class ChangeKind(Term):
    DIFFERENCE = "difference", "Differenz", "difference"
    RELATIVE = "relative", "Veränderung in Prozent", "change in per cent"
