"""The rule that what was resolved stays so until somebody competent resolves otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sozplan.analysis.decisions import Statement, place_of, statements
from sozplan.analysis.rulings import Deviation, deviations, field_of
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.authorities import KINDS, field_note
from sozplan.model.case import Case
from sozplan.model.entity import Entity, Place, id_of, walk
from sozplan.rules.dec.values import counts, say
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import day, kind


@rule(
    "dec.changed",
    Severity.ERROR,
    de="„{entity}“: {change}, seit der Beschluss „{resolution}“ vom {date} es entschieden hat. Zuständig: {authority}. "
    "Stellen Sie den beschlossenen Stand wieder her, oder halten Sie den neuen Beschluss fest: "
    "„sozplan resolve BESCHLUSS {subject}“",
    en="“{entity}”: {change} since the resolution “{resolution}” of {date} decided on it. Competent: {authority}. "
    "Restore what was resolved, or record the new resolution: “sozplan resolve RESOLUTION {subject}”",
)
def decided_field_changed(case: Case) -> Iterator[Finding]:
    """Was beschlossen ist, ändert nur, wer dafür zuständig ist

    `sozplan resolve` hält fest, was ein Beschluss entschieden hat, Angabe für Angabe und ohne die Werte selbst.
    Weicht eine Angabe davon ab, verspricht der Plan etwas anderes, als beschlossen wurde.
    Für Ziele, Zielwerte, Maßnahmen und Finanzrahmen ist das die Vertretung, für die verantwortliche Stelle die
    Verwaltungsleitung, für die Kontierung die Kämmerei; `authorities` in `sozplan.yaml` kann es anders regeln.
    Eine Haushaltssatzung oder über- und außerplanmäßige Bewilligung gilt für die Mittel.
    Schreibweise, Kommentare und Reihenfolge zählen nicht.
    Ein Schreibversehen berichtigt `sozplan resolve` mit Begründung und verantwortlicher Stelle.

    English:
        What is resolved is changed only by whoever is competent

        `sozplan resolve` records what a resolution decided, field by field and without the values themselves.
        If a field differs from that, the plan promises something else than what was resolved.
        For goals, targets, measures and financial frame that is the council, for the responsible office the head of
        administration, for the accounts the treasurer; `authorities` in `sozplan.yaml` can settle it otherwise.
        A budget statute or a supplementary grant counts for the money.
        Spelling of YAML, comments and order don't count.
        A slip of the pen is put right by `sozplan resolve` with reason and role.

    Bad:
        # plans/inventory/bestand.yaml
        items:
          - id: bestand-hafentreff
            title: Hafentreff
            kind: facility
            operator: hafentreff-ev
            recommendation:
              id: empfehlung-hafentreff
              advice: give-up  # <- dec.changed
              statement: Den Treff um Kita-Lotsen ergänzen.
              reason: Familien kommen ohnehin hierher.
              status: resolved
              resolution: b-2025-117
              leads_to: [hafen-m1]
        # plans/resolutions/stamps/b-2025-117.yaml
        resolution: b-2025-117
        stamps:
          - entity: empfehlung-hafentreff
            v: 1
            fields:
              advice: f1f61cc7216e18012d97bcfc33ae7a69995846c612b317073bff4e4cd52fd353
              statement: 0fa0cfbf0c1f0e21e37d6acc1cd16d69f819d7ef9ac5eb9bbe98731d76ada07c

    Good:
        # plans/inventory/bestand.yaml
        items:
          - id: bestand-hafentreff
            title: Hafentreff
            kind: facility
            operator: hafentreff-ev
            recommendation:
              id: empfehlung-hafentreff
              advice: adapt
              statement: Den Treff um Kita-Lotsen ergänzen.
              reason: Familien kommen ohnehin hierher.
              status: resolved
              resolution: b-2025-117
              leads_to: [hafen-m1]
        # plans/resolutions/stamps/b-2025-117.yaml
        resolution: b-2025-117
        stamps:
          - entity: empfehlung-hafentreff
            v: 1
            fields:
              advice: f1f61cc7216e18012d97bcfc33ae7a69995846c612b317073bff4e4cd52fd353
              statement: 0fa0cfbf0c1f0e21e37d6acc1cd16d69f819d7ef9ac5eb9bbe98731d76ada07c
    """
    for each in deviations(case.plan):
        resolution = each.ruling.resolution
        args = {
            "entity": each.id,
            "subject": each.subject,
            "change": _change(case, each),
            "resolution": resolution.id,
            "date": day(resolution.date),
            "authority": each.needed.label,
        }
        yield Finding(_place(each), args)


def _place(each: Deviation) -> Place:
    if each.entity is None:
        return Place(each.ruling.stamp.at("entity").location, each.id)
    if each.child is not None:
        return each.child.entity.at("id")
    if each.now is not None:
        return place_of(each.entity, each.now)
    return each.entity.at("id")


def _change(case: Case, each: Deviation) -> Text:
    if each.entity is None:
        return text(de="Der Eintrag ist verschwunden", en="the entry has vanished")
    if each.child is not None:
        what = kind(each.child.entity)
        return text(de=f"{what.de} „{each.child.id}“ kam hinzu", en=f"{what.en} “{each.child.id}” has come in")
    if each.gone is not None:
        return text(de=f"„{each.gone}“ wurde gestrichen", en=f"“{each.gone}” was struck out")
    return _of_statement(case, each, each.entity)


def _of_statement(case: Case, each: Deviation, entity: Entity) -> Text:
    old = _before(case, each, entity) if each.was is not None else None
    label = each.now.label if each.now else old.label if old else _label_of(entity, each.path)
    name = Text(f"„{label.de}“", f"“{label.en}”")
    if each.now is None:
        return _struck(name, old)
    new = say(each.now.value)
    if each.was is None:
        return text(de=f"{name.de} kam neu hinzu ({new.de})", en=f"{name.en} was added ({new.en})")
    if old is None:
        return text(de=f"{name.de} wurde geändert und lautet jetzt {new.de}", en=f"{name.en} was changed to {new.en}")
    return _from_to(name, old.value, each.now.value)


def _struck(name: Text, old: Statement | None) -> Text:
    was = say(old.value) if old else None
    return text(
        de=f"{name.de} wurde gestrichen{f' (war {was.de})' if was else ''}",
        en=f"{name.en} was struck out{f' (was {was.en})' if was else ''}",
    )


def _from_to(name: Text, old: Any, new: Any) -> Text:
    was, now = say(old), say(new)
    to = "auf" if counts(new) else "in"
    return text(
        de=f"{name.de} wurde von {was.de} {to} {now.de} geändert",
        en=f"{name.en} was changed from {was.en} to {now.en}",
    )


def _label_of(entity: Entity, path: str) -> Text:
    """Of a statement that isn't there any more and that no earlier state knows."""
    field = field_of(path)
    label = field_note(KINDS[type(entity)], field).label
    rest = path.removeprefix(field).removeprefix(".")
    return Text(*(f"{each} {rest}".strip() for each in label))


def _before(case: Case, each: Deviation, entity: Entity) -> Statement | None:
    """The decided statement itself, where the newest state that fits the stamp still has it."""
    if case.history is None:
        return None
    for root in case.history.earlier(entity.origin.file):
        former = next((e for e in walk(root) if id_of(e) == each.id and type(e) in KINDS), None)
        if former is not None:
            found = statements(former, case.plan.settings.authorities, {}).get(each.path)
            if found is not None and found.digest == each.was:
                return found
    return None


RULES = (decided_field_changed,)
