"""The data file of a profile: where it lies, how it is described, and whether it is the profile's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sozplan.diagnostics import text
from sozplan.model.indicators import Resource
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile
from sozplan.repo.imports.ledger import Unreadable
from sozplan.repo.load import PACKAGE
from sozplan.repo.planning import read_planning


@dataclass(frozen=True, slots=True)
class Home:
    root: Path
    plan: Plan
    profile: ImportProfile
    asked: str | None
    """The format that the user wants; none: what it is, else CSV."""

    @property
    def format(self) -> str:
        return self.asked or next((each.format for each in self._entries), "csv")

    @property
    def path(self) -> str:
        return f"indicators/data/{self.profile.resource}.{self.format}"

    @property
    def is_cleared(self) -> bool:
        """Whether a release or the address where it is published is named for all to see."""
        entries = self._entries
        if not entries:
            return self.profile.release is not None or self.profile.path is not None
        return all(each.release is not None or any(source.path for source in each.sources) for each in entries)

    @property
    def _entries(self) -> list[Resource]:
        name = self.profile.resource
        paths = (f"data/{name}.csv", f"data/{name}.parquet")
        resources = (each for package in self.plan.packages for each in package.resources)
        return [each for each in resources if each.name == name or each.path in paths]

    def refuse_foreign(self) -> None:
        """The data file is new or comes from this profile; rows of others are never touched."""
        entries, name = self._entries, self.profile.resource
        ours = all(any(source.profile == self.profile.id for source in each.sources) for each in entries)
        if not ours or not (entries or read_planning(self.root, self.path) is None):
            raise Unreadable(
                PACKAGE if entries else self.path,
                text(
                    de=f"Die Zahlentabelle „{name}“ gibt es schon, und sie stammt nicht aus diesem Profil. "
                    "Nennen Sie im Profil eine andere (resource).",
                    en=f"The resource “{name}” is there already and doesn't come from this profile. "
                    "Name another in the profile (resource).",
                ),
            )
        other = next((each.format.upper() for each in entries if each.format != self.format), None)
        if other is not None:
            raise Unreadable(
                PACKAGE,
                text(
                    de=f"Die Zahlentabelle „{name}“ ist {other} und bleibt es. Lassen Sie --to weg, oder nennen Sie im "
                    "Profil eine andere (resource).",
                    en=f"The resource “{name}” is {other} and stays so. Leave out --to, or name another in the profile "
                    "(resource).",
                ),
            )
