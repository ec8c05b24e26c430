"""The rule that a release is that of the delivery that lies in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Place
from sozplan.model.indicators import Resource
from sozplan.model.plan import Plan
from sozplan.model.profiles import ImportProfile
from sozplan.rules.rule import Finding, rule
from sozplan.rules.sdc.raw import is_published
from sozplan.rules.words import day


@rule(
    "ind.release-outdated",
    Severity.WARNING,
    de="Datendatei „{name}“: Die Freigabe vom {release} gilt nicht für die Lieferung vom {delivery} ({found}). Lassen "
    "Sie die neue Lieferung freigeben, und tragen Sie den Tag unter „release: date“ ein.",
    en="Data file “{name}”: the release of {release} doesn't hold for the delivery of {delivery} ({found}). Have the "
    "new delivery cleared, and enter the day under “release: date”.",
)
def release_before_delivery(case: Case) -> Iterator[Finding]:
    """Freigegeben ist die Lieferung, die in der Datei liegt

    Die Statistikstelle gibt Zahlen frei, die sie gesehen hat. Kommt ein Jahr später eine neue Lieferung dazu, sind
    deren kleine Zellen ungeprüft, auch wenn in datapackage.yaml noch die alte Freigabe steht.
    Verglichen wird der Tag der Freigabe mit dem Datenstand der Zeilen und mit den Importen, die unter „sources“ stehen.
    Der erste Import nach der Freigabe gehört noch zu ihr. Eine Freigabe, die so im Importprofil steht, gilt für alle
    Lieferungen nach diesem Profil.

    English:
        What is cleared is the delivery that lies in the file

        The statistics office clears figures that it has seen. When a new delivery comes a year later, its small cells
        are unchecked, even if the old release still stands in datapackage.yaml.
        The day of the release is compared with the vintage of the rows and with the imports listed under “sources”.
        The first import after the release still belongs to it. A release that stands like that in the import profile
        holds for all deliveries by that profile.

    Bad:
        # indicators/datapackage.yaml
        resources:
          - name: kennzahlen
            path: data/kennzahlen.csv
            dialect: {delimiter: ";"}
            release: {office: statistikstelle, date: 2025-07-01}  # <- ind.release-outdated
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
    vintages = _vintages(case)
    for package in case.plan.packages:
        for i, resource in enumerate(package.resources):
            if resource.release is None or is_published(package, resource) or _is_standing(case.plan, resource):
                continue
            found = _later(resource, vintages.get(resource.name, set()))
            if found is not None:
                place = Place(package.at("resources", i, "release", "date").location, resource.name)
                delivery, what = found
                args = {"release": day(resource.release.date), "delivery": day(delivery), "found": what}
                yield Finding(place, {"name": resource.name, **args})


def _is_standing(plan: Plan, resource: Resource) -> bool:
    """Whether the profile that brought the rows says that the release is for whatever it brings."""
    profiles = (plan.find(source.profile, ImportProfile) for source in resource.sources)
    standing = [each.release for each in profiles if each is not None and each.release is not None]
    release = resource.release
    return release is not None and any((r.office, r.date) == (release.office, release.date) for r in standing)


def _vintages(case: Case) -> Mapping[str, set[date]]:
    found: dict[str, set[date]] = {}
    for cell in case.figures.cells:
        if cell.vintage is not None and cell.vintage <= case.as_of:
            found.setdefault(cell.resource, set()).add(cell.vintage)
    for resource, vintages in case.figures.later.items():
        found.setdefault(resource, set()).update(each for each in vintages if each <= case.as_of)
    return found


def _later(resource: Resource, vintages: set[date]) -> tuple[date, Text] | None:
    """The last delivery that came after what was released, and how it is known.

    What nobody dates gets the day of its import as vintage.
    """
    released = resource.release.date if resource.release else date.max
    imports = sorted(source.imported for source in resource.sources if source.imported and source.imported >= released)
    later = dict.fromkeys(imports[1:], _IMPORTED)
    later |= {each: _DATED for each in vintages if each > released and each not in imports[:1]}
    later = {each: what for each, what in later.items() if each > min(imports[:1], default=released)}
    return (max(later), later[max(later)]) if later else None


_DATED = text(de="Zeilen mit diesem Datenstand", en="rows of this vintage")
_IMPORTED = text(de="an diesem Tag importiert", en="imported on this day")

RULES = (release_before_delivery,)
