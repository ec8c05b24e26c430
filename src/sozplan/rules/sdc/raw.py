"""Rule on tables that should never have reached the repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.figures import Cell
from sozplan.model.indicators import DataPackage, Indicator, Resource
from sozplan.model.terms import Publication
from sozplan.rules.rule import Finding, rule


@rule(
    "sdc.tracked",
    Severity.ERROR,
    de="Datei „{file}“: {what}. {advice}",
    en="File “{file}”: {what}. {advice}",
)
def table_without_release(case: Case) -> Iterator[Finding]:
    """Im Repository liegen nur freigegebene Tabellen

    Git vergisst nichts: Was einmal eingecheckt ist, steht in jeder Kopie. Deshalb nennt jede Datendatei ihre Freigabe
    („release“ mit Stelle und Tag) oder die Adresse, unter der sie veröffentlicht ist („sources“ mit „path“);
    Einzeldaten und eingeschränkte Kennzahlen bleiben draußen. Woran Einzeldaten erkannt werden, steht in sozplan.yaml
    („raw_columns“): Spalten wie Name, Geburtsdatum, Anschrift oder Aktenzeichen.

    English:
        Only cleared tables lie in the repository

        Git forgets nothing: what was committed once stands in every copy. So every data file names its release
        (“release” with office and day) or the address where it is published (“sources” with “path”); individual records
        and restricted indicators stay outside. How individual records are recognised stands in sozplan.yaml
        (“raw_columns”): columns such as name, date of birth, address or case number.

    Bad:
        # indicators/datapackage.yaml
        resources:
          - name: kennzahlen  # <- sdc.tracked
            path: data/kennzahlen.csv
            dialect: {delimiter: ";"}
            sources: [{title: Statistikstelle der Beispielstadt}]

    Good:
        # indicators/datapackage.yaml
        resources:
          - name: kennzahlen
            path: data/kennzahlen.csv
            dialect: {delimiter: ";"}
            release: {office: statistikstelle, date: 2026-07-01}
            sources: [{title: Statistikstelle der Beispielstadt}]
    """
    first = _first_cells(case)
    for package in case.plan.packages:
        for i, resource in enumerate(package.resources):
            about = first.get(resource.name)
            if resource.release is None and about is not None and not is_published(package, resource):
                yield _finding(package, i, resource, about.indicator, _NO_RELEASE, _RELEASE)
            yield from _raw_columns(case, package, i, resource, about)
    yield from _restricted(case)


_NO_RELEASE = text(de="Die Freigabe fehlt", en="the release is missing")
_RELEASE = text(
    de="Tragen Sie in datapackage.yaml unter „release“ ein, welche Stelle die Tabelle wann freigegeben hat; ist sie"
    " nicht freigegeben, nehmen Sie sie aus dem Repository und aus seiner Geschichte.",
    en="Enter under “release” in datapackage.yaml which office cleared the table and when; if it wasn't cleared,"
    " take it"
    " out of the repository and out of its history.",
)
_OUT = text(
    de="Nehmen Sie sie aus dem Repository und aus seiner Geschichte, und sagen Sie der Statistikstelle Bescheid.",
    en="Take it out of the repository and out of its history, and tell the statistics office.",
)


def is_published(package: DataPackage, resource: Resource) -> bool:
    """Whoever wants can read it at its source."""
    return any((s.path or "").startswith(("https://", "http://")) for s in resource.sources or package.sources)


def _first_cells(case: Case) -> Mapping[str, Cell]:
    found: dict[str, Cell] = {}
    for cell in case.figures.cells:
        if cell.resource not in found:
            found[cell.resource] = cell
    return found


def _finding(package: DataPackage, i: int, resource: Resource, entity: str | None, what: Text, advice: Text) -> Finding:
    place = Place(package.at("resources", i, "name").location, entity)
    return Finding(place, {"file": f"indicators/{resource.path}", "what": what, "advice": advice})


def _raw_columns(case: Case, package: DataPackage, i: int, resource: Resource, about: Cell | None) -> Iterator[Finding]:
    raw = {word.casefold() for word in case.plan.settings.disclosure.raw_columns}
    for column in resource.table_schema.fields if resource.table_schema else ():
        if column.name.casefold().replace("_", " ") in raw:
            what = text(
                de=f"Die Spalte „{column.name}“ gehört zu Einzeldaten",
                en=f"the column “{column.name}” belongs to individual records",
            )
            yield _finding(package, i, resource, about.indicator if about else None, what, _OUT)


def _restricted(case: Case) -> Iterator[Finding]:
    """Once for each restricted indicator in a file, at its first row."""
    closed = {s.id: s for s in case.plan.indicators if s.publication is Publication.RESTRICTED}
    told: set[tuple[str, str]] = set()
    for cell in case.figures.cells if closed else ():
        if cell.indicator in closed and (cell.indicator, cell.resource) not in told:
            told.add((cell.indicator, cell.resource))
            yield Finding(Place(cell.at, cell.indicator), _is_restricted(cell, closed[cell.indicator]))


def _is_restricted(cell: Cell, sheet: Indicator) -> dict[str, object]:
    name = sheet.short or sheet.name
    what = text(de=f"„{name}“ ist als „eingeschränkt“ eingestuft", en=f"“{name}” is classed as “restricted”")
    return {"file": cell.at.file, "what": what, "advice": _OUT}
