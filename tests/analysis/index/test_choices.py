"""Every choice that a result depends on can be listed, with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from sozplan.analysis.index.choices import Choice, Origin, choices
from sozplan.model.entity import Entity
from sozplan.model.index_terms import Preset
from sozplan.model.indices import Method
from sozplan.model.presets import effective


def chosen(**said: Any) -> dict[str, Choice]:
    method = Method.model_validate({"version": "1", "components": [{"indicator": "a"}], **said})
    return {each.path: each for each in choices(effective(method), method)}


def test_each_choice_says_where_it_comes_from() -> None:
    found = chosen(preset="berlin-mss", standardise={"deviation": "sample"})
    assert [(path, found[path].value, found[path].origin) for path in found if path.startswith("standardise.")] == [
        ("standardise.method", "z", Origin.PRESET),
        ("standardise.deviation", "sample", Origin.DECLARED),
        ("standardise.over", "rated", Origin.PRESET),
    ]
    assert (found["components.0.weight"].origin, found["components.0.indicator"].origin) == (
        Origin.DEFAULT,
        Origin.DECLARED,
    )
    assert (found["classes.bounds.0.including"].value, found["classes.bounds.0.including"].origin) == (
        False,
        Origin.PRESET,
    )
    assert found["robustness.runs"].origin is Origin.DEFAULT
    assert [label.de for label in found["standardise.deviation"].labels] == ["Standardisierung", "Standardabweichung"]
    assert [label.en for label in found["standardise.deviation"].labels] == ["Standardise", "Deviation"]


def test_what_has_no_effect_is_no_choice() -> None:
    assert {"standardise.ties", "standardise.lowest", "aggregate.constant"}.isdisjoint(chosen())
    ranked = chosen(standardise={"method": "percentile"}, aggregate={"method": "exponential"})
    assert {"standardise.ties", "standardise.percentile", "aggregate.constant"} <= ranked.keys()


def keys(cls: type[Entity], path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, field in cls.model_fields.items():
        if name != "origin":
            inner = [each for each in _classes(field.annotation) if issubclass(each, Entity)]
            here = (*path, field.alias or name)
            yield from keys(inner[0], here) if inner else (".".join(here),)


def _classes(annotation: Any) -> list[type]:
    if isinstance(annotation, type):
        return [annotation]
    return [found for arg in get_args(annotation) for found in _classes(arg)]


def test_no_key_of_the_reference_is_left_out() -> None:
    said: dict[str, Any] = {
        "from": 2020, "to": 2024, "preset": "z-equal", "source": "S",
        "components": [
            {"indicator": "a", "burdened": "higher", "theme": "t", "low": 1, "high": 2},
        ],
        "standardise": {"method": "goalposts", "weighted_by": "p", "reference": 2020},
        "winsorise": {"lower": 0.1, "upper": 0.9},
        "least_components": 1,
        "classes": {"bounds": [{"name": "x", "to": 1}], "quantiles": {"names": ["a", "b"], "definition": "rank"}},
        "suggests": ["x"],
        "exclude": {"minimum": {"indicator": "p", "least": 3}, "areas": [{"area": "q", "reason": "R"}]},
        "dynamics": {
            "years": 2, "components": [{"indicator": "a", "burdened": "higher", "theme": "t", "low": 1, "high": 2}],
            "standardise": {"method": "percentile", "weighted_by": "p", "reference": 2020},
            "classes": {"bounds": [{"name": "x", "to": 1}], "quantiles": {"names": ["a", "b"], "definition": "rank"}},
        },
    }  # fmt: skip
    listed = {".".join(part for part in path.split(".") if not part.isdigit()) for path in chosen(**said)}
    for method, aggregate in (("percentile", "exponential"), ("goalposts", "sum")):
        more = chosen(
            **said | {"standardise": {"method": method}, "aggregate": {"method": aggregate}},
        )
        listed |= {".".join(part for part in path.split(".") if not part.isdigit()) for path in more}
        said["dynamics"]["standardise"]["method"] = "goalposts"
    listed |= {".".join(part for part in path.split(".") if not part.isdigit()) for path in chosen(**said)}
    assert sorted(set(keys(Method)) - listed) == []


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_gives_way_to_what_is_said(preset: Preset) -> None:
    said = {
        "preset": preset.value,
        "restandardise": False,
        "classes": {"quantiles": {"names": ["a", "b"], "definition": "hazen"}},
        "suggests": ["b"],
    }
    method = effective(Method.model_validate({"version": "1", "components": [{"indicator": "a"}], **said}))
    assert (method.restandardise, method.suggests) == (False, ("b",))
    assert method.classes is not None
    assert method.classes.names == ("a", "b")
    assert method.classes.bounds == ()
