"""Presets of index methods, as data, and how they fill in what a method doesn't say itself.

`berlin-mss` follows the published method of the Berlin monitoring; indicators and their minimum are always said by
whoever uses it. `hamburg-sozialmonitoring` differs in the three years of its dynamics.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from sozplan.model.entity import Entity
from sozplan.model.index_terms import Preset
from sozplan.model.indices import Classes, Dynamics, Method

_STATUS = {
    "bounds": [
        {"name": "hoch", "to": -1, "including": False},
        {"name": "mittel", "to": 1, "including": True},
        {"name": "niedrig", "to": 1.5, "including": True},
        {"name": "sehr niedrig"},
    ]
}
_CHANGE = {
    "bounds": [
        {"name": "positiv", "to": -1, "including": False},
        {"name": "stabil", "to": 1, "including": True},
        {"name": "negativ"},
    ]
}
_BURDEN = {
    "bounds": [
        {"name": "geringe Belastung", "to": -1, "including": False},
        {"name": "durchschnittliche Belastung", "to": 1, "including": True},
        {"name": "hohe Belastung", "to": 1.5, "including": True},
        {"name": "sehr hohe Belastung"},
    ]
}
_CITY: dict[str, Any] = {
    "standardise": {"method": "z", "deviation": "population", "over": "rated"},
    "missing": "exclude",
    "aggregate": {"method": "sum"},
    "restandardise": True,
    "classes": _STATUS,
    "suggests": ["niedrig", "sehr niedrig"],
}
_PRESETS: Mapping[Preset, Mapping[str, Any]] = MappingProxyType(
    {
        Preset.BERLIN_MSS: _CITY | {"dynamics": {"years": 2, "classes": _CHANGE}},
        Preset.HAMBURG: _CITY | {"dynamics": {"years": 3, "classes": _CHANGE}},
        Preset.Z_EQUAL: {
            "standardise": {"method": "z", "deviation": "population", "over": "rated"},
            "missing": "exclude",
            "aggregate": {"method": "arithmetic"},
            "restandardise": True,
            "classes": _BURDEN,
            "suggests": ["hohe Belastung", "sehr hohe Belastung"],
        },
    }
)
_ATOMIC = (Classes,)
"""Sections that hold together: bounds of a preset don't go with the quantiles of a method."""

E = TypeVar("E", bound=Entity)


def effective(method: Method) -> Method:
    """The method with all that its preset says and it doesn't say itself; places stay the method's."""
    return method if method.preset is None else _laid_over(method, preset(method.preset))


@cache
def preset(name: Preset) -> Method:
    """A preset as a method; its component is nobody's, for a method always says its own."""
    said = {"version": name.value, "components": [{"indicator": "none"}], **_PRESETS[name]}
    return Method.model_validate(said)


def _laid_over(said: E, below: E) -> E:
    """Names of classes don't outlive the classes, nor the years of a computed change the change that is given."""
    taken: dict[str, object] = {}
    for name in sorted(below.model_fields_set - {"origin", "version", "components"}):
        theirs, own = getattr(below, name), getattr(said, name)
        if name not in said.model_fields_set:
            taken[name] = theirs
        elif isinstance(own, Entity) and isinstance(theirs, Entity) and not isinstance(own, _ATOMIC):
            taken[name] = _laid_over(own, theirs)
    if isinstance(said, Dynamics) and said.components:
        taken.pop("years", None)
    if isinstance(said, Method) and "classes" in said.model_fields_set:
        taken.pop("suggests", None)
    return said.model_copy(update=taken)
