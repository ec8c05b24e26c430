"""All that a rule may know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from sozplan.model.entity import Entity
from sozplan.model.figures import Cell, Figures
from sozplan.model.indicators import Resource
from sozplan.model.plan import Plan


class History(Protocol):
    """Earlier states of single files, looked up when a finding can say more by them; never required."""

    def earlier(self, file: str) -> Iterator[Entity]:
        """What a planning file held before, newest first; states that can't be read are left out."""
        ...

    def table(self, resource: Resource, sha256: str) -> tuple[Cell, ...] | None:
        """The cells of a table as it lay in the file of that checksum; none where no state of it is known."""
        ...


@dataclass(frozen=True)
class Case:
    """A plan at a day, with the figures known then.

    `documents` maps the paths that the plan names as proof, and those of the tables that stamped evidence rests on,
    to the SHA-256 of their bytes, or None where there is no such file; line ends of text count as LF.
    """

    plan: Plan
    figures: Figures
    as_of: date
    documents: Mapping[str, str | None] = field(default_factory=dict)
    history: History | None = None

    @cached_property
    def memory(self) -> dict[object, Any]:
        """What `once` keeps."""
        return {}
