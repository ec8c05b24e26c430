"""A repository just large enough to import into, and what an import made of it, read by other means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import yaml

from sozplan.model.case import Case
from sozplan.model.imported import Imported
from sozplan.model.profiles import ImportProfile
from sozplan.repo import Loaded, WorkTree, load
from sozplan.repo.imports import Wishes, run_import
from sozplan.repo.limits import LIMITS, Limits

SAMPLES = Path(__file__).resolve().parent / "samples"
DAY = date(2026, 10, 1)
PACKAGE = "indicators/datapackage.yaml"
SETTINGS = """version: 1
municipality: {name: Beispielstadt, key: "05998000", kind: kreisfreie Stadt, land: NW, residents: 150000}
levels: [{id: kreis, name: Kreis, key_pattern: ".+"}]
"""
SHEET = """id: {id}
name: Kennzahl {id}
definition: Zum Prüfen.
{denominator}factor: {factor}
unit: "{unit}"
decimals: 1
direction: neutral
kind: context
steerability: none
periodicity: yearly
lag_months: 9
"""


class Town:
    """`parents` says which key lies below which; sheets that are shares have a denominator."""

    def __init__(
        self,
        root: Path,
        keys: Iterable[str],
        counts: Iterable[str] = ("anzahl",),
        shares: Iterable[str] = (),
        parents: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root / "town"
        units = [_unit(key, (parents or {}).get(key)) for key in keys]
        self.write("sozplan.yaml", SETTINGS)
        self.write("plans/territory/units.yaml", "units:\n" + "".join(units))
        for id in counts:
            self.write(f"indicators/catalogue/{id}.yaml", SHEET.format(id=id, denominator="", factor=1, unit="Fälle"))
        for id in shares:
            sheet = SHEET.format(id=id, denominator="denominator: alle\n", factor=100, unit="%")
            self.write(f"indicators/catalogue/{id}.yaml", sheet)

    def write(self, path: str, content: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def profile(self, body: str, id: str = "profil") -> None:
        start = f"id: {id}\nname: Tabelle\nresource: tabelle\n"
        self.write(f"indicators/profiles/{id}.yaml", start + body)

    def loaded(self) -> Loaded:
        with WorkTree(self.root) as tree:
            return load(tree)

    def take(
        self, file: Path, *, limits: Limits = LIMITS, profile: str = "profil", day: date = DAY, **wishes: object
    ) -> Imported:
        loaded = self.loaded()
        found = [f"{each.at.file}:{each.at.line}: {each.say('de')}" for each in loaded.diagnostics]
        assert found == [], found
        case = Case(loaded.plan, loaded.figures, day, loaded.documents)
        how = loaded.plan.find(profile, ImportProfile)
        assert how is not None
        return run_import(self.root, case, how, Wishes(file, **wishes), limits)  # type: ignore[arg-type]

    def take_bytes(self, content: bytes, name: str = "tabelle.csv", **wishes: object) -> Imported:
        place = self.root.parent / name
        place.write_bytes(content)
        return self.take(place, **wishes)  # type: ignore[arg-type]

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.read("indicators/data/tabelle.csv")), delimiter=";"))

    def said(self) -> dict[tuple[str, str, str], str]:
        """Indicator, area and period → value and sign."""
        return {(r["indicator"], r["area"], r["period"]): r["value"] + r["sign"] for r in self.rows()}

    def described(self) -> dict[str, object]:
        package = yaml.safe_load(self.read(PACKAGE))
        found = [each for each in package["resources"] if each["name"] == "tabelle"]
        assert len(found) == 1
        return dict(found[0])

    def files(self) -> dict[str, bytes]:
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}


def faults(account: Imported) -> list[str]:
    return [f"{fault.place}: {fault.text.de}" for fault in account.faults]


def dropped(account: Imported) -> dict[str, int]:
    return {reason.value: tally.count for reason, tally in account.drops.items()}


def _unit(key: str, parent: str | None) -> str:
    above = f", parent: u-{parent.lower()}" if parent else ""
    return f'  - {{id: u-{key.lower()}, key: "{key}", name: "Gebiet {key}", level: kreis{above}}}\n'
