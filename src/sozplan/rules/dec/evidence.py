"""Rules of what decisions rest on: figures and local knowledge, and whether the figures still stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sozplan.analysis.proofs import Proof, cells_behind, proofs, table_path
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.entity import Entity
from sozplan.model.figures import Cell
from sozplan.model.indicators import Indicator
from sozplan.model.resolutions import Resolution
from sozplan.model.stamps import EvidenceFile, Stamps
from sozplan.model.terms import Status
from sozplan.model.territory import Designation
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import day, kind, named


@rule(
    "dec.evidence-revised",
    Severity.WARNING,
    de="{kind} „{id}“ stützt sich auf „{indicator}“ für {period}; {fault}. Prüfen Sie, ob die Entscheidung noch trägt, "
    "und stempeln Sie sie danach neu: „sozplan resolve BESCHLUSS {id}“",
    en="The {kind} “{id}” rests on “{indicator}” for {period}; {fault}. See whether the decision still holds, and then "
    "stamp it again: “sozplan resolve RESOLUTION {id}”",
)
def evidence_revised(case: Case) -> Iterator[Finding]:
    """Zahlen hinter einer Entscheidung gelten noch

    Wird ein Wert nach dem Beschluss berichtigt, steht die Entscheidung vielleicht auf falschem Grund.
    Der Stempel hält fest, aus welchen Dateien die Belege stammten, nie die einzelnen Werte.
    Hat sich eine Datei geändert, entscheidet der Datenstand der Werte; weist er keine Berichtigung aus, werden sie mit
    der alten Fassung in git verglichen.
    Fehlt diese, steht einmal je Tabelle ein Hinweis da.

    English:
        The figures behind a decision still stand

        If a value is corrected after the resolution, the decision may stand on wrong ground.
        The stamp records which files the evidence came from, never the single values.
        If a file has changed, the vintage of the values decides; where it shows no correction, they are compared with
        the old version in git.
        Where that is missing, a hint stands there once a table.

    Bad:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2025-05-22
            status: resolved
            resolution: b-2025-041
            indicators:
              - {indicator: kinderarmut, period: 2024}  # <- dec.evidence-revised
            local_experience:
              - {body: hafenkonferenz, date: 2025-03-12, statement: Familien finden den Weg in die Kita oft erst spät.}
        # indicators/data/kennzahlen.csv
        kinderarmut;01;2024;590;2000;29,5;;revised;2026-08-31
        # plans/resolutions/stamps/b-2025-041.yaml
        resolution: b-2025-041
        evidence:
          - entity: festlegung-hafen
            files:
              - resource: kennzahlen
                release: 2026-07-01
                sha256: f334b8d65025f80e79ad986fc98264d5f808c2fe2622e4f6f1466072cb80da82

    Good:
        # plans/resolutions/stamps/b-2025-041.yaml
        resolution: b-2025-041
        evidence:
          - entity: festlegung-hafen
            files:
              - resource: kennzahlen
                release: 2026-07-01
                sha256: f334b8d65025f80e79ad986fc98264d5f808c2fe2622e4f6f1466072cb80da82
    """
    if case.plan.muted and not case.plan.packages:
        return
    unsure: set[str] = set()
    for stamped in _stamped(case):
        changed = [file for file in stamped.files if _differs(case, file)]
        gone = [file for file in changed if file.resource not in (case.figures.resources or {})]
        pleaded = list(proofs(case.plan, stamped.entity)) if changed else []
        for proof in pleaded:
            if gone:
                yield _finding(case, stamped, proof, _gone(gone[0]))
                break
            for file in changed:
                fault = _revised(case, file, proof, stamped.resolution)
                if fault is _UNSURE and file.resource not in unsure:
                    unsure.add(file.resource)
                    yield _finding(case, stamped, proof, fault, Severity.INFO)
                elif fault is not None and fault is not _UNSURE:
                    yield _finding(case, stamped, proof, fault)


def _finding(case: Case, stamped: _Stamped, proof: Proof, fault: Text, severity: Severity | None = None) -> Finding:
    sheet = case.plan.find(proof.indicator, Indicator)
    args = {
        "kind": kind(stamped.entity),
        "id": stamped.id,
        "indicator": sheet.short or sheet.name if sheet else proof.indicator,
        "period": named(proof.period),
        "fault": fault,
    }
    return Finding(stamped.entity.at(*proof.place), args, severity)


class _Stamped(NamedTuple):
    """An entity whose evidence is stamped, with the newest stamp."""

    id: str
    entity: Entity
    resolution: Resolution
    files: tuple[EvidenceFile, ...]


def _stamped(case: Case) -> Iterator[_Stamped]:
    newest: dict[str, _Stamped] = {}
    for stamps in case.plan.all(Stamps):
        resolution = case.plan.find(stamps.resolution, Resolution)
        for each in stamps.evidence if resolution else ():
            entity, former = case.plan.get(each.entity), newest.get(each.entity)
            if entity is None or resolution is None:
                continue
            if former is None or (former.resolution.date, former.resolution.id) < (resolution.date, resolution.id):
                newest[each.entity] = _Stamped(each.entity, entity, resolution, each.files)
    yield from newest.values()


def _differs(case: Case, file: EvidenceFile) -> bool:
    path = table_path(case, file.resource)
    return path is None or case.documents.get(path) != file.sha256


def _gone(file: EvidenceFile) -> Text:
    return text(
        de=f"die Tabelle „{file.resource}“, aus der die Zahl stammte, gibt es nicht mehr",
        en=f"the table “{file.resource}” that the figure came from isn't there any more",
    )


def _revised(case: Case, file: EvidenceFile, proof: Proof, resolution: Resolution) -> Text | None:
    cells = [cell for cell in cells_behind(case, proof) if cell.resource == file.resource]
    since = file.release or resolution.date
    newer = max((cell.vintage for cell in cells if cell.vintage and cell.vintage > since), default=None)
    if newer is not None:
        return text(
            de=f"die Zahl wurde danach berichtigt (Datenstand {day(newer).de})",
            en=f"the figure was revised afterwards (vintage {day(newer).en})",
        )
    resource = (case.figures.resources or {})[file.resource]
    former = case.history.table(resource, file.sha256) if case.history else None
    if former is None:
        return _UNSURE if cells else None
    keys = {cell.area for cell in cells} or _areas(case, former, proof)
    old, new = (_said(rows, proof, keys) for rows in (former, cells))
    return None if old == new else _REWRITTEN


def _areas(case: Case, former: tuple[Cell, ...], proof: Proof) -> set[str]:
    """Of a figure that has vanished from the table: the keys under which it may have stood."""
    known = {cell.area for cell in case.figures.cells if cell.indicator == proof.indicator}
    return {cell.area for cell in former if cell.indicator == proof.indicator and cell.area not in known}


def _said(cells: tuple[Cell, ...] | list[Cell], proof: Proof, keys: set[str]) -> dict[str, tuple[object, ...]]:
    """What the newest vintage says in each area; compared, never shown."""
    found: dict[str, tuple[object, ...]] = {}
    ordered = sorted(cells, key=lambda cell: cell.vintage or date.min)
    for cell in ordered:
        if cell.indicator == proof.indicator and cell.period.text == proof.period.text and cell.area in keys:
            found[cell.area] = (cell.numerator, cell.denominator, cell.value, cell.missing)
    return found


_REWRITTEN = text(
    de="die Zahl steht heute anders in der Tabelle als beim Beschluss, ohne dass der Datenstand es sagt",
    en="the figure stands otherwise in the table today than at the resolution, though the vintage doesn't say so",
)
_UNSURE = text(
    de="die Tabelle wurde seitdem geändert, und ohne die Fassung von damals in git lässt sich weder von dieser noch "
    "von anderen Zahlen daraus sagen, ob sie noch gelten",
    en="the table was changed since, and without the version of then in git it can be said neither of this nor of "
    "other figures from it whether they still stand",
)


@rule(
    "dec.evidence-one-sided",
    Severity.ERROR,
    de="Die Gebietsfestlegung „{id}“ {fault}.",
    en="The designation “{id}” {fault}.",
    softens=True,
)
def designation_on_one_leg(case: Case) -> Iterator[Finding]:
    """Ein Gebiet wird mit Zahlen und mit Erfahrungswissen festgelegt

    Kennzahlen sehen nicht, wer keine Leistungen beantragt; Erfahrungswissen allein lässt sich nicht vergleichen.
    Erst beides zusammen trägt eine Entscheidung, die andere Gebiete leer ausgehen lässt.
    Ist sie beschlossen, gehört zum Erfahrungswissen auch der Beleg: Niederschrift oder Bericht (sonst eine Warnung).

    English:
        An area is designated on figures and on local experience

        Indicators don't see who claims no benefits; local experience alone can't be compared.
        Only both together carry a decision that leaves other areas empty-handed.
        Once it is resolved, local experience needs its proof as well: minutes or a report (a warning otherwise).

    Bad:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen  # <- dec.evidence-one-sided
            area: hafen
            date: 2025-05-22
            status: resolved
            resolution: b-2025-041
            indicators:
              - {indicator: kinderarmut, period: 2024}

    Good:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2025-05-22
            status: resolved
            resolution: b-2025-041
            indicators:
              - {indicator: kinderarmut, period: 2024}
            local_experience:
              - body: hafenkonferenz
                date: 2025-03-12
                statement: Familien finden den Weg in die Kita oft erst spät.
                document: {path: plans/documents/hafenkonferenz-2025-03-12.md}
    """
    for designation in case.plan.designations:
        if (fault := _lacks(designation)) is not None:
            yield Finding(designation.at("id"), {"id": designation.id, "fault": fault})
        for i, each in enumerate(designation.local_experience):
            if each.document is None and status_of(case.plan, designation) is Status.RESOLVED:
                place = designation.at("local_experience", i, "statement")
                yield Finding(place, {"id": designation.id, "fault": _UNPROVEN}, Severity.WARNING)


def _lacks(designation: Designation) -> Text | None:
    if not designation.indicators and not designation.local_experience:
        return text(
            de="nennt keinen Beleg. Ergänzen Sie Kennzahlen („indicators“) und Erfahrungswissen („local_experience“)",
            en="names no evidence. Add figures (“indicators”) and local experience (“local_experience”)",
        )
    if not designation.indicators:
        return text(
            de="stützt sich nur auf Erfahrungswissen. Ergänzen Sie unter „indicators“ die Kennzahlen dafür oder "
            "dagegen",
            en="rests on local experience only. Add at “indicators” the figures that speak for or against it",
        )
    if not designation.local_experience:
        return text(
            de="stützt sich nur auf Kennzahlen. Ergänzen Sie unter „local_experience“, was Gremien und Einrichtungen "
            "vor Ort berichten",
            en="rests on figures only. Add at “local_experience” what bodies and facilities on the ground report",
        )
    return None


_UNPROVEN = text(
    de="beruft sich auf Erfahrungswissen ohne Beleg. Nennen Sie unter „document“ die Niederschrift oder den Bericht",
    en="pleads local experience without proof. Name the minutes or the report at “document”",
)


@rule(
    "dec.deviation-unreasoned",
    Severity.ERROR,
    de="Die Gebietsfestlegung „{id}“ weicht vom Sozialindex ab ({how}) und sagt nicht, warum. Begründen Sie es unter "
    "„deviation“.",
    en="The designation “{id}” differs from the social index ({how}) and doesn't say why. Give the reason at "
    "“deviation”.",
    softens=True,
)
def deviation_without_reason(case: Case) -> Iterator[Finding]:
    """Wer vom Index abweicht, begründet es

    Abweichen ist erlaubt, in beide Richtungen; der Index sieht nicht alles.
    Ohne Begründung wirkt die Auswahl beliebig, für das gewählte Gebiet wie für das übergangene.

    English:
        Whoever departs from the index gives the reason

        Departing is allowed, both ways; the index doesn't see everything.
        Without a reason the choice looks arbitrary, for the area chosen as for the one passed over.

    Bad:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2025-05-22
            status: resolved
            resolution: b-2025-041
            index: {index: sozialindex, version: "2025-1", period: 2024, result: mittel, suggests: false}  # <- dec.deviation-unreasoned
            indicators:
              - {indicator: kinderarmut, period: 2024}
            local_experience:
              - {body: hafenkonferenz, date: 2025-03-12, statement: Familien finden den Weg in die Kita oft erst spät.}

    Good:
        # plans/territory/gebiete.yaml
        designations:
          - id: festlegung-hafen
            area: hafen
            date: 2025-05-22
            status: resolved
            resolution: b-2025-041
            index: {index: sozialindex, version: "2025-1", period: 2024, result: mittel, suggests: false}
            deviation: Der Index sieht nicht, dass viele Familien erst zugezogen sind und keine Leistungen beantragen.
            indicators:
              - {indicator: kinderarmut, period: 2024}
            local_experience:
              - {body: hafenkonferenz, date: 2025-03-12, statement: Familien finden den Weg in die Kita oft erst spät.}
    """  # noqa: E501 -- the mark belongs on the faulty line
    for designation in case.plan.designations:
        index = designation.index
        if index is not None and index.suggests != designation.designated and designation.deviation is None:
            how = _AGAINST if designation.designated else _PASSED_OVER
            yield Finding(designation.at("index", "suggests"), {"id": designation.id, "how": how})


_AGAINST = text(de="festgelegt, obwohl er es nicht nahelegt", en="designated though it doesn't suggest so")
_PASSED_OVER = text(de="nicht festgelegt, obwohl er es nahelegt", en="not designated though it suggests so")

RULES = (evidence_revised, designation_on_one_leg, deviation_without_reason)
