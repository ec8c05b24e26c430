"""Rules on how bodies stand to each other: none does another's work, and every dispute ends in a decision."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.organisation import Body, Mandate
from sozplan.model.terms import BodyKind
from sozplan.rules.org.charter import sitting
from sozplan.rules.rule import Finding, rule
from sozplan.rules.words import quoted


@rule(
    "org.overlap",
    Severity.INFO,
    de="Gremium „{body}“ hat denselben Auftrag wie „{other}“: {scope}. "
    "Führen Sie beide zusammen, oder grenzen Sie die Aufträge unter „themes“ oder „areas“ ab.",
    en="Body “{body}” has the same mandate as “{other}”: {scope}. "
    "Merge them, or tell the mandates apart under “themes” or “areas”.",
)
def mandates_overlap(case: Case) -> Iterator[Finding]:
    """Zwei Gremien haben nicht denselben Auftrag

    Wo zwei Runden über dasselbe im selben Gebiet beraten, sitzen dieselben Leute zweimal, und keine entscheidet.
    Verglichen werden Gremien derselben Art: Handlungsfelder, Gebiete, Gebietseinheit und was sie entscheiden;
    sind Handlungsfelder und Gebiete nicht begrenzt, auch der Satz des Auftrags.

    English:
        Two bodies don't have the same mandate

        Where two rounds discuss the same for the same area, the same people sit twice and neither decides.
        Bodies of the same kind are compared: themes, areas, territorial unit and what they decide;
        where neither themes nor areas are limited, the sentence of the mandate as well.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: hafenrunde
            name: Hafenrunde
            kind: participating
            mandate:  # <- org.overlap
              statement: Sammelt Anliegen aus dem Hafen.
              areas: [hafen]
            escalates_to: steuerungsgruppe

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: hafenrunde
            name: Hafenrunde
            kind: participating
            mandate:
              statement: Sammelt Anliegen zur Bildung im Hafen.
              themes: [bildung]
              areas: [hafen]
            escalates_to: steuerungsgruppe
    """
    first: dict[object, Body] = {}
    for body in sitting(case):
        if body.mandate is not None:
            scope = _scope(body, body.mandate)
            if scope in first:
                args = {"body": body.id, "other": first[scope].id, "scope": _said(body, body.mandate)}
                yield Finding(body.at("mandate"), args)
            first.setdefault(scope, body)


def _scope(body: Body, mandate: Mandate) -> object:
    themes, areas = frozenset(mandate.themes), frozenset(mandate.areas)
    sentence = "" if themes or areas else " ".join(mandate.statement.casefold().split())
    return body.kind, themes, areas, body.unit, frozenset(mandate.decides), sentence


def _said(body: Body, mandate: Mandate) -> Text:
    themes, areas = quoted(mandate.themes), quoted(mandate.areas)
    return text(
        de=f"{body.kind.label.de}, Handlungsfelder {themes.de or 'alle'}, Gebiete {areas.de or 'alle'}",
        en=f"{body.kind.label.en}, themes {themes.en or 'all'}, areas {areas.en or 'all'}",
    )


@rule(
    "org.escalation",
    Severity.ERROR,
    de="Gremium „{body}“: {fault}. Nennen Sie unter „escalates_to“ ein Gremium, das im Streit entscheidet.",
    en="Body “{body}”: {fault}. Name a body under “escalates_to” that decides in dispute.",
    softens=True,
)
def escalation_without_decision(case: Case) -> Iterator[Finding]:
    """Jeder Streit kommt zu einem Gremium, das ihn entscheidet

    Eskaliert ein Gremium an ein zweites und dieses zurück, oder endet der Weg bei einem, das nur berät,
    bleibt der Streit offen und die Maßnahme liegen.
    Der Weg endet bei einem entscheidenden Gremium oder einem, dessen Auftrag unter `decides` Beschlüsse nennt.

    English:
        Each dispute reaches a body that decides it

        Where a body escalates to another and that one back, or the way ends at one that only advises,
        the dispute stays open and the measure is left undone.
        The way ends at a deciding body, or one whose mandate names resolutions under `decides`.

    Bad:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            escalates_to: forum
          - id: forum
            name: Forum Prävention
            kind: coordinating
            mandate: {statement: Berät die Prävention.}
            escalates_to: runde  # <- org.escalation
          - id: beirat  # <- org.escalation
            name: Beirat Prävention
            kind: advisory
            mandate: {statement: Berät die Verwaltung.}

    Good:
        # sozplan.yaml
        organisation: {charter: [mandate]}
        # plans/organisation/weitere.yaml
        bodies:
          - id: runde
            name: Präventionsrunde
            kind: coordinating
            mandate: {statement: Stimmt Angebote der Prävention ab.}
            escalates_to: rat
          - id: beirat
            name: Beirat Prävention
            kind: advisory
            mandate: {statement: Berät die Verwaltung.}
            escalates_to: runde
    """
    bodies = {body.id: body for body in sitting(case)}
    for body in bodies.values():
        if body.escalates_to is None:
            if not decides(body):
                yield Finding(body.at("id"), {"body": body.id, "fault": _undecided(body)})
        elif body.escalates_to not in bodies and case.plan.find(body.escalates_to, Body) is not None:
            yield Finding(body.at("escalates_to"), {"body": body.id, "fault": _gone(body.escalates_to)})
    for circle in _circles(bodies):
        last = bodies[circle[-1]]
        yield Finding(last.at("escalates_to"), {"body": last.id, "fault": _circular(circle)})


def decides(body: Body) -> bool:
    return body.kind is BodyKind.DECIDING or (body.mandate is not None and bool(body.mandate.decides))


def _circles(bodies: dict[str, Body]) -> Iterator[list[str]]:
    """Each circle once, from its first body in the order of the files; every body is passed once."""
    done: set[str] = set()
    for start in bodies:
        way: dict[str, int] = {}
        at: str | None = start
        while at is not None and at in bodies and at not in done and at not in way:
            way[at] = len(way)
            at = bodies[at].escalates_to
        if at is not None and at in way:
            yield list(way)[way[at] :]
        done.update(way)


def _undecided(body: Body) -> Text:
    what = body.kind.label
    return text(
        de=f"Der Streit endet hier, aber das Gremium ist nur {what.de}",
        en=f"a dispute ends here, but the body is only {what.en}",
    )


def _gone(other: str) -> Text:
    return text(
        de=f"Es eskaliert an „{other}“, das es an diesem Tag nicht gibt",
        en=f"it escalates to “{other}”, which isn't there on this day",
    )


def _circular(circle: list[str]) -> Text:
    way = " → ".join((*circle, circle[0]))
    return text(de=f"Die Eskalation läuft im Kreis ({way})", en=f"its escalation goes round in a circle ({way})")


RULES = (mandates_overlap, escalation_without_decision)
