"""The only code that reads files and git."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozplan.repo.codes import CODES
    from sozplan.repo.load import Loaded, load
    from sozplan.repo.tree import Tree, WorkTree

__all__ = ["CODES", "Loaded", "Tree", "WorkTree", "load"]

_HOMES = {"CODES": "codes", "Loaded": "load", "Tree": "tree", "WorkTree": "tree"}


class _Package(ModuleType):
    """Listing files needs no model: whoever only does that doesn't wait for it.

    `load` is the function, also when the module of that name has been imported and would take its place.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

    @property
    def load(self) -> Any:
        return import_module(f"{__name__}.load").load

    @load.setter
    def load(self, _module: ModuleType) -> None:
        """Nothing to do."""


sys.modules[__name__].__class__ = _Package
