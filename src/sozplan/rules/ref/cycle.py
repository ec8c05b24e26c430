"""The rule that nothing stands above or before itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sozplan.diagnostics import Severity, Text
from sozplan.model.areas import AreaPlan
from sozplan.model.case import Case
from sozplan.model.entity import Entity, note
from sozplan.model.handbook import HandbookRule
from sozplan.model.organisation import Actor, Body
from sozplan.model.processes import Process
from sozplan.model.territory import Unit
from sozplan.rules.rule import Finding, rule

_ABOVE: tuple[tuple[type[Entity], str], ...] = (
    (Unit, "parent"),
    (Actor, "part_of"),
    (Body, "reports_to"),
    (AreaPlan, "predecessor"),
    (Process, "replaces"),
    (HandbookRule, "supersedes"),
)
"""What leads up or back; that of goals and of escalation is other rules' business."""


@rule(
    "ref.cycle",
    Severity.ERROR,
    de="„{entity}“: Die Angaben unter „{field}“ führen im Kreis ({around}). "
    "Nennen Sie an einer Stelle etwas anderes, oder löschen Sie dort die Angabe.",
    en="“{entity}”: what stands under “{field}” runs in a circle ({around}). "
    "Name something else in one place, or delete it there.",
)
def above_itself(case: Case) -> Iterator[Finding]:
    """Nichts steht über sich selbst oder löst sich selbst ab

    Ein Amt, das zu sich selbst gehört, ein Gremium, das über Umwege an sich selbst berichtet, oder eine Regel,
    die von ihrer Nachfolgerin ersetzt wird und diese zugleich ersetzt: So lässt sich nicht sagen, wer oben steht
    und was gilt. Geprüft werden Gebietseinheiten, Akteure, Gremien, Pläne, Prozesse und Regeln.

    English:
        Nothing stands above itself or follows itself

        An office that is part of itself, a body that reports to itself in a roundabout way, or a rule that is
        superseded by the one it supersedes: nobody can say who is at the top and what holds.
        Units, actors, bodies, plans, processes and rules are looked at.

    Bad:
        # plans/organisation/organisation.yaml
        actors:
          - {id: hvb, name: Oberbürgermeisteramt, kind: head-of-administration, part_of: amt-51}  # <- ref.cycle
          - {id: amt-51, name: Amt für Kinder und Jugend, short: Amt 51, kind: office, part_of: hvb}
          - {id: sozialplanung, name: Stabsstelle Sozialplanung, kind: staff-unit, part_of: hvb}
          - {id: statistikstelle, name: Statistikstelle, kind: statistics-office, part_of: hvb}
          - {id: fraktionen, name: Fraktionen und Gruppen, kind: group, external: true}
          - {id: hafentreff-ev, name: Hafentreff e. V., kind: provider, external: true}

    Good:
        # plans/organisation/organisation.yaml
        actors:
          - {id: hvb, name: Oberbürgermeisteramt, kind: head-of-administration}
          - {id: amt-51, name: Amt für Kinder und Jugend, short: Amt 51, kind: office, part_of: hvb}
          - {id: sozialplanung, name: Stabsstelle Sozialplanung, kind: staff-unit, part_of: hvb}
          - {id: statistikstelle, name: Statistikstelle, kind: statistics-office, part_of: hvb}
          - {id: fraktionen, name: Fraktionen und Gruppen, kind: group, external: true}
          - {id: hafentreff-ev, name: Hafentreff e. V., kind: provider, external: true}
    """
    for cls, field in _ABOVE:
        entities = {str(each.__dict__["id"]): each for each in case.plan.all(cls)}
        for cycle in cycles({id: each.__dict__[field] for id, each in entities.items()}):
            around = " → ".join((*cycle, cycle[0]))
            place = entities[cycle[0]].at(field)
            yield Finding(place, {"entity": cycle[0], "field": _label(cls, field), "around": around})


def _label(cls: type[Entity], field: str) -> Text:
    found = note(cls.model_fields[field])
    return found.label if found else Text(field, field)


def cycles(above: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Each circle once, from its first member in the order given."""
    done: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in above and at not in done and at not in path:
            path[at] = None
            at = above[at]
        if at in path:
            members = list(path)[list(path).index(at):]  # fmt: skip
            yield _from_first(members, above)
        done.update(path)


def _from_first(members: list[str], order: Iterable[str]) -> list[str]:
    inside = set(members)
    start = members.index(next(id for id in order if id in inside))
    return members[start:] + members[:start]


RULES = (above_itself,)
