"""Rules of rights, duties and contracts: each is complete, binds whom it is meant for, and binds both sides."""

from __future__ import annotations

from collections.abc import Iterator

from sozplan.diagnostics import Severity, Text, text
from sozplan.model.case import Case
from sozplan.model.handbook import HandbookRule
from sozplan.model.organisation import Contract, Duty
from sozplan.model.plan import Plan
from sozplan.model.terms import BindingRoute, DutyKind, Status
from sozplan.rules.org.responsibility import is_external
from sozplan.rules.rule import Finding, rule, status_of
from sozplan.rules.words import kind, label

_FULL = ("counterparty", "trigger", "deadline", "basis", "route")
_ONES_OWN = frozenset({DutyKind.DECISION, DutyKind.VETO, DutyKind.PROPOSAL})
"""Rights that need nobody who owes them anything."""


def _duties(case: Case) -> Iterator[Duty]:
    return (duty for duty in case.plan.duties if duty.in_force(case.as_of))


@rule(
    "org.duty-incomplete",
    Severity.WARNING,
    de="„{duty}“ ist im Register der Rechte und Pflichten unvollständig. Ergänzen Sie: {missing}.",
    en="“{duty}” is incomplete in the register of rights and duties. Add: {missing}.",
)
def duty_incomplete(case: Case) -> Iterator[Finding]:
    """Zu jedem Recht steht fest, wer verpflichtet ist, wann, bis wann und wodurch

    Wer gehört werden soll, braucht jemanden, der rechtzeitig fragt.
    Ein Recht ohne Verpflichtete, Auslöser, Frist, Grundlage oder Bindungsweg ist eine Erwartung, an die sich niemand
    halten muss.
    Entscheidungen, Vetos und Vorschläge können Rechte sein, denen keine Pflicht einer anderen Stelle gegenübersteht.

    English:
        For each right it is settled who owes it, when, by when and on what basis

        Whoever is to be heard needs somebody who asks in time.
        A right without counterparty, trigger, deadline, basis or binding route is an expectation that nobody has to
        meet.
        Decisions, vetoes and proposals may be rights that no duty of another stands against.

    Bad:
        # plans/organisation/weitere.yaml
        duties:
          - id: recht-konferenz  # <- org.duty-incomplete
            title: Anhörung der Hafenkonferenz zum Planentwurf
            kind: hearing
            holder: hafenkonferenz
            trigger: Freigabe des Entwurfs

    Good:
        # plans/organisation/weitere.yaml
        duties:
          - id: recht-konferenz
            title: Anhörung der Hafenkonferenz zum Planentwurf
            kind: hearing
            holder: hafenkonferenz
            counterparty: sozialplanung
            trigger: Freigabe des Entwurfs
            deadline: {days: 30, after: Freigabe}
            basis: Beschluss vom 12. September 2024
            route: resolution
    """
    for duty in _duties(case):
        wanted = _FULL[1:] if duty.kind in _ONES_OWN else _FULL
        missing = [field for field in wanted if getattr(duty, field) is None]
        if missing:
            yield Finding(duty.at("id"), {"duty": duty.id, "missing": _listed(duty, missing)})


def _listed(duty: Duty, fields: list[str]) -> Text:
    said = [(label(duty, field), field) for field in fields]
    return Text(", ".join(f"{name.de} ({key})" for name, key in said), ", ".join(f"{n.en} ({k})" for n, k in said))


@rule(
    "org.route-not-binding",
    Severity.WARNING,
    de="{subject} soll „{holder}“ binden, aber {fault}. {cure}",
    en="{subject} is to bind “{holder}”, but {fault}. {cure}",
)
def route_not_binding(case: Case) -> Iterator[Finding]:
    """Innen bindet die Dienstanweisung, außen nur der Vertrag

    Eine Verfügung der Verwaltungsleitung verpflichtet keinen Träger, kein Jobcenter und keine Wohnungsgesellschaft.
    Geprüft werden Rechte und Pflichten, zu denen eine Stelle außerhalb der Verwaltung verpflichtet ist, und
    verbindliche Regeln des Handbuchs, die sich an eine richten: Der Bindungsweg ist ein Vertrag, ein Beschluss, eine
    Satzung oder ein Gesetz.
    Nennt eine Pflicht einen Vertrag, muss die verpflichtete Stelle Partei sein und der Vertrag laufen;
    für die Verwaltung genügt, dass eine ihrer Stellen Partei ist.

    English:
        Inside a service order binds, outside a contract alone

        An order of the head of administration obliges no provider, no job centre and no housing company.
        Checked are rights and duties that an actor outside the administration owes, and binding rules of the handbook
        that are addressed to one: the binding route is a contract, a resolution, a statute or a law.
        Where a duty names a contract, the one who owes it must be a party and the contract must run;
        for the administration it is enough that one of its offices is a party.

    Bad:
        # plans/organisation/weitere.yaml
        duties:
          - id: pflicht-besuche
            title: Besuchszahlen des Hafentreffs
            kind: report
            holder: amt-51
            counterparty: hafentreff-ev
            trigger: Ende des Kalenderjahres
            deadline: {days: 30}
            basis: Verfügung vom 2. Februar 2026
            route: service-order  # <- org.route-not-binding

    Good:
        # plans/organisation/weitere.yaml
        duties:
          - id: pflicht-besuche
            title: Besuchszahlen des Hafentreffs
            kind: report
            holder: amt-51
            counterparty: hafentreff-ev
            trigger: Ende des Kalenderjahres
            deadline: {days: 30}
            basis: Zuwendungsvertrag, Nummer 6
            route: contract
            contract: vertrag-hafentreff
    """
    for duty in _duties(case):
        fault = _unbound(case, duty)
        if fault is not None:
            key = "contract" if duty.contract and fault is not _ORDERED else "route"
            key = key if key in duty.origin.keys else "id"
            args = {"subject": _said(duty), "holder": duty.counterparty, "fault": fault, "cure": _CURES[fault]}
            yield Finding(duty.at(key), args)
    for each in case.plan.handbook_rules:
        if each.route is BindingRoute.SERVICE_ORDER and status_of(case.plan, each) is not Status.ENDED:
            for at, holder in enumerate(each.addressees):
                if is_external(case.plan.get(holder)):
                    args = {"subject": _said(each), "holder": holder, "fault": _ORDERED, "cure": _CURES[_ORDERED]}
                    yield Finding(each.at("addressees", at), args)


_ORDERED = text(
    de="eine Dienstanweisung gilt nur innerhalb der Verwaltung", en="a service order holds inside the administration"
)
_NOT_NAMED = text(de="der Vertrag ist nicht genannt", en="the contract isn't named")
_NO_PARTY = text(de="die Stelle ist nicht Partei des Vertrags", en="it is no party of the contract")
_NOT_RUNNING = text(de="der Vertrag läuft an diesem Tag nicht", en="the contract doesn't run on this day")
_AGREE = text(
    de="Vereinbaren Sie es im Vertrag, und tragen Sie „route: contract“ mit dem Vertrag ein.",
    en="Agree on it in the contract and enter “route: contract” with the contract.",
)
_CURES = {
    _ORDERED: _AGREE,
    _NOT_NAMED: text(de="Tragen Sie ihn unter „contract“ ein.", en="Enter it under “contract”."),
    _NO_PARTY: text(
        de="Nennen Sie den richtigen Vertrag, oder ergänzen Sie die Partei.", en="Name the right one, or add the party."
    ),
    _NOT_RUNNING: text(
        de="Nennen Sie den Nachfolgevertrag, oder beenden Sie die Pflicht mit „valid_to“.",
        en="Name the one that follows it, or end the duty with “valid_to”.",
    ),
}


def _unbound(case: Case, duty: Duty) -> Text | None:
    """Why the one who owes it isn't bound; None where it is."""
    outside = is_external(case.plan.get(duty.counterparty or ""))
    if duty.route is BindingRoute.SERVICE_ORDER and outside:
        return _ORDERED
    if duty.route is not BindingRoute.CONTRACT or duty.counterparty is None:
        return None
    if duty.contract is None:
        return _NOT_NAMED
    contract = case.plan.find(duty.contract, Contract)
    if contract is None:
        return None  # `ref.unknown` says so.
    if not _is_party(case.plan, duty.counterparty, contract, outside=outside):
        return _NO_PARTY
    return _NOT_RUNNING if _is_over(case, contract) else None


def _is_party(plan: Plan, holder: str, contract: Contract, *, outside: bool) -> bool:
    if outside:
        return holder in contract.parties
    return any(not is_external(plan.get(party)) for party in contract.parties)


def _is_over(case: Case, contract: Contract) -> bool:
    """One that was concluded and hasn't begun yet will bind."""
    return contract.term.end is not None and not contract.term.is_turned and contract.term.end < case.as_of


def _said(entity: Duty | HandbookRule) -> Text:
    word = kind(entity)
    return Text(f"{word.de} „{entity.id}“", f"{word.en[0].upper()}{word.en[1:]} “{entity.id}”")


@rule(
    "org.contract-one-sided",
    Severity.INFO,
    de="Vertrag „{contract}“: Es steht nirgends, was {side} schuldet. Tragen Sie es unter „duties“ mit „contract: "
    "{contract}“ ein: Zahlung, Daten, Anhörung oder Bericht.",
    en="Contract “{contract}”: nowhere does it say what {side} owes. Enter it under “duties” with “contract: "
    "{contract}”: payment, data, hearing or report.",
)
def contract_one_sided(case: Case) -> Iterator[Finding]:
    """Ein Vertrag bindet beide Seiten

    Was die Verwaltung schuldet – Zahlung, Daten, Anhörung –, ist eine Pflicht wie jede andere und wird sonst vergessen,
    bis der Partner sie anmahnt.
    Für die Verwaltung zählt auch der Betrag (`amount`), für den Partner auch Wirkungsklausel und Verwendungsnachweis.
    Geprüft werden laufende Verträge.

    English:
        A contract binds both sides

        What the administration owes – payment, data, a hearing – is a duty like any other, and is forgotten otherwise
        until the partner asks for it.
        For the administration the amount counts as well, for the partner the outcome clause and the proof of use.
        Checked are contracts that run.

    Bad:
        # plans/organisation/weitere.yaml
        contracts:
          - id: vertrag-raum  # <- org.contract-one-sided
            title: Kooperationsvereinbarung Gemeinschaftsraum
            kind: cooperation
            parties: [amt-51, hafentreff-ev]
            term: {from: 2026-01-01}
            outcome_clause: Der Raum steht an drei Nachmittagen offen.

    Good:
        # plans/organisation/weitere.yaml
        contracts:
          - id: vertrag-raum
            title: Kooperationsvereinbarung Gemeinschaftsraum
            kind: cooperation
            parties: [amt-51, hafentreff-ev]
            term: {from: 2026-01-01}
            outcome_clause: Der Raum steht an drei Nachmittagen offen.
        duties:
          - id: recht-raum
            title: Anhörung vor Änderung der Öffnungszeiten
            kind: hearing
            holder: hafentreff-ev
            counterparty: amt-51
            trigger: Absicht, die Öffnungszeiten zu ändern
            deadline: {days: 30}
            basis: Kooperationsvereinbarung, Nummer 3
            route: contract
            contract: vertrag-raum
    """
    if case.plan.muted:
        return  # The duty may stand in a file that could not be read.
    owing: dict[str, set[bool]] = {}
    for duty in _duties(case):
        if duty.contract is not None and duty.counterparty is not None:
            owing.setdefault(duty.contract, set()).add(is_external(case.plan.get(duty.counterparty)))
    for contract in case.plan.contracts:
        if contract.in_force(case.as_of) and contract.term.holds(case.as_of):
            sides = owing.get(contract.id, set()) | ({False} if contract.amount is not None else set())
            if contract.outcome_clause is not None or contract.proof_due is not None:
                sides |= {True}
            if len(sides) == 1:
                side = _ADMINISTRATION if sides == {True} else _PARTNER
                yield Finding(contract.at("id"), {"contract": contract.id, "side": side})


_ADMINISTRATION = text(de="die Verwaltung", en="the administration")
_PARTNER = text(de="der Partner", en="the partner")

RULES = (duty_incomplete, route_not_binding, contract_one_sided)
