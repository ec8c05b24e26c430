"""Definitions that don't work out and values that don't serve: each a sentence at its line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from sozplan.analysis.index.components import IndexFault, method_of
from sozplan.analysis.index.definition import faults
from sozplan.model.indices import Index
from sozplan.model.periods import period
from sozplan.rules.ind import indices
from sozplan.rules.rule import run
from tests.analysis.index.made import Values, case, files, rated
from tests.rules.harness import case_of, said, write

HEAD = 4
"""Lines of the file above the methods."""
TWO: Values = {"a": {"2024": [1, 2, 4]}, "b": {"2024": [3, 5, 9]}}


def found(root: Path, methods: str, lang: str = "de", values: Values = TWO, **better: str) -> list[str]:
    """Line of the method (from 1) and sentence of each fault."""
    made = case(root, files(3, values, methods, **better))
    index = made.plan.find("probe", Index)
    assert index is not None
    lines = [(fault.place.location.line - HEAD, fault.message.say("en" if lang == "en" else "de")) for fault in
             faults(made.plan, index)]  # fmt: skip
    return [f"{line}: {message}" for line, message in lines]


def method(more: str = "", components: str = "[{indicator: a}, {indicator: b}]") -> str:
    return (
        f'- version: "1"\n  components: {components}\n'
        + textwrap.indent(textwrap.dedent(more).rstrip("\n"), "  ")
        + "\n"
    )


def bounds(*written: str) -> str:
    return "classes:\n  bounds:\n" + "".join(f"    - {{{each}}}\n" for each in written)


DEFINITIONS = {
    method(components="[{indicator: a}, {indicator: a}]"): [
        "2: Diese Kennzahl ist schon Komponente. Soll sie mehr zählen, erhöhen Sie ihr Gewicht."
    ],
    method(components="[{indicator: a, weight: 0}, {indicator: b, weight: 0}]"): [
        "2: Die Gewichte ergeben zusammen 0. Geben Sie mindestens einer Komponente ein Gewicht über 0."
    ],
    method(bounds("name: g, to: 1", "name: m, to: -1", "name: h")): [
        "6: Die Grenzen müssen steigen, von geringer zu hoher Belastung; diese ist nicht größer als die vorige."
    ],
    method(bounds("name: g, to: 1", "name: m", "name: h")): [
        "6: Hier fehlt die obere Grenze („to“); nur die letzte Klasse bleibt offen."
    ],
    method(bounds("name: g, to: -1", "name: m, to: 1")): [
        "6: Die letzte Klasse bleibt nach oben offen; streichen Sie ihr „to“, sonst fielen Gebiete darüber heraus."
    ],
    method(bounds("name: g")): ["5: Eine Klasse allein teilt nichts ein."],
    method(bounds("name: g, to: 1", "name: g")): ["6: Eine Klasse dieses Namens gibt es schon."],
    method("classes: {quantiles: {names: [g, g], definition: hazen}}"): ["3: Eine Klasse dieses Namens gibt es schon."],
    method("classes: {bounds: []}"): [
        "3: Klassen entstehen entweder aus „bounds“ oder aus „quantiles“; genau eins von beiden muss dastehen."
    ],
    method("suggests: [hoch]"): ["3: Ohne Klassen kann keine eine Festlegung nahelegen. Tragen Sie „classes“ ein."],
    method(bounds("name: g, to: 1", "name: h") + "suggests: [hoch]"): [
        "7: Eine Klasse „hoch“ gibt es nicht. Vorhanden sind: g, h."
    ],
    method("exclude: {areas: [{area: q-0001, reason: A}, {area: q-0001, reason: B}]}"): [
        "3: Dieses Gebiet ist schon ausgeschlossen."
    ],
    method("exclude: {areas: [{area: stadt, reason: A}]}"): [
        "3: Dieses Gebiet liegt nicht auf der Ebene des Index und wird ohnehin nicht bewertet."
    ],
    method("standardise: {method: goalposts}", "[{indicator: a, low: 0, high: 100}, {indicator: b, low: 1}]"): [
        "2: Bei „goalposts“ braucht jede Komponente beide Grenzwerte: „low“ und „high“."
    ],
    method("standardise: {method: goalposts}", "[{indicator: a, low: 5, high: 5}]"): [
        "2: „high“ muss größer sein als „low“; welche Seite belastet ist, sagt „burdened“."
    ],
    method(components="[{indicator: a, high: 5}]"): [
        "2: Grenzwerte wirken nur mit „standardise: {method: goalposts}“. Streichen Sie sie oder ändern Sie das "
        "Verfahren."
    ],
    method("standardise: {method: rank, reference: 2020}"): [
        "3: Ein Bezugsjahr gibt es nur bei „z“, „min-max“ und „relative“; bei Rängen und festen Grenzwerten nicht."
    ],
    method("standardise: {method: min-max, weighted_by: a}"): [
        "3: Gewichten lassen sich nur Mittel und Standardabweichung („method: z“). Streichen Sie „weighted_by“."
    ],
    method("standardise: {method: min-max, lowest: 1}"): ["3: „highest“ muss größer sein als „lowest“."],
    method("aggregate: {method: exponential}"): [
        "3: Die exponentielle Umformung braucht Ränge: „standardise: {method: rank}“ oder „percentile“."
    ],
    method("aggregate: {method: geometric}"): [
        "3: Ein geometrisches Mittel gibt es nur aus nicht negativen Werten. Nehmen Sie „min-max“, „goalposts“, „rank“ "
        "oder „percentile“ statt „z“, mit „lowest“ ab 0."
    ],
    method("least_components: 1"): [
        "3: „least_components“ wirkt nur mit „missing: mean“ oder „missing: available“; bei „exclude“ müssen alle da "
        "sein."
    ],
    method("missing: mean\nleast_components: 3"): ["4: So viele Komponenten gibt es nicht."],
    method("winsorise: {quantile: hazen}"): ["3: Nennen Sie „lower“, „upper“ oder beide, z. B. 0.05 und 0.95."],
    method("winsorise: {lower: 0.9, upper: 0.1}"): ["3: „upper“ muss größer sein als „lower“."],
    method("dynamics: {change: relative}"): [
        "3: Sagen Sie, über wie viele Jahre („years“), oder nennen Sie Kennzahlen, die selbst die Veränderung angeben "
        "(„components“)."
    ],
    method("dynamics: {years: 2, components: [{indicator: a}]}"): [
        "3: „components“ gibt schon Veränderungen an; „years“ würde daraus noch einmal welche bilden. Streichen Sie "
        "eins."
    ],
    method("standardise: {method: relative}\ndynamics: {years: 2}"): [
        "4: Veränderungen brauchen ein eigenes „standardise“, denn Grenzwerte und Stadtwert gelten für die Werte "
        "selbst."
    ],
    method("source: S") + method(): [
        "4: Die Version „1“ gibt es schon. Eine geänderte Definition bekommt einen neuen Namen.",
        "4: Auch die Version „1“ gilt in dieser Zeit. Beenden Sie sie mit „to“ oder lassen Sie diese mit „from“ später "
        "beginnen.",
    ],
    method("from: 2024\nto: 2023"): ["4: „to“ liegt vor „from“."],
    method("to: 2023") + method("from: 2024").replace('"1"', '"2"'): [],
    method("preset: berlin-mss"): [],
    method("preset: hamburg-sozialmonitoring"): [],
    method("preset: z-equal"): [],
}


@pytest.mark.parametrize(("written", "expected"), DEFINITIONS.items())
def test_a_definition_that_doesnt_work_out(tmp_path: Path, written: str, expected: list[str]) -> None:
    assert found(tmp_path / "de", written) == expected
    english = found(tmp_path / "en", written, "en")
    assert len(english) == len(expected)
    assert not {each.split(": ", 1)[1] for each in english} & {each.split(": ", 1)[1] for each in expected}


def test_a_sheet_without_direction_needs_the_burdened_side(tmp_path: Path) -> None:
    written = method(components="[{indicator: a}, {indicator: b, burdened: higher}]")
    assert found(tmp_path, written, a="neutral", b="corridor") == [
        "2: Der Steckbrief sagt nicht, was besser ist. Schreiben Sie hier, welche Seite belastet ist: "
        "„burdened: higher“ (höher ist belastet) oder „burdened: lower“."
    ]


def test_own_classes_do_without_the_names_of_the_presets(tmp_path: Path) -> None:
    own = "preset: berlin-mss\n" + bounds("name: g, to: 1", "name: h")
    assert found(tmp_path / "none", method(own)) == []
    assert found(tmp_path / "other", method(own + "suggests: [niedrig]")) == [
        "8: Eine Klasse „niedrig“ gibt es nicht. Vorhanden sind: g, h."
    ]


UNREADABLE = {
    method(
        "standardize: {method: z}"
    ): "7: yaml.unknown-key „standardize“ gibt es hier nicht. Meinten Sie „standardise“?",
    method("standardise: {method: zscore}"): "7: yaml.not-a-term „zscore“ gibt es bei „method“ nicht.",
    method("preset: berlin"): "7: yaml.not-a-term „berlin“ gibt es bei „preset“ nicht.",
    method(components="[{indicator: a, weight: -1}]"): "6: yaml.out-of-range „weight“ muss mindestens 0 sein, "
    "hier steht -1.",
    method("robustness: {runs: -5}"): "7: yaml.out-of-range „runs“ muss mindestens 0 sein, hier steht -5.",
    method("winsorise: {upper: 95}"): "7: yaml.out-of-range „upper“ muss höchstens 1 sein, hier steht 95.",
    method("aggregate: {constant: 0}"): "7: yaml.out-of-range „constant“ muss mindestens 1 sein, hier steht 0.",
    method(
        "robustness: {runs: 1000000}"
    ): "7: yaml.out-of-range „runs“ muss höchstens 100000 sein, hier steht 1000000.",
    method("dynamics: {years: 2000}"): "7: yaml.out-of-range „years“ muss höchstens 50 sein, hier steht 2000.",
    method("from: 2024-13"): "7: yaml.not-a-period „2024-13“ ist kein Zeitraum.",
}


@pytest.mark.parametrize(("written", "expected"), UNREADABLE.items())
def test_what_the_reader_says(tmp_path: Path, written: str, expected: str) -> None:
    _, unread = case_of(write(tmp_path, files(3, TWO, written)))
    (line,) = said(unread)
    assert line.startswith(f"indicators/indices/probe.yaml:{expected}")


FLAT = (
    "„b“ ist 2024 in allen 3 Gebieten gleich (σ = 0) und unterscheidet nichts. Nehmen Sie die Komponente heraus oder "
)
SHOWN = "„b“ hat für 2024 in keinem Gebiet einen Wert, der gezeigt werden darf."
COMPUTED = {
    (method(), (7, 7, 7)): ("2:46", FLAT + "prüfen Sie die Daten."),
    (method(), (None, None, None)): ("2:46", SHOWN),
    (method("standardise: {method: min-max}"), (7, 7, 7)): ("2:46", FLAT),
    (method("standardise: {method: relative}"), (1, 2, 3)): (
        "2:30",
        "„a“ hat für 2024 keinen Stadtwert über 0, auf den",
    ),
    (method("standardise: {reference: 2020}"), (1, 2, 3)): ("2:30", "„a“ hat für 2020 in keinem Gebiet einen Wert"),
    (method(components="[{indicator: a}, {indicator: b, transform: log}]"), (0, 1, 2)): (
        "2:60",
        "„b“ hat Werte, von denen es diese Umformung nicht gibt (0 oder darunter).",
    ),
    (method("standardise: {method: none}\naggregate: {method: geometric}"), (-1, 1, 2)): (
        "2:46",
        "„b“ hat Werte unter 0, aus denen es kein geometrisches Mittel gibt.",
    ),
    (method("restandardise: true", "[{indicator: a}, {indicator: b, burdened: lower}]"), (1, 2, 4)): (
        "1:14",
        "Der Index ist 2024 in allen 3 bewerteten Gebieten gleich (σ = 0); es gibt nichts zu ordnen.",
    ),
    (method("exclude: {minimum: {indicator: a, least: 5}}"), (1, 2, 3)): (
        "1:14",
        "Für 2024 bleibt kein Gebiet zu bewerten: Alle sind ausgeschlossen oder haben zu wenige Werte.",
    ),
    (method("standardise: {weighted_by: c}"), (1, 2, 3)): (
        "3:32",
        "Gewichtet wird nach „c“, aber dafür gibt es 2024 in keinem Gebiet einen Wert über 0",
    ),
    (method(components="[{indicator: a}, {indicator: a}]"), (1, 2, 3)): (
        "2:46",
        "Diese Kennzahl ist schon Komponente.",
    ),
}


def test_a_change_that_is_the_same_everywhere(tmp_path: Path) -> None:
    """0.3 - 0.2 and 0.4 - 0.3 are the same but for the arithmetic of binary numbers."""
    values: Values = {"a": {"2023": [0.2, 0.3, 0.7], "2024": [0.3, 0.4, 0.8]}}
    made = case(tmp_path, files(3, values, method("dynamics: {years: 1}", "[{indicator: a}]")))
    with pytest.raises(IndexFault) as raised:
        rated(made)
    assert raised.value.message.de.startswith("Die Veränderung von „a“ ist 2024 in allen 3 Gebieten gleich (σ = 0)")


@pytest.mark.parametrize(("written", "expected"), COMPUTED.items())
def test_values_that_dont_serve(
    tmp_path: Path, written: tuple[str, tuple[float | None, ...]], expected: tuple[str, str]
) -> None:
    values: Values = {"a": {"2024": [1, 2, 4]}, "b": {"2024": written[1]}, "c": {"2024": [None] * 3}}
    made = case(tmp_path, files(3, values, written[0]))
    with pytest.raises(IndexFault) as raised:
        rated(made)
    at = raised.value.place.location
    line, column = expected[0].split(":")
    assert (at.file, at.line, at.column) == ("indicators/indices/probe.yaml", int(line) + HEAD, int(column))
    assert raised.value.message.de.startswith(expected[1])
    assert raised.value.message.en != raised.value.message.de
    assert (raised.value.index, raised.value.place.entity) == ("Probeindex", "probe")


def test_a_version_or_a_period_that_nobody_defined(tmp_path: Path) -> None:
    made = case(tmp_path, files(3, TWO, method("from: 2020")))
    index = made.plan.find("probe", Index)
    assert index is not None
    with pytest.raises(IndexFault) as raised:
        method_of(index, period("2019"))
    assert raised.value.message.de == (
        "Für 2019 gilt keine Methodenversion. Vorhanden sind: 1; prüfen Sie „from“ und „to“."
    )
    with pytest.raises(IndexFault) as raised:
        method_of(index, period("2024"), "2")
    assert raised.value.message.en == "There is no method version “2”. There are: 1."


def test_check_says_it_before_anybody_computes(tmp_path: Path) -> None:
    values: Values = {
        "a": {"2024": [7, 7, 7], "2023": [1, 2, 3]},
        "b": {"2024": [None] * 3},
        "c": {"2024": [1, 2, 3], "2020": [None, None, None]},
    }
    written = method("standardise: {reference: 2023}", "[{indicator: a}, {indicator: b}, {indicator: c}]")
    made = case(tmp_path, files(3, values, written))
    assert said(run(made, indices.RULES)) == [
        "indicators/indices/probe.yaml:6: ind.index-values Sozialindex „Probeindex“: „a“ hat 2024 in allen Gebieten "
        "denselben Wert (σ = 0) und unterscheidet nichts. Prüfen Sie die Daten oder nehmen Sie die Komponente heraus.",
        "indicators/indices/probe.yaml:6: ind.index-values Sozialindex „Probeindex“: „b“ hat auf dieser Ebene in "
        "keinem Gebiet einen Wert. Spielen Sie die Daten ein oder nehmen Sie die Komponente heraus.",
        "indicators/indices/probe.yaml:7: ind.index-values Sozialindex „Probeindex“: Für das Bezugsjahr 2023 hat „b“ "
        "auf dieser Ebene keinen Wert. Nehmen Sie ein Jahr, für das alle Komponenten vorliegen.",
    ]


def test_check_says_nothing_of_what_may_not_be_shown(tmp_path: Path) -> None:
    """That all are the same would say what is withheld."""
    values: Values = {"a": {"2024": [7, 7, 7]}, "b": {"2024": [1, 2, 3]}}
    made = files(3, values, method())
    made["indicators/catalogue/a.yaml"] += "publication: internal\n"
    assert said(run(case(tmp_path, made), indices.RULES)) == []
