"""The rule that sheets are complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sozplan.diagnostics import Severity, Text
from sozplan.model.case import Case
from sozplan.model.indicators import RATES, Indicator
from sozplan.model.terms import Rhythm, Timing
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import label


@rule(
    "ind.sheet-incomplete",
    Severity.ERROR,
    de="Dem Steckbrief der Kennzahl „{indicator}“ fehlt: {missing}. Ohne diese Angaben lässt sich die Zahl nicht "
    "richtig lesen.",
    en="The sheet of the indicator “{indicator}” lacks: {missing}. Without these the figure can't be read rightly.",
)
def sheet_with_gaps(case: Case) -> Iterator[Finding]:
    """Der Steckbrief sagt alles, was man zum Lesen der Zahl wissen muss

    Wer nicht weiß, worauf sich eine Zahl bezieht, wann sie erhoben ist und was sie nicht sagt, zieht falsche Schlüsse.
    Nötig sind Zeitbezug, unterste Ebene, zuständige Stelle und Grenzen; verlangt die Kommune mehr, steht es in
    sozplan.yaml unter „indicators: required“.
    Eine Quote nennt immer Zähler und Nenner.

    English:
        The sheet says all that must be known to read the figure

        Whoever doesn't know what a figure refers to, when it was taken and what it doesn't say draws wrong conclusions.
        Needed are timing, lowest level, responsible office and limits; if the municipality demands more, it stands in
        sozplan.yaml under “indicators: required”.
        A rate always names numerator and denominator.

    Bad:
        # indicators/catalogue/sprachfoerderung.yaml
        id: sprachfoerderung  # <- ind.sheet-incomplete
        name: Kinder mit Sprachförderbedarf
        definition: Anteil der Kinder, bei denen vor der Einschulung ein Bedarf an Sprachförderung festgestellt wird.
        numerator: Kinder mit Bedarf
        denominator: Untersuchte Kinder
        unit: "%"
        direction: lower
        kind: outcome
        steerability: indirect
        timing: sum
        periodicity: yearly
        lowest_level: bezirk
        source: Schuleingangsuntersuchungen
        licence: dl-de/by-2-0

    Good:
        # indicators/catalogue/sprachfoerderung.yaml
        id: sprachfoerderung
        name: Kinder mit Sprachförderbedarf
        definition: Anteil der Kinder, bei denen vor der Einschulung ein Bedarf an Sprachförderung festgestellt wird.
        numerator: Kinder mit Bedarf
        denominator: Untersuchte Kinder
        unit: "%"
        direction: lower
        kind: outcome
        steerability: indirect
        timing: sum
        periodicity: yearly
        lowest_level: bezirk
        responsible: amt-51
        source: Schuleingangsuntersuchungen
        licence: dl-de/by-2-0
        limits: Mehrsprachigkeit allein ist kein Förderbedarf.
    """
    required = case.plan.settings.indicators.required
    for sheet in case.plan.indicators:
        if missing := list(lacking({field: getattr(sheet, field) for field in type(sheet).model_fields}, required)):
            yield Finding(sheet.at("id"), {"indicator": sheet.id, "missing": _listed(sheet, missing)})


def lacking(said: Mapping[str, object], required: Iterable[str]) -> Iterator[str]:
    """What a sheet that says this should say as well."""
    wanted = dict.fromkeys(required)
    if said.get("timing") != Timing.DAY or said.get("periodicity") != Rhythm.YEARLY:
        wanted.pop("reference_day", None)
    if said.get("denominator") is None:
        wanted.pop("min_base", None)
    if said.get("denominator") is not None or str(said.get("unit", "")).startswith(RATES):
        wanted |= {"numerator": None, "denominator": None}
    elif said.get("numerator") is None:
        wanted.pop("numerator", None)  # a count is what its definition says
    yield from (field for field in wanted if said.get(field) is None)


def _listed(sheet: Indicator, fields: list[str]) -> Text:
    named = [(label(sheet, field), field) for field in fields]
    return Text(
        ", ".join(f"{said.de} ({field})" for said, field in named),
        ", ".join(f"{said.en} ({field})" for said, field in named),
    )


RULES = (sheet_with_gaps,)
