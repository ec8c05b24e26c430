"""The rule of the inventory: no recommendation is decided and then forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.analysis.fates import Fate, traced
from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.resolutions import Resolution
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import NONE, day


@rule(
    "org.recommendation-without-fate",
    Severity.WARNING,
    de="Empfehlung „{recommendation}“ ({advice}) ist beschlossen{since}, aber nichts setzt sie um. Tragen Sie unter "
    "„leads_to“ Maßnahme, Gremium, Prozess oder Regel ein; ist der Bestand aufgegeben, nennen Sie dort „valid_to“.",
    en="Recommendation “{recommendation}” ({advice}) is decided{since}, but nothing carries it out. Enter measure, "
    "body, process or rule under “leads_to”; if the item was given up, name “valid_to” there.",
)
def recommendation_without_fate(case: Case) -> Iterator[Finding]:
    """Jede beschlossene Empfehlung führt zu etwas

    Eine Bestandsaufnahme, deren Empfehlungen beschlossen und dann vergessen werden, war umsonst, und die nächste macht
    niemand mehr mit.
    Geprüft werden Empfehlungen der Bestandsaufnahme, über die bis zum heutigen Tag beschlossen ist:
    Was angepasst, zusammengeführt oder neu geschaffen werden soll, nennt unter `leads_to`, was daraus wurde;
    was aufgegeben werden soll, ist beendet (`valid_to`). „Beibehalten“ verlangt nichts.

    English:
        Each decided recommendation leads to something

        An inventory whose recommendations are decided and then forgotten was in vain, and nobody joins in the next.
        Checked are recommendations of the inventory that were decided on up to the day:
        what is to be adapted, merged or created names under `leads_to` what became of it;
        what is to be given up has ended (`valid_to`). “Keep” asks for nothing.

    Bad:
        # plans/inventory/weitere.yaml
        items:
          - id: bestand-runde
            title: Präventionsrunde
            kind: body
            recommendation:
              id: empfehlung-runde
              advice: merge  # <- org.recommendation-without-fate
              statement: Mit der Hafenkonferenz zusammenführen.
              reason: Dieselben Stellen sitzen in beiden Runden.
              status: resolved
              resolution: b-2025-117

    Good:
        # plans/inventory/weitere.yaml
        items:
          - id: bestand-runde
            title: Präventionsrunde
            kind: body
            recommendation:
              id: empfehlung-runde
              advice: merge
              statement: Mit der Hafenkonferenz zusammenführen.
              reason: Dieselben Stellen sitzen in beiden Runden.
              status: resolved
              resolution: b-2025-117
              leads_to: [hafenkonferenz]
    """
    for row in traced(case.plan, case.as_of):
        if row.fate is Fate.EMPTY and row.advice is not None:
            advice = row.advice
            args = {"recommendation": advice.id, "advice": advice.advice.label, "since": _since(row.resolution)}
            yield Finding(advice.at("leads_to" if "leads_to" in advice.origin.keys else "advice"), args)


def _since(resolution: Resolution | None) -> Text:
    if resolution is None:
        return NONE
    on = day(resolution.date)
    return text(de=f" (am {on.de})", en=f" (on {on.en})")


RULES = (recommendation_without_fate,)
